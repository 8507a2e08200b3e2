"""Statement files that cannot become a graph are refused by name; what can, keeps its quotes and places."""

from __future__ import annotations

import msgspec
import pytest

from graph.errors import EdgeWithoutEnd, QuoteDiffers, SameId, UnreadableText
from graph.project import project
from pipeline.records import Statements
from tests.graph.statement_maker import REGISTER, StatementMaker, find_quote, projected


def made(maker: StatementMaker, statements: Statements) -> None:
    project(statements, maker.record, (), REGISTER, find_again=find_quote)


def test_a_link_to_a_missing_factor_is_refused(paper: StatementMaker) -> None:
    paper.link("f0", "f99")
    with pytest.raises(EdgeWithoutEnd, match=r"document d论文: link l2 \(addressed_by\) leads to factor f99"):
        projected(paper)


def test_an_act_of_a_missing_actor_or_factor_is_refused(notice: StatementMaker) -> None:
    statements = notice.made()
    for change, end in (({"actor": "e99"}, "actor e99"), ({"factor": "f99"}, "factor f99")):
        broken = msgspec.structs.replace(statements, acts=(msgspec.structs.replace(statements.acts[0], **change),))
        with pytest.raises(EdgeWithoutEnd, match=end):
            made(notice, broken)


def test_a_quote_that_is_not_in_its_place_is_refused(paper: StatementMaker) -> None:
    broken = msgspec.structs.replace(paper.made(), clean_text=paper.text.replace("孤岛", "孤島"))
    with pytest.raises(QuoteDiffers, match="factor f0 quotes '部门之间数据孤岛林立' where the text has '部门之间数据孤島林立'"):
        made(paper, broken)


def test_a_place_outside_the_text_is_refused(paper: StatementMaker) -> None:
    statements = paper.made()
    broken = msgspec.structs.replace(statements, links=(msgspec.structs.replace(statements.links[0], evidence=((0, 9_999),)),))
    with pytest.raises(QuoteDiffers, match="link l0"):
        made(paper, broken)


def test_two_statements_with_one_id_are_refused(paper: StatementMaker) -> None:
    statements = paper.made()
    with pytest.raises(SameId, match="factor f0 is there twice"):
        made(paper, msgspec.structs.replace(statements, factors=(*statements.factors, statements.factors[0])))


def test_half_a_character_is_refused_with_its_place(paper: StatementMaker) -> None:
    broken = msgspec.structs.replace(paper.made(), clean_text=paper.text + "\ud83d")
    with pytest.raises(UnreadableText, match=f"lone surrogate\\) at place {len(paper.text)}"):
        made(paper, broken)


def test_signs_that_other_stores_trip_over_are_kept(store, paper: StatementMaker) -> None:  # type: ignore[no-untyped-def]
    maker = StatementMaker("怪")
    maker.block("数据孤岛\x00与\U00020000字、😀并存，'; DROP TABLE document; --。" + "长" * 100_000)
    maker.factor("数据孤岛\x00与\U00020000字", "dilemma")
    store.upsert_document(projected(maker))
    view = store.document(maker.record.id)
    assert view.clean_text == maker.text
    assert [f.text for f in view.factors] == ["数据孤岛\x00与\U00020000字"]


def test_text_that_no_sentence_covers_still_gets_one(paper: StatementMaker) -> None:
    statements = paper.made()
    projection = project(msgspec.structs.replace(statements, sentences=()), paper.record, (), REGISTER, find_again=find_quote)
    covered = [projection.clean_text[s.start : s.end] for s in projection.sentences]
    assert covered == [block.text for block in statements.blocks]


def test_sections_know_the_headings_above_them() -> None:
    maker = StatementMaker("层级")
    maker.block("序言。")
    maker.heading("一、困境", level=1, zone="dilemma")
    maker.heading("（一）数据", level=2)
    maker.block("数据孤岛突出。")
    maker.factor("数据孤岛突出", "dilemma")
    maker.heading("二、对策", level=1)
    maker.block("建立共享平台。")
    maker.factor("建立共享平台", "countermeasure")
    projection = projected(maker)
    assert [(s.path, maker.text[s.start : s.end]) for s in projection.sections] == [
        ("一、困境", "一、困境\n（一）数据\n数据孤岛突出。\n"),
        ("一、困境 / （一）数据", "（一）数据\n数据孤岛突出。\n"),
        ("二、对策", "二、对策\n建立共享平台。"),
    ]
    paths = {section.id: section.path for section in projection.sections}
    assert [paths.get(factor.section or "") for factor in projection.factors] == ["一、困境 / （一）数据", "二、对策"]
    # a heading's own words stand in the section above it
    assert [paths.get(s.section or "") for s in projection.sentences] == [None, None, "一、困境", "一、困境 / （一）数据", None, "二、对策"]


def test_an_entity_that_no_word_speaks_of_is_left_out(notice: StatementMaker) -> None:
    notice.actor("没有这个机关")
    assert [entity.name for entity in projected(notice).entities] == ["省大数据局"]
