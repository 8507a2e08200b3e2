"""What a document says of itself: every field with its place, nothing guessed. Inputs are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import read
from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.metadata import read_metadata
from pipeline.metadata._dates import find_dates
from pipeline.metadata._places import gazetteer
from pipeline.records import DocumentInfo
from pipeline.structure import read_structure


def info_of_source(source: SourceText) -> DocumentInfo:
    info = read_metadata(read_structure(clean(source), source), source, document_id="d", sha256="0")
    for field, (start, end) in info.read_from.items():
        assert 0 <= start <= end <= len(source.text), field
    return info


def info_of(text: str, *, name: str = "文献.txt") -> DocumentInfo:
    return info_of_source(read(text.encode(), name=name))


def codes(info: DocumentInfo) -> list[str]:
    return [warning.code for warning in info.warnings]


def quoted(text: str, info: DocumentInfo, field: str) -> str:
    start, end = info.read_from[field]
    return text[start:end]


NOTICE = """东屏省人民政府办公厅 省财政厅关于印发
公共数据共享办法的通知
东政办发〔2022〕98号

各市、县人民政府，省政府各部门：

根据《中华人民共和国数据安全法》《东屏省数据条例》等有关规定，现将《公共数据共享办法》印发给你们。

一、总体要求

到2024年底，实现目录全覆盖。各地于4月20日前报送方案。

本办法自2022年7月1日起施行，有效期5年。《东屏省政务数据管理暂行办法》同时废止。

附件：公共数据共享任务分工表

东屏省人民政府办公厅
2022年5月18日

（此件公开发布）
"""


def test_notice() -> None:
    info = info_of(NOTICE)
    assert info.kind == "official"
    assert info.title == "东屏省人民政府办公厅 省财政厅关于印发公共数据共享办法的通知"
    assert info.number == "东政办发〔2022〕98号"
    assert [(one.name, one.level) for one in info.issuers] == [("东屏省人民政府办公厅", "province"), ("省财政厅", "province")]
    assert info.recipients == ("各市、县人民政府", "省政府各部门")
    assert info.basis == ("《中华人民共和国数据安全法》", "《东屏省数据条例》")
    assert info.repeals == ("《东屏省政务数据管理暂行办法》",)
    assert [(d.value, d.precision, d.kind) for d in info.dates] == [("2022-05-18", "day", "written"), ("2022-07-01", "day", "in_force")]
    assert (info.in_force, info.expires) == ("2022-07-01", "2027-06-30")
    assert "attachment_missing" in codes(info)
    assert quoted(NOTICE, info, "number") == "东政办发〔2022〕98号"
    assert quoted(NOTICE, info, "date.written") == "2022年5月18日"
    assert quoted(NOTICE, info, "recipients") == "各市、县人民政府，省政府各部门"


def test_missing_parts_of_a_date_stay_missing() -> None:
    """Case 37: the precision is the text's; a deadline is no date of the document."""
    info = info_of("2018年5月印发。各地于4月20日前报送。")
    assert [(d.value, d.precision, d.kind) for d in info.dates] == [("2018-05", "month", "published")]


def test_years_of_the_republic() -> None:
    """Case 38: 101/05/25 is a date only in a document marked as Taiwanese."""
    taiwan = info_of(
        "數位治理推動要點\n行政院\n發布日期：101/05/25\n一、為推動數位治理，訂定本要點，供各機關遵循辦理，並應實現資料共享。\n中華民國110年3月5日\n"
    )
    assert ("2012-05-25", "published") in [(d.value, d.kind) for d in taiwan.dates]
    plain = info_of("数字治理要点\n发布日期：101/05/25\n一、为推动数字治理，制定本要点。\n")
    assert plain.dates == ()
    assert [d.value for d in find_dates("中華民國110年3月5日；民國38年；民國一百一十年三月五日")] == ["2021-03-05", "1949", "2021-03-05"]
    assert [d.value for d in find_dates("發布於101/05/25", taiwan=True)] == ["2012-05-25"]


def test_date_of_a_wechat_article_stands_in_a_script() -> None:
    """Case 40: local date, hidden text read, 起试行 is a start of force."""
    page = (
        '<html><script>var createTime = \'2024-08-22 21:57\';</script><body><h1 id="activity-name">破解数据孤岛</h1><em id="publish_time"></em>'
        '<div id="js_content" style="visibility: hidden"><p>各部门应当打破数据孤岛。自2019年3月1日起试行。</p></div></body></html>'
    )
    info = info_of(page, name="a.html")
    assert info.title == "破解数据孤岛"
    assert [(d.value, d.kind) for d in info.dates] == [("2024-08-22", "published"), ("2019-03-01", "in_force")]
    assert info.date is not None
    assert info.date.value == "2024-08-22"
    assert info.read_from["date.published"] == (0, 0)


REFWORKS = "RT Journal Article\nA1 张三;;李四，王五;\nT1 破解数据孤岛\nJF 示例学报\nYR 2019\nvo 12\nIS 3\nK1 数据孤岛;;协同治理;\n AB 本文讨论数据孤岛。\n"


def test_exported_record() -> None:
    """Case 41: no empty author, none with a comma."""
    info = info_of(REFWORKS)
    assert info.authors == ("张三", "李四", "王五")
    assert info.keywords == ("数据孤岛", "协同治理")
    assert (info.title, info.outlet, info.citation.volume, info.citation.issue) == ("破解数据孤岛", "示例学报", "12", "3")
    source = read(REFWORKS.encode(), name="a.txt")
    assert "本文讨论数据孤岛。" in read_structure(clean(source), source).clean_text.split("\n")


@pytest.mark.parametrize(
    ("line", "authors", "affiliations"),
    [
        ("作者：张三；李四；; 机构：某某大学公共管理学院", ("张三", "李四"), ("某某大学公共管理学院",)),
        ("傅红 陈庆1 王港12", ("傅红", "陈庆", "王港"), ()),
        ("文/丁明 黄智", ("丁明", "黄智"), ()),
        ("章寿梁剑", ("章寿", "梁剑"), ()),
        ("李钊1,2 李海波1 某某省科技发展战略研究所 某市 250014", ("李钊", "李海波"), ("某某省科技发展战略研究所",)),
    ],
)  # fmt: skip
def test_authors_of_a_paper(line: str, authors: tuple[str, ...], affiliations: tuple[str, ...]) -> None:
    info = info_of(f"# 数据孤岛的成因与破解\n\n{line}\n\n摘要：本文讨论数据孤岛的成因，提出建立共享平台的建议。\n\n# 1 引言\n\n各部门互不相通。\n", name="a.md")
    assert info.authors == authors
    assert info.affiliations == affiliations


def test_identifiers_of_a_paper() -> None:
    text = (
        "# 耕地轮作的问题与对策\n\n黄国 赵其\n\n摘要：本文讨论耕地轮作的问题，提出若干对策。\n\n关键词：耕地；轮作 DOI 10.13930/j.cnki.x.161030\n\n"
        "中图分类号：S-01 文献标识码：A 文章编号：1671-3990(2017)07-1002-06\n\n# 1 引言\n\n耕地是根本。\n"
    )
    citation = info_of(text, name="a.md").citation
    assert (citation.doi, citation.issue, citation.pages, citation.article) == ("10.13930/j.cnki.x.161030", "7", "1002-1007", "1671-3990(2017)07-1002-06")
    assert info_of(text, name="a.md").keywords == ("耕地", "轮作")


def test_paper_that_cites_itself() -> None:
    text = (
        "# 耕地轮作的问题与对策\n\n黄国，赵其．耕地轮作的问题与对策[J]．示例农业学报，2017，25(7)：1002-1007\n\n"
        "摘要：本文讨论耕地轮作的问题，提出若干对策。\n\n# 1 引言\n\n耕地是根本。\n"
    )
    info = info_of(text, name="a.md")
    assert (info.outlet, info.citation.volume, info.citation.issue, info.citation.pages) == ("示例农业学报", "25", "7", "1002-1007")
    assert [(d.value, d.precision) for d in info.dates] == [("2017", "year")]


def test_title_in_two_marked_lines_and_subtitle_without_dash() -> None:
    assert (
        info_of("# 迈向强国——对《发展规划》\n\n# 的几点建议\n\n赵英\n\n摘要：本文就规划提出几点建议，供参考。\n", name="a.md").title
        == "迈向强国——对《发展规划》的几点建议"
    )
    assert (
        info_of("# 地方智库的问题与对策\n\n以某某省为例\n\n李钊 李波\n\n摘要：本文讨论地方智库的问题。\n", name="a.md").title
        == "地方智库的问题与对策——以某某省为例"
    )


def test_order_takes_the_title_of_what_it_puts_in_force() -> None:
    text = (
        "中华人民共和国国务院令\n第707号\n现公布《示例条例》，自2019年1月1日起施行。\n总理　某某\n2018年12月18日\n示例条例\n"
        "第一条　为了示例，制定本条例。\n第二条　本条例适用于示例。\n第三条　本条例自2019年1月1日起施行。\n"
    )
    info = info_of(text)
    assert (info.title, info.number, info.kind, info.in_force) == ("示例条例", "中华人民共和国国务院令第707号", "law", "2019-01-01")


def test_law_names_who_adopted_it() -> None:
    text = (
        "示例市数据条例\n（2023年9月28日贵阳市第十五届人民代表大会常务委员会第十二次会议通过）\n第一条　为了规范，制定本条例。\n"
        "第二条　本条例适用于本市。\n第三条　鼓励共享。\n第四条　本条例自公布之日起施行。\n"
    )
    info = info_of(text)
    assert [(one.name, one.level) for one in info.issuers] == [("贵阳市人民代表大会常务委员会", "people's congress")]
    assert info.in_force is None
    assert [(d.value, d.kind) for d in info.dates] == [("2023-09-28", "written")]
    assert ("贵阳市", "520100") in [(place.name, place.code) for place in info.places]


def test_places_carry_their_codes_and_ambiguous_counties_wait_for_their_city() -> None:
    found = {m.name: m.codes for m in gazetteer().find("贵州省贵阳市花溪区与四川，借鉴新加坡经验；朝阳产业，河南大学。")}
    assert found["贵州省"] == ("520000",)
    assert found["四川省"] == ("510000",)
    assert found["新加坡"] == ()
    assert "朝阳市" not in found
    assert "河南省" not in found
    info = info_of("南京市鼓楼区推进数据共享的做法\n南京市鼓楼区建立平台。\n")
    assert [(place.name, place.code) for place in info.places] == [("南京市", "320100"), ("鼓楼区", "320106")]
    assert [place.code for place in info_of("鼓楼区推进数据共享的做法\n鼓楼区建立平台。\n").places] == [None]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("数据共享研究\n一、问题\n如图1所示，部门之间互不相通，问题突出。\n", "figure_missing"),
        ("数据共享研究\n一、问题\n详见表2，各项指标均不理想，差距明显。\n", "table_missing"),
        ("数据共享研究\n一、问题\n部门之间互不相通。\n三、对策\n应当建立平台。\n", "numbering_gap"),
        ("数据共享研究\n一、问题\n部门之间互不相通，数据难以共享，应当尽快建立统一的\n", "truncated"),
        ("数据共享研究\n一、问题\n部门之间互不相通。\n参考文献：略\n", "references_omitted"),
        ("一、问题\n部门之间互不相通。\n", "no_title"),
        ("某某welcome体育\n数据共享的路径研究\n一、问题\n部门之间互不相通，数据难以共享。\n版权所有：某某welcome体育\n", "site_mismatch"),
        ("数据共享通知\n有效性：已失效\n一、任务\n各部门应当共享数据。\n", "not_in_force"),
        ("目录\n一、问题……1\n二、对策……2\n三、结语……3\n", "no_text"),
    ],
)  # fmt: skip
def test_signs_that_a_document_is_not_whole(text: str, code: str) -> None:
    assert code in codes(info_of(text))


def test_whole_document_has_no_such_warning() -> None:
    text = (
        "# 数据孤岛的成因与破解\n\n张三\n\n收稿日期：2018-05-30\n\n摘要：本文讨论数据孤岛。\n\n# 1 问题\n\n如图1所示，互不相通[1]。\n\n"
        "![](a.jpg)\n\n图1 现状\n\n# 2 对策\n\n建立平台。\n\n# 参考文献\n\n[1] 王五. 共享研究[J]. 某某学报, 2018(3): 1-5.\n"
    )
    assert codes(info_of(text, name="a.md")) == []


def test_card_of_a_portal_is_read_cell_by_cell() -> None:
    page = (
        "<html><body><table><tr><td>索 引 号：</td><td>000/2019</td><td>主题分类：</td><td>市场</td></tr><tr><td>发文机关：</td><td>国务院、中央军委</td>"
        "<td>成文日期：</td><td>2019年01月27日</td></tr><tr><td>标　　题：</td><td colspan=3>国务院、中央军委关于示例的意见</td></tr>"
        "<tr><td>发文字号：</td><td>国发〔2019〕5号</td><td>发布日期：</td><td>2019年02月15日</td></tr></table>"
        "<p>国务院、中央军委关于</p><p>示例的意见</p><p>国发〔2019〕5号</p><p>各省、自治区、直辖市人民政府：</p><p>现提出如下意见。</p></body></html>"
    )
    info = info_of(page, name="a.html")
    assert (info.title, info.number) == ("国务院、中央军委关于示例的意见", "国发〔2019〕5号")
    assert [one.name for one in info.issuers] == ["国务院", "中央军委"]
    assert [(d.value, d.kind) for d in info.dates] == [("2019-01-27", "written"), ("2019-02-15", "published")]


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("国办发〔2018〕123号年月日一二三、（）：:；。\n\t作者来源标题 《》施行废止图表1附件张三大学\ud800𠮷"), max_size=300))
def test_any_text_gets_a_result_and_two_readings_agree(text: str) -> None:
    source = SourceText(text=text, format="txt", encoding="utf-8")
    assert info_of_source(source) == info_of_source(source)


def test_long_hostile_lines_take_bounded_time() -> None:
    for piece in ("《", "根据《法》", "作者：", "自", "图1", "有效期", "张三 "):
        info_of_source(SourceText(text=piece * 3_000, format="txt", encoding="utf-8"))


@pytest.mark.parametrize(
    ("title", "kind"),
    [("关于公司兼职问题的若干规定", "official"), ("东屏省关于乡镇统计的管理条例", "official"), ("论关于兼职的若干规定及其修改", "essay")],
)
def test_rules_without_articles_or_number_are_official_by_their_title(title: str, kind: str) -> None:
    text = f"{title}\n\n一、公司领导不得在其他单位兼职。已经兼职的，应在三个月内辞去。\n\n二、本规定由人事部门解释。\n"
    assert info_of(text).kind == kind
