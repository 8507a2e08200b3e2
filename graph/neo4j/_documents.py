"""What is in the graph: documents, and everything about one of them, as it was put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from threading import Lock

import msgspec

from graph._codes import ACCESSES, BASES, EDGE_TYPES, ENTITY_TYPES, FACTOR_TYPES, FLIPPED, KINDS, LEVELS, REVIEWS, age_of, bare_blocks, number_of
from graph.errors import UnknownDocument
from graph.neo4j._connect import Ask, Torn
from graph.neo4j._rows import source_of
from graph.neo4j._write import unpack
from graph.projection import DocumentProjection, EdgeType
from graph.records import ActorOf, ActView, DocumentSummary, DocumentView, FactorView, LinkView, Outcome
from pipeline.records import Sentence

__all__ = ["Summaries", "actors_of", "digest", "document_view", "outcomes", "projection_of", "projections"]

_LISTED = 10_000
"""documents of the list that are fetched at a time"""
_BATCH = 20
"""documents that are read whole at a time"""
_LINKS: tuple[EdgeType, ...] = EDGE_TYPES[:6]


class Summaries:
    """The list of documents, read once and kept: what stands in a document never changes under its number, only whether answers use it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[int, tuple[tuple[int, int], DocumentSummary]] = {}
        """by number, with what it is sorted by"""

    def read(self, ask: Ask) -> tuple[DocumentSummary, ...]:
        """Every document, samples and superseded ones too, newest first."""
        ((there,),) = ask("MATCH (d:Document) RETURN collect([d.number, d.live])")
        with self._lock:
            known = {number: self._known[number] for number, _ in there if number in self._known}
        missing = [number for number, _ in there if number not in known]
        for start in range(0, len(missing), _LISTED):
            wanted = missing[start : start + _LISTED]
            # in one row: the driver reads the network once a row, which takes ten times as long as what stands in it
            ((rows,),) = ask(
                "UNWIND $numbers AS number MATCH (d:Document {number: number})"
                " RETURN collect([d.number, [d.id, d.file, d.title, d.year, d.date, d.kind, d.issuer, d.authors, d.sample, d.access],"
                " d.work, d.stamp, d.sentences, d.factors, d.links, d.live, d.supersedes])",
                numbers=wanted,
            )
            for number, source, work, stamp, sentences, factors, links, live, supersedes in rows:
                summary = DocumentSummary(
                    source=source_of(source), work=work, stamp=stamp, sentences=sentences, factors=factors, links=links, live=live, supersedes=supersedes
                )
                known[number] = (age_of(summary.source.date), number_of(summary.source.document)), summary
        for number, live in there:
            if number in known and known[number][1].live != live:
                key, summary = known[number]
                known[number] = key, msgspec.structs.replace(summary, live=live)
        with self._lock:
            self._known = known
        if len(known) < len(there):
            # what was read stays: whoever asks again has only the others to read
            raise Torn("a document went while the list was read")
        return tuple(summary for _, summary in sorted(known.values(), key=_key))


def _key(row: tuple[tuple[int, int], DocumentSummary]) -> tuple[int, int]:
    return row[0]


def projection_of(ask: Ask, document: str) -> tuple[DocumentProjection, bool]:
    """A document as it was put in, and whether answers use it.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    rows = ask("MATCH (d:Document {id: $id})-[:PUT_IN_AS]->(p:Projection) RETURN p.data, d.live", id=document)
    if not rows:
        raise UnknownDocument(document)
    return unpack(rows[0][0]), rows[0][1]


def projections(ask: Ask) -> Iterator[tuple[int, DocumentProjection, bool]]:
    """Number, document and whether answers use it, in the order of ids, a few in memory at a time."""
    ids = sorted(id_ for (id_,) in ask("MATCH (d:Document) RETURN d.id"))
    for start in range(0, len(ids), _BATCH):
        rows = ask(
            "UNWIND $ids AS id MATCH (d:Document {id: id})-[:PUT_IN_AS]->(p:Projection) RETURN d.number, p.data, d.live ORDER BY id",
            ids=ids[start : start + _BATCH],
        )
        yield from sorted(((number, unpack(data), live) for number, data, live in rows), key=_document)


def _document(row: tuple[int, DocumentProjection, bool]) -> str:
    return row[1].source.document


def document_view(ask: Ask, document: str) -> DocumentView:
    """Everything about one document, rejected statements too.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    projection, live = projection_of(ask, document)
    text = projection.clean_text
    blocks = tuple(block if block.start is None else msgspec.structs.replace(block, text=text[block.start : block.end]) for block in projection.blocks)
    starts = [(block.start, block.id) for block in blocks if block.start is not None]
    names = {node.id: node for node in projection.entities}
    return DocumentView(
        source=projection.source,
        clean_text=text,
        blocks=blocks,
        sentences=tuple(_sentences(projection, starts)),
        factors=tuple(_factors(projection)),
        links=tuple(
            LinkView(
                id=edge.id,
                type=edge.type,  # type: ignore[arg-type]
                source=edge.source,
                target=edge.target,
                basis=edge.basis or "stated",
                confidence=edge.confidence,
                evidence=edge.evidence,
                author=edge.author,
                review=edge.review,
                live=edge.live,
            )
            for edge in projection.edges
            if edge.type in _LINKS
        ),
        acts=tuple(
            ActView(
                actor=names[edge.source].name,
                kind=names[edge.source].type,
                factor=edge.target,
                type=edge.type,  # type: ignore[arg-type]
                role=edge.role,
                evidence=edge.evidence,
                confidence=edge.confidence,
                author=edge.author,
            )
            for edge in projection.edges
            if edge.type in FLIPPED
        ),
        outcomes=tuple(msgspec.structs.replace(outcome, document=document) for outcome in projection.outcomes),
        live=live,
    )


def _sentences(projection: DocumentProjection, starts: Sequence[tuple[int, str]]) -> Iterator[Sentence]:
    at = 0
    # of two that begin together the one that comes first in the document
    for node in sorted(projection.sentences, key=lambda node: node.start):
        while at + 1 < len(starts) and starts[at + 1][0] <= node.start:
            at += 1
        yield Sentence(id=node.id, start=node.start, end=node.end, block=starts[at][1] if starts else "")


def _factors(projection: DocumentProjection) -> Iterator[FactorView]:
    text = projection.clean_text
    concepts: dict[str, list[str]] = {}
    for edge in projection.edges:
        if edge.type == "about" and not edge.weak:
            concepts.setdefault(edge.source, []).append(edge.target)
    sentences = {node.id: node for node in projection.sentences}
    paths = {node.id: node.path for node in projection.sections}
    for node in sorted(projection.factors, key=lambda node: node.start):
        begin, end = sentences[node.sentence].start, max(sentences[node.sentence].end, node.end)
        yield FactorView(
            id=node.id,
            type=node.type,
            text=text[node.start : node.end],
            start=node.start,
            end=node.end,
            sentence=text[begin:end],
            sentence_start=begin,
            section=paths.get(node.section or "", ""),
            scope=node.scope,
            dim=node.dim,
            force=node.force,
            voice=node.voice,
            where=node.where,
            when=node.when,
            confidence=node.confidence,
            runner_up=node.runner_up,
            author=node.author,
            review=node.review,
            concepts=tuple(sorted(concepts.get(node.id, ()))),
        )


def actors_of(ask: Ask, factors: Sequence[tuple[str, str]]) -> tuple[ActorOf, ...]:
    """Actors of factors of any documents, in the order of the factors, then of the acts."""
    wanted = [{"n": n, "document": document, "factor": factor} for n, (document, factor) in enumerate(dict.fromkeys(factors))]
    rows = ask(
        "UNWIND $rows AS row MATCH (d:Document {id: row.document})-[:HAS_SENTENCE]->()<-[:STATED_IN]-(f:Factor) WHERE f.key = row.factor"
        " MATCH (n:Entity)-[e:TAKES|FACES]->(f) WHERE e.live"
        " RETURN row.n, e.ordinal, row.document, row.factor, n.name, n.type, type(e), e.role, e.confidence ORDER BY row.n, e.ordinal",
        rows=wanted,
    )
    return tuple(
        ActorOf(document=document, factor=factor, actor=name, kind=kind, type=relation.lower(), role=role, confidence=confidence)
        for _, _, document, factor, name, kind, relation, role, confidence in rows
    )


def outcomes(ask: Ask) -> tuple[Outcome, ...]:
    """What became of each decision about each document."""
    return tuple(
        msgspec.structs.replace(outcome, document=projection.source.document) for _, projection, _ in projections(ask) for outcome in projection.outcomes
    )


def digest(ask: Ask) -> str:
    """SHA-256 over all that the graph holds, by names: the same as that of the SQLite store for the same graph."""
    total = sha256()
    rows: list[tuple[object, ...]] = sorted(ask("MATCH (c:Concept) RETURN c.id, c.name, c.english"))
    rows += sorted((key, ENTITY_TYPES.index(kind), name) for key, kind, name in ask("MATCH (e:Entity) RETURN e.id, e.type, e.name"))
    for row in rows:
        _add(total, row)
    for _, projection, live in projections(ask):
        for row in _named_rows(projection, live):
            _add(total, row)
    return total.hexdigest()


def _add(total: "sha256", row: tuple[object, ...]) -> None:  # type: ignore[valid-type]  # noqa: UP037
    total.update(msgspec.json.encode(row))  # type: ignore[attr-defined]
    total.update(b"\n")  # type: ignore[attr-defined]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _named_rows(projection: DocumentProjection, live: bool) -> Iterator[tuple[object, ...]]:
    source = projection.source
    yield (
        *(source.document, source.file, source.title, _json(source.authors), source.year, source.date, KINDS.index(source.kind), source.issuer),
        *(None if projection.level is None else LEVELS.index(projection.level), int(source.sample), ACCESSES.index(source.access), projection.work),
        *(age_of(source.date), number_of(source.document), projection.in_force, projection.expires, projection.supersedes, int(live), projection.stamp),
    )
    yield projection.clean_text, bare_blocks(projection.blocks).decode()
    for place in sorted(projection.places):
        yield (place,)
    sections = {node.id: n for n, node in enumerate(projection.sections)}
    sentences = {node.id: len(sections) + n for n, node in enumerate(projection.sentences)}
    factors = {node.id: len(sections) + len(sentences) + n for n, node in enumerate(projection.factors)}
    for section in projection.sections:
        yield section.id, section.path, section.level, section.zone, section.start, section.end
    for sentence in projection.sentences:
        yield sentence.id, sentence.start, sentence.end, sections.get(sentence.section or "")
    for node in projection.factors:
        yield (
            *(node.id, FACTOR_TYPES.index(node.type), node.start, node.end, sentences[node.sentence], sections.get(node.section or ""), node.scope),
            *(node.dim, node.force, node.voice, _json(node.where), node.when, node.confidence),
            *(None if node.runner_up is None else _json(node.runner_up), node.author, REVIEWS.index(node.review), int(node.answered)),
        )
    own = {"factor": factors, "sentence": sentences}
    for ordinal, edge in enumerate(projection.edges):
        ends: list[object] = [own["sentence" if edge.type == "mentions" else "factor"].get(edge.source, edge.source)]
        ends.append(factors.get(edge.target, edge.target) if edge.type in (*_LINKS, *FLIPPED) else edge.target)
        if edge.type in FLIPPED:
            ends = [ends[1], edge.source]
        yield (
            *(EDGE_TYPES.index(edge.type), ordinal, edge.id, *ends, None if edge.basis is None else BASES.index(edge.basis), edge.confidence),
            *(edge.author, _json(edge.evidence), REVIEWS.index(edge.review), int(edge.live), int(edge.weak), edge.role),
        )
    for ordinal, outcome in enumerate(projection.outcomes):
        yield ordinal, outcome.decision, outcome.state, outcome.reason, outcome.target
