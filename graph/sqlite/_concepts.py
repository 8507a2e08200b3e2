"""What joins concepts: ties between them, ways from one to another, and counts of them over years, places and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import apsw
import msgspec

from graph._codes import DIMS, EDGE_TYPES, KINDS, LEVELS
from graph.overviews import Between, Cell, ConceptPair, ConceptTie, GapCount, YearCount
from graph.records import ConceptRef, Filters
from graph.sqlite._answers import link_row
from graph.sqlite._ask import every, first
from graph.sqlite._documents import search_base
from graph.sqlite._fitting import concept_rows
from graph.sqlite._rows import Assembly
from graph.sqlite._tally import CellCount, Columns, Kept, Tally
from graph.sqlite._where import Where, factor_where, link_where, samples_of
from graph.store import Column

__all__ = ["cells", "concept_refs", "dim_cells", "gap_counts", "group_cells", "links_between", "pairs", "tied_concepts", "ties", "year_counts"]

# what a column shows, and what has to be joined to know it; `a` is a row with the document's own columns
_COLUMNS: dict[Column, tuple[str, str]] = {
    "year": ("CAST(nullif(-a.age / 10000, 0) AS TEXT)", ""),
    "kind": ("a.kind", ""),
    "issuer": ("d.issuer", "JOIN document AS d ON d.id = {0}"),
    "level": ("d.level", "JOIN document AS d ON d.id = {0}"),
    "place": ("place.name", "LEFT JOIN place ON place.document = {0}"),
}


def concept_refs(connection: apsw.Connection, keys: Sequence[str]) -> tuple[ConceptRef, ...]:
    """Those of `keys` that any document names, with the names they go by in the graph."""
    found = (first(connection, "SELECT key, name, english FROM concept WHERE key = ?", (key,)) for key in keys)
    return tuple(ConceptRef(id=row[0], name=row[1], english=row[2]) for row in found if row)


def year_counts(connection: apsw.Connection, concepts: Sequence[str], filters: Filters) -> tuple[YearCount, ...]:
    """Counts of the concepts together, by year, oldest first; works without a date last."""
    table, values = concept_rows(filters, samples=samples_of(connection, filters), concepts=concepts)
    rows = every(
        connection,
        "SELECT nullif(-a.age / 10000, 0) AS year, count(DISTINCT a.work), sum(a.drivers), sum(a.dilemmas), sum(a.measures), sum(a.goals), sum(a.gaps)"
        f" FROM {table} GROUP BY 1 ORDER BY year IS NULL, year",
        values,
    )
    return tuple(
        YearCount(year=year, works=works, drivers=drivers, dilemmas=dilemmas, measures=measures, goals=goals, gaps=gaps)
        for year, works, drivers, dilemmas, measures, goals, gaps in rows
    )


def gap_counts(connection: apsw.Connection, filters: Filters, kept: Kept, *, limit: int, offset: int) -> tuple[tuple[GapCount, ...], int]:
    """Concepts by the works that leave a dilemma of them without a remedy, most first; and how many such concepts there are."""
    tally = kept.tally(connection, filters)
    names = {row[0]: ConceptRef(id=row[1], name=row[2], english=row[3]) for row in every(connection, "SELECT id, key, name, english FROM concept")}
    # all dilemmas of a concept, also in documents that answer all of theirs
    dilemmas = tally.dilemmas()
    totals = zip(*(column.tolist() for column in tally.totals(gaps=True)), strict=True)
    counts = [GapCount(concept=names[number], gaps=gaps, dilemmas=int(dilemmas[number]), works=works) for number, gaps, works in totals]
    counts.sort(key=lambda count: (-count.works, -count.gaps, count.concept.id))
    return tuple(counts[offset : offset + limit]), len(counts)


def ties(connection: apsw.Connection, concept: str, filters: Filters, *, limit: int) -> tuple[ConceptTie, ...]:
    """Concepts that links join to `concept`, those of most works first."""
    number = first(connection, "SELECT id FROM concept WHERE key = ?", (concept,))
    if number is None:
        return ()
    where = link_where(filters, samples=samples_of(connection, filters))
    rows = every(
        connection,
        f"""SELECT n.key, n.name, n.english, t.type, t.outward, t.count, t.works, t.stated FROM (
            SELECT a.other AS concept, a.type, 1 AS outward, count(*) AS count, count(DISTINCT a.work) AS works, sum(a.basis = 0) AS stated
            FROM concept_link AS a WHERE a.one = ? AND {where} GROUP BY 1, 2
            UNION ALL
            SELECT a.one, a.type, 0, count(*), count(DISTINCT a.work), sum(a.basis = 0) FROM concept_link AS a WHERE a.other = ? AND {where} GROUP BY 1, 2
        ) AS t JOIN concept AS n ON n.id = t.concept ORDER BY t.works DESC, t.count DESC, n.key, t.type, t.outward DESC LIMIT ?""",
        [*number, *where.values, *number, *where.values, limit],
    )
    return tuple(
        ConceptTie(
            concept=ConceptRef(id=key, name=name, english=english),
            type=EDGE_TYPES[kind],  # type: ignore[arg-type]
            outward=bool(outward),
            rows=count,
            works=works,
            stated=stated,
        )
        for key, name, english, kind, outward, count, works, stated in rows
    )


def pairs(connection: apsw.Connection, filters: Filters, *, limit: int) -> tuple[tuple[ConceptPair, ...], int]:
    """Pairs of concepts that links join, those of most works first, and how many pairs there are."""
    base = search_base(connection, filters)
    where = link_where(filters, samples=base.samples)
    works_ = "a.document" if base.works == base.documents else "a.work"
    joined = (
        f"SELECT min(a.one, a.other) AS one, max(a.one, a.other) AS other, count(DISTINCT {works_}) AS works, count(*) AS count"
        f" FROM concept_link AS a WHERE {where} GROUP BY 1, 2"
    )
    found = list(
        every(
            connection,
            f"SELECT n.key, n.name, n.english, m.key, m.name, m.english, p.works, p.count, count(*) OVER () FROM ({joined}) AS p"
            " JOIN concept AS n ON n.id = p.one JOIN concept AS m ON m.id = p.other"
            " ORDER BY p.works DESC, p.count DESC, min(n.key, m.key), max(n.key, m.key) LIMIT ?",
            [*where.values, limit],
        )
    )
    pairs_ = []
    for *names, works, count, _ in found:
        ends = sorted((ConceptRef(id=names[0], name=names[1], english=names[2]), ConceptRef(id=names[3], name=names[4], english=names[5])), key=_key)
        pairs_.append(ConceptPair(one=ends[0], other=ends[1], works=works, rows=count))
    return tuple(pairs_), found[0][-1] if found else 0


def _key(ref: ConceptRef) -> str:
    return ref.id


def tied_concepts(connection: apsw.Connection, concepts: Sequence[str], filters: Filters) -> dict[str, tuple[str, ...]]:
    """Concept → the concepts that a link joins it to, in either direction, in the order of their ids."""
    where = link_where(filters, samples=samples_of(connection, filters))
    from_, to = Where(), Where()
    from_.among("n.key", concepts)
    to.among("n.key", concepts)
    rows = every(
        connection,
        f"""SELECT DISTINCT n.key, m.key FROM concept AS n JOIN concept_link AS a ON a.one = n.id JOIN concept AS m ON m.id = a.other WHERE {from_} AND {where}
        UNION SELECT n.key, m.key FROM concept AS n JOIN concept_link AS a ON a.other = n.id JOIN concept AS m ON m.id = a.one WHERE {to} AND {where}
        ORDER BY 1, 2""",
        [*from_.values, *where.values, *to.values, *where.values],
    )
    found: dict[str, list[str]] = {}
    for one, other in rows:
        found.setdefault(one, []).append(other)
    return {one: tuple(others) for one, others in found.items()}


def links_between(connection: apsw.Connection, pairs: Sequence[tuple[str, str]], filters: Filters) -> dict[tuple[str, str], Between]:
    """For each pair of concepts that a link joins, in either direction, the surest one."""
    where = link_where(filters, samples=samples_of(connection, filters))
    assembly = Assembly(connection)
    found = {pair: _between(connection, assembly, *pair, where) for pair in pairs}
    return {pair: between for pair, between in found.items() if between}


def _between(connection: apsw.Connection, assembly: Assembly, one: str, other: str, where: Where) -> Between | None:
    start, end = (first(connection, "SELECT id FROM concept WHERE key = ?", (key,)) for key in (one, other))
    if start is None or end is None:
        return None
    found: list[tuple[list[int], bool]] = []
    works = set()
    for forward, pair in ((True, (*start, *end)), (False, (*end, *start))):
        columns = "a.work, a.basis, a.doubt, a.age, a.tie, a.source, a.target, a.ordinal, a.type"
        for work, *key in every(connection, f"SELECT {columns} FROM concept_link AS a WHERE a.one = ? AND a.other = ? AND {where}", [*pair, *where.values]):
            works.add(work)
            found.append((key, forward))
    if not found:
        return None
    key, forward = min(found, key=_first)
    source, target, ordinal, kind = key[4:]
    row = link_row(connection, assembly, concept=one if forward else other, tier="concept", kind=kind, weak=False, ends=(source, target, ordinal))
    return Between(row, forward, len(works))


def _first(candidate: tuple[list[int], bool]) -> tuple[list[int], bool]:
    return candidate[0], not candidate[1]


def cells(connection: apsw.Connection, concepts: Sequence[str], by: Column, filters: Filters, kept: Kept) -> tuple[Cell, ...]:
    """Works and statements about each concept, by a property of the document."""
    found = [(key, first(connection, "SELECT id FROM concept WHERE key = ?", (key,))) for key in dict.fromkeys(concepts)]
    known = {key: row[0] for key, row in found if row}
    tally = kept.tally(connection, filters)
    columns = _columns(tally, by)
    return _cells(tally.concept_cells(list(known.values()), columns), list(known), columns, by, filters)


def group_cells(connection: apsw.Connection, groups: Mapping[str, Sequence[str]], by: Column, filters: Filters) -> tuple[Cell, ...]:
    """Works and statements about any concept of each group, in their own words, by a property of the document; each once a group."""
    where = factor_where(filters, samples=samples_of(connection, filters))
    column, join = _COLUMNS[by]
    rows = every(
        connection,
        f"""SELECT g.key, {column}, count(DISTINCT a.work), count(DISTINCT a.factor)
        FROM json_each(?) AS g CROSS JOIN json_each(g.value) AS member CROSS JOIN concept AS n ON n.key = member.value
        CROSS JOIN factor_answer AS a ON a.concept = n.id AND a.weak = 0 {join.format("a.document")} WHERE {where} GROUP BY 1, 2""",
        [msgspec.json.encode({name: list(members) for name, members in groups.items()}).decode(), *where.values],
    )
    return tuple(Cell(row=name, column=_named(by, value), works=works, statements=count, filters=filters) for name, value, works, count in rows)


def dim_cells(connection: apsw.Connection, by: Column, filters: Filters, kept: Kept) -> tuple[Cell, ...]:
    """Works and statements of each dim, by a property of the document."""
    tally = kept.tally(connection, filters)
    columns = _columns(tally, by)
    return _cells(tally.dim_cells(columns), DIMS, columns, by, filters)


def _columns(tally: Tally, by: Column) -> Columns:
    expression = _COLUMNS[by][0]
    return tally.columns(expression.replace("d.", "a."), "LEFT JOIN place ON place.document = a.id" if by == "place" else "")


def _cells(counts: Sequence[CellCount], rows: Sequence[str], columns: Columns, by: Column, filters: Filters) -> tuple[Cell, ...]:
    return tuple(
        Cell(row=rows[count.row], column=_named(by, columns.names[count.column]), works=count.works, statements=count.statements, filters=filters)
        for count in counts
    )


def _named(by: Column, value: object) -> str:
    if value is None:
        return ""
    table = {"kind": KINDS, "level": LEVELS}.get(by)
    return table[int(str(value))] if table else str(value)
