"""One document: its text with every factor marked, the desk where a person vouches for them, what cleaning did, and what it says of itself.

Reached by links that name a place (`?doc=…&at=120-131`); the sentence of that place is brought into view.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import streamlit as st

from app_pages._parts import about, asked, chrome, cleaning, desk, reading
from app_pages._parts.address import DocumentAddress, Tab
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import named, t, to
from app_pages._parts.query import turned
from app_pages._parts.session import way_back, workspace
from graph.records import DocumentView
from pipeline.records import FACTOR_TYPES, Statements
from zhengmai.kin import kin_of


def now() -> DocumentAddress:
    """The view that the address names."""
    return DocumentAddress.read(st.query_params)


def tabs(address: DocumentAddress) -> Html:
    """What of the document is looked at, as links."""
    links = [
        el("a", t(f"reading.tab_{tab}"), href=to("document", replace(address, tab=tab).params()), aria_current="page" if tab == address.tab else "")
        for tab in get_args(Tab)
    ]
    return block(el("nav", *links, cls="zm-tabs", aria_label=t("reading.tabs")))


def types(view: DocumentView, address: DocumentAddress) -> Html:
    """The types of factor with their counts, each a link that shows it alone, or adds it to or takes it from those shown."""
    links = []
    for kind in FACTOR_TYPES:
        on = kind in address.types
        wanted = turned(FACTOR_TYPES, address.types, kind)
        words = f"{named('type', kind)} {sum(factor.type == kind for factor in view.factors)}"
        links.append(el("a", words, href=to("document", replace(address, types=wanted).params()), aria_current="true" if on else ""))
    return block(el("nav", *links, cls="zm-types", aria_label=t("reading.types")))


def text_tab(view: DocumentView, address: DocumentAddress) -> None:
    """The text, and beside it the desk and the list of factors."""
    main, rail = st.columns([1.72, 1], gap="large")
    chosen = reading.chosen_factor(view, address.at)
    with rail, st.container(key="rail-desk", gap="xsmall"):
        desk.draw(view, address, chosen)
        st.html(join([reading.outline(view, address), types(view, address), reading.factor_list(view, address)]))
    # last, though it stands first: while a browser draws the text it cannot begin to load what the desk is made of
    with main:
        st.html(reading.body(view, address, asked.texts(address.doc, address.types)))


def cleaning_tab(statements: Statements) -> None:
    st.html(cleaning.overview(statements))
    only = st.toggle(t("cleaning.only_changes"), key="document.only_changes")
    st.html(cleaning.table(statements, only_changes=only))


def source_tab(view: DocumentView, statements: Statements) -> None:
    """What the document says of itself, and what else the corpus has of it."""
    documents = workspace().documents()
    record = next((one.record for one in documents if one.id == view.source.document), None)
    more = about.held(record, kin_of(record, (one.record for one in documents)), {one.id: one.title for one in documents}) if record else []
    st.html(about.table(statements, file=view.source.file, more=more))


def page() -> None:
    """Draw the page."""
    address = now()
    if not address.doc:
        choose = el("p", el("a", t("reading.choose"), href=to("documents", {})))
        st.html(block(el("div", el("h3", t("reading.none")), choose, cls="zm-note")))
        return
    with chrome.errors_in_words():
        corpus = workspace()
        view = asked.document(address.doc)
        st.html(reading.doc_head(view, corpus.info(address.doc), back=way_back()))
        st.html(tabs(address))
        if address.tab == "cleaning":
            cleaning_tab(corpus.statements(address.doc))
        elif address.tab == "source":
            source_tab(view, corpus.statements(address.doc))
        else:
            text_tab(view, address)


page()
