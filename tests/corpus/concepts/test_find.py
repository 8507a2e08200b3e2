"""Names of concepts in texts: every way of writing, exact places."""

from __future__ import annotations

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
