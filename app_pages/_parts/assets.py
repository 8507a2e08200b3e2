"""What a browser loads before it can draw anything, handed out quickly: the files of Streamlit out of memory, and those of our elements early.

Streamlit reads each of some seventy files from the disk in threads whenever a window opens, and a browser asks for the code of an element only when the
first one of its kind arrives, while the page is being made by the same process. Here a file is read once, and the answer that holds the page names the
code of its elements (`Link: …; rel=modulepreload`), so that a browser fetches it beside the rest. Nothing of Streamlit is changed: whoever serves the page
without this gets the same page, later.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from streamlit import config, file_util

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Server = Callable[[Scope, Receive, Send], Awaitable[None]]

ALWAYS = ("Html", "BidiComponent")
"""elements of every page"""
TYPED = ("TextInput",)
"""elements of pages with a field to type in"""
FIELDS = frozenset({"", "documents", "links", "compare", "matrix"})
PREFIX = "/static/"
_FOREVER = b"public, immutable, max-age=31536000"
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.\-]+\.js)["']""")


def folder() -> Path:
    """Where Streamlit keeps the files of its page."""
    return Path(file_util.get_static_dir())


@cache
def _code() -> dict[str, str]:
    """Name of an element → its file: a name carries the hash of what is in it (`Html.CzLZZ4bP.js`)."""
    return {file.name.rsplit(".", 2)[0]: file.name for file in sorted((folder() / "static/js").glob("*.js"))}


@cache
def code_of(elements: tuple[str, ...]) -> tuple[str, ...]:
    """Files of code that elements need beside what every page of Streamlit loads; an element that this Streamlit does not have is left out."""
    first = (folder() / "index.html").read_text(encoding="utf-8")
    found: dict[str, None] = {}
    waiting = [file for element in elements if (file := _code().get(element))]
    while waiting:
        name = waiting.pop(0)
        if name in found or name in first:
            continue
        found[name] = None
        waiting += _IMPORTED.findall((folder() / "static/js" / name).read_text(encoding="utf-8"))
    return tuple(found)


def elements(path: str, query: str) -> tuple[str, ...]:
    """What kinds of element the page at an address is made of, as far as they are worth fetching early."""
    page = path.rpartition("/")[2]
    # the desk of a chosen statement asks for a name
    return ALWAYS + TYPED if page in FIELDS or (page == "document" and "at" in parse_qs(query)) else ALWAYS


def links(files: Iterable[str]) -> bytes:
    """The header that tells a browser to fetch code."""
    return ", ".join(f"<./static/js/{file}>; rel=modulepreload; crossorigin" for file in files).encode()


class Assets:
    """Stands before Streamlit (ASGI): answers for its files, and adds a header to its pages."""

    def __init__(self, app: Server) -> None:
        self._app = app
        self._known = {f"/{file.relative_to(folder()).as_posix()}": file for file in (folder() / "static").rglob("*") if file.is_file()}
        self._read: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif (path := scope["path"]) in self._known and not any(name == b"range" for name, _ in scope["headers"]):
            await self._file(path, send)
        else:
            await self._app(scope, receive, self._naming(scope, send))

    async def _file(self, path: str, send: Send) -> None:
        if path not in self._read:
            self._read[path] = self._known[path].read_bytes()
        body = self._read[path]
        kind = "text/javascript" if path.endswith(".js") else guess_type(path)[0] or "application/octet-stream"
        kind += "; charset=utf-8" if kind.startswith("text/") else ""
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), (b"cache-control", _FOREVER)]
        # as Streamlit does: other pages may show what is drawn here, and no browser guesses what a file is
        headers += [(b"x-content-type-options", b"nosniff")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _naming(self, scope: Scope, send: Send) -> Send:
        """`send` with the code of the page's elements named in the answer, where the answer is a page; one that no page can lie at leads to its last part.

        Streamlit answers every address with its page, but the files of that page are looked for beside the address: `/nowhere/x` stayed white.
        """
        path, query = scope["path"], scope.get("query_string", b"")
        elsewhere = path.count("/") > 1 and not path.startswith(PREFIX) and not config.get_option("server.baseUrlPath") and not scope.get("root_path")
        led_on = False

        async def named(message: Message) -> None:
            nonlocal led_on
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = list(message["headers"])
                if any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers):
                    led_on = elsewhere
                    message["headers"] = [*headers, (b"link", links(code_of(elements(path, query.decode("latin-1")))))]
                if led_on:
                    to = b"/" + quote(path.rstrip("/").rpartition("/")[2]).encode() + (b"?" + query if query else b"")
                    message = {"type": message["type"], "status": 307, "headers": [(b"location", to), (b"content-length", b"0")]}
            elif led_on and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {"type": message["type"], "body": b""}
            await send(message)

        return named
