"""Answers of the head for names → for each character what it says, and the names themselves by the best path of its tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model._decode import NEVER, best_paths, follows, log_softmax, runs, stretches
from pipeline.model._heads import NAME, NAME_TAGS
from pipeline.model._windows import Window

_FOLLOWS = follows(NAME_TAGS)
_OUTSIDE = -12.0
"""log probability of a name where no piece lies"""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Name:
    """`[start, end)` of the cleaned text is a name of the `kind`-th of the kinds."""

    start: int
    end: int
    kind: int


def names(window: Window, answers: Floats) -> Iterator[Name]:
    """Names of the window in order; none crosses a sentence."""
    logs = log_softmax(answers[:, NAME])
    places = stretches(window)
    for (start, _), path in zip(places, best_paths([logs[start:end] for start, end in places], _FOLLOWS), strict=True):
        for first, last in runs(path):
            begin, end = window.starts[start + first], window.ends[start + last - 1]
            if begin < end:
                yield Name(begin, end, (path[first] - 1) // 2)


def nothing(size: int) -> Floats:
    """`[characters, NAME_TAGS]` of a text of which nothing is known yet: all of it outside."""
    out = np.full((size, len(NAME_TAGS)), _OUTSIDE, dtype=np.float32)
    out[:, 0] = 0
    return out


def spread(window: Window, answers: Floats, scores: Floats) -> None:
    """Write the log probabilities of the tags of the window's pieces to their characters in `scores`.

    A name begins with the first character of a piece; the others go on with whatever the piece begins or goes on with.
    """
    logs = log_softmax(answers[:, NAME])
    inner = logs.copy()
    inner[:, 2::2] = np.logaddexp(logs[:, 1::2], logs[:, 2::2])
    inner[:, 1::2] = NEVER
    starts, ends = np.array(window.starts), np.array(window.ends)
    known = ends > starts
    for offset in range(int((ends - starts).max(initial=0))):
        here = known & (starts + offset < ends)
        scores[starts[here] + offset] = (inner if offset else logs)[here]
