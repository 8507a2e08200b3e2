"""Decisions: an append-only log, and quotes that are found again or not at all, never at a wrong place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decisions import DecisionLog, anchor, find_again
from corpus.errors import AlreadyUndone, NoSuchDecision

NOW = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
TEXT = "一、问题\n部门之间数据孤岛突出。\n二、对策\n为破解数据孤岛，应当建平台。为破解数据孤岛，应当立标准。为破解数据孤岛，应当设专员。"


def place(quote: str, nth: int = 0, text: str = TEXT) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = text.index(quote, at + 1)
    return at, at + len(quote)


def made(quote: str, nth: int = 0, text: str = TEXT):
    start, end = place(quote, nth, text)
    return anchor("d1", text, start, end, raw=(start, end))


@pytest.mark.parametrize("nth", range(4))
def test_a_quote_that_stands_often_is_found_at_its_own_place(nth: int) -> None:
    mark = made("数据孤岛", nth)
    shifted = "示例学报\n" + TEXT
    assert find_again(mark, shifted) == place("数据孤岛", nth, shifted)


@given(st.integers(0, len(TEXT)), st.text(alphabet="数据，。 \n新增的话", max_size=20), st.integers(0, 3))
def test_words_put_in_elsewhere_never_lead_to_a_wrong_place(at: int, inserted: str, nth: int) -> None:
    start, end = place("数据孤岛", nth)
    mark = made("数据孤岛", nth)
    changed = TEXT[:at] + inserted + TEXT[at:]
    found = find_again(mark, changed)
    moved = len(inserted) if at <= start else 0
    if start < at < end:
        assert found is None or changed[found[0] : found[1]].replace(" ", "").replace("\n", "") == "数据孤岛"
    else:
        assert found in (None, (start + moved, end + moved))


def test_blanks_width_and_case_that_a_mended_cleaner_changes_do_not_hide_a_quote() -> None:
    text = "针对数据 孤岛，建立ＡＩ平台，推动共享。"
    mark = made("建立ＡＩ平台", 0, text)
    mended = "针对数据孤岛，建立AI平台，推动共享。"
    assert find_again(mark, mended) == place("建立AI平台", 0, mended)


def test_a_quote_that_is_gone_or_has_no_surroundings_in_common_is_not_found() -> None:
    mark = made("数据孤岛", 0)
    assert find_again(mark, TEXT.replace("数据孤岛", "数据壁垒")) is None
    assert find_again(mark, "完全不同的文章也说到数据孤岛这个词。") is None


def test_two_places_that_look_alike_are_nobodys() -> None:
    text = "甲。数据孤岛。乙。" * 2
    mark = made("数据孤岛", 0, "甲。数据孤岛。乙。")
    assert find_again(mark, "前" + text) is None


def test_an_empty_or_outside_stretch_is_no_anchor() -> None:
    for start, end in ((3, 3), (-1, 2), (0, 10_000)):
        with pytest.raises(ValueError, match="no stretch"):
            anchor("d1", TEXT, start, end, raw=(0, 0))


def test_the_log_keeps_everything_in_order(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions")
    assert log.read() == ()
    first = log.append(kind="reject", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),), before={"confidence": 0.5})
    second = log.append(kind="undo", who="李编辑", now=NOW, undoes=first.id)
    assert DecisionLog(tmp_path / "decisions").read() == (first, second)
    assert first.id != second.id


def test_what_is_not_there_or_was_taken_back_cannot_be_taken_back(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    with pytest.raises(NoSuchDecision):
        log.append(kind="undo", who="王编辑", now=NOW, undoes="c0")
    first = log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    with pytest.raises(AlreadyUndone):
        log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)


def test_a_decision_of_nobody_or_without_its_places_is_refused(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    with pytest.raises(ValueError, match="nobody"):
        log.append(kind="accept", who=" ", now=NOW, target="factor", anchors=(made("数据孤岛"),))
    with pytest.raises(ValueError, match="anchors"):
        log.append(kind="accept", who="王编辑", now=NOW, target="link", anchors=(made("数据孤岛"),))
    assert log.read() == ()


def test_a_line_that_a_crash_cut_off_is_set_aside_and_the_log_goes_on(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    first = log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    with log.path.open("ab") as out:
        out.write(b'{"id":"c1","at"')
    assert log.read() == (first,)
    second = log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    assert log.read() == (first, second)
    assert (tmp_path / "decisions.torn").read_bytes() == b'{"id":"c1","at"\n'
