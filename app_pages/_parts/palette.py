"""Colours and shapes of the factor types for drawings, in both themes; the style sheet holds the same colours.

Blue, vermilion, bluish green and purple after Okabe and Ito (Color Universal Design, 2008), darkened, and lightened for the dark theme, until each has a
contrast of 4.5 and more on its ground (WCAG 2.2, 1.4.3); they differ in lightness and in blue content, so that red-green-blind readers tell them apart.
Every use adds a letter, a line or a shape.
"""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st


class Look(NamedTuple):
    colour: str
    symbol: str
    """an ECharts symbol"""


class Scheme(NamedTuple):
    """The colours of a drawing in one theme."""

    ink: str
    quiet: str
    line: str
    paper: str
    looks: dict[str, Look]


_SYMBOLS = {"concept": "circle", "driver": "triangle", "dilemma": "diamond", "countermeasure": "roundRect", "goal": "circle", "actor": "pin"}


def _scheme(ink: str, quiet: str, line: str, paper: str, *colours: str) -> Scheme:
    looks = {kind: Look(colour, symbol) for (kind, symbol), colour in zip(_SYMBOLS.items(), (ink, *colours), strict=True)}
    return Scheme(ink, quiet, line, paper, looks)


LIGHT = _scheme("#1f2d35", "#5d6b73", "#c3ccd0", "#ffffff", "#0b5a9d", "#b3440a", "#00705a", "#7a4a9c", "#6a7780")
DARK = _scheme("#e8edf0", "#aab6bd", "#4b5960", "#1d2428", "#79b8ee", "#f29a63", "#58c9a8", "#c9a3ea", "#9aa7ae")


def scheme() -> Scheme:
    """The colours of the theme that the viewer sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT
