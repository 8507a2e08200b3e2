"""Which pairs of factors are looked at: those within reach of each other. Linear in the number of factors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.link._layout import Layout
from pipeline.records import FACTOR_TYPES, LinkType

Ints = NDArray[np.int64]

ENDS: dict[LinkType, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "addressed_by": (("dilemma",), ("countermeasure",)),
    "caused_by": (("dilemma",), ("dilemma", "driver")),
    "achieves": (("countermeasure",), ("goal",)),
    "drives": (("driver",), ("countermeasure", "goal")),
}
"""types of the factors that a link of each type leads from and to (benchmark guide, section 3)"""
REACH_SENTENCES = 2
REACH_FACTORS = 24
REACH_HEADING = 40
"""members of a section that its heading is paired with: a list of hundreds of items under one heading is no argument"""


def pairs_within_reach(layout: Layout, link: LinkType) -> tuple[Ints, Ints]:
    """(i, j) of the pairs of factors that a link of this type could join within reach, sorted, each once."""
    sources, targets = ENDS[link]
    from_kind = np.isin(layout.kind, [FACTOR_TYPES.index(t) for t in sources])
    to_kind = np.isin(layout.kind, [FACTOR_TYPES.index(t) for t in targets])
    n = len(layout.factors)
    found: list[NDArray[np.int64]] = []
    for step in range(1, min(REACH_FACTORS, n - 1) + 1):
        left = np.arange(n - step)
        near = layout.sentence[step:] - layout.sentence[:-step] <= REACH_SENTENCES
        if not near.any():
            break
        left = left[near]
        for i, j in ((left, left + step), (left + step, left)):
            keep = from_kind[i] & to_kind[j]
            found.append(i[keep] * n + j[keep])
    found.append(_under_headings(layout, from_kind, to_kind, n))
    codes = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return codes // max(n, 1), codes % max(n, 1)


def _under_headings(layout: Layout, from_kind: NDArray[np.bool_], to_kind: NDArray[np.bool_], n: int) -> Ints:
    codes: list[int] = []
    for section in layout.sections:
        below = section.members[:REACH_HEADING]
        for child in section.children[:REACH_HEADING]:
            below = below + layout.sections[child].heads[:3]
        for head in section.heads[:4]:
            for other in [*below, *section.heads[:4]]:
                if other == head:
                    continue
                if from_kind[head] and to_kind[other]:
                    codes.append(head * n + other)
                if from_kind[other] and to_kind[head]:
                    codes.append(other * n + head)
    return np.array(sorted(set(codes)), dtype=np.int64)
