"""One document in, one document out: nodes and relations of a projection, and the rows that answers are made of. Always inside one transaction.

New documents, one or many, are five statements: the lock, what is there of them and supersedes them, nodes and relations (`graph.neo4j._put`),
rows for answers, the new state. Each document that was there before is one more, that takes it out.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from graph._codes import BITS
from graph._fold import index_text
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.neo4j._changes import with_changes
from graph.neo4j._connect import Ask, TakenAway, Torn
from graph.neo4j._prepared import Prepared, findable, prepare
from graph.neo4j._put import COUNTED, INSERT, Rows, check_ends, rows_of
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
    version: int
    kept: Sequence[int] | None
    """what is known of the changes before (`graph.neo4j._changes`)"""
    changes: list[int] = field(default_factory=list)
    entities: set[str] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    """what documents that went may have been the last to name"""

    def came(self, number: int) -> None:
        """A document answers."""
        self.live, self.total = self.live + 1, self.total + number
        self.changes.append(number)

    def went(self, number: int) -> None:
        """A document answers no more."""
        self.live, self.total = self.live - 1, self.total - number
        self.changes.append(-number)


def begin(ask: Ask) -> Ledger:
    """Queue behind other writers, whatever process or machine they are on; the next version begins."""
    # the lock comes first: what is read behind it is what the writer before has committed
    rows = ask(
        "MATCH (g:ZhengmaiGraph {name: 'graph'}) SET g.writing = true WITH g SET g.version = g.version + 1 REMOVE g.writing"
        " RETURN g.last, g.live, g.sum, g.version, g.changes"
    )
    if not rows:
        raise TakenAway("the graph was taken away")
    return Ledger(*rows[0])


def hold(ask: Ask) -> None:
    """Keep writers waiting until the transaction ends; nothing changes."""
    ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) SET g.writing = true REMOVE g.writing")


def finish(ask: Ask, ledger: Ledger) -> None:
    """Take out shared nodes that nobody names any more, and write down the new state."""
    ask(
        "CYPHER replan=skip MATCH (g:ZhengmaiGraph {name: 'graph'})"
        " CALL { UNWIND $entities AS id MATCH (e:Entity {id: id}) WHERE NOT (e)--() DELETE e }"
        " CALL { UNWIND $concepts AS id MATCH (c:Concept {id: id}) WHERE c.documents < 1 DETACH DELETE c }"
        " SET g.last = $last, g.live = $live, g.sum = $sum, g.changes = $changes",
        last=ledger.last,
        live=ledger.live,
        sum=ledger.total,
        changes=with_changes(ledger.kept, ledger.version, ledger.changes),
        entities=sorted(ledger.entities),
        concepts=sorted(ledger.concepts),
    )


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
    rows: Rows


def ready(projection: DocumentProjection) -> Ready:
    """A document made ready to be put in.

    Raises:
        EdgeWithoutEnd: an edge names a node that the projection does not hold.
    """
    check_ends(projection)
    return Ready(projection, pack(projection), prepare(projection), rows_of(projection))


def put_documents(ask: Ask, ledger: Ledger, documents: Sequence[Ready]) -> None:
    """Bring documents, each once, into the state that they are given in, whatever was there of them before.

    Raises:
        EdgeWithoutEnd: the server did not join all edges of one of them.
    """
    keys = [made.projection.source.document for made in documents]
    there = ask(
        "UNWIND $ids AS id RETURN id, EXISTS { MATCH (d:Document {id: id}) }, EXISTS { MATCH (newer:Document {supersedes: id}) WHERE NOT newer.id IN $ids }",
        ids=keys,
    )
    for key, present, _ in there:
        if present:
            remove_document(ask, ledger, key)
    older = {made.projection.supersedes for made in documents} | {key for key, _, superseded in there if superseded}
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
        projected = {"number": numbers[key], "data": made.data}
        given.append({**made.rows.given(numbers[key], live=key not in older), "projection": projected})
        counts[key] = made.rows.counts
    for key, joined in ask(INSERT, documents=given):
        for what, count, wanted in zip(COUNTED, joined, counts[key], strict=True):
            if count != wanted:
                raise EdgeWithoutEnd(key, f"{wanted - count} of {wanted} {what}", "a node that the server does not have")


# Nodes of a document are found by their numbers, not by the relations between them, so that what is damaged goes too. The indexes are named because
# the plan is made once, maybe while the graph is empty.
_NODES = "\n".join(
    f"CALL {{ WITH low, high MATCH (n:{label}) USING INDEX n:{label}(id) WHERE low <= n.id < high RETURN collect(n) AS {label.lower()}s }}"
    for label in ("Section", "Sentence", "Factor")
)
_REMOVE = f"""CYPHER replan=skip
MATCH (d:Document {{id: $id}})
WITH d, d.number AS number, d.live AS live, d.supersedes AS supersedes, d.number * $size AS low, (d.number + 1) * $size AS high
{_NODES}
CALL {{ WITH factors UNWIND factors AS f MATCH (f)-[:ABOUT]->(c:Concept) WITH DISTINCT c SET c.documents = c.documents - 1 RETURN collect(c.id) AS concepts }}
CALL {{ WITH sentences UNWIND sentences AS s MATCH (s)-[:MENTIONS]->(e:Entity) RETURN collect(DISTINCT e.id) AS mentioned }}
CALL {{ WITH factors UNWIND factors AS f MATCH (f)<-[:TAKES|FACES]-(e:Entity) RETURN collect(DISTINCT e.id) AS actors }}
CALL {{ WITH number MATCH (p:Projection {{number: number}}) RETURN collect(p) AS projections }}
CALL {{ WITH number MATCH (a:Answers {{number: number}}) RETURN collect(a) AS answers }}
FOREACH (n IN factors + sentences + sections + projections + answers | DETACH DELETE n)
DETACH DELETE d
RETURN number, live, supersedes, concepts, mentioned + actors
"""


def remove_document(ask: Ask, ledger: Ledger, key: str) -> bool:
    """Take a document out with everything that only it supports; a version that it superseded answers again. Whether it was there."""
    found = ask(_REMOVE, id=key, size=1 << BITS)
    if not found:
        return False
    number, live, supersedes, concepts, entities = found[0]
    ledger.concepts.update(concepts)
    ledger.entities.update(entities)
    if live:
        ledger.went(number)
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
        ledger.came(number)


def _silence(ask: Ask, ledger: Ledger, number: int) -> None:
    """Take a document out of the answers and the full-text index; its nodes and relations stay."""
    ask("MATCH (a:Answers {number: $number}) DETACH DELETE a", number=number)
    ask("MATCH (s:Sentence) WHERE $low <= s.id < $high REMOVE s.words", low=number << BITS, high=(number + 1) << BITS)
    ledger.went(number)
