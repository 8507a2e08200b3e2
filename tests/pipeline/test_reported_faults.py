"""Faults that people report of tools for this job, over the whole pipeline: from the bytes of a file to what the document says. Inputs are made up."""

from __future__ import annotations

import msgspec
import pytest
from spacy.language import Language

from pipeline.metadata._places import gazetteer
from pipeline.records import Statements
from pipeline.run import build_language, extract_bytes

SENTENCE = "各部门应当打破数据孤岛，建立共享机制。"
TASK = "推进一网通办。"


@pytest.fixture(scope="module")
def language() -> Language:
    return build_language()


def read(data: bytes, language: Language, name: str = "a.txt") -> Statements:
    found = extract_bytes(data, name=name, language=language)
    for factor in found.factors:
        assert found.clean_text[factor.start : factor.end] == factor.text
    return found


def codes(statements: Statements) -> set[str]:
    return {warning.code for warning in statements.document.warnings}


def test_one_bad_byte_costs_one_place_and_no_statement_beside_it(language: Language) -> None:
    """Case 1: read as GB18030, one place marked, statements from both sides of it, a warning and no error."""
    data = (SENTENCE * 3).encode("gb18030") + b"\xff" + ("应当推进一网通办，明确责任。" * 3).encode("gb18030")
    found = read(data, language)
    place = found.clean_text.index("\ufffd")
    assert (found.document.encoding, found.clean_text.count("\ufffd")) == ("gb18030", 1)
    assert "damaged_bytes" in codes(found)
    assert {factor.start < place for factor in found.factors} == {True, False}
    assert [repair.kind for repair in found.repairs if not repair.certain] == ["undecodable"]


@pytest.mark.parametrize("tail", [b"\xe6\x95" + (TASK * 20).encode(), TASK.encode("gbk")])
def test_a_page_in_utf8_stays_so_whatever_its_tail_is(tail: bytes, language: Language) -> None:
    """Case 2: the head is never turned to mojibake, the tail is read or marked."""
    found = read((SENTENCE * 20).encode() + tail, language)
    assert found.document.encoding == "utf-8"
    assert found.clean_text.startswith(SENTENCE * 20)
    assert TASK in found.clean_text or "\ufffd" in found.clean_text


def test_rare_characters_of_gb18030_are_whole_and_count_as_one(language: Language) -> None:
    """Case 4: 𠮷 is one code point in every offset after it, also in a page that calls itself gb2312."""
    words = "经办人：㛃某、𠮷某。各部门应当打破数据孤岛。"
    page = f'<html><head><meta charset="gb2312"></head><body><p>{words}</p></body></html>'
    for name, data in (("b.md", words.encode("gb18030")), ("b.html", page.encode("gb18030"))):
        found = read(data, language, name)
        assert found.document.encoding == "gb18030"
        assert "㛃某、𠮷某" in found.clean_text
        place = found.clean_text.index("各部门")
        assert [mention for entity in found.entities if entity.name == "各部门" for mention in entity.mentions] == [(place, place + 3)]


def test_an_article_comes_once_with_its_title_and_two_measures(language: Language) -> None:
    """Case 7: two paragraphs once each, title from h1, the menu is not in the text."""
    page = (
        "<html><body><nav>首页</nav><article><h1>关于推进数据共享的通知</h1>"
        "<p>各部门应当打破数据孤岛，建立跨部门共享机制，明确责任。</p><p>各市县应当在年底前完成目录编制。</p></article></body></html>"
    )
    found = read(page.encode(), language, "a.html")
    assert found.document.title == "关于推进数据共享的通知"
    assert [block.text for block in found.blocks if block.role == "body"] == [
        "各部门应当打破数据孤岛，建立跨部门共享机制，明确责任。",
        "各市县应当在年底前完成目录编制。",
    ]
    assert "首页" not in found.clean_text
    measured = {block for factor in found.factors if factor.type == "countermeasure" for block in [found.clean_text.index("各市县") <= factor.start]}
    assert measured == {False, True}


def test_a_page_gives_the_same_whatever_was_read_before_it(language: Language) -> None:
    """Case 8: the sentence that three pages share stays in all three, in either order and again and again."""
    shared = "各地各部门要高度重视，加强组织领导，确保各项任务落到实处。"
    pages = [f"<p>{shared}</p><p>{own}</p>".encode() for own in ("应当打破数据孤岛。", "应当精简报表。", "应当公开目录。")]
    names = ["a.html", "b.html", "c.html"]
    once = {name: msgspec.json.encode(read(page, language, name)) for name, page in zip(names, pages, strict=True)}
    again = {name: msgspec.json.encode(read(page, language, name)) for name, page in reversed(list(zip(names, pages, strict=True)))}
    repeated = {msgspec.json.encode(read(pages[0], language, names[0])) for _ in range(3)}
    assert once == again
    assert repeated == {once["a.html"]}
    assert all(shared.encode() in made for made in once.values())


def test_simplified_text_keeps_its_names_and_its_place(language: Language) -> None:
    """Case 20: 乾安县 lies in 松原市 of 吉林省 and never becomes 干安县; 于洪区 stays as it is written."""
    text = "松原市乾安县政务服务局应当打破数据孤岛。瀋陽市于洪区同步推进。"
    found = read(text.encode(), language)
    assert found.clean_text == text
    assert [(m.name, m.codes) for m in gazetteer().find(found.clean_text)] == [("松原市", ("220700",)), ("乾安县", ("220723",)), ("于洪区", ("210114",))]
    assert {"松原市乾安县政务服务局", "瀋陽市于洪区"} <= {entity.name for entity in found.entities}


def test_a_sentence_over_a_page_end_is_one_and_names_its_concept(language: Language) -> None:
    """Case 17: running head and page number between the halves are dropped with a reason."""
    text = "某某学报\n为破解数据孤岛，省级政府应当建立统一的公共数\n— 12 —\n某某学报\n据共享平台，并明确部门责任。\n— 13 —\n"
    found = read(text.encode(), language)
    assert found.clean_text == "为破解数据孤岛，省级政府应当建立统一的公共数据共享平台，并明确部门责任。"
    assert [sentence.start for sentence in found.sentences] == [0]
    assert {repair.kind for repair in found.repairs} >= {"running", "wrap"}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("|年份|数量|\n|-|-|\n|2018|12|\n|2019|15|\n", "表.md", "no_text"),
        ("<table><tr><td>年份<td>数量<tr><td>2018<td>12</table>", "表.html", "no_text"),
        ("只有一行的文献，没有换行。", "一行.txt", "no_title"),
        ("Data silos\nDepartments do not share their data.\nThey should build a common platform.\n", "english.txt", "no_date"),
    ],
)
def test_a_document_of_an_odd_sort_gets_a_result_that_says_what_it_lacks(text: str, name: str, code: str, language: Language) -> None:
    found = read(text.encode(), language, name)
    assert code in codes(found)
    assert all(block.kept or block.reason for block in found.blocks)
