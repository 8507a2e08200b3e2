"""The overview: what is loaded, how well it is read, what changed last, what readers reported as wrong, whether the store is whole."""

from __future__ import annotations

import streamlit as st

from app_pages._parts import chrome, health, inventory, surveyed, tables, wide
from app_pages._parts.answer import head
from app_pages._parts.html import block, el
from app_pages._parts.language import t, to
from app_pages._parts.session import workspace

CHANGES = 12


def nothing_yet() -> None:
    """What to do first in an empty corpus."""
    steps = [el("li", el("a", t("overview.empty_add"), href=to("documents", {}))), el("li", t("overview.empty_ask")), el("li", t("overview.empty_run"))]
    st.html(block(el("div", el("h3", t("overview.empty_title")), el("ol", *steps), cls="zm-note")))


def loaded() -> None:
    """Added documents and samples, each set by itself, and the counts as a file."""
    held = [one for one in workspace().documents() if one.status != "withdrawn"]
    sets = [(samples, told) for samples in (False, True) if (told := surveyed.coverage(samples=samples)).base.works]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.html(block(head(t("overview.loaded"))), width="content")
        st.space("stretch")
        header = [t(f"overview.{key}") for key in ("set", "dimension", "value", "count")]
        tables.download("overview", lambda: (header, inventory.counted(sets)), key="overview.save", label=t("overview.save"))
    if not any(not samples for samples, _ in sets):
        st.html(block(el("p", t("overview.none_added"), " ", el("a", t("sample.replace"), href=to("documents", {})), cls="zm-how")))
    for samples, told in sets:
        st.html(inventory.loaded(told, samples=samples))
    internal = sum(one.record.access == "internal" for one in held)
    waiting, failed = (sum(one.status == status for one in held) for status in ("pending", "failed"))
    notes = [t("overview.internal", n=internal)] if internal else []
    if waiting or failed:
        notes.append(t("overview.waiting", n=waiting, failed=failed))
    if notes:
        st.html(block(*(el("p", note) for note in notes), cls="zm-how"))
    st.html(block(el("p", el("a", t("overview.go_matrix"), href=to("matrix", {})), cls="zm-how")))


def page() -> None:
    """Draw the page."""
    wide.style()
    st.html(block(el("div", el("h1", t("overview.title")), el("div", el("span", t("overview.lead")), cls="zm-meta"), cls="zm-doc")))
    with chrome.errors_in_words():
        corpus = workspace()
        if not corpus.documents():
            nothing_yet()
            return
        main, rail = st.columns([2.2, 1], gap="large")
        with main:
            loaded()
            st.html(block(head(t("overview.quality"))))
            st.html(inventory.quality(corpus.quality()))
        with rail, st.container(key="rail-overview"):
            st.html(block(head(t("overview.health"))))
            health.draw()
            st.html(block(head(t("overview.reports"))))
            st.html(inventory.reports(corpus.reports(), internal={one.id for one in corpus.documents() if one.record.access == "internal"}))
            st.html(block(head(t("overview.changes"))))
            st.html(inventory.changes(corpus.last_changes(limit=CHANGES)))


page()
