"""Pages of links and factors about concepts, tier after tier, in the order that people see: the same as those of the SQLite store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph._codes import BITS, EDGE_TYPES, FACTOR_TYPES
from graph.neo4j._columns import Looking, Rows
from graph.neo4j._distinct import among, how_many
from graph.neo4j._rows import LinkKey, link_rows, quote_of, quotes, sources
from graph.neo4j._where import about_ids, factor_mask, link_mask
from graph.projection import LINK_ENDS
from graph.records import ConceptTier, FactorPage, FactorRow, Filters, LinkPage, Tier, TierCount
from pipeline.records import FactorType, LinkType

__all__ = ["factor_page", "link_page"]

_PREPARED = ("addressed_by", "caused_by", "limited_by")
_LINK_ROW, _FACTOR_ROW = ("source", "target", "ordinal"), ("factor",)
_ANSWERED = (0, 1)


class _Step(NamedTuple):
    """What one tier brings: its rows in order, with the place of the concept in the tier and whether it stands in the heading alone."""

    tier: Tier
    rows: Rows
    places: NDArray[np.int64]
    weak: NDArray[np.int64]
    keys: tuple[str, ...]


def link_page(looking: Looking, tiers: Sequence[ConceptTier], kind: LinkType, *, side: int, filters: Filters, limit: int, offset: int) -> LinkPage:
    """Links of `kind` whose source (`side` 0) or target (`side` 1) is about a concept of `tiers`; a link stands in its first tier only."""
    number = EDGE_TYPES.index(kind)
    near = None if kind in _PREPARED else [FACTOR_TYPES.index(type_) for type_ in LINK_ENDS[kind][side]]

    def fitting(rows: Rows) -> Rows:
        mask = (rows["type"] == number) & (rows["side"] == side)
        if near is not None:
            mask &= np.isin(rows["near"], near)
        rows = rows.where(mask)
        return rows.where(link_mask(looking, rows, filters))

    counts: list[TierCount] = []
    picked: list[LinkKey] = []
    for step in _steps(looking, tiers, "links", fitting, end="source" if side == 0 else "target", row=_LINK_ROW, first="basis"):
        rows, works = len(step.rows.rows), looking.works[step.rows.at]
        stated = int((step.rows["basis"] == 0).sum())
        if rows:
            counts.append(TierCount(tier=step.tier, rows=rows, works=how_many(works), stated=stated, aligned=rows - stated))
        for at in range(offset, min(rows, offset + limit - len(picked))):
            ends = (int(step.rows.ids("source")[at]), int(step.rows.ids("target")[at]), int(step.rows["ordinal"][at]))
            picked.append((step.keys[step.places[at]], step.tier, bool(step.weak[at]), *ends))
        offset = max(0, offset - rows)
    return LinkPage(rows=link_rows(looking, kind, picked), counts=tuple(counts))


def factor_page(
    looking: Looking, tiers: Sequence[ConceptTier], types: Sequence[FactorType], *, answered: bool | None, filters: Filters, limit: int, offset: int
) -> FactorPage:
    """Factors of `types` about a concept of `tiers`; `answered` false: only dilemmas without a remedy."""
    kinds = [FACTOR_TYPES.index(kind) for kind in types]

    def fitting(rows: Rows) -> Rows:
        rows = rows.where(np.isin(rows["type"], kinds) & np.isin(rows["answered"], _ANSWERED if answered is None else (int(answered),)))
        return rows.where(factor_mask(looking, rows, filters))

    counts: list[TierCount] = []
    picked: list[tuple[str, Tier, bool, int]] = []
    for step in _steps(looking, tiers, "factors", fitting, end="factor", row=_FACTOR_ROW, first=None):
        rows = len(step.rows.rows)
        if rows:
            counts.append(TierCount(tier=step.tier, rows=rows, works=how_many(looking.works[step.rows.at])))
        ids = step.rows.ids("factor")
        picked.extend(
            (step.keys[step.places[at]], step.tier, bool(step.weak[at]), int(ids[at])) for at in range(offset, min(rows, offset + limit - len(picked)))
        )
        offset = max(0, offset - rows)
    if not picked:
        return FactorPage(rows=(), counts=tuple(counts))
    words = quotes(looking, [factor for *_, factor in picked])
    documents = sources(looking, (factor >> BITS for *_, factor in picked))
    rows_ = (
        FactorRow(source=documents[factor >> BITS], quote=quote_of(words[factor]), concept=concept, tier=tier, weak=weak)
        for concept, tier, weak, factor in picked
    )
    return FactorPage(rows=tuple(rows_), counts=tuple(counts))


def _steps(
    looking: Looking, tiers: Sequence[ConceptTier], part: str, fitting: Callable[[Rows], Rows], *, end: str, row: tuple[str, ...], first: str | None
) -> Iterator[_Step]:
    """What each tier has that no earlier one has, each row once: for its own words before its heading, then for the concept that comes first."""
    known = looking.concepts()
    # what of all tiers is not here yet is fetched in one go
    looking.parts(looking.numbers_of(dict.fromkeys(key for tier in tiers for key in tier.concepts)), part)
    before: list[int] = []
    for tier in tiers:
        keys = tuple(key for key in tier.concepts if key in known and known[key][0] not in before)
        if not keys:
            continue
        concepts = [known[key][0] for key in keys]
        parts = [fitting(rows) for rows in looking.parts(concepts, part)]
        rows = Rows.join(parts)
        best = np.repeat(np.arange(len(parts)), [len(part_.rows) for part_ in parts]) | rows["weak"].astype(np.int64) << 16
        if before:
            fresh = ~among(rows.ids(end), about_ids(looking, before))
            rows, best = rows.where(fresh), best[fresh]
        if len(parts) > 1:
            chosen = _once(rows, best, row)
            rows, best = rows.where(chosen), best[chosen]
        order = _order(looking, rows, best >> 16, row, first)
        yield _Step(tier.tier, rows.where(order), best[order] & 0xFFFF, best[order] >> 16, keys)
        before += concepts


def _once(rows: Rows, best: NDArray[np.int64], row: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which of the rows that stand for one link or factor is the best."""
    columns = [rows["ordinal"] if name == "ordinal" else rows.ids(name) for name in row]
    order = np.lexsort((best, *reversed(columns)))
    chosen = np.zeros(len(best), dtype=bool)
    if len(order):
        changed = np.zeros(len(order), dtype=bool)
        changed[0] = True
        for column in columns:
            sorted_ = column[order]
            changed[1:] |= sorted_[1:] != sorted_[:-1]
        chosen[order[changed]] = True
    return chosen


def _order(looking: Looking, rows: Rows, weak: NDArray[np.int64], row: tuple[str, ...], first: str | None) -> NDArray[np.int64]:
    """Weak, basis, doubt, age, tie, then the place."""
    columns = [weak, *([rows[first]] if first else []), rows["doubt"], looking.column(rows, "age"), looking.column(rows, "tie")]
    columns += [rows["ordinal"] if name == "ordinal" else rows.ids(name) for name in row]
    order: NDArray[np.int64] = np.lexsort(tuple(reversed(columns)))
    return order
