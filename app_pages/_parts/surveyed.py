"""Questions over many documents, kept until the corpus changes; the page asks again only what it has not asked of this version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

import msgspec
import streamlit as st

from app_pages._parts.session import workspace
from app_pages._parts.views import By
from graph.overviews import Matrix
from graph.records import Filters, SearchBase
from zhengmai.coverage import Coverage

KEPT = 200
"""answers that are kept"""

_Answer = TypeVar("_Answer")


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _kept(name: str, arguments: str, *, state: str, _ask: Callable[[], object]) -> object:
    del name, arguments, state
    return _ask()


def surveyed(name: str, ask: Callable[[], _Answer], *arguments: object) -> _Answer:
    """What `ask` gives; for the same name, arguments, graph and register it is called once."""
    corpus = workspace()
    state = f"{corpus.version()}-{corpus.register.digest}"
    return cast(_Answer, _kept(name, msgspec.json.encode(arguments, order="deterministic").decode(), state=state, _ask=ask))


def coverage(*, samples: bool) -> Coverage:
    """What is loaded, of the samples or of what was added."""
    return surveyed("coverage", lambda: workspace().coverage(samples=samples), samples)


def matrix(rows: Sequence[str] | None, filters: Filters, by: By) -> Matrix:
    """Concepts or dims by a property of the document."""
    return surveyed("matrix", lambda: workspace().matrix(rows, filters, by=by), rows, filters, by)


def whole() -> SearchBase:
    """What is searched without any narrowing."""
    return surveyed("base", lambda: workspace().statistics(Filters()).base)


def spans() -> tuple[int, int]:
    """First and last year of the documents that answer; equal where there is no choice."""
    base = whole()
    return (base.year_from, base.year_to) if base.year_from is not None and base.year_to is not None else (0, 0)
