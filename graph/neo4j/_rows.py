"""From ids to the rows that people see: sources, quotes with their sentences, headings. A page at a time, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph._codes import BITS
from graph.neo4j._columns import Looking
from graph.neo4j._connect import Torn
from graph.neo4j._schema import RELATIONS
from graph.projection import EdgeType
from graph.records import LinkRow, Quote, SourceRef, Tier
from pipeline.records import Place

__all__ = ["LinkKey", "link_rows", "places_of", "quote_of", "quotes", "source_of", "sources", "whole"]

LinkKey = tuple[str, Tier, bool, int, int, int]
"""concept, tier, weak, source, target and ordinal of a link"""

_QUOTE = (
    "[{0}.key, {0}.type, {0}.text, {0}.start, {0}.end, coalesce({0}.around, {1}.text), {0}.sentence_start, {0}.author, {0}.confidence, {0}.review,"
    " coalesce({0}.section, ''), {0}.force, {0}.voice]"
)
_SOURCE = "[d.id, d.file, d.title, d.year, d.date, d.kind, d.issuer, d.authors, d.sample, d.access]"


def source_of(row: Sequence[Any]) -> SourceRef:
    """A source from the columns of `_SOURCE`."""
    key, file, title, year, date, kind, issuer, authors, sample, access = row
    whole(key, file, title, kind, authors, sample, access)
    return SourceRef(document=key, file=file, title=title, year=year, date=date, kind=kind, issuer=issuer, authors=tuple(authors), sample=sample, access=access)


def quote_of(row: Sequence[Any]) -> Quote:
    """A quote from the columns of `_QUOTE`."""
    key, kind, text, start, end, sentence, begin, author, confidence, review, section, _, _ = row
    whole(key, kind, text, start, end, sentence, begin, author, confidence, review)
    return Quote(
        factor=key,
        type=kind,
        text=text,
        start=start,
        end=end,
        sentence=sentence,
        sentence_start=begin,
        author=author,
        confidence=confidence,
        review=review,
        section=section,
    )


def whole(*properties: object) -> None:
    """Nothing, if all are there.

    Raises:
        Torn: one is missing: a node or relation that is being deleted has lost some of its properties already.
    """
    if None in properties:
        raise Torn("a node went while it was read")


def places_of(evidence: Sequence[int]) -> tuple[Place, ...]:
    """Places as they are kept at a relation: beginnings and ends in turn."""
    return tuple(zip(evidence[::2], evidence[1::2], strict=True))


def sources(looking: Looking, numbers: Iterable[int]) -> dict[int, SourceRef]:
    """Number of a document → what names it."""
    wanted = sorted(set(numbers))
    rows = looking.ask(f"UNWIND $numbers AS number MATCH (d:Document {{number: number}}) RETURN d.number, {_SOURCE}", numbers=wanted)
    if len(rows) != len(wanted):
        raise Torn("a document went while a page was read")
    return {number: source_of(row) for number, row in rows}


def quotes(looking: Looking, factors: Sequence[int]) -> dict[int, Sequence[Any]]:
    """Id of a factor → the columns that `quote_of` takes, and its force and voice behind them."""
    wanted = sorted(set(factors))
    rows = looking.ask(f"UNWIND $ids AS id MATCH (f:Factor {{id: id}})-[:STATED_IN]->(s:Sentence) RETURN f.id, {_QUOTE.format('f', 's')}", ids=wanted)
    if len(rows) != len(wanted):
        raise Torn("a document went while a page was read")
    return dict(rows)


def link_rows(looking: Looking, kind: EdgeType, keys: Sequence[LinkKey]) -> tuple[LinkRow, ...]:
    """Links of `kind` with the words at both their ends, in the order of `keys`."""
    if not keys:
        return ()
    wanted = [{"n": n, "source": source, "target": target, "ordinal": ordinal} for n, (*_, source, target, ordinal) in enumerate(keys)]
    rows = looking.ask(
        "UNWIND $rows AS row MATCH (a:Factor {id: row.source}) MATCH (b:Factor {id: row.target})"
        f" MATCH (a)-[e:{RELATIONS[kind]}]->(b) WHERE e.ordinal = row.ordinal MATCH (a)-[:STATED_IN]->(s:Sentence) MATCH (b)-[:STATED_IN]->(t:Sentence)"
        f" RETURN row.n, {_QUOTE.format('a', 's')}, {_QUOTE.format('b', 't')}, [e.key, e.basis, e.confidence, e.author, e.evidence, e.review]",
        rows=wanted,
    )
    if len(rows) != len(keys):
        raise Torn("a document went while a page was read")
    documents = sources(looking, (source >> BITS for *_, source, _, _ in keys))
    found: list[LinkRow | None] = [None] * len(keys)
    for n, source, target, (key, basis, confidence, author, evidence, review) in rows:
        whole(basis, confidence, author, evidence, review)
        concept, tier, weak, start, *_ = keys[n]
        # force and voice of the measure, where one end is a measure
        measure = source if source[1] == "countermeasure" and target[1] != "countermeasure" else target
        found[n] = LinkRow(
            link=key or "",
            type=kind,  # type: ignore[arg-type]
            document=documents[start >> BITS],
            source=quote_of(source),
            target=quote_of(target),
            basis=basis,
            confidence=confidence,
            author=author,
            evidence=places_of(evidence),
            concept=concept,
            tier=tier,
            review=review,
            weak=weak,
            force=measure[11],
            voice=measure[12],
        )
    return tuple(row for row in found if row is not None)
