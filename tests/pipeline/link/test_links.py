"""The linker on small documents written for these tests."""

from __future__ import annotations

import time

import numpy as np
import pytest

from pipeline.link import find_links
from pipeline.link._layout import lay_out
from pipeline.link._plan import grid_ends
from pipeline.link._rivals import unrivalled
from pipeline.link._wording import shared_words
from pipeline.records import Block, Factor, FactorType, Force, Link, Sentence, Zone
from pipeline.structure import Structure
from pipeline.structure._tables import Cell, Column

Marked = tuple[FactorType, str]


class Page:
    """A document put together line by line; `⟦…⟧`-free: factors are given by their words and looked up in their line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.sentences: list[Sentence] = []
        self.factors: list[Factor] = []
        self.text = ""
        self.rows: dict[str, tuple[Cell, ...]] = {}

    def row(self, *cells: tuple[str, Column], marked: tuple[Marked, ...]) -> Page:
        """A row of a table as the structure gives it: (text, column) a cell."""
        self.line("\t".join(text for text, _ in cells), *marked)
        at, places = 0, []
        for text, column in cells:
            places.append(Cell(at, at + len(text), column, ""))
            at += len(text) + 1
        self.rows[self.blocks[-1].id] = tuple(places)
        return self

    def line(
        self, text: str, *marked: Marked, level: int | None = None, zone: Zone | None = None, runin: str | None = None, force: Force | None = None
    ) -> Page:
        start = len(self.text) + (1 if self.text else 0)
        self.text += ("\n" if self.text else "") + text
        role = "heading" if level else "body"
        block = f"b{len(self.blocks)}"
        self.blocks.append(Block(id=block, text=text, start=start, end=start + len(text), raw=(start, start + len(text)), role=role, level=level, zone=zone))
        at = start
        for part in text.replace("。", "。\0").split("\0"):
            if part:
                self.sentences.append(Sentence(id=f"s{len(self.sentences)}", start=at, end=at + len(part), block=block))
                at += len(part)
        since = 0
        for kind, words in marked:
            place = text.index(words, since)
            since = place + len(words)
            self.factors.append(
                Factor(
                    id=f"f{len(self.factors)}",
                    type=kind,
                    text=words,
                    sentence=text,
                    start=start + place,
                    end=start + since,
                    scope="heading" if level or words == runin else "clause",
                    force=force if kind == "countermeasure" else None,
                    confidence=1.0,
                    author="test",
                )
            )
        return self

    def structure(self) -> Structure:
        places = tuple(range(len(self.text)))
        return Structure(clean_text=self.text, raw_starts=places, raw_ends=places, blocks=tuple(self.blocks), references=(), rows=self.rows)

    def links(self) -> list[Link]:
        return list(find_links(self.structure(), self.sentences, self.factors))

    def named(self, kind: str) -> set[tuple[str, str, str]]:
        words = {factor.id: factor.text for factor in self.factors}
        return {(words[link.source], words[link.target], link.basis) for link in self.links() if link.type == kind}


def test_repeated_mentions_each_have_their_own_evidence() -> None:
    page = Page().line(
        "为破解数据孤岛，应当建平台。为破解数据孤岛，应当立标准。为破解数据孤岛，应当设专员。",
        ("dilemma", "数据孤岛"),
        ("countermeasure", "建平台"),
        ("dilemma", "数据孤岛"),
        ("countermeasure", "立标准"),
        ("dilemma", "数据孤岛"),
        ("countermeasure", "设专员"),
    )
    links = [link for link in page.links() if link.type == "addressed_by"]
    evidence = [link.evidence for link in links if len(link.evidence) == 1]
    assert len({link.target for link in links}) == 3
    assert len(set(evidence)) == 3
    assert {page.text[a:b] for ((a, b),) in evidence} == {"为破解数据孤岛，应当建平台。", "为破解数据孤岛，应当立标准。", "为破解数据孤岛，应当设专员。"}


def test_cause_and_effect_are_not_turned_round() -> None:
    page = Page().line("由于部门利益分割，导致数据难以共享。", ("dilemma", "部门利益分割"), ("dilemma", "数据难以共享"))
    assert page.named("caused_by") == {("数据难以共享", "部门利益分割", "stated")}


def test_a_measure_serves_the_goal_behind_it() -> None:
    page = Page().line("要完善问责制度，从而提升服务质量。", ("countermeasure", "完善问责制度"), ("goal", "提升服务质量"))
    assert page.named("achieves") == {("完善问责制度", "提升服务质量", "stated")}


def test_clauses_belong_to_the_factor_that_their_heading_names() -> None:
    page = (
        Page()
        .line("一、存在的困境", level=1, zone="dilemma")
        .line("（一）人才队伍薄弱", ("dilemma", "人才队伍薄弱"), level=2, zone="dilemma")
        .line("基层缺少专业人员。培训经费不足。", ("dilemma", "基层缺少专业人员"), ("dilemma", "培训经费不足"))
        .line("（二）制度供给滞后", ("dilemma", "制度供给滞后"), level=2, zone="dilemma")
        .line("配套法规尚未出台。", ("dilemma", "配套法规尚未出台"))
    )
    assert page.named("part_of") == {
        ("基层缺少专业人员", "人才队伍薄弱", "aligned"),
        ("培训经费不足", "人才队伍薄弱", "aligned"),
        ("配套法规尚未出台", "制度供给滞后", "aligned"),
    }


def test_the_same_document_gives_the_same_links() -> None:
    def make() -> list[Link]:
        return (
            Page().line("针对数据孤岛，应建立共享平台，以提升效能。", ("dilemma", "数据孤岛"), ("countermeasure", "建立共享平台"), ("goal", "提升效能")).links()
        )

    assert make() == make()


@pytest.mark.parametrize("lines", [0, 1])
def test_a_document_without_two_factors_has_no_links(lines: int) -> None:
    page = Page()
    if lines:
        page.line("数据孤岛突出。", ("dilemma", "数据孤岛突出"))
    assert page.links() == []


def test_headings_alone_take_bounded_time() -> None:
    page = Page()
    for n in range(400):
        kind: FactorType = "dilemma" if n < 200 else "countermeasure"
        page.line(f"（{n}）事项甲{n}之一二三", (kind, f"事项甲{n}之一二三"), level=1 + n % 3, zone=kind)  # type: ignore[arg-type]
    begun = time.process_time()
    page.links()
    assert time.process_time() - begun < 30


def test_a_table_is_linked_row_by_row_and_never_across_rows() -> None:
    page = Page().line("数据领域", level=1)
    page.row(
        ("数据孤岛", "dilemma"),
        ("部门分割", "driver"),
        ("建立共享平台", "countermeasure"),
        marked=(("dilemma", "数据孤岛"), ("dilemma", "部门分割"), ("countermeasure", "建立共享平台")),
    )
    page.row(
        ("人才短缺", "dilemma"),
        ("激励不足", "driver"),
        ("完善薪酬制度", "countermeasure"),
        marked=(("dilemma", "人才短缺"), ("dilemma", "激励不足"), ("countermeasure", "完善薪酬制度")),
    )
    assert page.named("addressed_by") == {("数据孤岛", "建立共享平台", "stated"), ("人才短缺", "完善薪酬制度", "stated")}
    assert page.named("caused_by") == {("数据孤岛", "部门分割", "stated"), ("人才短缺", "激励不足", "stated")}


def test_a_table_of_five_hundred_rows_takes_bounded_time() -> None:
    page = Page()
    for n in range(500):
        problem, measure = f"事项{n}缺人", f"为事项{n}配人"
        page.row((problem, "dilemma"), (measure, "countermeasure"), marked=(("dilemma", problem), ("countermeasure", measure)))
    begun = time.process_time()
    found = page.named("addressed_by")
    assert time.process_time() - begun < 20
    assert found == {(f"事项{n}缺人", f"为事项{n}配人", "stated") for n in range(500)}


def test_forty_problems_and_one_remedy_take_bounded_time() -> None:
    page = Page().line("一、存在的问题", level=1, zone="dilemma")
    for n in range(40):
        page.line(f"（{n}）第{n}类事项难以办理", ("dilemma", f"第{n}类事项难以办理"), level=2, zone="dilemma")
    page.line("二、对策", level=1, zone="countermeasure").line("应当建立统一平台。", ("countermeasure", "建立统一平台"))
    begun = time.process_time()
    page.links()
    assert time.process_time() - begun < 5


def test_what_made_the_problem_worse_is_no_remedy_but_limited_by_it() -> None:
    page = Page().line(
        "早期各部门自建系统，试图以此提高效率，结果加剧了数据孤岛。",
        ("countermeasure", "自建系统"),
        ("goal", "提高效率"),
        ("dilemma", "数据孤岛"),
        force="failed",
    )
    assert page.named("addressed_by") == set()
    assert page.named("limited_by") == {("自建系统", "数据孤岛", "stated")}


def test_what_is_ruled_out_is_no_remedy() -> None:
    page = Page().line("有观点主张取消属地考核，以解决推诿问题，但这不足取。", ("countermeasure", "取消属地考核"), ("dilemma", "推诿问题"), force="failed")
    assert page.named("addressed_by") == set()


def test_a_condition_is_no_remedy() -> None:
    page = Page().line(
        "如果不能打破部门壁垒，平台建设就难以见效。只有明确权责，才能破解推诿扯皮。",
        ("dilemma", "部门壁垒"),
        ("countermeasure", "平台建设"),
        ("countermeasure", "明确权责"),
        ("dilemma", "推诿扯皮"),
    )
    found = page.named("addressed_by")
    assert ("推诿扯皮", "明确权责", "stated") in found
    assert not any(remedy == "平台建设" for _, remedy, _ in found)


@pytest.mark.parametrize(
    ("text", "measure", "problem"),
    [
        ("云平台建设过程中面临资金短缺。", "云平台建设", "资金短缺"),
        ("虽已推行首席数据官制度，但数据标准不一依然存在。", "推行首席数据官制度", "数据标准不一"),
        ("推行留痕管理，反而导致基层负担加重。", "推行留痕管理", "基层负担加重"),
    ],
)
def test_a_measure_is_limited_by_what_it_causes_meets_or_leaves_open(text: str, measure: str, problem: str) -> None:
    page = Page().line(text, ("countermeasure", measure), ("dilemma", problem))
    assert page.named("limited_by") == {(measure, problem, "stated")}


def test_a_measure_against_a_problem_is_not_limited_by_it() -> None:
    page = Page().line("通过建立共享平台解决数据孤岛。", ("countermeasure", "建立共享平台"), ("dilemma", "数据孤岛"))
    assert page.named("limited_by") == set()


def test_a_measure_answers_the_mention_that_stands_nearest() -> None:
    page = Page()
    for measure in ("建平台", "立标准", "设专员"):
        page = page.line(f"为破解数据孤岛，应当{measure}。", ("dilemma", "数据孤岛"), ("countermeasure", measure))
    places = {factor.id: factor.start for factor in page.factors}
    near = sorted((places[link.source], places[link.target]) for link in page.links() if link.type == "addressed_by")
    assert near == [(3, 10), (18, 25), (33, 40)]


def test_a_plan_answers_a_problem_in_the_words_of_its_matter() -> None:
    page = Page().line("一、存在的问题", level=1, zone="dilemma")
    for problem in ("村级医疗站药品短缺", "山区道路年久失修", "图书馆藏书陈旧"):
        page.line(problem, ("dilemma", problem), level=2, zone="dilemma")
    page.line("二、对策建议", level=1, zone="countermeasure")
    for measure in ("更新图书馆藏书", "保障村级医疗站药品", "修缮山区道路"):
        page.line(measure, ("countermeasure", measure), level=2, zone="countermeasure")
    layout = lay_out(page.structure(), page.sentences, page.factors)
    (words, of_problem, _, run, *_), _ = shared_words(layout, *grid_ends(layout))
    assert words.argmax(axis=1).tolist() == [1, 2, 0]
    assert run.tolist() == [[0, 6, 0], [0, 0, 4], [5, 0, 0]]
    assert ((of_problem >= 0) & (of_problem <= 1)).all()


def test_words_that_every_statement_holds_say_little() -> None:
    page = Page()
    for problem in ("经费管理机制缺失", "人员考核机制缺失"):
        page.line(problem, ("dilemma", problem))
    for measure in ("完善经费管理机制", "完善人员考核机制"):
        page.line(measure, ("countermeasure", measure))
    layout = lay_out(page.structure(), page.sentences, page.factors)
    (words, *_), _ = shared_words(layout, *grid_ends(layout))
    assert words[0, 0] > 2 * words[0, 1] > 0


def test_of_a_problem_s_measures_the_far_less_likely_are_not_said() -> None:
    first, second = np.array([0, 0, 0, 1]), np.array([5, 6, 7, 7])
    likely = np.array([0.8, 0.5, 0.3, 0.9])
    assert unrivalled("addressed_by", first, second, likely).tolist() == [True, True, False, True]
    assert unrivalled("aligned", first, second, likely).tolist() == [True, True, False, True]
    assert unrivalled("caused_by", first, second, likely).all()
    none = np.zeros(0, dtype=np.int64)
    assert not unrivalled("aligned", none, none, np.zeros(0)).size


def test_one_section_of_many_problems_and_no_measure_has_no_remedy() -> None:
    page = Page()
    for n in range(200):
        page.line(f"第{n}类事项难以办理。", ("dilemma", f"第{n}类事项难以办理"))
    begun = time.process_time()
    assert page.named("addressed_by") == set()
    assert time.process_time() - begun < 10


def test_one_section_without_headings_pairs_nothing_across_unrelated_paragraphs() -> None:
    page = Page().line("山区道路年久失修。", ("dilemma", "山区道路年久失修"))
    for n in range(40):
        page.line(f"第{n}段叙述当年的天气。")
    page.line("应当更新图书馆藏书。", ("countermeasure", "更新图书馆藏书"))
    assert page.named("addressed_by") == set()


def test_a_measure_that_is_a_reply_to_a_problem_is_not_limited_by_it() -> None:
    page = Page().line("县里推行联合办公，旨在改变部门常常遭遇的条块分割。", ("countermeasure", "推行联合办公"), ("dilemma", "条块分割"))
    assert page.named("limited_by") == set()
