"""The packaged register, loaded once."""

from __future__ import annotations

import pytest

from corpus import concepts


@pytest.fixture(scope="session")
def register() -> concepts.Register:
    return concepts.load()
