"""The linker on small documents written for these tests."""

from __future__ import annotations

import time

import pytest

from pipeline.link import find_links
from pipeline.records import Block, Factor, FactorType, Link, Sentence, Zone
from pipeline.structure import Structure

Marked = tuple[FactorType, str]


class Page:
    """A document put together line by line; `⟦…⟧`-free: factors are given by their words and looked up in their line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.sentences: list[Sentence] = []
        self.factors: list[Factor] = []
        self.text = ""

    def line(self, text: str, *marked: Marked, level: int | None = None, zone: Zone | None = None, runin: str | None = None) -> Page:
        start = len(self.text) + (1 if self.blocks else 0)
        self.text += ("\n" if self.blocks else "") + text
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
                    confidence=1.0,
                    author="test",
                )
            )
        return self

    def links(self) -> list[Link]:
        places = tuple(range(len(self.text)))
        structure = Structure(clean_text=self.text, raw_starts=places, raw_ends=places, blocks=tuple(self.blocks), references=())
        return list(find_links(structure, self.sentences, self.factors))

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
