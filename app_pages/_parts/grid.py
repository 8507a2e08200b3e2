"""The matrix as a table of links, its rows as a file, the years of a concept as a strip; what a cell is about in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app_pages._parts.graph_view import FONT
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t
from app_pages._parts.palette import scheme
from app_pages._parts.views import By
from app_pages._parts.wide import ref_name
from graph.overviews import Cell, Matrix, Trend
from graph.records import ConceptRef
from zhengmai.spreadsheet import Cell as Value

UNSAID = "-"
"""column of documents that do not say, as the address has it"""
TREND = ("year", "works", "drivers", "dilemmas", "measures", "goals", "gaps")
"""columns of the table of years, by their message keys `matrix.trend_*`"""
_SERIES = (("driver", "drivers"), ("dilemma", "dilemmas"), ("countermeasure", "measures"), ("goal", "goals"))
STRIP_HEIGHT = 230


def row_name(ref: ConceptRef, *, dims: bool) -> str:
    """What a row is called in the language of the page."""
    return named("dim", ref.id) if dims else ref_name(ref)


def column_name(column: str, by: By) -> str:
    """What a column is called; documents that do not say stand in one of their own."""
    if not column:
        return t("overview.unsaid")
    return named(by, column) if by in ("kind", "level") else column


def by_place(table: Matrix) -> dict[tuple[str, str], Cell]:
    """Cells by row and column."""
    return {(cell.row, cell.column): cell for cell in table.cells}


def ordered(table: Matrix, sort: str) -> list[ConceptRef]:
    """Rows as they were asked for, or by one column with the largest first; rows without a cell are last."""
    cells = by_place(table)
    if sort not in {column or UNSAID for column in table.columns}:
        return list(table.rows)
    column = "" if sort == UNSAID else sort

    def works(ref: ConceptRef) -> int:
        cell = cells.get((ref.id, column))
        return cell.works if cell else 0

    return sorted(table.rows, key=works, reverse=True)


def _cell(cell: Cell | None, most: int, link: str, *, chosen: bool, about: str) -> Html:
    if cell is None:
        return el("td", "·", cls="zm-none")
    share = f"--share:{cell.works / most:.2f}"
    words = t("matrix.cell", about=about, works=cell.works, statements=cell.statements)
    if not link:
        return el("td", el("span", f"{cell.works:,}", title=words))
    inner = el("a", f"{cell.works:,}", href=link, title=words, aria_label=words)
    return el("td", inner, cls="zm-cell zm-here" if chosen else "zm-cell", style=share)


def drawn(
    table: Matrix,
    rows: Sequence[ConceptRef],
    *,
    dims: bool,
    sort: str,
    chosen: tuple[str, str],
    link: Callable[[str, str], str],
    sorted_by: Callable[[str], str],
) -> Html:
    """The table: each cell leads to its quotes, each head sorts by its column; darker means more works."""
    cells = by_place(table)
    most = max((cell.works for cell in table.cells if cell.column), default=1)
    heads = [el("th", t("matrix.dims" if dims else "matrix.concept"), scope="col")]
    for column in table.columns:
        key = column or UNSAID
        by_this = key == sort
        words = el("a", column_name(column, table.by), "↓" if by_this else "", href=sorted_by("" if by_this else key), title=t("matrix.sort"))
        heads.append(el("th", words, scope="col", aria_sort="descending" if by_this else ""))
    body = []
    for ref in rows:
        name = row_name(ref, dims=dims)
        line = [el("th", name, scope="row")]
        for column in table.columns:
            cell = cells.get((ref.id, column))
            # documents that do not say cannot be filtered for: their cell is a number alone
            opens = link(ref.id, column) if column else ""
            line.append(_cell(cell, most, opens, chosen=(ref.id, column) == chosen, about=f"{name} · {column_name(column, table.by)}"))
        body.append(el("tr", *line))
    grid = el("table", el("thead", el("tr", *heads)), el("tbody", *body), cls="zm-grid zm-matrix")
    return block(el("div", grid, cls="zm-scroll", tabindex="0", role="region", aria_label=t("matrix.alt")))


def as_rows(table: Matrix, rows: Sequence[ConceptRef], *, dims: bool) -> tuple[list[str], list[list[Value]]]:
    """Header and rows of the file: works of each cell, 0 where there is none."""
    cells = by_place(table)
    header = [t("matrix.dims" if dims else "matrix.concept"), *(column_name(column, table.by) for column in table.columns)]
    found: list[list[Value]] = []
    for ref in rows:
        line = [cells.get((ref.id, column)) for column in table.columns]
        found.append([row_name(ref, dims=dims), *(cell.works if cell else 0 for cell in line)])
    return header, found


def years(trend: Trend) -> list[list[Value]]:
    """One row a year, in the order of `TREND`; what has no date comes last, its year empty."""
    return [[year.year, year.works, year.drivers, year.dilemmas, year.measures, year.goals, year.gaps] for year in trend.years]


def strip(trend: Trend) -> dict[str, Any]:
    """The years as stacked columns of the four kinds of statement, in their own colours."""
    dated = [year for year in trend.years if year.year is not None]
    colours = scheme()
    series = [
        {
            "name": named("type", kind),
            "type": "bar",
            "stack": "statements",
            "data": [getattr(year, field) for year in dated],
            "itemStyle": {"color": colours.looks[kind].colour, "borderColor": colours.paper, "borderWidth": 1},
            "barMaxWidth": 34,
        }
        for kind, field in _SERIES
    ]
    return {
        "animation": False,
        "backgroundColor": colours.paper,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 40, "right": 12, "top": 34, "bottom": 26},
        "legend": {"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 12, "textStyle": {"color": colours.ink, "fontSize": 12}},
        "tooltip": {"trigger": "axis", "confine": True},
        "toolbox": {
            "iconStyle": {"borderColor": colours.quiet},
            "right": 0,
            "top": -4,
            "feature": {"saveAsImage": {"title": t("matrix.picture"), "pixelRatio": 2, "name": "zhengmai", "backgroundColor": colours.paper}},
        },
        "xAxis": {
            "type": "category",
            "data": [str(year.year) for year in dated],
            "axisLine": {"lineStyle": {"color": colours.line}},
            "axisLabel": {"color": colours.quiet},
        },
        "yAxis": {"type": "value", "minInterval": 1, "splitLine": {"lineStyle": {"color": colours.line}}, "axisLabel": {"color": colours.quiet}},
        "series": series,
    }
