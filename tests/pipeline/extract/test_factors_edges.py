"""Where a factor begins and ends."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract._factors_edges import on_words, trimmed, word_ends


@pytest.mark.parametrize(
    ("text", "marked", "wanted"),
    [
        ("因此，建立共享机制。", "，建立共享机制。", "建立共享机制"),
        ("出现了“数据孤岛”现象", "“数据孤岛", "“数据孤岛”"),
        ("出现了“数据孤岛”现象", "数据孤岛”", "“数据孤岛”"),
        ("“数据孤岛”", "“数据孤岛”", "“数据孤岛”"),
        ("落实（试行）办法，", "落实（试行）办法，", "落实（试行）办法"),
        ("办结率达到95%以上", "达到9", "达到95%"),
        ("推进AI for Science应用", "推进A", "推进AI"),
        ("建设2025年平台", "25年平台", "2025年平台"),
        ("归集数据12.6亿条，接入", "归集数据12", "归集数据12.6亿条"),
        ("共投入1,234.5万元。", "投入1", "投入1,234.5万元"),
        ("较上年下降-3.5个百分点，", "3.5个百分点", "-3.5个百分点"),
        ("服务经济转型的必要性", "服务经济转型的", "服务经济转型"),
        ("以便民为目的，", "以便民为目的", "以便民为目的"),
        ("《办法》和制度", "《办法》和制度", "《办法》和制度"),
        ("根据《甲省数据条例》，制定本办法", "根据《甲省数据", "根据《甲省数据条例》"),
        ("执行《甲省数据条例》的要求", "数据条例》的要求", "《甲省数据条例》的要求"),
    ],
)
def test_edges_fall_on_whole_words_and_marks(text: str, marked: str, wanted: str) -> None:
    start = text.index(marked)
    place = trimmed(text, start, start + len(marked), within=(0, len(text)))
    assert place is not None
    assert text[slice(*place)] == wanted


def test_punctuation_alone_is_nothing() -> None:
    assert trimmed("，。、", 0, 3, within=(0, 3)) is None


@settings(deadline=None)
@given(st.text(alphabet="数据治理，。“”（）12a%、 ", min_size=1, max_size=30), st.data())
def test_edges_stay_inside_the_sentence_and_off_loose_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = trimmed(text, start, end, within=(0, len(text)))
    if place is not None:
        a, b = place
        assert 0 <= a < b <= len(text)
        assert all(unicodedata.category(text[at]) not in ("Zs", "Po") or text[at] == "%" for at in (a, b - 1))
        assert not (a > 0 and text[a - 1].isdigit() and text[a].isdigit())
        assert not (b < len(text) and text[b - 1].isdigit() and text[b].isdigit())


@pytest.mark.parametrize(
    ("text", "marked", "wanted"),
    [
        ("理论研究和建设实践迫在眉睫", "建设实践迫", "建设实践迫在眉睫"),
        ("变更名称、主要负责人或者注册地", "变更名称、主要负责人或者", "变更名称、主要负责人"),
        ("智能制造正在成为主流趋势", "智能制造正在成为", "智能制造"),
        ("推广共享平台以保证供应", "推广共享平台以", "推广共享平台"),
        ("依靠群众，目标已成为。", "目标已成为", "目标已成为"),
        ("减少层级正是改革所为", "改革所为", "改革所为"),
        ("鼓励社会力量参与治理", "鼓励社会力量参与", "鼓励社会力量参与"),
        ("建立共享机制", "建立共享机制", "建立共享机制"),
        ("发展改革委拟研究制订办法", "拟研究制订办法", "拟研究制订办法"),
        ("协调委以会议纪要的形式明确事项", "以会议纪要的形式明确事项", "以会议纪要的形式明确事项"),
        ("县政府委托企业运营平台", "托企业运营平台", "委托企业运营平台"),
        ("并", "并", "并"),
    ],
)
def test_edges_fall_on_words_and_leave_no_word_hanging(text: str, marked: str, wanted: str) -> None:
    start = text.index(marked)
    assert text[slice(*on_words(text, start, start + len(marked), ends=word_ends(text)))] == wanted


@settings(max_examples=300)
@given(st.text("建立共享机制和与以及或者成为，。A1 ", min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 40))
def test_words_only_widen_a_place_but_for_those_that_hang(text: str, start: int, length: int) -> None:
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    ends = word_ends(text)
    assert ends[0] == 0
    assert ends[-1] == len(text)
    new_start, new_end = on_words(text, start, end, ends=ends)
    assert new_start <= start < new_end
