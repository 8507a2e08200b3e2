"""The file is whole after a crash at any moment, open to several processes at once, and refused by name where it is not ours."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest
from filelock import FileLock

from graph.errors import SchemaTooNew, StoreBusy, StoreClosed, StoreCorrupt, StoreNotWritable
from graph.projection import DocumentProjection
from graph.questions import remedies, search
from graph.records import Filters
from graph.sqlite import SqliteStore, files_of, remove_files
from graph.sqlite._connect import _in_our_words
from graph.sqlite._schema import SCHEMA
from tests.graph.readers import read_while
from tests.graph.statement_maker import REGISTER, StatementMaker, projected

REPOSITORY = Path(__file__).resolve().parents[2]


def document(name: str, sentences: int = 40) -> DocumentProjection:
    maker = StatementMaker(name)
    for n in range(sentences):
        maker.block(f"第{n}处数据孤岛突出。应当建立第{n}个共享平台。")
        maker.link(maker.factor(f"第{n}处数据孤岛突出", "dilemma"), maker.factor(f"建立第{n}个共享平台", "countermeasure"))
    maker.block("国务院办公厅推进数据共享。")
    maker.act(maker.actor("国务院办公厅"), maker.factor("推进数据共享", "countermeasure"))
    return projected(maker)


WRITER = """
import sys
sys.path.insert(0, {repository!r})
from tests.graph.test_sqlite_safety import document
from graph.sqlite import SqliteStore
store = SqliteStore({path!r})
for n in range({first}, {first} + {count}):
    store.upsert_document(document(f"文{{n}}"))
    print(n, flush=True)
    if n % 3 == 0:
        store.delete_document(f"d文{{n}}")
        print(-n - 1, flush=True)
store.close()
"""


def writer(path: Path, *, first: int = 0, count: int = 10_000) -> subprocess.Popen[str]:
    code = WRITER.format(repository=str(REPOSITORY), path=str(path), first=first, count=count)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": "0"})


@pytest.mark.parametrize("round_", range(4))
def test_a_process_killed_while_it_writes_leaves_whole_documents_only(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "graph.sqlite"
    process = writer(path)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(2)]
    time.sleep(random.Random(round_).uniform(0.05, 0.4))
    os.kill(process.pid, signal.SIGKILL)
    said += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    done = [int(line) for line in said if line.endswith("\n")]
    there = {n for n in done if n >= 0} - {-n - 1 for n in done if n < 0}
    with SqliteStore(path) as store:
        assert store.check() == ()
        summaries = {summary.source.file: summary for summary in store.documents()}
        # what was said to be written is there; at most the one write behind it may be there, or not, as a whole
        assert {f"文{n}" for n in there} ^ set(summaries) <= {f"文{max(done) + 1}", f"文{max(done)}"}
        assert {summary.links for summary in summaries.values()} <= {40}
        store.upsert_document(document("之后"))
        assert remedies(store, REGISTER, "数据孤岛", filters=Filters(documents=("d之后",))).total == 40


def test_two_processes_write_while_threads_read(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    store = SqliteStore(path)
    store.upsert_document(document("旧"))
    processes = [writer(path, first=0, count=8), writer(path, first=100, count=8)]
    seen = read_while(store, processes, whole=40, timeout=120)
    assert len(seen) > 1
    kept = [n for n in (*range(8), *range(100, 108)) if n % 3 != 0]
    assert len(store.documents()) == 1 + len(kept)
    assert store.check() == ()
    # one actor and one node a concept, as if one process had written all of it
    assert store.statistics(Filters()).entities == {"government": 1}
    with SqliteStore(tmp_path / "alone.sqlite") as alone:
        for name in ("旧", *(f"文{n}" for n in kept)):
            alone.upsert_document(document(name))
        assert alone.digest() == store.digest()
    store.close()


def test_a_writer_that_waits_too_long_is_told_to_try_again(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    store = SqliteStore(path, wait=0.1)
    lock = FileLock(str(path) + ".lock")
    with lock:
        # the lock is one of processes; a second lock object stands for another process
        with pytest.raises(StoreBusy, match="try again") as caught:
            store.upsert_document(document("甲"))
        assert caught.value.retry
        assert store.documents() == ()
    store.upsert_document(document("甲"))
    store.close()


def test_a_newer_schema_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    SqliteStore(path).close()
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", SCHEMA + 1)
    connection.close()
    with pytest.raises(SchemaTooNew, match=f"has schema {SCHEMA + 1}, this program knows up to {SCHEMA}"):
        SqliteStore(path)


def test_an_older_schema_is_brought_up_to_date_and_answers_the_same(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    connection = apsw.Connection(str(path))
    connection.execute((Path(__file__).parent / "golden" / "schema_1.sql").read_text(encoding="utf-8"))
    connection.close()
    maker = StatementMaker("旧", date="2018-05", places=("江东省",))
    maker.heading("一、困境", zone="dilemma")
    maker.block("由于条块分割，数据孤岛林立。省大数据局应当推进数据共享。人才短缺严重。")
    cause = maker.factor("条块分割", "driver")
    silos = maker.factor("数据孤岛林立", "dilemma", dim="data")
    sharing = maker.factor("推进数据共享", "countermeasure", force="advised")
    maker.factor("人才短缺严重", "dilemma")
    for source, target, kind in ((silos, sharing, "addressed_by"), (silos, cause, "caused_by"), (sharing, silos, "limited_by"), (cause, sharing, "drives")):
        maker.link(source, target, kind)
    maker.act(maker.actor("省大数据局"), sharing, role="lead")
    with SqliteStore(path) as old, SqliteStore(tmp_path / "new.sqlite") as new:
        new.upsert_document(projected(maker, maker.decide(1, "accept", ["数据孤岛林立"], "dilemma")))
        assert old.check() == ()
        assert old.digest() == new.digest()
        assert remedies(old, REGISTER, "数据孤岛") == remedies(new, REGISTER, "数据孤岛")
        assert old.statistics(Filters()) == new.statistics(Filters())
        assert old.document("d旧") == new.document("d旧")
        assert old.delete_document("d旧")
        assert old.check() == ()


def test_a_graph_of_schema_6_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with SqliteStore(path) as store:
        store.upsert_documents(document(name) for name in ("甲", "乙"))
        before = store.digest(), store.statistics(Filters())
    connection = apsw.Connection(str(path))
    connection.execute(
        """
        DROP INDEX document_in_order; ALTER TABLE document DROP COLUMN changed;
        DROP TABLE document_sums; DROP TABLE document_factors; DROP TABLE document_links; DROP TABLE document_about; DROP TABLE document_ends;
        CREATE TABLE document_entity (document INTEGER PRIMARY KEY, entities TEXT NOT NULL) STRICT;
        CREATE TABLE document_count (document INTEGER NOT NULL, code INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (document, code)) STRICT;
        """
    )
    connection.pragma("user_version", 6)
    connection.close()
    with SqliteStore(path) as store:
        assert store.check() == ()
        assert (store.digest(), store.statistics(Filters())) == before
    connection = apsw.Connection(str(path))
    assert connection.pragma("user_version") == SCHEMA
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name IN ('document_entity', 'document_count')").fetchall() == [(0,)]
    connection.close()


def test_a_graph_of_schema_7_learns_when_its_documents_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with SqliteStore(path) as store:
        store.upsert_documents(document(name) for name in ("甲", "乙"))
        before = store.digest(), store.statistics(Filters()), store.documents(), store.version
    connection = apsw.Connection(str(path))
    connection.execute("DROP INDEX document_in_order; ALTER TABLE document DROP COLUMN changed")
    connection.pragma("user_version", 7)
    connection.close()
    with SqliteStore(path) as store:
        assert store.check() == ()
        assert (store.digest(), store.statistics(Filters()), store.documents(), store.version) == before
        assert store.delete_document("d甲")
        assert [summary.source.document for summary in store.documents()] == ["d乙"]
    connection = apsw.Connection(str(path))
    assert connection.pragma("user_version") == SCHEMA
    # no graph is as young as nothing: a version of another graph never passes for one of this
    assert connection.execute("SELECT min(changed) > 0 FROM document").fetchall() == [(1,)]
    connection.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    path.write_text("数据孤岛" * 1_000, encoding="utf-8")
    with pytest.raises(StoreCorrupt, match="delete it and run `python -m zhengmai rebuild`"):
        SqliteStore(path)
    assert path.read_text(encoding="utf-8") == "数据孤岛" * 1_000


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
    connection.close()
    with pytest.raises(StoreCorrupt, match="another program"):
        SqliteStore(path)
    connection = apsw.Connection(str(path))
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    connection.close()


def test_damage_inside_the_file_is_found_by_check_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    with SqliteStore(path) as store:
        for n in range(5):
            store.upsert_document(document(f"文{n}"))
    data = bytearray(path.read_bytes())
    for at in range(8 * 4096, len(data), 3 * 4096):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(bytes(data))

    def look() -> None:
        with SqliteStore(path) as store:
            assert "damaged" in {problem.code for problem in store.check()}
            store.digest()

    with pytest.raises(StoreCorrupt, match="rebuild"):
        look()


def test_a_missing_folder_and_a_folder_in_the_files_place_are_said(tmp_path: Path) -> None:
    with pytest.raises(StoreNotWritable, match="there is no folder"):
        SqliteStore(tmp_path / "nowhere" / "graph.sqlite")
    (tmp_path / "graph.sqlite").mkdir()
    with pytest.raises(StoreNotWritable):
        SqliteStore(tmp_path / "graph.sqlite")


def test_a_purged_document_leaves_no_word_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    store = SqliteStore(path)
    for n, word in enumerate(("common", "secretword", "common")):
        maker = StatementMaker(f"文{n}")
        maker.block(f"破解数据孤岛{word}，{word}机关建立共享平台。")
        maker.link(maker.factor(f"数据孤岛{word}", "dilemma"), maker.factor("建立共享平台", "countermeasure"))
        maker.actor(f"{word}机关")
        store.upsert_document(projected(maker))
    before = store.digest()
    with_word = [file for file in files_of(path) if file.exists() and b"secretword" in file.read_bytes()]
    assert with_word
    assert store.purge_document("d文1")
    assert [file for file in tmp_path.iterdir() if b"secretword" in file.read_bytes()] == []
    assert store.check() == ()
    assert search(store, "secretword").total == 0
    assert search(store, "common").total == 2
    assert not store.purge_document("d文1")
    assert store.digest() != before
    store.close()


def test_every_error_of_the_library_has_words_of_ours_or_is_a_fault_of_the_program(tmp_path: Path) -> None:
    ours = {"Busy": StoreBusy, "Locked": StoreBusy, "Protocol": StoreBusy, "ConnectionClosed": StoreClosed}
    ours |= dict.fromkeys(["Corrupt", "NotADB", "Format", "Empty"], StoreCorrupt)
    ours |= dict.fromkeys(["ReadOnly", "CantOpen", "Full", "Permissions", "IO", "Auth", "NoLFS", "NoMem", "TooBig"], StoreNotWritable)
    faults = {
        "Abort",
        "Bindings",
        "ConnectionNotClosed",
        "Constraint",
        "CursorClosed",
        "ExecTraceAbort",
        "ExecutionComplete",
        "ExtensionLoading",
        "ForkingViolation",
    }
    faults |= {"IncompleteExecution", "Internal", "InvalidContext", "Interrupt", "Mismatch", "Misuse", "NoFTS5", "NotFound", "Range", "SchemaChange", "SQL"}
    faults |= {"ThreadingViolation", "VFSFileClosed", "VFSNotImplemented"}
    kinds = [kind for kind in vars(apsw).values() if isinstance(kind, type) and issubclass(kind, apsw.Error) and kind is not apsw.Error]
    for kind in kinds:
        name = kind.__name__.removesuffix("Error")
        assert (name in ours) != (name in faults), f"{name} is new: decide what it means to a user"
        with pytest.raises(ours.get(name, kind)), _in_our_words(tmp_path, 1.0):
            raise kind("…")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.sqlite")
    store.close()
    store.close()
    with pytest.raises(StoreClosed):
        store.documents()


def test_closing_leaves_one_file_and_removing_leaves_none(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    with SqliteStore(path) as store:
        store.upsert_document(document("甲"))
        whole = store.digest()
    assert path.stat().st_size > 4096
    assert sum(file.stat().st_size for file in files_of(path)[1:2] if file.exists()) == 0
    remove_files(path)
    assert [file for file in files_of(path) if file.exists()] == []
    with SqliteStore(path) as store:
        store.upsert_document(document("甲"))
        assert store.digest() == whole


def test_a_store_that_is_open_sees_the_graph_that_another_process_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    with SqliteStore(path) as page:
        page.upsert_document(document("旧"))
        before = page.version
        remove_files(path)
        with SqliteStore(path) as other:
            other.upsert_document(document("新"))
        assert [summary.source.file for summary in page.documents()] == ["新"]
        assert page.version != before
        remove_files(path)
        assert page.documents() == ()
        page.upsert_document(document("又"))
        assert page.check() == ()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM factor WHERE id = (SELECT min(id) FROM factor)", "edge_without_end"),
        ("DELETE FROM link_answer WHERE ordinal = (SELECT min(ordinal) FROM link_answer)", "answers_differ"),
        ("UPDATE factor_answer SET weak = 1", "answers_differ"),
        ("DELETE FROM words WHERE rowid = (SELECT min(id) FROM sentence)", "index_differs"),
        ("INSERT INTO words (rowid, text) VALUES (7, '数 据')", "index_differs"),
        ("UPDATE factor SET stop = 99999 WHERE id = (SELECT min(id) FROM factor)", "quote_differs"),
        ("DELETE FROM document_text", "quote_differs"),
        ("INSERT INTO concept VALUES (999, 'nobody', '无', NULL, 1)", "orphan"),
        ("DELETE FROM document", "orphan"),
        ("UPDATE document SET changed = changed + 9", "answers_differ"),
    ],
)
def test_check_finds_what_does_not_agree(tmp_path: Path, statement: str, code: str) -> None:
    path = tmp_path / "graph.sqlite"
    with SqliteStore(path) as store:
        store.upsert_document(document("甲", 3))
        assert store.check() == ()
        connection = apsw.Connection(str(path))
        connection.execute(statement)
        connection.close()
        found = store.check()
        assert code in {problem.code for problem in found}
        assert all(problem.remedy for problem in found)
