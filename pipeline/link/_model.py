"""The trained scorers of pairs: read from the shipped file, run with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelOutdated
from pipeline.link._regions import BUCKETS, REGIONS
from pipeline.trees import Trees, calibrated, packed, sigmoid, unpacked

FILE = "links.npz"
SCORERS = ("addressed_by", "caused_by", "achieves", "drives", "aligned", "part_of")


@dataclass(frozen=True, slots=True)
class Scorer:
    """Log-odds of trees → calibrated probability; pairs below `threshold` are not linked."""

    trees: Trees
    grams: NDArray[np.float32]
    """`[region, direction, bucket]` weights of n-grams around the pair; empty where the scorer reads none"""
    knots: NDArray[np.float64]
    """`[2, k]`: raw probability → how often pairs of that score were right, rising"""
    threshold: float

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Calibrated probability of each row of features, 0 to 1."""
        return calibrated(self.trees, self.knots, rows)

    def raw(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """What the trees say of each row before it is calibrated: curves have steps on which pairs are all but equal."""
        return sigmoid(self.trees.raw(rows)) if len(rows) else np.zeros(0)

    def calibrate(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of what `raw` gave."""
        return np.asarray(np.interp(raw, self.knots[0], self.knots[1]))


def pack(scorers: dict[str, Scorer]) -> dict[str, NDArray[np.generic]]:
    """Arrays of the file that `read` reads back."""
    out: dict[str, NDArray[np.generic]] = {}
    for name, scorer in scorers.items():
        out |= packed(scorer.trees, f"{name}.")
        out[f"{name}.head"] = np.array([scorer.trees.baseline, scorer.trees.depth, scorer.threshold])
        out[f"{name}.grams"] = scorer.grams.astype(np.float16)
        out[f"{name}.knots"] = scorer.knots
    return out


def read(path: Path) -> dict[str, Scorer]:
    """The scorers of a file.

    Raises:
        ModelOutdated: the file lacks a scorer; it belongs to another version of the linker.
    """
    with np.load(path, allow_pickle=False) as data:
        missing = [name for name in SCORERS if f"{name}.roots" not in data]
        if missing:
            raise ModelOutdated(path, lacks=f"the scorers {', '.join(missing)}", remedy="python -m training.links")
        return {name: _scorer(data, name) for name in SCORERS}


def _scorer(data: np.lib.npyio.NpzFile, name: str) -> Scorer:
    baseline, depth, threshold = (float(x) for x in data[f"{name}.head"])
    trees = unpacked(data, f"{name}.", baseline=baseline, depth=depth)
    grams = data[f"{name}.grams"].astype(np.float32)
    return Scorer(trees=trees, grams=grams if grams.size else no_grams(), knots=data[f"{name}.knots"], threshold=threshold)


def no_grams() -> NDArray[np.float32]:
    """Weights that say nothing."""
    return np.zeros((len(REGIONS), 2, BUCKETS), dtype=np.float32)


@lru_cache(maxsize=1)
def shipped() -> dict[str, Scorer]:
    """The scorers that come with the package, read once."""
    with as_file(files("pipeline.link") / "data" / FILE) as path:
        return read(path)
