"""The page, made ready before its port opens: `python -m app_pages --server.port=8600`, with the options of `streamlit run`; `make run` calls it.

`streamlit run app.py` gives the same page, but its first visitor waits while modules are loaded and the register is read, and every window loads longer.
"""

from __future__ import annotations

import gc
import inspect
import logging
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.errors import StreamlitAPIException

from app_pages._parts.assets import ALWAYS, TYPED, Assets, code_of

__all__ = ["main", "options"]

APP = Path(__file__).resolve().parent.parent / "app.py"
NEEDED = ("PIL.Image", *(f"app_pages._parts.{name}" for name in ("acts", "asked", "bridge", "chain_view", "desk", "downloads", "graph_view", "saved", "wide")))
"""modules of the first pages: loaded here, and not while a visitor waits"""


def options(arguments: Sequence[str]) -> dict[str, str | int | bool]:
    """Settings of Streamlit as its command line takes them: `--server.port=8600`, `--server.port 8600`, `--server.headless`.

    Raises:
        ValueError: a word that belongs to no option.
    """
    found: dict[str, str | int | bool] = {}
    name = ""
    for argument in arguments:
        if argument.startswith("--"):
            name, equals, value = argument[2:].partition("=")
            found[name] = _typed(value) if equals else True
            name = "" if equals else name
        elif name:
            found[name], name = _typed(argument), ""
        else:
            raise ValueError(f"{argument!r} belongs to no option; write --server.port=8600")
    return found


def _typed(value: str) -> str | int | bool:
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    return int(value) if value.isascii() and value.isdigit() else value


@asynccontextmanager
async def settled(_: object) -> AsyncGenerator[None, None]:
    """Before the port opens: what is loaded by now stays for good.

    Streamlit has Python look through all that it holds for what can go after every run, while every visitor waits (`ScriptRunner._on_script_finished`).
    """
    gc.collect()
    gc.freeze()
    yield


def main() -> None:
    """Serve until the process is ended."""
    try:
        chosen = options(sys.argv[1:])
    except ValueError as error:
        raise SystemExit(f"app_pages: {error}") from None
    # Streamlit warns of every cache that is declared before its server runs; they are used only after that
    logging.getLogger("streamlit.runtime.caching.cache_data_api").setLevel(logging.ERROR)
    for name in NEEDED:
        import_module(name)
    import_module("app_pages._parts.session").prepare()
    for elements in (ALWAYS, ALWAYS + TYPED):
        code_of(elements)
    # at its first element Streamlit looks through the files of all modules; Python keeps what it finds
    inspect.stack()
    sys.argv = [str(APP)]
    try:
        st.App(APP, middleware=[Middleware(Assets)], lifespan=settled).run(config=chosen)
    except StreamlitAPIException as error:
        raise SystemExit(f"app_pages: {error}") from None


if __name__ == "__main__":
    main()
