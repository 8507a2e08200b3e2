"""A REFI-QDA project (`.qdpx`, QDA-XML 1.0 of 18 March 2019, qdasoftware.org): sources, codes with definitions, coded places, memos, links.

Each source is the cleaned text as UTF-8 without byte order mark and with line ends LF, and places are half-open code points of that very text: other
programs count BOM and CRLF on one side only. GUIDs are made of our ids, so that a second export of the same is the same.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID, uuid5

from lxml import etree

from corpus.records import Decision
from graph.export.codebook import TYPES
from graph.export.material import ExportedDocument, Material, printable
from graph.export.network import COLORS
from graph.export.stable_zip import add
from graph.records import FactorView

__all__ = ["NAMESPACE", "guid", "plain_source", "write"]

NAMESPACE = "urn:QDA-XML:project:1.0"
_OURS = UUID("6f1a3c52-9f0e-5c52-8a5e-5f3e3e0f6b11")
"""name space of GUIDs of this program"""
_CONCEPT_COLOR = COLORS["concept"]
_LINK_COLOR = "#2F6F5E"
_NAMED = 60
"""characters of a selection's name"""


def guid(*parts: str) -> str:
    """The GUID of one thing of ours: `guid("code", "dilemma")` is the same on every machine."""
    return str(uuid5(_OURS, "\x1f".join(parts)))


def plain_source(text: str) -> str:
    """`text` as a plain source, with every character in its place: nothing that would be read as a line end, a mark or not at all."""
    return printable(text).replace("\r", " ").replace("\ufeff", " ")


def write(material: Material, out: BinaryIO) -> None:
    """The archive: `project.qde`, and `Sources/GUID.txt` of every document."""
    date = material.manifest.date
    project = _Project(material)
    with zipfile.ZipFile(out, "w") as archive:
        add(archive, "project.qde", project.xml(), date)
        for document in material.documents():
            add(archive, f"Sources/{guid('source', document.id)}.txt", plain_source(document.view.clean_text).encode(), date)


class _Project:
    """`project.qde` while it is written. Elements come in the order of the schema; those that would be empty are left out."""

    def __init__(self, material: Material) -> None:
        self._material, self._date = material, material.manifest.date
        self._exported = {concept.id for concept in material.concepts}
        self._decided = {decision.id: decision for decision in material.decisions}
        self._tagged: tuple[str, dict[tuple[str, str], str]] | None = None

    def xml(self) -> bytes:
        whole = io.BytesIO()
        manifest = self._material.manifest
        by = {"creatingUserGUID": guid("user", manifest.program), "creationDateTime": self._date, "modifiedDateTime": self._date}
        with etree.xmlfile(whole, encoding="utf-8") as file:
            file.write_declaration(standalone=True)
            with file.element("Project", {"name": _title(self._material), "origin": manifest.program, **by}, nsmap={None: NAMESPACE}):
                self._users(file)
                with file.element("CodeBook"), file.element("Codes"):
                    for code in self._codes():
                        file.write(code)
                if manifest.counts.documents:
                    with file.element("Sources"):
                        for document in self._material.documents():
                            file.write(self._source(document))
                    with file.element("Notes"):
                        for document in self._material.documents():
                            for note in self._notes(document):
                                file.write(note)
                if manifest.counts.links:
                    with file.element("Links"):
                        for document in self._material.documents():
                            for link in self._links(document):
                                file.write(link)
                file.write(_text("Description", "\n".join(manifest.lines())))
        return whole.getvalue()

    def _users(self, file: etree._IncrementalFileWriter) -> None:
        names = {self._material.manifest.program}
        for document in self._material.documents():
            names.update(_coder(factor) for factor in document.view.factors)
            names.update(decision.who for decision in self._of(document))
        with file.element("Users"):
            for name in sorted(names):
                file.write(etree.Element("User", {"guid": guid("user", name), "name": printable(name)}))

    def _codes(self) -> Iterator[etree._Element]:
        for kind, (label, definition, include, exclude) in TYPES.items():
            code = etree.Element("Code", {"guid": guid("code", kind), "name": label, "isCodable": "true", "color": COLORS[kind]})
            code.append(_text("Description", f"{definition}\n计入：{include}\n不计入：{exclude}"))
            yield code
        if self._material.concepts:
            group = etree.Element("Code", {"guid": guid("code", "concepts"), "name": "概念 concepts", "isCodable": "false", "color": _CONCEPT_COLOR})
            for concept in self._material.concepts:
                code = etree.SubElement(
                    group,
                    "Code",
                    # one code a name: other programs merge codes of one name
                    {"guid": guid("code", "concept", concept.id), "name": f"{concept.name} [{concept.id}]", "isCodable": "true", "color": _CONCEPT_COLOR},
                )
                said = [
                    concept.definition,
                    f"名称：{'、'.join((*concept.names, *concept.english))}",
                    f"不是：{'、'.join(concept.near)}" if concept.near else "",
                ]
                code.append(_text("Description", "\n".join(part for part in said if part)))
            yield group

    def _source(self, document: ExportedDocument) -> etree._Element:
        identity = guid("source", document.id)
        source = etree.Element(
            "TextSource",
            {"guid": identity, "name": _file_name(document), "plainTextPath": f"internal://{identity}.txt", **self._made(self._material.manifest.program)},
        )
        source.append(_text("Description", document.citation))
        memos = self._memos(document)
        for factor in document.view.factors:
            source.append(self._selection(document, factor, memos.get(factor.id, [])))
        etree.SubElement(source, "NoteRef", targetGUID=guid("note", document.id))
        return source

    def _selection(self, document: ExportedDocument, factor: FactorView, memos: list[Decision]) -> etree._Element:
        made = self._made(_coder(factor))
        place = {"startPosition": str(factor.start), "endPosition": str(factor.end)}
        name = printable(" ".join(factor.text.split()))[:_NAMED]
        selection = etree.Element("PlainTextSelection", {"guid": guid("place", document.id, factor.id), "name": name, **place, **made})
        said = {"confidence": f"{factor.confidence:.4f}", "force": factor.force, "voice": factor.voice, "dim": factor.dim, "section": factor.section}
        said |= {"review": factor.review, "id": f"{document.id}/{factor.id}"}
        selection.append(_text("Description", "; ".join(f"{part}: {value}" for part, value in said.items() if value)))
        by = self._who_tagged(document)
        codes = [("code", factor.type), *(("code", "concept", concept) for concept in factor.concepts if concept in self._exported)]
        for code in codes:
            who = by.get((factor.id, code[-1]))
            coding = etree.SubElement(selection, "Coding", {"guid": guid("coding", document.id, factor.id, *code), **(self._made(who) if who else made)})
            etree.SubElement(coding, "CodeRef", targetGUID=guid(*code))
        for decision in memos:
            etree.SubElement(selection, "NoteRef", targetGUID=guid("note", decision.id))
        return selection

    def _notes(self, document: ExportedDocument) -> Iterator[etree._Element]:
        note = etree.Element("Note", {"guid": guid("note", document.id), "name": _file_name(document), **self._made(self._material.manifest.program)})
        said = [document.citation, f"id: {document.id}"]
        note.append(_text("PlainTextContent", "\n".join(said)))
        yield note
        for decisions in self._memos(document).values():
            for decision in decisions:
                when = f"{decision.at[:19]}Z"
                by = {
                    "creatingUser": guid("user", decision.who),
                    "creationDateTime": when,
                    "modifyingUser": guid("user", decision.who),
                    "modifiedDateTime": when,
                }
                memo = etree.Element("Note", {"guid": guid("note", decision.id), "name": f"{decision.kind} {decision.id}", **by})
                memo.append(_text("PlainTextContent", decision.note or ""))
                yield memo

    def _links(self, document: ExportedDocument) -> Iterator[etree._Element]:
        for link in document.view.links:
            ends = {"originGUID": guid("place", document.id, link.source), "targetGUID": guid("place", document.id, link.target)}
            name = f"{link.type} ({link.basis})"
            yield etree.Element("Link", {"guid": guid("link", document.id, link.id), "name": name, "direction": "OneWay", "color": _LINK_COLOR, **ends})

    def _of(self, document: ExportedDocument) -> list[Decision]:
        return [self._decided[outcome.decision] for outcome in document.view.outcomes if outcome.decision in self._decided]

    def _who_tagged(self, document: ExportedDocument) -> dict[tuple[str, str], str]:
        """Statement and concept → the person who decided last that it is about it."""
        if self._tagged is None or self._tagged[0] != document.id:
            tagged = {}
            for outcome in document.view.outcomes:
                decision = self._decided.get(outcome.decision)
                if decision is not None and decision.target == "concept" and decision.kind == "accept" and outcome.state == "applied":
                    tagged[outcome.target or "", decision.type or ""] = decision.who
            self._tagged = document.id, tagged
        return self._tagged[1]

    def _memos(self, document: ExportedDocument) -> dict[str, list[Decision]]:
        """Statement → decisions about it that carry a note."""
        found: dict[str, list[Decision]] = {}
        exported = {factor.id for factor in document.view.factors}
        for outcome in document.view.outcomes:
            decision = self._decided.get(outcome.decision)
            if decision is not None and decision.note and outcome.target in exported:
                found.setdefault(outcome.target, []).append(decision)
        return found

    def _made(self, who: str) -> dict[str, str]:
        return {"creatingUser": guid("user", who), "creationDateTime": self._date}


def _coder(factor: FactorView) -> str:
    """Who codes a place: the component, or the person whose statement it is."""
    return factor.author.removeprefix("person:")


def _file_name(document: ExportedDocument) -> str:
    """Name of a source: file names may be the same, ids are not."""
    return printable(f"{document.view.source.file} [{document.id}]")


def _title(material: Material) -> str:
    return printable(material.manifest.question or f"{material.manifest.program} {material.manifest.corpus}")


def _text(tag: str, words: str) -> etree._Element:
    element = etree.Element(tag)
    element.text = printable(words)
    return element
