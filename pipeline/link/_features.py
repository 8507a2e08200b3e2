"""Features of pairs of factors: place, order, cues between, zone, likeness. All vectorised over arrays of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.link import _cues
from pipeline.link._layout import Layout
from pipeline.link._regions import REGIONS, gram_scores

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_ZONES = ("introduction", "literature", "framework", "driver", "goal", "practice", "dilemma", "countermeasure", "case", "conclusion", "other")
_SIDE = 12


def near_names() -> tuple[str, ...]:
    """Names of the columns of `near_features`, in order."""
    cues = _cues.names()
    return (
        "order",
        "sentences_apart",
        "blocks_apart",
        "gap",
        "same_section",
        "in_section_of",
        "holds_section_of",
        "heading_i",
        "heading_j",
        "abstract",
        "length_i",
        "length_j",
        "confidence_i",
        "confidence_j",
        "between_same_i",
        "between_same_j",
        "between_others",
        "place_i",
        "place_j",
        "count_i",
        "count_j",
        "place_gap",
        "zone_i",
        "zone_j",
        "like_chars",
        "same_dim",
        "sentence_length",
        "clauses_apart",
        *(f"between_{name}" for name in cues),
        *(f"before_{name}" for name in cues),
        *(f"after_{name}" for name in cues),
        *(f"in_i_{name}" for name in cues[: len(_cues.CUES)]),
        *(f"in_j_{name}" for name in cues[: len(_cues.CUES)]),
        *(f"grams_{name}" for name in REGIONS),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted once a document: cues by prefix sums, factors by type, character pairs of each factor."""

    cues: NDArray[np.int32]
    kinds: NDArray[np.int32]
    """`[type, n]`: how many factors of the type stand before the n-th"""
    place: NDArray[np.int32]
    """place of the factor among those of its type in its sentence"""
    count: NDArray[np.int32]
    """how many of its type its sentence holds"""
    bigrams: tuple[frozenset[str], ...]
    zone: NDArray[np.int32]
    dim: NDArray[np.int32]
    confidence: Floats


def count(layout: Layout) -> Counts:
    """Running counts of `layout`."""
    n = len(layout.factors)
    kinds = np.zeros((4, n + 1), dtype=np.int32)
    for kind in range(4):
        kinds[kind, 1:] = np.cumsum(layout.kind == kind)
    place, total = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int32)
    seen: dict[tuple[int, int], int] = {}
    keys = list(zip(layout.sentence.tolist(), layout.kind.tolist(), strict=True))
    for m, key in enumerate(keys):
        place[m] = seen.get(key, 0)
        seen[key] = int(place[m]) + 1
    for m, key in enumerate(keys):
        total[m] = seen[key]
    dims: dict[str | None, int] = {None: -1}
    return Counts(
        cues=_cues.running_counts(layout.text),
        kinds=kinds,
        place=place,
        count=total,
        bigrams=tuple(frozenset(_pairs_of(f.text)) for f in layout.factors),
        zone=np.array([_ZONES.index(layout.sections[s].zone) for s in layout.section], dtype=np.int32),
        dim=np.array([dims.setdefault(f.dim, len(dims) - 1) for f in layout.factors], dtype=np.int32),
        confidence=np.array([f.confidence for f in layout.factors], dtype=np.float32),
    )


def _pairs_of(text: str) -> list[str]:
    return [text[k : k + 2] for k in range(len(text) - 1)]


def near_features(layout: Layout, counts: Counts, i: Ints, j: Ints, weights: Floats) -> Floats:
    """Array `[pair, near_names()]` of the pairs from factor `i` to factor `j`."""
    first, second = np.minimum(i, j), np.maximum(i, j)
    a0, a1, b0, b1 = layout.start[first], layout.end[first], layout.start[second], layout.end[second]
    b0 = np.maximum(a1, b0)
    sec_i, sec_j = layout.section[i], layout.section[j]
    inside, holds = layout.is_above(sec_j, sec_i), layout.is_above(sec_i, sec_j)
    starts = np.array([s.start for s in layout.sentences], dtype=np.int64)
    ends = np.array([s.end for s in layout.sentences], dtype=np.int64)
    before_from = np.maximum(np.minimum(starts[layout.sentence[first]], a0), a0 - _SIDE)
    after_to = np.minimum(np.maximum(ends[layout.sentence[second]], b1), b1 + _SIDE)
    cues = counts.cues
    between = cues[:, b0] - cues[:, a1]
    kinds = counts.kinds[:, second] - counts.kinds[:, first + 1]
    kind_i, kind_j = layout.kind[i], layout.kind[j]
    pairs = np.arange(len(i))
    same_i, same_j = kinds[kind_i, pairs], kinds[kind_j, pairs]
    marks = len(_cues.CUES)
    columns = [
        np.sign(j - i),
        layout.sentence[j] - layout.sentence[i],
        np.clip(layout.block[j] - layout.block[i], -5, 5),
        np.log1p(b0 - a1),
        sec_i == sec_j,
        inside,
        holds,
        layout.heading[i],
        layout.heading[j],
        layout.abstract[i] & layout.abstract[j],
        layout.end[i] - layout.start[i],
        layout.end[j] - layout.start[j],
        counts.confidence[i],
        counts.confidence[j],
        same_i,
        same_j,
        kinds.sum(axis=0) - same_i - same_j,
        counts.place[i],
        counts.place[j],
        counts.count[i],
        counts.count[j],
        counts.place[j] - counts.place[i],
        counts.zone[i],
        counts.zone[j],
        likeness(counts, i, j),
        (counts.dim[i] == counts.dim[j]) & (counts.dim[i] >= 0),
        ends[layout.sentence[i]] - starts[layout.sentence[i]],
        between[marks + 1] + 3 * between[marks + 2] + 9 * between[marks + 4],
        *between,
        *(cues[:, a0] - cues[:, before_from]),
        *(cues[:, after_to] - cues[:, b1]),
        *(cues[:marks, layout.end[i]] - cues[:marks, layout.start[i]]),
        *(cues[:marks, layout.end[j]] - cues[:marks, layout.start[j]]),
        *gram_scores(layout, i, j, weights).T,
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def likeness(counts: Counts, i: Ints, j: Ints) -> Floats:
    """Shared character pairs over the smaller set of the two factors, 0 to 1."""
    out = np.zeros(len(i), dtype=np.float32)
    for n, (x, y) in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        left, right = counts.bigrams[x], counts.bigrams[y]
        smaller = min(len(left), len(right))
        if smaller:
            out[n] = len(left & right) / smaller
    return out
