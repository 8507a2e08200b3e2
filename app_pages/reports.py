"""有误: what readers reported beside quotes, open reports first, and the editors' answers."""

from __future__ import annotations

import streamlit as st

from app_pages._parts import chrome, queue
from app_pages._parts.html import block, el
from app_pages._parts.language import t
from app_pages._parts.session import WHO, workspace


def page() -> None:
    """Draw the page."""
    st.html(block(el("div", el("h1", t("reports.title")), el("div", el("span", t("reports.lead")), cls="zm-meta"), cls="zm-doc")))
    with chrome.errors_in_words():
        corpus = workspace()
        listed = corpus.reports()
        if not listed:
            st.html(block(el("p", t("reports.none"), cls="zm-how")))
            return
        st.text_input(t("desk.who"), key=WHO, persist_state="session", placeholder=t("desk.who_placeholder"), max_chars=60, help=t("desk.who_help"), width=320)
        waiting = sum(one.open for one in listed)
        counts = [t("reports.open", n=waiting), t("reports.answered", n=len(listed) - waiting)]
        st.html(block(el("p", t("list.join").join(counts), cls="zm-how")))
        queue.draw(listed, {one.id: one.title for one in corpus.documents()})


page()
