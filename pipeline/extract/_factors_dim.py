"""What side of the matter a problem or measure is about (`dim`), from the encoder's judgement and from the words themselves.

The encoder's head sees the context but learnt from few documents; a linear model over the characters of the statement knows the words
(标准, 队伍, 平台). Both are multiplied. Trained by `python -m training.dims_words`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from pipeline.grams import hashed_grams
from pipeline.records import Dim

__all__ = ["BUCKETS", "DIMS", "LEAST", "dim_of", "row_of"]

DIMS: tuple[Dim, ...] = get_args(Dim)
BUCKETS = 1 << 14
_FILE = "dims.npz"
LEAST = 1e-4
"""of a probability, so that neither judge can rule a dim out"""
Floats = NDArray[np.float32]


def row_of(text: str) -> NDArray[np.int64]:
    """Buckets of the n-grams of a statement, each once."""
    return np.unique(np.concatenate(hashed_grams(text, BUCKETS)))


@cache
def _model() -> tuple[Floats, Floats, float]:
    with np.load(BytesIO(files("pipeline.extract").joinpath(_FILE).read_bytes()), allow_pickle=False) as arrays:
        return arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32), float(arrays["share"])


def dim_of(text: str, encoder: NDArray[np.floating]) -> Dim:
    """The likeliest dim of a statement; `encoder` is the probability of each by the encoder, in the order of `Dim`.

    数据标准不统一 → data; 基层干部数字素养不足 → talent.
    """
    weights, bias, share = _model()
    row = row_of(text)
    words = weights[row].sum(axis=0) / max(1.0, float(np.sqrt(len(row)))) + bias
    return DIMS[int((np.log(np.maximum(encoder, LEAST)) + share * words).argmax())]
