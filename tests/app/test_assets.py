"""How the page is served: Streamlit's files out of memory, the code of our elements named early, and Python that does not look through all it holds."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit import config

from app_pages import __main__ as served
from app_pages._parts import session
from app_pages._parts.assets import ALWAYS, TYPED, Assets, code_of, elements, folder

PAGE = [(b"content-type", b"text/html; charset=utf-8")]


def with_a_loop_of_its_own(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine returns, run in a thread: where browser tests ran before in this process, playwright's loop still runs in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def asked(path: str, *, query: str = "", method: str = "GET", kind: list[tuple[bytes, bytes]] | None = None, ranged: bool = False) -> list[dict[str, Any]]:
    """What is sent for a request; `kind`: headers of the server behind, which says `behind`."""
    sent: list[dict[str, Any]] = []

    async def behind(_: object, __: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": PAGE if kind is None else kind})
        await send({"type": "http.response.body", "body": b"behind"})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    headers = [(b"range", b"bytes=0-5")] if ranged else []
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}
    with_a_loop_of_its_own(Assets(behind)(scope, receive, send))
    return sent


def header(sent: list[dict[str, Any]], name: bytes) -> bytes:
    return dict(sent[0]["headers"]).get(name, b"")


def test_the_elements_of_our_pages_have_code_in_this_streamlit() -> None:
    for one in ALWAYS + TYPED:
        found = code_of((one,))
        assert found[0].startswith(f"{one}.")
        assert all((folder() / "static/js" / name).is_file() for name in found)
    # what an element imports comes too, and nothing that every page of Streamlit loads anyway
    assert any(name.startswith("purify") for name in code_of(("Html",)))
    first = (folder() / "index.html").read_text(encoding="utf-8")
    assert not [name for name in code_of(ALWAYS + TYPED) if name in first]
    assert code_of(("NoSuchElement",)) == ()


def test_a_file_comes_whole_out_of_memory_and_may_be_kept_for_ever() -> None:
    for file in ("static/js/" + code_of(("Html",))[0], "static/media/MaterialSymbols-Rounded.nEdyypZU.woff2"):
        sent = asked(f"/{file}")
        assert sent[1]["body"] == (folder() / file).read_bytes()
        assert header(sent, b"content-length") == str(len(sent[1]["body"])).encode()
        assert b"immutable" in header(sent, b"cache-control")
    assert header(asked("/static/js/" + code_of(("Html",))[0]), b"content-type").startswith(b"text/javascript")


@pytest.mark.parametrize("path", ["/static/js/../index.html", "/static/js/nothing.js", "/static/", "/document"])
def test_what_is_no_file_of_the_page_is_asked_of_streamlit(path: str) -> None:
    assert asked(path)[1]["body"] == b"behind"


def test_a_part_of_a_file_and_its_head_are_asked_of_streamlit() -> None:
    file = "/static/js/" + code_of(("Html",))[0]
    assert asked(file, ranged=True)[1]["body"] == b"behind"
    assert asked(file, method="HEAD")[1]["body"] == b"behind"


def test_pages_name_the_code_of_their_elements_and_other_answers_do_not() -> None:
    link = header(asked("/overview"), b"link").decode()
    assert all(f"<./static/js/{name}>; rel=modulepreload" in link for name in code_of(ALWAYS))
    assert "TextInput" not in link
    assert header(asked("/_stcore/health", kind=[(b"content-type", b"text/plain")]), b"link") == b""


@pytest.mark.parametrize(
    ("path", "query", "typed"),
    [
        ("/", "", True),
        ("/matrix", "", True),
        ("/document", "doc=d1", False),
        ("/document", "doc=d1&at=3-9", True),
        ("/zhengmai/links", "q=x", True),
        ("/overview", "", False),
    ],
)
def test_a_field_is_fetched_early_only_where_one_stands(path: str, query: str, typed: bool) -> None:
    assert ("TextInput" in elements(path, query)) is typed


@pytest.mark.parametrize(
    ("path", "query", "location"), [("/nowhere/x", "lang=en", b"/x?lang=en"), ("/a/b/document", "doc=d1", b"/document?doc=d1"), ("/x/é//", "", b"/%C3%A9")]
)
def test_an_address_too_deep_for_any_page_leads_to_its_last_part(path: str, query: str, location: bytes) -> None:
    sent = asked(path, query=query)
    assert sent[0]["status"] == 307
    assert header(sent, b"location") == location
    assert sent[1]["body"] == b""


def test_a_page_under_a_path_of_its_own_is_left_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", lambda name: "zhengmai" if name == "server.baseUrlPath" else None)
    assert asked("/zhengmai/links")[0]["status"] == 200


def test_options_are_those_of_streamlit_run() -> None:
    given = ["--server.port=8600", "--server.address", "127.0.0.1", "--server.headless", "--browser.gatherUsageStats=false"]
    assert served.options(given) == {"server.port": 8600, "server.address": "127.0.0.1", "server.headless": True, "browser.gatherUsageStats": False}
    with pytest.raises(ValueError, match="belongs to no option"):
        served.options(["8600"])


@pytest.mark.parametrize(("argument", "words"), [("8600", "belongs to no option"), ("--server.prot=8600", "server.prot")])
def test_a_wrong_option_ends_with_a_sentence(argument: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["app_pages", argument])
    monkeypatch.setattr(session, "prepare", lambda: None)
    with pytest.raises(SystemExit, match=words):
        served.main()


def test_what_was_made_ready_is_not_looked_through_after_every_run() -> None:
    async def serve() -> int:
        async with served.settled(None):
            return gc.get_freeze_count()

    try:
        assert with_a_loop_of_its_own(serve()) > 10_000
    finally:
        gc.unfreeze()
