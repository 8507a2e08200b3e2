"""What the pages over many documents share: their style sheet, the strip of links from one question to its other views, notes."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app_pages._parts.address import Page, Params
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import t, to

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
