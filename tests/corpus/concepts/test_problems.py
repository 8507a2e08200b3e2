"""Problems by head and deficiency word, in either order, and what must not be taken for one."""

from __future__ import annotations

import pytest

from corpus import concepts


def ids(register: concepts.Register, text: str, *, problem: bool = False) -> set[str]:
    return {match.concept for match in register.find(text, problem=problem)}


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("基层专业人才十分匮乏", "talent-shortage"),
        ("普遍缺乏高素质的专业人才", "talent-shortage"),
        ("人才储备严重不足", "talent-shortage"),
        ("乡镇缺乏既懂技术又懂管理的人才。", "talent-shortage"),
        ("设施管护资金投入明显不足", "lack-of-funds"),
        ("小微企业融资依然困难", "financing-difficulty"),
        ("青年教师留不住，骨干教师大量流失", "brain-drain"),
        ("部门之间职责不清", "unclear-powers-and-responsibilities"),
        ("监管力度不够", "weak-regulation"),
        ("公众参与意识较弱", "public-participation"),
    ],
)
def test_a_head_with_a_deficiency_word_names_the_problem(register: concepts.Register, text: str, identity: str) -> None:
    assert identity in ids(register, text)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("缺乏人才评价机制", "talent-shortage"),
        ("人才是第一资源", "talent-shortage"),
        ("加大资金投入，补齐短板", "lack-of-funds"),
        ("数据壁垒依然存在", "data-silos"),
        ("人才多，资金不足", "talent-shortage"),
        ("服务高质量发展", "high-cost"),
    ],
)
def test_a_head_without_a_deficiency_word_of_its_own_names_nothing(register: concepts.Register, text: str, identity: str) -> None:
    assert identity not in ids(register, text)


def test_in_the_statement_of_a_problem_a_head_may_suffice(register: concepts.Register) -> None:
    assert "weak-regulation" in ids(register, "新业态处于监管真空地带", problem=True)
    assert "weak-regulation" not in ids(register, "监管部门发布通知")


def test_the_place_holds_head_and_word(register: concepts.Register) -> None:
    text = "同时，乡镇普遍缺乏专业人才，影响推进。"
    (match,) = [m for m in register.find(text) if m.concept == "talent-shortage"]
    assert text[match.start : match.end] == "缺乏专业人才"
    assert match.how == "pattern"
