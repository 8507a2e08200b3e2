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


_PAIRS = {"《": "》", "“": "”", "‘": "’", "（": "）", "(": ")"}
_OPENS = {close: mark for mark, close in _PAIRS.items()}


def bare(name: str) -> str:
    """The name without marks around the whole of it or left over at its edge; marks that belong inside stay: “放管服”改革, 规划（2016—2020年）."""
    while True:
        name = name.strip(" \u3000\"'")
        first, last = name[:1], name[-1:]
        if first in _PAIRS and (last == _PAIRS[first] or _PAIRS[first] not in name):
            name = name[1 : -1 if last == _PAIRS[first] else None]
        elif last in _OPENS and _OPENS[last] not in name:
            name = name[:-1]
        else:
            return name


def with_marks(text: str, one: Mention) -> Mention:
    """The mention with the mark beside it whose fellow lies inside: 放管服”改革 → “放管服”改革."""
    start, end = one.start, one.end
    if one.name:
        return one
    inside = text[start:end]
    for mark, close in _PAIRS.items():
        if inside.count(close) > inside.count(mark) and text[max(0, start - 1) : start] == mark:
            start -= 1
        elif inside.count(mark) > inside.count(close) and text[end : end + 1] == close:
            end += 1
    return msgspec.structs.replace(one, start=start, end=end) if (start, end) != (one.start, one.end) else one


def places_of(text: str, name: str, since: int = 0) -> Iterator[tuple[int, int]]:
    """`[start, end)` of every place of `name` in `text` from offset `since` on, none overlapping another."""
    at = text.find(name, since)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name))
