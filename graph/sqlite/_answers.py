"""Pages of links and factors about concepts, tier after tier, in the order that people see."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import apsw

from graph._codes import BASES, BITS, EDGE_TYPES, FACTOR_TYPES, REVIEWS
from graph.projection import LINK_ENDS
from graph.records import ConceptTier, FactorPage, FactorRow, Filters, LinkPage, LinkRow, Tier, TierCount
from graph.sqlite._ask import Row, every, first, only
from graph.sqlite._derived import PREPARED, doubt, traits_of_link
from graph.sqlite._rows import Assembly, places_of
from graph.sqlite._where import Where, factor_where, link_where, samples_of
from pipeline.records import FactorType, LinkType

__all__ = ["factor_page", "link_page", "link_row"]

_ABOUT = EDGE_TYPES.index("about")
_LINK_ORDER = "weak, basis, doubt, age, tie, source, target, ordinal"
_FACTOR_ORDER = "weak, doubt, age, tie, factor"


# links as `link_answer` would hold them, by way of the factors about concepts; a factor comes before its links
_LOOKED_UP = f"""
CREATE TEMP TABLE looked_up AS
SELECT about.concept, e.type, about.weak, e.basis, {doubt("e")} AS doubt, about.age, about.tie, e.source, e.target, e.ordinal,
       about.document, about.work, about.kind, about.shelf, e.review, e.confidence, {traits_of_link("e", "s", "t")}
FROM factor_answer AS about CROSS JOIN edge AS e ON e.{{end}} = about.factor AND e.type = {{kind}}{{hint}} AND e.live = 1
CROSS JOIN factor AS s ON s.id = e.source CROSS JOIN factor AS t ON t.id = e.target
WHERE about.concept IN ({{concepts}}) AND about.type IN ({{types}})"""


def link_page(connection: apsw.Connection, tiers: Sequence[ConceptTier], kind: LinkType, *, side: int, filters: Filters, limit: int, offset: int) -> LinkPage:
    """Links of `kind` whose source (`side` 0) or target (`side` 1) is about a concept of `tiers`; a link stands in its first tier only."""
    where = link_where(filters, samples=samples_of(connection, filters))
    steps = _Steps(connection, tiers, end="a.source" if side == 0 else "a.target", row="a.source, a.target, a.ordinal")
    number = EDGE_TYPES.index(kind)
    if number in PREPARED:
        where.add("a.type = ? AND a.side = ?", number, side)
        return _link_page(connection, "link_answer", number, steps, where, limit=limit, offset=offset)
    end, hint = ("source", "") if side == 0 else ("target", " AND e.type NOT IN (6, 9)")
    types = ", ".join(str(FACTOR_TYPES.index(type_)) for type_ in LINK_ENDS[kind][side])
    connection.execute(_LOOKED_UP.format(end=end, kind=number, hint=hint, concepts=", ".join(map(str, steps.ids)), types=types))
    try:
        return _link_page(connection, "looked_up", number, steps, where, limit=limit, offset=offset)
    finally:
        connection.execute("DROP TABLE temp.looked_up")


def _link_page(connection: apsw.Connection, table: str, kind: int, steps: _Steps, where: Where, *, limit: int, offset: int) -> LinkPage:
    counts: list[TierCount] = []
    picked: list[tuple[Tier, Row]] = []
    for step in steps:
        rows, works, stated = only(connection, *step.counted(table, where, stated="a.basis = 0"))
        if rows:
            counts.append(TierCount(tier=step.tier, rows=rows, works=works, stated=stated, aligned=rows - stated))
        wanted = limit - len(picked)
        if wanted > 0 and offset < rows:
            found = every(connection, *step.page(table, where, "a.source, a.target, a.ordinal", _LINK_ORDER, limit=wanted, offset=offset))
            picked.extend((step.tier, row) for row in found)
        offset = max(0, offset - rows)
    assembly = Assembly(connection)
    rows_ = [
        link_row(connection, assembly, concept=steps.key_of(tier, row[0]), tier=tier, kind=kind, weak=bool(row[1]), ends=(row[2], row[3], row[4]))
        for tier, row in picked
    ]
    return LinkPage(rows=tuple(rows_), counts=tuple(counts))


def factor_page(
    connection: apsw.Connection,
    tiers: Sequence[ConceptTier],
    types: Sequence[FactorType],
    *,
    answered: bool | None,
    filters: Filters,
    limit: int,
    offset: int,
) -> FactorPage:
    """Factors of `types` about a concept of `tiers`; `answered` false: only dilemmas without a remedy."""
    where = factor_where(filters, samples=samples_of(connection, filters))
    where.add(f"a.type IN ({', '.join(str(FACTOR_TYPES.index(kind)) for kind in types)})")
    where.add("a.answered IN (0, 1)" if answered is None else f"a.answered = {int(answered)}")
    steps = _Steps(connection, tiers, end="a.factor", row="a.factor")
    counts: list[TierCount] = []
    picked: list[tuple[Tier, Row]] = []
    for step in steps:
        rows, works, _ = only(connection, *step.counted("factor_answer", where, stated="0"))
        if rows:
            counts.append(TierCount(tier=step.tier, rows=rows, works=works))
        wanted = limit - len(picked)
        if wanted > 0 and offset < rows:
            found = every(connection, *step.page("factor_answer", where, "a.factor", _FACTOR_ORDER, limit=wanted, offset=offset))
            picked.extend((step.tier, row) for row in found)
        offset = max(0, offset - rows)
    assembly = Assembly(connection)
    rows_ = []
    for tier, (place, weak, factor) in picked:
        quote = assembly.quote(assembly.factor(factor))
        rows_.append(FactorRow(source=assembly.source(factor >> BITS), quote=quote, concept=steps.key_of(tier, place), tier=tier, weak=bool(weak)))
    return FactorPage(rows=tuple(rows_), counts=tuple(counts))


class _Step:
    """One tier as statements: what of it no earlier tier has."""

    def __init__(self, tier: Tier, ids: Sequence[int], before: Sequence[int], *, end: str, row: str) -> None:
        self.tier, self._ids, self._row = tier, ids, row
        self._except = ""
        if before:
            listed = ", ".join(map(str, before))
            self._except = f" AND NOT EXISTS (SELECT 1 FROM edge AS x WHERE x.source = {end} AND x.type = {_ABOUT} AND x.target IN ({listed}))"

    def counted(self, table: str, where: Where, *, stated: str) -> tuple[str, list[object]]:
        """How many rows, works and rows for which `stated` holds."""
        listed = ", ".join(map(str, self._ids))
        group = f" GROUP BY {self._row}" if len(self._ids) > 1 else ""
        rows = f"SELECT a.work, {stated} AS stated FROM {table} AS a WHERE a.concept IN ({listed}) AND {where}{self._except}{group}"
        return f"SELECT count(*), count(DISTINCT work), sum(stated) FROM ({rows})", where.values

    def page(self, table: str, where: Where, row: str, order: str, *, limit: int, offset: int) -> tuple[str, list[object]]:
        """Place of the concept in the tier, weak, and the columns of `row`, in order."""
        if len(self._ids) == 1:
            statement = f"SELECT 0, a.weak, {row} FROM {table} AS a WHERE a.concept = {self._ids[0]} AND {where}{self._except} ORDER BY {order}"
            return f"{statement} LIMIT {limit} OFFSET {offset}", where.values
        # the same row about two concepts of a tier: its own words before its heading, then the concept that comes first
        best = "min(a.weak << 16 | p.place)"
        rest = order.removeprefix("weak, ")
        inner = f"SELECT {best} AS best, a.* FROM {self._picked()} JOIN {table} AS a ON a.concept = p.concept WHERE {where}{self._except} GROUP BY {row}"
        statement = f"SELECT a.best & 65535, a.best >> 16, {row} FROM ({inner}) AS a ORDER BY a.best >> 16, {rest}"
        return f"{statement} LIMIT {limit} OFFSET {offset}", where.values

    def _picked(self) -> str:
        values = ", ".join(f"({concept}, {place})" for place, concept in enumerate(self._ids))
        return f"(SELECT column1 AS concept, column2 AS place FROM (VALUES {values})) AS p"


class _Steps:
    """The tiers of an answer, with the ids of those concepts that any document names."""

    def __init__(self, connection: apsw.Connection, tiers: Sequence[ConceptTier], *, end: str, row: str) -> None:
        self._keys: dict[Tier, list[str]] = {}
        self._steps: list[_Step] = []
        before: list[int] = []
        for tier in tiers:
            found = [(key, first(connection, "SELECT id FROM concept WHERE key = ?", (key,))) for key in tier.concepts]
            known = [(key, row_[0]) for key, row_ in found if row_ and row_[0] not in before]
            if known:
                self._keys[tier.tier] = [key for key, _ in known]
                self._steps.append(_Step(tier.tier, [number for _, number in known], before, end=end, row=row))
                before = list(chain(before, (number for _, number in known)))

        self.ids = tuple(before)

    def __iter__(self) -> chain[_Step]:
        return chain(self._steps)

    def key_of(self, tier: Tier, place: int) -> str:
        return self._keys[tier][place]


def link_row(connection: apsw.Connection, assembly: Assembly, *, concept: str, tier: Tier, kind: int, weak: bool, ends: tuple[int, int, int]) -> LinkRow:
    """A link with the words at both its ends; `ends` are source, target and ordinal of the edge."""
    source, target, ordinal = ends
    key, basis, confidence, author, evidence, review = only(
        connection,
        "SELECT key, basis, confidence, author, evidence, review FROM edge WHERE source = ? AND type = ? AND target = ? AND ordinal = ?",
        (source, kind, target, ordinal),
    )
    factors = assembly.factor(source), assembly.factor(target)
    # force and voice of the measure, where one end is a measure
    measure = factors[0] if FACTOR_TYPES[factors[0][2]] == "countermeasure" and FACTOR_TYPES[factors[1][2]] != "countermeasure" else factors[1]
    return LinkRow(
        link=key,
        type=EDGE_TYPES[kind],  # type: ignore[arg-type]
        document=assembly.source(source >> BITS),
        source=assembly.quote(factors[0]),
        target=assembly.quote(factors[1]),
        basis=BASES[basis],  # type: ignore[arg-type]
        confidence=confidence,
        author=author,
        evidence=places_of(evidence),
        concept=concept,
        tier=tier,
        review=REVIEWS[review],  # type: ignore[arg-type]
        weak=weak,
        force=measure[10],
        voice=measure[11],
    )
