"""The exported graph as nodes and edges with plain values, for every format that draws graphs. One type a column, and absent stays absent.

Nodes: documents, statements, concepts, actors. Edges: links between statements, `about` (statement → concept), `takes` and `faces`
(actor → statement), `stands_in` (statement → document). Several values in one cell are joined by ` | `.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.export.material import ExportedDocument, Material, printable

__all__ = ["COLORS", "EDGE_COLUMNS", "JOINED", "NODE_COLUMNS", "Value", "edges", "nodes"]

JOINED = " | "
Value = str | int | float | bool

NODE_COLUMNS: dict[str, type] = {
    "kind": str,
    "label": str,
    "text": str,
    "sentence": str,
    "section": str,
    "document": str,
    "start": int,
    "end": int,
    "dim": str,
    "force": str,
    "voice": str,
    "confidence": float,
    "author": str,
    "review": str,
    "date": str,
    "year": int,
    "source_kind": str,
    "issuer": str,
    "authors": str,
    "names": str,
    "english": str,
    "definition": str,
    "sample": bool,
}
"""column of nodes → its one type; `year` is a number, `date` the words (2018年前后 would be one)"""
EDGE_COLUMNS: dict[str, type] = {"type": str, "basis": str, "confidence": float, "author": str, "review": str, "role": str, "evidence": str, "document": str}
COLORS: dict[str, str] = {
    "driver": "#6B7A8F",
    "dilemma": "#B23A2E",
    "countermeasure": "#2F6F5E",
    "goal": "#C08A2D",
    "concept": "#3C5A99",
    "actor": "#7A5C99",
    "document": "#8C8C8C",
}
"""kind of node → its colour, the same in every format"""


def nodes(material: Material) -> Iterator[tuple[str, dict[str, Value]]]:
    """Id and values of every node: concepts, then each document with its statements, actors where they first act."""
    for concept in material.concepts:
        yield (
            f"c:{concept.id}",
            _values(
                kind="concept",
                label=concept.name,
                names=JOINED.join(concept.names),
                english=JOINED.join(concept.english),
                definition=concept.definition,
                dim=concept.dim,
            ),
        )
    actors: set[str] = set()
    for document in material.documents():
        source = document.view.source
        yield (
            document.id,
            _values(
                kind="document",
                label=source.title,
                date=source.date,
                year=source.year,
                source_kind=source.kind,
                issuer=source.issuer,
                authors=JOINED.join(source.authors),
                sample=source.sample,
            ),
        )
        for factor in document.view.factors:
            yield (
                f"{document.id}/{factor.id}",
                _values(
                    kind=factor.type,
                    label=factor.text,
                    text=factor.text,
                    sentence=factor.sentence,
                    section=factor.section,
                    document=document.id,
                    start=factor.start,
                    end=factor.end,
                    dim=factor.dim,
                    force=factor.force,
                    voice=factor.voice,
                    confidence=factor.confidence,
                    author=factor.author,
                    review=factor.review,
                ),
            )
        for act in document.view.acts:
            identity = f"a:{act.kind}:{act.actor}"
            if identity not in actors:
                actors.add(identity)
                yield identity, _values(kind="actor", label=act.actor, source_kind=act.kind)


def edges(material: Material) -> Iterator[tuple[str, str, str, dict[str, Value]]]:
    """Id, both ends and values of every edge, document by document."""
    exported = {concept.id for concept in material.concepts}
    for document in material.documents():
        yield from _edges_of(document, exported)


def _edges_of(document: ExportedDocument, concepts: set[str]) -> Iterator[tuple[str, str, str, dict[str, Value]]]:
    of = document.id
    for factor in document.view.factors:
        yield f"{of}/{factor.id}>", f"{of}/{factor.id}", of, _values(type="stands_in", document=of)
        for concept in factor.concepts:
            if concept in concepts:
                yield f"{of}/{factor.id}>{concept}", f"{of}/{factor.id}", f"c:{concept}", _values(type="about", author="concepts.register", document=of)
    for link in document.view.links:
        evidence = JOINED.join(f"{start}-{end}" for start, end in link.evidence)
        values = _values(
            type=link.type,
            basis=link.basis,
            confidence=link.confidence,
            author=link.author,
            review=link.review,
            evidence=evidence,
            document=of,
        )
        yield f"{of}/{link.id}", f"{of}/{link.source}", f"{of}/{link.target}", values
    for number, act in enumerate(document.view.acts):
        values = _values(type=act.type, confidence=act.confidence, author=act.author, role=act.role, document=of)
        yield f"{of}/act{number}", f"a:{act.kind}:{act.actor}", f"{of}/{act.factor}", values


def _values(**given: Value | None) -> dict[str, Value]:
    """Values that are there: no null, no empty string, nothing that XML refuses."""
    return {name: printable(value) if isinstance(value, str) else value for name, value in given.items() if value is not None and value != ""}
