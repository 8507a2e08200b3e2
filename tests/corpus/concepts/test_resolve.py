"""Questions → concepts: by what rule, and how often right on questions written for this project."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import concepts
from corpus.concepts import _meaning

QUESTIONS = Path(__file__).with_name("questions.tsv")


@pytest.mark.parametrize(
    ("question", "identity", "how"),
    [
        ("数据孤岛", "data-silos", "name"),
        ("數據孤島", "data-silos", "script"),
        ("數位落差", "digital-divide", "script"),
        ("跨境数据流动", "cross-border-data-flow", "name"),
        ("数据开放政府", "open-government-data", "order"),
        ("数字正府", "digital-government", "typo"),
        ("一网办通", "one-stop-online-government-services", None),
        ("长期护保险", "long-term-care-insurance", "typo"),
        ("国自然", "national-natural-science-foundation-grants", "short form"),
        ("双碳", "carbon-peaking-and-carbon-neutrality", "name"),
        ("operation of authorized public data", "authorized-operation-of-public-data", "inflection"),
        ("digtal government", "digital-government", "typo"),
        ("数据孤岛怎么办？", "data-silos", "name"),
        ("how do data silos link to proposed remedies?", "data-silos", None),
        ("请问“互联网＋政务服务”有哪些问题", "internet-plus-government-services", None),
        ("数据-孤岛", "data-silos", None),
        ('"信息孤岛', "data-silos", None),
    ],
)
def test_a_question_is_understood(register: concepts.Register, question: str, identity: str, how: str | None) -> None:
    resolution = register.resolve(question)
    assert resolution.candidates[0].concept == identity
    assert how is None or resolution.candidates[0].how == how


@pytest.mark.parametrize("question", ["", " ", "*", "？？？", "NOT", "OR", "\ud800", "\x00", "的", "a" * 10_000, "数" * 10_000])
def test_a_question_without_content_is_no_error(register: concepts.Register, question: str) -> None:
    assert len(register.resolve(question).question) == min(500, len(question))


def test_words_are_what_remains_for_a_text_search(register: concepts.Register) -> None:
    assert register.resolve("蓝藻水华怎么治理？").words == ("蓝藻水华", "治理")


def test_a_guess_is_offered_and_not_answered(register: concepts.Register) -> None:
    resolution = register.resolve("公共草场谁都去放羊最后草都没了")
    assert resolution.concept is None


@pytest.mark.parametrize("question", ["基层怎样破解部门之间的数据孤岛？", "县里各单位的数据孤岛到底怎么打破才好"])
def test_a_name_inside_a_question_is_an_answer_though_its_wording_says_so_louder(register: concepts.Register, question: str) -> None:
    assert register.resolve(question).concept == "data-silos"


def test_without_the_encoder_everything_else_works(register: concepts.Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_meaning, "available", _never)
    assert register.resolve("数字正府").concept == "digital-government"
    assert all(candidate.how != "meaning" for candidate in register.resolve("老人不会上网办不了事").candidates)


def _never() -> bool:
    return False


def test_most_questions_written_for_this_project_are_understood(register: concepts.Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the encoder, so that the rules answer for themselves; whole sentences are what the encoder is for."""
    monkeypatch.setattr(_meaning, "available", _never)
    right = total = 0
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            wanted = register.identify(row["concept"])
            assert wanted is not None, f"{row['concept']} is not in the register"
            if row["kind"] != "sentence":
                total += 1
                right += register.resolve(row["question"]).candidates[0].concept == wanted
    assert right / total >= 0.85


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("智慧财产权", "知识产权", True),
        ("公民參與", "公众参与", True),
        ("river chiefs system", "河长制", True),
        ("OECD", "经合组织", True),
        ("数据安全", "网络安全", False),
        ("优青", "杰青", False),
        ("碳达峰", "碳中和", False),
        ("蓝藻水華", "蓝藻水华", True),
        ("蓝藻水华", "赤潮", False),
    ],
)
def test_names_are_joined_or_kept_apart(register: concepts.Register, first: str, second: str, same: bool) -> None:
    assert register.same(first, second) is same
    assert register.same(second, first) is same


@settings(max_examples=30, deadline=None)
@given(question=st.text(max_size=30))
def test_resolving_is_repeatable_and_never_fails(register: concepts.Register, question: str) -> None:
    first = register.resolve(question)
    assert first == register.resolve(question)
    assert len(first.candidates) <= 3
    assert [c.score for c in first.candidates] == sorted((c.score for c in first.candidates), reverse=True)
