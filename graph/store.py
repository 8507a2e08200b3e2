"""The store of the graph, by operation and never by query text: what every store must do, and the pages that it hands out.

All operations of one store see whole documents only. Reading never waits for writing. Rows come in our own order (tier, whether
the concept stands in the very words, stated before aligned, surest first, newest first, document, place), so that two stores page alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Literal, Protocol, Self

import msgspec

from graph.overviews import Between, Cell, ConceptPair, ConceptTie, GapCount, PrecedentPage, Support, TieSupport, YearCount
from graph.projection import DocumentProjection
from graph.records import (
    ActorOf,
    ConceptCount,
    ConceptRef,
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

__all__ = ["Column", "GraphStore", "SearchPage"]

Column = Literal["year", "kind", "issuer", "level", "place"]
"""properties of a document that a matrix may have as columns"""


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

    def upsert_documents(self, projections: Iterable[DocumentProjection]) -> int:
        """How many documents were put in, some of them in one transaction: for loading many. Each is whole or not there at any moment.

        Raises:
            EdgeWithoutEnd: an edge names a node that is not there; of its transaction nothing is written, of those before it all.
        """
        ...

    def delete_document(self, document: str) -> bool:
        """Take a document out with everything that only it supports; false where it was not there."""
        ...

    def purge_document(self, document: str) -> bool:
        """Take a document out so that no word of it is left in the files of the store; may take long. False where it was not there.

        Raises:
            StoreBusy: it is out, but a reader keeps an old state alive: call again.
        """
        ...

    def documents(self) -> tuple[DocumentSummary, ...]:
        """All documents, newest first."""
        ...

    def document(self, document: str) -> DocumentView:
        """Everything about one document with its whole text, rejected statements too, however far it may be shown.

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

    def links_in_words(self, terms: Sequence[str], kind: LinkType, *, filters: Filters, limit: int, offset: int = 0) -> LinkPage:
        """Links whose source stands in a sentence with all folded `terms`; `weak` where its own words lack one. For what no concept names."""
        ...

    def concepts(self, keys: Sequence[str]) -> tuple[ConceptRef, ...]:
        """Those of `keys` that any document names."""
        ...

    def commonest(self, *, filters: Filters, limit: int) -> tuple[ConceptCount, ...]:
        """The concepts that most works name."""
        ...

    def years(self, concepts: Sequence[str], *, filters: Filters) -> tuple[YearCount, ...]:
        """Counts of concepts together, in statements' own words, by year, oldest first; works without a date last. All filters count."""
        ...

    def gaps(self, *, filters: Filters, limit: int, offset: int = 0) -> tuple[tuple[GapCount, ...], int]:
        """Concepts by the works that leave a dilemma of them without a remedy, and how many such concepts there are."""
        ...

    def ties(self, concept: str, *, filters: Filters, limit: int) -> tuple[ConceptTie, ...]:
        """Concepts that links join to this one, those of most works first."""
        ...

    def pairs(self, *, filters: Filters, limit: int) -> tuple[tuple[ConceptPair, ...], int]:
        """Pairs of concepts that links join, those of most works first, and how many pairs there are."""
        ...

    def tied(self, concepts: Sequence[str], *, filters: Filters) -> dict[str, tuple[str, ...]]:
        """Concept → all that a link joins it to, in either direction."""
        ...

    def links_between(self, pairs: Sequence[tuple[str, str]], *, filters: Filters) -> dict[tuple[str, str], Between]:
        """For each pair of concepts that a link joins, in either direction, the surest one. Pairs that nothing joins are missing."""
        ...

    def supports(self, document: str) -> tuple[Support, ...]:
        """What a document says about each concept, and how many other works speak of it; the least supported first.

        Raises:
            UnknownDocument: it is not in the graph.
        """
        ...

    def tie_supports(self, document: str) -> tuple[TieSupport, ...]:
        """How a document ties concepts to each other, and how many other works do the same; the least supported first, then by concepts and type.

        Raises:
            UnknownDocument: it is not in the graph.
        """
        ...

    def actors_of(self, factors: Sequence[tuple[str, str]]) -> tuple[ActorOf, ...]:
        """Who takes or faces each of `factors` (document and factor ids), in the order of these."""
        ...

    def precedents(self, concepts: Sequence[str], actors: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> PrecedentPage:
        """Measures that concern `concepts` as their own matter, by their dilemma or their driver, or that `actors` (names) take."""
        ...

    def cells(self, concepts: Sequence[str] | None, *, by: Column, filters: Filters) -> tuple[Cell, ...]:
        """Works and statements about each concept, in their own words (none: about each dim), by a property of the document. All filters count."""
        ...

    def group_cells(self, groups: Mapping[str, Sequence[str]], *, by: Column, filters: Filters) -> tuple[Cell, ...]:
        """Works and statements about any concept of each group (name → ids of concepts), by a property of the document; each counts once a group."""
        ...

    def search(self, terms: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> SearchPage:
        """Sentences with all folded `terms` (`graph._fold.search_terms`); of a document that may only be quoted, those with a statement."""
        ...

    def base(self, filters: Filters) -> SearchBase:
        """How much the filters of documents leave to be searched; those of statements narrow nothing here."""
        ...

    def statistics(self, filters: Filters) -> Statistics:
        """Counts: of factors, links and concepts by all filters, the rest by those of documents."""
        ...

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each decision about each document."""
        ...

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the store; nothing for a whole one."""
        ...

    def digest(self) -> str:
        """Hash of the content: equal for graphs of the same statements, decisions and register, in whatever order they were built."""
        ...
