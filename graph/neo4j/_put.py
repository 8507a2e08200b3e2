"""Nodes and relations of a document as lists, and the one statement that takes them in.

What was joined is counted, because Cypher drops a relation whose end is missing without a word.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graph._codes import BITS, ENTITY_TYPES, FLIPPED, number_of
from graph._fold import index_texts
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.neo4j._prepared import findable
from graph.neo4j._schema import ENTITY_LABELS, FACTOR_LABELS, RELATIONS
from graph.projection import ENDS, DocumentProjection, Edge

__all__ = ["COUNTED", "INSERT", "check_ends", "rows_of"]

_FACTORS = "\n".join(
    f"""CALL {{ WITH rows, sentences UNWIND rows.{kind} AS row WITH row.node AS node, sentences[row.sentence] AS s
        CREATE (s)<-[:STATED_IN]-(n:Factor:{label}) SET n = node RETURN collect(n) AS {kind}s }}"""
    for kind, label in FACTOR_LABELS.items()
)
_LABELS = tuple(dict.fromkeys(ENTITY_LABELS.values()))
_ENTITIES = "\n".join(
    f"""CALL {{ WITH rows UNWIND rows.entities.{label} AS row
        MERGE (n:Entity {{id: row.id}}) ON CREATE SET n = row, n:{label} RETURN collect(n) AS {label}_ }}"""
    for label in _LABELS
)
# the ends were made a moment ago: they are named by their places in these lists, which spares two look-ups a relation
_LISTS = {"sentence": "sentences", "factor": "factors", "entity": "entities", "concept": "concepts"}
_EDGES = "\n".join(
    f"""CALL {{ WITH rows, {", ".join(dict.fromkeys(_LISTS[end] for end in ENDS[kind]))} UNWIND rows.{kind} AS row
        WITH {_LISTS[ENDS[kind][0]]}[row.from] AS a, {_LISTS[ENDS[kind][1]]}[row.to] AS b, row.edge AS edge WHERE a IS NOT NULL AND b IS NOT NULL
        CREATE (a)-[e:{relation}]->(b) SET e = edge RETURN count(e) AS {kind}_ }}"""
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
CALL {{ WITH rows, d UNWIND rows.sections AS row CREATE (d)-[:HAS_SECTION]->(n:Section) SET n = row RETURN count(n) AS sections }}
CALL {{ WITH rows, d UNWIND rows.sentences AS row CREATE (d)-[:HAS_SENTENCE]->(n:Sentence) SET n = row RETURN collect(n) AS sentences }}
{_FACTORS}
WITH *, {" + ".join(f"{kind}s" for kind in FACTOR_LABELS)} AS factors
{_ENTITIES}
WITH *, {" + ".join(f"{label}_" for label in _LABELS)} AS entities
CALL {{ WITH rows UNWIND rows.concepts AS row MERGE (n:Concept {{id: row.id}}) ON CREATE SET n.documents = 0
    SET n.number = row.number, n.name = row.name, n.english = row.english, n.documents = n.documents + 1 RETURN collect(n) AS concepts }}
{_EDGES}
RETURN rows.document.id, [sections, size(sentences), size(factors), size(entities), size(concepts), {", ".join(f"{kind}_" for kind in RELATIONS)}]
"""
COUNTED = ("sections", "sentences", "factors", "entities", "concepts", *RELATIONS)
"""what `INSERT` counts of each document, in this order"""


class Rows(NamedTuple):
    """One of the documents of `INSERT`, and how much of each there is to be counted."""

    document: dict[str, Any]
    lists: dict[str, Any]
    edges: dict[str, list[dict[str, Any]]]
    counts: tuple[int, ...]


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


def rows_of(projection: DocumentProjection, number: int) -> Rows:
    """Nodes and relations of a document whose ends were checked, and that gets `number`."""
    size = len(projection.sections) + len(projection.sentences) + len(projection.factors)
    if size >= 1 << BITS:
        raise ProjectionError(f"document {projection.source.document} has {size} sections, sentences and factors: more than {(1 << BITS) - 1}")
    before = number << BITS
    ids: dict[str, dict[str, int]] = {}
    for label in ("section", "sentence", "factor"):
        keys = [node.id for node in getattr(projection, f"{label}s")]
        ids[label] = {key: before + n for n, key in enumerate(keys)}
        before += len(keys)
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
    edges: dict[str, list[dict[str, Any]]] = {kind: [] for kind in RELATIONS}
    for ordinal, edge in enumerate(projection.edges):
        ends = [places[label][end] for label, end in zip(ENDS[edge.type], (edge.source, edge.target), strict=True)]
        edges[edge.type].append({"from": ends[0], "to": ends[1], "edge": _edge(edge, ordinal)})
    lists: dict[str, Any] = {
        **_own_nodes(projection, ids, places["sentence"]),
        "entities": {label: [{"id": node.id, "type": node.type, "name": node.name} for node in nodes] for label, nodes in by_label.items()},
        # the register may call it otherwise since it was first put in
        "concepts": [{"id": node.id, "number": number_of(node.id), "name": node.name, "english": node.english} for node in projection.concepts],
    }
    counts = (len(projection.sections), *(len(order[label]) for label in ("sentence", "factor", "entity", "concept")), *map(len, edges.values()))
    return Rows(_document(projection, number), lists, edges, counts)


def _document(projection: DocumentProjection, number: int) -> dict[str, Any]:
    source = projection.source
    properties: dict[str, Any] = {"id": source.document, "number": number, "file": source.file, "title": source.title, "year": source.year}
    properties |= {"date": source.date, "kind": source.kind, "issuer": source.issuer, "level": projection.level, "authors": list(source.authors)}
    properties |= {"places": list(projection.places), "sample": source.sample, "access": source.access, "work": projection.work}
    properties |= {"supersedes": projection.supersedes, "in_force": projection.in_force, "expires": projection.expires, "stamp": projection.stamp}
    properties |= {"sentences": len(projection.sentences), "factors": len(projection.factors)}
    properties["links"] = sum(ENDS[edge.type] == ("factor", "factor") for edge in projection.edges)
    return properties


def _own_nodes(projection: DocumentProjection, ids: dict[str, dict[str, int]], places: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    text = projection.clean_text
    sentences_ = {node.id: node for node in projection.sentences}
    paths = {node.id: node.path for node in projection.sections}
    sections = [
        _known(id=ids["section"][node.id], key=node.id, title=node.title, path=node.path, level=node.level, zone=node.zone, start=node.start, end=node.end)
        for node in projection.sections
    ]
    wanted = findable(projection)
    found = [node for node in projection.sentences if node.id in wanted]
    words = dict(zip((node.id for node in found), index_texts(text, ((node.start, node.end) for node in found)), strict=True))
    sentences = [
        _known(
            id=ids["sentence"][node.id],
            key=node.id,
            start=node.start,
            end=node.end,
            text=text[node.start : node.end],
            section=paths.get(node.section or ""),
            words=words.get(node.id),
        )
        for node in projection.sentences
    ]
    bits = {node.id: 1 << ENTITY_TYPES.index(node.type) for node in projection.entities}
    actors: dict[str, int] = {}
    for edge in projection.edges:
        if edge.type in FLIPPED:
            actors[edge.target] = actors.get(edge.target, 0) | bits[edge.source]
    factors: dict[str, list[dict[str, Any]]] = {kind: [] for kind in FACTOR_LABELS}
    for node in projection.factors:
        around = sentences_[node.sentence]
        properties = _known(
            id=ids["factor"][node.id],
            key=node.id,
            type=node.type,
            text=text[node.start : node.end],
            start=node.start,
            end=node.end,
            sentence_start=around.start,
            # a factor that runs on over the end of its sentence takes the sentence with it
            around=text[around.start : node.end] if node.end > around.end else None,
            section=paths.get(node.section or ""),
            scope=node.scope,
            dim=node.dim,
            force=node.force,
            voice=node.voice,
            where=list(node.where) or None,
            when=node.when,
            confidence=node.confidence,
            author=node.author,
            review=node.review,
            answered=node.answered,
            actors=actors.get(node.id, 0),
        )
        factors[node.type].append({"sentence": places[node.sentence], "node": properties})
    return {"sections": sections, "sentences": sentences, **factors}


def _edge(edge: Edge, ordinal: int) -> dict[str, Any]:
    return _known(
        key=edge.id or None,
        ordinal=ordinal,
        basis=edge.basis,
        confidence=edge.confidence,
        author=edge.author,
        evidence=[at for place in edge.evidence for at in place],
        review=edge.review,
        live=edge.live,
        weak=edge.weak or None,
        role=edge.role,
    )


def _known(**properties: Any) -> dict[str, Any]:
    """Without those that are not known: a property that is not there rather than an empty one."""
    return {name: value for name, value in properties.items() if value is not None}
