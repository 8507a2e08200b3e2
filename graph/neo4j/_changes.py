"""Which documents came into the answers and went with the last versions of the graph, as `ZhengmaiGraph` keeps it: readers need not list all anew.

A list of whole numbers: the version from which on it is complete, the version that it leads to, then a version and a document for each change,
the number of a document that went below zero. Whoever does not find the version of the graph in second place has to read all: another
program, or a newer or older one, has written since.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Changes", "changes_since", "with_changes"]

_MOST = 300
"""changes that are kept"""


class Changes(NamedTuple):
    """Numbers of documents that came and that went between two versions; one that came and went is in both."""

    came: list[int]
    gone: list[int]


def changes_since(kept: Sequence[int] | None, version: int, now: int) -> Changes | None:
    """What changed after `version` and until `now`; none where that is not known."""
    if not kept or kept[1] != now or not kept[0] <= version <= now:
        return None
    pairs = [(at, number) for at, number in zip(kept[2::2], kept[3::2], strict=True) if at > version]
    return Changes([number for _, number in pairs if number > 0], [-number for _, number in pairs if number < 0])


def with_changes(kept: Sequence[int] | None, version: int, changes: Sequence[int]) -> list[int]:
    """What is to be kept at `version`, whose changes are the numbers of documents that came and, below zero, that went."""
    first, before = (kept[0], list(kept[2:])) if kept and kept[1] == version - 1 else (version - 1, [])
    everything = [*before, *(part for number in changes for part in (version, number))]
    dropped, held = everything[: -2 * _MOST], everything[-2 * _MOST :]
    return [max(first, dropped[-2]) if dropped else first, version, *held]
