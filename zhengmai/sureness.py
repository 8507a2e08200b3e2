"""How far a link can be relied on, in one place: below which confidence it is folded away, and how often links like it are right.

The figures are those of `python -m benchmarks sureness` (dev, and `--part test`) on annotated documents that the model has not seen, a link being right
where both its ends and its basis agree with the annotation: of stated links with a confidence of .45 and more 68 to 70 in 100 are right, of aligned ones
with .40 and more 63 to 67 (6 and 41 of them: few). Of all that are found it is 41 to 43 and 39 to 45. What a person confirmed needs no figure.
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


SURENESS: dict[Basis, Sureness] = {"stated": Sureness(0.45, (68, 70)), "aligned": Sureness(0.40, (63, 67))}


class Rated(Protocol):
    """A row with a basis: `RemedyRow`, `LinkRow`, `LinkView`."""

    @property
    def basis(self) -> Basis: ...
    @property
    def confidence(self) -> float: ...
    @property
    def review(self) -> Review: ...


def sure(row: Rated) -> bool:
    """Whether a link is shown without being asked for: a stated one of .45 and more, an aligned one of .40 and more, any that a person confirmed."""
    return row.review == "accepted" or row.confidence >= SURENESS[row.basis].least
