"""sqlite: the graph in one file, no server. Several processes may read and write it at once; writers queue, readers never wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Literal, Self

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
    Statistics,
)
from graph.sqlite import _answers, _check, _concepts, _documents, _precedents, _search, _supports, _words, _write
from graph.sqlite._ask import only
from graph.sqlite._connect import Connections, files_of, remove_files
from graph.sqlite._tally import Kept
from graph.store import Column, SearchPage
from pipeline.records import FactorType, LinkType

__all__ = ["SqliteStore", "files_of", "remove_files"]

_WAIT = 30.0
_AT_ONCE = 50
"""documents of one transaction when many are put in: a second of writing at most"""
_MOST_S = 10.0
"""seconds that documents are taken into one transaction where the graph was empty; what is made from them takes half as long again"""


class SqliteStore:
    """A `GraphStore` in one SQLite file (made where there is none; its folder must exist). May be shared by threads.

    `wait`: seconds that a write waits for other processes before it raises `StoreBusy`.

    Raises:
        SchemaTooNew: a newer version of this program made the file.
        StoreCorrupt: the file is no graph of ours, or damaged.
        StoreNotWritable: there is no such folder, or no right to write in it.
    """

    def __init__(self, path: Path | str, *, wait: float = _WAIT) -> None:
        self.path = Path(path)
        self._connections = Connections(self.path, wait=wait)
        self._kept = Kept()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back; a second call does nothing."""
        self._connections.close()

    @property
    def version(self) -> int:
        with self._connections.reading() as connection:
            return int(only(connection, "SELECT value FROM meta WHERE name = 'version'")[0])

    def upsert_document(self, projection: DocumentProjection) -> None:
        self.upsert_documents((projection,))

    def upsert_documents(self, projections: Iterable[DocumentProjection]) -> int:
        """How many documents were put in, many in one transaction: documents that come together touch the same pages of the commonest concepts.

        Raises:
            EdgeWithoutEnd: an edge names a node that is not there; of its transaction nothing is written, of those before it all.
        """
        waiting, done = iter(projections), 0
        if not self.documents():
            done = self._fill(waiting)
        # they are made before the lock is taken: other writers wait for the writing alone
        while some := list(islice(waiting, _AT_ONCE)):
            later: set[int] | None = set() if len(some) > 1 else None
            with self._connections.writing() as connection:
                for projection in some:
                    _write.remove_document(connection, projection.source.document, later=later)
                    _write.insert_document(connection, projection, later=later)
                if later is not None:
                    _write.enliven_all(connection, later)
            done += len(some)
        return done

    def _fill(self, waiting: Iterator[DocumentProjection]) -> int:
        """How many documents were put into an empty graph, all that are `waiting`: nobody has anything to change there yet, so that one
        transaction may take many, and what is made from them is made for all of them in one go. They are made while the lock is held:
        whoever makes them must not write to this graph meanwhile."""
        done = 0
        while (projection := next(waiting, None)) is not None:
            with self._connections.writing() as connection:
                later: set[int] = set()
                until = monotonic() + _MOST_S
                for projection_ in chain((projection,), waiting):
                    _write.remove_document(connection, projection_.source.document, later=later)
                    _write.insert_document(connection, projection_, later=later)
                    done += 1
                    if monotonic() > until:
                        break
                _write.enliven_all(connection, later)
        if done:
            # four seconds for ten thousand documents; otherwise each of the next hundred writes merges a part of what was filled in
            with self._connections.writing() as connection:
                _write.merge_words(connection)
        return done

    def delete_document(self, document: str) -> bool:
        with self._connections.writing() as connection:
            return _write.remove_document(connection, document)

    def purge_document(self, document: str) -> bool:
        try:
            with self._connections.writing(overwrite=True) as connection:
                found = _write.remove_document(connection, document)
                _write.remove_strangers(connection)
                # the full-text index only marks what is deleted; its words go when its parts are written anew
                _write.merge_words(connection)
        finally:
            self._connections.empty_log()
        return found

    def documents(self) -> tuple[DocumentSummary, ...]:
        with self._connections.reading() as connection:
            return _documents.document_summaries(connection, self._kept)

    def document(self, document: str) -> DocumentView:
        with self._connections.reading() as connection:
            return _documents.document_view(connection, document)

    def links_about(
        self, tiers: Sequence[ConceptTier], kind: LinkType, *, end: Literal["source", "target"] = "source", filters: Filters, limit: int, offset: int = 0
    ) -> LinkPage:
        with self._connections.reading() as connection:
            return _answers.link_page(connection, tiers, kind, side=int(end == "target"), filters=filters, limit=limit, offset=offset)

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
        with self._connections.reading() as connection:
            return _answers.factor_page(connection, tiers, types, answered=answered, filters=filters, limit=limit, offset=offset)

    def links_in_words(self, terms: Sequence[str], kind: LinkType, *, filters: Filters, limit: int, offset: int = 0) -> LinkPage:
        with self._connections.reading() as connection:
            return _words.link_page(connection, terms, kind, filters=filters, limit=limit, offset=offset)

    def concepts(self, keys: Sequence[str]) -> tuple[ConceptRef, ...]:
        with self._connections.reading() as connection:
            return _concepts.concept_refs(connection, keys)

    def commonest(self, *, filters: Filters, limit: int) -> tuple[ConceptCount, ...]:
        with self._connections.reading() as connection:
            return _documents.commonest(connection, filters, self._kept, limit=limit)

    def years(self, concepts: Sequence[str], *, filters: Filters) -> tuple[YearCount, ...]:
        with self._connections.reading() as connection:
            return _concepts.year_counts(connection, concepts, filters)

    def gaps(self, *, filters: Filters, limit: int, offset: int = 0) -> tuple[tuple[GapCount, ...], int]:
        with self._connections.reading() as connection:
            return _concepts.gap_counts(connection, filters, self._kept, limit=limit, offset=offset)

    def ties(self, concept: str, *, filters: Filters, limit: int) -> tuple[ConceptTie, ...]:
        with self._connections.reading() as connection:
            return _concepts.ties(connection, concept, filters, limit=limit)

    def pairs(self, *, filters: Filters, limit: int) -> tuple[tuple[ConceptPair, ...], int]:
        with self._connections.reading() as connection:
            return _concepts.pairs(connection, filters, limit=limit)

    def tied(self, concepts: Sequence[str], *, filters: Filters) -> dict[str, tuple[str, ...]]:
        with self._connections.reading() as connection:
            return _concepts.tied_concepts(connection, concepts, filters)

    def links_between(self, pairs: Sequence[tuple[str, str]], *, filters: Filters) -> dict[tuple[str, str], Between]:
        with self._connections.reading() as connection:
            return _concepts.links_between(connection, pairs, filters)

    def supports(self, document: str) -> tuple[Support, ...]:
        with self._connections.reading() as connection:
            return _supports.supports(connection, document)

    def tie_supports(self, document: str) -> tuple[TieSupport, ...]:
        with self._connections.reading() as connection:
            return _supports.tie_supports(connection, document)

    def actors_of(self, factors: Sequence[tuple[str, str]]) -> tuple[ActorOf, ...]:
        with self._connections.reading() as connection:
            return _documents.actors_of(connection, factors)

    def precedents(self, concepts: Sequence[str], actors: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> PrecedentPage:
        with self._connections.reading() as connection:
            return _precedents.precedent_page(connection, concepts, actors, filters=filters, limit=limit, offset=offset)

    def cells(self, concepts: Sequence[str] | None, *, by: Column, filters: Filters) -> tuple[Cell, ...]:
        with self._connections.reading() as connection:
            return (
                _concepts.dim_cells(connection, by, filters, self._kept) if concepts is None else _concepts.cells(connection, concepts, by, filters, self._kept)
            )

    def group_cells(self, groups: Mapping[str, Sequence[str]], *, by: Column, filters: Filters) -> tuple[Cell, ...]:
        with self._connections.reading() as connection:
            return _concepts.group_cells(connection, groups, by, filters)

    def search(self, terms: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> SearchPage:
        with self._connections.reading() as connection:
            return _search.search_page(connection, terms, filters=filters, limit=limit, offset=offset)

    def base(self, filters: Filters) -> SearchBase:
        with self._connections.reading() as connection:
            return _documents.search_base(connection, filters)

    def statistics(self, filters: Filters) -> Statistics:
        with self._connections.reading() as connection:
            return _documents.statistics(connection, filters, self._kept)

    def outcomes(self) -> tuple[Outcome, ...]:
        with self._connections.reading() as connection:
            return _documents.outcomes(connection)

    def check(self) -> tuple[Problem, ...]:
        # the full-text index is checked by a statement that counts as a write: under the lock, so that no reader's snapshot is outgrown
        with self._connections.locked() as connection:
            return tuple(_check.problems(connection))

    def digest(self) -> str:
        with self._connections.reading() as connection:
            return _check.digest(connection)
