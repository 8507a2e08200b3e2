"""The pages over many documents before a real browser: from a question to its other views, from a cell or link to its place, and back again."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.test_page import _open, _params

pytestmark = pytest.mark.browser

CAUSE = "由于条块分割，信息孤岛依然存在。"


def test_from_an_answer_to_its_causes_to_the_place_and_back(window: Any, address: str) -> None:
    _open(window, f"{address}/?q={quote('数据孤岛')}&kind=official")
    window.locator(".zm-views a", has_text="成因与局限").click()
    card = window.locator(".zm-pair", has_text=CAUSE)
    card.wait_for()
    assert _params(window) == {"q": "数据孤岛", "kind": "official"}
    assert card.locator(".zm-relation li").inner_text().replace("\n", "") == "信息孤岛依然存在它的成因 →条块分割"
    card.locator("mark.zm-driver[data-href]").click()
    sentence = window.locator(".zm-sentence")
    sentence.wait_for()
    assert sentence.inner_text() == CAUSE
    window.go_back()
    card.wait_for()
    assert window.evaluate("location.pathname") == "/links"
    assert _params(window) == {"q": "数据孤岛", "kind": "official"}


def test_a_cell_opens_its_quotes_by_keyboard_and_back_closes_it(window: Any, address: str) -> None:
    _open(window, f"{address}/matrix?q={quote('数据孤岛')}&by=kind")
    cell = window.locator(".zm-matrix td a").first
    cell.wait_for()
    window.wait_for_load_state("networkidle")
    cell.focus()
    window.keyboard.press("Enter")
    window.locator(".st-key-rail-cell .zm-card").first.wait_for()
    assert _params(window)["row"] == "data-silos"
    assert window.locator(".st-key-rail-cell blockquote mark").count() >= 1
    window.go_back()
    window.wait_for_function("document.querySelectorAll('.st-key-rail-cell').length === 0")
    assert "row" not in _params(window)


def test_a_path_is_shown_in_english_with_the_words_of_each_step(window: Any, address: str) -> None:
    _open(window, f"{address}/compare?q={quote('数据孤岛')}&way=path&with={quote('条块分割')}&lang=en")
    window.locator(".zm-steps .zm-card", has_text=CAUSE).wait_for()
    assert "data silos" in window.locator(".zm-way").first.inner_text()
    window.get_by_role("radio", name="Side by side").click()
    window.locator(".zm-side").nth(1).wait_for()
    assert _params(window) == {"q": "数据孤岛", "with": "条块分割", "lang": "en"}


def test_the_overview_counts_and_leads_to_the_matrix(window: Any, address: str) -> None:
    _open(window, f"{address}/overview")
    window.locator(".zm-sets").first.wait_for()
    assert window.locator(".zm-grid tbody tr").count() >= 8
    assert window.get_by_role("button", name="开始检查").count() == 1
    window.get_by_role("link", name="全库一览：哪些概念，在哪些年份").click()
    window.locator(".zm-matrix td a").first.wait_for()
    assert window.evaluate("location.pathname") == "/matrix"
