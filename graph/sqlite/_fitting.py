"""Statements that fit filters, one by one: for questions about few concepts or sentences. Sums over everything are those of `graph.sqlite._tally`."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from graph._codes import BITS
from graph.records import Filters
from graph.sqlite._derived import traits_of_factor
from graph.sqlite._where import Where, concept_where, factor_where

__all__ = ["concept_rows", "factor_rows"]

_IN_DOCUMENT = f"BETWEEN d.id << {BITS} AND (d.id + 1 << {BITS}) - 1"


def concept_rows(filters: Filters, *, samples: bool, concepts: Sequence[str]) -> tuple[str, list[object]]:
    """What a statement reads FROM, and its values: rows `a` about `concepts` (keys), like those of `concept_document`, that the filters leave."""
    single = filters.of_statements
    where = factor_where(filters, samples=samples) if single else concept_where(filters, samples=samples)
    where.add("a.concept IN (SELECT id FROM concept WHERE key IN (SELECT value FROM json_each(?)))", msgspec.json.encode(list(concepts)).decode())
    if not single:
        return f"(SELECT a.* FROM concept_document AS a WHERE {where}) AS a", where.values
    sums = "sum(a.type = 0) AS drivers, sum(a.type = 1) AS dilemmas, sum(a.type = 2) AS measures, sum(a.type = 3) AS goals"
    grouped = f"""SELECT a.concept, a.document, a.work, a.age, a.kind, {sums}, sum(a.type = 1 AND a.answered = 0) AS gaps
        FROM factor_answer AS a WHERE a.weak = 0 AND {where} GROUP BY a.concept, a.document"""
    return f"({grouped}) AS a", where.values


def factor_rows(filters: Filters, *, samples: bool) -> tuple[str, Where]:
    """What a statement reads FROM, and what it asks: every factor of documents that answers use, as rows `a`, those rejected too."""
    rows = f"""(SELECT f.id AS factor, f.type, f.review, f.confidence, f.sentence, d.id AS document, d.work, d.kind, d.shelf, d.age, d.level, d.issuer,
            {traits_of_factor("f")}
        FROM document AS d CROSS JOIN factor AS f ON f.id {_IN_DOCUMENT} WHERE d.live = 1) AS a"""
    return rows, factor_where(filters, samples=samples)
