"""The trained judge of pairs: read from the shipped file, run with numpy alone. `python -m training.acts` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelOutdated
from pipeline.extract.acts._pairs import NAMES
from pipeline.trees import Trees, calibrated, packed, unpacked

FILE = "acts.npz"


@dataclass(frozen=True, slots=True)
class Judge:
    """`knots` `[2, k]`: raw score of the trees → how often such pairs were acts; a pair below `least` is none."""

    trees: Trees
    knots: NDArray[np.float64]
    least: float

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """How likely each row of `_pairs.NAMES` is an act, 0 to 1."""
        return calibrated(self.trees, self.knots, rows)


def pack(judge: Judge) -> dict[str, NDArray[Any]]:
    """Arrays of the file that `read` reads back."""
    head = np.array([judge.trees.baseline, judge.trees.depth, judge.least, len(NAMES)])
    return {**packed(judge.trees, "trees."), "head": head, "knots": judge.knots}


def read(path: Path) -> Judge:
    """The judge of a file.

    Raises:
        ModelOutdated: the file was made for other features.
    """
    with np.load(path, allow_pickle=False) as data:
        arrays = dict(data)
    baseline, depth, least, width = (float(value) for value in arrays["head"])
    if int(width) != len(NAMES):
        raise ModelOutdated(path, lacks=f"trees over {len(NAMES)} features", remedy="python -m training.acts")
    return Judge(unpacked(arrays, "trees.", baseline=baseline, depth=depth), arrays["knots"], least)


@lru_cache(maxsize=1)
def shipped() -> Judge:
    """The judge that comes with the package, read once."""
    with as_file(files("pipeline.extract.acts") / "data" / FILE) as path:
        return read(path)
