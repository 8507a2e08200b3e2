"""What readers reported as wrong, each with its answer or the buttons to answer it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages._parts import chrome
from app_pages._parts.act_links import document_link
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import named, t
from app_pages._parts.session import WHO, workspace
from corpus.records import Verdict
from zhengmai.reporting import LONGEST_NOTE, Report

_SAID = "queue.said"
MOST = 50
"""reports that are shown at once"""


def answer(report: str, verdict: Verdict) -> None:
    """Answer a report under the visitor's name; what went wrong is said in words after the run."""
    _attempt(lambda who: workspace().answer(report, verdict, who=who, note=st.session_state.get(f"queue.note.{report}") or ""))


def reopen(answer_id: str) -> None:
    """Take an answer back."""
    _attempt(lambda who: workspace().undo(answer_id, who=who))


def _attempt(act: object) -> None:
    who = str(st.session_state.get(WHO) or "").strip()
    if not who:
        st.session_state[_SAID] = t("desk.no_name")
        return
    try:
        act(who)  # type: ignore[operator]
    except chrome.OURS as error:
        st.session_state[_SAID] = chrome.in_words(error)
        return
    st.toast(t("reports.done"), icon=":material/check:")


def _words(report: Report, title: str) -> Html:
    who = report.who or t("report.nobody")
    kind = named("type", report.type) if report.target == "factor" else named("link_away", report.type) if report.target == "link" else ""
    link = el("a", t("quote.open"), href=document_link(report.document, report.place), cls="zm-open") if report.found else ""
    parts = [
        el("div", el("span", title, cls="zm-title"), el("span", t("reports.by", who=who, at=report.at[:10])), el("span", kind), cls="zm-source"),
        el("blockquote", " → ".join(report.quotes)),
        el("p", report.note, cls="zm-said") if report.note else "",
        "" if report.found else el("p", t("reports.gone"), cls="zm-how"),
        el("div", el("div", _answered(report), cls="zm-facts"), link, cls="zm-under"),
    ]
    return el("article", *parts, cls="zm-card zm-small zm-report")


def _answered(report: Report) -> Html:
    if report.verdict is None:
        return Html("")
    words = t("reports.verdict", verdict=named("verdict", report.verdict), who=report.answered_by)
    return join([el("span", words), el("span", report.answer_note) if report.answer_note else ""])


def draw(reports: Sequence[Report], titles: dict[str, str]) -> None:
    """The reports in their order; `titles`: document → its title."""
    if words := st.session_state.pop(_SAID, ""):
        chrome.problem(words)
    for report in reports[:MOST]:
        # what answers a report stands in one frame with it
        with st.container(key=f"report-{report.id}", gap="small"):
            st.html(block(_words(report, titles.get(report.document, ""))))
            if report.answer is not None:
                st.button(t("reports.reopen"), key=f"queue.reopen.{report.id}", on_click=reopen, args=(report.answer,), type="tertiary")
            else:
                _answering(report)


def _answering(report: Report) -> None:
    """The field and the buttons of an open report."""
    st.text_input(
        t("reports.answer_note"),
        key=f"queue.note.{report.id}",
        placeholder=t("reports.answer_note"),
        label_visibility="collapsed",
        max_chars=LONGEST_NOTE,
        on_change="ignore",
    )
    verdicts: tuple[tuple[Verdict, str], ...] = (
        ("accept", "reports.accept" if report.statement else "reports.accept_place"),
        ("reject", "reports.reject"),
        ("dismiss", "reports.dismiss"),
    )
    with st.container(horizontal=True, gap="small", key=f"queue-{report.id}"):
        for verdict, key in verdicts:
            st.button(t(key), key=f"queue.{verdict}.{report.id}", on_click=answer, args=(report.id, verdict))
