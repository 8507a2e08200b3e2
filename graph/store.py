"""The store of the graph, by operation and never by query text: what every store must do, and the pages that it hands out.

All operations of one store see whole documents only. Reading never waits for writing. Rows come in our own order (tier, whether
the concept stands in the very words, stated before aligned, surest first, newest first, document, place), so that two stores page alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Literal, Protocol, Self

import msgspec

from graph.projection import DocumentProjection
from graph.records import (
    ConceptTier,
    DocumentSummary,
    DocumentView,
    FactorPage,
    Filters,
    LinkPage,
    Outcome,
    Problem,
    SearchBase,
    SearchRow,
    Statistics,
    TermCount,
)
from pipeline.records import FactorType, LinkType

__all__ = ["GraphStore", "SearchPage"]


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences that hold the words; `apart` counts each word by itself where no sentence holds all."""

    rows: tuple[SearchRow, ...]
    total: int
    documents: int
    works: int
    within: Literal["sentence", "document"]
    apart: tuple[TermCount, ...]


class GraphStore(Protocol):
    """A graph that can be asked and changed. Every method may raise `StoreError`; writes are one transaction each."""

    @property
    def version(self) -> int:
        """Grows with every write: what was computed for a version holds until it changes."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def upsert_document(self, projection: DocumentProjection) -> None:
        """Put a document in, or in the place of what was there of it.

        Raises:
            EdgeWithoutEnd: an edge names a node that is not there; nothing is changed.
        """
        ...

    def delete_document(self, document: str) -> bool:
        """Take a document out with everything that only it supports; false where it was not there."""
        ...

    def documents(self) -> tuple[DocumentSummary, ...]:
        """All documents, newest first."""
        ...

    def document(self, document: str) -> DocumentView:
        """Everything about one document, rejected statements too.

        Raises:
            UnknownDocument: it is not in the graph.
        """
        ...

    def links_about(
        self, tiers: Sequence[ConceptTier], kind: LinkType, *, end: Literal["source", "target"] = "source", filters: Filters, limit: int, offset: int = 0
    ) -> LinkPage:
        """Links whose one end is about a concept; each stands in its first tier only."""
        ...

    def factors_about(
        self,
        tiers: Sequence[ConceptTier],
        types: Sequence[FactorType],
        *,
        answered: bool | None = None,
        filters: Filters,
        limit: int,
        offset: int = 0,
    ) -> FactorPage:
        """Factors about a concept; `answered` false: dilemmas without a remedy of their own, of their heading or of their clauses."""
        ...

    def search(self, terms: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> SearchPage:
        """Sentences with all folded `terms` (`graph._fold.search_terms`)."""
        ...

    def base(self, filters: Filters) -> SearchBase:
        """How much the filters leave to be searched."""
        ...

    def statistics(self, filters: Filters) -> Statistics: ...

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each decision about each document."""
        ...

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the store; nothing for a whole one."""
        ...

    def digest(self) -> str:
        """Hash of the content: equal for graphs of the same statements, decisions and register, in whatever order they were built."""
        ...
