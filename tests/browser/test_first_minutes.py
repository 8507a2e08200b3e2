"""What a newcomer meets: an empty data folder, the samples loaded, the first question answered."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import environment, serve
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page over the samples is served, as `make run` does it."""
    folder = tmp_path_factory.mktemp("fresh")
    data = {"ZHENGMAI_DATA": str(folder / "data")}
    subprocess.run([sys.executable, "-m", "zhengmai", "prepare"], cwd=REPOSITORY, env=environment(data), check=True, capture_output=True, timeout=600)
    yield from serve(folder, "app_pages", "--server.port=PORT", "--server.address=127.0.0.1", **data)


@pytest.mark.parametrize(("language", "question", "notice"), [("", "数据孤岛", "均属虚构"), ("?lang=en", "data silos", "are invented")])
def test_the_samples_answer_and_say_that_they_are_samples(window: Any, fresh: str, language: str, question: str, notice: str) -> None:
    window.goto(f"{fresh}/{language}")
    box = window.locator(".st-key-question input")
    box.fill(question)
    box.press("Enter")
    window.locator(".zm-card").first.wait_for()
    # what the run before drew stays until the new run ends
    window.wait_for_function("document.querySelectorAll('.zm-banner').length === 1 && !document.querySelector('.zm-hero')")
    assert notice in window.locator(".zm-banner").inner_text()
    cards = window.locator(".zm-card")
    assert cards.count() >= 3
    for card in cards.all():
        assert card.locator(".zm-sample").count() == 1
        assert card.locator("blockquote mark").count() >= 1
