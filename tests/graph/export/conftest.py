"""One store for tests of exports: what is written comes from views, which the contract tests hold equal on all stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from graph.export import FORMATS, Material
from graph.sqlite import SqliteStore


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        yield store


@pytest.fixture
def written() -> Callable[[Material, str], bytes]:
    """The bytes of material in a form."""

    def write(material: Material, form: str) -> bytes:
        out = BytesIO()
        FORMATS[form].write(material, out)
        return out.getvalue()

    return write
