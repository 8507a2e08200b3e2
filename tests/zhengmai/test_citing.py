"""A quote as a reference: with the item that it stands in, and with both texts where one only reports the other."""

from __future__ import annotations

import msgspec
import pytest

from pipeline.records import Citation, Entity, Reference, Statements
from tests.graph.statement_maker import StatementMaker
from zhengmai.citing import cite, item_of


def paper() -> StatementMaker:
    maker = StatementMaker("县域共享", date="2020-05-06")
    maker.heading("一、问题")
    maker.block("数据孤岛突出。")
    maker.heading("二、对策")
    maker.heading("（一）平台", level=2)
    maker.block("应当建立平台。")
    maker.heading("（二）人才", level=2)
    maker.block("李某（2015）认为，应当设立数据专员。")
    return maker


def cited(maker: StatementMaker, words: str, made: Statements | None = None) -> str:
    start = maker.text.rindex(words)
    return cite(made or maker.made(), start, start + len(words)).text


@pytest.mark.parametrize(("words", "item"), [("数据孤岛", "一"), ("建立平台", "二（一）"), ("设立数据专员", "二（二）")])
def test_a_place_is_named_by_the_numbers_of_its_headings(words: str, item: str) -> None:
    maker = paper()
    assert item_of(maker.made(), maker.text.rindex(words)) == item
    assert f": {item}" in cited(maker, words)


def test_a_law_is_cited_by_its_article() -> None:
    maker = StatementMaker("条例", kind="law", date="2021-03-02")
    maker.heading("第二章 共享")
    maker.block("第十二条 省级部门应当建立目录。")
    maker.block("目录应当公开。")
    maker.heading("第三章 责任")
    maker.block("各部门应当配合。")
    assert item_of(maker.made(), maker.text.index("建立目录")) == "第十二条"
    assert item_of(maker.made(), maker.text.index("目录应当公开")) == "第十二条"
    assert item_of(maker.made(), maker.text.index("各部门应当配合")) == "第三章"


def test_a_text_without_numbers_is_cited_as_a_whole_and_pages_stay() -> None:
    maker = StatementMaker("杂谈", date="2019")
    maker.block("应当建立平台。")
    assert item_of(maker.made(), 2) is None
    maker = paper()
    made = maker.made()
    made = msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, citation=Citation(pages="12-20"), outlet="示例学刊"))
    assert cited(maker, "建立平台", made) == "论县域共享[J]. 示例学刊, 2020: 12-20, 二（一）."


def test_where_nothing_but_the_title_is_known_the_item_stands_behind_it() -> None:
    maker = StatementMaker("县域共享", date=None)
    maker.heading("三、对策")
    maker.block("应当建立平台。")
    assert cited(maker, "建立平台") == "论县域共享[J]: 三."


def second_hand(*, listed: bool, named: bool = True) -> str:
    maker = paper()
    maker.factor("设立数据专员", "countermeasure", voice="scholar")
    at = maker.text.index("李某")
    made = maker.made()
    who = Entity(id="e1", type="scholar", name="李某", mentions=((at, at + 2),), confidence=0.9, author="entities.test.v1")
    entries = (Reference(text="[3] 李某. 数据专员研究[J]. 示例, 2015.", raw=(0, 1)),) if listed else ()
    return cited(maker, "设立数据专员", msgspec.structs.replace(made, entities=(who,) if named else (), references=entries))


def test_what_a_text_only_reports_names_both() -> None:
    own = "论县域共享[J]. 2020: 二（二）."
    assert second_hand(listed=True) == f"李某. 数据专员研究[J]. 示例, 2015. 转引自: {own}"
    assert second_hand(listed=False) == f"李某. 转引自: {own}"
    assert second_hand(listed=True, named=False) == own
