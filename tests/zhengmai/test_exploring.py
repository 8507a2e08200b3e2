"""Questions beside remedies: causes, limits, cells, time, paths, comparison, disagreement; over the samples."""

from __future__ import annotations

import pytest

from graph.records import Filters, LinkRow
from zhengmai.workspace import Workspace


def _stand_in_their_documents(workspace: Workspace, rows: tuple[LinkRow, ...]) -> None:
    for row in rows:
        text = workspace.document(row.document.document).clean_text
        for quote in (row.source, row.target):
            assert text[quote.start : quote.end] == quote.text


def test_causes_and_effects_are_the_two_ends_of_the_same_links(workspace: Workspace) -> None:
    causes = workspace.causes("条块分割", limit=500)
    effects = workspace.effects("条块分割", limit=500)
    assert causes.rows or effects.rows
    assert {row.type for row in (*causes.rows, *effects.rows)} == {"caused_by"}
    _stand_in_their_documents(workspace, (*causes.rows, *effects.rows))
    # what is an effect of one concept has that concept at its cause's end
    for row in effects.rows:
        if row.tier == "concept" and not row.weak:
            found = [view for view in workspace.document(row.document.document).factors if view.id == row.target.factor]
            assert row.concept in found[0].concepts


def test_limits_lead_from_measures_and_limited_leads_to_what_they_meet(workspace: Workspace) -> None:
    for question in ("数据共享", "数据孤岛"):
        for answer in (workspace.limits(question, limit=500), workspace.limited(question, limit=500)):
            assert answer.concept is not None
            assert {row.type for row in answer.rows} <= {"limited_by"}
            assert all(row.source.type == "countermeasure" for row in answer.rows)
            _stand_in_their_documents(workspace, answer.rows)


def test_a_question_without_a_concept_looks_for_its_words_at_the_source_alone(workspace: Workspace) -> None:
    assert workspace.effects("qqqq zzzz").rows == ()
    assert workspace.causes("qqqq zzzz").rows == ()


@pytest.mark.parametrize("by", ["year", "kind", "level", "place", "issuer"])
def test_every_cell_opens_the_statements_that_it_counts(workspace: Workspace, by: str) -> None:
    table = workspace.matrix(["数据孤岛", "数据共享", "人才短缺"], by=by)  # type: ignore[arg-type]
    assert table.cells
    for cell in table.cells:
        if cell.column:
            found = workspace.stated_about(cell.row, cell.filters, limit=500)
            assert sum(not row.weak for row in found.rows) == cell.statements, cell
            assert len({row.source.document for row in found.rows if not row.weak}) >= cell.works


def test_statements_about_any_concept_hold_those_about_one(workspace: Workspace) -> None:
    one = {(row.source.document, row.quote.factor) for row in workspace.stated_about("数据孤岛", limit=1000).rows}
    every = {(row.source.document, row.quote.factor) for row in workspace.stated_about(None, limit=10_000).rows}
    assert one
    assert one < every


def test_a_trend_has_no_holes_and_counts_what_the_years_count(workspace: Workspace) -> None:
    trend = workspace.trend("数据孤岛")
    years = [year.year for year in trend.years if year.year is not None]
    assert years == list(range(years[0], years[-1] + 1))
    assert trend.works == sum(year.works for year in trend.years) > 0


def test_a_path_has_a_quote_for_each_step(workspace: Workspace) -> None:
    answer = workspace.paths("数据孤岛", "数据共享")
    assert answer.source is not None
    assert answer.target is not None
    assert answer.paths
    _stand_in_their_documents(workspace, tuple(step.link for path in answer.paths for step in path.steps))


def test_one_concept_under_two_filters_is_compared(workspace: Workspace) -> None:
    both = workspace.compare("数据孤岛", None, Filters(kinds=("academic",)), Filters(kinds=("official",)))
    whole = workspace.compare("数据孤岛")
    assert both.left.concept == both.right.concept
    assert both.left.filters.kinds == ("academic",)
    assert both.right.filters.kinds == ("official",)
    assert whole.left.works == whole.right.works >= max(both.left.works, both.right.works)


def test_disagreement_keeps_its_three_sides_apart(workspace: Workspace) -> None:
    answer = workspace.disagreement("数据共享", limit=200)
    assert {row.type for row in answer.remedy.rows} <= {"addressed_by"}
    assert {row.type for row in answer.cause.rows} <= {"caused_by"}
    assert {row.type for row in answer.limited.rows} <= {"limited_by"}
    assert answer.remedy.rows


def test_internal_documents_are_in_no_answer_until_they_are_asked_for(workspace: Workspace) -> None:
    before = workspace.matrix(["数据孤岛"], by="kind")
    marked = {row.source.document for row in workspace.stated_about("数据孤岛", limit=500).rows}
    for document in marked:
        workspace.mark(document, "internal")
    workspace.sync()
    assert sum(cell.works for cell in before.cells) == len(marked)
    assert workspace.matrix(["数据孤岛"], by="kind").cells == ()
    assert workspace.trend("数据孤岛").works == 0
    assert not marked & {row.document.document for row in workspace.causes("数据孤岛", limit=500).rows}
    assert workspace.stated_about("数据孤岛").rows == ()
    assert workspace.compare("数据孤岛").left.works == 0
    assert len({row.source.document for row in workspace.stated_about("数据孤岛", Filters(internal="with"), limit=500).rows}) == len(marked)
