"""Nodes and relations of a document as lists, and the one statement that takes them in.

What was joined is counted, because Cypher drops a relation whose end is missing without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from graph._codes import BITS, ENTITY_TYPES, FLIPPED, number_of
from graph._fold import index_texts
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.neo4j._prepared import findable
from graph.neo4j._schema import ENTITY_LABELS, FACTOR_LABELS, RELATIONS
from graph.projection import ENDS, DocumentProjection, Edge

__all__ = ["COUNTED", "INSERT", "check_ends", "rows_of"]

_LABELS = tuple(dict.fromkeys(ENTITY_LABELS.values()))
# Rows are lists, whose fields stand in these orders: as maps they are twice as long, and the server looks up the name of every property of every
# row. A property that is null is not kept.
_SECTION = ("key", "title", "path", "level", "zone", "start", "end")
_SENTENCE = ("key", "start", "end", "text", "section", "words")
_FACTOR = (
    *("key", "type", "text", "start", "end", "sentence_start", "around", "section", "scope", "dim", "force", "voice", "where", "when", "confidence"),
    *("author", "review", "answered", "actors"),
)
_EDGE = ("key", "ordinal", "basis", "confidence", "author", "evidence", "review", "live", "weak", "role")


def _properties(names: Sequence[str], *, first: int) -> str:
    """The properties of a node or relation out of a row, those of `names` from place `first` on; a node's number in the document stands before them."""
    of_node = [f"id: rows.base + row[{first - 1}]"] if first == 1 else []
    return "{" + ", ".join([*of_node, *(f"{name}: row[{first + n}]" for n, name in enumerate(names))]) + "}"


_FACTORS = "\n".join(
    f"""CALL {{ WITH rows, sentences UNWIND rows.{kind} AS row WITH rows, row, sentences[row[{len(_FACTOR) + 1}]] AS s
        CREATE (s)<-[:STATED_IN]-(n:Factor:{label} {_properties(_FACTOR, first=1)}) RETURN collect(n) AS {kind}s }}"""
    for kind, label in FACTOR_LABELS.items()
)
_ENTITIES = "\n".join(
    f"""CALL {{ WITH rows UNWIND rows.entities.{label} AS row
        MERGE (n:Entity {{id: row[0]}}) ON CREATE SET n.type = row[1], n.name = row[2], n:{label} RETURN collect(n) AS {label}_ }}"""
    for label in _LABELS
)
# the ends were made a moment ago: they are named by their places in these lists, which spares two look-ups a relation
_LISTS = {"sentence": "sentences", "factor": "factors", "entity": "entities", "concept": "concepts"}
_EDGES = "\n".join(
    f"""CALL {{ WITH rows, {", ".join(dict.fromkeys(_LISTS[end] for end in ENDS[kind]))} UNWIND rows.{kind} AS row
        WITH row, {_LISTS[ENDS[kind][0]]}[row[0]] AS a, {_LISTS[ENDS[kind][1]]}[row[1]] AS b WHERE a IS NOT NULL AND b IS NOT NULL
        CREATE (a)-[e:{relation} {_properties(_EDGE, first=2)}]->(b) RETURN count(e) AS {kind}_ }}"""
    for kind, relation in RELATIONS.items()
)
# One parameter: for each list of its own the server would plan anew whenever one of them has another order of magnitude.
# Nor is it to be planned anew because the graph has grown, which takes seconds: every plan looks nodes up by their constraints.
# No part of the text comes from a document.
INSERT = f"""CYPHER replan=skip
UNWIND $documents AS rows
CREATE (d:Document) SET d = rows.document
CREATE (d)-[:PUT_IN_AS]->(p:Projection) SET p = rows.projection
WITH rows, d
CALL {{ WITH rows, d UNWIND rows.sections AS row CREATE (d)-[:HAS_SECTION]->(n:Section {_properties(_SECTION, first=1)}) RETURN count(n) AS sections }}
CALL {{ WITH rows, d UNWIND rows.sentences AS row
    CREATE (d)-[:HAS_SENTENCE]->(n:Sentence {_properties(_SENTENCE, first=1)}) RETURN collect(n) AS sentences }}
{_FACTORS}
WITH *, {" + ".join(f"{kind}s" for kind in FACTOR_LABELS)} AS factors
{_ENTITIES}
WITH *, {" + ".join(f"{label}_" for label in _LABELS)} AS entities
CALL {{ WITH rows UNWIND rows.concepts AS row MERGE (n:Concept {{id: row[0]}}) ON CREATE SET n.documents = 0
    SET n.number = row[1], n.name = row[2], n.english = row[3], n.documents = n.documents + 1 RETURN collect(n) AS concepts }}
{_EDGES}
RETURN rows.document.id, [sections, size(sentences), size(factors), size(entities), size(concepts), {", ".join(f"{kind}_" for kind in RELATIONS)}]
"""
COUNTED = ("sections", "sentences", "factors", "entities", "concepts", *RELATIONS)
"""what `INSERT` counts of each document, in this order"""


class Rows(NamedTuple):
    """One of the documents of `INSERT`, and how much of each there is to be counted. The number that the document gets is added when it is put in."""

    document: dict[str, Any]
    lists: dict[str, Any]
    edges: dict[str, list[list[Any]]]
    counts: tuple[int, ...]

    def given(self, number: int, *, live: bool) -> dict[str, Any]:
        """The document as `INSERT` takes it; of one that does not answer, no sentence is found by its words."""
        lists = self.lists if live else {**self.lists, "sentences": [[*row[:-1], None] for row in self.lists["sentences"]]}
        return {"base": number << BITS, "document": {**self.document, "number": number, "live": live}, **lists, **self.edges}


def check_ends(projection: DocumentProjection) -> None:
    """Nothing, if every edge joins two nodes.

    Raises:
        EdgeWithoutEnd: an edge names a node that the projection does not hold.
    """
    known = {
        "sentence": {node.id for node in projection.sentences},
        "factor": {node.id for node in projection.factors},
        "entity": {node.id for node in projection.entities},
        "concept": {node.id for node in projection.concepts},
    }
    for edge in projection.edges:
        for label, end in zip(ENDS[edge.type], (edge.source, edge.target), strict=True):
            if end not in known[label]:
                raise EdgeWithoutEnd(projection.source.document, f"{edge.type} {edge.id}", f"{label} {end}")


def rows_of(projection: DocumentProjection) -> Rows:
    """Nodes and relations of a document whose ends were checked."""
    sections, sentences = len(projection.sections), len(projection.sentences)
    if sections + sentences + len(projection.factors) >= 1 << BITS:
        size = sections + sentences + len(projection.factors)
        raise ProjectionError(f"document {projection.source.document} has {size} sections, sentences and factors: more than {(1 << BITS) - 1}")
    # as the lists of the statement have them: factors by type, entities by label
    factors = [node.id for kind in FACTOR_LABELS for node in projection.factors if node.type == kind]
    by_label = {label: [node for node in projection.entities if ENTITY_LABELS[node.type] == label] for label in _LABELS}
    order = {
        "sentence": [node.id for node in projection.sentences],
        "factor": factors,
        "entity": [node.id for nodes in by_label.values() for node in nodes],
        "concept": [node.id for node in projection.concepts],
    }
    places = {label: {key: n for n, key in enumerate(keys)} for label, keys in order.items()}
    edges: dict[str, list[list[Any]]] = {kind: [] for kind in RELATIONS}
    for ordinal, edge in enumerate(projection.edges):
        one, other = ENDS[edge.type]
        edges[edge.type].append([places[one][edge.source], places[other][edge.target], *_edge(edge, ordinal)])
    paths = {node.id: node.path for node in projection.sections}
    lists: dict[str, Any] = {
        "sections": [[n, node.id, node.title, node.path, node.level, node.zone, node.start, node.end] for n, node in enumerate(projection.sections)],
        "sentences": list(_sentences(projection, sections, paths)),
        **_factors(projection, sections + sentences, paths, places["sentence"]),
        "entities": {label: [[node.id, node.type, node.name] for node in nodes] for label, nodes in by_label.items()},
        # the register may call it otherwise since it was first put in
        "concepts": [[node.id, number_of(node.id), node.name, node.english] for node in projection.concepts],
    }
    counts = (sections, *(len(order[label]) for label in ("sentence", "factor", "entity", "concept")), *map(len, edges.values()))
    return Rows(_document(projection), lists, edges, counts)


def _document(projection: DocumentProjection) -> dict[str, Any]:
    source = projection.source
    properties: dict[str, Any] = {"id": source.document, "file": source.file, "title": source.title, "year": source.year}
    properties |= {"date": source.date, "kind": source.kind, "issuer": source.issuer, "level": projection.level, "authors": list(source.authors)}
    properties |= {"places": list(projection.places), "sample": source.sample, "access": source.access, "work": projection.work}
    properties |= {"supersedes": projection.supersedes, "in_force": projection.in_force, "expires": projection.expires, "stamp": projection.stamp}
    properties |= {"sentences": len(projection.sentences), "factors": len(projection.factors)}
    properties["links"] = sum(ENDS[edge.type] == ("factor", "factor") for edge in projection.edges)
    return properties


def _sentences(projection: DocumentProjection, before: int, paths: Mapping[str, str]) -> Iterator[list[Any]]:
    """Number in the document, then `_SENTENCE`."""
    text = projection.clean_text
    wanted = findable(projection)
    found = [node for node in projection.sentences if node.id in wanted]
    words = dict(zip((node.id for node in found), index_texts(text, ((node.start, node.end) for node in found)), strict=True))
    for n, node in enumerate(projection.sentences, before):
        yield [n, node.id, node.start, node.end, text[node.start : node.end], paths.get(node.section or ""), words.get(node.id)]


def _factors(projection: DocumentProjection, before: int, paths: Mapping[str, str], places: Mapping[str, int]) -> dict[str, list[list[Any]]]:
    """By type: number in the document, `_FACTOR`, and the place of the sentence."""
    text = projection.clean_text
    sentences = {node.id: node for node in projection.sentences}
    bits = {node.id: 1 << ENTITY_TYPES.index(node.type) for node in projection.entities}
    actors: dict[str, int] = {}
    for edge in projection.edges:
        if edge.type in FLIPPED:
            actors[edge.target] = actors.get(edge.target, 0) | bits[edge.source]
    factors: dict[str, list[list[Any]]] = {kind: [] for kind in FACTOR_LABELS}
    for n, node in enumerate(projection.factors, before):
        sentence = sentences[node.sentence]
        # a factor that runs on over the end of its sentence takes the sentence with it
        around = text[sentence.start : node.end] if node.end > sentence.end else None
        factors[node.type].append(
            [
                *(n, node.id, node.type, text[node.start : node.end], node.start, node.end, sentence.start, around, paths.get(node.section or "")),
                *(node.scope, node.dim, node.force, node.voice, list(node.where) or None, node.when, node.confidence),
                *(node.author, node.review, node.answered, actors.get(node.id, 0), places[node.sentence]),
            ]
        )
    return factors


def _edge(edge: Edge, ordinal: int) -> tuple[Any, ...]:
    """What `_EDGE` names."""
    evidence = [at for place in edge.evidence for at in place]
    return edge.id or None, ordinal, edge.basis, edge.confidence, edge.author, evidence, edge.review, edge.live, edge.weak or None, edge.role
