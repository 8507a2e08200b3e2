"""Statements that fit filters, one by one: for counts where the prepared ones, of whole documents, would count what does not fit.

`concept_document` and `document_count` hold sums of a document. As soon as a filter looks at single statements, the same sums are made
from the statements themselves; the rows have the same columns, so that the questions above do not tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from graph._codes import BITS
from graph.records import Filters
from graph.sqlite._derived import traits_of_factor, traits_of_link
from graph.sqlite._where import Where, concept_where, factor_where, link_where

__all__ = ["concept_rows", "concept_totals", "factor_rows", "link_rows"]

_IN_DOCUMENT = f"BETWEEN d.id << {BITS} AND (d.id + 1 << {BITS}) - 1"


def concept_totals(filters: Filters, *, samples: bool, reposts: bool, gaps: bool) -> tuple[str, list[object]]:
    """A statement that gives of every concept its id, its statements (with `gaps` the dilemmas without a remedy) and the works that have one.

    `reposts`: whether any document is one, for counting works is dear, and the same as counting documents as long as none is.
    """
    if not filters.of_statements:
        where = concept_where(filters, samples=samples)
        if gaps:
            where.add("a.gaps > 0")
        works, counted = "count(DISTINCT a.work)" if reposts else "count(*)", "a.gaps" if gaps else "a.drivers + a.dilemmas + a.measures + a.goals"
        return f"SELECT a.concept, sum({counted}) AS count, {works} AS works FROM concept_document AS a WHERE {where} GROUP BY 1", where.values
    where = factor_where(filters, samples=samples)
    where.add("a.weak = 0")
    if gaps:
        # along the key of the table: of each concept its dilemmas alone
        where.add("a.answered = 0")
        table = "concept AS n CROSS JOIN factor_answer AS a ON a.concept = n.id AND a.type = 1"
        return f"SELECT n.id AS concept, count(*) AS count, count(DISTINCT a.work) AS works FROM {table} WHERE {where} GROUP BY 1", where.values
    return f"SELECT a.concept, count(*) AS count, count(DISTINCT a.work) AS works FROM factor_answer AS a WHERE {where} GROUP BY 1", where.values


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


def link_rows(filters: Filters, *, samples: bool) -> tuple[str, Where]:
    """What a statement reads FROM, and what it asks: every link of documents that answers use, as rows `a`, unless it or an end is rejected."""
    rows = f"""(SELECT e.type, e.basis, e.review, e.confidence, e.source, e.target, d.id AS document, d.work, d.kind, d.shelf, d.age,
            {traits_of_link("e", "s", "t")}
        FROM document AS d CROSS JOIN edge AS e ON e.source {_IN_DOCUMENT} AND e.type < 6 AND e.live = 1
        CROSS JOIN factor AS s ON s.id = e.source CROSS JOIN factor AS t ON t.id = e.target WHERE d.live = 1) AS a"""
    return rows, link_where(filters, samples=samples)
