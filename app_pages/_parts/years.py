"""Works by year as a strip of bars, over which a slider or a heading stands."""

from __future__ import annotations

from collections.abc import Mapping

from app_pages._parts.html import Html, block, el
from app_pages._parts.language import t

HIGHEST = 3.2
"""rem of the highest bar"""
FEW = 8
"""years that each have room for their name"""


def bars(works: Mapping[int, int], span: tuple[int, int], *, most: int, within: tuple[int, int] | None = None) -> Html:
    """One bar a year of the span, `most` works being the highest; those outside `within` are faint. Of many years the ends and every fifth are named."""
    columns, few = [], span[1] - span[0] < FEW
    for year in range(span[0], span[1] + 1):
        count = works.get(year, 0)
        label = str(year) if few or year in span or year % 5 == 0 else ""
        bar = el("i", style=f"height:{round(HIGHEST * count / most, 2) if count else 0}rem")
        out = within is not None and not within[0] <= year <= within[1]
        number = el("b", str(count) if count else "", cls="zm-n")
        columns.append(el("li", number, bar, el("span", label), title=t("overview.bar", name=year, n=count), cls="zm-out" if out else ""))
    return el("ol", *columns, cls="zm-columns")


def counted(works: Mapping[str, int], span: tuple[int, int], within: tuple[int, int]) -> Html:
    """The strip above a slider of years: all works of the corpus by year, with how many of them lie within, and how many have no year.

    `works` is by year, `""` those without one; what has none is left out by any choice of years.
    """
    dated = {int(year): count for year, count in works.items() if year.isdigit()}
    inside = sum(count for year, count in dated.items() if within[0] <= year <= within[1])
    words = t("filter.years_counted", n=inside, of=sum(dated.values()), undated=works.get("", 0))
    return block(bars(dated, span, most=max([1, *dated.values()]), within=within), el("p", words, cls="zm-how"), cls="zm-timeline")
