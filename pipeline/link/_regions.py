"""Hashed character n-grams around a pair of factors, and their summed weights by prefix sums.

Seven regions of a pair (first factor at `[a0, a1)`, second at `[b0, b1)`, in order of the text): the words between them outside
any factor, what stands before the first and after the second, and the heads and tails of both. A linear model over the n-grams of
the regions becomes, per region, one weight a place of the text; the score of any pair is then a handful of subtractions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.grams import SIZES, hashed_grams
from pipeline.link._layout import Layout

BUCKETS = 1 << 13
REGIONS = ("between", "before", "after", "head_first", "tail_first", "head_second", "tail_second")
REACH_BETWEEN = 60
REACH_SIDES = 10
REACH_EDGES = 5

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def outside_factors(layout: Layout) -> NDArray[np.bool_]:
    """True at every place of the text that no factor covers."""
    edge = np.zeros(len(layout.text) + 1, dtype=np.int32)
    np.add.at(edge, layout.start, 1)
    np.add.at(edge, layout.end, -1)
    return np.asarray(np.cumsum(edge)[:-1] == 0)


def bounds(layout: Layout, i: Ints, j: Ints) -> list[tuple[Ints, Ints]]:
    """Half-open stretches of each region for the pairs (i, j), in the order of REGIONS; empty stretches have equal ends."""
    first, second = np.minimum(i, j), np.maximum(i, j)
    a0, a1 = layout.start[first].astype(np.int64), layout.end[first].astype(np.int64)
    b0, b1 = layout.start[second].astype(np.int64), layout.end[second].astype(np.int64)
    a_from, b_to = _sentence_edges(layout, first)[0], _sentence_edges(layout, second)[1]
    between_end = np.maximum(a1, b0)
    # of a long stretch between, the words next to the second factor say most of what it is there for
    between_start = np.maximum(a1, between_end - REACH_BETWEEN)
    return [
        (between_start, between_end),
        (np.maximum(a_from, a0 - REACH_SIDES), a0),
        (b1, np.minimum(np.maximum(b_to, b1), b1 + REACH_SIDES)),
        (a0, np.minimum(a1, a0 + REACH_EDGES)),
        (np.maximum(a0, a1 - REACH_EDGES), a1),
        (b0, np.minimum(b1, b0 + REACH_EDGES)),
        (np.maximum(b0, b1 - REACH_EDGES), b1),
    ]


def _sentence_edges(layout: Layout, factor: Ints) -> tuple[Ints, Ints]:
    starts = np.array([s.start for s in layout.sentences], dtype=np.int64)
    ends = np.array([s.end for s in layout.sentences], dtype=np.int64)
    at = layout.sentence[factor]
    return np.minimum(starts[at], layout.start[factor]), np.maximum(ends[at], layout.end[factor])


def pair_grams(layout: Layout, i: Ints, j: Ints) -> Iterator[tuple[int, list[int]]]:
    """(pair, columns of its n-grams) for training: column = ((region × 2) + direction) × BUCKETS + bucket; the weights of `gram_scores`."""
    grams = hashed_grams(layout.text, BUCKETS)
    free = outside_factors(layout)
    stretches = bounds(layout, i, j)
    for pair in range(len(i)):
        columns: list[int] = []
        backward = int(i[pair] > j[pair])
        for region, (starts, ends) in enumerate(stretches):
            base = (region * 2 + backward) * BUCKETS
            for n, row in zip(SIZES, grams, strict=True):
                places = range(int(starts[pair]), int(ends[pair]) - n + 1)
                columns.extend(base + int(row[at]) for at in places if region or free[at : at + n].all())
        yield pair, columns


def gram_scores(layout: Layout, i: Ints, j: Ints, weights: Floats) -> Floats:
    """Array `[pair, region]`: summed weights of the n-grams of each region; `weights` is `[region, direction, bucket]`."""
    grams = hashed_grams(layout.text, BUCKETS)
    free = outside_factors(layout)
    out = np.zeros((len(i), len(REGIONS)), dtype=np.float32)
    backward = i > j
    for region, (starts, ends) in enumerate(bounds(layout, i, j)):
        for direction in (0, 1):
            rows = np.flatnonzero(backward == bool(direction))
            if not len(rows):
                continue
            for n, row in zip(SIZES, grams, strict=True):
                values = weights[region, direction][row].astype(np.float64)
                if region == 0 and len(values):
                    values *= np.lib.stride_tricks.sliding_window_view(free, n).all(axis=1)
                running = np.concatenate(([0.0], np.cumsum(values)))
                low = np.minimum(starts[rows], len(values))
                high = np.maximum(low, np.minimum(ends[rows] - n + 1, len(values)))
                out[rows, region] += (running[high] - running[low]).astype(np.float32)
    return out
