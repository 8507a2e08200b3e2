"""What tables and statistics count, a document in a few bytes: rows of fixed length that numpy reads, one blob a document and kind.

Counting over ten thousand documents looks at millions of statements. As rows of a table they take a second to walk; packed, with only what
filters compare, the blobs of all documents are read and counted in a tenth of that. Confidence is kept to the ten-thousandth, and whether
it lies on one or between two (`graded`), so that "at least 0.8" means the same here as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from graph._codes import BASES, BITS, DIMS, DIMS_FROM, EDGE_TYPES, FACTORS, FORCES, LINKS, REVIEWS, VOICES
from graph.sqlite._ask import Row, every, first

__all__ = ["ABOUT", "COUNTS", "ENDS", "ENTITIES", "FACTOR", "LINK", "NAMED", "NO_DIM", "PACKED", "graded", "pack"]

Array = NDArray[Any]

FACTOR = np.dtype([("confidence", "<u2"), ("actors", "<u2"), ("dim", "u1"), ("force", "i1"), ("voice", "i1"), ("kind", "u1")])
"""`kind`: type + 4 × review + 16 × answered"""
LINK = np.dtype([("confidence", "<u2"), ("actors", "<u2"), ("dims", "<u2"), ("claim", "u1"), ("kind", "u1")])
"""`claim`: (force + 1) × 16 + voice + 1; `kind`: (type × 2 + basis) × 4 + review"""
ENDS = np.dtype([("source", "<u4"), ("target", "<u4")])
"""places of a link's factors among those of the document"""
ABOUT = np.dtype([("concept", "<u4"), ("at", "<u4")])
"""concepts in the factors' own words; `at`: place of the factor among those of the document; no rejected factor"""
NAMED = np.dtype([("concept", "<u4"), *((name, "<u4") for name in ("drivers", "dilemmas", "measures", "goals", "gaps"))])
"""sums of a concept in a document, in the factors' own words"""
COUNTS = np.dtype([("code", "<u2"), ("count", "<u4")])
"""counts of a document under the codes of `graph._codes`"""
ENTITIES = np.dtype([("entity", "<u4"), ("type", "u1")])

NO_DIM = 15
_REJECTED, _DILEMMA = REVIEWS.index("rejected"), 1
_ABOUT = EDGE_TYPES.index("about")
_MEASURED = (EDGE_TYPES.index("achieves"), EDGE_TYPES.index("limited_by"))
_FORCE = {force: n for n, force in enumerate(FORCES)}
_VOICE = {voice: n for n, voice in enumerate(VOICES)}
_DIM = {dim: n for n, dim in enumerate(DIMS)}

PACKED = {
    "document_sums": "named, counts, entities",
    "document_factors": "first, rows",
    "document_links": "rows",
    "document_ends": "rows",
    "document_about": "rows",
}
"""table → its columns besides the document"""


@lru_cache(maxsize=1 << 15)
def graded(confidence: float) -> int:
    """Twice the ten-thousandths where `confidence` is a whole number of them, else the odd number between: 0.8 → 16000, 0.80003 → 16001.

    Of two numbers the larger one never has the smaller grade, and equal even grades are equal numbers.
    """
    nearest = round(confidence * 10_000)
    exact = nearest / 10_000
    return max(0, min(0xFFFF, nearest * 2 + (confidence > exact) - (confidence < exact)))


def pack(connection: apsw.Connection, document: int, tables: Iterable[str] = tuple(PACKED)) -> dict[str, Row]:
    """Table → the row that it has to hold of a document; nothing if answers do not use it."""
    if not first(connection, "SELECT 1 FROM document WHERE id = ? AND live = 1", (document,)):
        return {}
    parts = _Parts(connection, document)
    return {table: (document, *getattr(parts, table)()) for table in tables}


class _Parts:
    """Factors, links and concepts of a document, each read once."""

    def __init__(self, connection: apsw.Connection, document: int) -> None:
        self._connection = connection
        self._span = (document << BITS, ((document + 1) << BITS) - 1)

    def document_factors(self) -> tuple[int, bytes]:
        return (self._factors[0][0] if self._factors else 0), _packed_factors(self._factors)

    def document_links(self) -> tuple[bytes]:
        return self._links[:1]

    def document_ends(self) -> tuple[bytes]:
        return self._links[1:]

    def document_about(self) -> tuple[bytes]:
        return (_packed_about(self._factors, self._about),)

    def document_sums(self) -> tuple[bytes, bytes, bytes]:
        return _packed_named(self._factors, self._about), _packed_counts(self._factors, self._joined), self._packed_entities()

    @cached_property
    def _factors(self) -> list[Row]:
        return self._rows("SELECT id, type, review, answered, confidence, dim, force, voice, actors FROM factor WHERE id BETWEEN ? AND ? ORDER BY id")

    @cached_property
    def _joined(self) -> list[Row]:
        return self._rows(
            "SELECT source, target, type, basis, review, confidence FROM edge WHERE source BETWEEN ? AND ? AND type < 6 AND live = 1 ORDER BY ordinal"
        )

    @cached_property
    def _links(self) -> tuple[bytes, bytes]:
        return _packed_links(self._factors, self._joined)

    @cached_property
    def _about(self) -> list[Row]:
        return self._rows(f"SELECT target, source FROM edge WHERE source BETWEEN ? AND ? AND type = {_ABOUT} AND weak = 0 ORDER BY 1, 2")

    def _packed_entities(self) -> bytes:
        rows = self._rows(
            f"SELECT DISTINCT n.id, n.type FROM edge AS e JOIN entity AS n ON n.id = e.target WHERE e.source BETWEEN ? AND ? AND e.type > {_ABOUT} ORDER BY 1"
        )
        return np.array(rows, dtype=ENTITIES).tobytes()

    def _rows(self, statement: str) -> list[Row]:
        return list(every(self._connection, statement, self._span))


def _packed_factors(factors: Sequence[Row]) -> bytes:
    rows = [
        (graded(confidence), actors, _DIM.get(dim, NO_DIM), _FORCE.get(force, -1), _VOICE.get(voice, -1), kind + 4 * review + 16 * answered)
        for _, kind, review, answered, confidence, dim, force, voice, actors in factors
    ]
    return np.array(rows, dtype=FACTOR).tobytes()


def _packed_links(factors: Sequence[Row], joined: Sequence[Row]) -> tuple[bytes, bytes]:
    # of each factor its place, its claim, the bit of its dim, the bits of its actors
    known = {
        row[0]: (n, (_FORCE.get(row[6], -1) + 1) * 16 + _VOICE.get(row[7], -1) + 1, 1 << _DIM[row[5]] if row[5] in _DIM else 0, row[8])
        for n, row in enumerate(factors)
    }
    rows, ends = [], []
    for source, target, kind, basis, review, confidence in joined:
        one, other = known.get(source), known.get(target)
        # where one is missing the graph is damaged: `check` names the edge
        if one and other:
            claim = (one if kind in _MEASURED else other)[1]
            rows.append((graded(confidence), one[3] | other[3], one[2] | other[2], claim, (kind * len(BASES) + (basis or 0)) * 4 + review))
            ends.append((one[0], other[0]))
    return np.array(rows, dtype=LINK).tobytes(), np.array(ends, dtype=ENDS).tobytes()


def _packed_about(factors: Sequence[Row], about: Sequence[Row]) -> bytes:
    places = {row[0]: n for n, row in enumerate(factors) if row[2] != _REJECTED}
    return np.array([(concept, places[factor]) for concept, factor in about if factor in places], dtype=ABOUT).tobytes()


def _packed_named(factors: Sequence[Row], about: Sequence[Row]) -> bytes:
    spoken = {row[0]: (row[1], row[1] == _DILEMMA and not row[3]) for row in factors if row[2] != _REJECTED}
    sums: dict[int, list[int]] = {}
    for concept, factor in about:
        if factor in spoken:
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
