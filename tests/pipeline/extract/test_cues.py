"""What the words leave no doubt of is found beside the reader; what merely points back, or is no problem, is left alone."""

from __future__ import annotations

import pytest

from pipeline.extract.cues import AUTHOR, find_cued_statements
from pipeline.records import Block, Factor, Sentence
from pipeline.structure import Structure


def found(text: str, measure: str, *others: str) -> list[str]:
    """Texts of the dilemmas found in a one-sentence document whose measure is given."""
    block = Block(id="b", text=text, start=0, end=len(text), raw=(0, len(text)), role="body")
    structure = Structure(clean_text=text, raw_starts=(), raw_ends=(), blocks=(block,), references=())
    sentence = Sentence(id="s", start=0, end=len(text), block="b")
    factors = []
    for kind, words in (("countermeasure", measure), *(("dilemma", other) for other in others)):
        at = text.index(words)
        factors.append(Factor(id=words, type=kind, text=words, sentence=text, start=at, end=at + len(words), scope="clause", confidence=0.9, author="test"))
    cued = list(find_cued_statements(structure, [sentence], sorted(factors, key=lambda one: one.start)))
    assert all(text[one.start : one.end] == one.text and one.author == AUTHOR for one in cued)
    return [one.text for one in cued]


@pytest.mark.parametrize(
    ("text", "measure", "wanted"),
    [
        ("针对数据孤岛，应当建立统一的共享平台。", "建立统一的共享平台", ["数据孤岛"]),
        ("为破解数据孤岛，省级政府应当建立平台。", "建立平台", ["数据孤岛"]),
        ("为有效缓解基层人才短缺的问题，应加强培训。", "加强培训", ["基层人才短缺"]),
        ("針對資料孤島，應建立共享平台。", "建立共享平台", ["資料孤島"]),
        ("针对老年人，应当保留线下窗口。", "保留线下窗口", []),
        ("针对上述问题，应当建立平台。", "建立平台", []),
        ("为解决这些难题，应当建立平台。", "建立平台", []),
        ("为打造示范项目，应当建立平台。", "建立平台", []),
        ("建立平台，破解数据孤岛，意义重大。", "建立平台", []),
    ],
)
def test_the_object_of_a_purpose_clause_is_a_problem_where_the_words_say_so(text: str, measure: str, wanted: list[str]) -> None:
    assert found(text, measure) == wanted


def test_what_the_encoder_found_is_not_found_twice() -> None:
    assert found("针对数据孤岛，应当建立共享平台。", "建立共享平台", "数据孤岛") == []


def test_a_long_sentence_of_cues_is_read_in_one_pass() -> None:
    text = "为破解数据孤岛，" * 20_000 + "应当建立共享平台。"
    assert len(found(text, "建立共享平台")) == 20_000


def said(text: str) -> list[tuple[str, str]]:
    """Type and words of what is cued in a one-sentence document where the reader found nothing."""
    block = Block(id="b", text=text, start=0, end=len(text), raw=(0, len(text)), role="body")
    structure = Structure(clean_text=text, raw_starts=(), raw_ends=(), blocks=(block,), references=())
    return [(one.type, one.text) for one in find_cued_statements(structure, [Sentence(id="s", start=0, end=len(text), block="b")], [])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("为破解数据孤岛，应当立标准。", [("dilemma", "数据孤岛"), ("countermeasure", "立标准")]),
        ("针对老年人，应当保留线下窗口。", []),
        ("为破解数据孤岛，应对突发事件的做法并不可取。", []),
        ("早期各部门自建系统，试图以此提高效率，结果加剧了数据孤岛。", [("dilemma", "数据孤岛")]),
        ("矛盾加剧的趋势没有改变。", []),
        ("不能不重视数据安全。", [("countermeasure", "重视数据安全")]),
        ("不得不承认这一点。", []),
    ],
)
def test_duty_worsening_and_double_negatives_are_read_where_the_reader_says_nothing(text: str, wanted: list[tuple[str, str]]) -> None:
    assert said(text) == wanted
