"""Questions to the corpus, kept until it changes: the same question twice costs nothing, and an editor sees her own work at once.

`state` names the graph and the register that answered; it is a part of the key and nothing else.
"""

from __future__ import annotations

from typing import Literal, cast

import msgspec
import streamlit as st

from app_pages._parts import reading
from app_pages._parts.html import Html
from app_pages._parts.language import language
from app_pages._parts.session import ResolutionLike, workspace
from graph.errors import GraphError
from graph.questions import More
from graph.records import DocumentView, Filters, Neighbourhood, RemedyAnswer, Statistics
from pipeline.records import FactorType, LinkType
from zhengmai.chains import Chain

NAMES, NAMES_OF_ONE = 3000, 3
"""names that are offered while a question is typed, in all and of one concept"""
KEPT, TEXTS = 200, 12
"""answers of each kind, and texts, that are kept"""


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _resolution(question: str, *, state: str) -> ResolutionLike:
    del state
    return cast(ResolutionLike, workspace().register.resolve(question))


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _remedies(question: str, filters: str, limit: int, *, state: str) -> RemedyAnswer:
    del state
    return workspace().remedies(question, msgspec.json.decode(filters, type=Filters), limit=limit)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _neighbourhood(
    concept: str, filters: str, limit: int, relations: tuple[LinkType, ...], more: More | None, steps: Literal[1, 2], *, state: str
) -> Neighbourhood:
    del state
    narrowed = msgspec.json.decode(filters, type=Filters)
    return workspace().neighbourhood(concept, narrowed, limit=limit, relations=relations, more=more, steps=steps)


@st.cache_data(show_spinner=False, max_entries=4)
def _statistics(*, state: str) -> Statistics:
    del state
    return workspace().statistics()


@st.cache_data(show_spinner=False, max_entries=4)
def _regions(*, state: str) -> tuple[str, ...]:
    del state
    return workspace().regions()


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _chains(question: str, filters: str, limit: int, *, state: str) -> tuple[Chain, ...]:
    return workspace().chains(_remedies(question, filters, limit, state=state).rows)


@st.cache_data(show_spinner=False, max_entries=4)
def _names(chinese: bool, *, state: str) -> list[tuple[str, str]]:
    del state
    found: dict[str, str] = {}
    for names, english in workspace().spoken_of():
        first, second = (names, english) if chinese else (english or names, names if english else ())
        for name in first[:NAMES_OF_ONE]:
            found.setdefault(name, second[0] if second and name == first[0] else first[0] if name != first[0] else "")
        for name in second[:1]:
            found.setdefault(name, first[0])
    return list(found.items())[:NAMES]


@st.cache_resource(show_spinner=False, max_entries=TEXTS)
def _document(document: str, *, state: str) -> DocumentView:
    del state
    return workspace().document(document)


@st.cache_resource(show_spinner=False, max_entries=TEXTS)
def _texts(document: str, types: tuple[FactorType, ...], in_language: str, *, state: str) -> dict[str, Html]:
    del in_language
    return reading.texts(_document(document, state=state), types)


def _state() -> str:
    corpus = workspace()
    return f"{corpus.version()}-{corpus.register.digest}"


def _written(filters: Filters) -> str:
    return msgspec.json.encode(filters).decode()


def resolution(question: str) -> ResolutionLike:
    """Which concept a question means."""
    return _resolution(question, state=workspace().register.digest)


def remedies(question: str, filters: Filters, *, limit: int) -> RemedyAnswer:
    """Remedies of the concept that a question or a concept id means."""
    return _remedies(question, _written(filters), limit, state=_state())


def neighbourhood(
    concept: str, filters: Filters, *, limit: int, relations: tuple[LinkType, ...] = (), more: More | None = None, steps: Literal[1, 2] = 1
) -> Neighbourhood:
    """The map around a concept, with positions."""
    return _neighbourhood(concept, _written(filters), limit, relations, more, steps, state=_state())


def statistics() -> Statistics:
    """What is in the corpus."""
    return _statistics(state=_state())


def regions() -> tuple[str, ...]:
    """Places that documents are about or come from, those of most statements first."""
    return _regions(state=_state())


def chains(question: str, filters: Filters, *, limit: int) -> tuple[Chain, ...]:
    """Driver → dilemma → remedy → goal, through the remedies that `remedies` gives for the same arguments."""
    return _chains(question, _written(filters), limit, state=_state())


def document(identity: str) -> DocumentView:
    """A document with all that may be shown of it; nobody changes it."""
    return _document(identity, state=_state())


def texts(identity: str, types: tuple[FactorType, ...]) -> dict[str, Html]:
    """The blocks of a document as they stand in the language of this run when nothing is chosen; nobody changes them."""
    return _texts(identity, types, language(), state=_state())


def names(*, chinese: bool) -> list[tuple[str, str]]:
    """Names of the concepts that the documents speak of, each with a second one; nothing while the corpus cannot be asked, which the page itself says."""
    try:
        return _names(chinese, state=_state())
    except GraphError:
        return []
