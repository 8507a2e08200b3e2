"""Features of a problem and a measure that stand far apart: do the sections that hold them treat the same matter, at the same place?

All vectorised over the whole grid of problems × measures of a document.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.link._features import Counts, Floats
from pipeline.link._layout import Layout, Section
from pipeline.link._likeness import Vectors
from pipeline.link._wording import NAMES as WORDING
from pipeline.link._wording import shared_words

Ints = NDArray[np.int64]
Grid = NDArray[np.float32]

MOST = 600
"""problems and measures that are compared at most: headings first, then in order of appearance; bounds time and memory"""

NAMES = (
    *("like", "like_sections", "like_to_section", "like_from_section", "like_titles", "like_to_title"),
    *(f"{what}_{how}" for what in ("like", "like_sections", "like_all", "like_titles") for how in ("row_rank", "column_rank", "row_share", "column_share")),
    *(
        "place_d",
        "place_m",
        "same_place",
        "place_gap",
        "siblings_d",
        "siblings_m",
        "same_siblings",
        "level_d",
        "level_m",
        "same_level",
        "same_top",
        "same_section",
    ),
    *("zone_d", "zone_m", "heading_d", "heading_m", "dim_d", "dim_m", "same_dim", "sentences_apart", "far", "abstract_d", "abstract_m", "length_d", "length_m"),
    *("at_d", "at_m", "problems", "measures", "heads_d", "heads_m", "members_d", "members_m", "confidence_d", "confidence_m"),
    *WORDING,
    *(f"{what}_{how}" for what in ("words_factors", "words_heads", "words_all") for how in ("row_rank", "column_rank", "row_share", "column_share")),
)


def grid_ends(layout: Layout) -> tuple[Ints, Ints]:
    """Problems and measures that are compared, in order of appearance, at most MOST of each."""
    return _first(layout, 1), _first(layout, 2)


def _first(layout: Layout, kind: int) -> Ints:
    found = np.flatnonzero(layout.kind == kind)
    if len(found) > MOST:
        found = np.sort(found[np.argsort(~layout.heading[found], kind="stable")[:MOST]])
    return found.astype(np.int64)


def grid_features(layout: Layout, counts: Counts, vectors: Vectors, problems: Ints, measures: Ints) -> Floats:
    """Array `[problem × measure, NAMES]`, problems outermost."""
    sec_d, sec_m = layout.section[problems], layout.section[measures]
    likes = [
        vectors.factors[problems] @ vectors.factors[measures].T,
        vectors.sections[sec_d] @ vectors.sections[sec_m].T,
        vectors.factors[problems] @ vectors.sections[sec_m].T,
        vectors.sections[sec_d] @ vectors.factors[measures].T,
        vectors.titles[sec_d] @ vectors.titles[sec_m].T,
        vectors.factors[problems] @ vectors.titles[sec_m].T,
    ]
    together = likes[0] + 0.5 * (likes[1] + likes[2] + likes[3])
    words, telling = shared_words(layout, problems, measures)
    shape = (len(problems), len(measures))

    def down(values: NDArray[np.generic]) -> Grid:
        return np.broadcast_to(np.asarray(values, dtype=np.float32)[:, None], shape)

    def across(values: NDArray[np.generic]) -> Grid:
        return np.broadcast_to(np.asarray(values, dtype=np.float32)[None, :], shape)

    plan = _plan_columns(layout)
    top_d, top_m = plan["top"][sec_d], plan["top"][sec_m]
    place_d, place_m = plan["place"][sec_d], plan["place"][sec_m]
    siblings_d, siblings_m = plan["siblings"][sec_d], plan["siblings"][sec_m]
    level_d, level_m = plan["level"][sec_d], plan["level"][sec_m]
    apart = layout.sentence[measures][None, :] - layout.sentence[problems][:, None]
    n = max(1, len(layout.factors))
    columns = [
        *likes,
        *(grid for what in (likes[0], likes[1], together, likes[4]) for grid in _ranks(what)),
        down(place_d),
        across(place_m),
        place_d[:, None] == place_m[None, :],
        place_m[None, :] - place_d[:, None],
        down(siblings_d),
        across(siblings_m),
        siblings_d[:, None] == siblings_m[None, :],
        down(level_d),
        across(level_m),
        level_d[:, None] == level_m[None, :],
        top_d[:, None] == top_m[None, :],
        sec_d[:, None] == sec_m[None, :],
        down(counts.zone[problems]),
        across(counts.zone[measures]),
        down(layout.heading[problems]),
        across(layout.heading[measures]),
        down(counts.dim[problems]),
        across(counts.dim[measures]),
        counts.dim[problems][:, None] == counts.dim[measures][None, :],
        apart,
        np.log1p(np.abs(apart)),
        down(layout.abstract[problems]),
        across(layout.abstract[measures]),
        down(layout.end[problems] - layout.start[problems]),
        across(layout.end[measures] - layout.start[measures]),
        down(problems / n),
        across(measures / n),
        np.full(shape, len(problems), dtype=np.float32),
        np.full(shape, len(measures), dtype=np.float32),
        down(plan["heads"][sec_d]),
        across(plan["heads"][sec_m]),
        down(plan["members"][sec_d]),
        across(plan["members"][sec_m]),
        down(counts.confidence[problems]),
        across(counts.confidence[measures]),
        *words,
        *(grid for what in telling for grid in _ranks(what)),
    ]
    return np.stack([np.asarray(column, dtype=np.float32).ravel() for column in columns], axis=1)


def _plan_columns(layout: Layout) -> dict[str, NDArray[np.float32]]:
    def column(values: list[int]) -> NDArray[np.float32]:
        return np.array(values, dtype=np.float32)

    def siblings(section: Section) -> int:
        return len(layout.sections[section.parent].children) if section.parent >= 0 else 0

    tops = [layout.path(section.index)[-2] if section.index else 0 for section in layout.sections]
    return {
        "place": column([s.place for s in layout.sections]),
        "siblings": column([siblings(s) for s in layout.sections]),
        "level": column([s.level for s in layout.sections]),
        "top": column(tops),
        "heads": column([len(s.heads) for s in layout.sections]),
        "members": column([len(s.members) for s in layout.sections]),
    }


def _ranks(grid: Grid) -> tuple[Grid, Grid, Grid, Grid]:
    """Rank in its row and in its column, as a share of it (0: first; of equals the one that stands first), and part of the best of its row and column."""
    row_best, column_best = grid.max(axis=1, keepdims=True), grid.max(axis=0, keepdims=True)
    return _ranked(grid), _ranked(grid.T).T, grid / np.maximum(row_best, 1e-3), grid / np.maximum(column_best, 1e-3)


def _ranked(grid: Grid) -> Grid:
    order = np.argsort(-np.ascontiguousarray(grid), axis=1, kind="stable")
    ranks = np.empty(grid.shape, dtype=np.float64)
    np.put_along_axis(ranks, order, np.arange(grid.shape[1]) / max(1, grid.shape[1]), axis=1)
    return ranks.astype(np.float32)
