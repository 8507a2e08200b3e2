"""Filters as masks over rows. The same conditions as those of the SQLite store (`graph.sqlite._where`), one list for all questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph._codes import BASES, DIMS, EDGE_TYPES, ENTITY_TYPES, FACTOR_TYPES, FORCES, KINDS, LEVELS, REVIEWS, VOICES
from graph.neo4j._columns import Looking, Rows
from graph.neo4j._distinct import among, distinct
from graph.records import Filters

__all__ = ["about_ids", "document_mask", "factor_mask", "link_mask", "samples_of", "trait_mask"]

Mask = NDArray[np.bool_]

_DILEMMA = FACTOR_TYPES.index("dilemma")
_ANSWERING = [EDGE_TYPES.index(kind) for kind in ("addressed_by", "caused_by", "achieves", "drives", "limited_by")]


def samples_of(looking: Looking, filters: Filters) -> bool:
    """Whether the question is answered from samples: by itself only while nothing else is there."""
    if filters.samples == "auto":
        added = (0,) if filters.internal == "without" else (0, 2)
        return not bool(np.isin(looking.heads["shelf"], added).any())
    return filters.samples == "only"


def document_mask(looking: Looking, filters: Filters) -> Mask:
    """Which documents the filters leave, in the order of `looking.heads`."""
    heads = looking.heads
    samples = samples_of(looking, filters)
    open_, internal = int(samples), int(samples) + 2
    shelves = {"without": (open_,), "with": (open_, internal), "only": (internal,)}[filters.internal]
    mask = np.isin(heads["shelf"], shelves)
    if filters.year_from is not None or filters.year_to is not None:
        first, last = filters.year_from or 0, 9999 if filters.year_to is None else filters.year_to
        age = heads["age"]
        mask = mask & (age >= -(last * 10_000 + 9_999)) & (age <= -(first * 10_000)) & (age != 0)
    if filters.kinds:
        mask = mask & np.isin(heads["kind"], _numbers(filters.kinds, KINDS))
    if filters.levels:
        # -1 stands for a document without a level, never for one that does not exist
        mask = mask & np.isin(heads["level"], [number for number in _numbers(filters.levels, LEVELS) if number >= 0])
    return mask & _named_mask(looking, filters)


def _named_mask(looking: Looking, filters: Filters) -> Mask:
    if not (filters.documents or filters.issuers or filters.regions or filters.in_force is not None):
        return np.ones(len(looking.heads), dtype=bool)
    cards = looking.cards()
    documents, issuers, regions, today = set(filters.documents), set(filters.issuers), set(filters.regions), filters.today
    mask = np.ones(len(looking.heads), dtype=bool)
    for at, number in enumerate(looking.numbers.tolist()):
        card = cards[number]
        # a text is in force from the date it names until the one it names; without today's date, all are
        holds = today is None or ((card.in_force or "") <= today and (card.expires or "~") > today)
        mask[at] = (
            (not documents or card.document in documents)
            and (not issuers or card.issuer in issuers)
            and (not regions or not regions.isdisjoint(card.places))
            and (filters.in_force is None or holds == filters.in_force)
        )
    return mask


def trait_mask(rows: Any, filters: Filters, *, prefix: str = "") -> Mask:
    """Which rows have the confidence, review, force, voice, dims and actors asked for."""
    mask = np.ones(len(rows[prefix + "review"]), dtype=bool)
    if filters.min_confidence > 0:
        mask &= rows[prefix + "confidence"] >= filters.min_confidence
    if filters.review:
        mask &= np.isin(rows[prefix + "review"], _numbers(filters.review, REVIEWS))
    if filters.forces:
        mask &= np.isin(rows[prefix + "force"], [number for number in _numbers(filters.forces, FORCES) if number >= 0])
    if filters.voices:
        mask &= np.isin(rows[prefix + "voice"], [number for number in _numbers(filters.voices, VOICES) if number >= 0])
    if filters.dims:
        mask &= rows[prefix + "dims"] & _bits(filters.dims, DIMS) != 0
    if filters.actors:
        mask &= rows[prefix + "actors"] & _bits(filters.actors, ENTITY_TYPES) != 0
    return mask


def factor_mask(looking: Looking, rows: Rows, filters: Filters, *, column: str = "factor", prefix: str = "") -> Mask:
    """Which rows of factors the filters leave. `basis` says nothing about a single factor and narrows nothing."""
    mask = document_mask(looking, filters)[rows.at] & trait_mask(rows, filters, prefix=prefix)
    if filters.concepts:
        mask &= among(rows.ids(column), about_ids(looking, looking.numbers_of(filters.concepts)))
    if filters.problems:
        mask &= among(rows.ids(column), _tied_ids(looking, filters.problems))
    return mask


def link_mask(looking: Looking, rows: Rows, filters: Filters) -> Mask:
    """Which rows of links the filters leave."""
    mask = document_mask(looking, filters)[rows.at] & trait_mask(rows, filters)
    if filters.basis:
        mask &= np.isin(rows["basis"], _numbers(filters.basis, BASES))
    if filters.concepts:
        mask &= _at_an_end(rows, about_ids(looking, looking.numbers_of(filters.concepts)))
    if filters.problems:
        mask &= _at_an_end(rows, about_ids(looking, looking.numbers_of(filters.problems), kind=_DILEMMA))
    return mask


def about_ids(looking: Looking, concepts: Sequence[int], *, kind: int | None = None) -> NDArray[np.int64]:
    """Ids of the factors (of a type) that are about any of `concepts`, each once, in order."""
    found = []
    for rows in looking.parts(concepts, "factors"):
        ids = rows.ids("factor")
        found.append(ids if kind is None else ids[rows["type"] == kind])
    return distinct(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _tied_ids(looking: Looking, problems: Sequence[str]) -> NDArray[np.int64]:
    """Ids of dilemmas about any of `problems`, and of what a link ties to them."""
    concepts = looking.numbers_of(problems)
    found = [about_ids(looking, concepts, kind=_DILEMMA)]
    for rows in looking.parts(concepts, "links"):
        near = (rows["near"] == _DILEMMA) & np.isin(rows["type"], _ANSWERING)
        for side, far in ((0, "target"), (1, "source")):
            found.append(rows.ids(far)[near & (rows["side"] == side)])
    return distinct(np.concatenate(found))


def _at_an_end(rows: Rows, ids: NDArray[np.int64]) -> Mask:
    return among(rows.ids("source"), ids) | among(rows.ids("target"), ids)


def _bits(values: Sequence[str], table: Sequence[str]) -> int:
    return sum(1 << number for number in set(_numbers(values, table)) if number >= 0)


def _numbers(values: Sequence[str], table: Sequence[str]) -> list[int]:
    """Places of `values` in `table`; -1 for what does not exist, which no row has."""
    return [table.index(value) if value in table else -1 for value in values]
