"""Filters as conditions of a statement. One list of conditions for all questions, so that a filter means the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from graph._codes import BASES, DIMS, ENTITY_TYPES, FACTOR_TYPES, FORCES, KINDS, LEVELS, REVIEWS, VOICES
from graph.records import Filters
from graph.sqlite._ask import first

__all__ = ["Picked", "Where", "concept_where", "dilemmas_about", "document_where", "factor_where", "factors_about", "link_where", "samples_of"]

_LISTED = "(SELECT value FROM json_each(?))"

_IN_DOCUMENTS = "a.document IN (SELECT d.id FROM json_each(?) AS j JOIN document AS d ON d.key = j.value)"


# factors about concepts; dilemmas among them; these with what a link ties to them
_ABOUT = f"SELECT m.factor FROM concept AS c CROSS JOIN factor_answer AS m ON m.concept = c.id WHERE c.key IN {_LISTED}"
_DILEMMAS = f"{_ABOUT} AND m.type = {FACTOR_TYPES.index('dilemma')}"
_TIED = f"""WITH dilemma AS MATERIALIZED ({_DILEMMAS}) SELECT factor FROM dilemma
    UNION SELECT e.target FROM dilemma CROSS JOIN edge AS e ON e.source = dilemma.factor AND e.type IN (0, 1, 2, 3, 5) AND e.live = 1
    UNION SELECT e.source FROM dilemma CROSS JOIN edge AS e
        ON e.target = dilemma.factor AND e.type IN (0, 1, 2, 3, 5) AND e.type NOT IN (6, 9) AND e.live = 1"""

Picked = tuple[str, list[Any]]


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
        self.add(f"{expression} IN {_LISTED}", _json(list(values)))

    def __str__(self) -> str:
        return " AND ".join(self._conditions) if self._conditions else "1"


def samples_of(connection: apsw.Connection, filters: Filters) -> bool:
    """Whether the question is answered from samples: by itself only while nothing else is there."""
    if filters.samples == "auto":
        added = "(0)" if filters.internal == "without" else "(0, 2)"
        return first(connection, f"SELECT 1 FROM document WHERE shelf IN {added} AND live = 1 LIMIT 1") is None
    return filters.samples == "only"


def document_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `document` must be."""
    where = Where()
    where.add("a.live = 1")
    _shelf(where, filters, samples)
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
    for picked, concepts in ((_ABOUT, filters.concepts), (_DILEMMAS, filters.problems)):
        if concepts:
            listed = _json(concepts)
            # the plus: the set is tested against each row, never looked up row by row for each concept
            where.add(f"(+a.source IN ({picked}) OR +a.target IN ({picked}))", listed, listed)
    return where


def factor_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `factor_answer` must be. `basis` says nothing about a single factor and narrows nothing."""
    where = _answer_where(filters, samples)
    if filters.concepts:
        where.add(f"+a.factor IN ({_ABOUT})", _json(filters.concepts))
    if filters.problems:
        where.add(f"+a.factor IN ({_TIED})", _json(filters.problems))
    return where


def concept_where(filters: Filters, *, samples: bool) -> Where:
    """What a row `a` of `concept_document` must be. Filters of single statements narrow nothing: the row stands for a whole document
    (`graph.sqlite._fitting.concept_rows` counts those that fit)."""
    where = Where()
    _shelf(where, filters, samples)
    _years(where, filters)
    if filters.kinds:
        where.among("a.kind", _numbers(filters.kinds, KINDS))
    if filters.documents:
        where.add(_IN_DOCUMENTS, _json(filters.documents))
    _of_document(where, filters, "a.document")
    return where


def factors_about(concepts: Sequence[str]) -> Picked:
    """The statement, with its values, that gives the factors about one of `concepts`, which may be named in a heading above."""
    return _ABOUT, [_json(concepts)]


def dilemmas_about(concepts: Sequence[str]) -> Picked:
    """As `factors_about`, of dilemmas alone."""
    return _DILEMMAS, [_json(concepts)]


def _answer_where(filters: Filters, samples: bool) -> Where:
    where = Where()
    _shelf(where, filters, samples)
    _years(where, filters)
    if filters.kinds:
        where.among("a.kind", _numbers(filters.kinds, KINDS))
    if filters.documents:
        where.add(_IN_DOCUMENTS, _json(filters.documents))
    if filters.min_confidence > 0:
        where.add("a.confidence >= ?", filters.min_confidence)
    if filters.review:
        where.among("a.review", _numbers(filters.review, REVIEWS))
    _of_document(where, filters, "a.document")
    _traits(where, filters)
    return where


def _shelf(where: Where, filters: Filters, samples: bool) -> None:
    open_, internal = int(samples), int(samples) + 2
    if filters.internal == "with":
        where.add("a.shelf IN (?, ?)", open_, internal)
    else:
        where.add("a.shelf = ?", internal if filters.internal == "only" else open_)


def _years(where: Where, filters: Filters) -> None:
    if filters.year_from is None and filters.year_to is None:
        return
    first, last = filters.year_from or 0, 9999 if filters.year_to is None else filters.year_to
    where.add("a.age BETWEEN ? AND ? AND a.age <> 0", -(last * 10_000 + 9_999), -(first * 10_000))


def _of_document(where: Where, filters: Filters, document: str) -> None:
    # each a set of documents that is found once, not a question to every row
    if filters.levels:
        where.add(f"{document} IN (SELECT d.id FROM document AS d WHERE d.level IN {_LISTED})", _json(_numbers(filters.levels, LEVELS)))
    if filters.issuers:
        where.add(f"{document} IN (SELECT d.id FROM document AS d WHERE d.issuer IN {_LISTED})", _json(filters.issuers))
    if filters.regions:
        where.add(f"{document} IN (SELECT p.document FROM place AS p WHERE p.name IN {_LISTED})", _json(filters.regions))
    if filters.in_force is not None:
        # a text is in force from the date it names until the one it names; without today's date, all are
        holds = "coalesce(d.in_force, '') <= coalesce(?, d.in_force, '') AND coalesce(d.expires, '~') > coalesce(?, '')"
        sign = "" if filters.in_force else "NOT "
        where.add(f"{document} IN (SELECT d.id FROM document AS d WHERE {sign}({holds}))", filters.today, filters.today)


def _traits(where: Where, filters: Filters) -> None:
    if filters.forces:
        where.among("a.force", _numbers(filters.forces, FORCES))
    if filters.voices:
        where.among("a.voice", _numbers(filters.voices, VOICES))
    if filters.dims:
        where.add("a.dims & ? <> 0", _bits(filters.dims, DIMS))
    if filters.actors:
        where.add("a.actors & ? <> 0", _bits(filters.actors, ENTITY_TYPES))


def _json(values: Sequence[Any]) -> str:
    return msgspec.json.encode(values).decode()


def _bits(values: Sequence[str], table: Sequence[str]) -> int:
    return sum(1 << number for number in set(_numbers(values, table)) if number >= 0)


def _numbers(values: Sequence[str], table: Sequence[str]) -> list[int]:
    """Places of `values` in `table`; -1 for what does not exist, which no row has."""
    return [table.index(value) if value in table else -1 for value in values]
