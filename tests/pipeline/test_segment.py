"""Sentences: closing marks stay, brackets and numbers stay whole, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Block
from pipeline.segment import blank_language, sentence_places, split_sentences


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_places(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("他强调：“必须打破数据孤岛。”会议要求抓好落实。", ["他强调：“必须打破数据孤岛。”", "会议要求抓好落实。"]),
        ("「應當共享。」他說。", ["「應當共享。」", "他說。"]),
        ('他說。"应当公开。"会议说。', ["他說。", '"应当公开。"', "会议说。"]),
        (
            "问题突出（如重复录入。多头报送。），为此应当整合系统。全文3.5万字，见http://www.gov.cn/a.html。",
            ["问题突出（如重复录入。多头报送。），为此应当整合系统。", "全文3.5万字，见http://www.gov.cn/a.html。"],
        ),
        ("较2019年下降-3.5个百分点，占23.4%，共投入1,234.5万元。", ["较2019年下降-3.5个百分点，占23.4%，共投入1,234.5万元。"]),
        ("他说“可以。”，然后走了。", ["他说“可以。”，然后走了。"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("开头（没有合上。下一句。", ["开头（没有合上。", "下一句。"]),
        ("建立机制.应当共享.", ["建立机制.", "应当共享."]),
        ("We share data. Silos fall, e.g. here.", ["We share data.", "Silos fall, e.g. here."]),
        ("没有句号的一行", ["没有句号的一行"]),
        ("  \t ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


@given(st.text(alphabet=st.sampled_from("数据孤岛。！？“”「」（）()\"' \t.…3,a𠮷，；"), max_size=80))
def test_nothing_but_blanks_lies_between_sentences(text: str) -> None:
    at = 0
    for start, end in sentence_places(text):
        assert at <= start < end
        assert text[at:start].strip() == ""
        assert text[start] != " "
        at = end
    assert text[at:].strip() == ""


@given(st.text(alphabet=st.sampled_from("数据。”」’）"), max_size=60))
def test_no_sentence_begins_with_the_closing_mark_of_another(text: str) -> None:
    for start, _ in list(sentence_places(text))[1:]:
        assert text[start] not in "”」"


def test_a_long_text_without_an_end_is_read_in_one_pass() -> None:
    text = "（" * 50_000 + "针对数据孤岛，应当建立平台" * 50_000
    assert pieces(text) == [text]


def test_sentences_of_blocks_carry_offsets_into_the_cleaned_text() -> None:
    text = "一、问题\n数据孤岛突出。标准不一。"
    blocks = [
        Block(id="a", text="一、问题", start=0, end=4, raw=(0, 4), role="heading", level=1),
        Block(id="x", text="广告", start=None, end=None, raw=(4, 6), role="noise", reason="advert"),
        Block(id="b", text=text[5:], start=5, end=len(text), raw=(6, 19), role="body"),
    ]
    found = list(split_sentences(blocks))
    assert [text[s.start : s.end] for s in found] == ["一、问题", "数据孤岛突出。", "标准不一。"]
    assert [s.block for s in found] == ["a", "b", "b"]
    assert len({s.id for s in found}) == 3


def test_the_tokenizer_loses_no_character() -> None:
    text = "推动AI for Science与一网通办2.0，\n应对COVID-19。\t𠮷某\u3000某"
    assert blank_language().make_doc(text).text == text
