"""How far a link can be relied on, in one place: below which confidence it is folded away, and how often links like it are right.

The figures are those of `python -m benchmarks sureness` (dev, and `--part test`) on annotated documents that the model has not seen, a link being right
where both its ends and its basis agree with the annotation: of stated links with a confidence of .57 and more 63 to 66 in 100 are right, of aligned ones
with .40 and more 37 to 67 (12 and 38 of them: few). Of all that are found it is 42 to 44 and 33 to 48. What a person confirmed needs no figure.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from graph.records import Review
from pipeline.records import Basis

__all__ = ["SURENESS", "Rated", "Sureness", "sure"]


class Sureness(NamedTuple):
    """What is known of the links of one basis."""

    least: float
    """confidence from which on a link counts as sure"""
    right: tuple[int, int]
    """of 100 sure links, how many are right: from, to"""


SURENESS: dict[Basis, Sureness] = {"stated": Sureness(0.57, (63, 66)), "aligned": Sureness(0.40, (37, 67))}


class Rated(Protocol):
    """A row with a basis: `RemedyRow`, `LinkRow`, `LinkView`."""

    @property
    def basis(self) -> Basis: ...
    @property
    def confidence(self) -> float: ...
    @property
    def review(self) -> Review: ...


def sure(row: Rated) -> bool:
    """Whether a link is shown without being asked for: a stated one of .57 and more, an aligned one of .40 and more, any that a person confirmed."""
    return row.review == "accepted" or row.confidence >= SURENESS[row.basis].least
