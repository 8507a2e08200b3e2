"""The trained parts of this component in one file: tagger of characters, and trees that say which candidate names are entities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelOutdated
from pipeline.extract.entities._candidates import NAMES, Table
from pipeline.extract.entities._surroundings import GRAM_BITS
from pipeline.extract.entities._tagger import BUCKETS, TAGS, TYPES, Tagger
from pipeline.trees import Trees, calibrated, packed, unpacked

FILE = "entities.npz"
_TAGGER = ("weights", "scale", "steps", "first")
_LINEAR = ("weights", "scale", "bias")


@dataclass(frozen=True, slots=True)
class Linear:
    """What the characters and neighbours of a name say of each kind: `weights` `[bucket, kind]` in 8 bits with a scale a kind, and a `bias` a kind."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, table: Table) -> NDArray[np.float32]:
        """Log-odds of each row of the table."""
        by_name = {n: values @ self.weights[buckets].astype(np.float32) * self.scale + self.bias for n, (buckets, values) in table.grams.items()}
        return np.array([by_name[n][TYPES.index(kind)] for n, kind in table.keys], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """`knots` `[2, k]`: raw score of the trees → how often such names were right; `least` `[kind]`: below it a name is none."""

    tagger: Tagger
    linear: Linear
    trees: Trees
    knots: NDArray[np.float64]
    least: NDArray[np.float64]

    def probability(self, table: Table) -> NDArray[np.float64]:
        """How likely each row of the table is an entity, 0 to 1; the trees read its features and, last, the linear score."""
        return calibrated(self.trees, self.knots, np.column_stack([table.rows, self.linear.scores(table)]))


def pack(model: Model) -> dict[str, NDArray[Any]]:
    """Arrays of the file that `read` reads back."""
    out: dict[str, NDArray[Any]] = {f"tagger.{name}": getattr(model.tagger, name) for name in _TAGGER}
    out |= {f"linear.{name}": getattr(model.linear, name) for name in _LINEAR}
    out |= packed(model.trees, "trees.")
    head = np.array([model.trees.baseline, model.trees.depth, len(NAMES)])
    return {**out, "head": head, "knots": model.knots, "least": model.least}


def read(path: Path) -> Model:
    """The model of a file.

    Raises:
        ModelOutdated: the file was made for other tags, another table size or other features.
    """
    with np.load(path, allow_pickle=False) as data:
        arrays: Mapping[str, NDArray[Any]] = dict(data)
    wanted = {"tagger.weights": (BUCKETS, TAGS), "linear.weights": (1 << GRAM_BITS, len(TYPES)), "least": (len(TYPES),)}
    if any(name not in arrays or arrays[name].shape != shape for name, shape in wanted.items()) or arrays["head"][2] != len(NAMES):
        raise ModelOutdated(path, lacks=f"{BUCKETS} × {TAGS} weights and trees over {len(NAMES)} features", remedy="python -m training.entities")
    trees = unpacked(arrays, "trees.", baseline=float(arrays["head"][0]), depth=float(arrays["head"][1]))
    tagger = Tagger(*(arrays[f"tagger.{name}"] for name in _TAGGER))
    return Model(tagger, Linear(*(arrays[f"linear.{name}"] for name in _LINEAR)), trees, arrays["knots"], arrays["least"])


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with the package, read once."""
    with as_file(files("pipeline.extract.entities") / "data" / FILE) as path:
        return read(path)
