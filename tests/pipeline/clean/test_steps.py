"""What each cleaning step mends, with the cases that were reported of other tools."""

from __future__ import annotations

import pytest

from corpus.readers import read
from corpus.records import Node, SourceText
from pipeline.clean import KINDS, Change, Draft, clean
from pipeline.clean._accounts import account_for


def cleaned(text: str, form: str = "txt") -> Draft:
    source = SourceText(text=text, format=form, encoding="utf-8")
    draft = clean(source)
    assert account_for(draft, source).faults == ()
    assert {change.kind for change in draft.journal} <= KINDS.keys()
    return draft


def kinds(draft: Draft) -> list[str]:
    return [change.kind for change in draft.journal]


def test_radicals_become_the_characters_they_stand_for_and_lead_back_to_the_raw_place() -> None:
    draft = cleaned("⺠⽣⼯程⻓期存在数据孤岛，⻛险突出。")
    assert draft.text == "民生工程长期存在数据孤岛，风险突出。"
    assert draft.raw(draft.text.index("风险"), draft.text.index("风险") + 2) == (13, 15)


def test_simplified_text_with_traditional_names_is_left_as_it_stands() -> None:
    text = "松原市乾安县政务服务局应当打破数据孤岛。瀋陽市于洪区同步推进。"
    assert cleaned(text).text == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("一、问题\r\n数据孤岛突出。\r\n", "一、问题\n数据孤岛突出。\n"),
        ("一、问题\r数据孤岛突出。\u2028二、对策\n", "一、问题\n数据孤岛突出。\n二、对策\n"),
        ("数据\u200b孤岛\ufeff突出\u00ad。", "数据孤岛突出。"),
        ("govern\u00ad\nment data", "government data"),
        ("针对数据\x0b孤岛，应当建立平台\x02。", "针对数据孤岛，应当建立平台。"),
        ("第一段。\x0b第二段。", "第一段。\n第二段。"),
        ("数据\x00孤岛", "数据孤岛"),
        ("the ﬁrst oﬃce", "the first office"),
        ("\uf0b7 建立平台", "建立平台"),
        ("负责人㛃某、𠮷某", "负责人㛃某、𠮷某"),
        ("占比5％，ＡＩ平台", "占比5％，ＡＩ平台"),
    ],
)
def test_characters_without_meaning_go_and_look_alikes_are_replaced(text: str, right: str) -> None:
    assert cleaned(text).text == right


def test_what_cannot_be_read_is_marked_as_uncertain_and_left() -> None:
    draft = cleaned("各部门\ufffd打破\ue123数据孤岛\ud800。锟斤拷锟斤拷")
    assert draft.text == "各部门\ufffd打破\ue123数据孤岛\ufffd。锟斤拷锟斤拷"
    assert [(change.kind, change.certain) for change in draft.journal] == [
        ("bytes", False),
        ("undecodable", False),
        ("private_use", False),
        ("undecodable", False),
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("建立共享机制。</p>", "建立共享机制。\n"),
        ("数据<b>孤岛</b>与<span class='a'>平台</span>", "数据孤岛与平台"),
        ("数据&nbsp;孤岛&amp;平台&#8220;云长制&#8221;", "数据孤岛&平台“云长制”"),
        ("第一段。<br/>第二段。", "第一段。\n第二段。"),
        ("前文。<!-- INFO END -->后文。", "前文。后文。"),
        ("打破<sup>[1]</sup>数据孤岛", "打破数据孤岛"),
        ("面积5m<sup>2</sup>，a<b成立，A&B公司", "面积5m²，a<b成立，A&B公司"),
        ("第一段。\n26ee7d3683e6ad526b0fe1e8f9dd4680\n第二段。", "第一段。\n\n第二段。"),
        ("编号\n123456789012345678901234567890\n", "编号\n123456789012345678901234567890\n"),
        ("<script>var a = '<p>';</script>正文", "正文"),
    ],
)
def test_remains_of_html_go(text: str, right: str) -> None:
    assert cleaned(text).text.replace(" ", "") == right.replace(" ", "")


def test_rows_of_an_html_table_are_lines_that_begin_with_a_tab() -> None:
    draft = cleaned("<html><body><table><tr><td>问题</td><td>措施</td></tr><tr><td rowspan=2>数据孤岛</td><td></td></tr></table></body></html>")
    assert draft.text.strip("\n").split("\n") == ["\t问题\t措施", "\t数据孤岛\t"]


def test_rows_of_a_pipe_table_are_lines_that_begin_with_a_tab() -> None:
    draft = cleaned("## 数据领域\n\n|问题|原因|措施|\n|-|-|-|\n|数据孤岛|部门分割|建立共享平台|\n| 人才短缺 | 激励不足 | **完善**薪酬 |\n", "md")
    assert draft.text == "## 数据领域\n\n\t问题\t原因\t措施\n\n\t数据孤岛\t部门分割\t建立共享平台\n\t人才短缺\t激励不足\t完善薪酬\n"


def test_rows_of_a_saved_page_are_lines_that_begin_with_a_tab() -> None:
    source = read("<table><tr><td>问题</td><td>措施</td></tr><tr><td>数据 孤岛</td><td>建平台</td></tr></table>".encode(), name="a.html")
    assert clean(source).text == "\t问题\t措施\n\t数据 孤岛\t建平台\n"


def test_columns_of_a_drawing_that_were_read_across_are_rows_not_a_sentence() -> None:
    drawing = (
        "在市级层面，提出 省级部门联合印发 试点城市公布名单，  \n要健全共享机制， 《关于加快开放 推动平台建设和  \n打通数据壁垒 的实施方案》 数据资源汇聚工程\n"
    )
    draft = cleaned(f"智库的发展经历了三个阶段。\n\n{drawing}\n图1 发展历程\n\n此后各地加快建设。", "md")
    lines = [line for line in draft.text.split("\n") if line]
    assert lines[0] == "智库的发展经历了三个阶段。"
    assert lines[1:4] == [
        "\t在市级层面，提出\t省级部门联合印发\t试点城市公布名单，",
        "\t要健全共享机制，\t《关于加快开放\t推动平台建设和",
        "\t打通数据壁垒\t的实施方案》\t数据资源汇聚工程",
    ]
    assert lines[-1] == "此后各地加快建设。"


@pytest.mark.parametrize(
    "text",
    [
        "关键词：数据孤岛 共享机制 政务服务 协同治理 平台建设 责任清单 考核  \n分类号：G312  \n文献标识码 A",
        "各部门 应当打破 数据孤岛，  \n建立 共享 机制 并且明确 责任。  \n各市县 应当 在年底前 完成目录编制",
        "张三 数据治理研究[J] 某某学报 某某出版社 北京  \n李四 共享机制 研究综述[J] 某某学报  \n王五 平台建设 研究[M] 某某出版社",
    ],
)
def test_what_has_sentences_labels_or_references_is_no_drawing(text: str) -> None:
    assert "\t" not in cleaned(text, "md").text


def test_tabs_that_indent_are_no_cells() -> None:
    assert cleaned("\t发展农村经济。\n\t增加农民收入。\n").text == "发展农村经济。\n增加农民收入。\n"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("应当**打破**[数据孤岛](http://a.cn/b.html)，见![](x.jpg)。", "应当打破数据孤岛，见。"),
        ("# 二、对策 ##", "# 二、对策"),
        ("##　二、对策", "## 二、对策"),
        ("> the *data silos* problem", "the data silos problem"),
        ("\\*资助项目", "*资助项目"),
        ("[1](美)曼纽尔. 网络社会[M]", "[1](美)曼纽尔. 网络社会[M]"),
        ("2018~2020年，5*3*2", "2018~2020年，5*3*2"),
        ("![](images/a.jpg)", "![](images/a.jpg)"),
        ("---", ""),
    ],
)
def test_marks_of_markdown_go_and_what_tells_the_structure_stays(text: str, right: str) -> None:
    assert cleaned(text, "md").text == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("占总人口的 $1 6 . 1 5 \\%$ ，其中", "占总人口的16.15%，其中"),
        ("达到 $6 8 . 1 \\% ^ { [ 4 7 ] }$ 。", "达到68.1%[47]。"),
        ("约 $4 1 . 4 \\times 1 0 ^ { 8 } \\mathrm { m } ^ { 3 }$ 水", "约41.4×10⁸m³水"),
        ("$\\textcircled { \\scriptsize { 2 } }$ 建立平台", "②建立平台"),
        ("气温 $2 5 . 6 ^ { \\circ } \\mathrm { C }$ ", "气温25.6°C"),
        ("张三 $^ 1$ 李四 $^ { 2 , * }$", "张三¹ 李四²,*"),
        ("花$100到$200美元", "花$100到$200美元"),
        ("$\\begin{matrix} a \\end{matrix}$", "$\\begin{matrix} a \\end{matrix}$"),
    ],
)
def test_formulas_of_figures_and_units_are_read_as_text(text: str, right: str) -> None:
    assert cleaned(text, "md").text == right


def test_a_formula_that_no_line_can_show_is_marked() -> None:
    assert cleaned("设 $\\begin{matrix} a \\end{matrix}$ 为", "md").journal[-1] == Change("latex", (1, 34), " $\\begin{matrix} a \\end{matrix}$ ", False)


@pytest.mark.parametrize("mark", ["[12]", "[1,2]", "[3-5]", "［12］", "[14,15]"])
def test_citation_numbers_stay_and_are_named(mark: str) -> None:
    draft = cleaned(f"数据孤岛问题突出{mark}。")
    assert draft.text == f"数据孤岛问题突出{mark}。"
    assert draft.journal == [Change("citation", (8, 8 + len(mark)), mark, True)]


@pytest.mark.parametrize(
    "text",
    [
        "国办发[2018]123号",
        "国办发〔2018〕12号",
        "[1] 张三. 数据孤岛[J]. 学报, 2018.",
        "发布于[2018-02-21]。",
        "①建立平台；②明确责任；③加强考核。",
        "如图①所示",
    ],
)
def test_what_is_no_citation_is_not_named(text: str) -> None:
    assert cleaned(text).journal == []


def test_a_footnote_mark_behind_a_word_is_named() -> None:
    assert kinds(cleaned("学界称之为数据孤岛①。")) == ["note"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("成功推进了中国式现代化。”2221世纪以来，", "成功推进了中国式现代化。”21世纪以来，"),
        ("到20世纪末", "到20世纪末"),
        ("机制。122018年5月，", "机制。2018年5月，"),
        ("距今12000年前", "距今12000年前"),
        ("共投入1,202,018年", "共投入1,202,018年"),
    ],
)
def test_a_note_number_run_into_a_date_goes_where_the_calendar_proves_it(text: str, right: str) -> None:
    assert cleaned(text).text == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("不对所包含 内容的准确性提供保证，如有侵权，请联系删除。", "不对所包含内容的准确性提供保证，如有侵权，请联系删除。"),
        ("第一条 为了规范工作，根据法律，制定本条例。", "第一条 为了规范工作，根据法律，制定本条例。"),
        ("## 第一章　总　　则", "## 第一章　总则"),
        ("摘　要：数据孤岛", "摘要：数据孤岛"),
        ("关 键 词：数据孤岛", "关键词：数据孤岛"),
        ("作者:王 正 柳 婷", "作者:王 正 柳 婷"),
        ("促进农村民生建设 稳定社会发展", "促进农村民生建设 稳定社会发展"),
        ("推动 AI 与 data silos 治理，占 30% 以上。", "推动 AI 与 data silos 治理，占 30% 以上。"),
        ("K e y w o r d s: data", "Keywords: data"),
        ("　　各部门应当落实。　", "各部门应当落实。"),
    ],
)
def test_blanks_go_where_they_part_nothing(text: str, right: str) -> None:
    assert cleaned(text).text == right


def test_pinyin_over_characters_and_raised_numbers_of_a_page_leave_the_sentence() -> None:
    text = "统(tǒng)计局应当打破[1]数据孤岛，机房10m2。"
    nodes = (
        Node(start=1, end=2, tag="rp"),
        Node(start=2, end=6, tag="rt"),
        Node(start=6, end=7, tag="rp"),
        Node(start=13, end=16, tag="sup"),
        Node(start=text.index("m2") + 1, end=text.index("m2") + 2, tag="sup"),
    )
    draft = clean(SourceText(text=text, format="html", encoding="utf-8", nodes=nodes))
    assert draft.text == "统计局应当打破数据孤岛，机房10m²。"
    assert kinds(draft) == ["ruby", "ruby", "ruby", "citation", "markup"]


@pytest.mark.parametrize(
    "text",
    [
        "数据共享是数字政府建设的基础[1,2]。各部门自建系统，形成了数据孤岛。\n\n# 二、对策\n\n\t问题\t措施\n\t数据孤岛\t建平台\n",
        "第一条 为了规范工作，制定本条例。\n\n![](图.jpg)\n图1 平台结构\n",
        "政府數字化轉型是一項系統工程，形成合力。總體而言，云長制有效。\n",
    ],
)
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert cleaned(text, "md").text == text
