"""Both themes can be read: text and ground are apart by 4.5 and more (WCAG 2.2, 1.4.3), in the style sheet and in drawings."""

from __future__ import annotations

import re
import tomllib
from itertools import product

import pytest

from app_pages._parts import palette
from tests.conftest import REPOSITORY

CSS = (REPOSITORY / "app_pages" / "_parts" / "page.css").read_text(encoding="utf-8")
COLOURS = {name: {"light": light, "dark": dark} for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)}
THEMES = ("light", "dark")
TYPES = ("driver", "dilemma", "countermeasure", "goal")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_on_every_ground(theme: str) -> None:
    grounds = ("ground", "paper", "wash")
    for word, ground in product(("ink", "quiet", "faint", "seal-text", *TYPES), grounds):
        assert contrast(COLOURS[word][theme], COLOURS[ground][theme]) >= 4.5, (word, ground)
    for ground in ("sentence", "chosen", "seal-wash", *(f"{kind}-wash" for kind in TYPES)):
        assert contrast(COLOURS["ink"][theme], COLOURS[ground][theme]) >= 4.5, ground
    assert contrast(COLOURS["seal-text"][theme], COLOURS["seal-wash"][theme]) >= 4.5
    for filled in ("ink", "quiet", *TYPES):
        assert contrast(COLOURS["on"][theme], COLOURS[filled][theme]) >= 4.5, filled


@pytest.mark.parametrize(("theme", "colours"), [("light", palette.LIGHT), ("dark", palette.DARK)])
def test_drawings_have_the_colours_of_the_style_sheet(theme: str, colours: palette.Scheme) -> None:
    for kind in TYPES:
        assert colours.looks[kind].colour == COLOURS[kind][theme]
    assert (colours.ink, colours.quiet, colours.paper) == (COLOURS["ink"][theme], COLOURS["quiet"][theme], COLOURS["paper"][theme])
    assert len({look.symbol for kind, look in colours.looks.items() if kind in TYPES}) == len(TYPES)


@pytest.mark.parametrize("theme", THEMES)
def test_widgets_have_the_colours_of_the_style_sheet(theme: str) -> None:
    given = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    assert (given["textColor"], given["backgroundColor"], given["secondaryBackgroundColor"]) == tuple(
        COLOURS[name][theme] for name in ("ink", "ground", "paper")
    )
    assert contrast(given["primaryColor"], COLOURS["on"][theme]) >= 4.5
    assert contrast(given["primaryColor"], given["backgroundColor"]) >= 4.5


def test_no_colour_of_words_or_grounds_stands_outside_the_table() -> None:
    rest = CSS[CSS.index("/* frame */") :]
    named = set(re.findall(r"(?:color|background(?:-color)?):\s*(#[0-9a-f]{3,6})", rest))
    assert named <= {"#fff"}
