"""Pictures that readers save: the map and the chains come as PNG with the ground of the page and with words on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image

from tests.browser.conftest import SLOW
from tests.browser.test_page import _open

pytestmark = pytest.mark.browser

GROUNDS = {"light": (255, 255, 255), "dark": (29, 36, 40)}
PAGE = {"light": (247, 248, 248), "dark": (20, 25, 28)}
INK = {"light": (31, 45, 53), "dark": (232, 237, 240)}


def saved(page: Any, click: Any, folder: Path, name: str) -> Image.Image:
    """The picture that a click saves, as it lies on the disk."""
    with page.expect_download() as waiting:
        click.click()
    file = folder / name
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename.endswith(".png")
    return Image.open(file).convert("RGBA")


def share(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    """Share of the pixels that have a colour, give or take what a screen does to it."""
    pixels = np.asarray(picture).reshape(-1, 4).astype(int)
    near = (np.abs(pixels[:, :3] - colour).max(axis=1) < 12) & (pixels[:, 3] == 255)
    return float(near.mean())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_and_the_chains_are_saved_as_pictures(chromium: Any, address: str, tmp_path: Path, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, color_scheme=scheme, locale="zh-CN")
    context.set_default_timeout(SLOW)
    page = context.new_page()
    _open(page, f"{address}/?q={quote('数据孤岛')}&view=chain")
    canvas = page.locator(".st-key-rail-map canvas").first
    canvas.wait_for()
    page.wait_for_function(
        "ground => getComputedStyle(document.querySelector('.zm-card')).backgroundColor === ground", arg="rgb({}, {}, {})".format(*GROUNDS[scheme])
    )
    chains = saved(page, page.locator("button[data-picture=chains]"), tmp_path, "chains.png")
    whole = page.evaluate(SPAN)
    # twice the pixels of the page, with a margin
    assert all(abs(pixels - 2 * (whole[side] + 32)) <= 1 for pixels, side in zip(chains.size, ("width", "height"), strict=True))
    assert share(chains, PAGE[scheme]) > 0.02
    assert share(chains, GROUNDS[scheme]) > 0.3
    # words: of the ink, where the first box stands
    box = page.locator(".zm-box.zm-dilemma").first.bounding_box()
    cut = [2 * (box[side] - whole[start] + 16) for side, start in (("x", "left"), ("y", "top"))]
    words = chains.crop((cut[0], cut[1], cut[0] + 2 * box["width"], cut[1] + 2 * box["height"]))
    assert 0.01 < share(words, INK[scheme]) < 0.4
    # with the button that fingers and keys reach, too
    drawn = saved(page, page.locator("button[data-picture=map]"), tmp_path, "map.png")
    assert drawn.width >= 700
    assert share(drawn, GROUNDS[scheme]) > 0.5
    assert share(drawn, INK[scheme]) > 0.002
    context.close()


SPAN = """() => {
  const boxes = [...document.querySelectorAll("[data-drawn=chains]")].map(one => one.getBoundingClientRect())
  const left = Math.min(...boxes.map(box => box.left)), top = Math.min(...boxes.map(box => box.top))
  return { left, top, width: Math.max(...boxes.map(box => box.right)) - left, height: Math.max(...boxes.map(box => box.bottom)) - top }
}"""
