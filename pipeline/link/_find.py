"""From factors to links: candidates → probabilities → links with their evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.link._candidates import ENDS, pairs_within_reach
from pipeline.link._features import Counts, count, near_features
from pipeline.link._headings import best_parent, parent_features, parents
from pipeline.link._layout import Layout, lay_out
from pipeline.link._likeness import Vectors, vectors
from pipeline.link._limits import find_limits, is_ruled_out
from pipeline.link._model import Scorer, no_grams, shipped
from pipeline.link._plan import grid_ends, grid_features
from pipeline.link._rivals import unrivalled
from pipeline.link._tables import links_in_rows, rows_of
from pipeline.records import Basis, Factor, Link, LinkType, Place, Sentence, content_id
from pipeline.structure import Structure

AUTHORS = {"pairs": "links.pairs.v5", "plan": "links.plan.v4", "heading": "links.heading.v4", "tables": "links.tables.v1", "limits": "links.limits.v2"}
_IN_A_ROW = 0.9
"""confidence of a link that the columns of a table state"""

Ints = NDArray[np.int64]


def find_links(structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor]) -> tuple[Link, ...]:
    """Links between `factors`, ordered by the places of their ends; the same input gives the same links.

    Evidence is one place where one stretch of the text shows both ends (their sentence, or two neighbouring ones) and two
    places, first end then second, where the document's plan joins them.

    `为破解数据孤岛，应当建立共享平台。` → addressed_by 数据孤岛 → 建立共享平台, stated, evidence the sentence.
    """
    layout = lay_out(structure, sentences, factors)
    if len(layout.factors) < 2:
        return ()
    scorers = shipped()
    counts, likes = count(layout), vectors(layout)
    rows = rows_of(structure, layout)
    row = np.array([bool(name) for name in rows], dtype=np.bool_)
    limits = list(find_limits(layout))
    found = [
        *(_link(layout, kind, i, j, _IN_A_ROW, "stated", AUTHORS["tables"]) for kind, i, j in links_in_rows(structure, layout, rows)),
        *(_link(layout, "limited_by", limit.i, limit.j, limit.confidence, "stated", AUTHORS["limits"]) for limit in limits),
        *_within_reach(layout, counts, scorers, row, {(limit.j, limit.i) for limit in limits if limit.caused}),
        *_by_plan(layout, counts, likes, scorers["aligned"], row),
        *_by_heading(layout, counts, likes, scorers["part_of"]),
    ]
    best: dict[tuple[LinkType, str, str], Link] = {}
    for link in found:
        key = (link.type, link.source, link.target)
        # what a sentence states outweighs what the plan suggests
        if key not in best or (link.basis == "stated") > (best[key].basis == "stated"):
            best[key] = link
    order = {factor.id: n for n, factor in enumerate(layout.factors)}
    return tuple(sorted(best.values(), key=lambda link: (order[link.source], order[link.target], link.type)))


def _within_reach(layout: Layout, counts: Counts, scorers: dict[str, Scorer], row: NDArray[np.bool_], barred: set[tuple[int, int]]) -> list[Link]:
    out = []
    for kind in ENDS:
        i, j = pairs_within_reach(layout, kind)
        # rows of tables speak for themselves: their columns have said what belongs together
        free = ~(row[i] | row[j])
        i, j = i[free], j[free]
        if not len(i):
            continue
        scorer = scorers[kind]
        raw = scorer.raw(near_features(layout, counts, i, j, scorer.grams))
        p = scorer.calibrate(raw)
        for n in _nearest_mentions(layout, i, j, np.flatnonzero((p >= scorer.threshold) & unrivalled(kind, i, j, raw))):
            a, b = int(i[n]), int(j[n])
            if kind == "addressed_by" and ((a, b) in barred or is_ruled_out(layout, a, b)):
                continue
            out.append(_link(layout, kind, a, b, p[n], "stated", AUTHORS["pairs"]))
    return out


def _nearest_mentions(layout: Layout, i: Ints, j: Ints, chosen: Ints) -> list[int]:
    """Of pairs that say the same words of the same end, those whose ends stand nearest: 为破解X，应A。为破解X，应B。 links each X with its own measure."""
    apart = np.abs(layout.sentence[i] - layout.sentence[j])
    nearest: dict[tuple[int, str, bool], int] = {}
    for n in chosen.tolist():
        for key in ((int(i[n]), layout.factors[j[n]].text, True), (int(j[n]), layout.factors[i[n]].text, False)):
            nearest[key] = min(nearest.get(key, 1 << 30), int(apart[n]))
    return [
        n
        for n in chosen.tolist()
        if apart[n] == nearest[int(i[n]), layout.factors[j[n]].text, True] and apart[n] == nearest[int(j[n]), layout.factors[i[n]].text, False]
    ]


def _by_plan(layout: Layout, counts: Counts, likes: Vectors, scorer: Scorer, row: NDArray[np.bool_]) -> list[Link]:
    problems, measures = grid_ends(layout)
    failed = np.array([factor.force == "failed" for factor in layout.factors], dtype=np.bool_)
    problems, measures = problems[~row[problems]], measures[~(row | failed)[measures]]
    if not len(problems) or not len(measures):
        return []
    raw = scorer.raw(grid_features(layout, counts, likes, problems, measures))
    p = scorer.calibrate(raw)
    i, j = np.repeat(problems, len(measures)), np.tile(measures, len(problems))
    chosen = _by_its_matter(layout, i, j, p, np.flatnonzero((p >= scorer.threshold) & unrivalled("aligned", i, j, raw)))
    return [_link(layout, "addressed_by", i[n], j[n], p[n], "aligned", AUTHORS["plan"]) for n in chosen]


def _by_its_matter(layout: Layout, i: Ints, j: Ints, p: NDArray[np.float64], chosen: Ints) -> list[int]:
    """Of the parts of one heading (A，B) a measure answers the one whose matter it treats; being beside it is no reason."""
    best: dict[tuple[int, int], float] = {}
    for n in chosen.tolist():
        if layout.heading[i[n]]:
            key = (int(layout.section[i[n]]), int(j[n]))
            best[key] = max(best.get(key, 0.0), float(p[n]))
    return [n for n in chosen.tolist() if not layout.heading[i[n]] or p[n] == best[int(layout.section[i[n]]), int(j[n])]]


def _by_heading(layout: Layout, counts: Counts, likes: Vectors, scorer: Scorer) -> list[Link]:
    i, j = parents(layout)
    if not len(i):
        return []
    rows = np.concatenate([near_features(layout, counts, i, j, no_grams()), parent_features(layout, counts, likes, i, j)], axis=1)
    p = scorer.probability(rows)
    return [_link(layout, "part_of", i[n], j[n], p[n], "aligned", AUTHORS["heading"]) for n in best_parent(i, p, scorer.threshold)]


def _link(layout: Layout, kind: LinkType, i: int, j: int, p: float, basis: Basis, author: str) -> Link:
    source, target = layout.factors[i], layout.factors[j]
    return Link(
        id=content_id("l", kind, source.id, target.id),
        type=kind,
        source=source.id,
        target=target.id,
        basis=basis,
        confidence=round(float(p), 4),
        evidence=_evidence(layout, i, j, basis),
        author=author,
    )


def _evidence(layout: Layout, i: int, j: int, basis: Basis) -> tuple[Place, ...]:
    a, b = layout.sentences[layout.sentence[i]], layout.sentences[layout.sentence[j]]
    first, second = sorted((a, b), key=lambda sentence: sentence.start)
    near = abs(int(layout.sentence[i]) - int(layout.sentence[j])) <= 1
    if a is b:
        return ((a.start, a.end),)
    if basis == "stated" and near:
        return ((first.start, second.end),)
    return ((a.start, a.end), (b.start, b.end))
