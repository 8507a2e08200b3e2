"""Room in a picture: marks that lie too close are let apart, and each label is put where it covers no other.

All measures are pixels of the picture at its narrowest; where it is drawn wider, what is apart here is further apart there. The same marks give the
same places and the same sides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import cos, hypot, pi, sin
from typing import Literal, NamedTuple
from unicodedata import east_asian_width

Side = Literal["top", "bottom", "right", "left"]
Point = tuple[float, float]

SIDES: tuple[Side, ...] = ("top", "bottom", "right", "left")
GAP = 24.0
"""least room between the edges of two marks"""
DISTANCE, MARGIN = 4, 3
"""between a mark and its label; kept free between two labels, for letters are measured roughly here"""
_ROUNDS = 120
_LATIN = 0.62
"""width of a Latin letter as a share of the size of the letters; Chinese characters, and signs that Chinese fonts draw as wide, have all of it"""
_GOLDEN = pi * (3 - 5**0.5)
_COVERED = 0.06
"""share of a label that marks may cover, about a quarter of a small one"""

_UPON = 0.25
"""share of a label that must lie on another for every drawing to see that both overlap"""


class Box(NamedTuple):
    """A rectangle; screens count downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def common(self, other: Box) -> float:
        """Area that both cover."""
        wide, high = min(self.right, other.right) - max(self.left, other.left), min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, other: Box) -> bool:
        return self.left <= other.left and self.top <= other.top and self.right >= other.right and self.bottom >= other.bottom


class Label(NamedTuple):
    """A label that is wanted beside a mark."""

    words: str
    size: float
    """of its letters"""


class Put(NamedTuple):
    """Where a label stands: on which side of its mark, in which box; whether it covers nothing there; and whether it lies on another label."""

    side: Side
    box: Box
    free: bool
    upon: bool = False


def text_width(label: Label) -> float:
    """Width of the words, rather too large than too small: `数据孤岛` in 12 pixels → 48."""
    return sum(label.size * (_LATIN if east_asian_width(sign) in ("Na", "N", "H") else 1.0) for sign in label.words)


def let_apart(points: Sequence[Point], sizes: Sequence[float], *, gap: float = GAP, stays: int | None = None) -> list[Point]:
    """The points with room between their marks, as far as there is any, in the frame of all; the one that `stays` does not move.

    Marks that have room stay where they are; those of the same place go apart in directions that their order decides.
    """
    placed = list(points)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    for _ in range(_ROUNDS):
        moved = False
        for one in range(len(placed)):
            for other in range(one):
                (x, y), (u, v) = placed[one], placed[other]
                wanted, away = (sizes[one] + sizes[other]) / 2 + gap, hypot(x - u, y - v)
                if away >= wanted:
                    continue
                across, down = ((x - u) / away, (y - v) / away) if away else (cos(one * _GOLDEN), sin(one * _GOLDEN))
                push = (wanted - away) / 4
                for index, far in ((one, push), (other, -push)):
                    if index != stays:
                        at_x, at_y = placed[index]
                        placed[index] = (min(max(at_x + across * far, left), right), min(max(at_y + down * far, top), bottom))
                moved = True
        if not moved:
            break
    return placed


def _mark(point: Point, size: float) -> Box:
    return Box(point[0] - size / 2, point[1] - size / 2, point[0] + size / 2, point[1] + size / 2)


def box_of(label: Label, side: Side, point: Point, size: float) -> Box:
    """The box of a label on one side of a mark of that size."""
    (x, y), wide, high, away = point, text_width(label), label.size + MARGIN, size / 2 + DISTANCE
    if side in ("top", "bottom"):
        top = y - away - high if side == "top" else y + away
        return Box(x - wide / 2, top, x + wide / 2, top + high)
    left = x + away if side == "right" else x - away - wide
    return Box(left, y - high / 2, left + wide, y + high / 2)


def put(
    labels: Sequence[Label], points: Sequence[Point], sizes: Sequence[float], *, frame: Box, order: Sequence[int], above: Collection[int] = ()
) -> list[Put]:
    """A side for each label, looked for in `order`: inside the frame, on no label that stands, and on as little of the marks as can be; those
    of `above` may lie on marks.

    A label that finds no such side is not `free`. Where it can, it lies `upon` one that stands: a drawing that hides what overlaps then hides it until a
    reader looks closer.
    """
    found: dict[int, Put] = {}
    stands: list[Box] = []
    marks = [_mark(point, size) for point, size in zip(points, sizes, strict=True)]
    for index in order:
        outward = SIDES if points[index][1] < 0 else ("bottom", "top", *SIDES[2:])
        tried: list[tuple[float, int, Put]] = []
        for rank, side in enumerate(outward):
            box = box_of(labels[index], side, points[index], sizes[index])
            wide = Box(box.left - MARGIN, box.top, box.right + MARGIN, box.bottom)
            covered = sum(box.common(mark) for place, mark in enumerate(marks) if place != index) / max(1.0, box.area)
            upon = any(box.common(one) > _UPON * box.area for one in stands)
            free = frame.holds(box) and not any(wide.common(one) for one in stands) and (covered <= _COVERED or index in above)
            tried.append((round(covered, 2), rank, Put(side, box, free, upon)))
        best = min(tried, key=lambda one: (not one[2].free, not one[2].upon, one[0], one[1]))[2]
        if best.free:
            stands.append(best.box)
        found[index] = best
    return [found[index] for index in range(len(labels))]
