"""A server that refuses, is gone, or holds the data of others is said in one line; several writers at once lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import neo4j
import pytest
from neo4j import exceptions

from graph.errors import (
    EdgeWithoutEnd,
    GraphError,
    SchemaTooNew,
    StoreAddressUnknown,
    StoreBusy,
    StoreClosed,
    StoreForeign,
    StoreNotWritable,
    StoreRefused,
    StoreSlow,
    StoreUnreachable,
)
from graph.neo4j import Neo4jStore, read_address
from graph.neo4j._connect import in_our_words
from graph.neo4j._schema import SCHEMA
from graph.questions import remedies, search
from tests.conftest import REPOSITORY
from tests.graph.readers import read_while
from tests.graph.statement_maker import REGISTER, StatementMaker, projected


def document(name: str, sentences: int = 10):
    maker = StatementMaker(name)
    for n in range(sentences):
        maker.block(f"第{n}处数据孤岛突出。国务院办公厅应当建立第{n}个共享平台。")
        maker.link(maker.factor(f"第{n}处数据孤岛突出", "dilemma"), maker.factor(f"建立第{n}个共享平台", "countermeasure"))
    maker.act(maker.actor("国务院办公厅"), "f1")
    return projected(maker)


def run(url: str, statement: str, **parameters: object) -> list[list[object]]:
    address = read_address(url)
    with neo4j.GraphDatabase.driver(address.url, auth=(address.user, address.password)) as server, server.session() as session:
        return [record.values() for record in session.run(statement, parameters)]  # type: ignore[arg-type]


def test_a_wrong_password_is_said_without_the_password(url: str) -> None:
    address = read_address(url)
    wrong = address.url.replace("bolt://", "bolt://neo4j:not-this-one@")
    with pytest.raises(StoreRefused, match="user and password") as caught:
        Neo4jStore(wrong)
    assert "not-this-one" not in str(caught.value)
    assert not caught.value.retry


def test_a_server_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(StoreUnreachable, match="is the server running") as caught:
        Neo4jStore("bolt://neo4j:secret@127.0.0.1:9", wait=5)
    assert caught.value.retry
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1", "bolt://", "bolt://host:port", "bolt://user:secret@host:99999"])
def test_what_is_no_address_is_said_without_the_password(address: str) -> None:
    with pytest.raises(StoreAddressUnknown, match="bolt://user:password@host:7687") as caught:
        Neo4jStore(address)
    assert "secret" not in str(caught.value)


def test_a_password_may_hold_any_sign() -> None:
    assert read_address("bolt://me:p%40ss%2Fword@server/mine")[1:4] == ("me", "p@ss/word", "mine")
    assert read_address("neo4j+s://server", password="x").password == "x"
    assert read_address("bolt://me:mine@server", password="x").shown == "bolt://server:7687"


def test_a_database_of_others_is_left_alone(url: str) -> None:
    run(url, "MATCH (g:ZhengmaiGraph) DELETE g")
    run(url, "CREATE (:Theirs {name: '别人的'})")
    try:
        with pytest.raises(StoreForeign, match="left alone"):
            Neo4jStore(url)
        assert run(url, "MATCH (n) RETURN labels(n)") == [[["Theirs"]]]
    finally:
        run(url, "MATCH (n:Theirs) DELETE n")
    with Neo4jStore(url) as store:
        assert store.documents() == ()


def test_a_store_that_is_open_sees_the_graph_that_somebody_made_anew(url: str) -> None:
    with Neo4jStore(url) as store:
        store.upsert_document(document("旧"))
        before = store.version
        assert remedies(store, REGISTER, "数据孤岛").total == 10
        run(url, "MATCH (n) DETACH DELETE n")
        assert remedies(store, REGISTER, "数据孤岛").total == 0
        assert store.version != before
        store.upsert_document(document("又", 3))
        assert remedies(store, REGISTER, "数据孤岛").total == 3
        assert store.check() == ()


def test_a_newer_schema_is_refused(url: str) -> None:
    Neo4jStore(url).close()
    run(url, "MATCH (g:ZhengmaiGraph) SET g.schema = $n", n=SCHEMA + 1)
    try:
        with pytest.raises(SchemaTooNew, match="newer version"):
            Neo4jStore(url)
    finally:
        run(url, "MATCH (g:ZhengmaiGraph) SET g.schema = $n", n=SCHEMA)


def test_a_graph_of_the_first_schema_becomes_one_of_this(url: str) -> None:
    with Neo4jStore(url) as store:
        store.upsert_document(document("甲", 3))
        before = store.digest()
    run(url, "MATCH (g:ZhengmaiGraph) SET g.schema = 1 REMOVE g.changes")
    run(url, "MATCH (:Answers)-[r:ANSWERS_ABOUT]->() SET r.ties = r.links")
    with Neo4jStore(url) as store:
        assert run(url, "MATCH (g:ZhengmaiGraph) RETURN g.schema") == [[SCHEMA]]
        assert store.check() == ()
        assert store.digest() == before
        assert remedies(store, REGISTER, "数据孤岛").total == 3
        store.upsert_document(document("乙", 2))
        assert remedies(store, REGISTER, "数据孤岛").total == 5
        assert store.check() == ()


def test_a_writer_that_waits_too_long_is_told_to_try_again(url: str) -> None:
    address = read_address(url)
    with Neo4jStore(url) as patient:
        # the server plans what it has not been asked before for a second and more: that is not the waiting that is meant here
        patient.upsert_document(document("甲"))
        assert remedies(patient, REGISTER, "数据孤岛").total == 10
    with (
        Neo4jStore(url, wait=3.0) as store,
        neo4j.GraphDatabase.driver(address.url, auth=(address.user, address.password)) as server,
        server.session() as session,
    ):
        with session.begin_transaction() as other:
            other.run("MATCH (g:ZhengmaiGraph) SET g.writing = true").consume()
            with pytest.raises(StoreBusy, match="try again") as caught:
                store.upsert_document(document("乙"))
            assert caught.value.retry
            # reading does not wait for writing
            assert remedies(store, REGISTER, "数据孤岛").total == 10
            other.rollback()
        store.upsert_document(document("乙"))
        assert len(store.documents()) == 2


def test_a_server_that_is_too_slow_for_a_change_is_said_and_nothing_is_written(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.neo4j import _write

    with Neo4jStore(url) as patient:
        patient.upsert_document(document("甲"))
        before = patient.digest()
    # three seconds of waiting and fifteen for a document are enough to plan and write ten sentences, never to write this
    monkeypatch.setattr(_write, "INSERT", "UNWIND range(1, 100000000) AS n UNWIND range(1, 1000) AS m WITH sum(n * m) AS s RETURN s, $documents")
    with Neo4jStore(url, wait=3.0) as store:
        with pytest.raises(StoreSlow, match="longer than 18 s for a change, of which nothing is written") as caught:
            store.upsert_document(document("乙"))
        assert caught.value.retry
        assert caught.value.code == "store_slow"
        monkeypatch.undo()
        assert store.digest() == before
        assert store.check() == ()


def test_a_closed_store_says_so(url: str) -> None:
    store = Neo4jStore(url)
    store.close()
    store.close()
    with pytest.raises(StoreClosed):
        store.documents()


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (exceptions.AuthError("no"), StoreRefused),
        (exceptions.ServiceUnavailable("gone"), StoreUnreachable),
        (exceptions.SessionExpired("gone"), StoreUnreachable),
        (exceptions.ConfigurationError("what"), StoreAddressUnknown),
        (ConnectionResetError("reset"), StoreUnreachable),
        ("Neo.ClientError.Security.Forbidden", StoreRefused),
        ("Neo.ClientError.Security.Unauthorized", StoreRefused),
        ("Neo.ClientError.Database.DatabaseNotFound", StoreUnreachable),
        ("Neo.TransientError.Transaction.DeadlockDetected", StoreBusy),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", StoreBusy),
        ("Neo.ClientError.Transaction.TransactionTimedOut", StoreBusy),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", StoreNotWritable),
        ("Neo.TransientError.General.OutOfMemoryError", StoreNotWritable),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", StoreNotWritable),
        ("Neo.DatabaseError.Transaction.TransactionLogError", StoreNotWritable),
        ("Neo.DatabaseError.General.UnknownError", StoreNotWritable),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", StoreNotWritable),
        ("Neo.ClientError.Statement.SyntaxError", exceptions.ClientError),
    ],
)
def test_errors_of_the_library_have_words_of_ours_or_are_faults_of_the_program(error: Exception | str, ours: type[Exception]) -> None:
    raised = error if isinstance(error, Exception) else exceptions.Neo4jError._hydrate_neo4j(code=error, message="what the server says")
    with pytest.raises(ours), in_our_words("bolt://server:7687", 1.0):
        raise raised
    assert issubclass(ours, GraphError | exceptions.ClientError)


def test_an_edge_that_the_server_cannot_join_undoes_the_whole_document(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.neo4j import _write

    with Neo4jStore(url) as store:
        store.upsert_document(document("甲"))
        before = store.digest()
        real = _write.rows_of

        def astray(projection):
            rows = real(projection)
            rows.edges["addressed_by"][0][1] = 1_000_000
            return rows

        monkeypatch.setattr(_write, "rows_of", astray)
        with pytest.raises(EdgeWithoutEnd, match="addressed_by"):
            store.upsert_document(document("乙"))
        assert store.digest() == before
        assert store.check() == ()


WRITER = """
import sys
sys.path.insert(0, {repository!r})
from tests.integration.test_neo4j_safety import document
from graph.neo4j import Neo4jStore
with Neo4jStore({url!r}) as store:
    for n in range({first}, {first} + 12):
        store.upsert_document(document(f"文{{n}}"))
        if n % 3 == 0:
            store.delete_document(f"d文{{n}}")
"""


def test_two_processes_write_while_threads_read(url: str) -> None:
    with Neo4jStore(url) as store:
        store.upsert_document(document("旧"))
        processes = [
            subprocess.Popen([sys.executable, "-c", WRITER.format(repository=str(REPOSITORY), url=url, first=first)], env={**os.environ}) for first in (0, 100)
        ]
        seen = read_while(store, processes, whole=10, timeout=240)
        assert len(seen) > 1
        assert len(store.documents()) == 1 + sum(n % 3 != 0 for n in (*range(12), *range(100, 112)))
        # what all of them name is one node
        assert run(url, "MATCH (n:Actor {name: '国务院办公厅'}) RETURN count(n)") == [[1]]
        assert run(url, "MATCH (n:Concept {id: 'data-silos'}) RETURN count(n)") == [[1]]
        assert store.check() == ()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("MATCH (f:Factor) WITH f LIMIT 1 DETACH DELETE f", "edge_without_end"),
        ("MATCH (:Factor)-[e:ADDRESSED_BY]->() WITH e LIMIT 1 DELETE e", "edge_without_end"),
        ("MATCH (a:Answers) SET a.named = a.head", "answers_differ"),
        ("MATCH (a:Answers) DETACH DELETE a", "answers_differ"),
        ("MATCH (s:Sentence) WITH s LIMIT 1 REMOVE s.words", "index_differs"),
        ("MATCH (f:Factor) WITH f LIMIT 1 SET f.end = 99999", "quote_differs"),
        ("MATCH (p:Projection) DETACH DELETE p", "quote_differs"),
        ("MATCH (p:Projection) SET p.data = p.number", "damaged"),
        ("CREATE (:Concept {id: 'nobody', number: 1, documents: 1})", "orphan"),
        ("MATCH (d:Document) DETACH DELETE d", "orphan"),
    ],
)
def test_check_finds_what_does_not_agree(url: str, statement: str, code: str) -> None:
    with Neo4jStore(url) as store:
        store.upsert_document(document("甲", 3))
        assert store.check() == ()
        run(url, statement)
        found = store.check()
        assert code in {problem.code for problem in found}
        assert all(problem.remedy for problem in found)


def test_no_word_of_a_purged_document_is_left_in_the_database(url: str) -> None:
    with Neo4jStore(url) as store:
        for n, word in enumerate(("common", "secretword", "common")):
            maker = StatementMaker(f"文{n}")
            maker.block(f"破解数据孤岛{word}，{word}机关建立共享平台。")
            maker.link(maker.factor(f"数据孤岛{word}", "dilemma"), maker.factor("建立共享平台", "countermeasure"))
            maker.actor(f"{word}机关")
            store.upsert_document(projected(maker))
        assert store.purge_document("d文1")
        everything = "MATCH (n) UNWIND keys(n) AS key WITH n, key WHERE toStringOrNull(n[key]) CONTAINS 'secretword' RETURN count(n)"
        assert run(url, everything) == [[0]]
        assert search(store, "secretword").total == 0
        assert search(store, "common").total == 2
        assert store.check() == ()
        assert not store.purge_document("d文1")


def test_the_graph_is_that_of_the_design_for_whoever_asks_in_cypher(url: str) -> None:
    with Neo4jStore(url) as store:
        store.upsert_document(document("甲", 1))
    found = run(
        url,
        "MATCH (c:Concept {name: '数据孤岛'})<-[:ABOUT]-(p:Dilemma)-[l:ADDRESSED_BY]->(m:Countermeasure)-[:STATED_IN]->(s:Sentence)"
        " MATCH (s)<-[:HAS_SENTENCE]-(d:Document) MATCH (a:Actor)-[:TAKES]->(m) RETURN p.text, m.text, l.basis, l.author, s.text, d.title, a.name",
    )
    assert found == [["第0处数据孤岛突出", "建立第0个共享平台", "stated", "links.test.v1", "国务院办公厅应当建立第0个共享平台。", "论甲", "国务院办公厅"]]


def test_copy_moves_a_corpus_and_the_server_answers_the_same(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengmai.cli import main

    data = str(tmp_path / "data")
    note = tmp_path / "通知.txt"
    note.write_text("一、存在的困境\n部门之间数据孤岛林立。\n二、对策\n针对数据孤岛，应当建立统一的共享平台。\n", encoding="utf-8")
    assert main(["--data", data, "add", str(note)]) == 0
    assert main(["--data", data, "sync", "--quiet"]) == 0
    assert main(["--data", data, "remedies", "数据孤岛", "--json"]) == 0
    capsys.readouterr()
    assert main(["--data", data, "remedies", "数据孤岛", "--json"]) == 0
    here = capsys.readouterr().out
    assert main(["--data", data, "copy", "--to", url, "--dry-run"]) == 0
    assert main(["--data", data, "copy", "--to", url]) == 0
    out = capsys.readouterr().out
    assert "两边内容相同" in out
    assert read_address(url).password not in out
    monkeypatch.setenv("ZHENGMAI_STORE", url)
    assert main(["--data", data, "remedies", "数据孤岛", "--json"]) == 0
    assert capsys.readouterr().out == here
    # nothing is stale on the other side, and rebuilding there changes nothing
    assert main(["--data", data, "--language", "en", "sync"]) == 0
    assert "updated 0" in capsys.readouterr().out
    assert main(["--data", data, "rebuild", "--quiet"]) == 0
    assert main(["--data", data, "remedies", "数据孤岛", "--json"]) == 0
    assert capsys.readouterr().out == here
    assert main(["--data", data, "check"]) == 0
    assert main(["--data", data, "copy", "--to", url]) == 1


def test_what_a_document_does_not_say_is_no_property_and_a_second_sync_changes_nothing(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Number 47 of the faults that people report of other stores."""
    from zhengmai.cli import main

    data = str(tmp_path / "data")
    note = tmp_path / "无日期.txt"
    note.write_text("一、存在的困境\n部门之间数据孤岛林立。\n二、对策\n针对数据孤岛，应当建立统一的共享平台。\n", encoding="utf-8")
    assert main(["--data", data, "add", str(note)]) == 0
    monkeypatch.setenv("ZHENGMAI_STORE", url)
    seen = []
    for _ in range(3):
        assert main(["--data", data, "sync", "--quiet"]) == 0
        seen.append(run(url, "MATCH (g:ZhengmaiGraph) MATCH (n) WITH g, count(n) AS nodes MATCH ()-[r]->() RETURN g.version, nodes, count(r)"))
    assert seen[0] == seen[1] == seen[2]
    assert run(url, "MATCH (n) UNWIND keys(n) AS key WITH n, key WHERE toStringOrNull(n[key]) IN ['None', 'null', ''] RETURN labels(n), key") == []
    (document,) = run(url, "MATCH (d:Document) WHERE NOT d.sample RETURN d.date, d.year, d.issuer")
    assert document == [None, None, None]
