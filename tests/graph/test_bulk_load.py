"""Many documents at once: into an empty graph in few transactions, into one that is there in small ones; the result is that of one by one."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import msgspec
import pytest

from corpus.concepts import load
from graph import ahead
from graph.ahead import Job, projections
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.projection import DocumentProjection, Edge
from graph.questions import search
from graph.sqlite import SqliteStore
from pipeline.records import to_json
from tests.graph.statement_maker import StatementMaker
from tests.graph.test_held_counts import answers, document

REPOSITORY = Path(__file__).resolve().parents[2]


def corpus() -> list[DocumentProjection]:
    """Documents of which some come twice, some replace others that come before or after them, and one is of internal use."""
    many = [document(n) for n in range(12)]
    many += [document(3, edition=2), document(20, supersedes="d文4"), document(21, supersedes="d文40"), document(40), document(22, supersedes="d文20")]
    many += [document(20, edition=1, supersedes="d文4"), document(7)]
    internal = document(30)
    return [*many, msgspec.structs.replace(internal, source=msgspec.structs.replace(internal.source, access="internal"))]


def one_by_one(path: Path) -> tuple[str, list[object]]:
    with SqliteStore(path) as store:
        for projection in corpus():
            store.upsert_document(projection)
        assert store.check() == ()
        return store.digest(), answers(store)


@pytest.mark.parametrize("seconds", [0.0, 0.02, 60.0])
def test_an_empty_graph_is_filled_as_if_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """However many documents one transaction takes: one, some, all."""
    expected = one_by_one(tmp_path / "one.sqlite")
    monkeypatch.setattr("graph.sqlite._MOST_S", seconds)
    with SqliteStore(tmp_path / "many.sqlite") as store:
        assert store.upsert_documents(corpus()) == len(corpus())
        assert store.check() == ()
        assert (store.digest(), answers(store)) == expected
        # and again, into a graph that is there
        assert store.upsert_documents(iter(corpus())) == len(corpus())
        assert store.check() == ()
        assert (store.digest(), answers(store)) == expected
        for summary in store.documents():
            assert store.delete_document(summary.source.document)
        assert store.check() == ()


def test_a_filled_graph_has_its_words_in_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every write that follows merges a part of what was filled in, and the hundred after ten thousand documents take four times as long."""
    monkeypatch.setattr("graph.sqlite._MOST_S", 0.0)
    path = tmp_path / "many.sqlite"
    with SqliteStore(path) as store:
        store.upsert_documents(corpus())
        words = "SELECT count(DISTINCT segid) FROM words_idx"
        assert apsw.Connection(str(path)).execute(words).fetchall() == [(1,)]
        store.upsert_document(document(50))
        assert apsw.Connection(str(path)).execute(words).fetchall() == [(2,)]
        assert search(store, "数据孤岛", limit=100).rows


@pytest.mark.parametrize("at_once", [2, 5])
def test_a_graph_that_is_there_takes_many_as_if_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    expected = one_by_one(tmp_path / "one.sqlite")
    monkeypatch.setattr("graph.sqlite._AT_ONCE", at_once)
    with SqliteStore(tmp_path / "many.sqlite") as store:
        store.upsert_document(document(0))
        store.upsert_documents(corpus())
        assert store.check() == ()
        assert (store.digest(), answers(store)) == expected


def test_a_document_that_is_refused_takes_only_its_own_transaction_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sqlite._MOST_S", 0.0)
    good = [document(n) for n in range(3)]
    bad = msgspec.structs.replace(document(9), edges=(Edge(id="x", type="about", source="f0", target="no-concept", author="t"),))
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        with pytest.raises(EdgeWithoutEnd, match="d文9"):
            store.upsert_documents([*good, bad, document(10)])
        assert {summary.source.document for summary in store.documents()} == {"d文0", "d文1", "d文2"}
        assert store.check() == ()


FILLER = """
import sys
sys.path.insert(0, {repository!r})
import graph.sqlite
from tests.graph.test_held_counts import document
graph.sqlite._MOST_S = 0.1
def passing():
    for n in range(100_000):
        print(n, flush=True)
        yield document(n)
graph.sqlite.SqliteStore({path!r}).upsert_documents(passing())
"""


@pytest.mark.parametrize("round_", range(4))
def test_a_process_killed_while_it_fills_a_graph_leaves_whole_documents_only(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "graph.sqlite"
    code = FILLER.format(repository=str(REPOSITORY), path=str(path))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline()]
    time.sleep(random.Random(round_).uniform(0.2, 1.2))
    os.kill(process.pid, signal.SIGKILL)
    said += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    with SqliteStore(path) as store:
        assert store.check() == ()
        there = len(store.documents())
        assert there < len(said)
        # those of whole transactions, the first ones without a hole
        assert {summary.source.document for summary in store.documents()} == {f"d文{n}" for n in range(there)}
        store.upsert_documents(document(n) for n in range(there + 2))
        assert len(store.documents()) == there + 2
        assert store.check() == ()


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    """Statement files of twelve documents; the sixth has a quote that does not stand where it says."""
    made = []
    for n in range(12):
        maker = StatementMaker(f"文{n}")
        maker.block(f"第{n}处数据孤岛突出。应当推进数据共享{n}。")
        maker.link(maker.factor(f"第{n}处数据孤岛突出", "dilemma"), maker.factor(f"推进数据共享{n}", "countermeasure"))
        statements = maker.made()
        if n == 5:
            factor = msgspec.structs.replace(statements.factors[0], start=1, end=3, text="无此")
            statements = msgspec.structs.replace(statements, factors=(factor, *statements.factors[1:]))
        path = tmp_path / f"{n}.json"
        path.write_bytes(to_json(statements))
        made.append(Job(statements=str(path), record=maker.record, work=f"w{n}", stamp=f"s{n}"))
    return made


def with_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are many, and the tests' own main module, which is no module where they run side by side, is one that may run again."""
    monkeypatch.setattr(ahead, "_FEW", 4)
    monkeypatch.setattr(ahead, "_repeatable", lambda: True)


@pytest.mark.parametrize("alone", [True, False])
def test_documents_projected_in_another_process_are_the_same(jobs: list[Job], monkeypatch: pytest.MonkeyPatch, alone: bool) -> None:
    with_another_process(monkeypatch)
    monkeypatch.setattr(ahead, "_BUNDLE", 3)
    register = load()
    refused: dict[str, str] = {}

    def tell(job: Job, error: ProjectionError) -> None:
        refused[job.record.id] = str(error)

    found = list(projections(jobs, register, refused=tell, alone=alone))
    expected = [ahead._made(job, register) for job in jobs]
    assert found == [projection for projection in expected if isinstance(projection, DocumentProjection)]
    assert [(projection.work, projection.stamp) for projection in found[:2]] == [("w0", "s0"), ("w1", "s1")]
    assert list(refused) == ["d文5"]
    assert "无此" in refused["d文5"]
    with pytest.raises(ProjectionError, match="d文5"):
        list(projections(jobs, register, alone=alone))


def test_a_process_that_has_another_register_is_not_used(jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody changes a concept while documents are projected: they are projected with the register that they were begun with."""
    with_another_process(monkeypatch)
    register = load()
    changed = tmp_path / "concepts"
    changed.mkdir()
    (changed / "own.toml").write_text('[[concept]]\nid = "data-silos"\nzh = ["数据烟囱"]\nen = []\n', encoding="utf-8")
    good = [job for job in jobs if job.record.id != "d文5"]
    found = list(projections(good, register, concepts=changed))
    assert found == [ahead._made(job, register) for job in good]
    assert {concept.id for projection in found for concept in projection.concepts} >= {"data-silos"}


def test_the_first_process_goes_on_where_the_second_is_ended(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    with_another_process(monkeypatch)
    monkeypatch.setattr(ahead, "_BUNDLE", 2)
    register = load()
    good = [job for job in jobs if job.record.id != "d文5"]
    found = []
    for projection in projections(good, register):
        found.append(projection)
        if len(found) == 3:
            for process in multiprocessing.active_children():
                process.kill()
    assert found == [ahead._made(job, register) for job in good]
    assert multiprocessing.active_children() == []


def test_documents_that_nobody_takes_leave_no_process_behind(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    with_another_process(monkeypatch)
    made = projections(jobs, load())
    next(made)
    assert len(multiprocessing.active_children()) == 1
    made.close()
    assert multiprocessing.active_children() == []


def test_a_program_whose_main_module_would_run_again_projects_by_itself(jobs: list[Job], tmp_path: Path) -> None:
    assert ahead._repeatable() == (getattr(sys.modules["__main__"], "__spec__", None) is not None)
    script = tmp_path / "script.py"
    script.write_text("import graph.ahead\nprint(graph.ahead._repeatable())\n", encoding="utf-8")
    said = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    assert said.stdout.strip() == "False"
