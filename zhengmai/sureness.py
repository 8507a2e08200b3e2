"""How far a link can be relied on, in one place: below which confidence it is folded away, and how often links like it are right.

Both figures per basis come from `benchmarks` on annotated documents that the model has not seen (links of type addressed_by, a link being right where
both its ends and its type agree with the annotation): of stated links with a confidence of .57 and more 73 to 79 in 100 are right, of aligned ones
with .35 and more 63 in 100. Below, fewer are. What a person confirmed needs no figure.
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


SURENESS: dict[Basis, Sureness] = {"stated": Sureness(0.57, (73, 79)), "aligned": Sureness(0.35, (63, 63))}


class Rated(Protocol):
    """A row with a basis: `RemedyRow`, `LinkRow`, `LinkView`."""

    @property
    def basis(self) -> Basis: ...
    @property
    def confidence(self) -> float: ...
    @property
    def review(self) -> Review: ...


def sure(row: Rated) -> bool:
    """Whether a link is shown without being asked for: a stated one of .57 and more, an aligned one of .35 and more, any that a person confirmed."""
    return row.review == "accepted" or row.confidence >= SURENESS[row.basis].least
