"""Whether a store is whole: nodes, relations and rows are those that the documents, as they were put in, stand for."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from graph._codes import BITS
from graph.neo4j._connect import Ask
from graph.neo4j._prepared import findable, prepare
from graph.neo4j._schema import RELATIONS
from graph.neo4j._write import unpack
from graph.projection import DocumentProjection
from graph.records import Problem

__all__ = ["problems"]

Locked = Callable[[Callable[[Ask], list[Any]]], list[Any]]
"""runs a step while nobody writes"""

_BATCH = 20
_NODES = (("Section", "sections"), ("Sentence", "sentences"), ("Factor", "factors"))
_FROM_FACTOR = "|".join(RELATIONS[kind] for kind in ("addressed_by", "caused_by", "achieves", "drives", "part_of", "limited_by", "about"))


def problems(locked: Locked) -> Iterator[Problem]:
    """Everything that is wrong with the store, one line each; nothing for a whole one.

    A few documents at a time, so that writers wait for moments only; what goes meanwhile is not looked at.
    """
    ids = locked(lambda ask: sorted(ask("MATCH (d:Document) RETURN d.id")))
    for start in range(0, len(ids), _BATCH):
        wanted = [id_ for (id_,) in ids[start : start + _BATCH]]
        yield from locked(lambda ask, wanted=wanted: list(_documents(ask, wanted)))  # type: ignore[misc]
    yield from locked(lambda ask: list(_shared(ask)))


def _documents(ask: Ask, wanted: Sequence[str]) -> Iterator[Problem]:
    rows = ask(
        "UNWIND $ids AS id MATCH (d:Document {id: id}) OPTIONAL MATCH (d)-[:PUT_IN_AS]->(p:Projection) RETURN d.id, d.number, d.live, p.data", ids=wanted
    )
    for document, number, live, data in rows:
        if data is None:
            yield Problem(code="quote_differs", what="its text is missing", document=document)
            continue
        try:
            projection = unpack(data)
        except (zlib.error, msgspec.MsgspecError, TypeError) as error:
            yield Problem(code="damaged", what=f"it cannot be read as it was put in: {error}", document=document)
            continue
        yield from _document(ask, number, projection, live)


def _shared(ask: Ask) -> Iterator[Problem]:
    ((version, live, total),) = ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) RETURN g.version, g.live, g.sum")
    ((count, sum_),) = ask("MATCH (a:Answers) RETURN count(a), coalesce(sum(a.number), 0)")
    if (count, sum_) != (live, total):
        yield Problem(code="answers_differ", what=f"{count} documents answer, {live} should (version {version})")
    yield from _orphans(ask)


def _document(ask: Ask, number: int, projection: DocumentProjection, live: bool) -> Iterator[Problem]:
    document, span = projection.source.document, {"low": number << BITS, "high": (number + 1) << BITS}
    for label, field in _NODES:
        wanted = len(getattr(projection, field))
        ((found,),) = ask(f"MATCH (n:{label}) WHERE $low <= n.id < $high RETURN count(n)", **span)
        if found != wanted:
            yield Problem(code="edge_without_end", what=f"{found} nodes {label} where there should be {wanted}", document=document)
    relations = Counter(RELATIONS[edge.type] for edge in projection.edges)
    found_: Counter[str] = Counter(
        dict(
            ask(
                f"MATCH (f:Factor)-[e:{_FROM_FACTOR}]->() WHERE $low <= f.id < $high RETURN type(e), count(e)"
                " UNION ALL MATCH (f:Factor)<-[e:TAKES|FACES]-() WHERE $low <= f.id < $high RETURN type(e), count(e)"
                " UNION ALL MATCH (s:Sentence)-[e:MENTIONS]->() WHERE $low <= s.id < $high RETURN type(e), count(e)".replace(
                    "type(e), count(e)", "type(e) AS relation, count(e) AS count"
                ),
                **span,
            )
        )
    )
    for relation in sorted(relations.keys() | found_.keys()):
        if relations[relation] != found_[relation]:
            yield Problem(
                code="edge_without_end", what=f"{found_[relation]} relations {relation} where there should be {relations[relation]}", document=document
            )
    yield from _words(ask, projection, span, live)
    yield from _answers(ask, number, projection, live)


def _words(ask: Ask, projection: DocumentProjection, span: dict[str, int], live: bool) -> Iterator[Problem]:
    text = projection.clean_text
    wanted = {node.id: (text[node.start : node.end], node.start, node.end) for node in projection.factors}
    for key, *row in ask("MATCH (f:Factor) WHERE $low <= f.id < $high RETURN f.key, f.text, f.start, f.end", **span):
        if wanted.get(key) != tuple(row):
            yield Problem(code="quote_differs", what=f"factor {key} is not what stands at its place", document=projection.source.document)
    indexed = findable(projection) if live else frozenset()
    found = {key for (key,) in ask("MATCH (s:Sentence) WHERE $low <= s.id < $high AND s.words IS NOT NULL RETURN s.key", **span)}
    if found != indexed:
        yield Problem(code="index_differs", what=f"{len(found ^ indexed)} sentences and the full-text index disagree", document=projection.source.document)


def _answers(ask: Ask, number: int, projection: DocumentProjection, live: bool) -> Iterator[Problem]:
    prepared = prepare(projection)
    whole = [dict(row[0]) for row in ask("MATCH (a:Answers {number: $number}) RETURN properties(a)", number=number)]
    wanted = [{"number": number, **prepared.whole}] if live else []
    parts: dict[str, dict[str, object]] = dict(
        ask("MATCH (:Answers {number: $number})-[r:ANSWERS_ABOUT]->(c:Concept) RETURN c.id, properties(r)", number=number)
    )
    wanted_parts = {concept: {"number": number, **rows} for concept, rows in prepared.concepts.items()} if live else {}
    if whole != wanted or parts != wanted_parts:
        yield Problem(code="answers_differ", what="the rows kept for answers are not those that the document stands for", document=projection.source.document)


def _orphans(ask: Ask) -> Iterator[Problem]:
    counted = f"MATCH (c:Concept) OPTIONAL MATCH (c)<-[:ABOUT]-(f:Factor) WITH c, count(DISTINCT f.id / {1 << BITS}) AS found"
    for concept, said, found in ask(f"{counted} WHERE c.documents <> found OR found = 0 RETURN c.id, c.documents, found ORDER BY c.id"):
        yield Problem(code="orphan", what=f"concept {concept} says that {said} documents name it, {found} do")
    ((strangers,),) = ask("MATCH (e:Entity) WHERE NOT (e)--() RETURN count(e)")
    if strangers:
        yield Problem(code="orphan", what=f"{strangers} entities belong to no document")
    for label, relation in (("Section", "HAS_SECTION"), ("Sentence", "HAS_SENTENCE")):
        ((count,),) = ask(f"MATCH (n:{label}) WHERE NOT (n)<-[:{relation}]-(:Document) RETURN count(n)")
        if count:
            yield Problem(code="orphan", what=f"{count} nodes {label} belong to no document")
    ((loose,),) = ask("MATCH (f:Factor) WHERE NOT (f)-[:STATED_IN]->(:Sentence) RETURN count(f)")
    if loose:
        yield Problem(code="orphan", what=f"{loose} factors stand in no sentence")
