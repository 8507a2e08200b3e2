"""What readers find in annotated documents that they have not learnt from.

Whatever is trained on found statements must see them as they are found in new texts; in the documents that it learnt from the shipped
reader is too good. So the documents of *train* are read crosswise: `python -m training --every 0/2 --out out/half0` and
`--every 1/2 --out out/half1` make two readers that each know one half, and each reads the other half.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.extract.factors import FactorReader

__all__ = ["CrosswiseReaders"]


class CrosswiseReaders:
    """Readers of which the k-th of n learnt from the documents k, k+n, k+2n … of *train*."""

    def __init__(self, readers: Sequence[FactorReader]) -> None:
        if len(readers) < 2:
            raise ValueError("reading crosswise needs two readers or more: python -m training --every 0/2 and --every 1/2")
        self.readers = tuple(readers)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> CrosswiseReaders:
        """The readers of `folders`, in the order of what they learnt from.

        Raises:
            ModelMissing: a folder holds no model.
            ValueError: fewer than two folders.
        """
        return cls([FactorReader.load(folder) for folder in folders])

    def of(self, index: int) -> FactorReader:
        """The reader for document number `index` of *train*: one that has not learnt from it."""
        return self.readers[(index + 1) % len(self.readers)]
