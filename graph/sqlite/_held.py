"""What is packed of all documents that answers use, in memory: read once, and after a write only of the documents that it changed.

A store has one `Held`; every question brings the connection whose state it sees, and gets the rows of that very state. What is held is never
changed in place, so threads may ask at once, also about different states. About 7 KB a document where all kinds of counts were asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw
import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.sqlite._ask import Row, every, only
from graph.sqlite._packed import ABOUT, COUNTS, ENDS, ENTITIES, FACTOR, LINK, NAMED

__all__ = ["Documents", "Held", "Packed"]

Array = NDArray[Any]

FIRST = np.dtype("<i8")
_COLUMNS: dict[str, tuple[str, str, np.dtype[Any]]] = {
    "named": ("document_sums", "named", NAMED),
    "counts": ("document_sums", "counts", COUNTS),
    "entities": ("document_sums", "entities", ENTITIES),
    "factors": ("document_factors", "rows", FACTOR),
    "firsts": ("document_factors", "first", FIRST),
    "links": ("document_links", "rows", LINK),
    "ends": ("document_ends", "rows", ENDS),
    "about": ("document_about", "rows", ABOUT),
}
"""what may be asked for → table, column, and how its rows are laid out"""
_SOME = 200
"""documents that are looked up one by one; of more the whole table is read"""


class Documents(NamedTuple):
    """Documents that answers use, by number; `changed`: the version of the store that brought them in; `years` are -1 where there is none."""

    ids: Array
    changed: Array
    works: Array
    years: Array
    kinds: Array
    sentences: Array


_DOCUMENT = np.dtype([(name, np.int64) for name in Documents._fields])


class Packed(NamedTuple):
    """Rows of documents one after the other, and how many each has."""

    rows: Array
    sizes: Array


class _Table(NamedTuple):
    """Rows as they were of documents as they were."""

    ids: Array
    changed: Array
    packed: Packed


class Held:
    """Documents and packed rows of one store."""

    def __init__(self) -> None:
        self._documents: tuple[int, Documents] | None = None
        self._tables: dict[str, _Table] = {}

    def documents(self, connection: apsw.Connection) -> Documents:
        """All documents that answers use, in the state that `connection` sees."""
        (version,) = only(connection, "SELECT value FROM meta WHERE name = 'version'")
        last = self._documents
        if last is None or last[0] != version:
            statement = "SELECT id, changed, work, coalesce(year, -1), kind, sentences FROM document WHERE live = 1 ORDER BY id"
            # row by row: a list of so many tuples would be looked through by every collection of garbage
            table = np.fromiter(every(connection, statement), _DOCUMENT)
            last = self._documents = (version, Documents(*(np.ascontiguousarray(table[name]) for name in Documents._fields)))
        return last[1]

    def packed(self, connection: apsw.Connection, column: str) -> Packed:
        """The rows of `column` of all `documents`, in their order."""
        documents = self.documents(connection)
        had = self._tables.get(column)
        if had is None or not (had.ids is documents.ids or (np.array_equal(had.ids, documents.ids) and np.array_equal(had.changed, documents.changed))):
            packed = _read(connection, column, documents.ids) if had is None else _brought_up(connection, column, had, documents)
            had = self._tables[column] = _Table(documents.ids, documents.changed, packed)
        return had.packed


def _brought_up(connection: apsw.Connection, column: str, had: _Table, documents: Documents) -> Packed:
    """`had` with the rows of documents that have come or changed since, and without those that have gone."""
    before = len(had.ids)
    at = np.searchsorted(had.ids, documents.ids)
    known = at < before
    known[known] = (had.ids[at[known]] == documents.ids[known]) & (had.changed[at[known]] == documents.changed[known])
    fresh = _read(connection, column, documents.ids[~known])
    # each document's place in the row of those that were there and, behind them, those that are fresh
    place = np.where(known, at, before + np.cumsum(~known) - 1)
    sizes = np.concatenate([had.packed.sizes, fresh.sizes])
    ends = np.concatenate([np.cumsum(had.packed.sizes), np.cumsum(fresh.sizes)])
    # stretches that stand side by side go over in one piece
    first = np.flatnonzero((np.diff(place, prepend=-2) != 1) | (place == before))
    last = np.append(first, len(place))[1:] - 1
    dtype = _COLUMNS[column][2]
    # as bytes: field by field numpy takes ten times as long
    old, new = (packed.rows.view(np.uint8) for packed in (had.packed, fresh))
    pieces = [old[:0]]
    for one, other in zip(place[first].tolist(), place[last].tolist(), strict=True):
        pieces.append((old if one < before else new)[(ends[one] - sizes[one]) * dtype.itemsize : ends[other] * dtype.itemsize])
    return Packed(np.concatenate(pieces).view(dtype), sizes[place])


def _read(connection: apsw.Connection, column: str, documents: Array) -> Packed:
    """Rows of `documents`, whose numbers ascend."""
    table, name, dtype = _COLUMNS[column]
    if len(documents) > _SOME:
        found = list(every(connection, f"SELECT document, {name} FROM {table} ORDER BY document"))
    else:
        listed = msgspec.json.encode(documents.tolist()).decode()
        statement = f"SELECT b.document, b.{name} FROM json_each(?) AS j CROSS JOIN {table} AS b ON b.document = j.value ORDER BY b.document"
        found = list(every(connection, statement, (listed,)))
    numbers = np.array([number for number, _ in found], np.int64)
    if not np.array_equal(numbers, documents):
        found = _of(found, documents)
    if dtype is FIRST:
        return Packed(np.array([first for _, first in found], FIRST), np.ones(len(found), np.int64))
    blobs = [blob for _, blob in found]
    return Packed(np.frombuffer(b"".join(blobs), dtype), np.array([len(blob) for blob in blobs], np.int64) // dtype.itemsize)


def _of(found: Sequence[Row], documents: Array) -> list[Row]:
    """What was found of `documents`; a graph that is damaged may lack some, which `check` names."""
    rows: dict[int, Any] = dict(found)
    nothing = type(found[0][1])() if found else b""
    return [(number, rows.get(number, nothing)) for number in documents.tolist()]
