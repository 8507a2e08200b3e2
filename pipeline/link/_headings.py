"""Candidates and features for `part_of`: a clause, or a lower heading, under the factor that its heading or run-in heading names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.link._features import Counts, Floats, Ints, likeness
from pipeline.link._layout import Layout
from pipeline.link._likeness import Vectors

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
    groups: dict[int, list[int]] = {}
    for n, child in enumerate(i.tolist()):
        groups.setdefault(child, []).append(n)
    for child, members in groups.items():
        path = layout.path(int(layout.section[child]))
        steps = {section: up for up, section in enumerate(path)}
        ranked = sorted(members, key=lambda n: (-like[n], n))
        best = max(float(like[n]) for n in members)
        nearest = min(members, key=lambda n: (child - int(j[n])) % (len(layout.factors) + 1))
        for n in members:
            section = layout.sections[int(layout.section[j[n]])]
            is_head = int(j[n]) in section.heads
            same = [head for head in section.heads if layout.kind[head] == layout.kind[child]]
            rows[n] = (
                steps.get(section.index, -1) if is_head else -1,
                len(section.heads),
                section.heads.index(int(j[n])) if is_head else -1,
                len(same),
                like[n],
                ranked.index(n),
                like[n] / best if best else 0.0,
                n == nearest,
                len(members),
                len(section.members),
                0.0,
                sum(1 for head in section.heads if layout.kind[head] != layout.kind[child]),
            )
    rows[:, NAMES.index("like_section")] = np.einsum("nd,nd->n", vectors.factors[i], vectors.titles[layout.section[j]])
    return rows


def best_parent(i: Ints, p: NDArray[np.float64], threshold: float) -> list[int]:
    """Row numbers of the likeliest parent of each factor, where it is likelier than `threshold`."""
    best: dict[int, int] = {}
    for n, child in enumerate(i.tolist()):
        if p[n] >= threshold and (child not in best or p[n] > p[best[child]]):
            best[child] = n
    return sorted(best.values())
