"""What joins concepts: ties between them, the surest link of two, and what hangs on one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph._codes import ACCESSES, EDGE_TYPES, number_of
from graph.errors import UnknownDocument
from graph.neo4j._columns import Looking, Rows
from graph.neo4j._distinct import distinct, how_many
from graph.neo4j._documents import projection_of
from graph.neo4j._rows import LinkKey, link_rows
from graph.neo4j._where import link_mask
from graph.overviews import Between, ConceptPair, ConceptTie, Support, TieSupport
from graph.projection import DocumentProjection, EdgeType
from graph.records import ConceptRef, Filters

__all__ = ["links_between", "pairs", "supports", "tie_supports", "tied_concepts", "ties"]

Array = NDArray[Any]


def ties(looking: Looking, concept: str, filters: Filters, *, limit: int) -> tuple[ConceptTie, ...]:
    """Concepts that links join to `concept`, those of most works first."""
    known, refs = looking.concepts(), looking.refs()
    if concept not in known:
        return ()
    _, rows = _of(looking, [known[concept][0]], filters)
    works = looking.works[rows.at]
    groups: dict[tuple[int, int, int], tuple[set[int], list[int]]] = {}
    for other, kind, outward, work, basis in zip(
        rows["other"].tolist(), rows["type"].tolist(), rows["outward"].tolist(), works.tolist(), rows["basis"].tolist(), strict=True
    ):
        found, counts = groups.setdefault((other, kind, outward), (set(), [0, 0]))
        found.add(work)
        counts[0] += 1
        counts[1] += basis == 0
    listed = [
        (-len(found), -counts[0], refs[other].id, kind, -outward, ConceptTie(
            concept=refs[other],
            type=EDGE_TYPES[kind],  # type: ignore[arg-type]
            outward=bool(outward),
            rows=counts[0],
            works=len(found),
            stated=counts[1],
        ))
        for (other, kind, outward), (found, counts) in groups.items()
    ]  # fmt: skip
    return tuple(tie for *_, tie in sorted(listed, key=lambda row: row[:5])[:limit])


def pairs(looking: Looking, filters: Filters, *, limit: int) -> tuple[tuple[ConceptPair, ...], int]:
    """Pairs of concepts that links join, those of most works first, and how many pairs there are."""
    rows = looking.family("all_ties")
    rows = rows.where(link_mask(looking, rows, filters))
    if not len(rows):
        return (), 0
    one, other = np.minimum(rows["one"], rows["other"]), np.maximum(rows["one"], rows["other"])
    # pairs of numbers as one number each, which is sorted ten times as fast
    ends, codes = np.unique(np.concatenate((one, other)), return_inverse=True)
    codes = codes.ravel()
    keys, places = np.unique(codes[: len(one)] * len(ends) + codes[len(one) :], return_inverse=True)
    places = places.ravel()
    by_work = distinct(places * len(looking.heads) + looking.works[rows.at])
    works, counts = np.bincount(by_work // len(looking.heads), minlength=len(keys)), np.bincount(places, minlength=len(keys))
    refs = looking.refs()
    # those of fewest works cannot stand on the page: only what may is put into words
    least = np.sort(works)[::-1][min(limit, len(works)) - 1] if limit else works.max() + 1
    found = []
    for n in np.flatnonzero(works >= least).tolist():
        first, second = sorted((refs[int(end)] for end in ends[list(divmod(int(keys[n]), len(ends)))]), key=_key)
        found.append(ConceptPair(one=first, other=second, works=int(works[n]), rows=int(counts[n])))
    found.sort(key=lambda pair: (-pair.works, -pair.rows, pair.one.id, pair.other.id))
    return tuple(found[:limit]), len(keys)


def _key(ref: ConceptRef) -> str:
    return ref.id


def tied_concepts(looking: Looking, concepts: Sequence[str], filters: Filters) -> dict[str, tuple[str, ...]]:
    """Concept → the concepts that a link joins it to, in either direction, in the order of their ids."""
    known, refs = looking.concepts(), looking.refs()
    wanted = {known[concept][0]: concept for concept in sorted(set(concepts) & known.keys())}
    numbers = list(wanted)
    if not numbers:
        return {}
    own, rows = _of(looking, numbers, filters)
    # pairs of a concept and another as one number each, sorted by concept
    others, codes = np.unique(rows["other"], return_inverse=True)
    names = [refs[other].id for other in others.tolist()]
    found: dict[str, list[str]] = {}
    for pair in distinct(own * len(others) + codes.ravel()).tolist():
        place, code = divmod(pair, len(others))
        found.setdefault(wanted[numbers[place]], []).append(names[code])
    return {concept: tuple(sorted(near)) for concept, near in found.items()}


def links_between(looking: Looking, pairs: Sequence[tuple[str, str]], filters: Filters) -> dict[tuple[str, str], Between]:
    """For each pair of concepts that a link joins, in either direction, the surest one; the words of all are read together."""
    known = looking.concepts()
    wanted = [pair for pair in dict.fromkeys(pairs) if pair[0] in known and pair[1] in known]
    if not wanted:
        return {}
    ones = sorted({one for one, _ in wanted})
    own, rows = _of(looking, [known[one][0] for one in ones], filters)
    order = np.argsort(own, kind="stable")
    first = np.searchsorted(own[order], np.arange(len(ones) + 1))
    near = {one: rows.where(order[first[n] : first[n + 1]]) for n, one in enumerate(ones)}
    ways: dict[tuple[str, str], tuple[bool, int]] = {}
    keys: dict[EdgeType, dict[tuple[str, str], LinkKey]] = {}
    for one, other in wanted:
        some = near[one].where(near[one]["other"] == known[other][0])
        if not len(some):
            continue
        columns = [some["basis"], some["doubt"], looking.column(some, "age"), looking.column(some, "tie"), some.ids("source"), some.ids("target")]
        best = int(np.lexsort((1 - some["outward"], some["type"], some["ordinal"], *reversed(columns)))[0])
        forward = bool(some["outward"][best])
        key: LinkKey = (one if forward else other, "concept", False, int(columns[4][best]), int(columns[5][best]), int(some["ordinal"][best]))
        keys.setdefault(EDGE_TYPES[int(some["type"][best])], {})[one, other] = key
        ways[one, other] = forward, how_many(looking.works[some.at])
    found: dict[tuple[str, str], Between] = {}
    for kind, listed in keys.items():
        for pair, row in zip(listed, link_rows(looking, kind, list(listed.values())), strict=True):
            found[pair] = Between(row, *ways[pair])
    return found


def _ends(looking: Looking) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """For each side of all ties: the concepts in order, and the rows in that order; so those of one concept are found without looking at the others."""

    def make() -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        rows = looking.family("all_ties")
        orders = [np.argsort(rows[side], kind="stable") for side in ("one", "other")]
        return (rows["one"][orders[0]], orders[0]), (rows["other"][orders[1]], orders[1])

    return looking.once("ends", make)


def _of(looking: Looking, concepts: Sequence[int], filters: Filters) -> tuple[Array, Rows]:
    """Ties that the filters leave of concepts, as seen from them, and for each row the place of its concept in `concepts`.

    `other` is the other end, `outward` whether the link leads there.
    All ties are held, each once: what is asked of many concepts in turn would be many statements.
    """
    rows = looking.family("all_ties")
    owners, parts = [], []
    for from_there, (ends, order) in enumerate(_ends(looking)):
        numbers = np.array(concepts, dtype=ends.dtype)
        low, high = np.searchsorted(ends, numbers), np.searchsorted(ends, numbers, side="right")
        seen = rows.where(np.concatenate([order[first:last] for first, last in zip(low.tolist(), high.tolist(), strict=True)]))
        if from_there:
            turned = seen.rows.copy()
            turned["one"], turned["other"], turned["outward"] = seen["other"], seen["one"], 0
            seen = Rows(turned, seen.at, seen.numbers)
        owners.append(np.repeat(np.arange(len(numbers)), high - low))
        parts.append(seen)
    own, found = np.concatenate(owners), Rows.join(parts)
    mask = link_mask(looking, found, filters)
    return own[mask], found.where(mask)


def supports(looking: Looking, document: str) -> tuple[Support, ...]:
    """What a document says about each concept in its own words, and how many other works of its shelf (samples, internal ones, the rest) speak of it.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    projection, live = projection_of(looking.ask, document)
    statements: dict[str, set[str]] = {}
    for edge in projection.edges:
        if edge.type == "about" and not edge.weak:
            statements.setdefault(edge.target, set()).add(edge.source)
    remedies: dict[str, int] = {}
    for edge in projection.edges:
        if edge.type == "addressed_by" and edge.live and live:
            for concept, factors in statements.items():
                remedies[concept] = remedies.get(concept, 0) + (edge.source in factors)
    named = looking.family("named")
    said = named["drivers"].astype(np.int64) + named["dilemmas"] + named["measures"] + named["goals"]
    others = named.where((said > 0) & _others(looking, named, projection))
    works = looking.column(others, "work")
    refs = {key: ref for key, (_, ref) in looking.concepts().items()}
    found = [
        Support(
            concept=refs[concept],
            statements=len(factors),
            others=len(distinct(works[others["concept"] == number_of(concept)])),
            remedies=remedies.get(concept, 0),
        )
        for concept, factors in statements.items()
    ]
    return tuple(sorted(found, key=lambda support: (support.others, support.concept.id)))


def tie_supports(looking: Looking, document: str) -> tuple[TieSupport, ...]:
    """How a document ties concepts to each other, and how many other works of its shelf do the same.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    found = looking.ask("MATCH (d:Document {id: $id}) RETURN d.number", id=document)
    if not found:
        raise UnknownDocument(document)
    projection, live = projection_of(looking.ask, document)
    if not live:
        return ()
    refs = looking.refs()
    supports_ = []
    ties = looking.family("all_ties")
    concepts = dict.fromkeys(edge.target for edge in projection.edges if edge.type == "about" and not edge.weak)
    for one in concepts:
        rows = ties.where(ties["one"] == number_of(one))
        own = looking.numbers[rows.at] == found[0][0]
        kept = rows.where(_others(looking, rows, projection))
        works = looking.column(kept, "work")
        keys, counts = np.unique(np.stack((rows["other"][own], rows["type"][own].astype(np.int64))), axis=1, return_counts=True)
        for (other, kind), count in zip(keys.T.tolist(), counts.tolist(), strict=True):
            same = (kept["other"] == other) & (kept["type"] == kind)
            supports_.append(
                TieSupport(
                    source=refs[number_of(one)],
                    type=EDGE_TYPES[kind],
                    target=refs[other],
                    rows=count,
                    others=len(distinct(works[same])),
                )
            )
    return tuple(sorted(supports_, key=lambda tie: (tie.others, tie.source.id, tie.target.id, EDGE_TYPES.index(tie.type))))


def _others(looking: Looking, rows: Rows, projection: DocumentProjection) -> Array:
    """Rows of other works of the same shelf."""
    shelf = int(projection.source.sample) + 2 * (projection.source.access == ACCESSES[2])
    mask: Array = (looking.column(rows, "work") != number_of(projection.work)) & (looking.column(rows, "shelf") == shelf)
    return mask
