"""Faults that people report of tools for this job: levels, contents lists, tables, attachments, odd documents. Inputs are made up."""

from __future__ import annotations

import time

import pytest

from corpus.records import Node, SourceText
from pipeline.clean import Draft, clean
from pipeline.structure import Structure, heading_path, read_structure, run_in_heading


def structure_of(text: str, *, nodes: tuple[Node, ...] = ()) -> Structure:
    source = SourceText(text=text, format="html" if nodes else "md", encoding="utf-8", nodes=nodes)
    return read_structure(clean(source), source)


def headings(structure: Structure) -> list[tuple[str, int | None, str | None]]:
    return [(b.text, b.level, b.zone) for b in structure.blocks if b.role == "heading"]


def role_of(structure: Structure, text: str) -> str:
    return next(b.role for b in structure.blocks if b.text == text)


def test_levels_come_from_numbers_not_from_marks() -> None:
    """Case 31: every heading comes out as `#`."""
    text = "# 一、问题\n各地都有问题。\n# （一）数据孤岛突出\n各自为政。\n# 1.系统林立\n系统很多。\n# 二、对策\n要改进。\n# （一）建设共享平台\n要建平台。"
    structure = structure_of(text)
    assert [level for _, level, _ in headings(structure)] == [1, 2, 3, 1, 2]
    assert [zone for _, _, zone in headings(structure)] == ["dilemma"] * 3 + ["countermeasure"] * 2


def test_contents_list_is_no_row_of_headings() -> None:
    """Case 35: two sections, not four."""
    text = "目录\n一、存在问题……………1\n二、对策建议……………3\n一、存在问题\n部门之间数据互不相通。\n二、对策建议\n应当建立共享平台。"
    structure = structure_of(text)
    assert headings(structure) == [("一、存在问题", 1, "dilemma"), ("二、对策建议", 1, "countermeasure")]
    assert [b.reason for b in structure.blocks if b.role == "noise"] == ["contents"] * 3
    assert "……" not in structure.clean_text


def test_contents_list_without_page_numbers_ends_where_its_first_entry_comes_again() -> None:
    structure = structure_of(
        "目 录\n1　总则\n1.1　目的\n1.2　范围\n2　附则\n1　总则\n1.1　目的\n为了规范管理，制定本预案，供各单位遵照执行。\n"
        "1.2　范围\n本预案适用于全市。\n2　附则\n本预案自印发之日起施行，由办公室解释。"
    )
    assert [text for text, _, _ in headings(structure)] == ["1　总则", "1.1　目的", "1.2　范围", "2　附则"]


def test_rows_of_an_arguing_table_are_kept_cell_by_cell() -> None:
    """Case 34: the row stays one, the header words are no statements, the heading is above both rows."""
    text = "## 数据领域\n\n|问题|原因|措施|\n|-|-|-|\n|数据孤岛|部门分割|建立共享平台|\n|人才短缺|激励不足|完善薪酬制度|\n"
    structure = structure_of(text)
    rows = [b for b in structure.blocks if b.id in structure.rows]
    assert [[b.text[c.start : c.end] for c in structure.rows[b.id]] for b in rows] == [
        ["数据孤岛", "部门分割", "建立共享平台"],
        ["人才短缺", "激励不足", "完善薪酬制度"],
    ]
    assert [c.column for c in structure.rows[rows[0].id]] == ["dilemma", "driver", "countermeasure"]
    heading = next(b for b in structure.blocks if b.role == "heading")
    assert all(heading_path(structure.blocks)[b.id] == (heading.id,) for b in rows)
    assert "原因" not in structure.clean_text


def test_other_tables_are_left_out_with_a_reason() -> None:
    structure = structure_of("一、进展\n建设取得进展，详见下表，各项指标均有提高。\n\n|年份|数量|\n|-|-|\n|2018|12|\n")
    assert {b.reason for b in structure.blocks if b.role == "noise"} == {"table"}


NOTICE = """国务院办公厅关于加快推进政务数据
共享工作的通知
国办发〔2018〕123号
各省、自治区、直辖市人民政府：
为推进共享，经国务院同意，现通知如下：
一、总体要求
坚持统筹规划、共建共享，到2020年基本建成共享体系。
（一）加强组织领导。各地要高度重视，明确责任。
（二）强化考核。各地要定期开展考核，通报结果。
附件：1.任务分工表
2.技术规范
国务院办公厅
2018年12月23日
（此件公开发布）
附件1
任务分工表
一、工作任务
由办公室牵头建设平台，各部门配合提供数据。
"""


def test_notice_with_attachments() -> None:
    structure = structure_of(NOTICE)
    assert [b.text for b in structure.blocks if b.role == "title"] == ["国务院办公厅关于加快推进政务数据", "共享工作的通知", "任务分工表"]
    assert [b.reason for b in structure.blocks if b.role == "byline"] == ["byline", "signature", "date"]
    assert [text for text, _, _ in headings(structure)] == ["一、总体要求", "一、工作任务"]
    assert role_of(structure, "2.技术规范") == "body"


LAW = """示例市数据条例
第一章　总则
第一条　为了规范数据管理，制定本条例。
第二条　本条例适用于本市。下列活动除外：
（一）涉及国家秘密的活动；
（二）个人事务。
第二章　共享
第三条　市人民政府应当建立共享平台。
第三条之一　任何单位不得新建专网。
"""


def test_articles_are_numbered_paragraphs_under_chapters() -> None:
    structure = structure_of(LAW)
    assert [(text, level) for text, level, _ in headings(structure)] == [("第一章　总则", 1), ("第二章　共享", 1)]
    assert [b.number for b in structure.blocks if b.role == "body"] == ["第一条", "第二条", "（一）", "（二）", "第三条", "第三条之一"]


def test_bare_headings_and_closing_words_are_headings() -> None:
    prose = "近年来，各地探索数字治理，取得了一些进展，也暴露出不少问题，需要认真总结，以利于今后的工作，这一点各方已有共识。"
    text = f"数字治理观察\n引言\n{prose}\n基层面临的难题\n{prose}\n结语\n{prose}\n"
    assert [text for text, _, _ in headings(structure_of(text))] == ["引言", "基层面临的难题", "结语"]


def test_site_furniture_is_dropped_by_the_labels_of_its_elements() -> None:
    pieces = [
        ("首页 | 新闻", "div", "nav", 0.9),
        ("破解数据孤岛", "h1", "article", 0.0),
        ("各部门应当打破数据孤岛，建立共享机制。", "p", "article", 0.0),
        ("相关阅读", "div", "related", 0.0),
    ]
    nodes, text = [], ""
    for words, tag, labels, share in pieces:
        nodes.append(Node(start=len(text), end=len(text) + len(words), tag=tag, path=f"body/{tag}", labels=labels, link_share=share))
        text += words + "\n"
    source = SourceText(text=text, format="html", encoding="utf-8", nodes=tuple(nodes))
    structure = read_structure(Draft.of(text), source)
    assert [(b.role, b.reason) for b in structure.blocks] == [("noise", "furniture"), ("title", None), ("body", None), ("noise", "furniture")]


def test_prose_about_phones_and_shares_is_no_furniture() -> None:
    text = "一、拓宽渠道\n各级政府应当公布举报电话，开通微信公众号，方便群众反映问题。\n（一）设立举报电话\n市、县要设立统一的电话，安排专人接听并限时答复。\n"
    assert all(b.kept for b in structure_of(text).blocks)


@pytest.mark.parametrize(
    "text",
    [
        "|年份|数量|\n|-|-|\n|2018|12|\n",
        "只有一行的文献，没有换行。",
        "This is an English document about data silos.\nDepartments do not share their data.\n",
        "\n\n",
        "一",
        "目录",
        "附件",
        "$$\nx=1\n",
        "参考文献",
        "\x00\n\ud800\n",
    ],
)  # fmt: skip
def test_odd_documents_get_a_result(text: str) -> None:
    structure = structure_of(text)
    assert structure.clean_text == "\n".join(b.text for b in structure.blocks if b.kept)


def test_english_document_is_text_not_a_foreign_part() -> None:
    structure = structure_of("Data silos\nDepartments do not share their data.\nThey should build a common platform.\n")
    assert [b.role for b in structure.blocks] == ["title", "body", "body"]


@pytest.mark.parametrize("piece", ["数据孤岛，", "第一章", "[1]", "张三 李四 ", "一", "1.1.", "大学学院", "2018年5月3日", "…", "附件：", "文："])
def test_giant_line_takes_bounded_time(piece: str) -> None:
    """No pattern may run back over a long line; the bound is far above what a linear pass takes."""
    text = piece * (200_000 // len(piece))
    source = SourceText(text=text, format="txt", encoding="utf-8")
    begin = time.perf_counter()
    structure = read_structure(Draft.of(text), source)
    assert time.perf_counter() - begin < 20
    assert len(structure.blocks) == 1


@pytest.mark.parametrize(
    ("text", "words", "number", "level"),
    [
        ("（一）加强组织领导。各地要高度重视。", "加强组织领导", "（一）", 2),
        ("第一，注意力分配方面的挑战。在转型过程中，云长由领导兼任。", "注意力分配方面的挑战", "第一，", 3),
        ("——创新理念。以创新引领发展。", "创新理念", "——", 3),
        ("（1）心理普查：应当使用恰当的工具。", "心理普查", "（1）", 3),
        ("一是加强统筹。由市政府牵头。", "加强统筹", "一是", 3),
    ],
)  # fmt: skip
def test_run_in_headings(text: str, words: str, number: str, level: int) -> None:
    found = run_in_heading(text)
    assert found is not None
    start, end, of, depth = found
    assert (text[start:end], of, depth) == (words, number, level)


@pytest.mark.parametrize(
    "text", ["各地要高度重视。加强领导。", "（一）各地要高度重视，加强领导", "第一章　总则", "2018年5月，国务院印发通知。", "（二）包括下列内容：一是数据。"]
)
def test_no_run_in_heading(text: str) -> None:
    assert run_in_heading(text) is None


def levels(text: str) -> list[tuple[str, int | None]]:
    return [(words, level) for words, level, _ in headings(structure_of(text))]


PROSE = "各部门各自建设系统，标准不一，数据难以共享，群众办事要反复提交同样的材料。"


def test_decimal_numbers_nest_under_chinese_ones() -> None:
    text = f"# 一、现状\n# 1 建设进展\n{PROSE}\n# 1.1 平台\n{PROSE}\n# 2 应用进展\n{PROSE}\n# 二、问题\n# 1 数据孤岛\n{PROSE}\n"
    assert [level for _, level in levels(text)] == [1, 2, 3, 2, 1, 2]


def test_unnumbered_headings_hold_series_that_begin_anew() -> None:
    text = f"# 建设现状\n# 1 建设进展\n{PROSE}\n# 2 应用进展\n{PROSE}\n# 存在问题\n# 1 数据孤岛\n{PROSE}\n# 2 人才短缺\n{PROSE}\n"
    text = f"# 数字治理观察\n摘要：本文讨论数字治理。\n{text}"
    assert [level for _, level in levels(text)] == [1, 2, 2, 1, 2, 2]


def test_introduction_before_the_first_number_holds_nothing() -> None:
    text = f"数字治理观察\n引言\n{PROSE}\n一、现状\n{PROSE}\n（一）平台\n{PROSE}\n二、问题\n{PROSE}\n"
    assert levels(text) == [("引言", 1), ("一、现状", 1), ("（一）平台", 2), ("二、问题", 1)]


@pytest.mark.parametrize("numbers", [("一 ", "二 "), ("Ⅰ．", "Ⅱ．"), ("第一部分 ", "第二部分 "), ("第一编　", "第二编　")])
def test_other_forms_of_top_numbers(numbers: tuple[str, str]) -> None:
    text = f"数字治理观察\n{numbers[0]}研究背景\n{PROSE}\n{numbers[1]}存在问题\n{PROSE}\n"
    assert [level for _, level in levels(text)] == [1, 1]


def test_parts_numbered_on_lines_of_their_own() -> None:
    text = f"数字治理观察\n01\n平台林立，数据不通\n{PROSE}\n02\n统一平台，一表到底\n{PROSE}\n"
    assert [words for words, _ in levels(text)] == ["平台林立，数据不通", "统一平台，一表到底"]


def test_points_behind_a_colon_are_no_headings() -> None:
    text = f"数字治理办法\n一、职责\n办公室履行下列职责：\n（一）拟订规划；\n（二）组织实施。\n（三）监督考核。\n二、保障\n{PROSE}\n"
    assert [words for words, _ in levels(text)] == ["一、职责", "二、保障"]


def test_exported_record_is_read_by_its_tags() -> None:
    structure = structure_of("RT Journal Article\nA1 张三\nT1 破解数据孤岛\nJF 示例学报\nK1 数据孤岛;\nAB 本文讨论数据孤岛。\n")
    assert [(b.role, b.text) for b in structure.blocks if b.kept] == [("title", "破解数据孤岛"), ("keywords", "数据孤岛;"), ("abstract", "本文讨论数据孤岛。")]


def test_traditional_script_is_read_as_it_stands() -> None:
    front = "數位治理的困境與對策\n摘要：本文討論數位治理的困境，並提出對策建議。\n關鍵詞：數位治理；資料孤島\n"
    back = "參考文獻\n[1] 王五. 資料共享研究[J]. 某某學報, 2018(3): 1-5.\n"
    text = f"{front}一、困境\n{PROSE}\n二、對策\n{PROSE}\n{back}"
    structure = structure_of(text)
    assert [b.role for b in structure.blocks] == ["title", "abstract", "keywords", "heading", "body", "heading", "body", "references", "references"]
    assert structure.blocks[2].text == "關鍵詞：數位治理；資料孤島"
    assert [zone for _, _, zone in headings(structure)] == ["dilemma", "countermeasure"]


def test_values_of_a_chart_are_no_text() -> None:
    structure = structure_of(
        "一、结果\n数据孤岛的治理效果如图所示，共享率逐年上升，各地差异缩小。\n10k 30k 50k 70k 90k 测试集大小\n"
        "服务模式 2011 1.66 2012 2016\n163.72 157.16 183.35\n从图中可以看出，平台建设成效明显。"
    )
    assert [(b.role, b.reason) for b in structure.blocks[2:5]] == [("noise", "figure")] * 3
    assert structure.blocks[5].kept


@pytest.mark.parametrize("text", ["2018年 1 月 3 日至 5 日", "联系电话 010 1234 5678 转 12，请拨打", "第 12 条 第 3 款 第 4 项"])
def test_dates_and_numbers_in_words_are_no_chart(text: str) -> None:
    assert not any(b.reason == "figure" for b in structure_of(f"一、安排\n会议分三段举行，各单位应当按时参加，不得缺席。\n{text}\n请遵照执行。").blocks)


COMPOUND = """某省人民政府办公厅关于印发数据共享和数据开放两个规定的通知
某政办发〔2019〕12号
各市、县人民政府，省政府各部门：
《数据共享规定》和《数据开放规定》已经省政府同意，现印发给你们，请认真贯彻执行。
某省人民政府办公厅
2019年3月5日
数据共享规定
为推进数据共享，特制定以下规定：
一、关于目录编制
（一）各部门应当编制数据目录，并按季度更新。
二、关于平台建设
（二）省级平台由大数据管理部门建设，市县不再单独建设，已有的逐步并入。
数据开放规定
为推进数据开放，特制定以下规定：
一、关于开放范围
（一）允许企业以数据资源作价出资组建公司，具体按国家法律规定和省有关规定执行。
上述规定自印发之日起施行。
"""


def test_each_regulation_of_a_notice_has_its_title() -> None:
    structure = structure_of(COMPOUND)
    titles = [b.text for b in structure.blocks if b.role == "title"]
    assert titles[-2:] == ["数据共享规定", "数据开放规定"]


def test_a_whole_sentence_with_a_number_is_no_heading() -> None:
    structure = structure_of(COMPOUND)
    assert [text for text, _, _ in headings(structure)] == ["一、关于目录编制", "二、关于平台建设", "一、关于开放范围"]


def test_every_amendment_of_a_law_stands_beside_its_text() -> None:
    decision = "《关于修改〈某省环境噪声污染防治条例〉、〈某省城镇供水管理条例〉、〈某省节约能源条例〉等二十五件地方性法规和有关法律问题的决定》"
    text = (
        "# 某省数据条例\n\n2004年5月27日 某省第十届人民代表大会常务委员会第八次会议通过\n\n"
        f"2012年1月13日 某省第十一届人民代表大会常务委员会第二十八次会议{decision}第一次修正\n\n第一条 为了规范数据管理，制定本条例。\n\n"
        "第二条 本条例适用于数据活动。\n\n第三条 数据应当共享。\n"
    )
    structure = structure_of(text)
    assert [b.role for b in structure.blocks] == ["title", "byline", "byline", "body", "body", "body"]
