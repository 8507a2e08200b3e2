"""Links by words alone, for questions that no concept of the register answers."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from graph._codes import BITS, EDGE_TYPES
from graph._fold import fold, phrase, tokens
from graph.records import Filters, LinkPage, TierCount
from graph.sqlite._answers import link_row
from graph.sqlite._ask import Row, every
from graph.sqlite._derived import doubt, traits_of_link
from graph.sqlite._rows import Assembly
from graph.sqlite._where import link_where, samples_of
from pipeline.records import LinkType

__all__ = ["link_page"]

_MOST_SENTENCES = 5_000
"""sentences with the words that are looked at, the newest documents of the store first"""


def link_page(connection: apsw.Connection, terms: Sequence[str], kind: LinkType, *, filters: Filters, limit: int, offset: int) -> LinkPage:
    """Links of `kind` whose source stands in a sentence with all `terms`; those whose source itself holds them come first, the others are weak."""
    where = link_where(filters, samples=samples_of(connection, filters))
    found = every(
        connection,
        f"""SELECT a.basis, a.doubt, a.age, a.tie, a.source, a.target, a.ordinal, a.work, a.start, a.stop FROM (
            SELECT e.type, e.basis, {doubt("e")} AS doubt, d.age, d.tie, e.source, e.target, e.ordinal,
                   d.id AS document, d.work, d.kind, d.shelf, e.review, e.confidence, f.start, f.stop, {traits_of_link("e", "f", "t")}
            FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT {_MOST_SENTENCES}) AS hit
            JOIN factor AS f ON f.sentence = hit.rowid
            JOIN edge AS e ON e.source = f.id AND e.type = ? AND e.live = 1
            JOIN factor AS t ON t.id = e.target
            JOIN document AS d ON d.id = f.id >> {BITS} AND d.live = 1
        ) AS a WHERE {where}""",
        [" AND ".join(phrase(term) for term in terms), EDGE_TYPES.index(kind), *where.values],
    )
    rows = sorted(found)
    if not rows:
        return LinkPage(rows=(), counts=())
    assembly = Assembly(connection)
    page = [
        link_row(connection, assembly, concept="", tier="concept", kind=EDGE_TYPES.index(kind), weak=weak, ends=(row[4], row[5], row[6]))
        for weak, row in _page(assembly, rows, ["".join(tokens(term)) for term in terms], offset, offset + limit)
    ]
    stated = sum(row[0] == 0 for row in rows)
    count = TierCount(tier="concept", rows=len(rows), works=len({row[7] for row in rows}), stated=stated, aligned=len(rows) - stated)
    return LinkPage(rows=tuple(page), counts=(count,))


def _page(assembly: Assembly, rows: Sequence[Row], wanted: Sequence[str], first: int, last: int) -> list[tuple[bool, Row]]:
    """Rows `first` to `last` with whether they are weak: those that hold the words themselves, in order, then the others.

    Texts are read for as long as there are not enough of the former.
    """
    strong: list[tuple[bool, Row]] = []
    weak: list[tuple[bool, Row]] = []
    for row in rows if first < last else ():
        if _holds(assembly, row, wanted):
            strong.append((False, row))
            if len(strong) >= last:
                return strong[first:]
        else:
            weak.append((True, row))
    return [*strong, *weak][first:last]


def _holds(assembly: Assembly, row: Row, wanted: Sequence[str]) -> bool:
    text = "".join(tokens(fold(assembly.text(row[4] >> BITS)[row[8] : row[9]])))
    return all(word in text for word in wanted)
