"""Whole numbers that stand for words in every store, and the numbers that rows are ordered by: equal on all, so that all page alike.

Append to these lists, never reorder them: stores keep the places of words in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import get_args

import msgspec

from corpus.records import Access
from graph.projection import EdgeType
from pipeline.records import Block, Dim, DocumentKind, EntityType, FactorType, Force, Level, Voice

__all__ = [
    "ACCESSES",
    "BASES",
    "BITS",
    "DIMS",
    "DIMS_FROM",
    "EDGE_TYPES",
    "ENTITY_TYPES",
    "FACTORS",
    "FACTOR_TYPES",
    "FLIPPED",
    "FORCES",
    "KINDS",
    "LEVELS",
    "LINKS",
    "LINK_TYPES",
    "REVIEWS",
    "VOICES",
    "age_of",
    "bare_blocks",
    "factors_counted",
    "links_counted",
    "number_of",
]

BITS = 24
"""a node of a document has the id `document << BITS | place in the document`"""

EDGE_TYPES: tuple[EdgeType, ...] = ("addressed_by", "caused_by", "achieves", "drives", "part_of", "limited_by", "about", "takes", "faces", "mentions")
LINK_TYPES = EDGE_TYPES[:6]
FLIPPED = ("takes", "faces")
FACTOR_TYPES: tuple[FactorType, ...] = ("driver", "dilemma", "countermeasure", "goal")
BASES = ("stated", "aligned")
REVIEWS = ("open", "accepted", "rejected")
KINDS: tuple[str, ...] = get_args(DocumentKind)
LEVELS: tuple[str, ...] = get_args(Level)
ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
DIMS: tuple[str, ...] = get_args(Dim)
FORCES: tuple[str, ...] = get_args(Force)
VOICES: tuple[str, ...] = get_args(Voice)
ACCESSES: tuple[str, ...] = get_args(Access)

FACTORS, LINKS, DIMS_FROM = 0, 100, 200
"""where the codes of counts of a document begin: type × 3 + review, type × 2 + basis, type × 16 + dim"""


def age_of(date: str | None) -> int:
    """Sort key that puts the newest first and what has no date last: `2018-05` → -20180500."""
    if not date:
        return 0
    year, month, day = (*date.split("-"), "0", "0")[:3]
    return -(int(year) * 10_000 + int(month) * 100 + int(day))


def bare_blocks(blocks: Iterable[Block]) -> bytes:
    """Blocks as they are kept: without the words that stand in the text already."""
    return msgspec.json.encode([block if block.start is None else msgspec.structs.replace(block, text="") for block in blocks])


def number_of(text: str) -> int:
    """A number that stands for a name in every store and every run: 60 bits of its hash."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> 4


def factors_counted(counts: Mapping[int, int]) -> dict[str, list[int]]:
    """Review state → how many factors of each of FACTOR_TYPES, from counts by code."""
    return {name: [counts.get(FACTORS + kind * len(REVIEWS) + n, 0) for kind in range(len(FACTOR_TYPES))] for n, name in enumerate(REVIEWS)}


def links_counted(counts: Mapping[int, int]) -> dict[str, int]:
    """`addressed_by stated` … → how many links, from counts by code; what there is none of is left out."""
    codes = {f"{kind} {basis}": LINKS + n * len(BASES) + m for n, kind in enumerate(LINK_TYPES) for m, basis in enumerate(BASES)}
    return {name: counts[code] for name, code in codes.items() if code in counts}
