"""Ways to read a stretch whose pairs of bytes stand askew, up to the character where they are right again.

Between the two every character gives back two bytes, and each pair across them is a character of the text as it was. Where a byte is
lost, the reading holds all characters that the other byte allows; which one it was is for `_bytes` to choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.clean import _gbk
from pipeline.clean._language import characters, fold

LONGEST = 4000
"""characters of one askew stretch; behind that it is left alone"""
_WAYS = 12
_FOLDS = 4
_LOSSES = 2
_UNCERTAIN = 2
_LOOK = 10
_UNLIKELY = 10.5
"""minus the logarithm of the chance of a character, on the average of the first few, from which a reading is no language"""


@dataclass(frozen=True)
class Reading:
    """One way to read what stands behind a mark: characters, or choices where a byte is lost, up to `end`, where pairs are right again."""

    items: tuple[tuple[str, ...], ...]
    end: int
    cost: float = 0.0
    """what this way asks to be believed, in the unit of `GAIN`"""


@dataclass
class _Walk:
    at: int
    pending: int | None
    """the first byte of the next pair; none where it is the lost one"""
    items: list[tuple[str, ...]] = field(default_factory=list)
    cost: float = 0.0
    folds: int = 0
    losses: int = 0


def read(text: str, start: int, limit: int, byte: int | None, first: tuple[str, ...] = ()) -> list[Reading]:
    """Ways to read `text` from `start` on, where the pairs stand askew and `byte` (none: unknown) is the first byte of the first.

    `first`: what a character in front can be of which one byte is left, if there is one.

    Of three characters or more one must be certain: where every other byte is lost, anything could be read.
    """
    walks = [_Walk(start, byte, [first] if first else [])]
    ways: list[Reading] = []
    steps = 0
    while walks and len(ways) < _WAYS and steps < 4 * LONGEST:
        walk = walks.pop()
        while True:
            steps += 1
            character = text[walk.at] if walk.at < limit else ""
            encoded = _gbk.pair(character) if character > "\x7f" and character != "€" else None
            if encoded is None:
                _at_edge(walk, character, walks, ways)
                break
            emitted = _emit(walk.pending, encoded[0])
            if not emitted:
                break
            walk.items.append(emitted)
            walk.pending = encoded[1]
            walk.at += 1
            if len(walk.items) == _LOOK and not _plausible(walk.items):
                break
            if encoded[1] < 0x80:
                # it swallowed an ASCII character as its second byte: 報[ is 88F3 5B, F35B is 骩
                ways.append(Reading((*walk.items, (chr(encoded[1]),)), walk.at, walk.cost))
                break
    return [way for way in ways if (len(way.items) <= _UNCERTAIN or any(len(item) == 1 for item in way.items)) and _plausible(way.items)]


def _emit(lead: int | None, trail: int) -> tuple[str, ...]:
    if lead is None:
        return _gbk.with_trail(trail)
    found = _gbk.at(lead, trail)
    return () if found is None else (found,)


def _at_edge(walk: _Walk, character: str, walks: list[_Walk], ways: list[Reading]) -> None:
    """Go on where no pair stands: at an ASCII character, a mark, or the end of the line."""
    items = tuple(walk.items)
    code = ord(character) if character else 0
    if character in ("?", "\ufffd") and character:
        # the first byte of a pair whose second was no second byte: it is known, the other is lost
        if walk.pending is not None and _gbk.with_lead(walk.pending):
            ways.append(Reading((*items, _gbk.with_lead(walk.pending)), walk.at + 1, walk.cost + 4.0))
            if walk.losses < _LOSSES:
                more = [*items, _gbk.with_lead(walk.pending)]
                walks.append(replace(walk, at=walk.at + 1, pending=None, items=more, cost=walk.cost + 8.0, losses=walk.losses + 1))
    elif character == "€" and walk.pending is not None:
        # 0x80 stands alone in code page 936
        emitted = _emit(walk.pending, 0x80)
        if emitted:
            ways.append(Reading((*items, emitted), walk.at + 1, walk.cost))
    elif 0x40 <= code <= 0x7E:
        emitted = _emit(walk.pending, code)
        if emitted:
            ways.append(Reading((*items, emitted), walk.at + 1, walk.cost))
    elif walk.pending is not None and items and _gbk.with_lead(walk.pending):
        # a decoder that leaves out what it cannot read shows no mark
        ways.append(Reading((*items, _gbk.with_lead(walk.pending)), walk.at, walk.cost + 6.0))
    if 0x20 <= code <= 0x7E and walk.folds < _FOLDS:
        # full-width signs were made half-width later on: `?` is A3BF, a blank A1A1
        lead, trail = (0xA1, 0xA1) if code == 0x20 else (0xA3, code + 0x80)
        emitted = _emit(walk.pending, lead)
        if emitted:
            walks.append(_Walk(walk.at + 1, trail, [*items, emitted], walk.cost + 1.0, walk.folds + 1, walk.losses))


def _plausible(items: Sequence[tuple[str, ...]]) -> bool:
    """Whether the characters that are known read like language at all; a cheap look, for most marks are question marks."""
    known = "".join(item[0] for item in items[1:_LOOK] if len(item) == 1)
    return len(known) < 2 or characters().score(fold("。" + known), 1) > -_UNLIKELY * len(known)
