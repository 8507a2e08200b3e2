"""The documents: what is in, what is waiting, what could not be read; adding more, and taking the samples out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from app_pages._parts import chrome, intake, listing
from app_pages._parts.address import DocumentsAddress
from app_pages._parts.cards import sample_mark
from app_pages._parts.html import block, el
from app_pages._parts.language import go, t, to
from app_pages._parts.session import workspace
from app_pages._parts.turning import turning

_NONE_CHOSEN = "documents.none_chosen"
"""session key: the form was sent without a file"""
A_PAGE = 50
ENDINGS = ["txt", "md", "markdown", "html", "htm", "mhtml", "mht"]


def now() -> DocumentsAddress:
    """The view that the address names."""
    return DocumentsAddress.read(st.query_params)


def find() -> None:
    go(replace(now(), find=st.session_state["documents.find"].strip(), page=1).params())


def send() -> None:
    """Take in the files of the form before anything is drawn: a run that draws is broken off, and its click forgotten, when something else happens."""
    files = st.session_state["documents.files"] or []
    st.session_state[_NONE_CHOSEN] = not files
    if files:
        with chrome.errors_in_words():
            intake.take_in(workspace(), [(file.name, file.getvalue()) for file in files], replace=st.session_state["documents.replace"])


def without_samples() -> None:
    """Take the samples out, before anything is drawn."""
    with chrome.errors_in_words():
        workspace().remove_samples()
        st.toast(t("documents.samples_removed"))


def adding() -> None:
    """The form that takes files in: a form sends them once, so that no other click takes them in again."""
    # Streamlit's own words in the field are English; the style sheet takes these instead
    words = t("documents.upload").replace('"', "")
    st.html(f'<style>:root {{ --upload: "{words}"; }}</style>')
    with st.form("documents.add", clear_on_submit=True):
        st.file_uploader(t("documents.choose"), type=ENDINGS, accept_multiple_files=True, key="documents.files", help=t("documents.choose_help"))
        st.checkbox(t("documents.replace"), key="documents.replace")
        st.form_submit_button(t("documents.add"), type="primary", on_click=send)
    if st.session_state.pop(_NONE_CHOSEN, False):
        chrome.problem(t("documents.none_chosen"))


def reading(waiting: int) -> None:
    """Where the reading stands; a button where something waits and nothing runs."""
    corpus = workspace()
    if intake.running(corpus):
        intake.watch(corpus)
    elif waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(block(el("p", t("documents.waiting", n=waiting), cls="zm-how")), width="content")
            st.button(t("documents.read_now"), key="documents.read_now", on_click=intake.begin, args=(corpus,))


def samples(count: int) -> None:
    """Take the samples out at one button."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(block(el("p", sample_mark(), " ", t("documents.samples", n=count), cls="zm-how")), width="content")
        words = t("documents.remove_samples")
        st.button(words, key="documents.remove_samples", type="tertiary", icon=":material/delete:", on_click=without_samples)


def page() -> None:
    """Draw the page."""
    address = now()
    st.html(block(el("div", el("h1", t("documents.title")), el("div", el("span", t("documents.lead")), cls="zm-meta"), cls="zm-doc")))
    with chrome.errors_in_words():
        main, rail = st.columns([2.2, 1], gap="large")
        with rail, st.container(key="rail-add"):
            st.html(block(el("div", el("h2", t("documents.add_title")), cls="zm-railhead")))
            adding()
            intake.tell()
            rows = workspace().documents()
            reading(sum(row.status == "pending" for row in rows))
        with main:
            st.session_state["documents.find"] = address.find
            st.text_input(
                t("documents.find"),
                key="documents.find",
                on_change=find,
                type="search",
                placeholder=t("documents.find"),
                label_visibility="collapsed",
                max_chars=100,
            )
            wanted = listing.matching(rows, address.find)
            pages = max(1, -(-len(wanted) // A_PAGE))
            at = min(address.page, pages)
            st.html(listing.table(wanted[(at - 1) * A_PAGE : at * A_PAGE], total=len(rows), found=len(wanted)))
            if pages > 1:
                st.html(turning(at, pages, lambda number: to("documents", replace(address, page=number).params())))
            if count := sum(row.sample for row in rows):
                samples(count)


page()
