"""Files that come back: an export of ours into an empty corpus, and a REFI-QDA project that people coded as their decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import msgspec

from corpus.concepts import Concept, Register, load
from corpus.decisions import anchor, find_again
from corpus.records import Anchor, DocumentRecord
from corpus.storage import append_line, held, write_whole
from graph.errors import BrokenLines, StoreNotEmpty
from graph.export import jsonl
from graph.export.qdpx import guid, plain_source
from graph.export.refi import CodedPlace, CodedSource, read_project
from graph.project import project as project_document
from graph.records import DocumentView, FactorView
from pipeline.records import FACTOR_TYPES, FactorType, to_json
from zhengmai.deciding import refresh
from zhengmai.documents import now, statements_path
from zhengmai.holdings import Holdings

__all__ = ["Coded", "Taken", "import_coded", "import_corpus"]

_ID = re.compile(r"d[0-9a-f]{16}", re.ASCII)
_TYPE_WORDS: dict[FactorType, tuple[str, ...]] = {
    "driver": ("动因", "driver"),
    "dilemma": ("困境", "dilemma"),
    "countermeasure": ("对策", "countermeasure"),
    "goal": ("目标", "goal"),
}
_SAME = 0.5
"""share of the union that two places have in common to be one statement, as decisions are applied (`graph._reviews`)"""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken in of an export, by number; `left_out` are documents that came without their file."""

    documents: int
    decisions: int
    concepts: int
    left_out: tuple[str, ...] = ()


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the coded places of a project; `passed_over` says in one line each what was not taken, and why."""

    decisions: tuple[str, ...]
    """ids of the decisions that were written down"""
    known: int
    """places that a component of ours had coded, or that were decided before"""
    passed_over: tuple[str, ...]


def import_corpus(holdings: Holdings, data: bytes, *, name: str) -> Taken:
    """What was taken of an export (jsonl) into a corpus without documents: files, statements, decisions and concepts; `sync` makes the graph.

    Raises:
        StoreNotEmpty: there are documents already.
        BrokenLines: lines that are no records; nothing is taken in.
        ProjectionError: statements of a document contradict each other; nothing is taken in.
    """
    if there := holdings.catalogue.list():
        raise StoreNotEmpty(len(there))
    bundle = jsonl.read(data.split(b"\n"), name=name)
    register = jsonl.register_of(bundle.concepts)
    whole = []
    for document, (record, work) in bundle.records.items():
        _check(document, record, bundle.files.get(document), name)
        project_document(bundle.statements[document], record, bundle.decisions, register, work=work)
        if document in bundle.files:
            whole.append(record)
    settings = holdings.settings
    for folder in (settings.documents, settings.statements, settings.decisions, settings.concepts):
        folder.mkdir(parents=True, exist_ok=True)
    with held(settings.documents):
        for record in whole:
            bytes_, about = holdings.catalogue.files(record.id)
            write_whole(bytes_, bundle.files[record.id])
            write_whole(statements_path(holdings, record.id), to_json(bundle.statements[record.id]))
            write_whole(about, msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
    with held(settings.decisions):
        for decision in bundle.decisions:
            append_line(holdings.log.path, msgspec.json.encode(decision))
    own = {concept.id: concept for concept in load(settings.concepts)}
    other = [concept for concept in bundle.concepts if own.get(concept.id) != concept]
    if other:
        write_whole(settings.concepts / "imported.toml", _toml(other).encode())
        holdings.__dict__.pop("register", None)
    # a corpus that was opened before gets no samples
    (settings.data / "corpus.json").write_text('{"samples": "imported"}\n', encoding="utf-8")
    left = tuple(record.name for record, _ in bundle.records.values() if record.id not in bundle.files)
    return Taken(documents=len(whole), decisions=len(bundle.decisions), concepts=len(other), left_out=left)


def _check(document: str, record: DocumentRecord, data: bytes | None, name: str) -> None:
    """Nothing, if a record may become files of that name: ids become paths, and bytes are named by their hash."""
    digest = sha256(data).hexdigest() if data is not None else None
    if not _ID.fullmatch(document) or (digest is not None and (digest != record.sha256 or document != f"d{digest[:16]}")):
        raise BrokenLines(name, [f"{name}: document {document[:40]!r}: its id is not that of its bytes"], total=1)


def _toml(concepts: Sequence[Concept]) -> str:
    lines = ['domain = "imported"']
    for concept in concepts:
        lines.append(f"\n[{concept.id}]")
        for field, value in msgspec.to_builtins(concept).items():
            if field != "id" and value not in (None, "", [], ()):
                lines.append(f"{field} = {_toml_value(value)}")
    return "\n".join(lines) + "\n"


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml_value, value)) + "]"
    # a JSON string is a TOML basic string
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")


@dataclass(slots=True)
class _Desk:
    """Decisions out of one project."""

    holdings: Holdings
    who: str | None
    made: list[str]
    known: int
    passed: list[str]


def import_coded(holdings: Holdings, data: bytes, *, name: str, who: str | None = None, dry_run: bool = False) -> Coded:
    """Decisions out of a project that people coded: each place coded as driver, dilemma, countermeasure or goal is accepted by its coder, and so
    is that the statement at a place is about a concept, where a code names one of the register (`数据孤岛 [data-silos]`, 数据孤岛, data silos).

    A place that no component says becomes a statement of that person; a place that was decided so before is not decided again. `who` names the person
    where the project names nobody, or names a program. Codes that are neither a type of statement nor a concept are passed over and named.

    Raises:
        BrokenProject: the project cannot be read; nothing is decided.
    """
    project = read_project(data, name=name)
    views = [summary.source.document for summary in holdings.store.documents() if summary.live]
    desk = _Desk(holdings, who, [], 0, list(project.passed_over))
    by_guid = {guid("source", document): document for document in views}
    by_text: dict[str, str] | None = None
    for source in project.sources:
        document = by_guid.get(source.guid) or next((one for one in views if f"[{one}]" in source.name), None)
        if document is None:
            by_text = by_text or {_hash(plain_source(holdings.store.document(one).clean_text)): one for one in views}
            document = by_text.get(_hash(source.text))
        if document is None:
            desk.passed.append(f"{source.name}: no document of this corpus has this text")
            continue
        _decide(desk, source, holdings.store.document(document), dry_run=dry_run)
    return Coded(decisions=tuple(desk.made), known=desk.known, passed_over=tuple(dict.fromkeys(desk.passed)))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decide(desk: _Desk, source: CodedSource, view: DocumentView, *, dry_run: bool) -> None:
    document = view.source.document
    same = source.text == plain_source(view.clean_text)
    earlier = {
        (one.who, one.target, one.type, anchor_.start, anchor_.quote)
        for one in desk.holdings.log.read()
        if one.kind == "accept" and one.target in ("factor", "concept")
        for anchor_ in one.anchors
        if anchor_.document == document
    }
    machines = {factor.author for factor in view.factors if not factor.author.startswith("person:")}
    changed = False
    # types before concepts: what a place is about, the statement says that somebody made of it in the same project
    for place, target, meant in sorted(_meant(desk, source), key=_concepts_last):
        own = None
        if same:
            own = _statement_at(view, place, meant) if target == "factor" else _statement_about(view, place, meant)
        if own is not None and place.who in machines and place.who == own.author:
            desk.known += 1
            continue
        person = place.who if place.who and place.who not in machines and not place.who.startswith("Zhengmai ") else desk.who
        if not person:
            desk.passed.append(f"{source.name}: [{place.start}, {place.end}) was coded by nobody who is named: give --who")
            continue
        quote = _anchor(view, source, place, same=same)
        if quote is None:
            desk.passed.append(f"{source.name}: [{place.start}, {place.end}) is not found again in the document")
            continue
        said = (person, target, meant, quote.start, quote.quote)
        if said in earlier:
            desk.known += 1
            continue
        earlier.add(said)
        before: dict[str, str | float | None] = {"text": quote.quote, "from": "refi-qda"}
        if target == "factor":
            before["type"] = meant
        elif kind := _type_beside(source, place):
            before["type"] = kind
        if target == "factor" and own is not None:
            before |= {"confidence": own.confidence, "author": own.author, "review": own.review}
        if dry_run:
            desk.made.append(f"{meant} {quote.quote}")
            continue
        decision = desk.holdings.log.append(
            kind="accept", who=person, target=target, type=meant, anchors=(quote,), before=before, note=place.note or None, now=now()
        )
        desk.made.append(decision.id)
        changed = True
    if changed:
        refresh(desk.holdings, document)


def _meant(desk: _Desk, source: CodedSource) -> Iterator[tuple[CodedPlace, Literal["factor", "concept"], str]]:
    """Each coded place with what its code means: a type of statement, or the id of a concept."""
    for place in source.places:
        type_ = _type_of(place)
        concept = None if type_ else _concept_of(desk.holdings.register, place)
        if type_ is not None:
            yield place, "factor", type_
        elif concept is not None:
            yield place, "concept", concept
        else:
            desk.passed.append(f"{source.name}: code {place.name or place.code!r} is no type of statement and no concept")


def _concepts_last(coded: tuple[CodedPlace, str, str]) -> bool:
    return coded[1] == "concept"


def _type_beside(source: CodedSource, place: CodedPlace) -> FactorType | None:
    """The type that the same person gave the very same place."""
    beside = (one for one in source.places if (one.start, one.end, one.who) == (place.start, place.end, place.who))
    return next(filter(None, map(_type_of, beside)), None)


def _concept_of(register: Register, place: CodedPlace) -> str | None:
    """The concept that a code names: by the id in its brackets (数据孤岛 [data-silos]), or where its whole name is one that the register knows."""
    name = place.name.strip()
    _, bracket, identity = name.rpartition("[")
    if bracket and identity.endswith("]") and identity[:-1] in register:
        return identity[:-1]
    named = {match.concept for match in register.find(name) if (match.start, match.end) == (0, len(name))}
    return named.pop() if len(named) == 1 else None


def _type_of(place: CodedPlace) -> FactorType | None:
    """The type that a code means: by our GUID, or by its name (困境 dilemma, 对策)."""
    for kind in FACTOR_TYPES:
        if place.code == guid("code", kind):
            return kind
    words = {word.strip("()（）").lower() for word in place.name.replace("/", " ").split()}
    return next((kind for kind, names in _TYPE_WORDS.items() if words & set(names)), None)


def _statement_at(view: DocumentView, place: CodedPlace, type_: str) -> FactorView | None:
    """The statement of that type at a place, if it is the same one."""
    return _best(place, (factor for factor in view.factors if factor.type == type_))


def _statement_about(view: DocumentView, place: CodedPlace, concept: str) -> FactorView | None:
    """The statement at a place, if one of those that are the same is about the concept."""
    return _best(place, (factor for factor in view.factors if concept in factor.concepts))


def _best(place: CodedPlace, factors: Iterable[FactorView]) -> FactorView | None:
    best, found = 0.0, None
    for factor in factors:
        shared = min(factor.end, place.end) - max(factor.start, place.start)
        if shared > 0:
            share = shared / (max(factor.end, place.end) - min(factor.start, place.start))
            if share >= _SAME and share > best:
                best, found = share, factor
    return found


def _anchor(view: DocumentView, source: CodedSource, place: CodedPlace, *, same: bool) -> Anchor | None:
    """The place in our text: the very one where the texts are the same, else where the quote is found again."""
    document, text = view.source.document, view.clean_text
    if same:
        return anchor(document, text, place.start, place.end, raw=(place.start, place.end))
    there = anchor(document, source.text, place.start, place.end, raw=(place.start, place.end))
    found = find_again(there, text)
    return anchor(document, text, *found, raw=found) if found else None
