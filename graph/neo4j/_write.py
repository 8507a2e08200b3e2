"""One document in, one document out: nodes and relations of a projection, and the rows that answers are made of. Always inside one transaction.

Rows go over in lists (`UNWIND`), one statement a label or relation; every statement that joins nodes counts what it joined, because
Cypher drops a relation whose end is missing without a word.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec

from graph._codes import BITS, ENTITY_TYPES, FLIPPED, number_of
from graph._fold import index_text
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.neo4j._connect import Ask, Torn
from graph.neo4j._prepared import findable, prepare
from graph.neo4j._schema import ENTITY_LABELS, FACTOR_LABELS, RELATIONS
from graph.projection import ENDS, DocumentProjection, Edge

__all__ = ["Ledger", "begin", "finish", "hold", "insert_document", "pack", "remove_document", "remove_strangers", "unpack"]

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
        raise Torn("the graph was taken away")
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


def unpack(data: bytes) -> DocumentProjection:
    """The document that was packed."""
    return _decode.decode(zlib.decompress(data))


def insert_document(ask: Ask, ledger: Ledger, projection: DocumentProjection) -> None:
    """Add a document that is not in the graph.

    Raises:
        EdgeWithoutEnd: an edge names a node that the projection does not hold.
    """
    places = _places(projection)
    _check_ends(projection, places)
    ledger.last += 1
    number = ledger.last
    live = not ask("MATCH (d:Document {supersedes: $id}) RETURN 1 LIMIT 1", id=projection.source.document)
    ask(
        "CREATE (d:Document) SET d = $document CREATE (d)-[:PUT_IN_AS]->(:Projection {number: $number, data: $data})",
        document=_document(projection, number, live),
        number=number,
        data=pack(projection),
    )
    _insert_own_nodes(ask, projection, number, places, live)
    _insert_shared_nodes(ask, projection)
    _insert_edges(ask, projection, number, places)
    ask("MATCH (d:Document {number: $number}) MATCH (old:Document {id: d.supersedes}) CREATE (d)-[:SUPERSEDES]->(old)", number=number)
    ask("MATCH (d:Document {number: $number}) MATCH (newer:Document {supersedes: d.id}) CREATE (newer)-[:SUPERSEDES]->(d)", number=number)
    if projection.supersedes:
        for (old,) in ask("MATCH (d:Document {id: $id}) WHERE d.live RETURN d.number", id=projection.supersedes):
            _silence(ask, ledger, old)
            ask("MATCH (d:Document {number: $number}) SET d.live = false", number=old)
    if live:
        _enliven(ask, ledger, projection, number)


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
            places = _places(older)["sentence"]
            words = [
                {"id": old << BITS | places[node.id], "words": index_text(older.clean_text[node.start : node.end])}
                for node in older.sentences
                if node.id in wanted
            ]
            ask("UNWIND $rows AS row MATCH (s:Sentence {id: row.id}) SET s.words = row.words", rows=words)
            _enliven(ask, ledger, older, old)
    return True


def remove_strangers(ask: Ask) -> None:
    """Take out whatever shared node no document speaks of."""
    ask("MATCH (e:Entity) WHERE NOT (e)--() DELETE e")


def _enliven(ask: Ask, ledger: Ledger, projection: DocumentProjection, number: int) -> None:
    """Bring a document into the answers."""
    prepared = prepare(projection)
    ask("CREATE (a:Answers) SET a = $whole", whole={"number": number, **prepared.whole})
    rows = [{"concept": concept, "rows": {"number": number, **parts}} for concept, parts in prepared.concepts.items()]
    joined = ask(
        "UNWIND $rows AS row MATCH (a:Answers {number: $number}) MATCH (c:Concept {id: row.concept})"
        " CREATE (a)-[r:ANSWERS_ABOUT]->(c) SET r = row.rows RETURN count(r)",
        rows=rows,
        number=number,
    )
    if joined[0][0] != len(rows):
        raise ProjectionError(f"document {projection.source.document}: {len(rows)} concepts are named, {joined[0][0]} were joined to it")
    ledger.live += 1
    ledger.total += number


def _silence(ask: Ask, ledger: Ledger, number: int, *, words: bool = True) -> None:
    """Take a document out of the answers and the full-text index; its nodes and relations stay."""
    ask("MATCH (a:Answers {number: $number}) DETACH DELETE a", number=number)
    if words:
        ask("MATCH (s:Sentence) WHERE $low <= s.id < $high REMOVE s.words", low=number << BITS, high=(number + 1) << BITS)
    ledger.live -= 1
    ledger.total -= number


def _places(projection: DocumentProjection) -> dict[str, dict[str, int]]:
    """Label → id → place in the document; nodes that documents share have none."""
    own = chain(projection.sections, projection.sentences, projection.factors)
    numbers = {id(node): place for place, node in enumerate(own)}
    if len(numbers) >= 1 << BITS:
        raise ProjectionError(f"document {projection.source.document} has {len(numbers)} sections, sentences and factors: more than {(1 << BITS) - 1}")
    return {
        "section": {node.id: numbers[id(node)] for node in projection.sections},
        "sentence": {node.id: numbers[id(node)] for node in projection.sentences},
        "factor": {node.id: numbers[id(node)] for node in projection.factors},
        "entity": dict.fromkeys((node.id for node in projection.entities), -1),
        "concept": dict.fromkeys((node.id for node in projection.concepts), -1),
    }


def _check_ends(projection: DocumentProjection, places: dict[str, dict[str, int]]) -> None:
    for edge in projection.edges:
        for label, end in zip(ENDS[edge.type], (edge.source, edge.target), strict=True):
            if end not in places[label]:
                raise EdgeWithoutEnd(projection.source.document, f"{edge.type} {edge.id}", f"{label} {end}")


def _document(projection: DocumentProjection, number: int, live: bool) -> dict[str, Any]:
    source = projection.source
    return {
        "id": source.document,
        "number": number,
        "file": source.file,
        "title": source.title,
        "year": source.year,
        "date": source.date,
        "kind": source.kind,
        "issuer": source.issuer,
        "level": projection.level,
        "authors": list(source.authors),
        "places": list(projection.places),
        "sample": source.sample,
        "access": source.access,
        "work": projection.work,
        "supersedes": projection.supersedes,
        "live": live,
        "in_force": projection.in_force,
        "expires": projection.expires,
        "stamp": projection.stamp,
        "sentences": len(projection.sentences),
        "factors": len(projection.factors),
        "links": sum(ENDS[edge.type] == ("factor", "factor") for edge in projection.edges),
    }


def _insert_own_nodes(ask: Ask, projection: DocumentProjection, number: int, places: dict[str, dict[str, int]], live: bool) -> None:
    text, base = projection.clean_text, number << BITS
    paths = {node.id: node.path for node in projection.sections}
    sections = [
        {"id": base | places["section"][n.id], "key": n.id, "title": n.title, "path": n.path, "level": n.level, "zone": n.zone, "start": n.start, "end": n.end}
        for n in projection.sections
    ]
    ask("MATCH (d:Document {number: $number}) UNWIND $rows AS row CREATE (d)-[:HAS_SECTION]->(s:Section) SET s = row", number=number, rows=sections)
    wanted = findable(projection) if live else frozenset()
    sentences = [
        {
            "id": base | places["sentence"][n.id],
            "key": n.id,
            "start": n.start,
            "end": n.end,
            "text": text[n.start : n.end],
            "section": paths.get(n.section or ""),
            "words": index_text(text[n.start : n.end]) if n.id in wanted else None,
        }
        for n in projection.sentences
    ]
    ask("MATCH (d:Document {number: $number}) UNWIND $rows AS row CREATE (d)-[:HAS_SENTENCE]->(s:Sentence) SET s = row", number=number, rows=sentences)
    bits = {node.id: 1 << ENTITY_TYPES.index(node.type) for node in projection.entities}
    actors: dict[str, int] = {}
    for edge in projection.edges:
        if edge.type in FLIPPED:
            actors[edge.target] = actors.get(edge.target, 0) | bits[edge.source]
    around = {node.id: node for node in projection.sentences}
    for kind, label in FACTOR_LABELS.items():
        rows = [
            {
                "sentence": base | places["sentence"][n.sentence],
                "node": {
                    "id": base | places["factor"][n.id],
                    "document": number,
                    "key": n.id,
                    "type": n.type,
                    "text": text[n.start : n.end],
                    "start": n.start,
                    "end": n.end,
                    "sentence_start": around[n.sentence].start,
                    "section": paths.get(n.section or ""),
                    # a factor that runs on over the end of its sentence takes the sentence with it
                    "around": text[around[n.sentence].start : n.end] if n.end > around[n.sentence].end else None,
                    "scope": n.scope,
                    "dim": n.dim,
                    "force": n.force,
                    "voice": n.voice,
                    "where": list(n.where),
                    "when": n.when,
                    "confidence": n.confidence,
                    "author": n.author,
                    "review": n.review,
                    "answered": n.answered,
                    "actors": actors.get(n.id, 0),
                },
            }
            for n in projection.factors
            if n.type == kind
        ]
        if rows:
            joined = ask(
                f"UNWIND $rows AS row MATCH (s:Sentence {{id: row.sentence}}) CREATE (s)<-[:STATED_IN]-(f:Factor:{label}) SET f = row.node RETURN count(f)",
                rows=rows,
            )
            _check_joined(projection, joined[0][0], len(rows), label)


def _insert_shared_nodes(ask: Ask, projection: DocumentProjection) -> None:
    by_label: dict[str, list[dict[str, Any]]] = {}
    for entity in projection.entities:
        by_label.setdefault(ENTITY_LABELS[entity.type], []).append({"id": entity.id, "type": entity.type, "name": entity.name})
    for label, rows in sorted(by_label.items()):
        ask(f"UNWIND $rows AS row MERGE (e:Entity {{id: row.id}}) ON CREATE SET e = row, e:{label}", rows=rows)
    concepts = [{"id": node.id, "number": number_of(node.id), "name": node.name, "english": node.english} for node in projection.concepts]
    # the register may call it otherwise since it was first put in
    ask(
        "UNWIND $rows AS row MERGE (c:Concept {id: row.id}) ON CREATE SET c.documents = 0"
        " SET c.number = row.number, c.name = row.name, c.english = row.english, c.documents = c.documents + 1",
        rows=concepts,
    )


def _insert_edges(ask: Ask, projection: DocumentProjection, number: int, places: dict[str, dict[str, int]]) -> None:
    by_type: dict[str, list[dict[str, Any]]] = {}
    for ordinal, edge in enumerate(projection.edges):
        ends = [
            number << BITS | places[label][end] if places[label][end] >= 0 else end
            for label, end in zip(ENDS[edge.type], (edge.source, edge.target), strict=True)
        ]
        by_type.setdefault(edge.type, []).append({"from": ends[0], "to": ends[1], "edge": _edge(edge, ordinal)})
    for kind, relation in RELATIONS.items():
        rows = by_type.get(kind)
        if rows:
            source, target = (label.title() for label in ENDS[kind])
            joined = ask(
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.from}}) MATCH (b:{target} {{id: row.to}})"
                f" CREATE (a)-[e:{relation}]->(b) SET e = row.edge RETURN count(e)",
                rows=rows,
            )
            _check_joined(projection, joined[0][0], len(rows), relation)


def _edge(edge: Edge, ordinal: int) -> dict[str, Any]:
    return {
        "key": edge.id or None,
        "ordinal": ordinal,
        "basis": edge.basis,
        "confidence": edge.confidence,
        "author": edge.author,
        "evidence": [at for place in edge.evidence for at in place],
        "review": edge.review,
        "live": edge.live,
        "weak": edge.weak or None,
        "role": edge.role,
    }


def _check_joined(projection: DocumentProjection, joined: int, wanted: int, what: str) -> None:
    if joined != wanted:
        raise EdgeWithoutEnd(projection.source.document, f"{wanted - joined} of {wanted} {what}", "a node that the server does not have")
