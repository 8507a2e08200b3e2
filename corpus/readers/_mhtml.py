"""MHTML (RFC 2557), the form in which browsers save a page with its pictures in one file: the page, its frames, and where and when it was saved.

The parts are split by hand and read only as far as needed: pictures cost nothing, and no nesting can exhaust the stack.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from corpus.errors import BrokenContainer, EmptyFile
from corpus.readers._encoding import Decoded, declared_encoding, decode
from corpus.readers._html import page_text
from corpus.records import Damage, MetaItem, Node, SourceText

_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*(.*(?:\r?\n[ \t].*)*)", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BEGINNING = re.compile(rb"\s*(?:From|MIME-Version|Snapshot-Content-Location|Subject|Date|Content-Type|X-[\w-]+):", re.IGNORECASE)
_PARAMETER = r"{name}\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))"
_MOST_HEADER = 1 << 16
_DEPTH = 4
_MOST_FRAMES = 50


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the file: its headers in lower case, and the bytes `[start, end)` of its body."""

    headers: dict[str, str]
    start: int
    end: int

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        found = re.search(_PARAMETER.format(name=name), self.headers.get("content-type", ""), re.IGNORECASE)
        return (found.group(1) or found.group(2) or "") if found else ""


def is_mhtml(data: bytes) -> bool:
    """Whether `data` begins as saved pages in one file do, whatever they are called."""
    return bool(_BEGINNING.match(data[:200])) and re.search(rb"multipart/related|text/html", data[:_MOST_HEADER], re.IGNORECASE) is not None


def read_mhtml(data: bytes, *, name: str) -> SourceText:
    """The source text of a saved page: the page itself, then the text of its frames.

    `byte` of a damage is exact where the part is stored as it is, and the beginning of the part where it is encoded.

    Raises:
        BrokenContainer: no page is in the file.
        EmptyFile, BinaryFile, UndecodableFile, TooLarge
    """
    whole = _part(data, 0, len(data))
    pages = [part for part in _leaves(data, whole, 0) if part.media in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise BrokenContainer(name=name, reason="there is no page in it")
    location = whole.headers.get("snapshot-content-location", "")
    start = whole.parameter("start")
    root = next((p for p in pages if p.headers.get("content-id") == start or (location and p.headers.get("content-location") == location)), pages[0])
    read, empty = [], None
    for part in [root, *(page for page in pages[:_MOST_FRAMES] if page is not root)]:
        try:
            read.append(page_text(_decoded(data, part, name=name), name=name))
        except EmptyFile as error:
            empty = error
    if not read:
        raise empty or EmptyFile(name=name)
    return _joined(read, [*_meta(whole), *read[0].meta])


def _meta(whole: _Part) -> Iterator[MetaItem]:
    for header in ("snapshot-content-location", "content-location", "subject", "date"):
        if value := whole.headers.get(header):
            yield MetaItem(name=f"mhtml.{header.removeprefix('snapshot-content-')}", value=_readable(value))


def _readable(value: str) -> str:
    """A header with its encoded words read: `=?utf-8?B?5pWw5o2u?=` → 数据."""
    try:
        return " ".join(str(make_header(decode_header(value))).split()).encode("utf-8", "replace").decode("utf-8")
    except (HeaderParseError, UnicodeDecodeError, LookupError, ValueError):
        return " ".join(value.split())


def _part(data: bytes, start: int, end: int) -> _Part:
    found = _BLANK_LINE.search(data, start, min(end, start + _MOST_HEADER))
    head, body = (data[start : found.start()], found.end()) if found else (data[start : min(end, start + _MOST_HEADER)], end)
    headers: dict[str, str] = {}
    for match in _HEADER.finditer(head):
        value = " ".join(match.group(2).decode("utf-8", "replace").split())
        headers.setdefault(match.group(1).decode("ascii").lower(), value)
    return _Part(headers, body, end)


def _leaves(data: bytes, part: _Part, depth: int) -> Iterator[_Part]:
    if not part.media.startswith("multipart/"):
        yield part
        return
    boundary = part.parameter("boundary").encode("utf-8", "replace")
    if not boundary or depth >= _DEPTH:
        return
    line = re.compile(rb"^--" + re.escape(boundary) + rb"(?:--)?[ \t]*\r?$", re.MULTILINE)
    marks = list(line.finditer(data, part.start, part.end))
    for number, mark in enumerate(marks):
        if mark.group().rstrip().endswith(b"--" + boundary + b"--"):
            return
        end = marks[number + 1].start() if number + 1 < len(marks) else part.end
        yield from _leaves(data, _part(data, mark.end() + 1, end), depth + 1)


def _decoded(data: bytes, part: _Part, *, name: str) -> Decoded:
    body = data[part.start : part.end]
    coding = part.headers.get("content-transfer-encoding", "").lower()
    if coding == "quoted-printable":
        body = binascii.a2b_qp(body)
    elif coding == "base64":
        try:
            body = binascii.a2b_base64(body)
        except binascii.Error as error:
            raise BrokenContainer(name=name, reason="the page in it is cut off or altered") from error
    decoded = decode(body, name=name, declared=declared_encoding(part.parameter("charset")))
    plain = coding not in ("quoted-printable", "base64")
    damages = tuple(Damage(start=d.start, end=d.end, byte=part.start + (d.byte if plain else 0)) for d in decoded.damages)
    return Decoded(decoded.text, decoded.encoding, damages, decoded.warnings)


def _joined(pages: list[SourceText], meta: list[MetaItem]) -> SourceText:
    """One text of the page and its frames; the paths of a frame begin with `iframe`."""
    nodes: list[Node] = []
    damages: list[Damage] = []
    length = 0
    for number, page in enumerate(pages):
        for node in page.nodes:
            path = f"iframe/{node.path}" if number else node.path
            nodes.append(
                Node(
                    start=node.start + length,
                    end=node.end + length,
                    tag=node.tag,
                    path=path,
                    labels=node.labels,
                    link_share=node.link_share,
                    hidden=node.hidden,
                )
            )
        damages += (Damage(start=d.start + length, end=d.end + length, byte=d.byte) for d in page.damages)
        length += len(page.text)
    return SourceText(
        text="".join(page.text for page in pages),
        format="mhtml",
        encoding=pages[0].encoding,
        nodes=tuple(nodes),
        meta=tuple(meta),
        damages=tuple(damages),
        warnings=tuple(dict.fromkeys(warning for page in pages for warning in page.warnings)),
    )
