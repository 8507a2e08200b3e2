"""The words that a problem and a measure share, or the headings above them: how many, how telling in their document, and how long a run.

A plan answers a problem in the words of its matter (经费管理制度尚未建立 → 完善经费管理机制), while 缺乏, 完善, 机制 stand everywhere; so a pair of
characters weighs the more the fewer statements of the document hold it, and a long run of the same characters is a name of the matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.link._layout import Layout

Ints = NDArray[np.int64]
Grid = NDArray[np.float32]

RUNS = (3, 4, 5, 6, 8)
"""lengths of runs of the same characters that are told apart; two characters are where counting begins"""
SHARED = ("words", "words_of_d", "words_of_m", "words_run")
"""columns of each comparison: weight of what both share, its part of the one and of the other, the longest run"""
NAMES = (
    *(f"{name}_{what}" for what in ("factors", "heads") for name in SHARED),
    *("words_to_head", "words_of_d_to_head", "run_to_head", "words_from_head", "words_of_m_from_head", "run_from_head"),
)


def shared_words(layout: Layout, problems: Ints, measures: Ints) -> tuple[list[Grid], list[Grid]]:
    """Grids `[problem, measure]` by NAMES, and three of them that are worth ranking: between factors, between heads, all together."""
    texts_d = [_letters(layout.factors[n].text) for n in problems.tolist()]
    texts_m = [_letters(layout.factors[n].text) for n in measures.tolist()]
    heads = [_letters("".join(layout.factors[n].text for n in section.heads) or section.title) for section in layout.sections]
    heads_d = [heads[section] or own for section, own in zip(layout.section[problems].tolist(), texts_d, strict=True)]
    heads_m = [heads[section] or own for section, own in zip(layout.section[measures].tolist(), texts_m, strict=True)]
    weights = _weights([*texts_d, *texts_m])
    own = _compared(texts_d, texts_m, weights)
    above = _spread(heads_d, heads_m, weights)
    to_head = _spread(texts_d, [heads[section] for section in layout.section[measures].tolist()], weights)
    from_head = _spread([heads[section] for section in layout.section[problems].tolist()], texts_m, weights)
    together = own[0] + 0.7 * above[0] + 0.5 * (to_head[0] + from_head[0])
    return [*own, *above, to_head[0], to_head[1], to_head[3], from_head[0], from_head[2], from_head[3]], [own[0], above[0], together]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def _pieces(text: str, length: int) -> frozenset[str]:
    return frozenset(text[k : k + length] for k in range(len(text) - length + 1))


class _Weights:
    """Weight of each pair of characters: the more, the fewer statements of the document hold it."""

    def __init__(self, held: dict[str, int], statements: int) -> None:
        self.held, self.statements = held, statements

    def of(self, pairs: Sequence[str]) -> NDArray[np.float32]:
        return np.log1p(np.array([self.statements / (1 + self.held.get(pair, 0)) for pair in pairs], dtype=np.float32))


def _weights(texts: Sequence[str]) -> _Weights:
    held: dict[str, int] = {}
    for text in texts:
        for pair in _pieces(text, 2):
            held[pair] = held.get(pair, 0) + 1
    return _Weights(held, len(texts))


def _compared(left: Sequence[str], right: Sequence[str], weights: _Weights) -> tuple[Grid, Grid, Grid, Grid]:
    pairs_left, pairs_right = [_pieces(text, 2) for text in left], [_pieces(text, 2) for text in right]
    common = _common(pairs_left, pairs_right)
    weight = weights.of(common)
    shared = np.asarray((_held(pairs_left, common) * weight) @ _held(pairs_right, common).T, dtype=np.float32)
    run = np.where(shared > 0, np.float32(2), np.float32(0))
    for length in RUNS:
        runs_left, runs_right = [_pieces(text, length) for text in left], [_pieces(text, length) for text in right]
        same = _common(runs_left, runs_right)
        if not same:
            break
        run[_held(runs_left, same) @ _held(runs_right, same).T > 0] = length
    return shared, shared / _total(pairs_left, weights)[:, None], shared / _total(pairs_right, weights)[None, :], run


def _spread(left: Sequence[str], right: Sequence[str], weights: _Weights) -> tuple[Grid, ...]:
    """The same, where many texts are alike, as those of one heading's statements are: each is compared once."""
    few_left, few_right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
    place_left, place_right = ({text: n for n, text in enumerate(few)} for few in (few_left, few_right))
    rows, columns = [place_left[text] for text in left], [place_right[text] for text in right]
    return tuple(grid[rows][:, columns] for grid in _compared(few_left, few_right, weights))


def _common(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> list[str]:
    # sorted: sums of floats depend on their order, and the same document must give the same links
    return sorted(frozenset[str]().union(*left) & frozenset[str]().union(*right))


def _held(texts: Sequence[frozenset[str]], pieces: Sequence[str]) -> Grid:
    place = {piece: n for n, piece in enumerate(pieces)}
    out = np.zeros((len(texts), len(pieces)), dtype=np.float32)
    for n, text in enumerate(texts):
        out[n, [place[piece] for piece in text if piece in place]] = 1.0
    return out


def _total(texts: Sequence[frozenset[str]], weights: _Weights) -> NDArray[np.float32]:
    return np.array([weights.of(sorted(text)).sum() + 1e-3 for text in texts], dtype=np.float32)
