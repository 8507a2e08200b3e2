"""Names with a slip in them: 数字正府, 一网办通, 长期护保险, 隐私机算. Weighted edits over the stretches of a question that are near a name.

A character of the same sound costs least, then two characters changed about, then one left out or put in, then any other one.
Source of the order: Damerau, A technique for computer detection and correction of spelling errors (1964); for Chinese, the finding of
Liu et al., Visually and phonologically similar characters in incorrect Chinese words (2011), that three slips in four keep the sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.concepts._fold import is_han
from corpus.concepts._sounds import sound_alike

_SOUND, _SWAP, _GAP, _OTHER = 0.4, 0.5, 0.7, 1.0
_SHORTEST = 3
_WEIGHT = 1.3
"""how much of its trust a slip takes from a name, by the character"""


class Slip(NamedTuple):
    """A stretch of a question that is a name but for a slip."""

    way: str
    start: int
    end: int
    cost: float
    """sum of the edits' costs, above 0"""

    @property
    def trust(self) -> float:
        """How likely the name is meant: one slip weighs less in a long name."""
        return max(0.0, 1 - _WEIGHT * self.cost / len(self.way))


class Slips:
    """Chinese names, ready to be recognised with one slip (two in names of eight and more characters)."""

    def __init__(self, ways: Iterable[str]) -> None:
        self._ways = sorted(way for way in ways if len(way) >= _SHORTEST and all(map(is_han, way)))
        self._postings: dict[str, list[int]] = {}
        for number, way in enumerate(self._ways):
            for character in sorted(set(way)):
                self._postings.setdefault(character, []).append(number)

    def find(self, text: str) -> Iterator[Slip]:
        """Names that a stretch of `text` (folded, Chinese) is but for a slip, the best stretch of each."""
        shared: Counter[int] = Counter()
        for character in sorted(set(text)):
            shared.update(self._postings.get(character, ()))
        for number, count in sorted(shared.items()):
            way = self._ways[number]
            allowed = 1 if len(way) < 8 else 2
            if count < len(set(way)) - allowed or len(text) < len(way) - allowed:
                continue
            best = min(_windows(text, way, allowed), key=_cost, default=None)
            if best is not None and best.cost > 0:
                yield best


def _cost(slip: Slip) -> tuple[float, int, int]:
    return slip.cost, -(slip.end - slip.start), slip.start


def _windows(text: str, way: str, allowed: int) -> Iterator[Slip]:
    for width in range(max(2, len(way) - allowed), len(way) + allowed + 1):
        for start in range(len(text) - width + 1):
            piece = text[start : start + width]
            # the ends of a stretch belong to it: a slip at the end of a name is another character, not one more
            if width > len(way) and (piece[0] != way[0] or piece[-1] != way[-1]):
                continue
            cost = weighted(piece, way, limit=float(allowed))
            if cost <= allowed:
                yield Slip(way, start, start + width, cost)


def weighted(piece: str, way: str, *, limit: float) -> float:
    """Least cost of the edits that make `way` of `piece`; some number above `limit` where it is more."""
    if len(set(piece) & set(way)) < len(set(way)) - limit - 1:
        return limit + 1
    before: list[float] = []
    last = [at * _GAP for at in range(len(way) + 1)]
    for i, typed in enumerate(piece, 1):
        row = [i * _GAP]
        for j, meant in enumerate(way, 1):
            change = 0.0 if typed == meant else _SOUND if sound_alike(typed, meant) else _OTHER
            cost = min(last[j - 1] + change, last[j] + _GAP, row[j - 1] + _GAP)
            if i > 1 and j > 1 and typed == way[j - 2] and piece[i - 2] == meant and typed != meant:
                cost = min(cost, before[j - 2] + _SWAP)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]
