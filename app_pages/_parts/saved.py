"""Views under a name: the address of a page with all its filters, kept in the data folder."""

from __future__ import annotations

from typing import get_args
from urllib.parse import parse_qs, urlencode

import streamlit as st

from app_pages._parts import chrome
from app_pages._parts.address import Page, Params
from app_pages._parts.html import block, el
from app_pages._parts.language import PARAMETER, t, to
from app_pages._parts.session import workspace
from zhengmai.baskets import LONGEST_NAME, SavedView, cleaned_name


def link_of(view: SavedView) -> str:
    """Address of a kept view in the language of this run; one of a page that there no longer is leads to the first page."""
    query = {name: values for name, values in parse_qs(view.query).items() if name != PARAMETER}
    pages: tuple[Page, ...] = get_args(Page)
    page = next((page for page in pages if page == view.page), pages[0])
    return to(page, dict(query))


def draw(page: Page, params: Params) -> None:
    """A button with the form that keeps this view, and the views that are kept."""
    with st.popover(t("view.save"), icon=":material/bookmark:", type="tertiary", key="saved"):
        with st.form("saved.form", border=False, clear_on_submit=True):
            name = st.text_input(t("view.name"), key="saved.name", max_chars=LONGEST_NAME)
            sent = st.form_submit_button(t("view.keep"), type="primary")
        if sent:
            with chrome.errors_in_words():
                if cleaned_name(name or ""):
                    workspace().keep_view(name or "", page, urlencode(params, doseq=True))
                else:
                    chrome.problem(t("view.no_name"))
        listed()


def listed() -> None:
    """The kept views as links, each with a button that forgets it."""
    with chrome.errors_in_words():
        views = workspace().views()
        if not views:
            st.html(block(el("p", t("view.none"), cls="zm-how")))
            return
        st.html(block(el("p", t("view.saved"), cls="zm-how")))
        for view in views:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(block(el("a", view.name, href=link_of(view), cls="zm-view")))
                st.button(t("view.drop"), key=f"saved.drop.{view.name}", on_click=workspace().drop_view, args=(view.name,), type="tertiary")
