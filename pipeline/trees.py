"""Boosted regression trees as plain arrays and the curve that calibrates them, run with numpy alone; `training/trees.py` fits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FIELDS = ("roots", "feature", "threshold", "left", "turn", "value")
_CHUNK = 1024
"""rows at a time, so that memory stays bounded and in the cache whatever the document holds"""


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees one behind the other; the children of a node stand side by side, a leaf leads to itself.

    `roots[t]` is the place of the first node of tree t; `turn` is 1 where a node has a right child and 0 at a leaf.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    turn: NDArray[np.int32]
    value: NDArray[np.float32]
    baseline: float
    depth: int

    def raw(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds of each row of features."""
        out = np.full(len(rows), self.baseline, dtype=np.float64)
        width = rows.shape[1] if len(rows) else 0
        for begin in range(0, len(rows), _CHUNK):
            part = np.ascontiguousarray(rows[begin : begin + _CHUNK]).ravel()
            base = np.arange(len(part) // width, dtype=np.int32)[:, None] * width
            at = np.broadcast_to(self.roots, (len(base), len(self.roots)))
            for _ in range(self.depth):
                high = part.take(base + self.feature.take(at)) > self.threshold.take(at)
                at = self.left.take(at) + high * self.turn.take(at)
            out[begin : begin + _CHUNK] += self.value.take(at).sum(axis=1)
        return out


def sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic function, safe for large values of either sign."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)))


def calibrated(trees: Trees, knots: NDArray[np.float64], rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Probability of each row of features, 0 to 1; `knots` `[2, k]`: raw probability → how often rows of that score were right, rising."""
    if not len(rows):
        return np.zeros(0)
    return np.asarray(np.interp(sigmoid(trees.raw(rows)), knots[0], knots[1]))


def packed(trees: Trees, prefix: str) -> dict[str, NDArray[Any]]:
    """The arrays of `trees`, their names behind `prefix`, as `unpacked` reads them; baseline and depth are the file's own to keep."""
    return {f"{prefix}{name}": getattr(trees, name) for name in _FIELDS}


def unpacked(arrays: Mapping[str, NDArray[Any]], prefix: str, *, baseline: float, depth: float) -> Trees:
    """The trees whose arrays stand behind `prefix`."""
    parts: dict[str, Any] = {name: arrays[f"{prefix}{name}"] for name in _FIELDS}
    return Trees(**parts, baseline=baseline, depth=int(depth))
