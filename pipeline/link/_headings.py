"""Candidates and features for `part_of`: a clause, or a lower heading, under the factor that its heading or run-in heading names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.link._features import Counts, Floats, Ints, likeness
from pipeline.link._layout import Layout
from pipeline.link._likeness import Vectors

_CHUNK = 2048
_BEFORE = 6
"""factors of its type in the same paragraph that may be the whole of which a clause is a part (`三大困境：一是…`)"""
NAMES = (
    "steps",
    "heads",
    "head_place",
    "same_kind_heads",
    "like",
    "like_rank",
    "like_share",
    "nearest",
    "options",
    "section_size",
    "like_section",
    "twin_heads",
)


def parents(layout: Layout) -> tuple[Ints, Ints]:
    """(i, j): factor i may be part of factor j; only factors of one type, and only what stands above or before."""
    out_i: list[int] = []
    out_j: list[int] = []
    recent: dict[tuple[int, int], list[int]] = {}
    for n in range(len(layout.factors)):
        kind, section = int(layout.kind[n]), int(layout.section[n])
        own_head = n in layout.sections[section].heads
        path = layout.path(section)[1 if own_head else 0 :]
        options = [head for s in path for head in layout.sections[s].heads if layout.kind[head] == kind and head != n and layout.start[head] <= layout.start[n]]
        key = (int(layout.block[n]), kind)
        earlier = recent.setdefault(key, [])
        options += [m for m in earlier[-_BEFORE:] if m not in options]
        earlier.append(n)
        for option in options[:24]:
            out_i.append(n)
            out_j.append(option)
    return np.array(out_i, dtype=np.int64), np.array(out_j, dtype=np.int64)


def parent_features(layout: Layout, counts: Counts, vectors: Vectors, i: Ints, j: Ints) -> Floats:
    """Array `[pair, NAMES]` beside `near_features`: how far up, how many heads there share the matter."""
    rows = np.zeros((len(i), len(NAMES)), dtype=np.float32)
    like = likeness(counts, i, j)
    place, same, other = _heads(layout)
    above = layout.section[j]
    groups: dict[int, list[int]] = {}
    for n, child in enumerate(i.tolist()):
        groups.setdefault(child, []).append(n)
    for child, members in groups.items():
        steps = {section: up for up, section in enumerate(layout.path(int(layout.section[child])))}
        likes = like[members]
        best = float(likes.max())
        ranked = np.argsort(np.argsort(-likes, kind="stable"), kind="stable")
        apart = (child - j[members]) % (len(layout.factors) + 1)
        nearest = int(np.argmin(apart))
        for k, n in enumerate(members):
            is_head = place[j[n]] >= 0
            rows[n, 0] = steps.get(int(above[n]), -1) if is_head else -1
            rows[n, 5] = ranked[k]
            rows[n, 6] = likes[k] / best if best else 0.0
            rows[n, 7] = k == nearest
            rows[n, 8] = len(members)
    sizes = np.array([(len(section.heads), len(section.members)) for section in layout.sections], dtype=np.float32)
    rows[:, 1] = sizes[above, 0]
    rows[:, 2] = place[j]
    rows[:, 3] = same[above, layout.kind[i]]
    rows[:, 4] = like
    rows[:, 9] = sizes[above, 1]
    for begin in range(0, len(i), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        rows[part, 10] = np.einsum("nd,nd->n", vectors.factors[i[part]], vectors.titles[above[part]])
    rows[:, 11] = other[above, layout.kind[i]]
    return rows


def _heads(layout: Layout) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Place of each factor among the heads of its section (-1: none), and how many heads of a type, of other types each section has."""
    place = np.full(len(layout.factors), -1, dtype=np.int32)
    same = np.zeros((len(layout.sections), 4), dtype=np.int32)
    for section in layout.sections:
        for k, head in enumerate(section.heads):
            place[head] = k
            same[section.index, layout.kind[head]] += 1
    return place, same, same.sum(axis=1, keepdims=True) - same


def best_parent(i: Ints, p: NDArray[np.float64], threshold: float) -> list[int]:
    """Row numbers of the likeliest parent of each factor, where it is likelier than `threshold`."""
    best: dict[int, int] = {}
    for n, child in enumerate(i.tolist()):
        if p[n] >= threshold and (child not in best or p[n] > p[best[child]]):
            best[child] = n
    return sorted(best.values())
