"""Folding: one character for one, and the same for every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.concepts._fold import fold, key, squeeze
from corpus.concepts._variants import lemmas, ways


@given(st.text(max_size=80))
def test_folding_keeps_the_length_and_changes_nothing_twice(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.sampled_from("ab数据 \u200b\u00ad\n"), max_size=60))
def test_squeezing_leads_back_to_every_character(text: str) -> None:
    short, places = squeeze(text)
    back = [places[at] if places else at for at in range(len(short))]
    assert [text[at] for at in back] == list(short)
    assert back == sorted(set(back))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("數據孤島", "数据孤岛"),
        ("ＡＩ＋政务", "ai+政务"),
        ("⺠⽣⼯程⻓期存在⻛险", "民生工程长期存在风险"),
        ("“双随机、一公开”", '"双随机,一公开"'),
        ("冯•诺伊曼", "冯·诺伊曼"),
    ],
)
def test_spellings_meet(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_signs_between_chinese_characters_do_not_tell_names_apart() -> None:
    assert key("双随机、一公开") == key("“双随机一公开”")
    assert key("5G 网络") == key("5G网络")


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("data silo", "data silos"),
        ("policy instruments", "policy instrument"),
        ("population ageing", "population aging"),
        ("public-private partnership", "public private partnerships"),
        ("anonymisation", "anonymization"),
        ("一网通办2.0", "一网通办 2.0"),
    ],
)
def test_ways_of_a_name(name: str, way: str) -> None:
    assert way in ways(name)


def test_lemmas_leave_out_small_words_and_endings() -> None:
    assert lemmas("The Analyses of policies' effects") == ("analysis", "policy", "effect")
