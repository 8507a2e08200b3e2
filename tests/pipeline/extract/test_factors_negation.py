"""A ban, a failure and a double negative are not measures to take."""

from __future__ import annotations

import pytest

from pipeline.extract._factors_negation import negated


def read(text: str, span: str, kind: str = "countermeasure") -> tuple[str, str | None]:
    start = text.index(span)
    found = negated(text, start, start + len(span), kind=kind, within=(0, len(text)))  # type: ignore[arg-type]
    return text[found.start : found.end], found.force


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("严禁以任何名义摊派报表任务，切实为基层减负。", "摊派报表任务", "严禁以任何名义摊派报表任务"),
        ("不得将在线学习时长作为考核依据。", "将在线学习时长作为考核依据", "不得将在线学习时长作为考核依据"),
        ("各地一律不得增设审批事项。", "增设审批事项", "一律不得增设审批事项"),
        ("严禁弄虚作假", "严禁弄虚作假", "严禁弄虚作假"),
    ],
)
def test_a_ban_stays_inside_its_span(text: str, span: str, wanted: str) -> None:
    assert read(text, span) == (wanted, "mandated")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("不得不建立统一平台。", "建立统一平台"),
        ("严禁摊派任务，建立准入清单。", "建立准入清单"),
        ("不能不重视数据安全。", "重视数据安全"),
    ],
)
def test_what_is_not_banned_keeps_its_span(text: str, span: str) -> None:
    assert read(text, span) == (span, None)


def test_what_is_ruled_out_is_failed_and_the_way_forward_is_not() -> None:
    text = "有观点主张取消属地考核，但这会削弱回应诉求的动力，故不足取；可行之路是优化考核指标。"
    assert read(text, "取消属地考核") == ("取消属地考核", "failed")
    assert read(text, "优化考核指标") == ("优化考核指标", None)


def test_only_measures_are_banned() -> None:
    assert read("不得泄露数据，数据泄露严重。", "数据泄露严重", "dilemma") == ("数据泄露严重", None)


def test_a_double_negative_is_a_duty() -> None:
    text = "不能不重视数据安全。"
    found = negated(text, 0, 9, kind="dilemma", within=(0, len(text)))
    assert (text[found.start : found.end], found.kind) == ("重视数据安全", "countermeasure")


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("为破解数据孤岛，应当建平台。", "破解数据孤岛", ("数据孤岛", "dilemma")),
        ("为了打破条块分割，成立专班。", "打破条块分割", ("条块分割", "dilemma")),
        ("为提高效率，应当建平台。", "提高效率", ("提高效率", "goal")),
        ("最终实现破解难题的目标。", "破解难题", ("破解难题", "goal")),
    ],
)
def test_an_aim_to_be_rid_of_a_problem_names_the_problem(text: str, span: str, wanted: tuple[str, str]) -> None:
    start = text.index(span)
    found = negated(text, start, start + len(span), kind="goal", within=(0, len(text)))
    assert (text[found.start : found.end], found.kind) == wanted
