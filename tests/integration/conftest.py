"""An empty database of a real server for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from filelock import FileLock

from tests.integration.engine import NoEngine, empty, engine_url


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real server whose database tests may empty; one test run at a time."""
    try:
        url = engine_url()
    except NoEngine as error:
        pytest.skip(str(error))
    with FileLock(tmp_path_factory.getbasetemp().parent / "neo4j.lock"):
        yield url


@pytest.fixture
def url(neo4j_server: str) -> str:
    empty(neo4j_server)
    return neo4j_server
