"""Filters as conditions of a statement. One list of conditions for all questions, so that a filter means the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from graph.records import Filters
from graph.sqlite._ask import first
from graph.sqlite._schema import BASES, EDGE_TYPES, ENTITY_TYPES, KINDS, LEVELS, REVIEWS

__all__ = ["Where", "concept_where", "document_where", "factor_where", "link_where", "samples_of"]

_TAKES, _FACES = EDGE_TYPES.index("takes"), EDGE_TYPES.index("faces")
# which end of a link is the measure: addressed_by → target; achieves and limited_by → source; else the end it leads to
_MEASURE = "CASE WHEN a.type IN (2, 5) THEN a.source ELSE a.target END"

_IN_DOCUMENTS = "a.document IN (SELECT d.id FROM json_each(?) AS j JOIN document AS d ON d.key = j.value)"


class Where:
    """Conditions joined by AND, with their values in order."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._conditions: list[str] = []

    def add(self, condition: str, *values: Any) -> None:
        self._conditions.append(condition)
        self.values.extend(values)

    def among(self, expression: str, values: Iterable[Any]) -> None:
        """`expression` is one of `values`."""
        self.add(f"{expression} IN (SELECT value FROM json_each(?))", msgspec.json.encode(list(values)).decode())

    def __str__(self) -> str:
        return " AND ".join(self._conditions) if self._conditions else "1"


def samples_of(connection: apsw.Connection, filters: Filters) -> bool:
    """Whether the question is answered from samples: by itself only while nothing else is there."""
    if filters.samples == "auto":
        return first(connection, "SELECT 1 FROM document WHERE sample = 0 AND live = 1 LIMIT 1") is None
    return filters.samples == "only"


def document_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `document` must be."""
    where = Where()
    where.add("a.live = 1 AND a.sample = ?", int(samples))
    _years(where, filters)
    if filters.kinds:
        where.among("a.kind", _numbers(filters.kinds, KINDS))
    if filters.documents:
        where.among("a.key", filters.documents)
    _of_document(where, filters, "a.id")
    return where


def link_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `link_answer` must be."""
    where = _answer_where(filters, samples)
    if filters.basis:
        where.among("a.basis", _numbers(filters.basis, BASES))
    _of_factor(where, filters, ends="(a.source, a.target)", measure=_MEASURE)
    return where


def factor_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `factor_answer` must be. `basis` says nothing about a single factor and narrows nothing."""
    where = _answer_where(filters, samples)
    _of_factor(where, filters, ends="(a.factor)", measure="a.factor")
    return where


def concept_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `concept_document` must be. Filters of single statements narrow nothing: the row stands for a whole document."""
    where = Where()
    where.add("a.sample = ?", int(samples))
    _years(where, filters)
    if filters.kinds:
        where.among("a.kind", _numbers(filters.kinds, KINDS))
    if filters.documents:
        where.add(_IN_DOCUMENTS, msgspec.json.encode(filters.documents).decode())
    _of_document(where, filters, "a.document")
    return where


def _answer_where(filters: Filters, samples: bool) -> Where:
    where = Where()
    where.add("a.sample = ?", int(samples))
    _years(where, filters)
    if filters.kinds:
        where.among("a.kind", _numbers(filters.kinds, KINDS))
    if filters.documents:
        where.add(_IN_DOCUMENTS, msgspec.json.encode(filters.documents).decode())
    if filters.min_confidence > 0:
        where.add("a.confidence >= ?", filters.min_confidence)
    if filters.review:
        where.among("a.review", _numbers(filters.review, REVIEWS))
    _of_document(where, filters, "a.document")
    return where


def _years(where: Where, filters: Filters) -> None:
    if filters.year_from is None and filters.year_to is None:
        return
    first, last = filters.year_from or 0, 9999 if filters.year_to is None else filters.year_to
    where.add("a.age BETWEEN ? AND ? AND a.age <> 0", -(last * 10_000 + 9_999), -(first * 10_000))


def _of_document(where: Where, filters: Filters, document: str) -> None:
    if filters.levels:
        values = msgspec.json.encode(_numbers(filters.levels, LEVELS)).decode()
        where.add(f"EXISTS (SELECT 1 FROM document AS d WHERE d.id = {document} AND d.level IN (SELECT value FROM json_each(?)))", values)
    if filters.issuers:
        values = msgspec.json.encode(filters.issuers).decode()
        where.add(f"EXISTS (SELECT 1 FROM document AS d WHERE d.id = {document} AND d.issuer IN (SELECT value FROM json_each(?)))", values)
    if filters.regions:
        values = msgspec.json.encode(filters.regions).decode()
        where.add(f"EXISTS (SELECT 1 FROM place AS p WHERE p.document = {document} AND p.name IN (SELECT value FROM json_each(?)))", values)
    if filters.in_force is not None:
        # a text is in force from the date it names until the one it names; without today's date, all are
        holds = "coalesce(d.in_force, '') <= coalesce(?, d.in_force, '') AND coalesce(d.expires, '~') > coalesce(?, '')"
        sign = "" if filters.in_force else "NOT "
        where.add(f"EXISTS (SELECT 1 FROM document AS d WHERE d.id = {document} AND {sign}({holds}))", filters.today, filters.today)


def _of_factor(where: Where, filters: Filters, *, ends: str, measure: str) -> None:
    for column, values in (("force", filters.forces), ("voice", filters.voices)):
        if values:
            where.add(
                f"EXISTS (SELECT 1 FROM factor AS f WHERE f.id = {measure} AND f.{column} IN (SELECT value FROM json_each(?)))",
                msgspec.json.encode(values).decode(),
            )
    if filters.dims:
        values_ = msgspec.json.encode(filters.dims).decode()
        where.add(f"EXISTS (SELECT 1 FROM factor AS f WHERE f.id IN {ends} AND f.dim IN (SELECT value FROM json_each(?)))", values_)
    if filters.actors:
        kinds = msgspec.json.encode(_numbers(filters.actors, ENTITY_TYPES)).decode()
        where.add(
            f"EXISTS (SELECT 1 FROM edge AS e JOIN entity AS n ON n.id = e.target WHERE e.source IN {ends}"
            f" AND e.type IN ({_TAKES}, {_FACES}) AND n.type IN (SELECT value FROM json_each(?)))",
            kinds,
        )


def _numbers(values: Sequence[str], table: Sequence[str]) -> list[int]:
    """Places of `values` in `table`; -1 for what does not exist, which no row has."""
    return [table.index(value) if value in table else -1 for value in values]
