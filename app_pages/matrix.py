"""Concepts or dims by year, kind of source, level, issuer or place: every cell opens its quotes; and one concept over the years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import streamlit as st

from app_pages._parts import asked, chrome, grid, narrowing, saved, surveyed, tables, wide
from app_pages._parts.answer import head, searched
from app_pages._parts.cards import factor_card
from app_pages._parts.html import block, el
from app_pages._parts.language import go, t, to
from app_pages._parts.session import remember_question, workspace
from app_pages._parts.views import By, MatrixAddress, Rows
from graph.overviews import Matrix
from graph.records import ConceptRef

QUOTES = 30
MOST = 1000
_BETWEEN = re.compile(r"[、,，;；\n]+")


def now() -> MatrixAddress:
    """The view that the address names."""
    return MatrixAddress.read(st.query_params)


def ask() -> None:
    go(replace(now(), q=st.session_state["matrix.q"].strip(), rows="concepts", row="", col="").params())


def turn() -> None:
    state = st.session_state
    go(replace(now(), rows=state["matrix.rows"], by=state["matrix.by"], sort="", row="", col="").params())


def narrow() -> None:
    go(replace(now(), narrow=narrowing.chosen("matrix", now().narrow, years=surveyed.spans()), row="", col="").params())


def names(address: MatrixAddress) -> list[str]:
    """Concepts that the box names: `数据孤岛、人才短缺` → two; none: the commonest."""
    return [name.strip() for name in _BETWEEN.split(address.q) if name.strip()]


def table_of(address: MatrixAddress) -> Matrix:
    """The table that the address asks for."""
    rows = ["dims"] if address.rows == "dims" else names(address) or None
    filters = address.narrow.filters()
    return surveyed.matrix(rows, filters, address.by)


def choose(key: str, codes: Sequence[str]) -> None:
    """One choice that is always made."""
    st.segmented_control(
        t(f"matrix.{key}"),
        codes,
        format_func=lambda code: t(f"matrix.{key}_{code}"),
        required=True,
        key=f"matrix.{key}",
        on_change=turn,
        label_visibility="collapsed",
    )


def controls(address: MatrixAddress) -> None:
    """What stands in rows and columns, and the narrowing."""
    state = st.session_state
    state["matrix.rows"], state["matrix.by"] = address.rows, address.by
    with st.container(horizontal=True, vertical_alignment="center", key="narrow"):
        choose("rows", get_args(Rows))
        choose("by", get_args(By))
        st.space("stretch")
        saved.draw("matrix", address.params())
        narrowing.draw("matrix", address.narrow, years=surveyed.spans(), regions=asked.regions(), changed=narrow, apart=("basis",))
    if shown := narrowing.chips(address.narrow, lambda without: to("matrix", replace(address, narrow=without, row="", col="").params())):
        st.html(shown)


def quotes(address: MatrixAddress, table: Matrix) -> None:
    """What one cell counts, in its own words; each quote leads to its place."""
    dims, closed = address.rows == "dims", to("matrix", replace(address, row="", col="").params())
    cell = grid.by_place(table).get((address.row, address.col))
    if cell is None:
        st.html(wide.note(t("matrix.no_cell"), (t("matrix.close"), closed)))
        return
    row: ConceptRef = next(ref for ref in table.rows if ref.id == address.row)
    asked_for = None if dims else row.id
    found = surveyed.surveyed("stated", lambda: workspace().stated_about(asked_for, cell.filters, limit=MOST), asked_for, cell.filters)
    own = [one for one in found.rows if not one.weak]
    title = f"{grid.row_name(row, dims=dims)} · {grid.column_name(cell.column, table.by)}"
    note = t("matrix.counted", works=cell.works, statements=cell.statements)
    if dims and len(own) < cell.statements:
        note += t("matrix.named_only", n=len(own))
    close = el("a", t("matrix.close"), href=closed, cls="zm-open")
    st.html(block(head(title), el("p", note, " ", close, cls="zm-how")))
    st.html(block(*map(factor_card, own[:QUOTES])))
    if len(own) > QUOTES:
        st.html(block(el("p", t("answer.some", shown=QUOTES, total=len(own)), cls="zm-how")))


def over_time(address: MatrixAddress, question: str) -> None:
    """One concept with those below it, year by year, as a strip and as a table."""
    filters = address.narrow.filters()
    found = surveyed.surveyed("trend", lambda: workspace().trend(question, filters), question, filters)
    if len([year for year in found.years if year.year is not None]) < 2:
        return
    st.html(block(head(t("matrix.over_time"), note=t("matrix.over_time_note", n=found.works))))
    st.echarts_chart(grid.strip(found), height=grid.STRIP_HEIGHT, theme=None, key=f"strip-{question}", alt=t("matrix.strip_alt"))
    header = [t(f"matrix.trend_{column}") for column in grid.TREND]
    rows = grid.years(found)
    with st.expander(t("matrix.years_table")):
        st.dataframe(
            tables.frame(header, rows, numbers=range(len(header))),
            hide_index=True,
            column_config={header[0]: st.column_config.NumberColumn(format="%d")},
            placeholder="—",
            alt=t("matrix.strip_alt"),
        )
        tables.download(f"years-{question[:20]}", lambda: (header, rows), key="matrix.save_years")


def whole(address: MatrixAddress, table: Matrix) -> None:
    """The table with its file."""
    dims = address.rows == "dims"
    rows = grid.ordered(table, address.sort)
    header, lines = grid.as_rows(table, rows, dims=dims)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.html(block(head(t("matrix.title"), note=t("matrix.note"))), width="content")
        st.space("stretch")
        tables.download(address.by, lambda: (header, lines), key="matrix.save")
    st.html(
        grid.drawn(
            table,
            rows,
            dims=dims,
            sort=address.sort,
            chosen=(address.row, address.col),
            link=lambda row, col: to("matrix", replace(address, row=row, col=col).params()),
            sorted_by=lambda column: to("matrix", replace(address, sort=column).params()),
        )
    )


def answered(address: MatrixAddress) -> None:
    """Everything below the box."""
    chrome.who_answers(surveyed.whole())
    wanted = names(address)
    if wanted:
        st.html(wide.other_views(address.params(), "matrix"))
    controls(address)
    with st.spinner(t("ask.searching")):
        table = table_of(address)
    for name in wanted if address.rows == "concepts" else ():
        if asked.resolution(name).concept is None:
            st.html(wide.unknown(name, "matrix", replace(address, row="", col="").params()))
    if len(wanted) == 1 and address.rows == "concepts" and table.rows:
        over_time(address, wanted[0])
    st.html(block(el("p", searched(table.base), cls="zm-how")))
    if not table.cells:
        ways = [(t("filter.without"), to("matrix", narrowing.plain(address.params())))] if address.narrow.some else []
        st.html(wide.note(t("matrix.nothing"), *ways, (t("matrix.commonest"), to("matrix", {}))))
        return
    if address.row:
        left, right = st.columns([1.5, 1], gap="large")
        with left:
            whole(address, table)
        with right, st.container(key="rail-cell"):
            quotes(address, table)
    else:
        whole(address, table)


def page() -> None:
    """Draw the page."""
    wide.style()
    address = now()
    if not address.q:
        wide.title(t("nav_wide.matrix"), t("matrix.lead"))
    wide.ask_box("matrix", address.q, t("matrix.placeholder"), ask)
    remember_question(to("matrix", address.params()))
    with chrome.errors_in_words():
        answered(address)


page()
