"""Key words that a paper prints in two languages become proposals, pair by pair, or nothing."""

from __future__ import annotations

import pytest

from corpus import concepts
from corpus.concepts import english_keywords, propose_from_keywords


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Key words: data silos; digital government; one-stop service", ("data silos", "digital government", "one-stop service")),
        ("Keywords：data silos， digital government", ("data silos", "digital government")),
        ("【Key words】 Data  silos; Digital government.", ("Data silos", "Digital government")),
        ("Keywordsdata silos,digital government", ("data silos", "digital government")),
        ("Key words: data silos; village rules 收稿日期：2019-03-01", ("data silos", "village rules")),
        ("Keywords data silos, village rules DOI 10.1000/1", ("data silos", "village rules")),
        ("Keywords: data silos; village rules CLC number: D63", ("data silos", "village rules")),
    ],
)
def test_an_english_line_is_divided_as_it_is_printed(line: str, words: tuple[str, ...]) -> None:
    assert english_keywords(line) == words


@pytest.mark.parametrize(
    "line",
    [
        "data silos; digital government",  # no key-word line
        "Key words: data silos digital government village rules",  # not divided: nobody can say where one ends
        "Key words: " + "datasilosanddigitalgovernment" * 4 + "; village",  # signs lost in conversion
        "Key words:",
        "",
        "关键词：数据孤岛；数字政府",
        "Key words: 数据孤岛；数字政府",
        "Key words " + "; " * 20_000,
    ],
)
def test_what_cannot_be_divided_gives_nothing(line: str) -> None:
    assert english_keywords(line) == ()


def test_key_words_in_two_languages_are_proposed(register: concepts.Register) -> None:
    rows = propose_from_keywords(
        register, ["数据孤岛", "数字政府", "蓝藻水华", "数据安全"], ["data chimney", "digital government", "blue algae", "information security"]
    )
    assert [(row.chinese, row.concept, row.new) for row in rows] == [
        ("数据孤岛", "data-silos", "data chimney"),
        ("数字政府", "digital-government", None),
        ("蓝藻水华", None, None),
    ]


def test_lists_of_different_length_propose_nothing(register: concepts.Register) -> None:
    assert propose_from_keywords(register, ["数据孤岛"], []) == ()


def test_a_word_that_both_lists_print_alike_is_no_pair(register: concepts.Register) -> None:
    assert propose_from_keywords(register, ["SWOT", "数据孤岛"], ["SWOT", "data silos"])[0].chinese == "数据孤岛"


def test_words_run_together_in_conversion_are_no_new_names(register: concepts.Register) -> None:
    rows = propose_from_keywords(register, ["数字政府", "数据孤岛", "气候"], ["digitalgovernment", "transformationofscientificdata", "climate"])
    assert [(row.chinese, row.new) for row in rows if row.concept] == [("数字政府", None)]
    assert "数据孤岛" not in {row.chinese for row in rows}
