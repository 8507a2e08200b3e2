"""Whole pipeline on single plain sentences: bans, failures, conditions, double negatives, numbers, repeated mentions."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.records import Factor, Statements
from pipeline.run import build_language, extract_bytes


@pytest.fixture(scope="module")
def language() -> Language:
    return build_language()


def read(text: str, language: Language, name: str = "a.txt") -> Statements:
    found = extract_bytes(text.encode(), name=name, language=language)
    for factor in found.factors:
        assert found.clean_text[factor.start : factor.end] == factor.text
    return found


def said(statements: Statements, kind: str) -> list[str]:
    return [factor.text for factor in statements.factors if factor.type == kind]


def holding(statements: Statements, words: str) -> list[Factor]:
    return [factor for factor in statements.factors if words in factor.text]


def linked(statements: Statements, kind: str) -> set[tuple[str, str, str]]:
    words = {factor.id: factor.text for factor in statements.factors}
    return {(words[link.source], words[link.target], link.basis) for link in statements.links if link.type == kind}


@pytest.mark.parametrize(
    ("text", "ban", "banned"),
    [
        ("严禁以任何名义摊派报表任务，切实为基层减负。", "严禁以任何名义摊派报表任务", "摊派报表任务"),
        ("不得将在线学习时长作为考核依据。", "不得将在线学习时长作为考核依据", "在线学习时长"),
        ("各部门不得擅自新设证明事项。", "不得擅自新设证明事项", "新设证明事项"),
    ],
)
def test_a_ban_keeps_its_words_inside_the_span(text: str, ban: str, banned: str, language: Language) -> None:
    found = holding(read(text, language), banned)
    assert [factor.text.endswith(ban) or ban in factor.text for factor in found] == [True]
    assert found[0].force == "mandated"


def test_what_made_it_worse_is_no_remedy(language: Language) -> None:
    found = read("早期各部门自建系统，试图以此提高效率，结果加剧了数据孤岛。", language)
    assert any("数据孤岛" in problem for problem in said(found, "dilemma"))
    assert linked(found, "addressed_by") == set()


def test_what_is_ruled_out_is_no_remedy(language: Language) -> None:
    found = read("有观点主张取消属地考核，但这会削弱回应诉求的动力，故不足取；可行之路是优化考核指标。", language)
    assert "优化考核指标" in said(found, "countermeasure")
    assert {factor.force for factor in holding(found, "取消属地考核")} <= {"failed"}
    assert not any("取消属地考核" in target for _, target, _ in linked(found, "addressed_by"))


def test_a_condition_is_no_fact_and_no_remedy(language: Language) -> None:
    found = read("如果不能打破部门壁垒，平台建设就难以见效。只有明确权责，才能破解推诿扯皮。", language)
    assert ("推诿扯皮", "明确权责", "stated") in linked(found, "addressed_by")
    assert not any("平台建设" in target for _, target, _ in linked(found, "addressed_by"))


def test_double_negatives_affirm(language: Language) -> None:
    found = read("不是没有制度，而是制度没有得到执行；不能不重视数据安全。", language)
    assert "制度没有得到执行" in said(found, "dilemma")
    assert "没有制度" not in said(found, "dilemma")
    assert "重视数据安全" in said(found, "countermeasure")


def test_mentions_of_one_problem_keep_their_own_places(language: Language) -> None:
    found = read("为破解数据孤岛，应当建平台。为破解数据孤岛，应当立标准。为破解数据孤岛，应当设专员。", language)
    assert said(found, "dilemma") == ["数据孤岛"] * 3
    places = {factor.id: factor.start for factor in found.factors}
    near = {(places[link.source], places[link.target]) for link in found.links if link.type == "addressed_by"}
    assert {(3, 10), (17, 24), (31, 38)} <= near


@pytest.mark.parametrize("text", ["较2019年下降-3.5个百分点，占23.4%，共投入1,234.5万元，缓解了资金短缺。", "新建1,200个服务站，覆盖率提高12.5个百分点。"])
def test_no_span_ends_inside_a_number(text: str, language: Language) -> None:
    found = read(text, language)
    whole = "0123456789.,-%"
    for factor in found.factors:
        before, after = found.clean_text[factor.start - 1 : factor.start], found.clean_text[factor.end : factor.end + 1]
        assert not (before and before in whole and factor.text[0] in whole)
        assert not (after and after in "0123456789%" and factor.text[-1] in whole)
