"""The quick count of right statements that training goes by: same type, places overlapping by half, one to one, document by document."""

from __future__ import annotations

import pytest

from training.agreement import counts, f1, overlap, summary

# 针对数据孤岛，应建立共享机制。 | 人才不足。
DILEMMA, MEASURE, SECOND = (2, 6, "dilemma"), (8, 14, "countermeasure"), (15, 19, "dilemma")
STARTS = [0, 15]


def test_the_same_statements_are_all_right() -> None:
    row = counts([DILEMMA, MEASURE, SECOND], [DILEMMA, MEASURE, SECOND], STARTS)
    assert f1([row], "span all") == (1.0, 1.0, 1.0)
    assert f1([row], "sentence all") == (1.0, 1.0, 1.0)
    assert row["span dilemma"].tolist() == [2, 2, 2]
    assert row["span goal"].tolist() == [0, 0, 0]


def test_a_place_that_overlaps_by_half_is_right_and_one_that_does_not_counts_for_its_sentence_alone() -> None:
    by_half = counts([(2, 4, "dilemma")], [DILEMMA], STARTS)
    assert by_half["span all"].tolist() == [1, 1, 1]
    by_less = counts([(5, 9, "dilemma")], [DILEMMA], STARTS)
    assert by_less["span all"].tolist() == [0, 1, 1]
    assert by_less["sentence all"].tolist() == [1, 1, 1]


def test_another_type_at_the_same_place_is_wrong() -> None:
    row = counts([(2, 6, "goal")], [DILEMMA], STARTS)
    assert row["span all"].tolist() == [0, 1, 1]
    assert row["sentence all"].tolist() == [0, 1, 1]


def test_one_annotated_statement_answers_for_one_found_one_the_closest() -> None:
    row = counts([(2, 5, "dilemma"), (2, 6, "dilemma")], [DILEMMA], STARTS)
    assert row["span all"].tolist() == [1, 2, 1]
    assert f1([row], "span all") == pytest.approx((0.5, 1.0, 2 / 3))


def test_documents_are_added_up_and_said_in_one_line() -> None:
    rows = [counts([DILEMMA], [DILEMMA], STARTS), counts([], [MEASURE], STARTS)]
    assert f1(rows, "span all") == pytest.approx((1.0, 0.5, 2 / 3))
    assert summary(rows).startswith("sentence 0.6667 span 0.6667 (P 1.000 R 0.500)")


def test_overlap_is_a_share_of_both_and_below_nothing_apart() -> None:
    assert overlap((0, 4), (2, 6)) == pytest.approx(2 / 6)
    assert overlap((0, 4), (0, 4)) == 1.0
    assert overlap((0, 2), (4, 6)) < 0
