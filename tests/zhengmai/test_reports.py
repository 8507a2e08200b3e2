"""有误: a reader's report is kept like a decision, changes nothing, and is answered by an editor."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import AlreadyAnswered, NoSuchDecision
from zhengmai.__main__ import main
from zhengmai.checking import decision_tally
from zhengmai.errors import NothingFound
from zhengmai.workspace import Workspace

TEXT = "针对数据孤岛，应当建立统一的共享平台。会议在三楼召开。"


@pytest.fixture
def document(workspace: Workspace) -> str:
    added = workspace.add("通知.txt", TEXT.encode())
    assert added.record is not None
    workspace.sync()
    return added.record.id


def link_of(workspace: Workspace, document: str) -> str:
    return next(link.id for link in workspace.document(document).links if link.type == "addressed_by")


def answered(workspace: Workspace) -> list[str]:
    return [row.remedy.text for row in workspace.remedies("数据孤岛").rows if row.source.title.startswith("通知") or row.source.file == "通知"]


def test_a_report_needs_no_name_and_changes_no_answer(workspace: Workspace, document: str) -> None:
    before = answered(workspace)
    assert before
    made = workspace.report(document, statement=link_of(workspace, document), note="对策写错了 <script>")
    (report,) = workspace.reports()
    assert (report.id, report.who, report.note, report.open, report.found) == (made.id, "", "对策写错了 <script>", True, True)
    assert report.statement == link_of(workspace, document)
    assert [TEXT[place.start : place.end] for place in made.anchors] == list(report.quotes)
    assert answered(workspace) == before
    assert {link.review for link in workspace.document(document).links} == {"open"}
    assert decision_tally(workspace.holdings).balanced
    assert workspace.check() == ()


def test_words_without_a_statement_can_be_reported(workspace: Workspace, document: str) -> None:
    start = TEXT.index("会议在三楼")
    workspace.report(document, place=(start, start + 5), who="李读者", note="漏了一条")
    (report,) = workspace.reports()
    assert (report.target, report.quotes, report.statement, report.who) == ("place", ("会议在三楼",), None, "李读者")
    for wrong in ((5, 5), (0, 10_000), (-1, 3)):
        with pytest.raises(NothingFound):
            workspace.report(document, place=wrong)
    with pytest.raises(NothingFound):
        workspace.report(document, statement="f404")


def test_who_agrees_with_a_report_rejects_the_statement_and_an_undo_brings_it_back(workspace: Workspace, document: str) -> None:
    before = answered(workspace)
    made = workspace.report(document, statement=link_of(workspace, document), note="不对")
    answer = workspace.answer(made.id, "accept", who="周编辑", note="确属误识")
    (report,) = workspace.reports()
    assert (report.open, report.verdict, report.answered_by, report.answer_note) == (False, "accept", "周编辑", "确属误识")
    assert answered(workspace) == []
    with pytest.raises(AlreadyAnswered):
        workspace.answer(made.id, "dismiss", who="周编辑")
    rejected = next(one for one in workspace.decisions() if one.kind == "reject")
    assert rejected.who == "周编辑"
    workspace.undo(rejected.id, who="周编辑")
    workspace.undo(answer.id, who="周编辑")
    assert workspace.reports()[0].open
    assert answered(workspace) == before
    workspace.answer(made.id, "reject", who="周编辑", note="原文如此")
    assert workspace.reports()[0].verdict == "reject"
    assert answered(workspace) == before
    assert decision_tally(workspace.holdings).balanced
    assert workspace.check() == ()


@pytest.mark.parametrize("verdict", ["reject", "dismiss"])
def test_who_does_not_agree_leaves_everything_as_it_is(workspace: Workspace, document: str, verdict: str) -> None:
    before = answered(workspace)
    made = workspace.report(document, statement=link_of(workspace, document))
    workspace.answer(made.id, verdict, who="周编辑")  # type: ignore[arg-type]
    assert answered(workspace) == before
    assert [one.kind for one in workspace.decisions()] == ["report", "answer"]


def test_an_answer_names_a_person_and_a_report(workspace: Workspace, document: str) -> None:
    made = workspace.report(document, statement=link_of(workspace, document))
    with pytest.raises(ValueError, match="nobody"):
        workspace.answer(made.id, "reject", who=" ")
    with pytest.raises(NothingFound):
        workspace.answer("c404", "reject", who="周编辑")
    with pytest.raises(NoSuchDecision):
        workspace.holdings.log.append(
            kind="answer", who="周编辑", target=made.target, anchors=made.anchors, answers="c404", verdict="reject", now=datetime(2026, 1, 1, tzinfo=UTC)
        )
    assert [one.kind for one in workspace.decisions()] == ["report"]


def test_a_report_survives_rebuild_and_a_new_version(workspace: Workspace, document: str) -> None:
    made = workspace.report(document, statement=link_of(workspace, document), note="不对")
    digest = workspace.holdings.store.digest()
    workspace.rebuild()
    assert workspace.holdings.store.digest() == digest
    assert workspace.reports()[0].id == made.id
    replaced = workspace.replace(document, "通知（修订）.txt", f"各县：\n{TEXT}".encode())
    assert replaced.record is not None
    workspace.sync()
    (report,) = workspace.reports()
    assert (report.document, report.found, report.open) == (replaced.record.id, True, True)
    assert report.statement == link_of(workspace, replaced.record.id)
    workspace.answer(made.id, "accept", who="周编辑")
    assert answered(workspace) == []
    assert workspace.check() == ()


def test_a_report_whose_words_are_gone_says_so_and_can_still_be_answered(workspace: Workspace, document: str) -> None:
    made = workspace.report(document, statement=link_of(workspace, document), note="不对")
    workspace.withdraw(document)
    (report,) = workspace.reports()
    assert (report.found, report.statement, report.open) == (False, None, True)
    workspace.answer(made.id, "dismiss", who="周编辑")
    assert not workspace.reports()[0].open
    assert decision_tally(workspace.holdings).balanced


def test_a_purge_takes_the_words_of_reports_and_answers_with_it(workspace: Workspace, document: str) -> None:
    made = workspace.report(document, statement=link_of(workspace, document), note="秘匣有误")
    workspace.answer(made.id, "reject", who="周编辑", note="秘匣无误")
    workspace.purge(document, who="王编辑", reason="著作权人要求")
    assert workspace.reports() == ()
    log = workspace.holdings.log.path.read_text(encoding="utf-8")
    assert "秘匣" not in log
    assert "数据孤岛" not in log
    assert [one.kind for one in workspace.decisions()] == ["report", "answer"]
    assert workspace.check() == ()


def test_reports_on_the_command_line(workspace: Workspace, document: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(Path(workspace.settings.data))
    statement = link_of(workspace, document)
    assert main(["--data", data, "reports"]) == 0
    assert capsys.readouterr().out == "没有待答复的报错\n"
    assert main(["--data", data, "report", "通知.txt", statement, "--note", "不对", "--dry-run"]) == 0
    assert workspace.reports() == ()
    assert main(["--data", data, "report", "通知.txt", statement, "--note", "不对"]) == 0
    (report,) = workspace.reports()
    capsys.readouterr()
    assert main(["--data", data, "reports"]) == 0
    out = capsys.readouterr().out
    for words in (report.id, "读者", "待答复", " → ".join(report.quotes), "不对"):
        assert words in out
    assert main(["--data", data, "answer", report.id, "reject", "--who", " "]) == 2
    assert main(["--data", data, "answer", report.id, "reject", "--who", "周编辑", "--note", "原文如此"]) == 0
    assert main(["--data", data, "answer", report.id, "reject", "--who", "周编辑"]) == 1
    capsys.readouterr()
    assert main(["--data", data, "reports", "--all", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["verdict"], row["answered_by"], row["answer_note"]) == ("reject", "周编辑", "原文如此")
