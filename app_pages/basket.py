"""Quotes kept: the collections of this machine, each quote with its reference and the way back to its place; to be saved as a table or a text."""

from __future__ import annotations

import streamlit as st

from app_pages._parts import chrome, keepsakes, tables
from app_pages._parts.address import BasketAddress
from app_pages._parts.html import block, el
from app_pages._parts.language import go, t, to
from app_pages._parts.session import workspace


def choose() -> None:
    go(BasketAddress(name=st.session_state["basket.name"]).params())


def delete(name: str) -> None:
    workspace().delete_basket(name)
    go({})


def drop(name: str, kept: str) -> None:
    workspace().drop(name, kept)


def page() -> None:
    """Draw the page."""
    st.html(block(el("div", el("h1", t("basket.title")), el("div", el("span", t("basket.lead")), cls="zm-meta"), cls="zm-doc")))
    with chrome.errors_in_words():
        baskets = {basket.name: len(basket.kept) for basket in workspace().baskets()}
        if not baskets:
            st.html(block(el("div", el("p", t("basket.none")), el("p", el("a", t("basket.ask"), href=to("", {}))), cls="zm-note")))
            return
        wanted = BasketAddress.read(st.query_params).name
        name = wanted if wanted in baskets else next(iter(baskets))
        st.session_state["basket.name"] = name
        with st.container(horizontal=True, vertical_alignment="bottom", key="basket-bar"):
            st.selectbox(
                t("basket.choose"),
                list(baskets),
                format_func=lambda one: t("basket.count", name=one, n=baskets[one]),
                key="basket.name",
                on_change=choose,
                width=320,
            )
            st.space("stretch")
            quotes = workspace().basket(name)
            made = keepsakes.table(quotes)
            tables.download("quotes", lambda: made, key="basket.csv", label=t("basket.csv"))
            st.download_button(
                t("basket.text"),
                keepsakes.text(name, quotes).encode("utf-8", "replace"),
                "zhengmai-quotes.txt",
                "text/plain",
                on_click="ignore",
                icon=":material/download:",
            )
        if not quotes:
            st.html(block(el("p", t("basket.empty", name=name), cls="zm-how")))
        for quote in quotes:
            with st.container(gap="xxsmall", key=f"kept-{quote.kept.id}"):
                st.html(block(keepsakes.card(quote)))
                st.button(t("basket.drop"), key=f"basket.drop.{quote.kept.id}", on_click=drop, args=(name, quote.kept.id), type="tertiary")
        with st.popover(t("basket.delete"), type="tertiary"):
            st.button(t("basket.delete_sure", n=len(quotes)), key="basket.delete", on_click=delete, args=(name,))


page()
