"""The page of a document: its text as it stands, its place in view, the desk, and what cleaning did."""

from __future__ import annotations

import re

import msgspec
import pytest

from corpus.records import Access
from pipeline.records import Reference, RunnerUp, Warning
from tests.app.conftest import OpenApp, shown_html, shown_text
from tests.app.double import DoubleWorkspace, cleaned
from tests.graph.statement_maker import StatementMaker
from zhengmai.citing import reference


def _maker(corpus: DoubleWorkspace, name: str) -> StatementMaker:
    return next(one for one in corpus.documents_made if name in one.record.name)


def _place(maker: StatementMaker, words: str) -> str:
    start = maker.text.rindex(words)
    return f"{start}-{start + len(words)}"


def test_the_sentence_of_the_place_is_marked_for_the_eye_and_for_scrolling(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    place = _place(maker, "推动垂直系统的数据回流")
    page = shown_html(open_app("document", doc=maker.record.id, at=place))
    assert f'<span class="zm-sentence" data-place="{maker.record.id}:{place}">' in page
    assert "zm-chosen" in page


def test_signs_of_markdown_and_html_are_only_signs(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "通知")
    app = open_app("document", doc=maker.record.id)
    assert "2018~2020年试点，2021~2023年推广，联系邮箱:szzw@example.org，:red[红头文件]、:material/home:、比例1:100:5，$x$ <b>粗</b>。" in shown_text(app)
    assert "<b>粗" not in shown_html(app)
    assert not app.markdown


def test_every_factor_is_marked_with_its_letter(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    page = shown_html(open_app("document", doc=_maker(corpus, "通知").record.id))
    assert 'class="zm-m zm-driver" data-letter="因"' in page
    assert 'class="zm-m zm-countermeasure" data-letter="策"' in page


def test_a_type_that_is_chosen_hides_the_others(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    page = shown_html(open_app("document", doc=_maker(corpus, "通知").record.id, type="driver"))
    assert "zm-m zm-driver" in page
    assert "zm-m zm-countermeasure" not in page


def test_deciding_needs_a_name(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    app = open_app("document", doc=maker.record.id, at=_place(maker, "推动垂直系统的数据回流"))
    next(button for button in app.button if button.label == "认可").click().run()
    assert corpus.decided == []
    assert "请先填写署名" in shown_text(app)


def test_accept_reject_and_undo_are_kept_with_the_person(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    app = open_app("document", doc=maker.record.id, at=_place(maker, "推动垂直系统的数据回流"))
    app.get_by_key("desk.who").set_value("周编辑").run()
    next(button for button in app.button if button.label == "认可").click().run()
    assert [(one.kind, one.who, one.target, one.anchors[0].quote) for one in corpus.decided] == [("accept", "周编辑", "factor", "推动垂直系统的数据回流")]
    assert "已核可" in shown_text(app)
    next(button for button in app.button if button.label == "撤回").click().run()
    assert [one.kind for one in corpus.decided] == ["accept", "undo"]
    assert "已核可" not in shown_text(app)
    next(button for button in app.button if button.label == "否定").click().run()
    assert "zm-rejected" in shown_html(app)


def test_a_link_is_decided_by_its_two_quotes(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    app = open_app("document", doc=maker.record.id, at=_place(maker, "推动垂直系统的数据回流"))
    app.get_by_key("desk.who").set_value("周编辑").run()
    view = corpus.document(maker.record.id)
    chosen = next(one for one in view.factors if one.text == "推动垂直系统的数据回流")
    link = next(one for one in view.links if one.target == chosen.id)
    app.get_by_key(f"desk.reject.{link.id}").click().run()
    assert [anchor.quote for anchor in corpus.decided[0].anchors] == ["数据孤岛", "推动垂直系统的数据回流"]


def test_next_and_previous_walk_through_the_factors_by_link_and_key(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    silos, talent = _place(maker, "部门之间数据孤岛林立"), _place(maker, "基层人才短缺严重")
    for at, previous, following in (("", silos, silos), (silos, silos, talent), (talent, silos, _place(maker, "建立统一的共享平台"))):
        page = shown_html(open_app("document", doc=maker.record.id, **({"at": at} if at else {})))
        found = dict(re.findall(r'href="document\?[^"]*at=([\d-]+)" data-key="([jk])"', page))
        assert {key: place for place, key in found.items()} == ({"j": following, "k": previous} if following != previous else {"j": silos})


def test_what_cleaning_left_out_and_mended_is_shown_with_its_reason(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    corpus.made[maker.record.id] = cleaned(maker)
    text = shown_text(open_app("document", doc=maker.record.id, tab="cleaning"))
    for words in ("责任编辑：某某", "网页或版面用语", "断行接合", "混入的拼音", "（不确定）", "略去 1 段"):
        assert words in text


def test_what_the_document_says_of_itself_is_a_table(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    text = shown_text(open_app("document", doc=_maker(corpus, "通知").record.id, tab="source"))
    assert "江东省人民政府（省级）" in text
    assert "2021-03-02（发布）" in text


def test_an_unknown_document_and_none_at_all_are_said_in_words(open_app: OpenApp) -> None:
    assert "图中没有文献 d404" in shown_text(open_app("document", doc="d404"))
    assert "没有指明要看哪一篇" in shown_text(open_app("document"))
    assert "no document d404" in shown_text(open_app("document", doc="d404", lang="en"))


def test_what_a_reader_reported_is_not_taken_back_by_the_desks_undo(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    view = corpus.document(maker.record.id)
    chosen = next(one for one in view.factors if one.text == "推动垂直系统的数据回流")
    corpus.report(maker.record.id, statement=chosen.id, note="不对")
    app = open_app("document", doc=maker.record.id, at=_place(maker, "推动垂直系统的数据回流"))
    assert "撤回" not in [button.label for button in app.button]


def test_the_chosen_statement_can_be_let_go(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    page = shown_html(open_app("document", doc=maker.record.id, at=_place(maker, "推动垂直系统的数据回流")))
    assert 'class="zm-close" href="document?doc=d%E5%8E%BF%E5%9F%9F%E6%95%B0%E6%8D%AE%E5%85%B1%E4%BA%AB"' in page


def test_who_found_a_statement_is_said_in_words(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    place = _place(maker, "推动垂直系统的数据回流")
    text = shown_text(open_app("document", doc=maker.record.id, at=place))
    assert "程序识别" in text
    assert "factors.test.v1" not in text
    assert "found by the program" in shown_text(open_app("document", doc=maker.record.id, at=place, lang="en"))


def test_the_outline_leads_to_each_heading(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = StatementMaker("三节", date="2020-01-01")
    for title in ("一、问题", "二、原因", "三、对策 <b>x</b>"):
        maker.heading(title, zone="other")
        maker.block("本节说到数据孤岛。")
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    page = shown_html(open_app("document", doc=maker.record.id))
    start = maker.text.index("二、原因")
    assert f'at={start}-{start + 4}">二、原因</a>' in page
    assert "三、对策 &#60;b&#62;x&#60;/b&#62;</a>" in page
    assert "目录（3 个标题）" in page
    assert "目录（" not in shown_html(open_app("document", doc=_maker(corpus, "通知").record.id))


def test_a_long_list_of_factors_is_drawn_around_the_chosen_one_and_leads_on(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = StatementMaker("长文", date="2020-01-01")
    names = [f"事项{number:03d}推进缓慢" for number in range(150)]
    for name in names:
        maker.block(f"{name}。")
        maker.factor(name, "dilemma")
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)

    def listed(at: str) -> tuple[str, str]:
        page = shown_html(open_app("document", doc=maker.record.id, **({"at": at} if at else {})))
        return page[page.index('<ul class="zm-list">') : page.index("</ul>", page.index('<ul class="zm-list">'))], page

    first, page = listed("")
    assert names[0] in first
    assert names[59] in first
    assert names[60] not in first
    assert "第 1–60 条，共 150 条" in page
    assert all(name in page for name in names)
    (later,) = re.findall(r'at=([\d-]+)">之后的', page)
    second, _ = listed(later)
    assert names[60] in second
    assert names[119] in second


def test_the_source_tab_cites_the_document_and_leads_to_its_other_versions_and_copies(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    new = _maker(corpus, "通知").record
    old = msgspec.structs.replace(new, id="d-old", name="旧通知 <b>.txt", added="2019-05-01T00:00:00Z")
    copy = msgspec.structs.replace(new, id="d-copy", name="转载.txt", work=new.id)
    corpus.records |= {old.id: old, copy.id: copy, new.id: msgspec.structs.replace(new, version=2, supersedes=old.id, access="quotes")}
    app = open_app("document", doc=new.id, tab="source")
    text, page = shown_text(app), shown_html(app)
    assert reference(corpus.made[new.id].document) in text
    assert "第 2 版" in text
    assert "仅可引用" in text
    assert re.search(r'先前的版本</td><td><ul class="zm-kin"><li><a href="document\?doc=d-old">旧通知 &#60;b&#62;</a>', page)
    assert re.search(r'同一作品的其他文本</td><td><ul class="zm-kin"><li><a href="document\?doc=d-copy">', page)
    assert "之后的版本" not in text


@pytest.mark.parametrize(("access", "said"), [("open", ""), ("quotes", "For quoting only: headings and sentences"), ("internal", "Internal: it takes no part")])
def test_what_may_not_be_shown_is_said_above_the_text(open_app: OpenApp, corpus: DoubleWorkspace, access: Access, said: str) -> None:
    maker = _maker(corpus, "县域")
    corpus.records[maker.record.id] = msgspec.structs.replace(maker.record, access=access)
    corpus._put(maker.record.id)
    text = shown_text(open_app("document", doc=maker.record.id, lang="en"))
    assert said in text
    assert ("For quoting only" in text, "Internal: it" in text) == (access == "quotes", access == "internal")


def test_references_that_bear_their_number_get_no_second_one(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    made = corpus.made[maker.record.id]
    for texts, kind in ((("[1] 甲. 论共享[J].", "[2] 乙. 论开放[J]."), "ul"), (("甲. 论共享[J].",), "ol")):
        listed = tuple(Reference(text=one, raw=(0, 1)) for one in texts)
        corpus.made[maker.record.id] = msgspec.structs.replace(made, references=listed)
        assert f'<{kind} class="zm-references"><li>{texts[0]}' in shown_html(open_app("document", doc=maker.record.id, tab="source"))


def test_warnings_are_a_sentence_and_a_second_choice_that_is_no_factor_says_so(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _maker(corpus, "县域")
    made = corpus.made[maker.record.id]
    first = made.factors[0]
    factors = (msgspec.structs.replace(first, runner_up=RunnerUp(type="none", confidence=0.19)), *made.factors[1:])
    info = msgspec.structs.replace(made.document, warnings=(Warning(code="no_date", message=""), Warning(code="no_author", message="")))
    corpus.made[maker.record.id] = msgspec.structs.replace(made, factors=factors, document=info)
    corpus._put(maker.record.id)
    assert "Take note: no date of the document itself was found; no author was found." in shown_text(
        open_app("document", doc=maker.record.id, tab="cleaning", lang="en")
    )
    assert "次选不是要素 0.19" in shown_text(open_app("document", doc=maker.record.id, at=f"{first.start}-{first.end}"))
