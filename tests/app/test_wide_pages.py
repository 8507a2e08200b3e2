"""Causes and limits, comparison, matrix: what they show, what the address says of it, and what they do with a broken one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app_pages._parts.views import CompareAddress, LinksAddress, MatrixAddress
from app_pages._parts.years import bars
from corpus.concepts import Register
from tests.app.conftest import OpenApp, behind_the_pages, shown_html, shown_text
from tests.app.double import notice, paper
from tests.app.wide_double import WideWorkspace
from tests.graph.statement_maker import StatementMaker

HOSTILE = "<script>alert(1)</script> :red[x] **y** =1+1 5~7 $x$"
PAGES = ("links", "compare", "matrix")


def critic() -> StatementMaker:
    """A later paper that blames data sharing and says where it fell short; its words are what Markdown and HTML would take for their own."""
    maker = StatementMaker("评数据共享", date="2023-05")
    maker.block("评数据共享", role="title")
    maker.block(f"数据共享导致隐私泄露{HOSTILE}。推进数据共享受制于条块分割。为破解数据孤岛，要实行数据共享。")
    leak, cause = maker.factor(f"隐私泄露{HOSTILE}", "dilemma"), maker.factor("数据共享", "driver")
    measure, wall = maker.factor("推进数据共享", "countermeasure"), maker.factor("条块分割", "dilemma")
    silos, platform = maker.factor("数据孤岛", "dilemma"), maker.factor("实行数据共享", "countermeasure")
    maker.link(leak, cause, "caused_by")
    maker.link(measure, wall, "limited_by")
    maker.link(silos, platform)
    return maker


@pytest.fixture
def corpus(tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[WideWorkspace]:
    with behind_the_pages(WideWorkspace(tmp_path, register, [paper(), notice(), critic()]), monkeypatch) as double:
        yield double


def _mark(corpus: WideWorkspace, access: str) -> None:
    for document, record in corpus.records.items():
        corpus.records[document] = msgspec.structs.replace(record, access=access)
        corpus._put(document)


@pytest.mark.parametrize("question", ["数据孤岛", "信息孤岛", "data silos", "数据孤岛为什么难破？"])
def test_causes_are_shown_with_their_words_and_lead_to_the_place(open_app: OpenApp, question: str) -> None:
    app = open_app("links", q=question)
    text = shown_text(app)
    assert "由于条块分割，信息孤岛依然存在。" in text
    assert "江东省人民政府" in text
    assert "document?doc=d%E9%80%9A%E7%9F%A5&#38;at=" in shown_html(app)


def test_each_side_has_its_own_links_and_the_counts_are_on_the_buttons(open_app: OpenApp) -> None:
    assert "隐私泄露" in shown_text(open_app("links", q="数据共享", side="effects"))
    limits = open_app("links", q="数据共享", side="limits")
    assert "推进数据共享受制于条块分割" in shown_text(limits)
    assert "推进数据共享受制于条块分割" in shown_text(open_app("links", q="条块分割", side="limited"))
    assert limits.get_by_key("links.side").value == "limits"


def test_choosing_a_side_or_a_narrowing_writes_it_into_the_address(open_app: OpenApp) -> None:
    app = open_app("links", q="数据孤岛")
    app.get_by_key("links.side").set_value("effects").run()
    assert app.query_params["side"] in ("effects", ["effects"])
    app.get_by_key("links.kinds").set_value(["official"]).run()
    assert app.query_params["kind"] in ("official", ["official"])
    assert app.query_params["q"] in ("数据孤岛", ["数据孤岛"])


@pytest.mark.parametrize("page", ["explore", *PAGES])
def test_above_the_years_stand_the_works_of_each(open_app: OpenApp, page: str) -> None:
    app = open_app(page, q="数据孤岛", **{"from": "2020"})
    strip = shown_html(app).partition('class="zm zm-timeline"')[2].partition("</p>")[0]
    years = [app.get_by_key(f"{prefix}.years") for prefix in ("ask", "links", "compare.left", "matrix") if f"{prefix}.years" in app.session_state]
    assert years[0].min == 2018
    bars = re.findall(r'<li(?: class="(zm-out)")?[^>]*title="(\d{4})[^"]*?(\d+)', strip)
    assert [(year, out) for out, year, _ in bars] == [(str(year), "zm-out" if year < 2020 else "") for year in range(2018, int(years[0].max) + 1)]
    total = sum(int(count) for _, _, count in bars)
    inside = sum(int(count) for out, _, count in bars if not out)
    assert f"选中的年份里有 {inside} 篇，全部有年份的 {total} 篇" in shown_text(app)


def test_a_side_without_links_says_so_and_names_the_sides_that_have_some(open_app: OpenApp) -> None:
    text = shown_text(open_app("links", q="人才短缺", side="limits"))
    assert "没有查到，不等于没有人说过" in text
    text = shown_text(open_app("links", q="隐私泄露", side="effects"))
    assert "成因 1" in text


def test_links_as_a_table_have_one_type_a_column(open_app: OpenApp) -> None:
    frame = open_app("links", q="数据孤岛", view="table").dataframe[0].value
    assert str(frame["年份"].dtype) == "Int64"
    assert list(frame["后项"]) == ["条块分割"]


def test_two_concepts_stand_side_by_side_with_figures(open_app: OpenApp) -> None:
    app = open_app("compare", q="数据孤岛", **{"with": "数据共享"})
    text = shown_text(app)
    assert "数据孤岛" in text
    assert "未见对策的困境" in text
    assert "只在左边" in text
    frame = app.dataframe[0].value
    assert str(frame["左边作品"].dtype) == "Int64"


def test_one_concept_is_compared_with_itself_under_two_narrowings(open_app: OpenApp, corpus: WideWorkspace) -> None:
    text = shown_text(open_app("compare", q="数据孤岛", kind="academic", kind2="official"))
    assert "论文 · 检索了 2 篇" in text
    assert "公文 · 检索了 1 篇" in text
    assert "两边相同" in shown_text(open_app("compare", q="数据孤岛"))


def test_disagreement_shows_who_proposes_who_blames_and_where_it_fell_short(open_app: OpenApp) -> None:
    text = shown_text(open_app("compare", q="数据共享", way="disagreement"))
    for words in ("当作对策提出来", "实行数据共享", "当作成因来批评", "隐私泄露", "措施受挫", "推进数据共享受制于条块分割"):
        assert words in text, words


def test_a_path_shows_every_step_with_its_words(open_app: OpenApp) -> None:
    app = open_app("compare", q="数据孤岛", way="path", **{"with": "数据共享"})
    text = shown_text(app)
    assert "从“数据孤岛”到“数据共享”" in text
    assert "应对它的对策" in text
    assert "为破解数据孤岛，要实行数据共享。" in text
    assert "请在上面填入两个概念" in shown_text(open_app("compare", q="数据孤岛", way="path"))


def test_no_path_says_how_far_it_was_looked(open_app: OpenApp) -> None:
    assert "没有关联把" in shown_text(open_app("compare", q="数据孤岛", way="path", **{"with": "一网通办"}))


@pytest.mark.parametrize("by", ["year", "kind", "issuer", "level", "place"])
def test_the_matrix_counts_works_and_every_cell_is_a_link(open_app: OpenApp, by: str) -> None:
    page = shown_html(open_app("matrix", q="数据孤岛、数据共享", by=by))
    assert "<table" in page
    if by in ("year", "kind"):
        assert "row=data-silos" in page


def test_an_open_cell_shows_the_quotes_that_it_counts(open_app: OpenApp) -> None:
    text = shown_text(open_app("matrix", q="数据孤岛", by="kind", row="data-silos", col="official"))
    assert "1 篇作品，2 条论述" in text
    assert "由于条块分割，信息孤岛依然存在。" in text
    assert "为打破信息孤岛" in text
    assert "部门之间数据孤岛林立" not in text


def test_rows_are_sorted_by_a_column_of_the_address(open_app: OpenApp) -> None:
    def rows(**params: str) -> list[str]:
        page = shown_html(open_app("matrix", q="数据共享、数据孤岛", by="kind", **params))
        return sorted(("数据共享", "数据孤岛"), key=lambda name: page.index(f'<th scope="row">{name}'))

    assert rows() == ["数据共享", "数据孤岛"]
    assert rows(sort="official") == ["数据孤岛", "数据共享"]


def test_dims_are_rows_and_their_cells_open(open_app: OpenApp) -> None:
    text = shown_text(open_app("matrix", rows="dims", by="kind", row="data", col="academic"))
    assert "数据 · 论文" in text
    assert "部门之间数据孤岛林立" in text


def test_one_concept_has_its_years_as_a_table_with_numbers(open_app: OpenApp) -> None:
    app = open_app("matrix", q="数据孤岛")
    frame = app.dataframe[0].value
    assert list(frame["年份"]) == list(range(2018, 2024))
    assert str(frame["作品"].dtype) == "Int64"


@pytest.mark.parametrize("page", PAGES)
def test_hostile_words_are_shown_as_they_are(open_app: OpenApp, page: str) -> None:
    params = {"links": {"q": "数据共享", "side": "effects"}, "compare": {"q": "数据共享", "way": "disagreement"}, "matrix": {"q": "数据孤岛"}}[page]
    app = open_app(page, **params)
    assert "<script" not in shown_html(app)
    if page != "matrix":
        assert HOSTILE in shown_text(app)
    asked = open_app(page, q=HOSTILE)
    assert HOSTILE in shown_text(asked)
    assert "<script" not in shown_html(asked)
    assert not any(HOSTILE in one.value for one in asked.markdown)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("question", ["？？？", "%", "a" * 500, "\u202e岛孤据数", "qqqq zzzz"])
def test_no_question_stops_a_page(open_app: OpenApp, page: str, question: str) -> None:
    text = shown_text(open_app(page, q=question))
    assert "没有" in text or "可查的字词" in text


@pytest.mark.parametrize("page", PAGES)
def test_broken_addresses_are_read_as_far_as_they_go(open_app: OpenApp, page: str) -> None:
    broken = {"side": "?", "way": "x", "by": "colour", "kind": "none", "from": "abc", "to": "99999", "conf": "900", "page": "-1", "sort": "2099"}
    app = open_app(page, q="数据孤岛", row="nobody", col="", **broken)
    assert "数据孤岛" in shown_text(app)
    if page == "matrix":
        assert "这一格不在表中" in shown_text(app)
        assert "关闭这一格" in shown_text(app)


@pytest.mark.parametrize("page", PAGES)
def test_internal_documents_are_on_no_page(open_app: OpenApp, corpus: WideWorkspace, page: str) -> None:
    _mark(corpus, "internal")
    for params in ({"q": "数据孤岛"}, {"q": "数据共享", "side": "effects", "way": "disagreement"}, {"q": "数据孤岛", "row": "data-silos", "col": "2021"}):
        text = shown_text(open_app(page, **params))
        assert "条块分割，信息孤岛" not in text
        assert "隐私泄露" not in text
        assert "林立" not in text


def test_of_a_document_for_quoting_only_its_statements_are_shown(open_app: OpenApp, corpus: WideWorkspace) -> None:
    _mark(corpus, "quotes")
    text = shown_text(open_app("links", q="数据孤岛"))
    assert "由于条块分割，信息孤岛依然存在。" in text
    assert "红头文件" not in text


@pytest.mark.parametrize("page", PAGES)
def test_the_first_visit_says_what_the_page_is_for_in_both_languages(open_app: OpenApp, page: str) -> None:
    zh, en = shown_text(open_app(page)), shown_text(open_app(page, lang="en"))
    assert {"links": "因何而来", "compare": "并排看", "matrix": "点开就是原话"}[page] in zh
    assert {"links": "comes of", "compare": "side by side", "matrix": "opens their words"}[page] in en


@pytest.mark.parametrize(("lang", "words"), [("zh", "库里还没有文献"), ("en", "There are no documents yet")])
@pytest.mark.parametrize("page", ["explore", *PAGES])
def test_an_empty_corpus_says_what_to_do_and_speaks_of_no_samples(open_app: OpenApp, corpus: WideWorkspace, page: str, lang: str, words: str) -> None:
    for document in list(corpus.records):
        corpus.store.delete_document(document)
        del corpus.records[document], corpus.made[document]
    app = open_app(page, q="数据孤岛", lang=lang)
    notice = shown_html(app).partition("zm-nothing")[2].partition("</div>")[0]
    assert words in notice
    assert re.search(r'href="documents', notice)
    assert "示例（虚构）" not in shown_text(app)


@pytest.mark.parametrize("page", ["links", "compare"])
def test_questions_to_try_are_in_the_language_of_the_page(open_app: OpenApp, page: str) -> None:
    assert "数据孤岛" in shown_text(open_app(page)).partition("试试")[2]
    tried = shown_text(open_app(page, lang="en")).partition("Try")[2]
    assert "data silos" in tried
    assert "数据孤岛" not in tried


@pytest.mark.parametrize("page", PAGES)
def test_english_pages_have_no_chinese_words_of_their_own(open_app: OpenApp, page: str) -> None:
    app = open_app(page, q="data silos", lang="en", **({"with": "data sharing"} if page == "compare" else {}))
    text = shown_text(app)
    for words in ("成因", "并排", "矩阵", "篇作品", "检索了", "应对它的"):
        assert words not in text, words
    labels = [label for button in app.button if (label := button.label)]
    assert not any("查看" in label for label in labels)


def test_views_of_one_question_lead_to_each_other_with_their_filters(open_app: OpenApp) -> None:
    page = shown_html(open_app("links", q="数据孤岛", kind="official", side="effects"))
    for other in ("./?q=", "compare?q=", "matrix?q="):
        assert other in page
    assert page.count("kind=official") >= 3
    assert "side=effects&#38;" not in page.partition("zm-views")[2].partition("</nav>")[0]


class _Query(dict[str, list[str]]):
    def get_all(self, key: str) -> list[str]:
        return self.get(key, [])


def _as_query(params: dict[str, str | list[str]]) -> _Query:
    return _Query({name: [value] if isinstance(value, str) else value for name, value in params.items()})


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        (LinksAddress, {"q": '省#1 50% "AI+政务" &', "side": "limits", "kind": ["law"], "from": "2010", "view": "table", "page": "3"}),
        (CompareAddress, {"q": "甲", "with": "乙", "way": "path", "region": ["江东 & 省"], "kind2": ["essay"], "to2": "2020", "conf": "50"}),
        (MatrixAddress, {"q": "甲、乙", "rows": "dims", "by": "place", "sort": "江东", "row": "data", "col": "江东", "level": ["city"]}),
    ],
)
def test_an_address_is_written_as_it_was_read(kind: type[LinksAddress | CompareAddress | MatrixAddress], params: dict[str, str | list[str]]) -> None:
    assert kind.read(_as_query(params)).params() == params
    assert kind.read(_as_query({})).params() == {}


def test_the_language_of_the_address_holds_from_the_next_run_on(open_app: OpenApp) -> None:
    app = open_app("links", q="数据孤岛")
    assert "成因" in shown_text(app)
    app.query_params["lang"] = "en"
    assert "成因" not in shown_text(app.run())
    del app.query_params["lang"]
    assert "成因" in shown_text(app.run())


def test_the_question_page_leads_to_the_other_views_with_its_filters(open_app: OpenApp) -> None:
    page = shown_html(open_app(q="数据孤岛", kind="official"))
    for other in ("links?q=", "compare?q=", "matrix?q="):
        assert other in page
    assert page.partition("zm-views")[2].partition("</nav>")[0].count("kind=official") == 3


def test_causes_say_how_far_they_can_be_relied_on(open_app: OpenApp) -> None:
    assert "在模型没见过的论文上 F1 为" in shown_text(open_app("links", q="数据孤岛"))
    assert "还没有测过准确度" in shown_text(open_app("links", q="数据共享", side="limits"))


def test_the_card_of_a_concept_names_it_and_counts_what_is_said_of_it(open_app: OpenApp) -> None:
    assert 'class="zm-conceptcard"' not in shown_html(open_app("explore", q="数据孤岛"))
    page = shown_html(open_app("explore", q="数据孤岛", card="1"))
    card = page[page.index('class="zm-conceptcard"') :]
    card = card[: card.index("</section>")]
    for words in ("信息孤岛", "data silos", "各年篇数", "易混而不同"):
        assert words in card
    assert re.search(r'2018 <a href="matrix[^"]*row=data-silos[^"]*">1</a>', card)
    assert "Near, but not the same" in shown_text(open_app("explore", q="data silos", card="1", lang="en"))


def test_the_definition_of_a_concept_stands_once(open_app: OpenApp, register: Register) -> None:
    concept = register.get("data-silos")
    assert concept is not None
    for card in ("", "1"):
        assert shown_text(open_app("explore", q="数据孤岛", card=card)).count(concept.definition) == 1


def test_the_search_base_ends_in_a_full_stop_before_what_follows(open_app: OpenApp) -> None:
    assert re.search(r"句（[\d–]+）。这类关联", shown_text(open_app("links", q="数据孤岛")))
    assert re.search(r"searched \([\d–]+\)\. (On papers|How often)", shown_text(open_app("links", q="data silos", lang="en")))
    assert re.search(r"searched \([\d–]+\)\. ", shown_text(open_app("compare", q="data silos", way="disagreement", lang="en")))


def test_neither_of_two_compared_concepts_is_told_to_be_unthought_of_by_the_other(open_app: OpenApp) -> None:
    page = shown_html(open_app("compare", q="数据孤岛", **{"with": "数据共享"}))
    three = page[page.index('<div class="zm-three">') :]
    assert "只在左边" in three
    assert ">数据共享</a>" not in three[: three.index("全部相连") if "全部相连" in three else len(three)]
    assert ">数据孤岛</a>" not in three[: three.index("全部相连") if "全部相连" in three else len(three)]


def test_works_without_a_year_are_told_beside_the_years(open_app: OpenApp, corpus: WideWorkspace) -> None:
    maker = StatementMaker("无年", date=None)
    maker.block("数据孤岛突出。")
    maker.factor("数据孤岛", "dilemma")
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    assert "另有 1 篇未注明年份" in shown_text(open_app("compare", q="数据孤岛", **{"with": "数据共享"}))


def test_of_few_years_each_has_its_name_and_of_many_only_some() -> None:
    assert re.findall(r"<span>(\d*)</span>", bars({2021: 1, 2023: 2}, (2021, 2023), most=2)) == ["2021", "2022", "2023"]
    assert re.findall(r"<span>(\d*)</span>", bars({}, (2001, 2012), most=1)) == ["2001", "", "", "", "2005", "", "", "", "", "2010", "", "2012"]
