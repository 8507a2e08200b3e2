"""Every fourth annotated document and some that speak of 数据孤岛: each goes through, each quote stands in its place, the question is answered from them.

`make bench-quality` reads all of them; here they would take a third of the time of all tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch import extract_files
from pipeline.records import Statements, from_json
from zhengmai.settings import Settings
from zhengmai.workspace import open_workspace

pytestmark = pytest.mark.shared

WORKERS = 2


def documents(shared: Path) -> list[Path]:
    files = sorted((shared / "benchmark" / "documents").iterdir())
    speaking = [file for file in files if "数据孤岛" in file.read_text(encoding="utf-8", errors="replace")]
    return sorted({*files[::4], *speaking})


@pytest.fixture(scope="module")
def data(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder of a corpus of the documents, read by two workers."""
    folder = tmp_path_factory.mktemp("annotated") / "data"
    workspace = open_workspace(Settings(data=folder, workers=WORKERS))
    for file in documents(shared):
        assert workspace.add(file.name, file.read_bytes()).record is not None, file
    report = workspace.sync()
    assert report.failed == {}
    assert len(report.read) == len(documents(shared))
    workspace.close()
    return folder


@pytest.fixture(scope="module")
def statements(data: Path) -> list[Statements]:
    return [from_json(path.read_bytes()) for path in sorted((data / "statements").glob("d*.json"))]


def test_every_factor_stands_where_it_says(statements: list[Statements]) -> None:
    factors = 0
    for read in statements:
        for factor in read.factors:
            assert read.clean_text[factor.start : factor.end] == factor.text
            assert factor.text in factor.sentence
            factors += 1
    assert factors > 3_000


def test_every_document_gives_all_kinds_of_things(statements: list[Statements]) -> None:
    assert {factor.type for read in statements for factor in read.factors} == {"driver", "dilemma", "countermeasure", "goal"}
    assert {(link.type, link.basis) for read in statements for link in read.links} >= {("addressed_by", "stated"), ("addressed_by", "aligned")}
    assert sum(not read.factors for read in statements) == 0
    assert sum(not read.entities for read in statements) == 0


def test_a_second_run_by_one_worker_gives_the_same_bytes(shared: Path, data: Path, tmp_path: Path) -> None:
    files = documents(shared)[::6]
    for outcome in extract_files(files, tmp_path):
        assert outcome.written is not None
        read = from_json(outcome.written.read_bytes())
        assert outcome.written.read_bytes() == (data / "statements" / f"{read.document.id}.json").read_bytes(), outcome.job.file


def test_the_graph_is_the_same_when_it_is_made_again(data: Path) -> None:
    workspace = open_workspace(Settings(data=data))
    before = workspace.holdings.store.digest()
    workspace.close()
    for path in data.glob("graph.sqlite*"):
        path.unlink()
    workspace.rebuild()
    assert workspace.holdings.store.digest() == before
    assert workspace.check() == ()
    workspace.close()


@pytest.mark.parametrize("question", ["数据孤岛", "data silos", "信息孤岛", "怎样破解数据孤岛？"])
def test_the_question_is_answered_out_of_three_documents_with_their_words(data: Path, question: str) -> None:
    workspace = open_workspace(Settings(data=data))
    answer = workspace.remedies(question)
    assert answer.concept is not None
    assert answer.concept.id == "data-silos"
    rows = [row for row in answer.rows if row.tier == "concept"]
    assert len({row.source.document for row in rows}) >= 3
    for row in rows:
        text = workspace.document(row.source.document).clean_text
        assert text[row.dilemma.start : row.dilemma.end] == row.dilemma.text
        assert text[row.remedy.start : row.remedy.end] == row.remedy.text
        assert row.remedy.sentence in text
    workspace.close()
