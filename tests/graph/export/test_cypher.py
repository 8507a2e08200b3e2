"""The exported Cypher script, run as it stands on a real Neo4j: the same nodes, edges and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import neo4j
import pytest

from graph.export.cypher import literal, write
from graph.export.network import edges, nodes
from graph.neo4j import read_address
from graph.sqlite import SqliteStore
from tests.graph.export.handed import handed
from tests.graph.statement_maker import StatementMaker
from tests.integration.engine import empty

AWKWARD = (
    '市长\'s "数据"',
    "\\",
    "\\'",
    "\\u0027}) DETACH DELETE n //",
    "\\\\u0027",
    "a\\",
    "行一\n行二\r\n\t制表",
    "𠮷\u2028\x85\u2029",
    "*/ // --",
    "`Concept`",
    "$x {y}",
    "'; MATCH (n) DETACH DELETE n; //",
    "\\uXYZ",
    "\\U0001F600",
    "\x7f\x00",
)


def test_a_statement_is_one_flat_list_of_literals_that_is_planned_once(tmp_path: Path, paper: StatementMaker, notice: StatementMaker) -> None:
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        out = BytesIO()
        write(handed(store, paper, notice), out)
    lists = [re.fullmatch(r"WITH \[(.*)\] AS v UNWIND .*;", line) for line in out.getvalue().decode("utf-8").splitlines() if line.startswith("WITH ")]
    assert len(lists) > 10
    for found in lists:
        assert found is not None
        # maps and lists inside it would be planned anew for every statement
        assert re.fullmatch(r"(?:null|true|false|''|-?\d[\d.e-]*|, )+", re.sub(r"'(?:[^'\\]|\\.)*'", "''", found[1]))


@pytest.fixture
def session(neo4j_url: str) -> Iterator[neo4j.Session]:
    empty(neo4j_url)
    address = read_address(neo4j_url)
    with neo4j.GraphDatabase.driver(address.url, auth=(address.user, address.password), notifications_min_severity="OFF") as server, server.session() as opened:
        yield opened
        opened.run("MATCH (n) WHERE n.key IS NOT NULL AND NOT n:ZhengmaiGraph DETACH DELETE n").consume()
        for name in ("concept_key", "document_key", "factor_key", "actor_key"):
            opened.run(f"DROP CONSTRAINT {name} IF EXISTS").consume()


@pytest.mark.parametrize("words", AWKWARD, ids=ascii)
def test_every_text_is_read_back_as_it_was_and_runs_nothing(session: neo4j.Session, words: str) -> None:
    assert session.run(f"RETURN {literal(words)} AS words").single(strict=True)["words"] == words


def test_the_script_makes_the_same_graph_and_makes_nothing_twice(session: neo4j.Session, tmp_path: Path, paper: StatementMaker, notice: StatementMaker) -> None:
    awkward = StatementMaker("难")
    awkward.block("；".join(words.replace("\n", " ") for words in AWKWARD) + "数据孤岛。")
    awkward.factor("'; MATCH (n) DETACH DELETE n; //", "dilemma")
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        material = handed(store, paper, notice, awkward)
        out = BytesIO()
        write(material, out)
        wanted_nodes, wanted_edges = dict(nodes(material)), list(edges(material))
    statements = [line.removesuffix(";") for line in out.getvalue().decode("utf-8").split("\n") if line and not line.startswith("//")]
    for _ in range(2):
        for statement in statements:
            session.run(statement).consume()
        found = {row["key"]: row["all"] for row in session.run("MATCH (n) WHERE n.key IS NOT NULL AND NOT n:ZhengmaiGraph RETURN n.key AS key, n {.*} AS all")}
        assert {key: {name: value for name, value in row.items() if name != "key"} for key, row in found.items()} == wanted_nodes
        rows = session.run("MATCH (a)-[r]->(b) WHERE r.key IS NOT NULL RETURN r.key AS key, type(r) AS type, a.key AS a, b.key AS b, r {.*} AS all")
        assert sorted((row["key"], row["a"], row["b"], row["type"]) for row in rows) == sorted(
            (key, source, target, str(values["type"]).upper()) for key, source, target, values in wanted_edges
        )
    answer = session.run("MATCH (:Concept {key: 'c:data-silos'})<-[:ABOUT]-(d:Dilemma)-[:ADDRESSED_BY]->(m:Countermeasure) RETURN m.text AS text ORDER BY text")
    assert [row["text"] for row in answer] == ["建立统一的共享平台", "推进数据共享"]
