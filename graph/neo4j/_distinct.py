"""Different numbers among many, and which of some stand among others: what most questions count by.

`numpy.unique` without counts hashes whole numbers since numpy 2.3, which takes 0.4 s of 600,000 different ones where sorting takes 0.03.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["among", "distinct", "how_many"]

Array = NDArray[Any]


def distinct(values: Array) -> Array:
    """The different values in ascending order: 3, 1, 3 → 1, 3. Ids of rows that stand in the order of the text are not even sorted."""
    if len(values) < 2:
        return values
    if (values[1:] < values[:-1]).any():
        values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))]


def among(values: Array, others: Array) -> Array:
    """Mask of the values that stand among `others`, which ascend."""
    if not len(others):
        return np.zeros(len(values), dtype=bool)
    places = np.searchsorted(others, values)
    mask: Array = others[np.minimum(places, len(others) - 1)] == values
    return mask


def how_many(codes: Array) -> int:
    """How many different codes, which are small and count from 0: 0, 2, 2 → 2."""
    return int(np.count_nonzero(np.bincount(codes))) if len(codes) else 0
