"""Different numbers among many, as the answers of a server are counted by."""

from __future__ import annotations

import numpy as np
import pytest

from graph.neo4j._distinct import among, distinct, how_many


@pytest.mark.parametrize("values", [[], [5], [3, 1, 3], [1, 1, 2, 9], [2**62, -7, 2**62, 0], [4, 4, 4]])
def test_the_same_as_numpy_says(values: list[int]) -> None:
    column = np.array(values, dtype=np.int64)
    assert distinct(column).tolist() == np.unique(column).tolist()
    others = np.array([-7, 1, 3, 2**62], dtype=np.int64)
    assert among(column, others).tolist() == np.isin(column, others).tolist()
    assert not among(column, others[:0]).any()


def test_codes_are_counted_once() -> None:
    assert how_many(np.array([0, 2, 2, 7])) == 3
    assert how_many(np.zeros(0, dtype=np.int64)) == 0
