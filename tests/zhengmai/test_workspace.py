"""What users do with a corpus: add, sync, ask, decide, rebuild; and that none of it loses anything."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

import pytest

from corpus.concepts import Register
from corpus.errors import ExactCopy
from corpus.records import SourceText
from pipeline import clean, run
from pipeline.clean import Edit
from zhengmai import holdings
from zhengmai.checking import decision_tally
from zhengmai.errors import NothingFound, SyncRunning
from zhengmai.settings import Settings
from zhengmai.workspace import Workspace, open_workspace


def test_a_fresh_corpus_answers_from_the_samples(workspace: Workspace) -> None:
    for question in ("数据孤岛", "信息孤岛", "data silos", "数据孤岛有哪些对策？", "How are data silos addressed?", "資料孤島"):
        answer = workspace.remedies(question)
        assert answer.concept is not None, question
        assert answer.concept.id == "data-silos", question
        rows = [row for row in answer.rows if row.tier == "concept"]
        assert len({row.source.document for row in rows}) >= 3
        assert {row.basis for row in rows} == {"stated", "aligned"}
        assert all(row.source.sample for row in rows)


def test_every_answered_quote_stands_in_its_document(workspace: Workspace) -> None:
    for row in workspace.remedies("数据孤岛").rows:
        text = workspace.document(row.source.document).clean_text
        for quote in (row.dilemma, row.remedy):
            assert text[quote.start : quote.end] == quote.text
            assert text[quote.sentence_start : quote.sentence_start + len(quote.sentence)] == quote.sentence
            assert quote.text in quote.sentence


def test_samples_are_never_counted_with_added_documents(workspace: Workspace) -> None:
    added = workspace.add("通知.txt", "针对数据孤岛，应当建立统一的共享平台。".encode())
    assert added.record is not None
    workspace.sync()
    rows = workspace.remedies("数据孤岛").rows
    assert {row.source.document for row in rows} == {added.record.id}


def test_samples_go_at_once_and_do_not_come_back(workspace: Workspace) -> None:
    assert workspace.remove_samples() == 10
    assert workspace.documents() == ()
    assert workspace.remedies("数据孤岛").rows == ()
    assert workspace.prepare() == 0
    assert workspace.check() == ()


def test_an_exact_copy_is_refused_by_the_name_of_what_is_there(workspace: Workspace) -> None:
    data = "针对数据孤岛，应当建立统一的共享平台。".encode()
    first = workspace.add("通知.txt", data)
    again = workspace.add("通知(1).txt", data)
    assert first.record is not None
    assert again.record is None
    assert isinstance(again.error, ExactCopy)
    assert "通知.txt" in str(again.error)


def test_two_files_of_one_name_are_two_documents(workspace: Workspace) -> None:
    first = workspace.add("通知.txt", "针对数据孤岛，应当建立共享平台。".encode())
    second = workspace.add("通知.txt", "针对人才短缺，应当加强培训。".encode())
    assert first.record is not None
    assert second.record is not None
    assert second.namesakes == (first.record,)
    workspace.sync()
    assert sum(one.record.name == "通知.txt" and one.status == "ready" for one in workspace.documents()) == 2


def test_a_second_sync_changes_nothing(workspace: Workspace) -> None:
    version = workspace.version()
    report = workspace.sync()
    assert (report.read, report.updated, report.removed, report.failed) == ((), (), (), {})
    assert workspace.version() == version


def test_only_one_process_writes_at_a_time(workspace: Workspace) -> None:
    with workspace.holdings.writing(), pytest.raises(SyncRunning):
        open_workspace(workspace.settings).sync()


def test_a_withdrawn_document_leaves_all_answers(workspace: Workspace) -> None:
    document = workspace.remedies("数据孤岛").rows[0].source.document
    workspace.withdraw(document)
    workspace.sync()
    assert document not in {row.source.document for row in workspace.remedies("数据孤岛").rows}
    assert next(one for one in workspace.documents() if one.id == document).status == "withdrawn"


def test_a_deleted_graph_is_made_again_decisions_included(workspace: Workspace) -> None:
    row = workspace.remedies("数据孤岛").rows[0]
    workspace.decide(row.source.document, kind="reject", link=row.link, who="王编辑")
    workspace.decide(row.source.document, kind="accept", factor=row.remedy.factor, who="王编辑")
    before = workspace.holdings.store.digest()
    workspace.close()
    for path in workspace.settings.data.glob("graph.sqlite*"):
        path.unlink()
    workspace.rebuild()
    assert workspace.holdings.store.digest() == before
    assert row.link not in {one.link for one in workspace.remedies("数据孤岛").rows}
    assert workspace.check() == ()


def test_a_damaged_graph_is_replaced(workspace: Workspace) -> None:
    before = workspace.holdings.store.digest()
    workspace.close()
    for path in workspace.settings.data.glob("graph.sqlite*"):
        path.unlink()
    workspace.settings.graph.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    workspace.rebuild()
    assert workspace.holdings.store.digest() == before


def test_rejecting_and_undoing_a_link_changes_the_answer_and_changes_it_back(workspace: Workspace) -> None:
    before = workspace.remedies("数据孤岛").rows
    row = before[0]
    decision = workspace.decide(row.source.document, kind="reject", link=row.link, who="王编辑", note="不是对策")
    assert row.link not in {one.link for one in workspace.remedies("数据孤岛").rows}
    workspace.undo(decision.id, who="李编辑")
    assert workspace.remedies("数据孤岛").rows == before
    kept = workspace.decisions()
    assert [one.kind for one in kept] == ["reject", "undo"]
    assert kept[0].who == "王编辑"
    assert kept[0].before["basis"] == row.basis


def test_a_decision_about_nothing_is_refused(workspace: Workspace) -> None:
    document = workspace.documents()[0].id
    with pytest.raises(NothingFound):
        workspace.decide(document, kind="accept", factor="f000000000000", who="王编辑")
    with pytest.raises(NothingFound):
        workspace.undo("c0", who="王编辑")
    assert workspace.decisions() == ()


def test_decisions_survive_a_mended_cleaner_and_a_new_component(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = workspace.remedies("数据孤岛").rows
    first, second = rows[0], next(row for row in rows if row.source.document != rows[0].source.document)
    rejected = workspace.decide(first.source.document, kind="reject", link=first.link, who="王编辑")
    accepted = workspace.decide(second.source.document, kind="accept", factor=second.dilemma.factor, who="王编辑")
    lost = workspace.decide(first.source.document, kind="accept", factor=first.remedy.factor, who="王编辑")
    taken = workspace.decide(second.source.document, kind="reject", factor=second.remedy.factor, who="王编辑")
    workspace.undo(taken.id, who="王编辑")

    removed = first.remedy.text

    def mended(text: str, source: SourceText) -> Iterable[Edit]:
        """A cleaner that drops the words of one decision everywhere, so that every place behind it moves."""
        at = text.find(removed)
        if at >= 0:
            yield Edit(at, at + len(removed), "", "markup")

    monkeypatch.setattr(clean, "STEPS", (*clean.STEPS, mended))
    monkeypatch.setattr(run, "VERSION", "bumped")
    report = workspace.sync()
    assert len(report.read) == 10
    count = decision_tally(workspace.holdings)
    assert count.balanced
    assert count.decisions == 5
    states = {outcome.decision: outcome.state for outcome in workspace.holdings.store.outcomes()}
    assert states[accepted.id] == "applied"
    assert states[taken.id] == "undone"
    assert states[lost.id] == "queued"
    assert states[rejected.id] == "queued"
    view = workspace.document(second.source.document)
    assert any(factor.review == "accepted" and factor.text == second.dilemma.text for factor in view.factors)
    assert "decisions" not in {fault.code for fault in workspace.check()}


def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    workspace = open_workspace(Settings(data=tmp_path / "data"))
    for name, data in (("空.txt", b""), ("坏.txt", bytes(range(256)) * 50), ("表.xyz", "数据".encode())):
        assert workspace.add(name, data).record is None
    assert workspace.documents() == ()
    assert not list((tmp_path / "data").rglob("*.json"))
    workspace.close()


def test_plain_data_of_an_answer_has_what_the_scorer_reads(workspace: Workspace) -> None:
    answer = workspace.remedies_json("数据孤岛")
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer
    for row in answer["rows"]:
        assert {"file", "dilemma", "dilemma_sentence", "remedy", "remedy_sentence", "basis"} <= set(row)
        assert row["dilemma"] in row["dilemma_sentence"]


def test_who_asks_while_the_register_is_made_ready_waits_for_that_one(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[float] = []
    original = holdings.load

    def slowly(*folders: Path) -> Register:
        loaded.append(time.monotonic())
        time.sleep(0.2)
        return original(*folders)

    monkeypatch.setattr(holdings, "load", slowly)
    warming = Thread(target=workspace.warm)
    warming.start()
    assert workspace.register.get("data-silos") is not None
    warming.join()
    assert len(loaded) == 1
