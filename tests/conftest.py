"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.integration.engine import NoEngine, engine_url

# The same examples every time, and no time limit an example: what fails, fails for everybody, on a slow machine or a fast one.
# `pytest --hypothesis-profile=default` looks for new examples.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
LONGEST = {unit: place for place, unit in enumerate(("neo4j", "tests/zhengmai/test_shared_documents.py", "tests/browser/test_page.py"))}
"""units that take minutes, in the order in which they begin"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what golden tests find into their .expected files, to be reviewed as a diff")


def _unit(nodeid: str) -> str:
    """What one process runs whole: all tests on the server, which has one database, or those of one file."""
    return "neo4j" if "neo4j" in nodeid or nodeid.startswith("tests/integration") else nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins, so that two processes end together."""
    items.sort(key=lambda item: LONGEST.get(_unit(item.nodeid), len(LONGEST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """With several processes (`-n 2`): whole units in the order of the tests. xdist's own `loadgroup` does nothing under pytest 9.2."""

    class ByUnit(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _unit(nodeid)

    config.option.loadscopereorder = False
    return ByUnit(config, log)


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
