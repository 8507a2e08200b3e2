"""What the overview tells: what is loaded, how well it is read, what happened last, whether the store is whole."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import REPOSITORY
from zhengmai.__main__ import main
from zhengmai.health import Health
from zhengmai.quality import GROUPS, quality
from zhengmai.workspace import Workspace


def _add(workspace: Workspace, name: str, text: str) -> str:
    added = workspace.add(name, text.encode())
    assert added.record is not None
    workspace.sync()
    return added.record.id


def test_samples_and_added_documents_are_counted_apart(workspace: Workspace) -> None:
    samples = workspace.coverage(samples=True)
    assert samples.base.works == sum(samples.kinds.values()) == sum(samples.years.values()) == sum(samples.levels.values())
    assert workspace.coverage().base.works == 0
    _add(workspace, "通知.txt", "针对数据孤岛，应当建立统一的共享平台。")
    assert workspace.coverage(samples=True) == samples
    assert workspace.coverage().base.works == 1


def test_years_run_without_holes_and_what_has_no_date_comes_last(workspace: Workspace) -> None:
    _add(workspace, "无日期.txt", "针对数据孤岛，应当建立统一的共享平台。")
    years = [year for year in workspace.coverage(samples=True).years if year]
    assert years == [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    assert workspace.coverage().years == {"": 1}


def test_internal_documents_are_counted_in_neither(workspace: Workspace) -> None:
    document = _add(workspace, "内部.txt", "针对数据孤岛，应当建立统一的共享平台。")
    workspace.mark(document, "internal")
    workspace.sync()
    assert workspace.coverage().base.documents == 0


def test_the_last_changes_name_documents_and_decisions(workspace: Workspace) -> None:
    document = _add(workspace, "通知.txt", "针对数据孤岛，应当建立统一的共享平台。")
    factor = workspace.document(document).factors[0]
    decision = workspace.decide(document, kind="accept", factor=factor.id, who="周编辑")
    workspace.undo(decision.id, who="吴编辑")
    undone, accepted, *rest = workspace.last_changes()
    assert (undone.kind, undone.who, undone.words) == ("undo", "吴编辑", (factor.text,))
    assert (accepted.kind, accepted.who, accepted.document, accepted.place) == ("accept", "周编辑", document, (factor.start, factor.end))
    assert {(change.kind, change.n, change.sample) for change in rest} >= {("added", 1, False)}
    assert sum(change.n for change in rest if change.sample) == 10


def test_changes_show_no_words_of_an_internal_document(workspace: Workspace) -> None:
    document = _add(workspace, "内部.txt", "针对数据孤岛，应当建立统一的共享平台。")
    workspace.decide(document, kind="accept", factor=workspace.document(document).factors[0].id, who="周编辑")
    workspace.mark(document, "internal")
    assert [change.words for change in workspace.last_changes() if change.kind == "accept"] == [()]


def test_a_withdrawn_document_is_a_change_that_leads_nowhere(workspace: Workspace) -> None:
    document = _add(workspace, "通知.txt", "针对数据孤岛，应当建立统一的共享平台。")
    workspace.withdraw(document)
    gone = next(change for change in workspace.last_changes() if change.kind == "withdrawn")
    assert (gone.name, gone.document) == ("通知.txt", None)


def test_the_figures_of_the_page_stand_in_the_results() -> None:
    told = quality()
    results = (REPOSITORY / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    table = results[results.index(f"## {told.heading}\n") :].partition("\n## ")[0]
    rows = {cells[0].strip(): [cell.strip() for cell in cells[2:6]] for line in table.splitlines() if len(cells := line.strip("| ").split("|")) == 6}
    assert len(told.figures) >= 8
    for figure in told.figures:
        shown = ["–" if value is None else f"{value:.3f}{' few' if few else ''}" for value, few in zip(figure.values, figure.few, strict=True)]
        assert rows[figure.row] == shown
    assert len(GROUPS) == len(told.figures[0].values)


def test_the_model_is_named_by_its_manifest() -> None:
    told = quality()
    manifest = json.loads((REPOSITORY / "pipeline" / "model" / "manifest.json").read_text(encoding="utf-8"))
    assert told.model == manifest["name"]
    assert told.calibration_error == manifest["made"]["figures on dev"]["calibration error"]


def test_a_check_keeps_its_outcome(workspace: Workspace) -> None:
    assert workspace.health() is None
    kept = workspace.run_check()
    assert kept == workspace.health()
    assert (kept.step, kept.faults, kept.done) == ("done", workspace.check(), 10)


def test_a_check_that_fell_silent_counts_as_stopped(workspace: Workspace) -> None:
    workspace.settings.health.write_text('{"step":"running","at":"2026-01-01T00:00:00Z","done":3,"total":10}', encoding="utf-8")
    health = workspace.health()
    assert isinstance(health, Health)
    assert (health.step, health.done) == ("stopped", 3)


def test_the_command_keeps_what_it_found(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(workspace.settings.statements.glob("d*.json"))
    path.unlink()
    assert main(["--data", str(workspace.settings.data), "check", "--keep"]) == 1
    assert re.search("sync", capsys.readouterr().out)
    health = workspace.health()
    assert health is not None
    assert "stale" in {fault.code for fault in health.faults}
