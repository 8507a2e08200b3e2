"""What stands on every page: the style sheet, the masthead with pages and language, the notice while samples answer, errors in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from app_pages._parts.address import Page, Params
from app_pages._parts.cards import sample_mark
from app_pages._parts.html import block, el
from app_pages._parts.language import PARAMETER, default_language, language, named, t, to
from app_pages._parts.session import workspace
from corpus.errors import CorpusError
from graph.errors import GraphError
from graph.records import SearchBase
from pipeline.errors import PipelineError
from zhengmai import messages
from zhengmai.errors import ZhengmaiError
from zhengmai.messages import LANGUAGES

OURS = (CorpusError, PipelineError, GraphError, ZhengmaiError)
ICON = Path(__file__).with_name("seal.svg")
PAGES: tuple[tuple[Page, str], ...] = (("", "nav.ask"), ("documents", "nav.documents"), ("overview", "nav_wide.overview"), ("basket", "nav.basket"))
_LATIN = ':root { --hei: "Source Sans", system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }'


@cache
def _sheet() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def style() -> None:
    """Put the style sheet on the page; in English, Latin letters and quotation marks come from a Latin face."""
    parts = [_sheet()]
    if (theme := st.context.theme.type) in ("light", "dark"):
        parts.append(f":root {{ color-scheme: {theme}; }}")
    if language() == "en":
        parts.append(_LATIN)
    sheet = "\n".join(parts)
    st.html(f"<style>{sheet}</style>")


def open_reports() -> int:
    """How many reports of readers wait for an answer; none where the corpus cannot be asked now, which the page itself says."""
    try:
        return sum(report.open for report in workspace().reports())
    except OURS:
        return 0


def _in_language(code: str) -> str:
    """The address of this very view in another language."""
    given: Params = {name: st.query_params.get_all(name) for name in st.query_params if name != PARAMETER}
    return "?" + urlencode(given if code == default_language() else {**given, PARAMETER: code}, doseq=True)


def masthead(here: Page | None) -> None:
    """Name, pages and language as links, one element of the page; each page's link leads to its plain view, so no page inherits another's filters."""
    name = el("span", el("b", t("app.name")), el("small", t("app.tagline")))
    brand = el("a", el("span", "政脉", cls="zm-seal"), name, cls="zm-brand", href=to("", {}))
    pages: list[tuple[Page, str]] = [(page, t(key)) for page, key in PAGES]
    if waiting := open_reports():
        pages.append(("reports", t("nav.reports", n=waiting)))
    links = [el("a", words, href=to(page, {}), aria_current="page" if page == here else "") for page, words in pages]
    languages = [
        el("a", messages.text("app.this_language", code), href=_in_language(code), hreflang=code, aria_current="true" if code == language() else "")
        for code in LANGUAGES
    ]
    nav, switch = el("nav", *links, aria_label=t("nav.pages")), el("nav", *languages, cls="zm-languages", aria_label=t("app.language"))
    st.html(block(el("header", brand, nav, switch, cls="zm-masthead")))


def who_answers(base: SearchBase) -> None:
    """Say that what answers was written for this project, 示例（虚构）, or that nothing can answer yet and what to do; nothing where documents answer.

    `base`: what is searched without any narrowing.
    """
    if base.samples and not base.documents:
        words = el("span", el("b", t("overview.empty_title")), t("list.colon"), el("a", t("overview.empty_add"), href=to("documents", {})))
        st.html(block(el("div", words, cls="zm-banner zm-nothing")))
    elif base.samples:
        _samples_notice()


def _samples_notice() -> None:
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


def problem(words: str, *, back: bool = False) -> None:
    """One clear notice about something that went wrong; the words may hold names of files and are shown as they are. `back`: with ways back."""
    ways = [el("li", el("a", t("basket.ask"), href=to("", {}))), el("li", el("a", t("reading.choose"), href=to("documents", {})))] if back else []
    st.html(block(el("div", el("h3", t("error.title")), el("p", words), el("ul", *ways) if ways else "", cls="zm-note", role="alert")))


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show errors of ours as a sentence and ways back instead of ending the page; any other goes up."""
    try:
        yield
    except OURS as error:
        problem(in_words(error), back=True)
