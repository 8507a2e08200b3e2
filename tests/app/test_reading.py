"""Parts, places and marks of a text that is read, without a page around them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app_pages._parts.cards import grouped
from app_pages._parts.reading import chosen_factor, part_of, sentence_at
from graph.records import DocumentView, RemedyRow
from pipeline.explain import repairs_by_block
from tests.app.double import DoubleWorkspace, cleaned, paper


@pytest.fixture
def view(corpus: DoubleWorkspace) -> DocumentView:
    return corpus.document(paper().record.id)


@pytest.fixture
def rows(corpus: DoubleWorkspace) -> tuple[RemedyRow, ...]:
    return corpus.remedies("数据孤岛").rows


def test_a_place_means_the_factor_of_its_edges_else_one_that_begins_there_else_one_around_it(view: DocumentView) -> None:
    flow = next(one for one in view.factors if one.text == "推动垂直系统的数据回流")
    assert chosen_factor(view, (flow.start, flow.end)) == flow
    assert chosen_factor(view, (flow.start, flow.start + 1)) == flow
    assert chosen_factor(view, (flow.start + 2, flow.start + 3)) == flow
    assert chosen_factor(view, (0, 1)) is None
    assert chosen_factor(view, (10**8, 10**8 + 1)) is None
    assert chosen_factor(view, None) is None


def test_every_character_of_a_sentence_leads_to_it_and_none_outside_does(view: DocumentView) -> None:
    for sentence in view.sentences:
        assert sentence_at(view, sentence.start) == (sentence.start, sentence.end)
        assert sentence_at(view, sentence.end - 1) == (sentence.start, sentence.end)
    assert sentence_at(view, len(view.clean_text)) is None


@pytest.mark.parametrize("size", [1, 7, 50])
def test_the_parts_of_a_long_text_cover_it_without_a_gap(view: DocumentView, size: int) -> None:
    length, at, seen = len(view.clean_text), 0, 0
    while at < length:
        low, high = part_of(view, (at, at + 1), size=size)
        assert low == at
        assert low < high <= low + size
        seen += high - low
        at = high
    assert seen == length
    assert part_of(view, None, size=length) == (0, length)
    assert part_of(view, (10**8, 10**8 + 1), size=10)[1] == length


def test_repairs_belong_to_the_block_of_their_place(tmp_path: Path) -> None:
    statements = cleaned(paper())
    found = repairs_by_block(statements)
    assert sum(map(len, found.values())) == len(statements.repairs)
    blocks = {one.id: one for one in statements.blocks}
    for block, repairs in found.items():
        for repair in repairs:
            assert blocks[block].raw[0] <= repair.raw[0]
    assert repairs_by_block(msgspec.structs.replace(statements, blocks=())) == {}


def test_rows_of_one_sentence_are_one_card_and_none_is_lost(rows: tuple[RemedyRow, ...]) -> None:
    groups = grouped(rows)
    assert [row.link for group in groups for row in group.rows] == [row.link for row in rows]
    for group in groups:
        assert len({(row.source.document, row.dilemma.sentence_start, row.basis, row.tier) for row in group.rows}) == 1
