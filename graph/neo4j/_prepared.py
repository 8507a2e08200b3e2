"""What is kept of a document beside the graph so that answers need not walk it: rows of fixed length, as bytes.

Like the derived tables of the SQLite store, but a document or a concept of a document at a time: `Answers` holds the rows of a whole
document, `ANSWERS_ABOUT` those of one concept in it. A document that answers do not use (a superseded version) has neither. Rows name
factors by their place in the document, concepts by the hash of their id; everything a filter looks at stands in the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph._codes import (
    ACCESSES,
    BASES,
    DIMS,
    DIMS_FROM,
    EDGE_TYPES,
    ENTITY_TYPES,
    FACTOR_TYPES,
    FACTORS,
    FLIPPED,
    FORCES,
    KINDS,
    LEVELS,
    LINK_TYPES,
    LINKS,
    REVIEWS,
    VOICES,
    age_of,
    number_of,
)
from graph.projection import DocumentProjection, Edge, FactorNode

__all__ = ["CONCEPT_PARTS", "DTYPES", "Prepared", "doubt_of", "findable", "measure_first", "prepare", "traits"]

Rows = NDArray[Any]

_TRAITS = [("confidence", "<f8"), ("doubt", "<u2"), ("dims", "<u2"), ("actors", "<u2"), ("review", "u1"), ("force", "i1"), ("voice", "i1")]
_HEAD = [("work", "<i8"), ("tie", "<i8"), ("age", "<i4"), ("year", "<i2"), ("sentences", "<u4"), ("kind", "i1"), ("level", "i1"), ("shelf", "u1")]
_FACTOR = [("factor", "<u4"), ("sentence", "<u4"), ("type", "u1"), ("answered", "u1"), *_TRAITS]
_ABOUT = [*_FACTOR, ("weak", "u1")]
_ENDS = [("source", "<u4"), ("target", "<u4"), ("ordinal", "<u4"), ("type", "u1"), ("basis", "u1")]
_FAR = [(f"far_{name}", kind) for name, kind in (("type", "u1"), *_TRAITS)]

DTYPES: dict[str, np.dtype[Any]] = {
    "head": np.dtype(_HEAD),
    # sums of a concept in a document, in the statements' own words; all zero where only a heading names it
    "named": np.dtype([("concept", "<i8"), *((name, "<u2") for name in ("drivers", "dilemmas", "measures", "goals", "gaps"))]),
    "counts": np.dtype([("code", "<u2"), ("count", "<u4")]),
    "entities": np.dtype([("entity", "<i8"), ("type", "u1")]),
    "all_factors": np.dtype(_FACTOR),
    "all_links": np.dtype([*_ENDS, *_TRAITS]),
    "all_about": np.dtype([("concept", "<i8"), *_ABOUT]),
    "all_ties": np.dtype([("one", "<i8"), ("other", "<i8"), *_ENDS, *_TRAITS, ("outward", "u1")]),
    "factors": np.dtype(_ABOUT),
    # `near` is the type of the end that is about the concept; `far_…` is what filters ask of the other end by itself
    "links": np.dtype([*_ENDS, *_TRAITS, ("side", "u1"), ("weak", "u1"), ("near", "u1"), *_FAR]),
}
CONCEPT_PARTS = ("factors", "links")
_ANSWERING = frozenset(EDGE_TYPES.index(kind) for kind in ("addressed_by", "caused_by", "achieves", "drives", "limited_by"))
_MEASURED = (EDGE_TYPES.index("achieves"), EDGE_TYPES.index("limited_by"))
_REJECTED = REVIEWS.index("rejected")


class Prepared(NamedTuple):
    """Family → its rows, for a document; concept → part → its rows."""

    whole: dict[str, bytes]
    concepts: dict[str, dict[str, bytes]]


class _Factor(NamedTuple):
    place: int
    type: int
    row: tuple[Any, ...]
    traits: tuple[Any, ...]


def doubt_of(confidence: float, review: int) -> int:
    """What people accepted first, then the surest; whole thousandths, so that order never hangs on the last bit."""
    return 0 if review == REVIEWS.index("accepted") else 1000 - max(0, min(1000, int(confidence * 1000 + 0.5)))


def traits(node: FactorNode, actors: int) -> tuple[Any, ...]:
    """The columns of a factor that filters compare."""
    review = REVIEWS.index(node.review)
    force = FORCES.index(node.force) if node.force in FORCES else -1
    voice = VOICES.index(node.voice) if node.voice in VOICES else -1
    dims = 1 << DIMS.index(node.dim) if node.dim in DIMS else 0
    return node.confidence, doubt_of(node.confidence, review), dims, actors, review, force, voice


def measure_first(kind: int, source: Sequence[Any], target: Sequence[Any], confidence: float, review: int) -> tuple[Any, ...]:
    """The same columns of a link: force and voice of the measure (of achieves and limited_by the source, else the target), dims and actors of both ends."""
    measure = source if kind in _MEASURED else target
    return confidence, doubt_of(confidence, review), source[2] | target[2], source[3] | target[3], review, measure[5], measure[6]


def findable(projection: DocumentProjection) -> frozenset[str]:
    """Ids of the sentences that the full-text index holds: of a text of which only quotes may be shown, those with a statement."""
    if projection.source.access == "quotes":
        return frozenset(factor.sentence for factor in projection.factors if factor.review != "rejected")
    return frozenset(sentence.id for sentence in projection.sentences)


def prepare(projection: DocumentProjection) -> Prepared:
    """All rows of a document."""
    before = len(projection.sections)
    sentences = {node.id: before + n for n, node in enumerate(projection.sentences)}
    before += len(sentences)
    actors = _actors(projection)
    factors: dict[str, _Factor] = {}
    for n, node in enumerate(projection.factors):
        traits_ = traits(node, actors.get(node.id, 0))
        kind = FACTOR_TYPES.index(node.type)
        factors[node.id] = _Factor(before + n, kind, (before + n, sentences[node.sentence], kind, int(node.answered), *traits_), traits_)
    about: dict[str, list[tuple[str, int]]] = {}
    for edge in projection.edges:
        if edge.type == "about":
            about.setdefault(edge.source, []).append((edge.target, int(edge.weak)))
    links = [
        (factors[edge.source], factors[edge.target], about.get(edge.source, []), about.get(edge.target, []), _link(edge, n, factors))
        for n, edge in enumerate(projection.edges)
        if edge.type in LINK_TYPES and edge.live
    ]
    spoken = [(concept, (*factors[key].row, weak)) for key, named in about.items() for concept, weak in named if factors[key].row[8] != _REJECTED]
    by_concept: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
    for concept, row in spoken:
        by_concept.setdefault(concept, {part: [] for part in CONCEPT_PARTS})["factors"].append(row)
    ties = []
    for source, target, from_, to, row in links:
        if row[3] not in _ANSWERING:
            continue
        for side, named, near, far in ((0, from_, source, target), (1, to, target, source)):
            for concept, weak in named:
                by_concept[concept]["links"].append((*row, side, weak, near.type, far.type, *far.traits))
        for one, weak in from_:
            for other, weak_ in to:
                if one != other and not weak and not weak_:
                    ties.append((number_of(one), number_of(other), *row, 1))
    whole: dict[str, list[tuple[Any, ...]]] = {
        "head": [_head(projection)],
        "named": [(number_of(concept), *_sums(parts["factors"])) for concept, parts in by_concept.items()],
        "counts": _counts(projection),
        "entities": _entities(projection),
        "all_factors": [factor.row for factor in factors.values()],
        "all_links": [row for *_, row in links],
        "all_about": [(number_of(concept), *row) for concept, row in spoken],
        "all_ties": ties,
    }
    return Prepared(
        whole={family: _packed(family, rows) for family, rows in whole.items()} | {"card": _card(projection)},
        concepts={concept: {part: _packed(part, rows) for part, rows in parts.items()} for concept, parts in by_concept.items()},
    )


def _packed(family: str, rows: list[tuple[Any, ...]]) -> bytes:
    return np.array(rows, dtype=DTYPES[family]).tobytes()


def _actors(projection: DocumentProjection) -> dict[str, int]:
    bits = {node.id: 1 << ENTITY_TYPES.index(node.type) for node in projection.entities}
    actors: dict[str, int] = {}
    for edge in projection.edges:
        if edge.type in FLIPPED:
            actors[edge.target] = actors.get(edge.target, 0) | bits.get(edge.source, 0)
    return actors


def _link(edge: Edge, ordinal: int, factors: dict[str, _Factor]) -> tuple[Any, ...]:
    source, target, kind = factors[edge.source], factors[edge.target], EDGE_TYPES.index(edge.type)
    basis = 0 if edge.basis is None else BASES.index(edge.basis)
    traits_ = measure_first(kind, source.traits, target.traits, edge.confidence, REVIEWS.index(edge.review))
    return source.place, target.place, ordinal, kind, basis, *traits_


def _head(projection: DocumentProjection) -> tuple[Any, ...]:
    source = projection.source
    return (
        *(number_of(projection.work), number_of(source.document), age_of(source.date), -1 if source.year is None else source.year),
        *(len(projection.sentences), KINDS.index(source.kind), -1 if projection.level is None else LEVELS.index(projection.level)),
        int(source.sample) + 2 * (source.access == ACCESSES[2]),
    )


def _sums(rows: Iterable[tuple[Any, ...]]) -> tuple[int, ...]:
    own = [row for row in rows if not row[-1]]
    return *(sum(row[2] == kind for row in own) for kind in range(4)), sum(row[2] == 1 and not row[3] for row in own)


def _counts(projection: DocumentProjection) -> list[tuple[Any, ...]]:
    counts: Counter[int] = Counter()
    for node in projection.factors:
        kind, review = FACTOR_TYPES.index(node.type), REVIEWS.index(node.review)
        counts[FACTORS + kind * len(REVIEWS) + review] += 1
        if review != _REJECTED:
            counts[DIMS_FROM + kind * 16 + (DIMS.index(node.dim) if node.dim in DIMS else 15)] += 1
    for edge in projection.edges:
        if edge.type in LINK_TYPES and edge.live:
            counts[LINKS + EDGE_TYPES.index(edge.type) * len(BASES) + (0 if edge.basis is None else BASES.index(edge.basis))] += 1
    return sorted(counts.items())


def _entities(projection: DocumentProjection) -> list[tuple[Any, ...]]:
    types = {node.id: ENTITY_TYPES.index(node.type) for node in projection.entities}
    spoken_of = {edge.target if edge.type == "mentions" else edge.source for edge in projection.edges if edge.type in ("mentions", *FLIPPED)}
    return [(number_of(key), types[key]) for key in sorted(spoken_of)]


def _card(projection: DocumentProjection) -> bytes:
    """What filters and tables ask of a document by name."""
    source = projection.source
    return msgspec.msgpack.encode((source.document, source.issuer, tuple(sorted(projection.places)), projection.in_force, projection.expires))
