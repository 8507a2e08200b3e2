"""neo4j: the graph on a Neo4j 5 server, for those who have one or outgrow one machine. Answers are those of the SQLite store, row for row.

The server holds the graph of the design, for whoever asks it in Cypher, and beside it rows made of each document
(`graph.neo4j._prepared`). Questions fetch the rows of the concepts that they are about, narrow, count and order them here, and ask the
graph for the words of one page. Writers queue; readers never wait, and read again what somebody wrote in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from graph.neo4j import _answers, _check, _documents, _overviews, _precedents, _search, _ties, _write
from graph.neo4j._columns import Columns, Looking
from graph.neo4j._connect import Ask, Server, Torn, read_address
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
from graph.store import Column, SearchPage
from pipeline.records import FactorType, LinkType

__all__ = ["Neo4jStore", "read_address"]

Result = TypeVar("Result")

_WAIT = 30.0
_AT_ONCE, _MOST_NODES = 20, 40_000
"""documents of one transaction, and their nodes and relations, where many are put in: the server keeps a transaction in memory"""
_DOCUMENT_S = 15.0
"""seconds more that the server may take for each document of a transaction; for the first of a new server it also plans the statements"""


class Neo4jStore:
    """A `GraphStore` in a database of a Neo4j server; an empty one gets the schema. May be shared by threads.

    `url` is `bolt://user:password@host:7687/database`; `password` is used where the URL has none. `wait`: seconds that are waited for
    other writers, and that a call that may succeed a little later is tried again.

    Raises:
        StoreUnreachable: no server answers there.
        StoreRefused: wrong user or password.
        StoreForeign: the database holds the data of another program.
        SchemaTooNew: a newer version of this program made the graph.
        StoreAddressUnknown: the URL cannot be read.
    """

    def __init__(self, url: str, *, password: str = "", wait: float = _WAIT) -> None:
        self._server = Server(read_address(url, password=password), wait=wait)
        self._columns = Columns()
        self._summaries = _documents.Summaries()

    @property
    def shown(self) -> str:
        """Where the graph is, without a password: for messages and logs."""
        return self._server.address.shown

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give all sessions back; a second call does nothing."""
        self._server.close()

    @property
    def version(self) -> int:
        return self._look(lambda looking: looking.version)

    def upsert_document(self, projection: DocumentProjection) -> None:
        self.upsert_documents((projection,))

    def upsert_documents(self, projections: Iterable[DocumentProjection]) -> int:
        """How many documents were put in, a few in one transaction: for loading many, which takes half the time of one by one.

        Raises:
            EdgeWithoutEnd: an edge names a node that is not there; of its transaction nothing is written, of those before it all.
        """
        bundles, done = _bundles(projections), 0
        # while the server takes some in, the next ones are made ready
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="graph-load") as beside:
            bundle = next(bundles, None)
            while bundle:
                coming = beside.submit(next, bundles, None)
                self._server.write(lambda ask, bundle=bundle: _put(ask, bundle), more=len(bundle) * _DOCUMENT_S)  # type: ignore[misc]
                done += len(bundle)
                bundle = coming.result()
        return done

    def delete_document(self, document: str) -> bool:
        def take_out(ask: Ask) -> bool:
            ledger = _write.begin(ask)
            found = _write.remove_document(ask, ledger, document)
            _write.finish(ask, ledger)
            return found

        return self._server.write(take_out)

    def purge_document(self, document: str) -> bool:
        """Take a document out so that nothing in the database holds a word of it.

        What the files of the server keep of what was deleted (free pages, transaction logs) only its administrator can have overwritten:
        `SECURITY.md` says how.
        """

        def purge(ask: Ask) -> bool:
            ledger = _write.begin(ask)
            found = _write.remove_document(ask, ledger, document)
            _write.finish(ask, ledger)
            _write.remove_strangers(ask)
            return found

        return self._server.write(purge)

    def documents(self) -> tuple[DocumentSummary, ...]:
        return self._server.read(self._summaries.read)

    def document(self, document: str) -> DocumentView:
        return self._server.read(lambda ask: _documents.document_view(ask, document))

    def links_about(
        self, tiers: Sequence[ConceptTier], kind: LinkType, *, end: Literal["source", "target"] = "source", filters: Filters, limit: int, offset: int = 0
    ) -> LinkPage:
        return self._look(lambda looking: _answers.link_page(looking, tiers, kind, side=int(end == "target"), filters=filters, limit=limit, offset=offset))

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
        return self._look(lambda looking: _answers.factor_page(looking, tiers, types, answered=answered, filters=filters, limit=limit, offset=offset))

    def links_in_words(self, terms: Sequence[str], kind: LinkType, *, filters: Filters, limit: int, offset: int = 0) -> LinkPage:
        return self._look(lambda looking: _search.links_in_words(looking, terms, kind, filters=filters, limit=limit, offset=offset))

    def concepts(self, keys: Sequence[str]) -> tuple[ConceptRef, ...]:
        def find(looking: Looking) -> tuple[ConceptRef, ...]:
            known = looking.concepts()
            return tuple(known[key][1] for key in keys if key in known)

        return self._look(find)

    def commonest(self, *, filters: Filters, limit: int) -> tuple[ConceptCount, ...]:
        return self._look(lambda looking: _overviews.commonest(looking, filters, limit=limit))

    def years(self, concepts: Sequence[str], *, filters: Filters) -> tuple[YearCount, ...]:
        return self._look(lambda looking: _overviews.year_counts(looking, concepts, filters))

    def gaps(self, *, filters: Filters, limit: int, offset: int = 0) -> tuple[tuple[GapCount, ...], int]:
        return self._look(lambda looking: _overviews.gap_counts(looking, filters, limit=limit, offset=offset))

    def ties(self, concept: str, *, filters: Filters, limit: int) -> tuple[ConceptTie, ...]:
        return self._look(lambda looking: _ties.ties(looking, concept, filters, limit=limit))

    def pairs(self, *, filters: Filters, limit: int) -> tuple[tuple[ConceptPair, ...], int]:
        return self._look(lambda looking: _ties.pairs(looking, filters, limit=limit))

    def tied(self, concepts: Sequence[str], *, filters: Filters) -> dict[str, tuple[str, ...]]:
        return self._look(lambda looking: _ties.tied_concepts(looking, concepts, filters))

    def links_between(self, pairs: Sequence[tuple[str, str]], *, filters: Filters) -> dict[tuple[str, str], Between]:
        return self._look(lambda looking: _ties.links_between(looking, pairs, filters))

    def supports(self, document: str) -> tuple[Support, ...]:
        return self._look(lambda looking: _ties.supports(looking, document))

    def tie_supports(self, document: str) -> tuple[TieSupport, ...]:
        return self._look(lambda looking: _ties.tie_supports(looking, document))

    def actors_of(self, factors: Sequence[tuple[str, str]]) -> tuple[ActorOf, ...]:
        return self._server.read(lambda ask: _documents.actors_of(ask, factors))

    def precedents(self, concepts: Sequence[str], actors: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> PrecedentPage:
        return self._look(lambda looking: _precedents.precedent_page(looking, concepts, actors, filters=filters, limit=limit, offset=offset))

    def cells(self, concepts: Sequence[str] | None, *, by: Column, filters: Filters) -> tuple[Cell, ...]:
        return self._look(lambda looking: _overviews.dim_cells(looking, by, filters) if concepts is None else _overviews.cells(looking, concepts, by, filters))

    def group_cells(self, groups: Mapping[str, Sequence[str]], *, by: Column, filters: Filters) -> tuple[Cell, ...]:
        return self._look(lambda looking: _overviews.group_cells(looking, groups, by, filters))

    def search(self, terms: Sequence[str], *, filters: Filters, limit: int, offset: int = 0) -> SearchPage:
        return self._look(lambda looking: _search.search_page(looking, terms, filters=filters, limit=limit, offset=offset))

    def base(self, filters: Filters) -> SearchBase:
        return self._look(lambda looking: _overviews.base(looking, filters))

    def statistics(self, filters: Filters) -> Statistics:
        return self._look(lambda looking: _overviews.statistics(looking, filters))

    def outcomes(self) -> tuple[Outcome, ...]:
        return self._server.read(_documents.outcomes)

    def check(self) -> tuple[Problem, ...]:
        def locked(step: Callable[[Ask], list[Any]]) -> list[Any]:
            def look(ask: Ask) -> list[Any]:
                _write.hold(ask)
                return step(ask)

            return self._server.write(look)

        return tuple(_check.problems(locked))

    def digest(self) -> str:
        def look(ask: Ask) -> str:
            version = "MATCH (g:ZhengmaiGraph {name: 'graph'}) RETURN g.version"
            before = ask(version)
            digest = _documents.digest(ask)
            if ask(version) != before:
                raise Torn("somebody wrote while the digest was made")
            return digest

        return self._server.read(look)

    def _look(self, question: Callable[[Looking], Result]) -> Result:
        return self._server.read(lambda ask: question(self._columns.looking(ask)))


def _bundles(projections: Iterable[DocumentProjection]) -> Iterator[list[_write.Ready]]:
    """Documents for one transaction each, none twice in one; the first alone: a server that has just started needs seconds to plan its statements."""
    bundle: dict[str, _write.Ready] = {}
    nodes, most = 0, 1
    for projection in projections:
        key, size = projection.source.document, len(projection.sentences) + len(projection.factors) + len(projection.edges)
        if bundle and (len(bundle) >= most or nodes + size > _MOST_NODES or key in bundle):
            yield list(bundle.values())
            bundle, nodes, most = {}, 0, min(_AT_ONCE, most * 4)
        bundle[key] = _write.ready(projection)
        nodes += size
    if bundle:
        yield list(bundle.values())


def _put(ask: Ask, documents: Sequence[_write.Ready]) -> None:
    ledger = _write.begin(ask)
    _write.put_documents(ask, ledger, documents)
    _write.finish(ask, ledger)
