"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the annotated documents and real texts beside the repository; the test is skipped where it is absent."""
    if not (SHARED / "benchmark").is_dir():
        pytest.skip("the annotated documents (../shared) are not on this machine")
    return SHARED
