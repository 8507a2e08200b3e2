"""Hashed character n-grams, the features of the small linear models beside the encoder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["SIZES", "hashed_grams"]

SIZES = (1, 2, 3)
_MULTIPLIERS = (2654435761, 2246822519, 3266489917)


def hashed_grams(text: str, buckets: int) -> list[NDArray[np.int64]]:
    """For each n of SIZES an array: bucket of the n-gram that begins at each place (shorter than the text by n - 1)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    out = []
    for n in SIZES:
        total = np.full(max(0, len(codes) - n + 1), n * 97, dtype=np.uint64)
        for k in range(n):
            total = (total * np.uint64(31) + codes[k : len(codes) - n + 1 + k] * np.uint64(_MULTIPLIERS[k])) & np.uint64(0xFFFFFFFF)
        total ^= total >> np.uint64(15)
        out.append((total % np.uint64(buckets)).astype(np.int64))
    return out
