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
    f"""CALL {{ UNWIND $rows.{kind} AS row MATCH (s:Sentence {{id: row.sentence}})
        CREATE (s)<-[:STATED_IN]-(n:Factor:{label}) SET n = row.node RETURN count(n) AS {kind}_ }}"""
    for kind, label in FACTOR_LABELS.items()
)
_LABELS = " ".join(f"FOREACH (_ IN CASE WHEN row.label = '{label}' THEN [1] ELSE [] END | SET n:{label})" for label in dict.fromkeys(ENTITY_LABELS.values()))
_EDGES = "\n".join(
    f"""CALL {{ UNWIND $rows.{kind} AS row MATCH (a:{ENDS[kind][0].title()} {{id: row.from}}) MATCH (b:{ENDS[kind][1].title()} {{id: row.to}})
        CREATE (a)-[e:{relation}]->(b) SET e = row.edge RETURN count(e) AS {kind}_ }}"""
    for kind, relation in RELATIONS.items()
)
# One parameter: for each list of its own the server would plan anew whenever one of them has another order of magnitude.
# No part of the text comes from a document.
INSERT = f"""
CREATE (d:Document) SET d = $rows.document
CREATE (d)-[:PUT_IN_AS]->(p:Projection) SET p = $rows.projection
WITH d
CALL {{ WITH d UNWIND $rows.sections AS row CREATE (d)-[:HAS_SECTION]->(n:Section) SET n = row RETURN count(n) AS sections }}
CALL {{ WITH d UNWIND $rows.sentences AS row CREATE (d)-[:HAS_SENTENCE]->(n:Sentence) SET n = row RETURN count(n) AS sentences }}
{_FACTORS}
CALL {{ UNWIND $rows.entities AS row MERGE (n:Entity {{id: row.node.id}}) ON CREATE SET n = row.node {_LABELS} RETURN count(n) AS entities }}
CALL {{ UNWIND $rows.concepts AS row MERGE (n:Concept {{id: row.id}}) ON CREATE SET n.documents = 0
    SET n.number = row.number, n.name = row.name, n.english = row.english, n.documents = n.documents + 1 RETURN count(n) AS concepts }}
{_EDGES}
RETURN [sections, sentences, entities, concepts, {", ".join(f"{kind}_" for kind in (*FACTOR_LABELS, *RELATIONS))}]
"""
COUNTED = ("sections", "sentences", "entities", "concepts", *FACTOR_LABELS, *RELATIONS)
"""lists in the order in which `INSERT` says how much of each it took in"""


class Rows(NamedTuple):
    """The parameters of `INSERT`."""

    document: dict[str, Any]
    nodes: dict[str, list[dict[str, Any]]]
    edges: dict[str, list[dict[str, Any]]]


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
    ids: dict[str, dict[str, Any]] = {}
    for label in ("section", "sentence", "factor"):
        keys = [node.id for node in getattr(projection, f"{label}s")]
        ids[label] = {key: before + n for n, key in enumerate(keys)}
        before += len(keys)
    ids["entity"] = {node.id: node.id for node in projection.entities}
    ids["concept"] = {node.id: node.id for node in projection.concepts}
    edges: dict[str, list[dict[str, Any]]] = {kind: [] for kind in RELATIONS}
    for ordinal, edge in enumerate(projection.edges):
        ends = [ids[label][end] for label, end in zip(ENDS[edge.type], (edge.source, edge.target), strict=True)]
        edges[edge.type].append({"from": ends[0], "to": ends[1], "edge": _edge(edge, ordinal)})
    shared: dict[str, list[dict[str, Any]]] = {
        "entities": [{"node": {"id": node.id, "type": node.type, "name": node.name}, "label": ENTITY_LABELS[node.type]} for node in projection.entities],
        # the register may call it otherwise since it was first put in
        "concepts": [{"id": node.id, "number": number_of(node.id), "name": node.name, "english": node.english} for node in projection.concepts],
    }
    return Rows(_document(projection, number), {**_own_nodes(projection, ids), **shared}, edges)


def _document(projection: DocumentProjection, number: int) -> dict[str, Any]:
    source = projection.source
    properties: dict[str, Any] = {"id": source.document, "number": number, "file": source.file, "title": source.title, "year": source.year}
    properties |= {"date": source.date, "kind": source.kind, "issuer": source.issuer, "level": projection.level, "authors": list(source.authors)}
    properties |= {"places": list(projection.places), "sample": source.sample, "access": source.access, "work": projection.work}
    properties |= {"supersedes": projection.supersedes, "in_force": projection.in_force, "expires": projection.expires, "stamp": projection.stamp}
    properties |= {"sentences": len(projection.sentences), "factors": len(projection.factors)}
    properties["links"] = sum(ENDS[edge.type] == ("factor", "factor") for edge in projection.edges)
    return properties


def _own_nodes(projection: DocumentProjection, ids: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
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
        factors[node.type].append({"sentence": ids["sentence"][node.sentence], "node": properties})
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
