"""Counts over documents, held to on every store: they follow each filter, and count a work once."""

from __future__ import annotations

import pytest

from graph.questions import gaps, matrix, remedies, statistics, trend
from graph.records import Filters
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, StatementMaker, projected

OPEN = Filters()


def test_filters_of_statements_narrow_counts_over_documents_too(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    """Trend, table, gaps, commonest concepts and statistics count the statements that fit, and the works that have one."""
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    sure = Filters(min_confidence=0.95)
    assert [(year.year, year.works, year.dilemmas) for year in trend(store, REGISTER, "数据孤岛", filters=sure, narrower=False).years] == [(2021, 1, 1)]
    mandated = Filters(forces=("mandated",))
    assert [(year.year, year.measures, year.dilemmas) for year in trend(store, REGISTER, "数据共享", filters=mandated).years] == [(2021, 1, 0)]
    table = matrix(store, REGISTER, ["数据孤岛", "数据共享"], by="kind", filters=mandated)
    assert [(cell.row, cell.column, cell.works, cell.statements) for cell in table.cells] == [("data-sharing", "official", 1, 1)]
    assert [(count.concept.id, count.works, count.rows) for count in store.commonest(filters=mandated, limit=9)] == [("data-sharing", 1, 1)]
    assert [(row.concept.id, row.gaps, row.dilemmas) for row in gaps(store, filters=sure).rows] == [("data-silos", 1, 1)]
    # the paper answers its dilemma of this concept, the notice one of its two: three dilemmas, one gap
    assert [(row.gaps, row.dilemmas, row.works) for row in gaps(store).rows if row.concept.id == "data-silos"] == [(1, 3, 1)]
    counts = statistics(store, filters=sure)
    assert (counts.factors["dilemma"], counts.links) == (1, {"addressed_by stated": 1})
    assert statistics(store, filters=Filters(basis=("aligned",))).links == {"addressed_by aligned": 1}
    assert counts.base.documents == 2


def test_dims_are_counted_by_the_statements_that_fit(store: GraphStore) -> None:
    maker = StatementMaker("维度")
    maker.block("数据孤岛突出，人才短缺。建立共享平台。")
    maker.factor("数据孤岛突出", "dilemma", dim="data", confidence=0.9)
    maker.factor("人才短缺", "dilemma", dim="talent", confidence=0.5)
    maker.factor("建立共享平台", "countermeasure", dim="data", force="mandated")
    store.upsert_document(projected(maker))

    def found(filters: Filters) -> list[tuple[str, int]]:
        return [(cell.row, cell.statements) for cell in matrix(store, REGISTER, ["dims"], by="kind", filters=filters).cells]

    assert found(OPEN) == [("data", 2), ("talent", 1)]
    assert found(Filters(min_confidence=0.8)) == [("data", 2)]
    assert found(Filters(forces=("mandated",))) == [("data", 1)]
    assert found(Filters(concepts=("talent-shortage",))) == [("talent", 1)]


def test_the_least_confidence_is_meant_to_the_last_digit(store: GraphStore) -> None:
    maker = StatementMaker("把握")
    maker.block("数据孤岛突出，信息孤岛依然存在。建立共享平台。推进数据共享。")
    one = maker.factor("数据孤岛突出", "dilemma", dim="data", confidence=0.80003)
    other = maker.factor("信息孤岛依然存在", "dilemma", dim="data", confidence=0.8)
    for dilemma, measure, confidence in ((one, "建立共享平台", 0.80003), (other, "推进数据共享", 0.8)):
        maker.link(dilemma, maker.factor(measure, "countermeasure", confidence=0.1), confidence=confidence)
    store.upsert_document(projected(maker))
    for least, count in ((0.79999, 2), (0.8, 2), (0.80002, 1), (0.80003, 1), (0.80004, 0), (0.8001, 0)):
        sure = Filters(min_confidence=least)
        counts = statistics(store, filters=sure)
        assert counts.factors["dilemma"] == count
        assert sum(counts.links.values()) == count == remedies(store, REGISTER, "数据孤岛", filters=sure).total
        assert sum(cell.statements for cell in matrix(store, REGISTER, ["dims"], by="kind", filters=sure).cells) == count


def test_works_are_told_apart_in_tables_of_places_too(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two reposts of one work, one of them about two places, and a work of its own."""
    for name, work, places in (("甲", "w", ("江东省", "河西省")), ("乙", "w", ("江东省",)), ("丙", None, ())):
        maker = StatementMaker(name, places=places)
        maker.block("数据孤岛突出，仍有数据孤岛。")
        maker.factor("数据孤岛突出", "dilemma", dim="data", confidence=0.9)
        maker.factor("仍有数据孤岛", "dilemma", dim="data", confidence=0.4)
        store.upsert_document(projected(maker, work=work))
    # what is distinct is counted in a table where it is small, by sorting where it would be large
    for _ in range(2):
        for filters, each in ((OPEN, 2), (Filters(min_confidence=0.5), 1)):
            for rows in (["数据孤岛"], ["dims"]):
                cells = matrix(store, REGISTER, rows, by="place", filters=filters).cells
                assert {(cell.column, cell.works, cell.statements) for cell in cells} == {("江东省", 1, 2 * each), ("河西省", 1, each), ("", 1, each)}
            assert [(count.works, count.rows) for count in store.commonest(filters=filters, limit=9)] == [(2, 3 * each)]
        monkeypatch.setattr("graph.sqlite._tally._FEW", 0)
