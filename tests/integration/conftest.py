"""An empty database of a real server for each test."""

from __future__ import annotations

import pytest

from tests.integration.engine import empty


@pytest.fixture
def url(neo4j_url: str) -> str:
    empty(neo4j_url)
    return neo4j_url
