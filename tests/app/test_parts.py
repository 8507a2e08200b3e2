"""Marked text, addresses, tables and the map, without a page around them."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import parse_qs

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._parts.address import DocumentAddress, QuestionAddress, href
from app_pages._parts.cards import source_line, titled
from app_pages._parts.graph_view import FOOT, HEAD, HEIGHT, SIDE, WIDTH, chart_key, options, placed, short
from app_pages._parts.html import block, el, shown
from app_pages._parts.marks import Mark, excerpt, marked, moved, words_marked
from app_pages._parts.tables import frame
from graph.records import MapEdge, MapNode, MapQuote, Neighbourhood, Quote, SourceRef
from pipeline.records import FACTOR_TYPES
from zhengmai.spreadsheet import guarded, restored, to_csv

TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60)
ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'~$:[]{}\n\r\t\0數据孤岛")), max_size=60)


class Query(dict[str, list[str]]):
    """Query parameters as Streamlit hands them out."""

    def get_all(self, key: str) -> list[str]:
        return self.get(key, [])


def query_of(params: dict[str, str | list[str]]) -> Query:
    return Query({key: value if isinstance(value, list) else [value] for key, value in params.items()})


def params_of(link: str) -> dict[str, str | list[str]]:
    return dict(parse_qs(link.partition("?")[2]))


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXT)
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(-5, len(text) + 5))
        end = draw(st.integers(start + 1, start + 30))
        marks.append(Mark(start=start, end=end, type=draw(st.sampled_from(FACTOR_TYPES)), letter="困", href="document?doc=1&at=2"))
    return text, marks


@given(ANY_TEXT)
def test_shown_text_holds_nothing_that_a_browser_acts_on(text: str) -> None:
    escaped = shown(text)
    assert not set("<>\"'\n\r\0") & set(escaped)
    assert re.sub(r"&#\d+;", "", escaped).count("&") == 0
    escaped.encode("utf-8")


@given(TEXT)
def test_shown_text_is_the_text(text: str) -> None:
    assert html.unescape(shown(text)) == text


@given(ANY_TEXT)
def test_shown_keeps_the_number_of_characters(text: str) -> None:
    assert len(re.sub(r"&#\d+;", "x", shown(text))) == len(text)


def test_html_is_escaped_once_and_other_text_always() -> None:
    assert el("p", "<b>", el("i", "&")) == "<p>&#60;b&#62;<i>&#38;</i></p>"
    assert el("a", "x", href='"><script>', title="") == '<a href="&#34;&#62;&#60;script&#62;">x</a>'
    assert block(shown(shown("<")), cls="zm-x") == '<div class="zm zm-x">&#60;</div>'


@given(marked_texts())
def test_marks_change_no_character(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    assert plain(marked(text, marks)) == text


@given(marked_texts())
def test_marks_nest_as_html_wants_it_and_every_mark_is_drawn(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    markup = marked(text, marks)
    depth = 0
    for tag in re.findall(r"</?mark", markup):
        depth += 1 if tag == "<mark" else -1
        assert depth >= 0
    assert depth == 0
    inside = [mark for mark in marks if moved(mark, 0, len(text))]
    assert markup.count("data-letter") == len(inside)


def test_overlapping_marks_are_cut_at_each_other() -> None:
    one = Mark(start=0, end=3, type="dilemma", letter="困")
    two = Mark(start=2, end=5, type="goal", letter="标")
    assert (
        re.sub(r'<mark class="zm-m zm-(\w)\w+"(?: data-letter="."|)>', r"<\1>", marked("数据孤岛破", [one, two]))
        == "<d>数据</mark><d><g>孤</mark></mark><g>岛破</mark>"
    )


@given(TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))), max_size=5))
def test_words_that_were_searched_for_change_no_character(text: str, places: list[tuple[int, int]]) -> None:
    inside = [(start, min(end, len(text))) for start, end in places if start < min(end, len(text))]
    assert plain(words_marked(text, inside)) == text


@given(st.integers(0, 900), st.integers(0, 900), st.integers(1, 200))
def test_an_excerpt_holds_the_place_and_is_no_longer_than_asked(length: int, start: int, size: int) -> None:
    if start + size > length:
        return
    left, right = excerpt("数" * length, start, start + size, most=300)
    assert 0 <= left <= start
    assert start + size <= right <= length
    assert right - left <= max(300, size)


@given(
    q=TEXT.map(str.strip),
    basis=st.lists(st.sampled_from(["stated", "aligned"]), unique=True),
    years=st.tuples(st.integers(1900, 2100), st.integers(1900, 2100)),
    page=st.integers(1, 50),
    confidence=st.integers(0, 100),
)
def test_an_address_is_read_as_it_was_written(q: str, basis: list[str], years: tuple[int, int], page: int, confidence: int) -> None:
    address = QuestionAddress.read(query_of({"q": q, "basis": basis, "from": str(years[0]), "to": str(years[1]), "page": str(page), "conf": str(confidence)}))
    assert QuestionAddress.read(query_of(address.params())) == address
    assert address.q == q
    assert QuestionAddress.read(query_of(params_of(href("", address.params())))) == address


@pytest.mark.parametrize("value", ["9-3", "-1-4", "x", "", "1-", "99999999999-3", "3-3", "1 - 4"])
def test_a_place_that_is_none_is_left_out(value: str) -> None:
    assert DocumentAddress.read(query_of({"doc": "d1", "at": value})).at is None


def test_signs_of_addresses_survive_in_a_question() -> None:
    address = QuestionAddress(q='省#1 50% "AI+政务" & 数据孤岛')
    link = href("", address.params())
    assert not set('#" ') & set(link)
    assert params_of(link)["q"] == [address.q]


@given(ANY_TEXT)
def test_a_guarded_cell_comes_back_and_cannot_run(text: str) -> None:
    cell = guarded(text)
    assert isinstance(cell, str)
    assert (cell if cell == text else restored(cell)) == text
    assert cell.lstrip(" \u3000\u00a0")[:1] not in tuple("=+-@\t\r\n＝＋－＠") or cell == ""
    if text.startswith("'"):
        assert restored(cell) == text


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","数据")', "-3.5个百分点", "+86热线", "@主管部门", "\t=1", " =1", "＝1", "'quoted"])
def test_text_that_looks_like_a_formula_gets_the_same_mark_everywhere(text: str) -> None:
    assert guarded(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert guarded(-3.5) == -3.5
    assert to_csv(["a"], [[-3.5]]).decode("utf-8-sig").splitlines()[1] == "-3.5"


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_a_file_is_read_back_by_any_reader_of_csv(rows: list[list[str]]) -> None:
    data = to_csv(["一", "二"], rows)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[0] == ["一", "二"]
    assert [
        [cell if cell == wanted else restored(cell) for cell, wanted in zip(row, original, strict=True)] for row, original in zip(read[1:], rows, strict=True)
    ] == rows


def test_years_and_gaps_are_one_column_that_sorts_by_time_with_blanks_last() -> None:
    table = frame(["题", "年"], [["甲", 2018], ["乙", None], ["丙", 2016]], numbers=[1])
    assert str(table["年"].dtype) == "Int64"
    assert list(table.sort_values("年")["题"]) == ["丙", "甲", "乙"]


def _around(*labels: str) -> Neighbourhood:
    nodes = tuple(MapNode(id=f"n{i}", label=label, kind="concept" if i == 0 else "dilemma", x=float(i), y=0.0, weight=1) for i, label in enumerate(labels))
    edges = tuple(MapEdge(source=node.id, target="n0", type="about") for node in nodes[1:])
    return Neighbourhood(nodes=nodes, edges=(*edges, MapEdge(source="n0", target="gone", type="about")), shown=len(edges), total=9)


def test_nodes_of_one_label_stay_two_nodes() -> None:
    series = options(_around("数据孤岛", "信息孤岛", "信息孤岛"), centre="n0", chosen="n1", kind_names=str)["series"][0]
    assert [node["id"] for node in series["data"]] == ["n0", "n1", "n2"]
    assert [edge["source"] for edge in series["edges"]] == ["n1", "n2"]


def test_labels_are_cut_and_hold_no_template_of_the_chart() -> None:
    assert short("部门之间数据互不相通") == "部门之间数据互…"
    node = options(_around("{b}<img src=x>", "a\ud800b"), centre="n0", chosen="", kind_names=str)["series"][0]["data"]
    assert node[0]["name"] == "｛b｝<img src=x>"
    assert node[1]["name"] == "a�b"


def test_kinds_that_the_legend_hides_leave_the_others_where_they_are() -> None:
    nodes = (*_around("数据孤岛", "信息孤岛").nodes, MapNode(id="c", label="互联互通", kind="concept", x=-1.0, y=1.0, weight=1))
    around = Neighbourhood(nodes=nodes, edges=tuple(MapEdge(source=one, target="n0", type="about") for one in ("n1", "c")), shown=2, total=2)
    whole, part = (options(around, centre="n0", chosen="n0", kind_names=str, hidden=hidden) for hidden in ((), ("dilemma", "concept")))
    places = [[(node["x"], node["y"]) for node in chart["series"][0]["data"]] for chart in (whole, part)]
    assert places[0] == places[1]
    assert [node["symbolSize"] > 0 for node in part["series"][0]["data"]] == [True, False, False]
    assert [node["label"]["show"] for node in part["series"][0]["data"]] == [True, False, False]
    assert len(whole["series"][0]["edges"]) == 2
    assert part["series"][0]["edges"] == []
    # a picture that is saved names what is on it
    assert [[one["name"] for one in chart["legend"][0]["data"]] for chart in (whole, part)] == [["concept", "dilemma"], ["concept"]]


def test_another_list_of_nodes_has_another_key() -> None:
    assert chart_key(_around("甲", "乙"), "zh") == chart_key(_around("丙", "丁"), "zh")
    assert chart_key(_around("甲", "乙", "丙"), "zh") != chart_key(_around("甲", "乙"), "zh")
    assert chart_key(_around("甲"), "en") != chart_key(_around("甲"), "zh")


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=50))
def test_the_map_fits_its_picture_and_is_the_same_again(points: list[tuple[float, float]]) -> None:
    nodes = [MapNode(id=f"n{i}", label="甲", kind="dilemma", x=x, y=y, weight=1) for i, (x, y) in enumerate(points)]
    places = placed(nodes)
    assert len(places) == len(nodes)
    xs, ys = [x for x, _ in places], [y for _, y in places]
    assert max(xs) - min(xs) <= WIDTH - 2 * SIDE + 1
    assert max(ys) - min(ys) <= HEIGHT - HEAD - FOOT + 1
    assert places == placed(nodes)


@pytest.mark.parametrize(
    ("label", "cut"),
    [
        ("数据孤岛", "数据孤岛"),
        ("部门之间数据互不相通", "部门之间数据互…"),
        ("data sharing", "data sharing"),
        ("insufficient capacity of counties", "insufficient c…"),
        ("AI＋政务", "AI＋政务"),
    ],
)
def test_labels_of_the_map_are_cut_by_their_width(label: str, cut: str) -> None:
    assert short(label) == cut


def test_a_document_without_a_title_goes_by_its_file_and_says_so() -> None:
    source = SourceRef(document="d1", file="公文0012", title="[公文0012]", year=None, date=None, kind="official", issuer=None)
    assert titled(source) == "无题名 · 公文0012"
    assert titled(msgspec.structs.replace(source, title="公文0012")) == "公文0012"
    assert '<span class="zm-title">无题名 · 公文0012</span>' in source_line(source)


def test_a_node_of_several_statements_says_how_many() -> None:
    source = SourceRef(document="d1", file="文", title="文", year=None, date=None, kind="official", issuer=None)
    quote = Quote(factor="f1", type="dilemma", text="数据孤岛", start=0, end=4, sentence="数据孤岛。", sentence_start=0, author="a.v1", confidence=1.0)
    around = _around("数据孤岛", "信息孤岛")
    joined = msgspec.structs.replace(around.nodes[1], quotes=(MapQuote(source=source, quote=quote),) * 3)
    data = options(msgspec.structs.replace(around, nodes=(around.nodes[0], joined)), centre="n0", chosen="", kind_names=str)["series"][0]["data"]
    assert [node["name"] for node in data] == ["数据孤岛", "信息孤岛 ×3"]
