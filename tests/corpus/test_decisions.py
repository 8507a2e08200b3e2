"""Decisions: an append-only log, and quotes that are found again or not at all, never at a wrong place."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decisions import DecisionLog, anchor, find_again
from corpus.errors import AlreadyAnswered, AlreadyUndone, NoSuchDecision
from tests.strategies import hostile_texts, sentences

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


def test_only_a_report_may_have_no_name_and_be_about_words_alone(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    report = log.append(kind="report", who="", now=NOW, target="place", anchors=(made("数据孤岛"),), note="漏了")
    with pytest.raises(ValueError, match="words alone"):
        log.append(kind="accept", who="王编辑", now=NOW, target="place", anchors=(made("数据孤岛"),))
    with pytest.raises(ValueError, match="verdict"):
        log.append(kind="answer", who="王编辑", now=NOW, target="place", anchors=(made("数据孤岛"),), answers=report.id)
    assert log.read() == (report,)


def test_a_report_has_one_answer_until_that_is_taken_back(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    report = log.append(kind="report", who="", now=NOW, target="place", anchors=(made("数据孤岛"),))

    def answer(verdict: str):
        return log.append(kind="answer", who="王编辑", now=NOW, target="place", anchors=report.anchors, answers=report.id, verdict=verdict)  # type: ignore[arg-type]

    first = answer("reject")
    with pytest.raises(AlreadyAnswered):
        answer("dismiss")
    log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    assert answer("dismiss").verdict == "dismiss"
    log.append(kind="undo", who="王编辑", now=NOW, undoes=report.id)
    with pytest.raises(NoSuchDecision):
        answer("accept")


def test_a_line_that_a_crash_cut_off_is_set_aside_and_the_log_goes_on(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    first = log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    with log.path.open("ab") as out:
        out.write(b'{"id":"c1","at"')
    assert log.read() == (first,)
    second = log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    assert log.read() == (first, second)
    assert (tmp_path / "decisions.torn").read_bytes() == b'{"id":"c1","at"\n'


def test_a_line_that_is_no_decision_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    first = log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    second = log.append(kind="reject", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("建平台"),))
    lines = log.path.read_bytes().split(b"\n")
    log.path.write_bytes(b"\n".join([lines[0], b'{"id": 3}', b"\xff\xfe", b"", lines[1][:40], lines[1], b""]))
    assert log.read() == (first, second)
    assert [(line.file, line.number) for line in log.unreadable()] == [("decisions.jsonl", 2), ("decisions.jsonl", 3), ("decisions.jsonl", 5)]
    assert "王编辑" not in log.unreadable()[0].reason


def test_a_line_set_aside_is_named_too(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    log.path.write_bytes(b'{"id":"c1","at"')
    assert [line.text for line in log.unreadable()] == ['{"id":"c1","at"']
    log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    assert [(line.file, line.text) for line in log.unreadable()] == [("decisions.torn", '{"id":"c1","at"')]


def test_a_whole_last_line_without_its_end_is_a_decision(tmp_path: Path) -> None:
    """An editor that saves without a last line end must not cost a decision."""
    log = DecisionLog(tmp_path)
    first = log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    log.path.write_bytes(log.path.read_bytes().rstrip(b"\n"))
    assert DecisionLog(tmp_path).read() == (first,)
    second = log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    assert DecisionLog(tmp_path).read() == (first, second)
    assert log.unreadable() == ()


def test_another_process_is_heard(tmp_path: Path) -> None:
    one, other = DecisionLog(tmp_path), DecisionLog(tmp_path)
    assert one.read() == ()
    first = other.append(kind="accept", who="李编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    assert one.read() == (first,)
    one.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    with pytest.raises(AlreadyUndone):
        other.append(kind="undo", who="李编辑", now=NOW, undoes=first.id)


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    def decide(number: int) -> str:
        log = DecisionLog(tmp_path)
        return log.append(kind="accept", who=f"编辑{number}", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),)).id

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(decide, range(16)))
    assert sorted(one.id for one in DecisionLog(tmp_path).read()) == sorted(written)
    assert len(set(written)) == 16


def test_every_cut_of_the_log_loses_the_last_decision_at_most(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "whole")
    first = log.append(kind="accept", who="王编辑", now=NOW, target="factor", type="dilemma", anchors=(made("数据孤岛"),))
    second = log.append(kind="undo", who="王编辑", now=NOW, undoes=first.id)
    data = log.path.read_bytes()
    begin = data.index(b"\n") + 1
    for cut in range(begin, len(data)):
        torn = DecisionLog(tmp_path / f"cut{cut}")
        torn.folder.mkdir()
        torn.path.write_bytes(data[:cut])
        read = torn.read()
        assert read == ((first, second) if cut == len(data) - 1 else (first,))
        assert len(torn.unreadable()) == (0 if cut in (begin, len(data) - 1) else 1)


LONG = (
    "一、存在的问题\n部分地区对⺠生数据重视不够，系统各自建设，数据孤岛突出。2018年有30%的企业反映填报重复。\n"
    "二、对策建议\n建立统一的数据共享平台，明确各部门的责任[12]。完善绩效考核制度，打破部门壁垒。加强人才培养，提高服务水平。\n"
)


@pytest.mark.parametrize(
    ("quote", "old", "new", "found"),
    [
        ("建立统一的数据共享平台", "统一的数据", "统一 的数据", "建立统一 的数据共享平台"),
        ("明确各部门的责任[12]", "[12]", "", "明确各部门的责任"),
        ("明确各部门的责任", "[12]", "", "明确各部门的责任"),
        ("打破部门壁垒", "[12]", "〔12〕", "打破部门壁垒"),
        ("部分地区对⺠生数据重视不够", "⺠", "民", "部分地区对民生数据重视不够"),
        ("30%的企业反映填报重复", "30%", "30%", "30%的企业反映填报重复"),
        ("30%的企业反映填报重复", "填报", "填 报", "30%的企业反映填 报重复"),
        ("30%的企业反映填报重复", "填报", "填[3]报", "30%的企业反映填[3]报重复"),
        ("加强人才培养", "加强人才", "加强\u200b人才", "加强\u200b人才培养"),
        ("数据孤岛突出", "一、存在的问题\n", "", "数据孤岛突出"),
        ("数据孤岛突出", "系统各自建设，", "系统各自建设[5]，", "数据孤岛突出"),
    ],
)
def test_small_changes_of_cleaning_do_not_hide_a_quote(quote: str, old: str, new: str, found: str) -> None:
    start, end = place(quote, 0, LONG)
    changed = "示例学报 第3期\n" + LONG.replace(old, new)
    place_now = find_again(anchor("d1", LONG, start, end, raw=(start, end)), changed)
    assert place_now is not None
    assert changed[place_now[0] : place_now[1]] == found


@pytest.mark.parametrize(
    ("quote", "changed"),
    [
        ("完善绩效考核制度", LONG.replace("完善绩效考核制度", "取消绩效考核制度")),
        ("完善绩效考核制度", LONG.replace("完善绩效考核制度", "不断完善绩效考核的制度")),
        ("完善绩效考核制度", LONG.replace("完善绩效考核制度，", "") + "另一篇文章说到要完善绩效考核制度，与上文无关。"),
        ("加强人才培养", "加强人才培养。" * 3),
        ("平台", LONG.replace("数据共享平台", "数据共享系统") + "平台经济发展很快。"),
        ("数据孤岛突出", ""),
        ("有30%的企业反映填报重复", LONG.replace("30%", "20％")),
    ],
)
def test_changed_words_and_other_places_are_not_taken(quote: str, changed: str) -> None:
    start, end = place(quote, 0, LONG)
    assert find_again(anchor("d1", LONG, start, end, raw=(start, end)), changed) is None


def test_a_long_quote_is_known_wherever_it_moved() -> None:
    quote = "建立统一的数据共享平台，明确各部门的责任[12]。完善绩效考核制度"
    start, end = place(quote, 0, LONG)
    moved = "全文另作安排。\n" + quote + "\n其余从略。"
    assert find_again(anchor("d1", LONG, start, end, raw=(start, end)), moved) == place(quote, 0, moved)


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences(), min_size=4, max_size=12, unique=True), st.data())
def test_every_sentence_of_an_unchanged_or_shifted_text_is_found(lines: list[str], data: st.DataObject) -> None:
    text = "".join(lines)
    number = data.draw(st.integers(0, len(lines) - 1))
    start = sum(map(len, lines[:number]))
    mark = anchor("d1", text, start, start + len(lines[number]), raw=(0, 1))
    assert find_again(mark, text) == (mark.start, mark.end)
    head = data.draw(sentences())
    found = find_again(mark, head + text)
    assert found is None or (head + text)[found[0] : found[1]] == mark.quote


@settings(max_examples=60, deadline=None)
@given(hostile_texts(), st.integers(0, 200), st.integers(1, 30), hostile_texts())
def test_what_is_found_is_the_quote_but_for_width_blanks_and_marks(text: str, at: int, length: int, other: str) -> None:
    start = min(at, max(0, len(text) - 1))
    end = min(len(text), start + length)
    if start >= end:
        return
    mark = anchor("d1", text, start, end, raw=(0, 1))
    assert find_again(mark, text) == (start, end)
    changed = other + text
    found = find_again(mark, changed)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(changed)
        wanted, here = (unicodedata.normalize("NFKC", "".join(part.split())).lower() for part in (mark.quote, changed[found[0] : found[1]]))
        assert _plain(wanted) == _plain(here)


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isalpha() and not "\u2e80" <= char <= "\u2fdf")


def test_places_are_looked_for_in_bounded_time() -> None:
    text = "的" * 300_000 + LONG + "的数据" * 100_000
    start = text.index("数据孤岛突出")
    mark = anchor("d1", text, start, start + 6, raw=(0, 1))
    assert find_again(mark, "的" + text) == (start + 1, start + 7)
    assert find_again(anchor("d1", text, 5, 6, raw=(5, 6)), "数据" + text[:-1]) in (None, (5, 6))


def test_the_words_of_a_purged_document_go_out_of_the_log_and_nothing_else(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    kept = log.append(kind="accept", who="王", now=NOW, target="factor", type="dilemma", anchors=(anchor("d2", "人才短缺。", 0, 4, raw=(0, 4)),))
    gone = log.append(
        kind="reject",
        who="李",
        now=NOW,
        target="factor",
        type="dilemma",
        anchors=(made("数据孤岛突出"),),
        before={"text": "数据孤岛突出"},
        note="数据孤岛突出不对",
    )
    back = log.append(kind="undo", who="李", now=NOW, undoes=gone.id)
    (tmp_path / "decisions.torn").write_text('{"document":"d1","quote":"数据孤岛\n{"document":"d2"\n', encoding="utf-8")
    assert log.redact({"d1"}, at="2026-01-02") == 1
    first, second, third = log.read()
    assert (first, third) == (kept, back)
    assert (second.id, second.who, second.kind, second.type, second.at) == (gone.id, gone.who, gone.kind, gone.type, gone.at)
    assert (second.anchors[0].quote, second.before, second.note) == ("■" * 6, {"purged": "2026-01-02"}, None)
    assert all("孤岛" not in path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.name != ".lock")
    assert [line.text for line in log.unreadable()] == ['{"document":"d2"']
    assert log.redact({"d1"}, at="2026-02-02") == 0
    assert DecisionLog(tmp_path / "none").redact({"d1"}, at="2026-01-02") == 0
