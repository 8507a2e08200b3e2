"""Counts over all documents that filters leave, out of what is packed of them (`graph.sqlite._packed`): concepts, dims, links, entities.

One `Tally` a question: what it has narrowed down once is there for the next count; what is packed of all documents is held
(`graph.sqlite._held`). As long as no filter looks at single statements the sums of whole documents are added up, which are fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import apsw
import numpy as np
from numpy.typing import NDArray

from graph._codes import BASES, BITS, DIMS, DIMS_FROM, ENTITY_TYPES, FACTORS, FORCES, LINK_TYPES, LINKS, REVIEWS, VOICES
from graph.records import DocumentSummary, Filters, SearchBase
from graph.sqlite._ask import every, only
from graph.sqlite._held import Held, Packed
from graph.sqlite._packed import graded
from graph.sqlite._where import Picked, dilemmas_about, document_where, factors_about, samples_of

__all__ = ["CellCount", "Columns", "Kept", "Tally", "Totals"]

Array = NDArray[Any]

_REJECTED, _DILEMMA, _PART_OF = REVIEWS.index("rejected"), 1, LINK_TYPES.index("part_of")
_FEW = 1 << 25
"""places in a table of yes and no that is made to count what is distinct; where it would be larger, pairs are sorted instead"""


_OWN = f"BETWEEN a.id << {BITS} AND (a.id + 1 << {BITS}) - 1"
_FACTORS_EXACTLY = f"JOIN factor AS b ON b.id {_OWN} WHERE {{0}} ORDER BY a.id, b.id"
_LINKS_EXACTLY = f"JOIN edge AS b ON b.source {_OWN} AND b.type < 6 AND b.live = 1 WHERE {{0}} ORDER BY a.id, b.ordinal"


def _kept(make: Callable[[Tally], Any]) -> property:
    """What is made once, and kept with what was read."""

    def read(tally: Tally) -> Any:
        if make.__name__ not in tally._kept:
            tally._kept[make.__name__] = make(tally)
        return tally._kept[make.__name__]

    return property(read)


class Totals(NamedTuple):
    """Of each concept (number) its statements and the works that have one."""

    concepts: Array
    counts: Array
    works: Array


class Columns(NamedTuple):
    """What a table has as columns: pairs of a document's place and the place of a name; a document with two places has two pairs."""

    names: list[Any]
    documents: Array
    columns: Array


class CellCount(NamedTuple):
    """Row and column by place, works and statements."""

    row: int
    column: int
    works: int
    statements: int


class Kept:
    """What is held of all documents, and what the last question has narrowed down, for the next one under the same filters: a table asks three times."""

    def __init__(self) -> None:
        self.held = Held()
        self.summaries: dict[int, tuple[int, DocumentSummary]] = {}
        """number of a document → the version that changed it last, and its line in the list"""
        # one tuple, set in one go: a thread that still counts goes on with what it has taken
        self._last: tuple[tuple[int, Filters], dict[str, Any]] | None = None

    def tally(self, connection: apsw.Connection, filters: Filters) -> Tally:
        """A tally of the state that `connection` sees."""
        (version,) = only(connection, "SELECT value FROM meta WHERE name = 'version'")
        last = self._last
        if last is None or last[0] != (version, filters):
            last = self._last = ((version, filters), {})
        return Tally(connection, filters, self.held, kept=last[1])


class Tally:
    """Counts of one question, inside one transaction."""

    def __init__(self, connection: apsw.Connection, filters: Filters, held: Held, *, kept: dict[str, Any]) -> None:
        self._connection, self._filters, self._held = connection, filters, held
        self._kept = kept
        self._samples = samples_of(connection, filters)
        self._where = document_where(filters, samples=self._samples)

    def base(self) -> SearchBase:
        """How much the filters leave to be searched."""
        held = self._held.documents(self._connection)
        years = held.years[self._places]
        said = years[years >= 0]
        return SearchBase(
            documents=len(self._places),
            works=int(self._works.max()) + 1 if len(self._works) else 0,
            year_from=int(said.min()) if len(said) else None,
            year_to=int(said.max()) if len(said) else None,
            sentences=int(held.sentences[self._places].sum()),
            samples=self._samples,
        )

    def works_by_year(self) -> dict[int | None, int]:
        """Works of each year, those without one first."""
        return {None if year < 0 else year: count for year, count in self._works_by(self._held.documents(self._connection).years).items()}

    def works_by_kind(self) -> dict[int, int]:
        """Works of each kind of source, by its number."""
        return self._works_by(self._held.documents(self._connection).kinds)

    def _works_by(self, values: Array) -> dict[int, int]:
        names, keys = np.unique(values[self._places], return_inverse=True)
        works = self._distinct(keys, np.arange(len(keys)), len(names), once=True)
        return dict(zip(names.tolist(), works.tolist(), strict=True))

    def totals(self, *, gaps: bool = False) -> Totals:
        """All concepts that statements name in their own words; with `gaps`, those of dilemmas without a remedy."""
        if self._filters.of_statements:
            rows, documents = self._about(gaps=gaps)
            concepts, counts = rows["concept"], None
        else:
            rows, documents = self._named
            counts = rows["gaps"] if gaps else _said(rows)
            kept = counts > 0
            concepts, counts, documents = rows["concept"][kept], counts[kept], documents[kept]
        sums = np.bincount(concepts, weights=counts).astype(np.int64)
        there = np.flatnonzero(sums)
        # numbers of concepts have gaps, because entities have numbers of the same row
        place = np.zeros(len(sums), np.int64)
        place[there] = np.arange(len(there))
        return Totals(there, sums[there], self._distinct(place[concepts], documents, len(there), once=counts is not None))

    def dilemmas(self) -> Array:
        """Dilemmas of each concept, by its number."""
        if not self._filters.of_statements:
            rows, _ = self._named
            return np.bincount(rows["concept"], weights=rows["dilemmas"]).astype(np.int64)
        rows, _ = self._about(dilemmas=True)
        return np.bincount(rows["concept"])

    def concept_cells(self, concepts: Sequence[int], columns: Columns) -> list[CellCount]:
        """Counts of `concepts` (numbers), each a row, in their own words."""
        if not concepts:
            return []
        row_of = np.full(max(concepts) + 1, -1, np.int64)
        row_of[list(concepts)] = np.arange(len(concepts))
        rows, documents = self._about() if self._filters.of_statements else self._named
        counts = None if self._filters.of_statements else _said(rows)
        known = rows["concept"] < len(row_of)
        picked = np.flatnonzero(known)
        places = row_of[rows["concept"][picked]]
        picked, places = picked[places >= 0], places[places >= 0]
        return self._cells(places, documents[picked], None if counts is None else counts[picked], columns, len(concepts))

    def dim_cells(self, columns: Columns) -> list[CellCount]:
        """Counts of every dim, each a row in the order of DIMS."""
        if self._filters.of_statements:
            picked = np.flatnonzero(self._fitting & (self._factors["dim"] < len(DIMS)) & (self._factor_reviews != _REJECTED))
            return self._cells(self._factors["dim"][picked].astype(np.int64), self._factor_documents[picked], None, columns, len(DIMS))
        rows, documents = self._counts
        dims = (rows["code"].astype(np.int64) - DIMS_FROM) & 15
        picked = np.flatnonzero((rows["code"] >= DIMS_FROM) & (dims < len(DIMS)))
        return self._cells(dims[picked], documents[picked], rows["count"][picked], columns, len(DIMS))

    def by_code(self) -> dict[int, int]:
        """Factors by type and review, live links by type and basis, under the codes of `graph._codes`."""
        filters = self._filters
        counts: dict[int, int] = {}
        if filters.of_statements:
            for code, count in _counted(self._factors["kind"][self._fitting] & 15):
                counts[FACTORS + (code & 3) * len(REVIEWS) + (code >> 2)] = count
            for code, count in _counted(self._links["kind"][self._fitting_links()] >> 2):
                counts[LINKS + code] = count
            return counts
        rows, _ = self._counts
        summed = np.bincount(rows["code"], weights=rows["count"])
        bases = {LINKS + n for n in range(len(summed)) if not filters.basis or BASES[n % len(BASES)] in filters.basis}
        return {int(code): int(summed[code]) for code in np.flatnonzero(summed[:DIMS_FROM]) if code < LINKS or code in bases}

    def entities(self) -> dict[str, int]:
        """Distinct entities by type, of whole documents."""
        rows = self._packed("entities").rows
        if not len(rows):
            return {}
        types = np.full(int(rows["entity"].max()) + 1, len(ENTITY_TYPES), np.uint8)
        types[rows["entity"]] = rows["type"]
        counts = np.bincount(types, minlength=len(ENTITY_TYPES))
        return {name: int(counts[n]) for n, name in enumerate(ENTITY_TYPES) if counts[n]}

    def columns(self, expression: str, join: str) -> Columns:
        """The values of an expression over document `a`, in no order; `join` is what has to be joined to know it."""
        rows = list(every(self._connection, f"SELECT a.id, {expression} FROM document AS a {join} WHERE {self._where}", self._where.values))
        names: dict[Any, int] = {}
        columns = np.array([names.setdefault(value, len(names)) for _, value in rows], np.int64)
        documents = np.searchsorted(self._documents, np.array([number for number, _ in rows], np.int64))
        order = np.argsort(documents, kind="stable")
        return Columns(list(names), documents[order], columns[order])

    @_kept
    def _places(self) -> Array:
        """Which of all documents the filters leave, by place."""
        fitting = [number for (number,) in every(self._connection, f"SELECT a.id FROM document AS a WHERE {self._where} ORDER BY a.id", self._where.values)]
        places: Array = np.searchsorted(self._held.documents(self._connection).ids, np.array(fitting, np.int64))
        return places

    @_kept
    def _documents(self) -> Array:
        documents: Array = self._held.documents(self._connection).ids[self._places]
        return documents

    @_kept
    def _works(self) -> Array:
        """Works of the documents, numbered from 0."""
        works: Array = np.unique(self._held.documents(self._connection).works[self._places], return_inverse=True)[1]
        return works

    def _distinct(self, keys: Array, documents: Array, most: int, *, once: bool) -> Array:
        """Works of each key (below `most`) among the documents that stand beside it; `once`: no document stands twice beside one key."""
        span = int(self._works.max()) + 1 if len(self._works) else 1
        if once and span == len(self._documents):
            # no reposts: a work is a document
            return np.bincount(keys, minlength=most)
        pairs = keys * span + self._works[documents]
        if most * span > _FEW:
            pairs = np.sort(pairs)
            pairs = pairs[np.diff(pairs, prepend=-1) > 0]
            return np.bincount(pairs // span, minlength=most)
        seen = np.zeros(most * span, np.bool_)
        seen[pairs] = True
        counted: Array = np.count_nonzero(seen.reshape(most, span), axis=1)
        return counted

    def _packed(self, column: str) -> Packed:
        """Rows of the documents that the filters leave."""
        packed = self._held.packed(self._connection, column)
        if len(self._places) == len(packed.sizes):
            return packed
        fitting = np.zeros(len(packed.sizes), np.bool_)
        fitting[self._places] = True
        dtype, mask = packed.rows.dtype, np.repeat(fitting, packed.sizes)
        # whole rows, not field by field, which takes numpy ten times as long
        whole = np.dtype("<u8") if dtype.itemsize == 8 else np.dtype(f"V{dtype.itemsize}")
        return Packed(packed.rows.view(whole)[mask].view(dtype), packed.sizes[self._places])

    def _rows(self, column: str) -> tuple[Array, Array]:
        """Rows of all documents, and the place of each row's document."""
        rows, sizes = self._packed(column)
        return rows, np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)

    @_kept
    def _named(self) -> tuple[Array, Array]:
        return self._rows("named")

    @_kept
    def _counts(self) -> tuple[Array, Array]:
        return self._rows("counts")

    @_kept
    def _factor_rows(self) -> tuple[Array, Array, Array]:
        """Factors, where those of each document begin, and how many they are."""
        rows, sizes = self._packed("factors")
        return rows, (np.cumsum(sizes) - sizes).astype(np.int32), sizes

    @property
    def _factors(self) -> Array:
        factors: Array = self._factor_rows[0]
        return factors

    @property
    def _factor_documents(self) -> Array:
        return np.repeat(np.arange(len(self._documents)), self._factor_rows[2])

    @property
    def _factor_reviews(self) -> Array:
        return (self._factors["kind"] >> 2) & 3

    @_kept
    def _fitting(self) -> Array:
        """Which factors the filters of statements leave, rejected ones among them."""
        filters, rows = self._filters, self._factors
        fitting = np.ones(len(rows), np.bool_)
        if filters.min_confidence > 0:
            fitting &= self._sure(rows["confidence"], _FACTORS_EXACTLY)
        if filters.review:
            fitting &= _among(self._factor_reviews, filters.review, REVIEWS)
        if filters.forces:
            fitting &= _among(rows["force"], filters.forces, FORCES)
        if filters.voices:
            fitting &= _among(rows["voice"], filters.voices, VOICES)
        if filters.dims:
            fitting &= _among(rows["dim"], filters.dims, DIMS)
        if filters.actors:
            fitting &= rows["actors"] & _bits(filters.actors, ENTITY_TYPES) != 0
        if filters.concepts:
            fitting &= self._at(factors_about(filters.concepts))
        if filters.problems:
            dilemmas = self._at(dilemmas_about(filters.problems))
            source, target = self._ends
            joining = (self._links["kind"] >> 3) != _PART_OF
            fitting &= dilemmas | _marked(len(rows), target[joining & dilemmas[source]]) | _marked(len(rows), source[joining & dilemmas[target]])
        return fitting

    def _fitting_links(self) -> Array:
        filters, rows = self._filters, self._links
        fitting = np.ones(len(rows), np.bool_)
        if filters.min_confidence > 0:
            fitting &= self._sure(rows["confidence"], _LINKS_EXACTLY)
        if filters.review:
            fitting &= _among(rows["kind"] & 3, filters.review, REVIEWS)
        if filters.basis:
            fitting &= _among((rows["kind"] >> 2) & 1, filters.basis, BASES)
        if filters.forces:
            fitting &= _among((rows["claim"] >> 4).astype(np.int8) - 1, filters.forces, FORCES)
        if filters.voices:
            fitting &= _among((rows["claim"] & 15).astype(np.int8) - 1, filters.voices, VOICES)
        if filters.dims:
            fitting &= rows["dims"] & _bits(filters.dims, DIMS) != 0
        if filters.actors:
            fitting &= rows["actors"] & _bits(filters.actors, ENTITY_TYPES) != 0
        for concepts, picked in ((filters.concepts, factors_about), (filters.problems, dilemmas_about)):
            if concepts:
                at, (source, target) = self._at(picked(concepts)), self._ends
                fitting &= at[source] | at[target]
        return fitting

    @_kept
    def _ends(self) -> tuple[Array, Array]:
        """Sources and targets of all links, by their places among all factors."""
        ends, documents = self._rows("ends")
        begin = self._factor_rows[1][documents]
        return begin + ends["source"], begin + ends["target"]

    @_kept
    def _links(self) -> Array:
        return self._packed("links").rows

    def _sure(self, grades: Array, exactly: str) -> Array:
        least = graded(self._filters.min_confidence)
        if least % 2 and (grades == least).any():
            # between two ten-thousandths like some of the rows: these are read themselves, which nothing that people set needs
            statement = f"SELECT b.confidence FROM document AS a {exactly}"
            rows = every(self._connection, statement.format(self._where), self._where.values)
            sure: Array = np.array([number for (number,) in rows]) >= self._filters.min_confidence
            return sure
        return grades >= least

    def _at(self, picked: Picked) -> Array:
        """Which of the factors a statement gives."""
        statement, values = picked
        ids = np.array([number for (number,) in every(self._connection, statement, values)], np.int64)
        first = self._packed("firsts").rows
        at = np.zeros(len(self._factors), np.bool_)
        if len(ids) and len(first):
            documents = np.minimum(np.searchsorted(self._documents, ids >> BITS), len(first) - 1)
            here = self._documents[documents] == ids >> BITS
            at[self._factor_rows[1][documents[here]] + ids[here] - first[documents[here]]] = True
        return at

    def _about(self, *, gaps: bool = False, dilemmas: bool = False) -> tuple[Array, Array]:
        """Fitting factors by the concepts in their own words, and the place of each one's document."""
        rows, documents, factors = self._about_rows
        kept = self._fitting[factors]
        if gaps or dilemmas:
            # type and whether it is answered stand in the first two and the fifth bit
            kept &= self._factors["kind"][factors] & (0b10011 if gaps else 0b11) == _DILEMMA
        picked = np.flatnonzero(kept)
        return rows[picked], documents[picked]

    @_kept
    def _about_rows(self) -> tuple[Array, Array, Array]:
        """Concepts in factors' own words, the place of each one's document and of its factor."""
        rows, documents = self._rows("about")
        return rows, documents, self._factor_rows[1][documents] + rows["at"]

    def _cells(self, rows: Array, documents: Array, counts: Array | None, columns: Columns, most: int) -> list[CellCount]:
        """Sums by row and column: first by row and document, of which there are fewer than statements."""
        size = max(len(self._documents), 1)
        summed = np.bincount(rows * size + documents, weights=counts, minlength=most * size)
        pairs = np.flatnonzero(summed)
        row, document = pairs // size, pairs % size
        begin, end = np.searchsorted(columns.documents, document, "left"), np.searchsorted(columns.documents, document, "right")
        times = end - begin
        # each pair once for every column of its document
        at = np.repeat(begin - (np.cumsum(times) - times), times) + np.arange(int(times.sum()))
        width = max(len(columns.names), 1)
        keys = np.repeat(row, times) * width + columns.columns[at]
        statements = np.bincount(keys, weights=np.repeat(summed[pairs], times)).astype(np.int64)
        works = self._distinct(keys, np.repeat(document, times), most * width, once=True)
        return [CellCount(int(key // width), int(key % width), int(works[key]), int(statements[key])) for key in np.flatnonzero(statements)]


def _marked(length: int, places: Array) -> Array:
    marked = np.zeros(length, np.bool_)
    marked[places] = True
    return marked


def _said(named: Array) -> Array:
    said: Array = named["drivers"] + named["dilemmas"] + named["measures"] + named["goals"]
    return said


def _counted(codes: Array) -> list[tuple[int, int]]:
    counts = np.bincount(codes)
    return [(int(code), int(counts[code])) for code in np.flatnonzero(counts)]


def _among(codes: Array, values: Sequence[str], table: Sequence[str]) -> Array:
    among: Array = np.isin(codes, [table.index(value) for value in values if value in table])
    return among


def _bits(values: Sequence[str], table: Sequence[str]) -> int:
    return sum(1 << table.index(value) for value in set(values) if value in table)
