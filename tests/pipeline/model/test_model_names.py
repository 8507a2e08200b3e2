"""Names out of the encoder's answers: whole, within their sentence, and what each character is told."""

from __future__ import annotations

from typing import get_args

import numpy as np

from pipeline.extract.entities._tagger import TYPES
from pipeline.model._encoder import Reading
from pipeline.model._heads import ANSWERS, NAME, NAME_TAGS
from pipeline.model._names import Name
from pipeline.model._windows import CONTEXT, Window
from pipeline.records import EntityType

GOVERNMENT, PLACE = TYPES.index("government"), TYPES.index("place")


def reading_of(tags: list[str], window: Window, size: int) -> Reading:
    answers = np.zeros((len(tags), ANSWERS), dtype=np.float32)
    for n, tag in enumerate(tags):
        answers[n, NAME.start + NAME_TAGS.index(tag)] = 9.0
    return Reading.of(size, [(window, answers)])


def test_kinds_of_the_head_are_those_of_the_contract_in_order() -> None:
    assert get_args(EntityType) == TYPES
    assert NAME_TAGS[1:] == tuple(mark + kind for kind in TYPES for mark in ("B-", "I-"))


def test_a_name_is_read_from_its_first_piece_to_its_last() -> None:
    """甲省|数管|局|负责 with a marker of the block in front."""
    window = Window([0] * 5, [CONTEXT, 0, 0, 0, 0], [0, 0, 2, 4, 5], [0, 2, 4, 5, 7], [])
    reading = reading_of(["O", "B-government", "I-government", "I-government", "O"], window, 7)
    assert list(reading.names) == [Name(0, 5, GOVERNMENT)]


def test_no_name_crosses_a_sentence_and_context_is_none() -> None:
    window = Window([0] * 4, [CONTEXT, 0, 1, CONTEXT], [0, 0, 2, 0], [0, 2, 4, 0], [])
    reading = reading_of(["B-place", "B-place", "I-place", "I-place"], window, 4)
    found = list(reading.names)
    assert found[0] == Name(0, 2, PLACE)
    assert all(one.start >= 2 for one in found[1:])


def test_a_name_begins_with_the_first_character_of_a_piece_alone() -> None:
    window = Window([0] * 2, [0, 0], [1, 3], [3, 6], [])
    scores = reading_of(["B-place", "I-place"], window, 8).name_scores
    begins, inside = 1 + 2 * PLACE, 2 + 2 * PLACE
    assert scores.shape == (8, len(NAME_TAGS))
    assert scores.argmax(1).tolist() == [0, begins, inside, inside, inside, inside, 0, 0]
    assert scores[2, begins] < -1000
    assert np.allclose(np.exp(scores[[1, 3]]).sum(1), 1, atol=1e-5)
