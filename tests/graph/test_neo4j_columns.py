"""Columns of a Neo4j graph are read while others write: what was read stays, and only what came since is asked for again. A server of a few lines stands in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graph.neo4j._changes import with_changes
from graph.neo4j._columns import Columns
from graph.neo4j._connect import Row, Torn
from graph.neo4j._prepared import DTYPES


class Server:
    """Documents that answer, by number; `before` is done ahead of a statement whose words it names, once."""

    def __init__(self, *numbers: int) -> None:
        self.live, self.version, self.changes = set(numbers), 1, with_changes(None, 1, list(numbers))
        self.before: dict[str, list[int]] = {}
        self.asked: list[str] = []

    def write(self, *changes: int) -> None:
        """Documents that come, and below zero those that go."""
        self.version += 1
        self.changes = with_changes(self.changes, self.version, changes)
        for number in changes:
            (self.live.add if number > 0 else self.live.discard)(abs(number))

    def __call__(self, statement: str, **parameters: Any) -> list[Row]:
        self.asked.append(f"{statement} {sorted(parameters.get('numbers', ()))}")
        for words in [words for words in self.before if words in statement]:
            self.write(*self.before.pop(words))
        if "ZhengmaiGraph" in statement:
            return [(self.version, len(self.live), sum(self.live), self.changes)]
        if "collect(a.number)" in statement:
            return [(sorted(self.live),)]
        wanted = self.live & set(parameters["numbers"]) if "numbers" in parameters else self.live
        head = np.zeros(1, DTYPES["head"]).tobytes()
        return [([[number, head] for number in sorted(wanted)],)]


def test_what_came_and_went_while_the_numbers_were_read_is_told() -> None:
    server = Server(1, 2, 3)
    server.before["collect(a.number)"] = [4, -2]
    looking = Columns().looking(server)
    assert looking.numbers.tolist() == [1, 3, 4]
    assert looking.version == 2


def test_a_document_that_goes_costs_no_second_reading_of_the_others() -> None:
    server, columns = Server(1, 2, 3), Columns()
    server.before["a.head"] = [5, -2]
    with pytest.raises(Torn):
        columns.looking(server)
    server.asked.clear()
    looking = columns.looking(server)
    assert looking.numbers.tolist() == [1, 3, 5]
    assert [asked for asked in server.asked if "a.head" in asked] == [
        "UNWIND $numbers AS number MATCH (a:Answers {number: number}) RETURN collect([a.number, a.head]) [5]"
    ]
    assert len(looking.heads) == 3


def test_more_writing_than_is_told_is_asked_again_and_nothing_else() -> None:
    server, columns = Server(1, 2), Columns()
    server.before["collect(a.number)"] = [9]
    write = server.write

    def another_program(*changes: int) -> None:
        write(*changes)
        server.changes = [server.version, server.version]

    server.write = another_program  # type: ignore[method-assign]
    with pytest.raises(Torn):
        columns.looking(server)
    assert columns.looking(server).numbers.tolist() == [1, 2, 9]
