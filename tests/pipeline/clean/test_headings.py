"""Decimal headings that a converter ran into the paragraph beneath get their line end back, where the words prove the place."""

from __future__ import annotations

import pytest

from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.clean._accounts import account_for
from pipeline.structure import read_structure

BESIDE = "1.1数据来源\n数据来自各地公开的统计资料，时间从二〇一〇年起。\n"


def lines_of(text: str) -> list[str]:
    source = SourceText(text=BESIDE + text, format="md", encoding="utf-8")
    draft = clean(source)
    assert account_for(draft, source).faults == ()
    return draft.text.split("\n")[2:]


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("2.3.1村镇养老服务", "村镇养老服务是指由村镇两级组织为老年人提供的照料、餐食和陪伴，费用由集体和个人分担。各地做法不一。"),
        ("1.2共享平台的建设成效", "共享平台的建设以来，各部门提交材料的次数明显减少，群众办事的时间也缩短了一半以上。满意度随之提高。"),
        ("3.1.2 数据共享意愿不足", "由于各部门担心责任不清，提供数据的意愿普遍不强，已经编制的目录也很少更新。这一状况至今没有改变。"),
        ("2.2研究方法", "本文采用案例比较的方法，选取三个城市的政务服务平台，分析其建设过程和运行的效果。资料来自访谈。"),
    ],
)
def test_a_heading_run_into_its_paragraph_stands_on_its_own_again(heading: str, paragraph: str) -> None:
    assert lines_of(heading + paragraph) == [heading, paragraph]


def test_such_a_heading_has_its_number_and_level() -> None:
    text = BESIDE + "1.2.1村镇养老服务村镇养老服务是指由村镇两级组织为老年人提供的照料、餐食和陪伴，费用由集体和个人分担。各地做法不一。\n"
    source = SourceText(text="# 养老服务的现状与改进\n摘要：本文讨论养老服务。\n# 1问题的提出\n" + text, format="md", encoding="utf-8")
    headings = [(b.text, b.number, b.level) for b in read_structure(clean(source), source).blocks if b.role == "heading"]
    assert headings == [("1问题的提出", "1", 1), ("1.1数据来源", "1.1", 2), ("1.2.1村镇养老服务", "1.2.1", 3)]


@pytest.mark.parametrize(
    "text",
    [
        # the point itself is a sentence
        "1.2村镇养老服务应当由村镇两级组织共同提供，费用由集体和个人分担，困难老年人的费用由财政补助。各地可以探索。",
        # the subject of the sentence stands between the heading and the words it takes up: nothing proves the place
        "1.2养老服务质量村镇养老服务质量的提高有赖于人员培训，目前多数护理人员没有受过专门的训练，流动也很频繁。亟待改变。",
        # a quantity
        "1.2万名老年人在村镇养老服务站用餐，由于费用较低，用餐的人数逐年增加，服务站的支出也随之增加。各地正在设法。",
        "1.2村镇养老服务",
    ],
)
def test_what_is_no_heading_or_has_no_certain_end_stays_as_it_is(text: str) -> None:
    assert lines_of(text) == [text]


def test_one_decimal_number_alone_proves_nothing() -> None:
    text = "2.3.1村镇养老服务村镇养老服务是指由村镇两级组织为老年人提供的照料、餐食和陪伴，费用由集体和个人分担。各地做法不一。"
    assert clean(SourceText(text=text, format="md", encoding="utf-8")).text == text
