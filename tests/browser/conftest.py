"""A real Chromium before a real server; skipped with a reason where there is no browser on the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import REPOSITORY

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SLOW = 60_000
"""milliseconds that a loaded machine may take to draw a page"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers.

    Raises:
        RuntimeError: it ended, or did not answer within two minutes; the message holds its last words.
    """
    for _ in range(480):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.25)
    raise RuntimeError(f"the page was not served: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def serve(folder: Path, *command: str, **more: str) -> Iterator[str]:
    """Address of a server started with `python -m command`, ended with the generator."""
    port = free_port()
    log = folder / "served.log"
    with log.open("wb") as out:
        arguments = [part.replace("PORT", str(port)) for part in command]
        process = subprocess.Popen([sys.executable, "-m", *arguments], cwd=REPOSITORY, stdout=out, stderr=subprocess.STDOUT, env=environment(more))
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_served(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def environment(more: dict[str, str]) -> dict[str, str]:
    """The environment of this process without settings of Zhengmai and Streamlit, and with `more`."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith(("ZHENGMAI_", "STREAMLIT_"))}, "PYTHONUTF8": "1", **more}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page over the small corpus is served."""
    folder = tmp_path_factory.mktemp("served")
    yield from serve(folder, "tests.browser.served", "PORT", str(folder))


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser; one for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (requirements-dev.txt)")
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine: install one to run the browser tests")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Any) -> Iterator[Any]:
    """A fresh window; the test fails if anything but the loopback address was asked for anything."""
    context = chromium.new_context(viewport={"width": 1600, "height": 1000}, locale="zh-CN")
    context.set_default_timeout(SLOW)
    foreign: list[str] = []

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            foreign.append(request.url)

    context.on("request", note)
    page = context.new_page()
    page.on("websocket", note)
    yield page
    context.close()
    assert foreign == []
