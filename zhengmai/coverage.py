"""What is loaded: works by kind, year, level of the issuer and place; samples and added documents are counted apart."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from graph import questions
from graph.records import Filters, SearchBase
from pipeline.records import Level
from zhengmai.holdings import Holdings

__all__ = ["Coverage", "coverage"]

_MOST_PLACES = 8


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of works; a work that has several places or no level counts accordingly. `places` are the commonest of `places_total`."""

    base: SearchBase
    kinds: dict[str, int]
    years: dict[str, int]
    """without holes between the first and the last; `""` for works without a date, last"""
    levels: dict[str, int]
    """`""` for works whose issuer or its level is not known, last"""
    places: dict[str, int]
    places_total: int
    factors: dict[str, int]
    links: int


def coverage(holdings: Holdings, *, samples: bool) -> Coverage:
    """Counts over the samples, or over what was added; documents marked internal are in neither."""
    store, filters = holdings.store, Filters(samples="only" if samples else "without")
    counts = questions.statistics(store, filters=filters)

    def works(**narrower: Any) -> int:
        return store.base(msgspec.structs.replace(filters, **narrower)).works

    levels = {level: count for level in get_args(Level) if (count := works(levels=(level,)))}
    if unsaid := counts.base.works - sum(levels.values()):
        levels[""] = unsaid
    # the table of dims knows the places that statements come from, up to its forty commonest
    named = [column for column in questions.matrix(store, holdings.register, ["dims"], by="place", filters=filters).columns if column]
    places = sorted(((name, works(regions=(name,))) for name in named), key=lambda one: (-one[1], one[0]))
    return Coverage(
        base=counts.base,
        kinds=dict(sorted(counts.kinds.items(), key=lambda one: (-one[1], one[0]))),
        years=_without_holes(counts.years),
        levels=levels,
        places=dict(places[:_MOST_PLACES]),
        places_total=len(places),
        factors=counts.factors,
        links=sum(counts.links.values()),
    )


def _without_holes(years: dict[str, int]) -> dict[str, int]:
    """`{"2018": 3, "2020": 1}` → `{"2018": 3, "2019": 0, "2020": 1}`."""
    dated = [int(year) for year in years if year]
    spread = {str(year): years.get(str(year), 0) for year in range(min(dated), max(dated) + 1)} if dated else {}
    return {**spread, **({"": years[""]} if "" in years else {})}
