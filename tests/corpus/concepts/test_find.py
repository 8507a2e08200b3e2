"""Names of concepts in texts: every way of writing, exact places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import concepts


@pytest.mark.parametrize(
    ("text", "words", "identity"),
    [
        ("各部门应当打破数据孤岛。", "数据孤岛", "data-silos"),
        ("各部門應當打破數據孤島。", "數據孤島", "data-silos"),
        ("打破信息孤岛", "信息孤岛", "data-silos"),
        ("推进互联网＋政务服务改革", "互联网＋政务服务", "internet-plus-government-services"),
        ("推进“互联网+政务服务”改革", "互联网+政务服务", "internet-plus-government-services"),
        ("Many data silos remain.", "data silos", "data-silos"),
        ("a DATA SILO remains", "DATA SILO", "data-silos"),
        ("推动AI for Science与新药研发", "AI for Science", "ai-for-science"),
        ("推动Ａ\uff29 for Science与新药研发", "Ａ\uff29 for Science", "ai-for-science"),
        ("打破数\u200b据孤岛", "数\u200b据孤岛", "data-silos"),
    ],
)
def test_find_gives_the_exact_place_of_a_name(register: concepts.Register, text: str, words: str, identity: str) -> None:
    (match,) = [m for m in register.find(text) if m.concept == identity]
    assert text[match.start : match.end] == words


def test_find_prefers_the_longest_name(register: concepts.Register) -> None:
    assert [m.concept for m in register.find("公共数据授权运营")] == ["authorized-operation-of-public-data"]


def test_latin_names_end_where_the_word_ends(register: concepts.Register) -> None:
    assert not [m for m in register.find("data siloscope") if m.concept == "data-silos"]
    assert [m for m in register.find("面向AI的治理") if m.concept == "artificial-intelligence"]
    assert not [m for m in register.find("MAIN street") if m.concept == "artificial-intelligence"]


def test_near_misses_are_not_the_concept(register: concepts.Register) -> None:
    assert all(m.concept != "data-silos" for m in register.find("数据壁垒依然存在"))


@given(text=st.text(alphabet=st.sampled_from("数据孤岛信息數據島 \u200bABai＋+政务服务互联网\n，。𠮷\ud800⺠ "), max_size=60))
def test_places_are_in_the_text_and_names_do_not_overlap(register: concepts.Register, text: str) -> None:
    last = 0
    for match in register.find(text):
        assert 0 <= match.start < match.end <= len(text)
        if match.how == "name":
            assert match.start >= last
            last = match.end


def test_names_with_blanks_dots_and_numbers_are_found_whole(tmp_path: Path) -> None:
    names = ["AI for Science", "COVID-19", "一网通办2.0", "冯·诺伊曼"]
    rows = "".join(f'[own-{number}]\nnames = ["{name}"]\nenglish = ["own name {number}"]\ndefinition = "。"\n\n' for number, name in enumerate(names))
    # packaged names come first, so the folder takes over those that are packaged already
    (tmp_path / "own.toml").write_text(rows, encoding="utf-8")
    text = "推动ＡI for Science与一网通办2.0，应对COVID-19。冯•诺伊曼"
    found = [text[match.start : match.end] for match in concepts.load(tmp_path).find(text)]
    assert found == ["ＡI for Science", "一网通办2.0", "COVID-19", "冯•诺伊曼"]


def test_radicals_and_places_stay_what_the_text_has(register: concepts.Register) -> None:
    text = "⺠⽣⼯程⻓期存在数据孤岛，松原市乾安县政务服务局应当打破數據孤島。"
    assert [text[m.start : m.end] for m in register.find(text) if m.concept == "data-silos"] == ["数据孤岛", "數據孤島"]


@pytest.mark.parametrize(
    ("text", "found"), [("the UN report", True), ("an unusual un case", False), ("LLMs help", True), ("the who and why", False), ("WHO指南", True)]
)
def test_acronyms_are_written_in_capitals(register: concepts.Register, text: str, found: bool) -> None:
    acronyms = {"united-nations", "large-language-model", "world-health-organization"}
    assert bool(acronyms & {match.concept for match in register.find(text)}) is found


HOSTILE = ("数" * 200_000, "数据" * 100_000, "人才" * 50_000 + "不足" * 50_000, "a-" * 100_000, "\ud800数据孤岛", "\x00数据孤岛\x00", "  " * 100_000)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_read_like_any(register: concepts.Register, text: str) -> None:
    matches = register.find(text, problem=True)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    assert ("data-silos" in {match.concept for match in matches}) is ("数据孤岛" in text)
