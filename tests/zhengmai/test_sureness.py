"""Which links are shown without being asked for: one pair of numbers, and whatever a person confirmed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from graph.records import Review
from pipeline.records import Basis
from zhengmai.sureness import SURENESS, sure


@dataclass(frozen=True)
class Row:
    basis: Basis
    confidence: float
    review: Review = "open"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row("stated", SURENESS["stated"].least), True),
        (Row("stated", SURENESS["stated"].least - 0.001), False),
        (Row("aligned", SURENESS["aligned"].least), True),
        (Row("aligned", SURENESS["aligned"].least - 0.001), False),
        (Row("stated", 0.01, "accepted"), True),
        (Row("aligned", 0.01, "accepted"), True),
    ],
)
def test_the_line_is_drawn_by_basis_and_a_person_stands_above_it(row: Row, expected: bool) -> None:
    assert sure(row) is expected


def test_how_often_sure_links_are_right_is_a_share_of_a_hundred() -> None:
    for basis in ("stated", "aligned"):
        low, high = SURENESS[basis].right
        assert 0 < low <= high <= 100
    # what the text says itself is the surer, taken at the worse of two parts: the better one of aligned links counts a dozen of them
    assert SURENESS["stated"].right[0] > SURENESS["aligned"].right[0]
