"""The list of documents of a Neo4j graph is kept: only what came since is read, and whether answers use a document is asked each time."""

from __future__ import annotations

from typing import Any

import pytest

from graph.neo4j._connect import Row, Torn
from graph.neo4j._documents import Summaries


class Server:
    """Documents by number, with whether answers use them; `gone` are no longer there when they are read."""

    def __init__(self, **live: bool) -> None:
        self.live = {int(number[1:]): used for number, used in live.items()}
        self.gone: set[int] = set()
        self.read: list[int] = []

    def __call__(self, statement: str, **parameters: Any) -> list[Row]:
        if "numbers" not in parameters:
            return [([[number, live] for number, live in self.live.items()],)]
        self.read += parameters["numbers"]
        return [([self._row(number) for number in parameters["numbers"] if number not in self.gone],)]

    def _row(self, number: int) -> list[Any]:
        source = [f"d{number}", f"{number}.txt", "数据共享", 2020 + number, f"{2020 + number}-01", "paper", None, ["甲"], False, "open"]
        return [number, source, f"w{number}", "", 3, 2, 1, self.live[number], None]


def test_what_is_known_is_not_read_again_and_what_is_superseded_is_told() -> None:
    server, summaries = Server(n1=True, n2=True), Summaries()
    assert [summary.source.document for summary in summaries.read(server)] == ["d2", "d1"]
    server.live = {2: False, 3: True}
    found = summaries.read(server)
    assert [(summary.source.document, summary.live) for summary in found] == [("d3", True), ("d2", False)]
    assert server.read == [1, 2, 3]


def test_a_document_that_goes_meanwhile_is_asked_about_again_and_no_other() -> None:
    server, summaries = Server(n1=True, n2=True), Summaries()
    server.gone = {2}
    with pytest.raises(Torn):
        summaries.read(server)
    server.live, server.gone = {1: True, 4: True}, set()
    assert [summary.source.document for summary in summaries.read(server)] == ["d4", "d1"]
    assert server.read == [1, 2, 4]
