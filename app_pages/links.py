"""Causes and limits of a concept: what it comes of, what comes of it, what measures about it come up against; each link with its quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import streamlit as st

from app_pages._parts import asked, chrome, inventory, narrowing, pairs, saved, surveyed, tables, wide
from app_pages._parts.answer import head, searched
from app_pages._parts.html import block, el
from app_pages._parts.language import go, t, to
from app_pages._parts.session import remember_question, workspace
from app_pages._parts.turning import turning
from app_pages._parts.views import LinksAddress, Shape, Side
from graph.records import LinkAnswer

MOST, A_PAGE = 1000, 10
EXAMPLES = ("数据孤岛", "条块分割", "数据共享", "形式主义", "人才短缺")


def now() -> LinksAddress:
    """The view that the address names."""
    return LinksAddress.read(st.query_params)


def ask() -> None:
    go(replace(now(), q=st.session_state["links.q"].strip(), page=1).params())


def turn() -> None:
    go(replace(now(), side=st.session_state["links.side"], page=1).params())


def look() -> None:
    go(replace(now(), shape=st.session_state["links.shape"], page=1).params())


def narrow() -> None:
    go(replace(now(), narrow=narrowing.chosen("links", now().narrow, years=surveyed.spans()), page=1).params())


def answer_of(address: LinksAddress, side: Side) -> LinkAnswer:
    """The links of one side."""
    question: Callable[..., LinkAnswer] = getattr(workspace(), side)
    filters = address.narrow.filters()
    return surveyed.surveyed(side, lambda: question(address.q, filters, limit=MOST), address.q, filters)


def reliability(side: Side) -> str:
    """How far links of this kind can be relied on, by what was measured; of limits nothing was."""
    figure = next((one for one in workspace().quality().figures if one.key == "caused_by"), None)
    if side in ("limits", "limited") or figure is None or figure.values[0] is None:
        return t("links.unmeasured")
    return t("links.measured", value=f"{figure.values[0]:.2f}", plain=inventory.plain(figure))


def controls(address: LinksAddress, answers: dict[Side, LinkAnswer]) -> None:
    """Which side is looked at, the narrowing, cards or table, and the file."""
    state = st.session_state
    state["links.side"], state["links.shape"] = address.side, address.shape
    with st.container(horizontal=True, vertical_alignment="center", key="narrow"):
        st.segmented_control(
            t("links.side"),
            get_args(Side),
            format_func=lambda side: f"{t(f'links.{side}')} {answers[side].total:,}",
            required=True,
            key="links.side",
            on_change=turn,
            label_visibility="collapsed",
        )
        narrowing.draw("links", address.narrow, years=surveyed.spans(), regions=asked.regions(), changed=narrow)
        st.space("stretch")
        st.segmented_control(
            t("view.label"),
            get_args(Shape),
            format_func=lambda code: t(f"view.{code}"),
            required=True,
            key="links.shape",
            on_change=look,
            label_visibility="collapsed",
        )
        saved.draw("links", address.params())
        rows = answers[address.side].rows
        if rows:
            header = [t(f"pairs.{column}") for column in pairs.COLUMNS]
            tables.download(f"{address.side}-{address.q[:20]}", lambda: (header, pairs.table(rows)), key="links.save")
    shown = narrowing.chips(address.narrow, lambda without: to("links", replace(address, narrow=without, page=1).params()))
    if shown:
        st.html(shown)


def quotes(address: LinksAddress, answer: LinkAnswer) -> None:
    """A page of cards."""
    found = pairs.groups(answer.rows)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(address.page, pages)
    st.html(pairs.cards(found[(page - 1) * A_PAGE : page * A_PAGE], answer.rows[0].type))
    if answer.total > len(answer.rows):
        st.html(block(el("p", t("answer.some", shown=len(answer.rows), total=answer.total), cls="zm-how")))
    if pages > 1:
        st.html(turning(page, pages, lambda number: to("links", replace(address, page=number).params())))


def table(answer: LinkAnswer) -> None:
    """The same links as a table to be sorted; years are numbers, blanks last."""
    header = [t(f"pairs.{column}") for column in pairs.COLUMNS]
    numbers = [pairs.COLUMNS.index("year"), pairs.COLUMNS.index("confidence")]
    frame = tables.frame(header, pairs.table(answer.rows), numbers=numbers)
    frame[t("quote.open")] = pairs.links(answer.rows)
    st.dataframe(
        frame,
        hide_index=True,
        height=560,
        column_config={
            header[numbers[0]]: st.column_config.NumberColumn(format="%d"),
            header[numbers[1]]: st.column_config.NumberColumn(format="%.2f"),
            t("quote.open"): st.column_config.LinkColumn(display_text=t("quote.open")),
        },
        placeholder="—",
        alt=t("links.alt"),
    )


def answered(address: LinksAddress) -> None:
    """Everything below the box once something was asked."""
    with st.spinner(t("ask.searching")):
        answers = {side: answer_of(address, side) for side in get_args(Side)}
    answer = answers[address.side]
    chrome.who_answers(surveyed.whole())
    st.html(wide.named_concept(address.q, answer.concept))
    st.html(wide.other_views(address.params(), "links"))
    if answer.concept is None:
        st.html(wide.unknown(address.q, "links", address.params()))
    controls(address, answers)
    st.html(
        block(
            head(t(f"links.{address.side}"), f"{answer.total:,}", t(f"links.{address.side}_note")),
            el("p", t("base.noted", searched=searched(answer.base), note=reliability(address.side)), cls="zm-how"),
        )
    )
    if not answer.rows:
        ways = [(t("filter.without"), to("links", narrowing.plain(address.params())))] if address.narrow.some else []
        others: list[tuple[str, str]] = [
            (f"{t(f'links.{side}')} {found.total:,}", to("links", replace(address, side=side, page=1).params()))
            for side, found in answers.items()
            if found.total
        ]
        st.html(wide.note(t("links.nothing"), *ways, *others, (t("nav_wide.by_words"), to("", {"q": address.q}))))
    elif address.shape == "table":
        table(answer)
    else:
        quotes(address, answer)


def page() -> None:
    """Draw the page."""
    wide.style()
    address = now()
    if not address.q:
        wide.title(t("nav_wide.links"), t("links.lead"))
    wide.ask_box("links", address.q, t("links.placeholder"), ask)
    if not address.q:
        wide.examples("links", EXAMPLES)
        return
    remember_question(to("links", address.params()))
    with chrome.errors_in_words():
        answered(address)


page()
