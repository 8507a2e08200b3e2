"""One document: its text with every factor marked, the desk where a person vouches for them, what cleaning did, and what it says of itself.

Reached by links that name a place (`?doc=…&at=120-131`); the sentence of that place is brought into view.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import streamlit as st

from app_pages._parts import about, chrome, cleaning, desk, reading
from app_pages._parts.address import DocumentAddress, Tab
from app_pages._parts.html import block, el
from app_pages._parts.language import go, named, t, to
from app_pages._parts.session import way_back, workspace
from graph.records import DocumentView
from pipeline.records import FACTOR_TYPES, Statements


def now() -> DocumentAddress:
    """The view that the address names."""
    return DocumentAddress.read(st.query_params)


def turn() -> None:
    go(replace(now(), tab=st.session_state["document.tab"]).params())


def choose_types() -> None:
    go(replace(now(), types=tuple(st.session_state["document.types"])).params())


def text_tab(view: DocumentView, address: DocumentAddress) -> None:
    """The text, and beside it the desk and the list of factors."""
    main, rail = st.columns([1.72, 1], gap="large")
    chosen = reading.chosen_factor(view, address.at)
    with main:
        st.html(reading.body(view, address))
    with rail, st.container(key="rail-desk", gap="xsmall"):
        desk.draw(view, address, chosen)
        st.session_state["document.types"] = list(address.types)
        counts = {kind: sum(factor.type == kind for factor in view.factors) for kind in FACTOR_TYPES}
        st.pills(
            t("reading.types"),
            FACTOR_TYPES,
            selection_mode="multi",
            format_func=lambda kind: f"{named('type', kind)} {counts[kind]}",
            key="document.types",
            on_change=choose_types,
            label_visibility="collapsed",
        )
        st.html(reading.factor_list(view, address))


def cleaning_tab(statements: Statements) -> None:
    st.html(cleaning.overview(statements))
    only = st.toggle(t("cleaning.only_changes"), key="document.only_changes")
    st.html(cleaning.table(statements, only_changes=only))


def page() -> None:
    """Draw the page."""
    address = now()
    if not address.doc:
        choose = el("p", el("a", t("reading.choose"), href=to("documents", {})))
        st.html(block(el("div", el("h3", t("reading.none")), choose, cls="zm-note")))
        return
    with chrome.errors_in_words():
        corpus = workspace()
        view, statements = corpus.document(address.doc), corpus.statements(address.doc)
        st.html(reading.doc_head(view, statements.document, back=way_back()))
        st.session_state["document.tab"] = address.tab
        st.segmented_control(
            t("reading.tabs"),
            get_args(Tab),
            format_func=lambda tab: t(f"reading.tab_{tab}"),
            required=True,
            key="document.tab",
            on_change=turn,
            label_visibility="collapsed",
        )
        if address.tab == "cleaning":
            cleaning_tab(statements)
        elif address.tab == "source":
            st.html(about.table(statements, file=view.source.file))
        else:
            text_tab(view, address)


page()
