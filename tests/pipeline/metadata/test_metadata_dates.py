"""Dates keep the precision that the text has, and never take a part from today."""

from __future__ import annotations

import pytest

from pipeline.metadata._dates import find_dates
from pipeline.metadata._issuers import NUMBER, issuers_of_title, level_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2018年5月印发。", [("2018-05", "month")]),
        ("各地于4月20日前报送。", []),
        ("二〇一八年五月三十日", [("2018-05-30", "day")]),
        ("二○一九年十二月", [("2019-12", "month")]),
        ("中華民國110年3月5日；民國38年", [("2021-03-05", "day"), ("1949", "year")]),
        ("發布於101/05/25", []),
        ("2024-08-22 21:57", [("2024-08-22", "day")]),
        ("2021.11.03", [("2021-11-03", "day")]),
        ("二〇二三年十三月", []),
        ("2023年2月30日", []),
        ("版本 3.2019.1.1", []),
        ("2018年前后", [("2018", "year")]),
    ],
)
def test_dates_have_the_precision_of_the_text(text: str, wanted: list[tuple[str, str]]) -> None:
    found = list(find_dates(text))
    assert [(one.value, one.precision) for one in found] == wanted
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国务院办公厅", "central"),
        ("教育部", "ministry"),
        ("国家发展和改革委员会", "ministry"),
        ("浙江省人民政府", "province"),
        ("北京市人民政府", "province"),
        ("杭州市人民政府办公厅", "city"),
        ("白杨县人民政府", "county"),
        ("中共东屏省委员会", "party"),
        ("云河市人民代表大会常务委员会", "people's congress"),
    ],
)
def test_level_follows_from_the_name(name: str, level: str) -> None:
    assert level_of(name) == level


def test_issuers_stand_before_what_a_title_is_about() -> None:
    assert [one.name for one in issuers_of_title("教育部、财政部关于推进示例工作的通知")] == ["教育部", "财政部"]
    assert list(issuers_of_title("数据共享的困境与对策")) == []


def test_document_numbers_are_read_in_all_kinds_of_brackets() -> None:
    for text in ("国办发〔2018〕123号", "国办发[2018]123号", "国办发（2018） 第123号", "国办发﹝2018﹞123号".replace("﹝", "〔").replace("﹞", "〕")):
        match = NUMBER.search(text)
        assert match is not None
        assert (match["code"], match["year"], match["number"]) == ("国办发", "2018", "123")
