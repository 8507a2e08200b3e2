"""Every page in a real browser, in both languages: its main path leads to the words in their document and back; one window a language."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.test_page import _open, _params, _wait_for

pytestmark = pytest.mark.browser

HUB = quote("数据孤岛")
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
WORDS = {
    "zh": {"documents": "文献", "card": "概念卡", "steps": "两步"},
    "en": {"documents": "Documents", "card": "Card of the concept", "steps": "two steps"},
}


def opened(window: Any, address: str, path: str, lang: str) -> None:
    mark = "&" if "?" in path else "?"
    _open(window, f"{address}/{path}" + (f"{mark}lang=en" if lang == "en" else ""))


def to_the_place_and_back(window: Any, link: Any, page: str) -> None:
    """Follow a link to the words in their document; Back shows the page that it was left from."""
    link.click()
    window.locator(".zm-text .zm-sentence").wait_for()
    assert window.locator(".zm-text .zm-chosen").count() >= 1
    window.go_back()
    window.wait_for_function("page => location.pathname === page && !document.querySelector('.zm-text')", arg=page)


@LANGUAGES
def test_the_pages_over_many_documents_lead_to_the_place_and_back(window: Any, address: str, lang: str) -> None:
    opened(window, address, f"links?q={HUB}", lang)
    to_the_place_and_back(window, window.locator(".zm-pair .zm-open").first, "/links")
    window.locator(".zm-views a[href^=compare]").click()
    window.locator(".zm-side").first.wait_for()
    window.get_by_role("radio").nth(1).click()
    _wait_for(window, "way", "disagreement")
    opened(window, address, f"matrix?q={HUB}&by=kind", lang)
    window.locator(".zm-matrix td a").first.click()
    to_the_place_and_back(window, window.locator(".st-key-rail-cell .zm-card .zm-open").first, "/matrix")
    window.locator(".st-key-rail-cell .zm-card").first.wait_for()
    assert _params(window)["row"] == "data-silos"
    assert _params(window).get("lang", "zh") == lang


@LANGUAGES
def test_documents_are_found_read_and_walked_through_by_key(window: Any, address: str, lang: str) -> None:
    opened(window, address, "overview", lang)
    window.locator(".zm-sets").first.wait_for()
    window.locator(".zm-masthead a", has_text=WORDS[lang]["documents"]).first.click()
    find = window.get_by_role("searchbox").or_(window.locator("input[type=search], input[type=text]")).first
    find.fill("县域")
    find.press("Enter")
    _wait_for(window, "find", "县域")
    window.wait_for_function("document.querySelectorAll('a.zm-row').length === 1")
    window.locator("a.zm-row").click()
    window.locator(".zm-text").wait_for()
    window.keyboard.press("j")
    _wait_for(window, "at")
    first = _params(window)["at"]
    window.locator(".zm-desk").wait_for()
    window.keyboard.press("j")
    window.wait_for_function("first => new URLSearchParams(location.search).get('at') !== first", arg=first)
    window.keyboard.press("k")
    _wait_for(window, "at", first)
    window.locator(".zm-tabs a").nth(1).click()
    _wait_for(window, "tab", "cleaning")
    window.locator("table.zm-clean, .zm-clean").first.wait_for()


@LANGUAGES
def test_the_map_widens_and_its_ties_open_their_sentences(window: Any, address: str, lang: str) -> None:
    opened(window, address, f"?q={HUB}", lang)
    window.locator(".zm-node").wait_for()
    window.locator(".zm-how a", has_text=WORDS[lang]["card"]).click()
    window.locator(".zm-conceptcard", has_text="信息孤岛").wait_for()
    # the address changes at once, the links a moment later: a click on one that is about to go leads to the view before
    window.locator(".zm-mapnav a[href*='card=1']", has_text=WORDS[lang]["steps"]).click()
    _wait_for(window, "steps", "2")
    window.locator(".zm-node li a[href*='steps=2']").first.click()
    _wait_for(window, "node", "dilemma:data-silos")
    window.wait_for_function("document.querySelector('.zm-node .zm-chip')?.classList.contains('zm-dilemma')")
    tie = window.locator(".zm-node li > div > details").first
    tie.locator("summary").click()
    tie.locator("blockquote mark").first.wait_for()
    assert "card" in _params(window)
    to_the_place_and_back(window, tie.locator(".zm-open").first, "/")
    window.locator(".zm-node .zm-chip.zm-dilemma").wait_for()


def test_the_language_changes_and_the_view_stays(window: Any, address: str) -> None:
    _open(window, f"{address}/links?q={HUB}&side=effects")
    window.locator(".zm-named").wait_for()
    window.locator(".zm-languages a", has_text="English").click()
    window.locator(".zm-masthead a", has_text="Documents").wait_for()
    assert _params(window) == {"q": "数据孤岛", "side": "effects", "lang": "en"}
    window.go_back()
    window.locator(".zm-masthead a", has_text="文献").wait_for()
    assert _params(window) == {"q": "数据孤岛", "side": "effects"}
