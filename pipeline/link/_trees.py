"""Boosted regression trees as plain arrays, run with numpy alone; the training side writes them (training/links.py)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_CHUNK = 2048
"""rows at a time, so that memory stays bounded whatever the document holds"""


@dataclass(frozen=True, slots=True)
class Trees:
    """`feature`, `threshold`, `left`, `right`, `value` are `[tree, node]`; a leaf leads to itself."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    baseline: float
    depth: int

    def raw(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds of each row of features."""
        out = np.full(len(rows), self.baseline, dtype=np.float64)
        trees = np.arange(len(self.feature))[None, :]
        for begin in range(0, len(rows), _CHUNK):
            part = rows[begin : begin + _CHUNK]
            at = np.zeros((len(part), len(self.feature)), dtype=np.int64)
            line = np.arange(len(part))[:, None]
            for _ in range(self.depth):
                low = part[line, self.feature[trees, at]] <= self.threshold[trees, at]
                at = np.where(low, self.left[trees, at], self.right[trees, at])
            out[begin : begin + _CHUNK] += self.value[trees, at].sum(axis=1)
        return out


def sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic function, safe for large values of either sign."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)))
