"""What tables and statistics count, a document in a few bytes: rows of fixed length that numpy reads, one blob a document and kind.

Counting over ten thousand documents looks at millions of statements. As rows of a table they take a second to walk; packed, with only what
filters compare, the blobs of all documents are read and counted in a tenth of that. Confidence is kept to the ten-thousandth, and whether
it lies on one or between two (`graded`), so that "at least 0.8" means the same here as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from graph._codes import BASES, BITS, DIMS, DIMS_FROM, EDGE_TYPES, FACTORS, FORCES, LINKS, REVIEWS, VOICES
from graph.sqlite._ask import Row, every, first

__all__ = ["ABOUT", "COUNTS", "ENDS", "ENTITIES", "FACTOR", "LINK", "NAMED", "NO_DIM", "PACKED", "WEAK", "graded", "pack"]

Array = NDArray[Any]

FACTOR = np.dtype([("confidence", "<u2"), ("actors", "<u2"), ("dim", "u1"), ("force", "i1"), ("voice", "i1"), ("kind", "u1")])
"""`kind`: type + 4 × review + 16 × answered"""
LINK = np.dtype([("confidence", "<u2"), ("actors", "<u2"), ("dims", "<u2"), ("claim", "u1"), ("kind", "u1")])
"""`claim`: (force + 1) × 16 + voice + 1; `kind`: (type × 2 + basis) × 4 + review"""
ENDS = np.dtype([("source", "<u4"), ("target", "<u4")])
"""places of a link's factors among those of the document"""
ABOUT = np.dtype([("concept", "<u4"), ("at", "<u4")])
"""`at`: place of the factor among those of the document × 2 + WEAK where only its heading names the concept; no rejected factor"""
NAMED = np.dtype([("concept", "<u4"), *((name, "<u4") for name in ("drivers", "dilemmas", "measures", "goals", "gaps"))])
"""sums of a concept in a document, in the factors' own words"""
COUNTS = np.dtype([("code", "<u2"), ("count", "<u4")])
"""counts of a document under the codes of `graph._codes`"""
ENTITIES = np.dtype([("entity", "<u4"), ("type", "u1")])

WEAK, NO_DIM = 1, 15
_REJECTED, _DILEMMA = REVIEWS.index("rejected"), 1
_ABOUT = EDGE_TYPES.index("about")
_MEASURED = (EDGE_TYPES.index("achieves"), EDGE_TYPES.index("limited_by"))
_FORCE = {force: n for n, force in enumerate(FORCES)}
_VOICE = {voice: n for n, voice in enumerate(VOICES)}
_DIM = {dim: n for n, dim in enumerate(DIMS)}

PACKED = {
    "document_sums": "named, counts, entities",
    "document_factors": "first, rows",
    "document_links": "rows, ends",
    "document_about": "rows",
}
"""table → its columns besides the document"""


def graded(confidence: float) -> int:
    """Twice the ten-thousandths where `confidence` is a whole number of them, else the odd number between: 0.8 → 16000, 0.80003 → 16001.

    Of two numbers the larger one never has the smaller grade, and equal even grades are equal numbers.
    """
    nearest = round(confidence * 10_000)
    exact = nearest / 10_000
    return max(0, min(0xFFFF, nearest * 2 + (confidence > exact) - (confidence < exact)))


def pack(connection: apsw.Connection, table: str, document: int) -> list[Row]:
    """The row that `table` has to hold of a document; none if answers do not use it."""
    if not first(connection, "SELECT 1 FROM document WHERE id = ? AND live = 1", (document,)):
        return []
    span = (document << BITS, ((document + 1) << BITS) - 1)
    if table == "document_links":
        return [(document, *_links(_factors(connection, span), _joined(connection, span)))]
    factors = _factors(connection, span)
    if table == "document_factors":
        return [(document, factors[0][0] if factors else 0, _packed_factors(factors))]
    about = list(every(connection, f"SELECT target, source, weak FROM edge WHERE source BETWEEN ? AND ? AND type = {_ABOUT} ORDER BY 1, 2", span))
    if table == "document_about":
        return [(document, _packed_about(factors, about))]
    return [(document, _packed_named(factors, about), _packed_counts(factors, _joined(connection, span)), _packed_entities(connection, span))]


def _factors(connection: apsw.Connection, span: tuple[int, int]) -> list[Row]:
    return list(
        every(connection, "SELECT id, type, review, answered, confidence, dim, force, voice, actors FROM factor WHERE id BETWEEN ? AND ? ORDER BY id", span)
    )


def _joined(connection: apsw.Connection, span: tuple[int, int]) -> list[Row]:
    statement = "SELECT source, target, type, basis, review, confidence FROM edge WHERE source BETWEEN ? AND ? AND type < 6 AND live = 1 ORDER BY ordinal"
    return list(every(connection, statement, span))


def _packed_factors(factors: Sequence[Row]) -> bytes:
    rows = [
        (graded(confidence), actors, _DIM.get(dim, NO_DIM), _FORCE.get(force, -1), _VOICE.get(voice, -1), kind + 4 * review + 16 * answered)
        for _, kind, review, answered, confidence, dim, force, voice, actors in factors
    ]
    return np.array(rows, dtype=FACTOR).tobytes()


def _links(factors: Sequence[Row], joined: Sequence[Row]) -> tuple[bytes, bytes]:
    places = {row[0]: n for n, row in enumerate(factors)}
    rows, ends = [], []
    for source, target, kind, basis, review, confidence in joined:
        if source not in places or target not in places:
            # a damaged graph: `check` names the edge
            continue
        at = places[source], places[target]
        one, other = factors[at[0]], factors[at[1]]
        # force and voice of the measure
        force, voice = (one if kind in _MEASURED else other)[6:8]
        claim = (_FORCE.get(force, -1) + 1) * 16 + _VOICE.get(voice, -1) + 1
        dims = sum(1 << number for number in {_DIM[end[5]] for end in (one, other) if end[5] in _DIM})
        rows.append((graded(confidence), one[8] | other[8], dims, claim, (kind * len(BASES) + (basis or 0)) * 4 + review))
        ends.append(at)
    return np.array(rows, dtype=LINK).tobytes(), np.array(ends, dtype=ENDS).tobytes()


def _packed_about(factors: Sequence[Row], about: Sequence[Row]) -> bytes:
    places = {row[0]: n for n, row in enumerate(factors) if row[2] != _REJECTED}
    return np.array([(concept, places[factor] * 2 + weak) for concept, factor, weak in about if factor in places], dtype=ABOUT).tobytes()


def _packed_named(factors: Sequence[Row], about: Sequence[Row]) -> bytes:
    spoken = {row[0]: (row[1], row[1] == _DILEMMA and not row[3]) for row in factors if row[2] != _REJECTED}
    sums: dict[int, list[int]] = {}
    for concept, factor, weak in about:
        if not weak and factor in spoken:
            kind, gap = spoken[factor]
            own = sums.setdefault(concept, [0] * 5)
            own[kind] += 1
            own[4] += gap
    return np.array([(concept, *own) for concept, own in sums.items()], dtype=NAMED).tobytes()


def _packed_counts(factors: Sequence[Row], joined: Sequence[Row]) -> bytes:
    counts: Counter[int] = Counter()
    for _, kind, review, _, _, dim, *_ in factors:
        counts[FACTORS + kind * len(REVIEWS) + review] += 1
        if review != _REJECTED:
            counts[DIMS_FROM + kind * 16 + _DIM.get(dim, NO_DIM)] += 1
    for _, _, kind, basis, *_ in joined:
        counts[LINKS + kind * len(BASES) + (basis or 0)] += 1
    return np.array(sorted(counts.items()), dtype=COUNTS).tobytes()


def _packed_entities(connection: apsw.Connection, span: tuple[int, int]) -> bytes:
    statement = (
        f"SELECT DISTINCT n.id, n.type FROM edge AS e JOIN entity AS n ON n.id = e.target WHERE e.source BETWEEN ? AND ? AND e.type > {_ABOUT} ORDER BY 1"
    )
    return np.array(list(every(connection, statement, span)), dtype=ENTITIES).tobytes()
