"""Citations, reference files and the table of evidence: forms as their standards have them, opened again by other readers."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest

from graph.export import COLUMNS, bibtex, evidence, gbt7714, ris
from graph.records import Quote, RemedyRow, SourceRef
from pipeline.records import Citation, DocumentDate, DocumentInfo, Issuer
from zhengmai.spreadsheet import to_csv

PAPER = DocumentInfo(
    id="d1",
    title="跨部门数据共享的困境与对策",
    authors=("林知远", "周以宁", "何思齐", "郑未名"),
    outlet="示例学刊",
    kind="academic",
    date=DocumentDate(value="2021-06", precision="month", kind="published"),
    citation=Citation(volume="12", issue="3", pages="45-52", doi="10.0000/example.1"),
    keywords=("数据孤岛",),
)
NOTICE = DocumentInfo(
    id="d2",
    title="关于推进数据共享的意见",
    kind="official",
    number="甲政办发〔2022〕98号",
    issuers=(Issuer(name="甲省人民政府办公厅", level="province"),),
    date=DocumentDate(value="2022-05-18", precision="day", kind="written"),
)


@pytest.mark.parametrize(
    ("info", "page", "wanted"),
    [
        (PAPER, None, "林知远, 周以宁, 何思齐, 等. 跨部门数据共享的困境与对策[J]. 示例学刊, 2021, 12(3): 45-52. DOI:10.0000/example.1."),
        (PAPER, "47", "林知远, 周以宁, 何思齐, 等. 跨部门数据共享的困境与对策[J]. 示例学刊, 2021, 12(3): 47. DOI:10.0000/example.1."),
        (NOTICE, None, "甲省人民政府办公厅. 关于推进数据共享的意见: 甲政办发〔2022〕98号[A]. 2022-05-18."),
        (DocumentInfo(id="d3", title="无题录"), None, "无题录[Z]."),
        (
            DocumentInfo(id="d6", title="Silos", authors=("Li Y", "Lin T", "Tang H", "Sun P"), kind="academic", outlet="Example Journal"),
            None,
            "LI Y, LIN T, TANG H, et al. Silos[J]. Example Journal.",
        ),
        (DocumentInfo(id="d4", title="网页", citation=Citation(url="https://example.org/a")), None, "网页[EB/OL]. https://example.org/a."),
    ],
)
def test_a_citation_says_what_the_document_says_of_itself_and_no_more(info: DocumentInfo, page: str | None, wanted: str) -> None:
    assert gbt7714(info, page=page) == wanted


def test_reference_records_hold_one_entry_a_document() -> None:
    records = [dict(line.split("  - ", 1) for line in part.split("\r\n") if "  - " in line) for part in ris([PAPER, NOTICE]).split("ER  - ") if part.strip()]
    assert [record["TY"] for record in records] == ["JOUR", "GOVDOC"]
    assert (records[0]["SP"], records[0]["EP"], records[1]["IS"]) == ("45", "52", "甲政办发〔2022〕98号")


def test_signs_that_mean_something_to_latex_are_plain() -> None:
    entry = bibtex([DocumentInfo(id="d5", title="50%_成本 & {收益}")])
    assert "title = {{50\\%\\_成本 \\& \\{收益\\}}}" in entry
    assert entry.startswith("@misc{d5,")


def row(words: str) -> RemedyRow:
    quote = Quote(factor="f", type="dilemma", text=words, start=3, end=7, sentence=f"{words}，\n应当共享", sentence_start=0, author="test", confidence=0.9)
    source = SourceRef(document="d1", file="a", title="题名", year=2021, date=None, kind="academic", issuer=None)
    return RemedyRow(link="l", source=source, dilemma=quote, remedy=quote, basis="stated", confidence=0.5, author="test", evidence=(), concept="data-silos")


@pytest.mark.parametrize("words", ["数据孤岛", '=cmd|"/c calc"!A1', "+1", "-3.5个百分点", "@SUM(A1)", "\t=1", "＝1", "'已有撇号", '引号"与,逗号'])
def test_the_table_opens_again_and_runs_nothing(words: str) -> None:
    data = to_csv(COLUMNS, evidence([row(words)], {"d1": gbt7714(PAPER)}))
    assert data.startswith(b"\xef\xbb\xbf")
    (cells,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert cells["dilemma"].removeprefix("'") == words
    assert not cells["dilemma"].startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert cells["citation"].startswith("林知远")
    assert (cells["start"], cells["confidence"], cells["unprintable"]) == ("3", "0.5000", "")


def test_what_no_spreadsheet_can_hold_is_named() -> None:
    (cells,) = csv.DictReader(io.StringIO(to_csv(COLUMNS, evidence([row("数据\x0b孤岛\x02")], {})).decode("utf-8-sig"), newline=""))
    assert cells["dilemma"] == "数据\ufffd孤岛\ufffd"
    assert "dilemma" in cells["unprintable"].split()


def test_a_reference_keeps_the_whole_day_and_every_body() -> None:
    joint = DocumentInfo(
        id="d7",
        title="关于推进数据共享的通知",
        kind="official",
        number="甲发〔2018〕99号",
        issuers=(Issuer(name="甲省人民政府", level="province"), Issuer(name="甲省财政厅", level="province")),
        date=DocumentDate(value="2018-09-30", precision="day", kind="written"),
    )
    assert gbt7714(joint) == "甲省人民政府, 甲省财政厅. 关于推进数据共享的通知: 甲发〔2018〕99号[A]. 2018-09-30."
    assert "date = {2018-09-30}" in bibtex([joint])
    assert "2018/09/30" in ris([joint])


@pytest.mark.parametrize(
    ("info", "accessed", "wanted_2015", "wanted_2025"),
    [
        (
            PAPER,
            "2026-11-26",
            "林知远, 周以宁, 何思齐, 等. 跨部门数据共享的困境与对策[J]. 示例学刊, 2021, 12(3): 45-52. DOI:10.0000/example.1.",
            "林知远，周以宁，何思齐，等. 跨部门数据共享的困境与对策[J]. 示例学刊，2021，12（3）：45-52. DOI:10.0000/example.1.",
        ),
        (
            DocumentInfo(
                id="d8",
                title="数据孤岛怎样打通",
                outlet="示例网",
                date=DocumentDate(value="2020-05-01", precision="day", kind="published"),
                citation=Citation(url="https://example.org/a"),
            ),
            "2026-11-26",
            "数据孤岛怎样打通[EB/OL]. 示例网(2020-05-01)[2026-11-26]. https://example.org/a.",
            "数据孤岛怎样打通[EB/OL]. 示例网（2020-05-01）[2026-11-26]. https://example.org/a.",
        ),
        (
            DocumentInfo(
                id="d9",
                title="Silos",
                authors=("Li Y", "Lin, Tian"),
                kind="academic",
                outlet="Example Journal",
                date=DocumentDate(value="2020", precision="year", kind="published"),
                citation=Citation(issue="7", pages="1-9", url="https://example.org/b"),
            ),
            "2026-11-26",
            "LI Y, LIN T. Silos[J/OL]. Example Journal, 2020(7): 1-9[2026-11-26]. https://example.org/b.",
            "Li Y，Lin T. Silos[J/OL]. Example Journal，2020（7）：1-9. https://example.org/b.",
        ),
        (
            msgspec.structs.replace(NOTICE, citation=Citation(url="https://example.org/c")),
            "2026-11-26",
            "甲省人民政府办公厅. 关于推进数据共享的意见: 甲政办发〔2022〕98号[A/OL]. (2022-05-18)[2026-11-26]. https://example.org/c.",
            "甲省人民政府办公厅. 关于推进数据共享的意见：甲政办发〔2022〕98号[A/OL]. （2022-05-18）. https://example.org/c.",
        ),
        (NOTICE, "2026-11-26", "甲省人民政府办公厅. 关于推进数据共享的意见: 甲政办发〔2022〕98号[A]. 2022-05-18.", None),
    ],
    ids=["paper", "web page", "paper online", "notice online", "no address, no day of access"],
)
def test_both_editions_and_the_day_of_access(info: DocumentInfo, accessed: str, wanted_2015: str, wanted_2025: str | None) -> None:
    assert gbt7714(info, accessed=accessed) == wanted_2015
    if wanted_2025 is not None:
        assert gbt7714(info, accessed=accessed, edition="2025") == wanted_2025
