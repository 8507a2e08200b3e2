"""A fresh store of every kind there is, and a small corpus that most questions have an answer in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import neo4j
import pytest

from graph.neo4j import Neo4jStore
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from tests.graph.statement_maker import OpenStore, StatementMaker
from tests.integration.engine import empty


def pytest_report_header() -> str:
    return f"sqlite {apsw.sqlite_lib_version()} (apsw {apsw.apsw_version()}), neo4j {neo4j.__version__}"


@pytest.fixture(params=["sqlite", "neo4j"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens the same store again at every call."""
    opened: list[GraphStore] = []
    if request.param == "neo4j":
        url = request.getfixturevalue("neo4j_url")
        empty(url)

    def open_() -> GraphStore:
        store: GraphStore = SqliteStore(tmp_path / "graph.sqlite") if request.param == "sqlite" else Neo4jStore(url)
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> GraphStore:
    return open_store()


@pytest.fixture
def paper() -> StatementMaker:
    """A paper in two parallel sections, with one dilemma that nothing answers."""
    maker = StatementMaker("论文", date="2018-05")
    maker.block("数据治理研究", role="title")
    maker.heading("一、数据治理的困境", zone="dilemma")
    maker.block("部门之间数据孤岛林立。基层人才短缺严重。")
    silos = maker.factor("部门之间数据孤岛林立", "dilemma")
    maker.factor("基层人才短缺严重", "dilemma")
    maker.heading("二、数据治理的对策", zone="countermeasure")
    maker.block("应当建立统一的共享平台。针对系统孤岛，统一接口标准。")
    platform = maker.factor("建立统一的共享平台", "countermeasure", force="advised")
    systems = maker.factor("系统孤岛", "dilemma")
    standard = maker.factor("统一接口标准", "countermeasure")
    maker.link(silos, platform, basis="aligned", confidence=0.7)
    maker.link(systems, standard, basis="stated", confidence=0.95)
    return maker


@pytest.fixture
def notice() -> StatementMaker:
    """A notice of a province that names who does it, and why."""
    maker = StatementMaker("通知", date="2021-03-02", kind="official", issuer=("江东省人民政府", "province"), places=("江东省",))
    maker.heading("一、总体要求", zone="goal")
    maker.block("由于条块分割，信息孤岛依然存在。为打破信息孤岛，省大数据局牵头推进数据共享，实现一网通办。")
    cause = maker.factor("条块分割", "driver")
    exist = maker.factor("信息孤岛依然存在", "dilemma", confidence=0.99)
    silos = maker.factor("信息孤岛", "dilemma")
    sharing = maker.factor("推进数据共享", "countermeasure", force="mandated")
    goal = maker.factor("实现一网通办", "goal")
    maker.link(exist, cause, "caused_by")
    maker.link(silos, sharing, confidence=0.9)
    maker.link(sharing, goal, "achieves")
    maker.act(maker.actor("省大数据局"), sharing, role="lead")
    return maker
