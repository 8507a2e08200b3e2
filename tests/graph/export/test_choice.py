"""What is exported: the same statements and links as answers count, baskets by id and quote, nothing that may not be shown."""

from __future__ import annotations

import html
import io
import zipfile

import msgspec
import pytest

from graph.export import FORMATS, Choice
from graph.records import Filters
from graph.sqlite import SqliteStore
from tests.graph.export.handed import MANIFEST, handed
from tests.graph.statement_maker import StatementMaker, undo

NARROWED = [
    Filters(),
    Filters(basis=("stated",)),
    Filters(year_from=2019),
    Filters(year_to=2019),
    Filters(kinds=("official",)),
    Filters(min_confidence=0.92),
    Filters(forces=("mandated",)),
    Filters(levels=("province",)),
    Filters(regions=("江东省",)),
    Filters(issuers=("江东省人民政府",)),
    Filters(actors=("government",)),
    Filters(concepts=("data-sharing",)),
    Filters(problems=("data-silos",)),
    Filters(in_force=False, today="2020-01-01"),
    Filters(review=("accepted",)),
]


@pytest.mark.parametrize("filters", NARROWED, ids=str)
def test_a_filter_leaves_what_answers_count(file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker, filters: Filters) -> None:
    decisions = [paper.decide(1, "accept", ["统一接口标准"], "countermeasure"), notice.decide(2, "reject", ["信息孤岛依然存在"], "dilemma")]
    material = handed(file_store, paper, notice, choice=Choice(filters=filters), decisions=decisions)
    counted = file_store.statistics(filters)
    links = [link for document in material.documents() for link in document.view.links]
    assert len(links) == sum(counted.links.values())
    ends = {(document.id, end) for document in material.documents() for link in document.view.links for end in (link.source, link.target)}
    chosen = {(document.id, factor.id) for document in material.documents() for factor in document.view.factors}
    assert ends <= chosen
    # beside those that fit by themselves only the ends of links
    assert len(chosen - ends) <= sum(counted.factors.values()) <= len(chosen)
    assert material.manifest.counts.statements == len(chosen)


def test_a_basket_holds_ids_quotes_and_links_with_their_ends(file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker) -> None:
    basket = (f"{paper.record.id}/l0", "实现一网通办", "基层人才短缺严重", "没有这句话")
    material = handed(file_store, paper, notice, choice=Choice(basket=basket))
    texts = [factor.text for document in material.documents() for factor in document.view.factors]
    assert sorted(texts) == sorted(["部门之间数据孤岛林立", "基层人才短缺严重", "建立统一的共享平台", "实现一网通办"])
    assert material.manifest.not_found == ("没有这句话",)
    assert [link.id for document in material.documents() for link in document.view.links] == ["l0"]
    assert [concept.id for concept in material.concepts] == ["data-silos", "data-sharing", "talent-shortage"]


def test_what_was_rejected_is_in_no_table_and_its_decision_is_kept(file_store: SqliteStore, paper: StatementMaker, written) -> None:
    decision = paper.decide(1, "reject", ["统一接口标准"], "countermeasure")
    material = handed(file_store, paper, decisions=[decision])
    assert "统一接口标准" not in [factor.text for document in material.documents() for factor in document.view.factors]
    assert written(material, "graphml").decode().count("统一接口标准") == 1, "in the sentence around the other statement alone"
    assert "l1" not in [link.id for document in material.documents() for link in document.view.links]
    assert material.manifest.counts.decisions == 1
    assert decision.id.encode() in written(material, "jsonl")


def test_a_decision_taken_back_travels_with_what_took_it_back(file_store: SqliteStore, paper: StatementMaker) -> None:
    first = paper.decide(1, "reject", ["统一接口标准"], "countermeasure")
    material = handed(file_store, paper, decisions=[first, undo(2, first)])
    assert [decision.id for decision in material.decisions] == ["c1", "c2"]
    assert material.manifest.counts.statements == 5


@pytest.mark.parametrize("form", FORMATS)
def test_of_a_document_for_quoting_only_nothing_else_leaves(file_store: SqliteStore, written, form: str) -> None:
    maker = StatementMaker("内参")
    maker.block("绝密的话不能外传。数据孤岛突出。")
    maker.factor("数据孤岛突出", "dilemma")
    maker.actor("绝密的话")
    maker.record = msgspec.structs.replace(maker.record, access="quotes")
    decision = maker.decide(1, "accept", ["数据孤岛突出"], "dilemma")
    data = written(handed(file_store, maker, decisions=[decision]), form)
    if form in ("xlsx", "docx", "qdpx"):
        data = unpacked(data)
    words = html.unescape(data.decode("utf-8", "replace"))
    assert "绝密" not in words
    assert form in ("gbt7714", "gbt7714-2025", "ris", "bibtex") or "数据孤岛" in words


def test_internal_documents_leave_only_when_asked_for(file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker) -> None:
    paper.record = msgspec.structs.replace(paper.record, access="internal")
    assert [one.id for one in handed(file_store, paper, notice).documents()] == [notice.record.id]
    asked = handed(file_store, paper, notice, choice=Choice(filters=Filters(internal="only")))
    assert [one.id for one in asked.documents()] == [paper.record.id]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_material_gives_the_same_bytes_and_says_the_day(
    file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker, written, form: str
) -> None:
    material = handed(file_store, paper, notice)
    first = written(material, form)
    assert written(material, form) == first
    later = handed(file_store, paper, notice, manifest=msgspec.structs.replace(MANIFEST, date="2027-01-31T00:00:00Z"))
    if form not in ("csv", "codebook-csv", "gbt7714", "gbt7714-2025", "ris", "bibtex"):
        assert written(later, form) != first
    assert written(later, form).replace(b"2027-01-31", b"2026-11-26") == first or form in ("xlsx", "docx", "qdpx")


def unpacked(data: bytes) -> bytes:
    """All that stands in an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())
