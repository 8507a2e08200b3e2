"""Askew stretches that no mark shows: a byte was lost or came in between, and the decoder said nothing.

合力。总体 without its byte A1 reads 合力Ｗ芴… up to the next ASCII character. What gives such a stretch away is that it holds characters
which Chinese text hardly has, close together. Where one could have begun is tried out, with a first byte lost, a second byte lost and
a byte too many; the language model has to find the repair far likelier than what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.records import SourceText
from pipeline.clean import _gbk
from pipeline.clean._askew import LONGEST, Reading, read
from pipeline.clean._bytes import SURE, filled, gain, likeliest
from pipeline.clean._choice import Surroundings
from pipeline.clean._draft import Edit
from pipeline.clean._language import EDGE, characters, fold, simplified

GAIN = 14.0
"""by how much the logarithm of its chance must grow: more than for a stretch with a mark, since nothing else speaks for damage"""
RARE = 150
"""minus the logarithm of the chance of a rare character, in twelfths"""
_BACK = 16
_ANY_BYTE = 5.0
"""what it costs to believe in a byte that could have been any other"""
_CLEAR = 4.0
_ODD = 8.0
_WINDOW = 4
_TRIES, _GRANT = 60, 20
_FOREIGN = "\u0370-\u052f\u2500-\u259f\u3040-\u312f\ue000-\uf8ff"


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that set right what reads as no language: `形成合力Ｗ芴迩` …; nothing where the text has no such place."""
    del source
    if text.isascii():
        return
    around: Surroundings | None = None
    budget = _TRIES + len(text) // 2000
    at = 0
    while budget > 0 and (found := _strange().search(text, at)) is not None:
        if not _is_odd(text, found.start()):
            at = found.end()
            continue
        around = around or Surroundings(text)
        edit = _repair(text, found.start(), at, around)
        budget += _GRANT if edit else -1
        if edit is not None:
            yield edit
        at = edit.end if edit is not None else found.end()


@cache
def _strange() -> re.Pattern[str]:
    """A character that Chinese text hardly has, or the mark of a byte that could not be read, behind a character of two bytes."""
    model = characters()
    known = {c for c, i in model.index.items() if model.one[i] < RARE and c > "\x7f"}
    known |= {chr(old) for old, new in simplified().items() if new in known}
    usual = "".join(sorted(c for c in known if not re.match(f"[{_FOREIGN}]", c)))
    return re.compile(f"(?<=[^\\x00-\\x7f])\ufffd|[^\\x00-\\x7f{re.escape(usual)}\u2000-\u206f\u3000-\u303f\uff00-\uffef\ufffd]")


def _is_odd(text: str, place: int) -> bool:
    """Whether what stands around `place` is far from language."""
    start = place
    while start > max(0, place - _WINDOW) and text[start - 1] > "\x7f":
        start -= 1
    window = fold(text[start : place + _WINDOW].split("\n")[0].replace("\ufffd", ""))
    return len(window) > 2 and characters().score("。" + window, 1) < -_ODD * len(window)


def _repair(text: str, place: int, floor: int, around: Surroundings) -> Edit | None:
    line_start = text.rfind("\n", max(0, place - LONGEST), place) + 1
    line_end = text.find("\n", place, place + LONGEST)
    line_end = min(len(text), place + LONGEST) if line_end < 0 else line_end
    first = place
    while first > max(line_start, floor, place - _BACK) and text[first - 1] > "\x7f":
        first -= 1
    found: list[tuple[float, int, Reading, str]] = []
    for start in range(first, place + 1):
        left = text[max(line_start, start - 24) : start]
        for way in _ways(text, start, line_end):
            right = text[way.end : way.end + 8] if way.end + 8 <= line_end else text[way.end : line_end] + EDGE
            new = likeliest(way, left, right)
            better = gain(left, text[start : way.end], new, right) - way.cost
            if better > GAIN:
                found.append((better, start, way, text[first:start] + new))
    if not found:
        return None
    found.sort(key=_by_gain)
    better, start, way, whole = found[0]
    # another beginning may give another text that is almost as likely
    clear = all(other[3] == whole or better - other[0] > _CLEAR for other in found[1:])
    right = text[way.end : way.end + 24] if way.end + 24 <= line_end else text[way.end : line_end] + EDGE
    left = text[max(line_start, start - 24) : start]
    whole, share = filled(way, left, right, text[line_start:start] + text[way.end : line_end], around)
    return Edit(start, way.end, whole, "bytes", certain=clear and share >= SURE)


def _by_gain(found: tuple[float, int, Reading, str]) -> tuple[float, int]:
    return -found[0], found[1]


def _ways(text: str, start: int, line_end: int) -> Iterator[Reading]:
    """Readings of a stretch that begins at `start`: its first byte lost, the second byte of a character lost, or a byte too many."""
    yield from read(text, start, line_end, None)
    encoded = _gbk.pair(text[start])
    if encoded is None or encoded[1] < 0x81:
        return
    halves = _gbk.with_lead(encoded[0])
    if halves:
        yield from read(text, start + 1, line_end, encoded[1], halves)
    for way in read(text, start + 1, line_end, encoded[1]):
        yield Reading(way.items, way.end, way.cost + _ANY_BYTE)
