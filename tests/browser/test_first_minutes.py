"""What a newcomer meets: an empty data folder, the samples loaded, the first question answered."""

from __future__ import annotations

import re
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


def _sent(window: Any, name: str, text: str) -> Any:
    """The line that tells what became of a file."""
    window.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    # its name may stand in the list of documents already; what is sent before the server has it is sent without it
    window.get_by_role("button", name=f"Remove {name}", exact=True).wait_for()
    window.get_by_role("button", name="加入并读取").click()
    line = window.locator(".zm-outcomes p", has_text=re.compile(f"^{re.escape(name)}："))
    line.wait_for()
    return line


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


def test_a_file_is_taken_in_once_whatever_is_clicked_and_a_copy_is_called_by_name(window: Any, fresh: str) -> None:
    window.goto(f"{fresh}/documents")
    window.locator("a.zm-row").first.wait_for()
    line = _sent(window, "通知.txt", "为破解数据孤岛，各县应当编制目录。")
    assert "已收下" in line.inner_text()
    find = window.get_by_placeholder("按篇名或文件名查找")
    for words in ("共享", "平台", "通知", "云河", ""):
        find.fill(words)
        find.press("Enter")
        window.wait_for_function("words => (new URLSearchParams(location.search).get('find') ?? '') === words", arg=words)
    all_ = window.locator(".zm-how", has_text="11 篇文献")
    all_.wait_for()
    assert "库中已有，名为 通知.txt" in _sent(window, "通知(1).txt", "为破解数据孤岛，各县应当编制目录。").inner_text()
    all_.wait_for()
    assert "各自独立" in _sent(window, "通知.txt", "为破解数据孤岛，各市应当统一标准。").inner_text()
    window.locator(".zm-how", has_text="12 篇文献").wait_for()


def test_the_code_of_a_page_comes_with_its_first_files(window: Any, fresh: str) -> None:
    window.goto(f"{fresh}/overview")
    window.locator(".zm-masthead").wait_for()
    begun = window.evaluate("Object.fromEntries(performance.getEntriesByType('resource').map(one => [one.name.split('/').pop().split('.')[0], one.startTime]))")
    # the page asks after the server when all of Streamlit is there and has run
    assert {"Html", "BidiComponent", "purify", "health"} <= set(begun)
    assert all(begun[name] < begun["health"] for name in ("Html", "BidiComponent", "purify"))


def test_an_address_of_several_parts_is_told_to_be_no_page(window: Any, fresh: str) -> None:
    window.goto(f"{fresh}/nowhere/x?lang=en")
    window.locator(".zm-note[role=alert] a").first.wait_for()
    assert window.url == f"{fresh}/x?lang=en"
