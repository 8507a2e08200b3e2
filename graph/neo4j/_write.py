"""One document in, one document out: nodes and relations of a projection, and the rows that answers are made of. Always inside one transaction.

New documents, one or many, are six statements: the lock, what is there of them, what supersedes them, nodes and relations (`graph.neo4j._put`),
rows for answers, the new state.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from graph._codes import BITS
from graph._fold import index_text
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.neo4j._connect import Ask, TakenAway, Torn
from graph.neo4j._prepared import Prepared, findable, prepare
from graph.neo4j._put import COUNTED, INSERT, check_ends, rows_of
from graph.projection import DocumentProjection

__all__ = ["Ledger", "Ready", "begin", "finish", "hold", "pack", "put_documents", "ready", "remove_document", "remove_strangers", "unpack"]

_decode = msgspec.msgpack.Decoder(DocumentProjection)


@dataclass
class Ledger:
    """What `ZhengmaiGraph` says, while one transaction changes it: the last number given away, how many documents answer, the sum of their numbers.

    A reader that has seen as many documents with the same sum has seen all of one state.
    """

    last: int
    live: int
    total: int
    entities: set[str]
    concepts: set[str]
    """what documents that went may have been the last to name"""


def begin(ask: Ask) -> Ledger:
    """Queue behind other writers, whatever process or machine they are on; the next version begins."""
    # the lock comes first: what is read behind it is what the writer before has committed
    rows = ask(
        "MATCH (g:ZhengmaiGraph {name: 'graph'}) SET g.writing = true WITH g SET g.version = g.version + 1 REMOVE g.writing RETURN g.last, g.live, g.sum"
    )
    if not rows:
        raise TakenAway("the graph was taken away")
    last, live, total = rows[0]
    return Ledger(last=last, live=live, total=total, entities=set(), concepts=set())


def hold(ask: Ask) -> None:
    """Keep writers waiting until the transaction ends; nothing changes."""
    ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) SET g.writing = true REMOVE g.writing")


def finish(ask: Ask, ledger: Ledger) -> None:
    """Take out shared nodes that nobody names any more, and write down the new state."""
    if ledger.entities:
        ask("UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE NOT (e)--() DELETE e", ids=sorted(ledger.entities))
    if ledger.concepts:
        ask("UNWIND $ids AS id MATCH (c:Concept {id: id}) WHERE c.documents < 1 DETACH DELETE c", ids=sorted(ledger.concepts))
    ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) SET g.last = $last, g.live = $live, g.sum = $sum", last=ledger.last, live=ledger.live, sum=ledger.total)


def pack(projection: DocumentProjection) -> bytes:
    """A document as it was put in."""
    return zlib.compress(msgspec.msgpack.encode(projection), 1)


def unpack(data: bytes | None) -> DocumentProjection:
    """The document that was packed.

    Raises:
        Torn: it is being deleted, and its bytes are gone already.
    """
    if data is None:
        raise Torn("a document went while it was read")
    return _decode.decode(zlib.decompress(data))


class Ready(NamedTuple):
    """A document with what of it has to be reckoned before it can be put in: outside the transaction, and but once if that is tried again."""

    projection: DocumentProjection
    data: bytes
    prepared: Prepared


def ready(projection: DocumentProjection) -> Ready:
    """A document made ready to be put in.

    Raises:
        EdgeWithoutEnd: an edge names a node that the projection does not hold.
    """
    check_ends(projection)
    return Ready(projection, pack(projection), prepare(projection))


def put_documents(ask: Ask, ledger: Ledger, documents: Sequence[Ready]) -> None:
    """Bring documents, each once, into the state that they are given in, whatever was there of them before.

    Raises:
        EdgeWithoutEnd: the server did not join all edges of one of them.
    """
    keys = [made.projection.source.document for made in documents]
    for (key,) in ask("UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id", ids=keys):
        remove_document(ask, ledger, key)
    older = {made.projection.supersedes for made in documents}
    older.update(key for (key,) in ask("UNWIND $ids AS id MATCH (d:Document {supersedes: id}) RETURN DISTINCT id", ids=keys))
    numbers = {key: ledger.last + n for n, key in enumerate(keys, 1)}
    ledger.last += len(keys)
    _insert(ask, documents, numbers, older)
    for made in documents:
        key, supersedes = made.projection.source.document, made.projection.supersedes
        if key in older:
            # those that come with it were named before they came
            ask("MATCH (d:Document {number: $n}) MATCH (newer:Document {supersedes: d.id}) CREATE (newer)-[:SUPERSEDES]->(d)", n=numbers[key])
        if supersedes and supersedes not in numbers:
            for old, live in ask(
                "MATCH (d:Document {number: $number}) MATCH (old:Document {id: d.supersedes}) CREATE (d)-[:SUPERSEDES]->(old)"
                " WITH old, old.live AS live SET old.live = false RETURN old.number, live",
                number=numbers[key],
            ):
                if live:
                    _silence(ask, ledger, old)
    _enliven(ask, ledger, [(key, numbers[key], made.prepared) for key, made in zip(keys, documents, strict=True) if key not in older])


def _insert(ask: Ask, documents: Sequence[Ready], numbers: Mapping[str, int], older: Container[str | None]) -> None:
    """Nodes and relations of documents of which nothing is there, in one statement."""
    given, counts = [], {}
    for made in documents:
        key = made.projection.source.document
        rows = rows_of(made.projection, numbers[key])
        lists = rows.lists if key not in older else {**rows.lists, "sentences": [{**row, "words": None} for row in rows.lists["sentences"]]}
        projected = {"number": numbers[key], "data": made.data}
        given.append({"document": {**rows.document, "live": key not in older}, "projection": projected, **lists, **rows.edges})
        counts[key] = rows.counts
    for key, joined in ask(INSERT, documents=given):
        for what, count, wanted in zip(COUNTED, joined, counts[key], strict=True):
            if count != wanted:
                raise EdgeWithoutEnd(key, f"{wanted - count} of {wanted} {what}", "a node that the server does not have")


def remove_document(ask: Ask, ledger: Ledger, key: str) -> bool:
    """Take a document out with everything that only it supports; a version that it superseded answers again. Whether it was there."""
    found = ask("MATCH (d:Document {id: $id}) RETURN d.number, d.live, d.supersedes", id=key)
    if not found:
        return False
    number, live, supersedes = found[0]
    span = {"low": number << BITS, "high": (number + 1) << BITS}
    named = ask("MATCH (f:Factor)-[:ABOUT]->(c:Concept) WHERE $low <= f.id < $high WITH DISTINCT c SET c.documents = c.documents - 1 RETURN c.id", **span)
    ledger.concepts.update(concept for (concept,) in named)
    spoken_of = ask(
        "MATCH (s:Sentence)-[:MENTIONS]->(e:Entity) WHERE $low <= s.id < $high RETURN DISTINCT e.id AS id"
        " UNION MATCH (f:Factor)<-[:TAKES|FACES]-(e:Entity) WHERE $low <= f.id < $high RETURN DISTINCT e.id AS id",
        **span,
    )
    ledger.entities.update(entity for (entity,) in spoken_of)
    if live:
        _silence(ask, ledger, number, words=False)
    for label in ("Factor", "Sentence", "Section"):
        ask(f"MATCH (n:{label}) WHERE $low <= n.id < $high DETACH DELETE n", **span)
    ask("MATCH (d:Document {number: $number}) OPTIONAL MATCH (d)-[:PUT_IN_AS]->(p:Projection) DETACH DELETE d, p", number=number)
    if supersedes and not ask("MATCH (d:Document {supersedes: $id}) RETURN 1 LIMIT 1", id=supersedes):
        before = ask("MATCH (d:Document {id: $id})-[:PUT_IN_AS]->(p:Projection) WHERE NOT d.live SET d.live = true RETURN d.number, p.data", id=supersedes)
        for old, data in before:
            older = unpack(data)
            wanted = findable(older)
            before_ = len(older.sections)
            words = [
                {"id": old << BITS | before_ + n, "words": index_text(older.clean_text[node.start : node.end])}
                for n, node in enumerate(older.sentences)
                if node.id in wanted
            ]
            ask("UNWIND $rows AS row MATCH (s:Sentence {id: row.id}) SET s.words = row.words", rows=words)
            _enliven(ask, ledger, [(older.source.document, old, prepare(older))])
    return True


def remove_strangers(ask: Ask) -> None:
    """Take out whatever shared node no document speaks of."""
    ask("MATCH (e:Entity) WHERE NOT (e)--() DELETE e")


def _enliven(ask: Ask, ledger: Ledger, documents: Sequence[tuple[str, int, Prepared]]) -> None:
    """Bring documents, by id and number, into the answers."""
    given: list[dict[str, Any]] = [
        {
            "whole": {"number": number, **prepared.whole},
            "rows": [{"concept": key, "rows": {"number": number, **parts}} for key, parts in prepared.concepts.items()],
        }
        for _, number, prepared in documents
    ]
    joined = ask(
        "UNWIND $documents AS document CREATE (a:Answers) SET a = document.whole WITH a, document CALL { WITH a, document"
        " UNWIND document.rows AS row MATCH (c:Concept {id: row.concept}) CREATE (a)-[r:ANSWERS_ABOUT]->(c) SET r = row.rows RETURN count(r) AS joined }"
        " RETURN a.number, joined",
        documents=given,
    )
    found: dict[int, int] = dict(joined)
    for key, number, prepared in documents:
        if found[number] != len(prepared.concepts):
            raise ProjectionError(f"document {key}: {len(prepared.concepts)} concepts are named, {found[number]} were joined to it")
        ledger.live += 1
        ledger.total += number


def _silence(ask: Ask, ledger: Ledger, number: int, *, words: bool = True) -> None:
    """Take a document out of the answers and the full-text index; its nodes and relations stay."""
    ask("MATCH (a:Answers {number: $number}) DETACH DELETE a", number=number)
    if words:
        ask("MATCH (s:Sentence) WHERE $low <= s.id < $high REMOVE s.words", low=number << BITS, high=(number + 1) << BITS)
    ledger.live -= 1
    ledger.total -= number
