"""What the encoder says of each piece: one row of numbers, cut into the answers of several heads."""

from __future__ import annotations

from typing import get_args

from pipeline.records import FACTOR_TYPES, Dim, EntityType, Zone

TAGS = ("O", *(mark + kind for kind in FACTOR_TYPES for mark in ("B-", "I-")))
"""of the piece: outside, or the beginning or inside of a factor of a type"""
DIMS: tuple[str, ...] = get_args(Dim)
ZONES: tuple[str, ...] = get_args(Zone)
NAME_TAGS = ("O", *(mark + kind for kind in get_args(EntityType) for mark in ("B-", "I-")))
"""of the piece: outside, or the beginning or inside of a name of a kind"""

TAG = slice(0, len(TAGS))
HOLDS = slice(TAG.stop, TAG.stop + len(FACTOR_TYPES))
"""does the sentence hold a factor of the type: mean over its pieces"""
DIM = slice(HOLDS.stop, HOLDS.stop + len(DIMS))
"""of the factor: mean over its pieces"""
NAMED = slice(DIM.stop, DIM.stop + 1)
"""is the factor named by a heading or a run-in heading: mean over its pieces"""
ZONE = slice(NAMED.stop, NAMED.stop + len(ZONES))
"""of the block's section, read at the block's marker"""
WIDTH = ZONE.stop
"""what the reader is trained to say"""
NAME = slice(WIDTH, WIDTH + len(NAME_TAGS))
"""of the piece, by a head of its own over lower layers"""
ANSWERS = NAME.stop
