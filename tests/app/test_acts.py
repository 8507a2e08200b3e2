"""Cite, keep, report: the links beside every quote, what they open, and the pages of kept quotes and of reports."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import OpenApp, shown_html, shown_text
from tests.app.double import DoubleWorkspace
from tests.graph.statement_maker import StatementMaker

FLOW = "推动垂直系统的数据回流"


def maker_of(corpus: DoubleWorkspace, name: str = "县域") -> StatementMaker:
    return next(one for one in corpus.documents_made if name in one.record.name)


def of(maker: StatementMaker, words: str) -> str:
    start = maker.text.rindex(words)
    return f"{maker.record.id}:{start}-{start + len(words)}"


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def codes(app: AppTest) -> list[str]:
    return [one.value for one in app.code]


def test_every_quote_has_links_to_cite_and_to_report_it(open_app: OpenApp) -> None:
    page = shown_html(open_app(q="数据孤岛"))
    acts = re.findall(r'<span class="zm-acts">.*?</span>', page)
    assert len(acts) >= 3
    for one in acts:
        assert 'class="zm-open"' in one
        assert "do=cite&#38;of=" in one
        assert "do=wrong&#38;of=" in one
        assert "q=%E6%95%B0%E6%8D%AE%E5%AD%A4%E5%B2%9B" in one.split("zm-act")[-1]


def test_a_quote_is_cited_with_its_item_and_the_link_back(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = maker_of(corpus)
    app = open_app(q="数据孤岛", do="cite", of=of(maker, FLOW))
    reference, link = codes(app)
    assert reference == "论县域数据共享[J]. 2018: 二."
    assert link.endswith(f"at={of(maker, FLOW).split(':')[1]}")
    assert "document?doc=" in link


def test_a_quote_is_kept_under_a_name_and_is_there_after_a_reload(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = maker_of(corpus)
    app = open_app(q="数据孤岛", do="cite", of=of(maker, FLOW))
    app.get_by_key("acts.note").set_value("开题 <b>可引</b>")
    press(app, "收入")
    assert "do" not in app.query_params
    assert app.query_params["q"] in ("数据孤岛", ["数据孤岛"])
    assert [(one.name, one.kept[0].anchor.quote) for one in corpus.baskets()] == [("我的摘录", FLOW)]
    kept = open_app("basket")
    text = shown_text(kept)
    for words in (FLOW, "论县域数据共享[J]. 2018: 二.", "开题 <b>可引</b>", "为破解数据孤岛"):
        assert words in text
    assert "<b>可引" not in shown_html(kept)
    press(kept, "移出")
    assert corpus.baskets()[0].kept == ()
    assert "还没有引文" in shown_text(kept)


def test_kept_quotes_are_saved_as_a_table_and_as_a_text(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    from app_pages._parts import keepsakes
    from zhengmai.spreadsheet import to_csv

    maker = maker_of(corpus)
    start, end = map(int, of(maker, FLOW).split(":")[1].split("-"))
    corpus.keep("开题", maker.record.id, start, end, note="=1+1")
    app = open_app("basket")
    assert len(app.get("download_button")) == 2
    quotes = corpus.basket("开题")
    header, rows = keepsakes.table(quotes)
    assert len(header) == len(rows[0])
    assert rows[0][0] == FLOW
    assert "'=1+1" in to_csv(header, rows).decode("utf-8-sig")
    text = keepsakes.text("开题", quotes)
    assert f"[1] “{FLOW}”" in text
    assert "论县域数据共享[J]. 2018: 二." in text
    assert f"at={start}-{end}" in text


def test_a_basket_without_quotes_says_what_to_do(open_app: OpenApp) -> None:
    assert "还没有摘录" in shown_text(open_app("basket"))
    assert "Nothing is kept yet" in shown_text(open_app("basket", lang="en"))


def test_a_reader_reports_a_connection_without_a_name_and_nothing_changes(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = maker_of(corpus)
    link = next(one.id for one in corpus.document(maker.record.id).links if one.basis == "stated" and one.type == "addressed_by")
    app = open_app(q="数据孤岛", do="wrong", of=of(maker, FLOW), about=link)
    assert f"数据孤岛 → {FLOW}" in shown_text(app)
    press(app, "提交")
    assert corpus.reports() == ()
    assert "请选一项，或写一句说明" in shown_text(app)
    app.get_by_key("acts.fault").set_value("link")
    app.get_by_key("acts.wrong_note").set_value("说的是另一件事 <script>alert(1)</script>")
    press(app, "提交")
    (report,) = corpus.reports()
    assert (report.who, report.statement, report.note) == ("", link, "两者并无关联：说的是另一件事 <script>alert(1)</script>")
    assert "do" not in app.query_params
    assert FLOW in shown_text(app)


def test_the_desk_lists_reports_and_answers_them(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = maker_of(corpus)
    link = next(one.id for one in corpus.document(maker.record.id).links if one.basis == "stated" and one.type == "addressed_by")
    corpus.report(maker.record.id, statement=link, note="不对 <b>x</b>")
    assert "读者报告有误（1）" in [one.label for one in open_app("document", doc=maker.record.id).expander]
    app = open_app("reports")
    assert '<a href="reports" aria-current="page">有误 1</a>' in shown_html(app)
    assert "不对 <b>x</b>" in shown_text(app)
    press(app, "并无错误")
    assert "请先填写署名" in shown_text(app)
    app.get_by_key("desk.who").set_value("周编辑").run()
    app.get_by_key(f"queue.note.{corpus.reports()[0].id}").set_value("确属误识")
    press(app, "确有错误，否定它")
    (report,) = corpus.reports()
    assert (report.verdict, report.answered_by, report.answer_note) == ("accept", "周编辑", "确属误识")
    assert "确有错误（周编辑）确属误识" in shown_text(app)
    assert f">{FLOW}</mark>" not in shown_html(open_app(q="数据孤岛"))
    press(app, "撤回答复")
    assert corpus.reports()[0].open


@pytest.mark.parametrize(
    "params",
    [
        {"do": "cite", "of": "d404:3-9"},
        {"do": "cite", "of": "<script>:1-2"},
        {"do": "cite", "of": "x"},
        {"do": "delete", "of": "d1:3-9"},
        {"do": "wrong", "of": "d1:9-3"},
        {"do": "cite"},
    ],
)
def test_a_broken_act_is_a_sentence_or_nothing(open_app: OpenApp, params: dict[str, Any]) -> None:
    app = open_app(q="数据孤岛", **params)
    assert "<script" not in shown_html(app)
    assert FLOW in shown_text(app)


def test_a_view_is_kept_with_its_filters_and_opens_again(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    app = open_app(q="数据孤岛", basis="stated", region="甲&乙")
    app.get_by_key("saved.name").set_value("明述 <b>")
    press(app, "保存")
    assert [(one.name, one.page) for one in corpus.views()] == [("明述 <b>", "")]
    page = shown_html(open_app())
    assert "./?q=%E6%95%B0%E6%8D%AE%E5%AD%A4%E5%B2%9B&#38;basis=stated&#38;region=%E7%94%B2%26%E4%B9%99" in page
    assert "明述 <b>" in shown_text(open_app())
    press(app, "删除")
    assert corpus.views() == ()
