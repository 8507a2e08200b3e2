"""Faults that people reported of exports, each with its input and the right answer, out of each store (numbers are those of the collection)."""

from __future__ import annotations

import io
import zipfile

import docx
import msgspec
import networkx
import openpyxl
import pytest
from lxml import etree

from graph.export.cells import guarded, restored, to_csv
from graph.export.gbt7714 import gbt7714
from graph.export.network import NODE_COLUMNS, nodes
from graph.store import GraphStore
from pipeline.records import Citation, DocumentDate, DocumentInfo, Issuer
from tests.graph.export.handed import handed
from tests.graph.statement_maker import StatementMaker

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPENED = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


@pytest.mark.parametrize("form", OPENED)
def test_row_49_absent_stays_absent_and_lists_are_joined(store: GraphStore, written, form: str) -> None:
    maker = StatementMaker("无年", date=None)
    maker.block("数据孤岛突出。")
    maker.factor("数据孤岛突出", "dilemma")
    graph = OPENED[form](io.BytesIO(written(handed(store, maker), form)))
    assert graph.nodes["c:data-silos"]["names"].split(" | ") == ["数据孤岛", "信息孤岛", "數據孤島"]
    assert not {"year", "date"} & set(graph.nodes["d无年"])
    assert "None" not in str(graph.nodes(data=True))


@pytest.mark.parametrize("form", OPENED)
def test_row_50_a_column_has_one_type_and_the_year_stands_beside_the_words(store: GraphStore, written, form: str) -> None:
    exact, about = StatementMaker("甲", date="2018"), StatementMaker("乙", date="2018")
    for maker in (exact, about):
        maker.block("数据孤岛突出。")
        maker.factor("数据孤岛突出", "dilemma")
    # what a reader of dates may give one day: the store keeps the words and no number
    about.info = msgspec.structs.replace(about.info, date=None, title="2018年前后")
    material = handed(store, exact, about)
    graph = OPENED[form](io.BytesIO(written(material, form)))
    assert (graph.nodes["d甲"]["year"], graph.nodes["d甲"]["date"]) == (2018, "2018")
    assert graph.nodes["d乙"]["label"] == "2018年前后"
    for _, values in nodes(material):
        assert all(type(value) is NODE_COLUMNS[name] for name, value in values.items())


@pytest.mark.parametrize("form", ["docx", "xlsx", "graphml", "gexf", "qdpx"])
def test_row_52_signs_that_xml_refuses_stop_no_file_and_are_named(store: GraphStore, written, form: str) -> None:
    maker = StatementMaker("坏字")
    maker.block("针对数据\x0b孤岛，应当建立平台\x02\x00\ufffe。")
    maker.link(maker.factor("数据\x0b孤岛", "dilemma"), maker.factor("建立平台\x02\x00\ufffe", "countermeasure"))
    material = handed(store, maker)
    assert material.manifest.unprintable == ("d坏字/f0", "d坏字/f1")
    data = io.BytesIO(written(material, form))
    if form == "docx":
        assert "对策：建立平台���" in "\n".join(paragraph.text for paragraph in docx.Document(data).paragraphs)
    elif form == "xlsx":
        assert openpyxl.load_workbook(data)["statements"]["C2"].value == "数据�孤岛"
    elif form == "qdpx":
        with zipfile.ZipFile(data) as archive:
            text = next(archive.read(name) for name in archive.namelist() if name.startswith("Sources/")).decode("utf-8")
            etree.fromstring(archive.read("project.qde"))
        assert text[2:7] == "数据�孤岛", "every character keeps its place"
    else:
        assert OPENED[form](data).nodes["d坏字/f0"]["text"] == "数据�孤岛"


def test_row_53_every_run_with_chinese_names_its_font(store: GraphStore, written) -> None:
    maker = StatementMaker("字体")
    maker.block("破解数据孤岛 and data silos。")
    maker.factor("破解数据孤岛 and data silos", "countermeasure")
    with zipfile.ZipFile(io.BytesIO(written(handed(store, maker), "docx"))) as archive:
        document, styles = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "styles"))
        assert not [name for name in archive.namelist() if "theme" in name]
    runs = list(document.iter(f"{W}r"))
    assert len(runs) > 5
    fonts = [run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") for run in runs]
    fonts += [font.get(f"{W}eastAsia") for font in styles.iter(f"{W}rFonts")]
    assert set(fonts) == {"宋体"}
    assert styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang").get(f"{W}eastAsia") == "zh-CN"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","数据")', "-3.5个百分点", "+86热线", "@主管部门", "\t=1", " =1", "'=1", "''", "平常的话", "-"])
def test_row_55_text_cannot_run_and_can_be_restored(text: str) -> None:
    cell = guarded(text)
    assert isinstance(cell, str)
    assert cell.lstrip(" \u3000")[:1] not in set("=+-@\t＝＋－＠")
    assert restored(cell) == text


def test_row_55_numbers_stay_numbers() -> None:
    assert guarded(-3.5) == -3.5
    assert to_csv(["差"], [[-3.5], ["-3.5"]]).decode("utf-8-sig") == "差\r\n-3.5\r\n'-3.5\r\n"


@pytest.mark.parametrize(
    ("info", "wanted"),
    [
        (DocumentInfo(id="d1", title="Silos", authors=("Li Y", "Lin T", "Tang H", "Sun P"), kind="academic"), "LI Y, LIN T, TANG H, et al. Silos[J]."),
        (DocumentInfo(id="d2", title="论数据", authors=("张三", "李四", "王五", "赵六"), kind="academic"), "张三, 李四, 王五, 等. 论数据[J]."),
        (DocumentInfo(id="d3", title="一个网页", citation=Citation(url="https://example.org/")), "一个网页[EB/OL]. https://example.org/."),
    ],
)
def test_row_58_others_are_told_in_the_language_of_the_names_and_nothing_is_filled_in(info: DocumentInfo, wanted: str) -> None:
    assert gbt7714(info) == wanted


def test_row_59_a_notice_keeps_number_and_whole_day_and_names_both_bodies() -> None:
    notice = DocumentInfo(
        id="d4",
        title="国务院办公厅关于推进数据共享的通知",
        kind="official",
        number="国办发〔2018〕999号",
        issuers=(Issuer(name="国务院办公厅", level="central"), Issuer(name="示例部", level="ministry")),
        date=DocumentDate(value="2018-09-30", precision="day", kind="written"),
    )
    assert gbt7714(notice) == "国务院办公厅, 示例部. 国务院办公厅关于推进数据共享的通知: 国办发〔2018〕999号[A]. 2018-09-30."
