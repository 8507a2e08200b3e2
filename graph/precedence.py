"""What a precedent is, the same for every store: its faces, what counts as done, and how much is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.records import Force

__all__ = ["DONE_FIRST", "FACES", "MOST_DETAILS", "MOST_MEASURES", "outermost"]

MOST_MEASURES = 400
"""measures that are put together into practices; the best matches"""
MOST_DETAILS = 8
FACES: tuple[Literal["actor", "driver", "dilemma", "measure"], ...] = ("dilemma", "measure", "driver", "actor")
# what was done and how it went is a precedent; what is only wished for comes behind
DONE_FIRST: tuple[Force, ...] = ("reported", "piloted", "failed", "mandated", "planned", "encouraged", "advised")


def outermost(measure: int, above: Mapping[int, int]) -> int:
    """The measure at the end of the way up that `above` (measure → the one whose heading it stands under) leads; a ring ends where it closes."""
    seen = {measure}
    while (parent := above.get(measure)) is not None and parent not in seen:
        measure = parent
        seen.add(measure)
    return measure
