"""The path of tags: allowed, and the best of the allowed ones."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.model._decode import best_paths, decoded, follows
from pipeline.model._heads import ANSWERS, TAGS
from pipeline.model._windows import CONTEXT, Window

STEPS = follows(TAGS)


def allowed(path: tuple[int, ...]) -> bool:
    before = "O"
    for tag in (TAGS[n] for n in path):
        if tag.startswith("I-") and (before == "O" or before[2:] != tag[2:]):
            return False
        before = tag
    return True


@settings(max_examples=15, deadline=None)
@given(arrays(np.float64, (3, len(TAGS)), elements=st.integers(-9, 9).map(float)))
def test_best_path_is_the_best_of_all_allowed_ones(scores: np.ndarray) -> None:
    (path,) = best_paths([scores], STEPS)
    best = max(sum(scores[n, tag] for n, tag in enumerate(tried)) for tried in product(range(len(TAGS)), repeat=3) if allowed(tried))
    assert allowed(tuple(path))
    assert sum(scores[n, tag] for n, tag in enumerate(path)) == best


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_sentences_side_by_side_are_read_as_each_alone(sizes: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = [rng.normal(size=(size, len(TAGS))) for size in sizes]
    assert best_paths(scores, STEPS) == [best_paths([rows], STEPS)[0] for rows in scores]


def answers_for(tags: list[str]) -> np.ndarray:
    answers = np.zeros((len(tags), ANSWERS))
    for n, tag in enumerate(tags):
        answers[n, TAGS.index(tag)] = 9.0
    return answers


def test_no_factor_crosses_a_sentence() -> None:
    window = Window([0] * 5, [CONTEXT, 0, 0, 1, 1], [0, 0, 2, 4, 6], [0, 2, 4, 6, 8], [])
    found = list(decoded(window, answers_for(["O", "B-goal", "I-goal", "I-goal", "I-goal"])))
    assert (found[0].sentence, found[0].start, found[0].end) == (0, 0, 4)
    assert all(one.end <= 4 or one.start >= 4 for one in found)


def test_context_is_never_a_factor() -> None:
    window = Window([0] * 3, [CONTEXT, 0, CONTEXT], [0, 0, 0], [0, 2, 0], [])
    assert list(decoded(window, answers_for(["B-goal", "O", "B-goal"]))) == []


def test_a_window_of_context_alone_holds_nothing() -> None:
    assert list(decoded(Window([0], [CONTEXT], [0], [0], []), np.zeros((1, ANSWERS)))) == []
