"""What the pages over many documents share: their style sheet, the strip of links from one question to its other views, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from app_pages._parts import asked
from app_pages._parts.address import LONGEST_QUESTION, Page, Params
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import language, t, to
from app_pages._parts.session import workspace
from graph.records import ConceptRef

VIEWS: tuple[tuple[Page, str], ...] = (("", "nav_wide.remedies"), ("links", "nav_wide.links"), ("compare", "nav_wide.compare"), ("matrix", "nav_wide.matrix"))
"""pages that answer one question, each in its own way"""
_SHARED = ("q", "kind", "level", "region", "from", "to", "basis", "conf")
"""parameters that mean the same on all of them"""


def style() -> None:
    """Put the style sheet of these pages beside that of all pages."""
    st.html(Path(__file__).with_name("wide.css"))


def other_views(params: Params, here: Page) -> Html:
    """Links from a question to its other views, its filters kept: 对策 · 成因与局限 · 比较 · 矩阵与时间."""
    kept = {name: value for name, value in params.items() if name in _SHARED}
    links = [el("span", t(key), cls="zm-here", aria_current="page") if page == here else el("a", t(key), href=to(page, kept)) for page, key in VIEWS]
    return block(el("nav", el("small", t("nav_wide.lead")), *links, cls="zm-views", aria_label=t("nav_wide.lead")))


def ask_box(key: str, q: str, placeholder: str, ask: Callable[[], None]) -> None:
    """The box of these pages; Enter asks, and `ask` writes it into the address."""
    st.session_state[f"{key}.q"] = q
    with st.container(key="question-wide"), st.form(key, border=False):
        box, button = st.columns([1, 0.14], vertical_alignment="bottom", gap="small")
        box.text_input(t("ask.label"), key=f"{key}.q", placeholder=placeholder, max_chars=LONGEST_QUESTION, label_visibility="collapsed")
        button.form_submit_button(t("nav_wide.show"), type="primary", on_click=ask, width="stretch")


def title(words: str, lead: str) -> None:
    """The head of a page before anything was asked."""
    st.html(block(el("div", el("h1", words), el("div", el("span", lead), cls="zm-meta"), cls="zm-doc")))


def example(name: str) -> str:
    """A Chinese name of a concept in the language of the page: `数据孤岛` → `data silos`."""
    concept = workspace().register.get(asked.resolution(name).concept or "") if language() == "en" else None
    return concept.english[0] if concept and concept.english else name


def examples(page: Page, names: Sequence[str]) -> None:
    """Questions to try, as links to this page."""
    st.html(block(el("div", el("span", t("ask.try")), *(el("a", name, href=to(page, {"q": name})) for name in map(example, names)), cls="zm-try")))


def ref_name(ref: ConceptRef) -> str:
    """The name of a concept in the language of the page."""
    return ref.english if language() == "en" and ref.english else ref.name


def named_concept(question: str, concept: ConceptRef | None) -> Html:
    """The concept that was taken, with its name in the other language; the question itself where there is none."""
    name = ref_name(concept) if concept else question
    second = "" if concept is None else concept.name if name != concept.name else concept.english or ""
    return block(el("div", el("h1", name), el("span", second, cls="zm-en"), cls="zm-named"))


def unknown(question: str, page: Page, params: Params) -> Html:
    """No concept of the register fits: one sentence, the names that lie near as links to the same view, and the way to a search by words."""
    near = [workspace().register.get(one.concept) for one in asked.resolution(question).candidates]
    names = [one.english[0] if language() == "en" and one.english else one.name for one in near[:6] if one]
    offers = el("p", t("understood.did_you_mean"), " ", Html(t("list.join").join(el("a", name, href=to(page, {**params, "q": name})) for name in names)))
    back = el("p", el("a", t("nav_wide.by_words"), href=to("", {"q": question})))
    return block(el("div", el("h3", t("nav_wide.unknown", question=question)), offers if names else "", back, cls="zm-note"))


def note(words: str, *ways: tuple[str, str]) -> Html:
    """One sentence about what is not there, and ways on: words and link."""
    return block(el("div", el("h3", words), el("ul", *(el("li", el("a", said, href=link)) for said, link in ways)), cls="zm-note"))
