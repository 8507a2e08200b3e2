"""Sentences with the words of a question. Documents with most such sentences come first, then the newest; inside one, by place."""

from __future__ import annotations

import re
from collections.abc import Sequence

import apsw

from graph._codes import BITS, FACTOR_TYPES
from graph._fold import fold, phrase, search_pattern
from graph.records import Filters, SearchRow, TermCount
from graph.sqlite._ask import Row, every, only
from graph.sqlite._fitting import factor_rows
from graph.sqlite._rows import Assembly
from graph.sqlite._where import document_where, samples_of
from graph.store import SearchPage
from pipeline.records import Place

__all__ = ["search_page"]


def search_page(connection: apsw.Connection, terms: Sequence[str], *, filters: Filters, limit: int, offset: int) -> SearchPage:
    """Sentences that hold all `terms`; where there are none, sentences with any of them out of documents that hold all."""
    whole = " AND ".join(phrase(term) for term in terms)
    found = _documents(connection, whole, filters)
    fitting = _fitting(filters, samples_of(connection, filters))
    if found or len(terms) == 1:
        return _page(connection, terms, whole, found, fitting, within="sentence", apart=(), limit=limit, offset=offset)
    apart = tuple(_alone(connection, term, filters) for term in terms)
    some = " OR ".join(phrase(term) for term in terms)
    if all(count.documents for count in apart):
        each = " INTERSECT ".join(f"SELECT rowid >> {BITS} FROM words WHERE words MATCH ?" for _ in terms)
        both = {row[0] for row in every(connection, each, [phrase(term) for term in terms])}
        found = [row for row in _documents(connection, some, filters) if row[0] in both] if both else []
    return _page(connection, terms, some, found, fitting, within="document", apart=apart, limit=limit, offset=offset)


def _documents(connection: apsw.Connection, match: str, filters: Filters) -> list[Row]:
    """(document, sentences found, work), most first."""
    samples = samples_of(connection, filters)
    where = document_where(filters, samples=samples)
    fitting, values = _fitting(filters, samples)
    statement = (
        f"SELECT a.id, hit.count, a.work FROM (SELECT rowid >> {BITS} AS document, count(*) AS count FROM words WHERE words MATCH ?{fitting} GROUP BY 1) AS hit"
        f" JOIN document AS a ON a.id = hit.document WHERE {where} ORDER BY hit.count DESC, a.age, a.tie"
    )
    return list(every(connection, statement, [match, *values, *where.values]))


def _fitting(filters: Filters, samples: bool) -> tuple[str, list[object]]:
    """The condition that a sentence holds a statement that fits; nothing where no filter looks at statements."""
    if not filters.of_statements:
        return "", []
    rows, where = factor_rows(filters, samples=samples)
    return (
        f" AND EXISTS (SELECT 1 FROM {rows} WHERE a.sentence = words.rowid AND a.document = words.rowid >> {BITS} AND a.review <> 2 AND {where})",
        where.values,
    )


def _alone(connection: apsw.Connection, term: str, filters: Filters) -> TermCount:
    found = _documents(connection, phrase(term), filters)
    return TermCount(term=term, sentences=sum(row[1] for row in found), documents=len(found))


def _page(
    connection: apsw.Connection,
    terms: Sequence[str],
    match: str,
    found: Sequence[Row],
    fitting: tuple[str, list[object]],
    *,
    within: str,
    apart: tuple[TermCount, ...],
    limit: int,
    offset: int,
) -> SearchPage:
    assembly = Assembly(connection)
    pattern = search_pattern(terms)
    rows: list[SearchRow] = []
    passed = 0
    for document, hits, _ in found:
        if len(rows) >= limit:
            break
        if passed + hits > offset:
            skip = max(0, offset - passed)
            ids = list(
                every(
                    connection,
                    f"SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?{fitting[0]} ORDER BY rowid LIMIT ? OFFSET ?",
                    (match, document << BITS, ((document + 1) << BITS) - 1, *fitting[1], limit - len(rows), skip),
                )
            )
            rows.extend(_row(connection, assembly, sentence, pattern, hits) for (sentence,) in ids)
        passed += hits
    return SearchPage(
        rows=tuple(rows),
        total=sum(row[1] for row in found),
        documents=len(found),
        works=len({row[2] for row in found}),
        within="sentence" if within == "sentence" else "document",
        apart=apart,
    )


def _row(connection: apsw.Connection, assembly: Assembly, sentence: int, pattern: re.Pattern[str], hits: int) -> SearchRow:
    start, stop, section = only(connection, "SELECT start, stop, section FROM sentence WHERE id = ?", (sentence,))
    text = assembly.text(sentence >> BITS)[start:stop]
    document = sentence >> BITS
    factors = every(
        connection,
        "SELECT type FROM factor WHERE id BETWEEN ? AND ? AND sentence = ? AND review <> 2 ORDER BY start, id",
        (document << BITS, ((document + 1) << BITS) - 1, sentence),
    )
    return SearchRow(
        source=assembly.source(document),
        start=start,
        text=text,
        marks=tuple(_marks(pattern, text)),
        section=assembly.path(section),
        factors=tuple(FACTOR_TYPES[kind] for (kind,) in factors),
        hits=hits,
    )


def _marks(pattern: re.Pattern[str], text: str) -> list[Place]:
    return [(match.start(), match.end()) for match in pattern.finditer(fold(text))]
