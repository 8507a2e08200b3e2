"""The page before a real browser with a thousand documents loaded: `make bench-page`.

First page, the answer to the data-silos question, a document of 30,000 characters, three people at once, and requests to other hosts. A server of its
own and headless Chromium on the loopback address; the documents come out of `benchmarks.graph_documents`. Making them takes some minutes the first
time; `ARGS="--keep DIR"` keeps them. Times are of the browser's clock, from the click to the moment when the server has said all and it stands there.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import msgspec

from benchmarks.graph_documents import Generator
from benchmarks.graph_table import p95
from corpus.storage import write_whole
from graph.project import project
from pipeline.records import to_json
from zhengmai.documents import statements_path
from zhengmai.holdings import Holdings
from zhengmai.settings import REPOSITORY, Settings
from zhengmai.syncing import stamp_of

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
LONG = 30_000
"""characters of the long document"""
PER_FACTOR = 26.5
"""characters that the generator writes a factor"""
QUESTIONS = ("数据孤岛", "怎样破解数据孤岛问题？", "data silos", "信息孤岛有哪些对策？")
SLOW_MS = 60_000
ENDED = "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"
TROUBLE = "document.querySelectorAll('[data-testid=stException], .zm-note[role=alert]').length"


class Spent(NamedTuple):
    """Seconds that one look took: by the clock, and of the server's processor alone (what an idle machine would wait for it)."""

    wall: float
    server: float


class Figure(NamedTuple):
    """One row of the table, and the target that the p95 of the clock is held against."""

    name: str
    spent: list[Spent]
    target: float | None


def processor_seconds(process: int) -> float:
    """Processor seconds that a process has used; 0 where the system does not tell (only Linux does here)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    address: str
    process: int


def load_documents(data: Path, count: int) -> str:
    """Put `count` generated documents and one of 30,000 characters into the corpus of `data`; the id of the long one."""
    holdings = Holdings(Settings(data=data))
    marker = data / "long.txt"
    if marker.exists():
        return marker.read_text(encoding="utf-8")
    generator = Generator(holdings.register)
    holdings.settings.statements.mkdir(parents=True, exist_ok=True)
    long = ""
    for number in range(count + 1):
        _, made = generator.document(number, wanted=round(LONG / PER_FACTOR) if number == count else None)
        record = holdings.catalogue.add(made.clean_text.encode(), name=f"{number}.txt", now=datetime(2026, 1, 1, tzinfo=UTC))
        statements = msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, id=record.id))
        encoded = to_json(statements)
        write_whole(statements_path(holdings, record.id), encoded)
        stamp = stamp_of(holdings, record, encoded, ())
        holdings.store.upsert_document(project(statements, record, (), holdings.register, stamp=stamp))
        long = record.id
        if number % 100 == 0:
            print(f"\r{number}/{count}\x1b[K", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    (data / "corpus.json").write_text('{"samples": "none"}\n', encoding="utf-8")
    marker.write_text(long, encoding="utf-8")
    holdings.close()
    return long


@contextmanager
def served(data: Path, log: Path, *program: str) -> Iterator[Server]:
    """A server over the corpus of `data`, started with `python -m program`, ended with the block.

    Raises:
        RuntimeError: it did not answer within two minutes; the message holds its last words.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHENGMAI_", "STREAMLIT_"))}
    command = [sys.executable, "-m", *program, f"--server.port={port}", "--server.address=127.0.0.1"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=REPOSITORY, env={**kept, "ZHENGMAI_DATA": str(data), "PYTHONUTF8": "1"}, stdout=out, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.5)
        else:
            raise RuntimeError(f"the page was not served: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


class Visitor:
    """One window of its own; counts what it asks of other hosts and what goes wrong."""

    def __init__(self, page: Any, server: Server) -> None:
        self.page, self.address, self.server = page, server.address, server.process
        self.foreign: list[str] = []
        self.wrong: list[str] = []
        page.context.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket_: self._note(socket_.url))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.foreign.append(url)

    async def _until(self, shown: str) -> None:
        await self.page.wait_for_function(f"() => ({shown}) && {ENDED}", timeout=SLOW_MS)
        if await self.page.evaluate(TROUBLE):
            self.wrong.append(await self.page.inner_text("[data-testid=stException], .zm-note[role=alert]"))

    async def timed(self, do: Callable[[], Awaitable[object]], shown: str) -> Spent:
        """What it took from `do` until `shown` (a condition in the browser) holds and the server has said all."""
        start, used = time.perf_counter(), processor_seconds(self.server)
        await do()
        await self._until(shown)
        return Spent(time.perf_counter() - start, processor_seconds(self.server) - used)

    async def open(self, path: str, shown: str) -> Spent:
        return await self.timed(lambda: self.page.goto(f"{self.address}/{path}"), shown)

    async def first_page(self) -> Spent:
        return await self.open("", "document.querySelectorAll('.zm-intro li').length > 0")

    async def ask(self, question: str) -> Spent:
        """Type a question and press Enter; until its cards stand there."""
        box = self.page.locator(".st-key-question input").first
        await box.fill(question)
        named = f"document.querySelector('.zm-how')?.innerText.includes('{question}') && document.querySelectorAll('.zm-card').length > 0"
        return await self.timed(lambda: box.press("Enter"), named)

    async def one_word(self) -> Spent:
        return await self.open("", "document.querySelectorAll('[data-testid=stText]').length > 0")

    async def read(self, document: str) -> Spent:
        return await self.open(f"document?doc={quote(document)}", "document.querySelectorAll('.zm-text p').length > 0")

    async def follow(self, document: str) -> Spent:
        """Open a document from an open window, as a link of a card does: the address changes, the page is not loaded anew."""
        script = "link => { history.pushState({}, '', link); dispatchEvent(new PopStateEvent('popstate', { state: {} })) }"
        await self.first_page()
        return await self.timed(
            lambda: self.page.evaluate(script, f"document?doc={quote(document)}"),
            "document.querySelectorAll('.zm-text p').length > 0 && !document.querySelector('.zm-intro')",
        )

    async def look(self, path: str) -> Spent:
        return await self.open(path, "document.querySelectorAll('.zm-grid, .zm-card, .zm-side, .zm-sets').length > 0")


async def measure(server: Server, browser: Any, long: str, rounds: int) -> tuple[list[Figure], list[str], list[str]]:
    """The figures, what went wrong, and what was asked of other hosts."""
    visitors: list[Visitor] = []

    async def visitor() -> Visitor:
        context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        context.set_default_timeout(SLOW_MS)
        visitors.append(Visitor(await context.new_page(), server))
        return visitors[-1]

    async def fresh(look: Callable[[Visitor], Awaitable[Spent]], times: int) -> list[Spent]:
        found = []
        for _ in range(times):
            one = await visitor()
            found.append(await look(one))
            await one.page.context.close()
        return found

    few = max(3, rounds // 4)
    figures = [Figure("first page, first visitor after the start", [await (await visitor()).first_page()], 2.5)]
    figures.append(Figure("first page, in a fresh window", await fresh(Visitor.first_page, few), 2.5))
    one = await visitor()
    await one.first_page()
    figures.append(Figure("answer to the data-silos question, first time", [await one.ask(QUESTIONS[0])], None))
    figures.append(Figure("answer to the data-silos question, warm", [await one.ask(QUESTIONS[(n + 1) % len(QUESTIONS)]) for n in range(rounds)], 1.0))
    figures.append(Figure(f"document of {LONG:,} characters, from a link", [await one.follow(long) for _ in range(few)], 1.5))
    hub = quote("数据孤岛")
    for name, path in (
        ("causes and limits", f"links?q={hub}"),
        ("compare", f"compare?q={hub}&with={quote('数据共享')}"),
        ("matrix, commonest by year", "matrix"),
        ("overview", "overview"),
    ):
        first = await one.look(path)
        figures.append(Figure(f"{name}, first time", [first], None))
        figures.append(Figure(f"{name}, in a fresh window", await fresh(lambda who, path=path: who.look(path), few), None))  # type: ignore[misc]
    figures.append(Figure("three people at once: an answer", await together(visitor, long, rounds), None))
    return figures, [words for one in visitors for words in one.wrong], [url for one in visitors for url in one.foreign]


async def side_by_side(ours: Server, bare: Server, empty: Server, browser: Any, long: str, times: int) -> list[Figure]:
    """The long document in fresh windows, and beside it, in turn, the same by `streamlit run app.py` and a Streamlit page of one word.

    The last is what the machine takes at this hour whatever we do. The first look of each is not counted.
    """
    looks: tuple[tuple[str, float | None, Server, Callable[[Visitor], Awaitable[Spent]]], ...] = (
        ("for comparison: a Streamlit page of one word, in a fresh window", None, empty, Visitor.one_word),
        (f"for comparison: a document of {LONG:,} characters by `streamlit run app.py`, in a fresh window", None, bare, lambda who: who.read(long)),
        (f"document of {LONG:,} characters, in a fresh window", 1.5, ours, lambda who: who.read(long)),
    )
    found: list[list[Spent]] = [[] for _ in looks]
    for _ in range(times + 1):
        for (_, _, server, look), spent in zip(looks, found, strict=True):
            context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
            context.set_default_timeout(SLOW_MS)
            spent.append(await look(Visitor(await context.new_page(), server)))
            await context.close()
    return [Figure(name, spent[1:], target) for (name, target, _, _), spent in zip(looks, found, strict=True)]


async def together(visitor: Callable[[], Awaitable[Visitor]], long: str, rounds: int) -> list[Spent]:
    """What each answer took while three people ask, read and compare at the same time."""

    async def person(number: int) -> list[Spent]:
        one = await visitor()
        found = []
        for n in range(max(2, rounds // 3)):
            await one.first_page()
            found.append(await one.ask(QUESTIONS[(number + n) % len(QUESTIONS)]))
            await (one.read(long) if n % 2 else one.look(f"links?q={quote('数据共享')}"))
        return found

    # processors are shared here: what the server used for one of them cannot be told
    return [Spent(one.wall, 0.0) for found in await asyncio.gather(*(person(number) for number in range(3))) for one in found]


async def run(server: Server, bare: Server, empty: Server, long: str, rounds: int) -> tuple[list[Figure], list[str], list[str]]:
    """All figures; those that are held beside each other come last, when every server is warm."""
    from playwright.async_api import async_playwright

    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("bench-page: there is no Chromium on this machine; install one")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            figures, wrong, foreign = await measure(server, browser, long, rounds)
            return [*figures, *await side_by_side(server, bare, empty, browser, long, max(3, rounds // 2))], wrong, foreign
        finally:
            await browser.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="example: python -m benchmarks page --documents 100 --rounds 8")
    parser.add_argument("--documents", type=int, default=1_000, help="how many documents (default: 1000)")
    parser.add_argument("--rounds", type=int, default=24, help="askings of the question (default: 24)")
    parser.add_argument("--keep", type=Path, help="folder to keep the corpus in, and to take it from if it is there")
    asked = parser.parse_args(arguments)
    data = asked.keep or Path(tempfile.mkdtemp(prefix="bench-page-"))
    data.mkdir(parents=True, exist_ok=True)
    long = load_documents(data, asked.documents)
    word = data / "word.py"
    word.write_text('import streamlit as st\n\nst.text("政脉")\n', encoding="utf-8")
    with (
        served(data, data / "served.log", "app_pages") as server,
        served(data, data / "bare.log", "streamlit", "run", str(REPOSITORY / "app.py")) as bare,
        served(data, data / "word.log", "streamlit", "run", str(word)) as empty,
    ):
        figures, wrong, foreign = asyncio.run(run(server, bare, empty, long, asked.rounds))
    if asked.keep is None:
        shutil.rmtree(data)
    print(f"| {asked.documents:,} documents | p50 s | p95 s | of | target | server's processor, p50 s |\n| --- | --- | --- | --- | --- | --- |")
    missed = 0
    for figure in figures:
        walls = [one.wall for one in figure.spent]
        over = figure.target is not None and p95(walls) > figure.target
        missed += over
        target = "" if figure.target is None else f"{figure.target:g}{' missed' if over else ''}"
        server_s = median(one.server for one in figure.spent)
        print(f"| {figure.name} | {median(walls):.2f} | {p95(walls):.2f} | {len(walls)} | {target} | {f'{server_s:.2f}' if server_s else ''} |")
    print(
        f"| errors | {len(wrong)} | | | 0{' missed' if wrong else ''} | |\n| requests to other hosts | {len(foreign)} | | | 0{' missed' if foreign else ''} | |"
    )
    for words in dict.fromkeys([*wrong, *foreign]):
        print(f"  {words[:300]}", file=sys.stderr)
    return int(missed > 0 or bool(wrong) or bool(foreign))
