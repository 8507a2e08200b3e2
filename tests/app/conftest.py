"""The pages run against a small corpus; nothing of this machine's data folder is touched."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages._parts import session
from corpus.concepts import Register, load
from tests.app.double import DoubleWorkspace, notice, paper
from tests.conftest import REPOSITORY

OpenApp = Callable[..., AppTest]
W = TypeVar("W", bound=DoubleWorkspace)


@pytest.fixture(scope="session")
def register() -> Register:
    return load()


@contextmanager
def behind_the_pages(double: W, monkeypatch: pytest.MonkeyPatch) -> Iterator[W]:
    """`double` as the workspace that the pages open; nothing that was kept of another one is left, and nothing stays."""
    monkeypatch.setattr(session, "open_workspace", lambda _: double)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield double
    double.close()
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def corpus(tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[DoubleWorkspace]:
    """The corpus that the pages see: a paper and a notice."""
    with behind_the_pages(DoubleWorkspace(tmp_path, register, [paper(), notice()]), monkeypatch) as double:
        yield double


@pytest.fixture
def open_app(corpus: DoubleWorkspace) -> OpenApp:
    """Opens a page as a fresh window would: `open_app("document", doc="d1", at="3-9")`."""

    def open_(page: str = "explore", /, **params: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=180)
        if page != "explore":
            app.run()
            app.switch_page(f"app_pages/{page}.py")
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_


def shown_html(app: AppTest) -> str:
    """All HTML of the page, style sheets left out."""
    page = "\n".join(one.proto.body for one in app.get("html") if not one.proto.body.startswith("<style"))
    # HTML of ours that was joined as text is escaped once more, and readers see its tags
    assert not re.search("&#60;(?:span|div|article|small|mark|li|h[1-6])\\b", page)
    return page


def shown_text(app: AppTest) -> str:
    """What a reader sees of the page's HTML: tags gone, characters as characters."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown_html(app)))
