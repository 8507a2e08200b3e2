"""Rows out of a statement, typed as rows: the columns are known to whoever wrote the statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import apsw

__all__ = ["Row", "every", "first", "only"]

Row = tuple[Any, ...]


def every(connection: apsw.Connection, statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
    """All rows, one after the other."""
    return cast("Iterator[Row]", connection.execute(statement, values))


def first(connection: apsw.Connection, statement: str, values: Sequence[Any] = ()) -> Row | None:
    """The first row, or none."""
    return cast("Row | None", connection.execute(statement, values).fetchone())


def only(connection: apsw.Connection, statement: str, values: Sequence[Any] = ()) -> Row:
    """The first row of a statement that always has one, or whose row must be there."""
    row = first(connection, statement, values)
    if row is None:
        raise LookupError(f"no row: {statement}")
    return row
