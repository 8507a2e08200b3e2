"""The language of a view: what the URL says, else what the machine was set up with. Chinese unless told otherwise."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import cast
from urllib.parse import urlencode

import streamlit as st

from app_pages._parts.address import Page, Params, href
from app_pages._parts.session import settings
from zhengmai import messages
from zhengmai.messages import LANGUAGES, Language

PARAMETER = "lang"
_VERSION = re.compile(r"\.v\d+$")


_RUN: ContextVar[tuple[Language, Language]] = ContextVar("language of the run and of the machine")
"""a page asks for its language thousands of times, and the way to the address and the settings is long"""


def begin() -> None:
    """Read the language once for a run; before that, and in a run of a part alone, each call reads it anew."""
    _RUN.set((_language(), _default_language()))


def _default_language() -> Language:
    return cast(Language, settings().language)


def _language() -> Language:
    wanted = st.query_params.get(PARAMETER)
    return wanted if wanted in LANGUAGES else _default_language()


def default_language() -> Language:
    """What a page without `?lang=` is shown in."""
    known = _RUN.get(None)
    return known[1] if known else _default_language()


def language() -> Language:
    """The language of this run."""
    known = _RUN.get(None)
    return known[0] if known else _language()


def t(key: str, **values: object) -> str:
    """A message in the language of this run."""
    return messages.text(key, language(), **values)


def named(family: str, code: str | None) -> str:
    """The word for a code of a family: `named("kind", "law")` → `法规`."""
    return messages.label(family, code, language())


def author(code: str) -> str:
    """Who found or confirmed something, in words: `links.plan.v2` → 按篇章结构对应; `person:周编辑` → 周编辑 确认."""
    kind, _, who = code.partition(":")
    if kind == "person" and who:
        return t("author_of.person", who=who)
    component = _VERSION.sub("", code)
    words = named("author_of", component)
    return t("author_of.machine") if words == component else words


def with_language(params: Params) -> Params:
    """Parameters of a link that keeps the language."""
    return params if language() == default_language() else {**params, PARAMETER: language()}


def to(page: Page, params: Params) -> str:
    """A link within the page that keeps the language."""
    return href(page, with_language(params))


def here(more: Params) -> str:
    """A link to this very view with something added; what is empty is left out. The dialogs over a page are opened by such links."""
    given: Params = {name: st.query_params.get_all(name) for name in st.query_params if name not in ("do", "of", "about")}
    return "?" + urlencode({**given, **{name: value for name, value in more.items() if value}}, doseq=True)


def go(params: Params) -> None:
    """Make this the address of the page; a callback calls it, and the run that follows reads it."""
    st.query_params.from_dict(with_language(params))
