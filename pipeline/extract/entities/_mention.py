"""A mention: one place of the text that names an entity, before mentions of one name are gathered."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pipeline.records import EntityType

LONGEST = 40
"""characters of a name; what is longer is a clause that an open bracket or a list made, not a name"""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """`[start, end)` of the clean text names an entity of `type`; of two that overlap the stronger, then the longer stays."""

    start: int
    end: int
    type: EntityType
    confidence: float
    name: str = ""
    """the name it stands for where that differs from the words at the place (an alias); empty: the words themselves"""

    @property
    def size(self) -> int:
        return self.end - self.start


def places_of(text: str, name: str, since: int = 0) -> Iterator[tuple[int, int]]:
    """`[start, end)` of every place of `name` in `text` from offset `since` on, none overlapping another."""
    at = text.find(name, since)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name))
