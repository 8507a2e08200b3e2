"""A REFI-QDA project that people coded in another program: its sources with their text, and who coded which place as what.

The archive comes from outside and is read as such: nothing is unpacked onto the disk, no member is larger than it may be, no name leads out of
`Sources/`, and the XML may hold no document type, so that entities cannot be declared.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msgspec
from lxml import etree

from graph.errors import BrokenProject
from graph.export.qdpx import NAMESPACE

__all__ = ["CodedPlace", "CodedSource", "Project", "read_project"]

MOST_BYTES = 512 * 1024 * 1024
"""of all members together, unpacked"""
MOST_MEMBER = 64 * 1024 * 1024
MOST_MEMBERS = 50_000
MOST_TIMES = 200
"""how many times as large a member may become; text packs to a third, a bomb to a thousandth"""
_SMALL = 1024 * 1024
_INSIDE = "internal://"
_Q = f"{{{NAMESPACE}}}"


class CodedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """`text[start:end]` of its source was coded by somebody."""

    start: int
    end: int
    code: str
    """GUID of the code, in small letters"""
    name: str
    """name of the code"""
    who: str
    note: str = ""


class CodedSource(msgspec.Struct, frozen=True, kw_only=True):
    """A text of the project."""

    guid: str
    name: str
    text: str
    places: tuple[CodedPlace, ...]


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """What was read; `passed_over` says in one line each what was not."""

    origin: str
    sources: tuple[CodedSource, ...]
    passed_over: tuple[str, ...] = ()


def read_project(data: bytes, *, name: str) -> Project:
    """The texts and coded places of a project.

    Raises:
        BrokenProject: no zip, no `project.qde`, damaged or hostile XML, or more than a project may hold.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BrokenProject(name, f"it is no zip archive ({error})") from None
    with archive:
        members = {info.filename: info for info in archive.infolist()}
        if len(archive.infolist()) > MOST_MEMBERS or sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
            raise BrokenProject(name, f"it would unpack to more than {MOST_BYTES // 2**20} MiB or {MOST_MEMBERS} files")
        entry = next((members[one] for one in members if one.lower() == "project.qde"), None)
        if entry is None:
            raise BrokenProject(name, "there is no project.qde in it: is it a REFI-QDA project (.qdpx)?")
        root = _parsed(_member(archive, entry, name), name)
        return _Reading(archive, members, root, name).project()


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a member, read no further than it may reach: a header can lie about its size."""
    if info.file_size > MOST_MEMBER or (info.file_size > _SMALL and info.file_size > MOST_TIMES * max(1, info.compress_size)):
        raise BrokenProject(name, f"{info.filename[:80]!r} would unpack to {info.file_size} bytes from {info.compress_size}")
    try:
        with archive.open(info) as member:
            data = member.read(MOST_MEMBER + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise BrokenProject(name, f"{info.filename[:80]!r} cannot be unpacked ({error})") from None
    if len(data) > MOST_MEMBER:
        raise BrokenProject(name, f"{info.filename[:80]!r} unpacks to more than {MOST_MEMBER // 2**20} MiB")
    return data


def _parsed(xml: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenProject(name, f"project.qde is no XML that can be read ({error})") from None
    if root.getroottree().docinfo.doctype:
        raise BrokenProject(name, "project.qde declares a document type, which no project needs")
    if root.tag != f"{_Q}Project":
        raise BrokenProject(name, f"project.qde begins with {root.tag!r}, not with Project of {NAMESPACE}")
    return root


class _Reading:
    """One project while it is read."""

    def __init__(self, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], root: etree._Element, name: str) -> None:
        self._archive, self._members, self._root, self._name = archive, members, root, name
        self._users = {_id(user.get("guid")): user.get("name") or user.get("id") or "" for user in root.iter(f"{_Q}User")}
        self._codes = {_id(code.get("guid")): code.get("name") or "" for code in root.iter(f"{_Q}Code")}
        self._notes = {_id(note.get("guid")): note for note in root.iter(f"{_Q}Note")}
        self._passed: list[str] = []

    def project(self) -> Project:
        sources = []
        for element in self._root.iterfind(f"{_Q}Sources/*"):
            if not isinstance(element.tag, str):
                continue
            label = element.get("name") or element.get("guid") or "?"
            if element.tag != f"{_Q}TextSource":
                self._passed.append(f"{label}: {element.tag.removeprefix(_Q)} is no text")
                continue
            text = self._text(element, label)
            if text is not None:
                sources.append(CodedSource(guid=_id(element.get("guid")), name=label, text=text, places=tuple(self._places(element, text, label))))
        return Project(origin=self._root.get("origin") or "", sources=tuple(sources), passed_over=tuple(self._passed))

    def _text(self, element: etree._Element, label: str) -> str | None:
        path = element.get("plainTextPath")
        if path is None:
            return element.findtext(f"{_Q}PlainTextContent") or ""
        inside = path.removeprefix(_INSIDE)
        if not path.startswith(_INSIDE) or "/" in inside or "\\" in inside or ".." in inside:
            self._passed.append(f"{label}: its text {path[:80]!r} lies outside the project")
            return None
        wanted = f"Sources/{inside}".lower()
        info = next((one for filename, one in self._members.items() if filename.lower() == wanted), None)
        if info is None:
            self._passed.append(f"{label}: its text {path[:80]!r} is not in the project")
            return None
        try:
            # places are those of the text without its mark and with single line ends, as QDA-XML has them
            return _member(self._archive, info, self._name).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            self._passed.append(f"{label}: its text is no UTF-8 (byte {error.start})")
            return None

    def _places(self, source: etree._Element, text: str, label: str) -> list[CodedPlace]:
        found = []
        for selection in source.iterfind(f"{_Q}PlainTextSelection"):
            start, end = _number(selection.get("startPosition")), _number(selection.get("endPosition"))
            if start is None or end is None or not 0 <= start < end <= len(text):
                self._passed.append(f"{label}: [{selection.get('startPosition')}, {selection.get('endPosition')}) is no place of its text")
                continue
            for coding in selection.iterfind(f"{_Q}Coding"):
                ref = coding.find(f"{_Q}CodeRef")
                code = _id(ref.get("targetGUID")) if ref is not None else ""
                who = self._users.get(_id(coding.get("creatingUser") or selection.get("creatingUser")), "")
                note = "\n".join(filter(None, (self._note(one) for one in (*selection.iterfind(f"{_Q}NoteRef"), *coding.iterfind(f"{_Q}NoteRef")))))
                found.append(CodedPlace(start=start, end=end, code=code, name=self._codes.get(code, ""), who=who, note=note))
        return found

    def _note(self, ref: Any) -> str:
        note = self._notes.get(_id(ref.get("targetGUID")))
        if note is None:
            return ""
        return self._text(note, note.get("name") or "?") or ""


def _id(guid: str | None) -> str:
    return (guid or "").strip("{} \n\t").lower()


def _number(value: str | None) -> int | None:
    digits = (value or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None
