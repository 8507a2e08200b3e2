"""What stands on every page: the style sheet, the masthead with pages and language, the notice while samples answer, errors in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from app_pages._parts import bridge
from app_pages._parts.address import Page
from app_pages._parts.cards import sample_mark
from app_pages._parts.html import block, el
from app_pages._parts.language import PARAMETER, default_language, language, named, t, to, with_language
from app_pages._parts.session import workspace
from corpus.errors import CorpusError
from graph.errors import GraphError
from pipeline.errors import PipelineError
from zhengmai import messages
from zhengmai.errors import ZhengmaiError
from zhengmai.messages import LANGUAGES

OURS = (CorpusError, PipelineError, GraphError, ZhengmaiError)
ICON = Path(__file__).with_name("seal.svg")
_LANGUAGE_KEY = "chrome.language"


def style() -> None:
    """Put the style sheet on the page; in English, Latin letters and quotation marks come from a Latin face."""
    st.html(Path(__file__).with_name("page.css"))
    if (theme := st.context.theme.type) in ("light", "dark"):
        st.html(f"<style>:root {{ color-scheme: {theme}; }}</style>")
    if language() == "en":
        st.html('<style>:root { --hei: "Source Sans", system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }</style>')


def _switch() -> None:
    chosen = st.session_state[_LANGUAGE_KEY]
    if chosen == default_language():
        st.query_params.pop(PARAMETER, None)
    elif chosen:
        st.query_params[PARAMETER] = chosen


def open_reports() -> int:
    """How many reports of readers wait for an answer; none where the corpus cannot be asked now, which the page itself says."""
    try:
        return sum(report.open for report in workspace().reports())
    except OURS:
        return 0


def masthead(here: Page) -> None:
    """Name, pages and language; each page link leads to that page's plain view, so no page inherits another's filters."""
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        name = el("span", el("b", t("app.name")), el("small", t("app.tagline")))
        st.html(block(el("a", el("span", "政脉", cls="zm-seal"), name, cls="zm-brand", href=to("", {}))), width="content")
        st.space("stretch")
        pages: tuple[tuple[Page, str], ...] = (("", "nav.ask"), ("documents", "nav.documents"), ("overview", "nav_wide.overview"), ("basket", "nav.basket"))
        for page, key in pages:
            with st.container(key="here" if page == here else f"go-{page or 'ask'}", width="content"):
                st.page_link(bridge.FILES[page], label=t(key), query_params=with_language({}))
        if waiting := open_reports():
            with st.container(key="here" if here == "reports" else "go-reports", width="content"):
                st.page_link(bridge.FILES["reports"], label=t("nav.reports", n=waiting), query_params=with_language({}))
        st.session_state[_LANGUAGE_KEY] = language()
        st.segmented_control(
            t("app.language"),
            LANGUAGES,
            format_func=lambda code: messages.text("app.this_language", code),
            required=True,
            key=_LANGUAGE_KEY,
            label_visibility="collapsed",
            on_change=_switch,
        )


def samples_notice() -> None:
    """Say that what answers was written for this project: 示例（虚构）."""
    words = el("span", t("sample.banner"), " ", el("a", t("sample.replace"), href=to("documents", {})))
    st.html(block(el("div", sample_mark(), words, cls="zm-banner")))


def in_words(error: Exception) -> str:
    """An error of ours in the language of the page: by its code, with its own words where there is no message."""
    code = f"error.{getattr(error, 'code', '')}"
    data = getattr(error, "data", None)
    given = data if isinstance(data, dict) else {name: value for name, value in vars(error).items() if not name.startswith("_")}
    values = {name: named("phrase", value) if isinstance(value, str) else value for name, value in given.items()}
    if messages.known(code) and messages.placeholders(messages.text(code, language())) <= values.keys():
        return t(code, **values)
    return t("error.other", words=str(error))


def problem(words: str) -> None:
    """One clear notice about something that went wrong; the words may hold names of files and are shown as they are."""
    st.html(block(el("div", el("h3", t("error.title")), el("p", words), cls="zm-note", role="alert")))


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show errors of ours as a sentence on the page instead of ending it; any other goes up."""
    try:
        yield
    except OURS as error:
        problem(in_words(error))
