"""A corpus of the samples, read once for all tests of the layer, and a copy of it for each test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengmai.settings import Settings
from zhengmai.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder with the samples, read and in the graph; not to be changed."""
    data = tmp_path_factory.mktemp("samples") / "data"
    workspace = open_workspace(Settings(data=data))
    assert workspace.prepare() == 10
    assert workspace.sync().failed == {}
    workspace.close()
    return data


@pytest.fixture
def workspace(sample_data: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The corpus of the samples, in a copy of its own."""
    shutil.copytree(sample_data, tmp_path / "data")
    opened = open_workspace(Settings(data=tmp_path / "data"))
    yield opened
    opened.close()
