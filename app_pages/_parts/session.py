"""The way from a page to the workspace, and what a visitor's session remembers."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import Protocol

import streamlit as st

from zhengmai.messages import LANGUAGES, text
from zhengmai.settings import Settings, read_settings
from zhengmai.workspace import Workspace, open_workspace

WHO = "desk.who"
"""session key of the name under which a visitor decides"""

_QUESTION = "session.question"


class ConceptLike(Protocol):
    """What a page shows of a concept of the register."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def english(self) -> tuple[str, ...]: ...
    @property
    def definition(self) -> str: ...


class RelativesLike(Protocol):
    """Ids of what stands around a concept."""

    @property
    def broader(self) -> Sequence[str]: ...
    @property
    def narrower(self) -> Sequence[str]: ...
    @property
    def related(self) -> Sequence[str]: ...
    @property
    def near(self) -> Sequence[str]: ...


class CandidateLike(Protocol):
    """A concept that a question may mean, the name it was known by, and how."""

    @property
    def concept(self) -> str: ...
    @property
    def how(self) -> str: ...
    @property
    def name(self) -> str: ...


class ResolutionLike(Protocol):
    """How a question was understood."""

    @property
    def concept(self) -> str | None: ...
    @property
    def candidates(self) -> Sequence[CandidateLike]: ...


class RegisterLike(Protocol):
    """Concepts by id."""

    def get(self, identity: str) -> ConceptLike | None: ...


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """What this machine was set up with; read once."""
    return read_settings()


_prepared: list[Workspace] = []
"""the corpus that was opened before there was a visitor, if any"""


def prepare() -> None:
    """Open the corpus and make ready what the first visitor needs, in the process that will serve the page and before its port opens."""
    opened = open_workspace(read_settings())
    opened.warm()
    opened.statistics()
    opened.spoken_of()
    for language in LANGUAGES:
        text("app.title", language)
    _prepared.append(opened)


@st.cache_resource(show_spinner=False)
def workspace() -> Workspace:
    """The corpus; opened once for all visitors, with one connection a thread behind it. What nobody prepared is warmed while the first page is drawn."""
    if _prepared:
        return _prepared.pop()
    opened = open_workspace(settings())
    Thread(target=opened.warm, daemon=True).start()
    return opened


def remember_question(link: str) -> None:
    """Keep the address of the last question, for the way back from a document."""
    st.session_state[_QUESTION] = link


def way_back() -> str:
    """Address of the last question of this session, or nothing."""
    return str(st.session_state.get(_QUESTION, ""))
