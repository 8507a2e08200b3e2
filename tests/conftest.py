"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.integration.engine import NoEngine, engine_url

# The same examples every time, and no time limit an example: what fails, fails for everybody, on a slow machine or a fast one.
# `pytest --hypothesis-profile=default` looks for new examples.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what golden tests find into their .expected files, to be reviewed as a diff")


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden tests write their expectations anew instead of comparing (`pytest --accept`)."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the annotated documents and real texts beside the repository; the test is skipped where it is absent."""
    if not (SHARED / "benchmark").is_dir():
        pytest.skip("the annotated documents (../shared) are not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def neo4j_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of a real server, one test run at a time."""
    try:
        url = engine_url()
    except NoEngine as error:
        pytest.skip(str(error))
    with FileLock(tmp_path_factory.getbasetemp().parent / "neo4j.lock"):
        yield url
