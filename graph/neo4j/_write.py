"""One document in, one document out: nodes and relations of a projection, and the rows that answers are made of. Always inside one transaction.

A new document is four statements: the lock, nodes and relations (`graph.neo4j._put`), rows for answers, the new state.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from graph._codes import BITS
from graph._fold import index_text
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.neo4j._connect import Ask, TakenAway, Torn
from graph.neo4j._prepared import Prepared, findable, prepare
from graph.neo4j._put import COUNTED, INSERT, check_ends, rows_of
from graph.projection import DocumentProjection

__all__ = ["Ledger", "Ready", "begin", "finish", "hold", "insert_document", "pack", "ready", "remove_document", "remove_strangers", "unpack"]

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


def insert_document(ask: Ask, ledger: Ledger, made: Ready) -> None:
    """Add a document that is not in the graph.

    Raises:
        EdgeWithoutEnd: the server did not join all of its edges.
    """
    projection = made.projection
    rows = rows_of(projection, ledger.last + 1)
    ledger.last += 1
    number, key = ledger.last, projection.source.document
    ((superseded,),) = ask("RETURN EXISTS { MATCH (:Document {supersedes: $id}) }", id=key)
    document = {**rows.document, "live": not superseded}
    projected = {"number": number, "data": made.data}
    lists = {**rows.nodes, **rows.edges}
    if superseded:
        lists["sentences"] = [{**row, "words": None} for row in lists["sentences"]]
    ((joined,),) = ask(INSERT, rows={"document": document, "projection": projected, **lists})
    for what, count in zip(COUNTED, joined, strict=True):
        if count != len(lists[what]):
            raise EdgeWithoutEnd(key, f"{len(lists[what]) - count} of {len(lists[what])} {what}", "a node that the server does not have")
    if superseded:
        ask("MATCH (d:Document {number: $number}) MATCH (newer:Document {supersedes: d.id}) CREATE (newer)-[:SUPERSEDES]->(d)", number=number)
    if projection.supersedes:
        for old, live in ask(
            "MATCH (d:Document {number: $number}) MATCH (old:Document {id: d.supersedes}) CREATE (d)-[:SUPERSEDES]->(old)"
            " WITH old, old.live AS live SET old.live = false RETURN old.number, live",
            number=number,
        ):
            if live:
                _silence(ask, ledger, old)
    if not superseded:
        _enliven(ask, ledger, key, made.prepared, number)


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
            _enliven(ask, ledger, older.source.document, prepare(older), old)
    return True


def remove_strangers(ask: Ask) -> None:
    """Take out whatever shared node no document speaks of."""
    ask("MATCH (e:Entity) WHERE NOT (e)--() DELETE e")


def _enliven(ask: Ask, ledger: Ledger, key: str, prepared: Prepared, number: int) -> None:
    """Bring a document into the answers."""
    rows = [{"concept": concept, "rows": {"number": number, **parts}} for concept, parts in prepared.concepts.items()]
    joined = ask(
        "CREATE (a:Answers) SET a = $whole WITH a UNWIND $rows AS row MATCH (c:Concept {id: row.concept})"
        " CREATE (a)-[r:ANSWERS_ABOUT]->(c) SET r = row.rows RETURN count(r)",
        whole={"number": number, **prepared.whole},
        rows=rows,
    )
    if joined[0][0] != len(rows):
        raise ProjectionError(f"document {key}: {len(rows)} concepts are named, {joined[0][0]} were joined to it")
    ledger.live += 1
    ledger.total += number


def _silence(ask: Ask, ledger: Ledger, number: int, *, words: bool = True) -> None:
    """Take a document out of the answers and the full-text index; its nodes and relations stay."""
    ask("MATCH (a:Answers {number: $number}) DETACH DELETE a", number=number)
    if words:
        ask("MATCH (s:Sentence) WHERE $low <= s.id < $high REMOVE s.words", low=number << BITS, high=(number + 1) << BITS)
    ledger.live -= 1
    ledger.total -= number
