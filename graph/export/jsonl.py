"""Everything, one JSON record a line, and back again: what is imported into an empty store answers as the corpus that it came from.

Order of the lines: manifest, concepts, decisions, then each document with its file, statements, links, entities and acts. The field `record` says
what a line is; the others are those of the contract (`pipeline.records`, `corpus.records`, `corpus.concepts`). `review` beside a statement or link
says what people decided; a reader of ours makes it again from the decisions.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgspec

from corpus.concepts import Concept, Register
from corpus.concepts._load import Loaded
from corpus.records import Decision, DocumentRecord
from graph.errors import BrokenLines, StoreNotEmpty
from graph.export.material import ExportedDocument, Manifest, Material
from graph.project import project
from graph.register import Concepts
from graph.store import GraphStore
from pipeline.records import Act, Entity, Factor, Link, Statements

__all__ = ["Bundle", "load_into", "read", "register_of", "write"]

_PARTS: dict[str, type] = {"statement": Factor, "link": Link, "entity": Entity, "act": Act}
_FIELDS = {"statement": "factors", "link": "links", "entity": "entities", "act": "acts"}
_MOST_FAULTS = 20


@dataclass(slots=True)
class Bundle:
    """What a file holds: records as they were written, documents in their order, bytes as received where they came along."""

    manifest: Manifest
    concepts: list[Concept] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    records: dict[str, tuple[DocumentRecord, str]] = field(default_factory=dict)
    """id → its record and the work it counts as"""
    statements: dict[str, Statements] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def write(material: Material, out: BinaryIO) -> None:
    """All records; of documents for quoting only neither the file nor a word that may not be shown."""
    _line(out, "manifest", material.manifest)
    for concept in material.register:
        _line(out, "concept", concept)
    visible = {document.id: document.view.clean_text for document in material.documents(versions=True) if document.view.source.access == "quotes"}
    for decision in material.decisions:
        _line(out, "decision", _as_shown(decision, visible))
    for document in material.documents(versions=True):
        _write_document(document, out)


def _write_document(document: ExportedDocument, out: BinaryIO) -> None:
    made = document.statements
    reviews: dict[str, str] = {factor.id: factor.review for factor in document.view.factors}
    reviews |= {link.id: link.review for link in document.view.links}
    whole = msgspec.to_builtins(made)
    head = {name: value for name, value in whole.items() if name not in _FIELDS.values()}
    _line(out, "document", {"id": document.id, "catalogue": msgspec.to_builtins(document.record), "work": document.work, "read": head})
    if document.path is not None:
        _line(out, "file", {"document": document.id, "base64": base64.b64encode(document.path.read_bytes()).decode()})
    for kind, name in _FIELDS.items():
        for one in whole[name]:
            more = {"review": reviews[one["id"]]} if kind in ("statement", "link") and one["id"] in reviews else {}
            _line(out, kind, {"document": document.id, **one, **more})


def _as_shown(decision: Decision, visible: dict[str, str]) -> Decision:
    """A decision without what stands around its quotes where the document does not show that."""
    anchors = []
    for anchor in decision.anchors:
        text = visible.get(anchor.document)
        if text is not None:
            around = {"before": text[max(0, anchor.start - 30) : anchor.start], "after": text[anchor.end : anchor.end + 30]}
            anchor = msgspec.structs.replace(anchor, quote=text[anchor.start : anchor.end] or "■" * len(anchor.quote), **around)
        anchors.append(anchor)
    return msgspec.structs.replace(decision, anchors=tuple(anchors))


def _line(out: BinaryIO, kind: str, what: Any) -> None:
    out.write(msgspec.json.encode({"record": kind, **msgspec.to_builtins(what)}) + b"\n")


def read(lines: Iterable[bytes], *, name: str) -> Bundle:
    """What stands in a file that `write` wrote.

    Raises:
        BrokenLines: lines that are no record, or that name a document which is not there; each with file and number.
    """
    bundle = Bundle(Manifest(program="", form="", date="", corpus="", register="", reader=""))
    heads: dict[str, dict[str, Any]] = {}
    parts: dict[str, dict[str, list[Any]]] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _take(msgspec.json.decode(line), bundle, heads, parts)
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
            faults.append(f"{name}:{number}: {_reason(error)}")
    for document, head in heads.items():
        try:
            bundle.statements[document] = msgspec.convert({**head, **parts[document]}, Statements)
        except (msgspec.ValidationError, ValueError) as error:
            faults.append(f"{name}: document {document}: {_reason(error)}")
    if not bundle.manifest.program:
        faults.insert(0, f"{name}:1: no manifest: this is no export of Zhengmai")
    if faults:
        raise BrokenLines(name, faults[:_MOST_FAULTS], total=len(faults))
    return bundle


def _reason(error: Exception) -> str:
    return " ".join(f"{f'{error} is missing' if isinstance(error, KeyError) else error}".split())[:200]


def _take(data: Any, bundle: Bundle, heads: dict[str, dict[str, Any]], parts: dict[str, dict[str, list[Any]]]) -> None:
    if not isinstance(data, dict):
        raise ValueError("a record is an object")
    match data.pop("record", None):
        case "manifest":
            bundle.manifest = msgspec.convert(data, Manifest)
        case "concept":
            bundle.concepts.append(msgspec.convert(data, Concept))
        case "decision":
            bundle.decisions.append(msgspec.convert(data, Decision))
        case "document":
            record = msgspec.convert(data["catalogue"], DocumentRecord)
            if record.id in heads:
                raise ValueError(f"document {record.id} stands here a second time")
            bundle.records[record.id] = record, str(data["work"])
            heads[record.id] = data["read"]
            parts[record.id] = {name: [] for name in _FIELDS.values()}
        case "file":
            _known(data["document"], heads)
            try:
                bundle.files[data["document"]] = base64.b64decode(data["base64"], validate=True)
            except binascii.Error as error:
                raise ValueError(f"the file of {data['document']} is no base64: {error}") from None
        case kind if kind in _PARTS:
            document = data.pop("document")
            _known(document, heads)
            # checked here, so that a fault is named with its line
            parts[document][_FIELDS[kind]].append(msgspec.to_builtins(msgspec.convert(data, _PARTS[kind])))
        case kind:
            raise ValueError(f"{kind!r} is no record; known are manifest, concept, decision, document, file, {', '.join(_PARTS)}")


def _known(document: str, heads: dict[str, Any]) -> None:
    if document not in heads:
        raise ValueError(f"document {document!r} stands nowhere above")


def register_of(concepts: Iterable[Concept]) -> Register:
    """The register of exactly these concepts."""
    return Register(Loaded(concepts={concept.id: concept for concept in concepts}))


def load_into(store: GraphStore, bundle: Bundle, register: Concepts | None = None) -> int:
    """How many documents were put into an empty store: the same graph as the one that was exported, by the register of the file or another one.

    Raises:
        StoreNotEmpty: the store holds documents; nothing is changed.
        ProjectionError: statements of a document contradict each other.
    """
    if held := store.documents():
        raise StoreNotEmpty(len(held))
    named = register if register is not None else register_of(bundle.concepts)
    for document in _in_order(bundle):
        record, work = bundle.records[document]
        store.upsert_document(project(bundle.statements[document], record, bundle.decisions, named, work=work))
    return len(bundle.records)


def _in_order(bundle: Bundle) -> Iterator[str]:
    """Older versions first, so that a newer one finds what it supersedes."""
    waiting = dict(bundle.records)
    while waiting:
        ready = [document for document, (record, _) in waiting.items() if record.supersedes not in waiting] or list(waiting)
        for document in ready:
            del waiting[document]
            yield document
