"""Counts over many documents: what is in the graph, concepts over years, places and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph._codes import BASES, DIMS, DIMS_FROM, ENTITY_TYPES, FACTOR_TYPES, FACTORS, KINDS, LEVELS, LINKS, REVIEWS, factors_counted, links_counted
from graph.neo4j._columns import Looking
from graph.neo4j._distinct import distinct, how_many
from graph.neo4j._where import document_mask, factor_mask, link_mask, samples_of
from graph.overviews import Cell, GapCount, YearCount
from graph.records import ConceptCount, Filters, SearchBase, Statistics
from graph.store import Column

__all__ = ["base", "cells", "commonest", "dim_cells", "gap_counts", "group_cells", "statistics", "year_counts"]

_MOST_CONCEPTS = 50
_REJECTED = REVIEWS.index("rejected")
_SUMS = ("drivers", "dilemmas", "measures", "goals", "gaps")

Array = NDArray[Any]


class _Sums(NamedTuple):
    """What single documents say about single concepts, in the statements' own words: `at` is the place of the document."""

    concept: Array
    at: Array
    sums: dict[str, Array]

    def where(self, mask: Array) -> _Sums:
        return _Sums(self.concept[mask], self.at[mask], {name: column[mask] for name, column in self.sums.items()})

    @property
    def said(self) -> Array:
        said: Array = self.sums["drivers"] + self.sums["dilemmas"] + self.sums["measures"] + self.sums["goals"]
        return said


def base(looking: Looking, filters: Filters) -> SearchBase:
    """How much the filters leave to be searched."""
    mask = document_mask(looking, filters)
    heads = looking.heads[mask]
    years = heads["year"][heads["year"] >= 0]
    return SearchBase(
        documents=len(heads),
        works=how_many(looking.works[mask]),
        year_from=int(years.min()) if len(years) else None,
        year_to=int(years.max()) if len(years) else None,
        sentences=int(heads["sentences"].sum()),
        samples=samples_of(looking, filters),
    )


def statistics(looking: Looking, filters: Filters) -> Statistics:
    """Counts over the documents that the filters leave, of the statements that they leave; of concepts the commonest."""
    mask = document_mask(looking, filters)
    counts = _counts_by_code(looking, filters, mask)
    reviews = factors_counted(counts)
    heads = looking.heads[mask]
    entities = looking.family("entities")
    here = mask[entities.at]
    spoken_of, kinds = entities["entity"][here], entities["type"][here]
    entities_ = {name: len(distinct(spoken_of[kinds == kind])) for kind, name in enumerate(ENTITY_TYPES)}
    works = looking.works[mask]
    return Statistics(
        base=base(looking, filters),
        factors={name: reviews["open"][n] + reviews["accepted"][n] for n, name in enumerate(FACTOR_TYPES)},
        links=links_counted(counts),
        entities={name: count for name, count in entities_.items() if count},
        years={"" if year < 0 else str(year): count for year, count, _ in _grouped(heads["year"], works, {})},
        kinds={KINDS[kind]: count for kind, count, _ in _grouped(heads["kind"], works, {})},
        concepts=commonest(looking, filters, limit=_MOST_CONCEPTS),
        reviews={name: sum(values) for name, values in reviews.items()},
    )


def _counts_by_code(looking: Looking, filters: Filters, mask: Array) -> dict[int, int]:
    """Factors by type and review, live links by type and basis, under the codes of `counts`."""
    if not filters.of_statements and not filters.basis:
        rows = looking.family("counts")
        here = mask[rows.at] & (rows["code"] < DIMS_FROM)
        return _nonzero(np.bincount(rows["code"][here], weights=rows["count"][here]))
    factors, links = looking.family("all_factors"), looking.family("all_links")
    here, there = factor_mask(looking, factors, filters), link_mask(looking, links, filters)
    of_factors = FACTORS + factors["type"][here].astype(np.int64) * len(REVIEWS) + factors["review"][here]
    of_links = LINKS + links["type"][there].astype(np.int64) * len(BASES) + links["basis"][there]
    return _nonzero(np.bincount(of_factors)) | _nonzero(np.bincount(of_links))


def _nonzero(sums: Array) -> dict[int, int]:
    return {int(code): int(sums[code]) for code in np.flatnonzero(sums)}


def _concept_sums(looking: Looking, filters: Filters, *, concepts: Sequence[int] | None = None) -> _Sums:
    """Sums of documents that the filters leave, of the statements that they leave."""
    if not filters.of_statements:
        rows = looking.family("named")
        mask = document_mask(looking, filters)[rows.at]
        if concepts is not None:
            mask &= np.isin(rows["concept"], concepts)
        sums = _Sums(rows["concept"], rows.at, {name: rows[name].astype(np.int64) for name in _SUMS}).where(mask)
        return sums.where(sums.said > 0)
    about = looking.family("all_about")
    mask = about["weak"] == 0
    if concepts is not None:
        mask &= np.isin(about["concept"], concepts)
        about = about.where(mask)
        mask = mask[mask]
    about = about.where(mask & factor_mask(looking, about, filters))
    dilemmas = about["type"] == FACTOR_TYPES.index("dilemma")
    named, codes = np.unique(about["concept"], return_inverse=True)
    documents = max(len(looking.heads), 1)
    # concept and document as one number, which is sorted ten times as fast as a pair
    keys, places = np.unique(codes.ravel() * documents + about.at, return_inverse=True)
    places = places.ravel()

    def summed(mask: Array) -> Array:
        return np.bincount(places, weights=mask, minlength=len(keys)).astype(np.int64)

    types = {name: summed(about["type"] == kind) for kind, name in enumerate(_SUMS[:4])}
    return _Sums(named[keys // documents], keys % documents, types | {"gaps": summed(dilemmas & (about["answered"] == 0))})


def _grouped(keys: Array, works: Array, columns: Mapping[str, Array]) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Each key, in their order, with its distinct works, which are small numbers, and the sums of the columns."""
    values, places = np.unique(keys, return_inverse=True)
    places = places.ravel()
    most = int(works.max(initial=0)) + 1
    counts = np.bincount(distinct(places * most + works) // most, minlength=len(values))
    sums = {name: np.bincount(places, weights=column, minlength=len(values)).astype(np.int64).tolist() for name, column in columns.items()}
    for n, (value, count) in enumerate(zip(values.tolist(), counts.tolist(), strict=True)):
        yield value, count, {name: column[n] for name, column in sums.items()}


def commonest(looking: Looking, filters: Filters, *, limit: int) -> tuple[ConceptCount, ...]:
    """The concepts that most works name, in factors of theirs."""
    found, refs = _concept_sums(looking, filters), looking.refs()
    works = looking.works[found.at]
    counts = [
        ConceptCount(concept=refs[number], works=count, rows=sums["said"]) for number, count, sums in _grouped(found.concept, works, {"said": found.said})
    ]
    counts.sort(key=lambda count: (-count.works, -count.rows, count.concept.id))
    return tuple(counts[:limit])


def year_counts(looking: Looking, concepts: Sequence[str], filters: Filters) -> tuple[YearCount, ...]:
    """Counts of the concepts together, by year, oldest first; works without a date last."""
    found = _concept_sums(looking, filters, concepts=looking.numbers_of(concepts))
    # a date before the year 1 is no date either
    years = -looking.heads["age"][found.at].astype(np.int64) // 10_000
    counts = [
        YearCount(year=year or None, works=works, **sums)
        for year, works, sums in _grouped(years, looking.works[found.at], {name: found.sums[name] for name in _SUMS})
    ]
    return tuple(sorted(counts, key=lambda count: (count.year is None, count.year or 0)))


def gap_counts(looking: Looking, filters: Filters, *, limit: int, offset: int) -> tuple[tuple[GapCount, ...], int]:
    """Concepts by the works that leave a dilemma of them without a remedy, most first; and how many such concepts there are."""
    everything, refs = _concept_sums(looking, filters), looking.refs()
    found = everything.where(everything.sums["gaps"] > 0)
    # all dilemmas of a concept, also in documents that answer all of theirs
    named, codes = np.unique(everything.concept, return_inverse=True)
    dilemmas = dict(zip(named.tolist(), np.bincount(codes.ravel(), weights=everything.sums["dilemmas"]).astype(np.int64).tolist(), strict=True))
    counts = [
        GapCount(concept=refs[number], gaps=sums["gaps"], dilemmas=dilemmas[number], works=works)
        for number, works, sums in _grouped(found.concept, looking.works[found.at], {"gaps": found.sums["gaps"]})
    ]
    counts.sort(key=lambda count: (-count.works, -count.gaps, count.concept.id))
    return tuple(counts[offset : offset + limit]), len(counts)


def cells(looking: Looking, concepts: Sequence[str], by: Column, filters: Filters) -> tuple[Cell, ...]:
    """Works and statements about each concept, by a property of the document."""
    known = looking.concepts()
    keys = [key for key in dict.fromkeys(concepts) if key in known]
    numbers = np.array([known[key][0] for key in keys], dtype=np.int64)
    found = _concept_sums(looking, filters, concepts=numbers.tolist())
    order = np.argsort(numbers)
    rows = order[np.searchsorted(numbers[order], found.concept)] if keys else found.concept
    return _table(looking, keys, rows, found.at, found.said, by, filters)


def group_cells(looking: Looking, groups: Mapping[str, Sequence[str]], by: Column, filters: Filters) -> tuple[Cell, ...]:
    """Works and statements about any concept of each group, in their own words, by a property of the document; each once a group."""
    rows: list[int] = []
    places: list[int] = []
    for n, members in enumerate(groups.values()):
        factors: dict[int, int] = {}
        for part in looking.parts(looking.numbers_of(dict.fromkeys(members)), "factors"):
            part = part.where(part["weak"] == 0)
            part = part.where(factor_mask(looking, part, filters))
            factors.update(zip(part.ids("factor").tolist(), part.at.tolist(), strict=True))
        rows += [n] * len(factors)
        places += factors.values()
    return _table(looking, list(groups), _whole(rows), _whole(places), np.ones(len(rows), dtype=np.int64), by, filters)


def dim_cells(looking: Looking, by: Column, filters: Filters) -> tuple[Cell, ...]:
    """Works and statements of each dim, by a property of the document."""
    if filters.of_statements:
        factors = looking.family("all_factors")
        factors = factors.where((factors["review"] != _REJECTED) & (factors["dims"] != 0))
        factors = factors.where(factor_mask(looking, factors, filters))
        dims = np.log2(factors["dims"]).astype(np.int64)
        return _table(looking, DIMS, dims, factors.at, np.ones(len(dims), dtype=np.int64), by, filters)
    rows = looking.family("counts")
    codes = rows["code"].astype(np.int64) - DIMS_FROM
    rows = rows.where(document_mask(looking, filters)[rows.at] & (codes >= 0) & (codes < 64) & (codes & 15 < len(DIMS)))
    return _table(looking, DIMS, (rows["code"].astype(np.int64) - DIMS_FROM) & 15, rows.at, rows["count"].astype(np.int64), by, filters)


def _whole(values: Sequence[int]) -> Array:
    return np.array(values, dtype=np.int64)


def _table(looking: Looking, names: Sequence[str], rows: Array, at: Array, said: Array, by: Column, filters: Filters) -> tuple[Cell, ...]:
    """Cells out of places in `names`, places of documents and numbers of statements; a document stands in every column that it names."""
    columns: dict[str, int] = {}
    listed = [[columns.setdefault(name, len(columns)) for name in named] for named in _column_names(looking, by)]
    counts = _whole([len(named) for named in listed])
    flat, first = _whole([column for named in listed for column in named]), np.cumsum(counts) - counts
    times = counts[at]
    picked = np.repeat(np.arange(len(at)), times)
    within = np.arange(len(picked)) - np.repeat(np.cumsum(times) - times, times)
    keys = rows[picked] * len(columns) + flat[first[at[picked]] + within]
    labels = list(columns)
    return tuple(
        Cell(row=names[key // len(columns)], column=labels[key % len(columns)], works=works, statements=sums["said"], filters=filters)
        for key, works, sums in _grouped(keys, looking.works[at[picked]], {"said": said[picked]})
    )


def _column_names(looking: Looking, by: Column) -> Iterator[Sequence[str]]:
    """The columns that each document stands in, in the order of `looking.heads`; an empty name where it does not say."""
    heads = looking.heads
    if by == "year":
        yield from ((str(year) if year else "",) for year in (-heads["age"].astype(np.int64) // 10_000).tolist())
    elif by == "kind":
        yield from ((KINDS[kind],) for kind in heads["kind"].tolist())
    elif by == "level":
        yield from ((LEVELS[level] if level >= 0 else "",) for level in heads["level"].tolist())
    else:
        cards = looking.cards()
        for number in looking.numbers.tolist():
            yield (cards[number].issuer or "",) if by == "issuer" else cards[number].places or ("",)
