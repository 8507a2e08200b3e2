"""Colours and shapes of the factor types; the style sheet holds the same four colours.

Blue, vermilion, bluish green and purple after Okabe and Ito (Color Universal Design, 2008), darkened until each has a contrast of 4.5 and more on
white (WCAG 2.2, 1.4.3); they differ in lightness and in blue content, so that red-green-blind readers tell them apart. Every use adds a letter,
a line or a shape.
"""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    colour: str
    symbol: str
    """an ECharts symbol"""


LOOKS: dict[str, Look] = {
    "concept": Look("#1f2d35", "circle"),
    "driver": Look("#0b5a9d", "triangle"),
    "dilemma": Look("#b3440a", "diamond"),
    "countermeasure": Look("#00705a", "roundRect"),
    "goal": Look("#7a4a9c", "circle"),
    "actor": Look("#6a7780", "pin"),
}
INK, QUIET, LINE = "#1f2d35", "#5d6b73", "#c3ccd0"
