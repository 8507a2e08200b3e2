"""Saved pages: every word in reading order, and what the page says of each line."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from corpus.errors import EmptyFile
from corpus.readers import read
from corpus.records import Node, SourceText
from tests.strategies import hostile_texts, sentences


def page(markup: str) -> SourceText:
    return read(markup.encode(), name="a.html")


def stretches(source: SourceText) -> list[tuple[str, str]]:
    return [(source.text[node.start : node.end], node.tag) for node in source.nodes]


def node_of(source: SourceText, words: str) -> Node:
    at = source.text.index(words)
    return next(node for node in source.nodes if node.start <= at < node.end)


def meta(source: SourceText) -> dict[str, str]:
    return {item.name: item.value for item in source.meta}


def test_article_is_read_once_with_its_navigation_told_apart() -> None:
    source = page(
        "<html><body><nav><a href=/>首页</a></nav><article><h1>关于推进数据共享的通知</h1>"
        "<p>各部门应当打破数据孤岛，建立跨部门共享机制，明确责任。</p><p>各市县应当在年底前完成目录编制。</p></article></body></html>"
    )
    assert source.text == ("首页\n关于推进数据共享的通知\n各部门应当打破数据孤岛，建立跨部门共享机制，明确责任。\n各市县应当在年底前完成目录编制。\n")
    assert (node_of(source, "首页").path, node_of(source, "首页").link_share) == ("body/nav", 1.0)
    assert node_of(source, "关于").tag == "h1"
    assert node_of(source, "各市县").path == "body/article/p"


def test_reading_does_not_remember_other_pages() -> None:
    shared = "<p>各地各部门要高度重视，加强组织领导，确保各项任务落到实处。</p>"
    pages = [f"<html><body>{shared}<p>第{n}件事各不相同。</p></body></html>" for n in range(3)]
    first = [page(markup) for markup in pages]
    assert [page(markup) for markup in reversed(pages)] == first[::-1]
    assert [page(pages[0]) for _ in range(10)] == [first[0]] * 10
    assert all("高度重视" in source.text for source in first)


def test_raised_number_does_not_break_its_sentence() -> None:
    source = page("<p>各部门应当打破<sup>[1]</sup>数据孤岛，建立机制。</p>")
    assert source.text == "各部门应当打破[1]数据孤岛，建立机制。\n"
    assert stretches(source) == [("各部门应当打破", "p"), ("[1]", "sup"), ("数据孤岛，建立机制。", "p")]


def test_phonetic_guide_is_told_apart_from_its_base() -> None:
    source = page("<p>国家<ruby>统<rp>(</rp><rt>tǒng</rt><rp>)</rp></ruby>计局</p>")
    assert stretches(source) == [("国家统", "p"), ("(", "rp"), ("tǒng", "rt"), (")", "rp"), ("计局", "p")]


def test_wechat_article_is_read_although_hidden_and_its_date_stands_in_a_script() -> None:
    source = page(
        "<script>var createTime = '2024-08-22 21:57';var nickname = htmlDecode(\"数字\\x26政务\");</script>"
        '<h1 id="activity-name">破解数据孤岛</h1><em id="publish_time"></em>'
        '<div id="js_content" style="visibility: hidden"><p>各部门应当打破数据孤岛。自2019年3月1日起试行。</p></div>'
        '<div style="visibility:hidden"><p>推荐阅读</p></div>'
    )
    assert meta(source)["wechat.createTime"] == "2024-08-22 21:57"
    assert meta(source)["wechat.nickname"] == "数字&政务"
    assert not node_of(source, "各部门").hidden
    assert node_of(source, "推荐阅读").hidden
    assert node_of(source, "破解").labels == "activity-name"
    assert "createTime" not in source.text


def test_wechat_seconds_are_local_time_of_china() -> None:
    assert meta(page('<script>var ct = "1724342220";</script><p>文</p>'))["wechat.ct"] == "2024-08-22 23:57:00"


def test_page_says_of_itself() -> None:
    source = page(
        '<html lang="zh-CN"><head><title> 破解\n数据孤岛 </title><meta name="Author" content="张三"><meta property="og:site_name" content="某报">'
        '<link rel="canonical" href="https://example.org/a"><script type="application/ld+json">'
        '{"@graph":[{"datePublished":"2018-05-30","author":[{"name":"李四"}],"headline":"题\\ud800"}]}</script></head>'
        '<body><time datetime="2018-05-30">昨天</time><img src=a><img src=b><svg><title>图标</title></svg></body></html>'
    )
    assert meta(source) == {
        "lang": "zh-CN",
        "title": "破解 数据孤岛",
        "author": "张三",
        "og:site_name": "某报",
        "canonical": "https://example.org/a",
        "jsonld.headline": "题�",
        "jsonld.datePublished": "2018-05-30",
        "jsonld.author": "李四",
        "time": "2018-05-30",
        "images": "2",
    }
    assert source.text == "昨天\n"


def test_row_of_data_stays_one_line_with_a_tab_for_each_column() -> None:
    source = page(
        "<table><tr><th>问题<th>原因<th>措施<tr><td rowspan=2>数据孤岛<td>部门分割<td><p>建立</p><p>共享平台</p>"
        "<tr><td>标准不一<td>统一数据标准<tr><td colspan=2>合计<td>两项</table>"
    )
    assert source.text == "问题\t原因\t措施\n数据孤岛\t部门分割\t建立 共享平台\n\t标准不一\t统一数据标准\n合计\t\t两项\n"
    assert [tag for _, tag in stretches(source)] == ["th"] * 3 + ["td"] * 8


def test_table_that_lays_out_the_page_gives_lines() -> None:
    source = page(
        "<table><tr><td>侧栏</td><td><p>第一段。</p><table><tr><td>发文字号：</td><td>国发〔2018〕999号</td></tr></table><p>第二段。</p></td></tr></table>"
    )
    assert source.text == "侧栏\n第一段。\n发文字号：\t国发〔2018〕999号\n第二段。\n"


def test_blanks_run_together_as_in_a_browser() -> None:
    source = page("<div>\n  各部门应当打破数据\n  孤岛，  a\n b <b>共享</b> 机制。<br>\n第二行\u3000\u3000完\n</div><pre>a  b\n  c</pre>")
    assert source.text == "各部门应当打破数据孤岛， a b 共享 机制。\n第二行\u3000\u3000完\na  b\n  c\n"


def test_hidden_words_inside_a_sentence_are_told_apart() -> None:
    source = page('<p>打破<span style="display: none">转载请注明</span>数据孤岛</p>')
    assert [(node.tag, node.hidden) for node in source.nodes] == [("p", False), ("span", True), ("p", False)]


def test_text_of_scripts_styles_and_templates_is_not_text() -> None:
    source = page("<style>p{}</style><p>文<script>var a='<p>b</p>'</script>本</p><noscript>请开启</noscript><template><p>模板</p></template><!-- 注 -->")
    assert source.text == "文本\n"


def test_form_controls_stand_on_lines_of_their_own() -> None:
    source = page("<p>正文<button>分享</button></p><select><option>一<option>二</select>")
    assert stretches(source) == [("正文", "p"), ("分享", "button"), ("一", "option"), ("二", "option")]


@pytest.mark.parametrize("markup", ["<!-- 只有注释 -->", "<script>render()</script>", "</p>", "<div><img src=a></div>", "<p>&nbsp;</p>"])
def test_page_without_words_is_refused(markup: str) -> None:
    with pytest.raises(EmptyFile, match=r"^a\.html: "):
        page(markup)


def test_damage_in_a_page_is_found_again_in_its_text() -> None:
    source = read("<p>数据孤岛突出".encode() + b"\xff<script>\xff</script>" + "孤岛。".encode() * 5 + b"\xff\xfe</p>", name="a.html")
    assert [(source.text[damage.start], damage.byte) for damage in source.damages] == [("�", 21), ("�", 85)]


def test_nul_and_half_surrogates_do_not_cut_the_page() -> None:
    source = page("<p>数据\0孤岛&#xD800;&#0;突出</p><p>后文</p>")
    assert source.text == "数据孤岛��突出\n后文\n"
    assert any(warning.startswith("nul_characters: ") for warning in source.warnings)


def test_broken_markup_loses_no_words() -> None:
    source = page("<p>各部门<b>应当<i>打</b>破</i><div>数据</p>孤岛</div></body></html><p>页外 a < b，5<6 <数据></p><a href=x>一<a href=y>二")
    for words in ("各部门应当打破", "数据", "孤岛", "页外 a < b，5<6 <数据>", "一二"):
        assert words in source.text


def _words(text: str) -> str:
    return re.sub(r"\s", "", text)


def _dump(markup: str) -> str:
    """Words of the page by another road: the tree of lxml."""
    tree = lxml_html.document_fromstring(markup)
    for element in tree.xpath("//script|//style|//template|//noscript|//iframe|//title|//comment()"):
        element.drop_tree()
    return _words(tree.text_content())


def _check_nodes(source: SourceText) -> None:
    assert all(left.end <= right.start for left, right in pairwise(source.nodes))
    at = 0
    for node in source.nodes:
        assert not source.text[at : node.start].strip("\n\t ")
        at = node.end
    assert not source.text[at:].strip("\n")


@given(
    st.lists(
        st.one_of(
            sentences(),
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<table>",
                    "<tr>",
                    "<td>",
                    "</table>",
                    "<b>",
                    "</b>",
                    "<br>",
                    "<ul><li>",
                    "<sup>",
                    "</sup>",
                    "\n",
                    "<div class=x>",
                    "</div>",
                    "&nbsp;",
                ]
            ),
        ),
        max_size=30,
    )
)
def test_every_word_is_read_once_and_stands_in_one_node(pieces: list[str]) -> None:
    markup = "<html><body>始" + "".join(pieces) + "</body></html>"
    source = page(markup)
    assert _words(source.text) == _dump(markup)
    _check_nodes(source)


@given(hostile_texts())
def test_hostile_characters_are_kept(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\0", "")
    source = page(f"<p>始{escaped}终</p>" + "<p>" + "各部门应当打破数据孤岛。" * 300)
    kept = re.sub(r"\s", "", text.replace("\0", ""))
    assert re.sub(r"\s", "", source.text).startswith(f"始{kept}终各部门")
    _check_nodes(source)


@pytest.mark.shared
def test_saved_government_pages_are_read_whole(shared: Path) -> None:
    files = sorted((shared / "texts" / "gov60" / "page").glob("*.html"))
    assert files
    for file in files:
        source = read(file.read_bytes(), name=file.name)
        assert _words(source.text) == _dump(file.read_text(encoding="utf-8")), file.name
        body = (shared / "texts" / "gov60" / "text" / f"{file.stem}.txt").read_text(encoding="utf-8")
        assert _words(body) in _words(source.text), file.name
        _check_nodes(source)
