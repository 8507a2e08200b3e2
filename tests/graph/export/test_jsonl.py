"""Everything out and in again: the golden questions answer the same, bad lines are named with file and number."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from corpus.records import DocumentRecord
from graph.errors import BrokenLines, StoreNotEmpty
from graph.export import Choice, ExportedDocument, gather
from graph.export.jsonl import load_into, read, register_of, write
from graph.opening import open_store
from graph.project import project
from graph.questions import document_view
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from pipeline.records import Statements
from tests.graph.export.handed import MANIFEST, handed
from tests.graph.statement_maker import REGISTER, StatementMaker, undo
from tests.graph.test_sample_answers import NAMES, QUESTIONS, samples
from tests.integration.engine import empty


def sample_record(statements: Statements) -> DocumentRecord:
    title = statements.document.title or statements.document.id
    return DocumentRecord(id=statements.document.id, name=f"{title}.txt", sha256="0" * 64, size=1, added="2026-01-01T00:00:00Z", sample=True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store with the samples' statements, as the golden questions have it."""
    with SqliteStore(tmp_path_factory.mktemp("filled") / "graph.sqlite") as store:
        for statements in samples():
            store.upsert_document(project(statements, sample_record(statements), (), NAMES))
        yield store


def exported(store: GraphStore) -> bytes:
    def documents() -> Iterator[ExportedDocument]:
        for statements in sorted(samples(), key=lambda one: one.document.id):
            record = sample_record(statements)
            yield ExportedDocument(record=record, work=record.id, statements=statements, view=document_view(store, record.id))

    out = BytesIO()
    write(gather(documents, choice=Choice(samples=True), concepts=(), decisions=(), manifest=MANIFEST), out)
    return out.getvalue()


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def imported(request: pytest.FixtureRequest, filled: SqliteStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    address: Path | str = tmp_path_factory.mktemp("imported") / "graph.sqlite"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_url")
        empty(str(address))
    with open_store(address) as store:
        assert load_into(store, read(BytesIO(exported(filled)), name="samples.jsonl"), NAMES) == 10
        yield store


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_was_imported_answers_as_what_was_exported(filled: SqliteStore, imported: GraphStore, question: str) -> None:
    wanted, found = QUESTIONS[question](filled), QUESTIONS[question](imported)
    assert msgspec.json.encode(found) == msgspec.json.encode(wanted)


def test_the_graph_is_the_same_with_decisions_and_versions(tmp_path: Path, file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker) -> None:
    later = StatementMaker("论文二", supersedes=paper.record.id)
    later.block("部门之间数据孤岛林立。应当建立统一的共享平台。")
    later.link(later.factor("部门之间数据孤岛林立", "dilemma"), later.factor("建立统一的共享平台", "countermeasure"))
    rejected = paper.decide(1, "reject", ["统一接口标准"], "countermeasure")
    decisions = [
        rejected,
        notice.decide(2, "accept", ["信息孤岛", "推进数据共享"], "addressed_by"),
        undo(3, rejected),
        paper.decide(4, "accept", ["基层人才"], "driver"),
    ]
    material = handed(file_store, paper, later, notice, decisions=decisions)
    assert material.manifest.counts.versions == 1
    out = BytesIO()
    write(material, out)
    bundle = read(BytesIO(out.getvalue()), name="all.jsonl")
    with SqliteStore(tmp_path / "other.sqlite") as other:
        load_into(other, bundle, REGISTER)
        assert other.digest() == file_store.digest()
        with pytest.raises(StoreNotEmpty, match="3 documents"):
            load_into(other, bundle, REGISTER)


def test_a_register_comes_back_as_it_was(file_store: SqliteStore, paper: StatementMaker) -> None:
    out = BytesIO()
    material = handed(file_store, paper)
    write(material, out)
    bundle = read(BytesIO(out.getvalue()), name="x")
    assert tuple(bundle.concepts) == material.register
    assert [concept.id for concept in register_of(bundle.concepts)] == sorted(concept.id for concept in material.register)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "malformed"),
        (b"[1, 2]", "a record is an object"),
        (b'{"record":"poem"}', "'poem' is no record"),
        (b'{"record":"statement","document":"dnowhere","id":"f"}', "'dnowhere' stands nowhere above"),
        ('{"record":"statement","document":"d论文","id":"f9","type":"mood"}'.encode(), "type"),
        (b'{"record":"document"}', "'catalogue' is missing"),
        ('{"record":"file","document":"d论文","base64":"?"}'.encode(), "no base64"),
        (b'{"record":"decision","id":"\xff"}', "utf-8"),
    ],
)
def test_a_bad_line_is_named_with_file_and_number(file_store: SqliteStore, paper: StatementMaker, line: bytes, reason: str) -> None:
    out = BytesIO()
    write(handed(file_store, paper), out)
    lines = out.getvalue().splitlines()
    with pytest.raises(BrokenLines) as caught:
        read([*lines, line], name="corpus.jsonl")
    (fault,) = caught.value.faults
    assert fault.startswith(f"corpus.jsonl:{len(lines) + 1}: ")
    assert reason in fault.lower() or reason in fault
    assert "\n" not in fault


def test_another_file_is_refused_in_few_lines() -> None:
    with pytest.raises(BrokenLines, match="no manifest") as caught:
        read([b"column,column"] * 1000, name="table.csv")
    assert len(str(caught.value).splitlines()) <= 21
    assert str(caught.value).endswith("more")
