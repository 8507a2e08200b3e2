"""Answers of the heads for one window → factors with their place: the best path of tags that the rules of the tags allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from pipeline.model._heads import DIM, HOLDS, NAMED, TAG, TAGS
from pipeline.model._windows import CONTEXT, Window

NEVER = -1e4


def follows(tags: Sequence[str]) -> np.ndarray:
    """`[tag, tag]`, added to a step from the one to the other: an I- tag only behind its own B- or I-."""
    return np.array([[0.0 if not to.startswith("I-") or (tag != "O" and tag[2:] == to[2:]) else NEVER for to in tags] for tag in tags])


_FOLLOWS = follows(TAGS)


@dataclass(frozen=True, slots=True)
class Found:
    """A factor at `[start, end)` of the cleaned text. `types`: probability of none and of each type over its pieces."""

    sentence: int
    start: int
    end: int
    type: int
    types: np.ndarray
    dims: np.ndarray
    named: float
    held: np.ndarray
    path: float
    """mean log probability of its tags"""


def decoded(window: Window, answers: np.ndarray) -> Iterator[Found]:
    """Factors of the window in order; none crosses a sentence."""
    logs = log_softmax(answers[:, TAG])
    places = stretches(window)
    paths = best_paths([logs[start:end] for start, end in places], _FOLLOWS)
    for (start, end), path in zip(places, paths, strict=True):
        held = answers[start:end, HOLDS].mean(0)
        for first, last in runs(path):
            rows = slice(start + first, start + last)
            yield _found(window, answers[rows], logs[rows], rows, path[first:last], held)


def stretches(window: Window) -> list[tuple[int, int]]:
    """Where the pieces of each sentence lie in the window."""
    out: list[tuple[int, int]] = []
    at = 0
    for sentence, group in groupby(window.sentences):
        size = len(list(group))
        if sentence != CONTEXT:
            out.append((at, at + size))
        at += size
    return out


def runs(path: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Half-open stretches of the path that are one factor or name each: a B- tag and the I- tags of its type behind it."""
    n = 0
    while n < len(path):
        if path[n] == 0:
            n += 1
            continue
        end = n + 1
        while end < len(path) and path[end] == path[n] + 1:
            end += 1
        yield n, end
        n = end


def _found(window: Window, answers: np.ndarray, logs: np.ndarray, rows: slice, path: Sequence[int], held: np.ndarray) -> Found:
    tags = np.exp(logs).mean(0)
    return Found(
        sentence=window.sentences[rows.start],
        start=window.starts[rows.start],
        end=window.ends[rows.stop - 1],
        type=(path[0] - 1) // 2,
        types=np.concatenate([tags[:1], tags[1::2] + tags[2::2]]),
        dims=_softmax(answers[:, DIM].mean(0)),
        named=float(1 / (1 + np.exp(-answers[:, NAMED].mean()))),
        held=held,
        path=float(logs[np.arange(len(path)), path].mean()),
    )


def best_paths(scores: Sequence[np.ndarray], steps: np.ndarray) -> list[list[int]]:
    """For each array `[pieces, tags]` the tags with the highest sum among those that `steps` allows (Viterbi, all sentences side by side)."""
    if not scores:
        return []
    sizes = np.array([len(rows) for rows in scores])
    table = np.zeros((sizes.max(), len(scores), len(steps)))
    for n, rows in enumerate(scores):
        table[: len(rows), n] = rows
    state = table[0] + steps[0]
    states, back = [state], []
    for step in table[1:]:
        reach = state[:, :, None] + steps
        back.append(reach.argmax(1))
        state = reach.max(1) + step
        states.append(state)
    paths = []
    for n, size in enumerate(sizes):
        path = [int(states[size - 1][n].argmax())]
        for step in range(size - 2, -1, -1):
            path.append(int(back[step][n, path[-1]]))
        paths.append(path[::-1])
    return paths


def log_softmax(x: np.ndarray) -> np.ndarray:
    x = x - x.max(-1, keepdims=True)
    out: np.ndarray = x - np.log(np.exp(x).sum(-1, keepdims=True))
    return out


def _softmax(x: np.ndarray) -> np.ndarray:
    out: np.ndarray = np.exp(log_softmax(x))
    return out
