"""Places of a file that are in another encoding than the rest: a GBK paragraph pasted into UTF-8, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.readers._damage import MOST_DAMAGES, TooDamaged
from corpus.readers._evidence import chinese_share, chinese_weight

_LIKELY = 0.5
_UTF8_RUN = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){4,}")
"""four characters of Han or CJK punctuation in UTF-8; in GBK the same bytes would be six characters of its rarest rows"""
_WIDE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_GAP = 24
_STEPS = 4
_FOR_UTF8 = 1.5
"""what a stretch in another encoding must give beyond its reading in UTF-8: one frequent character may come by chance"""


class Stretch(NamedTuple):
    """Bytes `[start, end)` are in `encoding`."""

    start: int
    end: int
    encoding: str


def utf8_in_gb(data: bytes, offset: int) -> list[Stretch]:
    """Stretches of UTF-8 in a file that is otherwise GB18030."""
    return [Stretch(found.start(), found.end(), "utf-8") for found in _UTF8_RUN.finditer(data, offset) if _is_utf8(found.group())]


def _is_utf8(run: bytes) -> bool:
    """Whether the bytes are UTF-8 rather than GBK: eight characters in a row prove it, fewer have to make better Chinese."""
    return len(run) >= 24 or chinese_weight(run.decode("utf-8", "ignore")) > chinese_weight(run.decode("gb18030", "ignore"))


def gb_in_utf8(data: bytes, offset: int) -> list[Stretch]:
    """Stretches of GB18030 in a file that is otherwise UTF-8; what makes no Chinese text in GB18030 either is left to be marked as damage.

    Raises:
        TooDamaged: there are too many faults to look at each.
    """
    stretches: list[Stretch] = []
    for number, (start, end) in enumerate(_clusters(data, offset)):
        if number > MOST_DAMAGES:
            raise TooDamaged
        begin = max(start, stretches[-1].end) if stretches else start
        if begin < end and (stretch := _best_stretch(data, begin, end, offset)):
            stretches.append(stretch)
    return stretches


def _best_stretch(data: bytes, start: int, end: int, offset: int) -> Stretch | None:
    """The stretch around the faults in `[start, end)` that gives most Chinese text in GB18030, with what is beside it read as UTF-8.

    Its edges may lie within what is valid UTF-8 by accident: 办。 in GBK is `B0 EC A1 A3`, whose last three bytes are 졣.
    """
    starts, ends = _steps_back(data, start, offset), _steps_on(data, end)
    best, found = _evidence(data[starts[-1] : ends[-1]]) + _FOR_UTF8, None
    for first in starts:
        for last in ends:
            try:
                text = data[first:last].decode("gb18030")
            except UnicodeDecodeError:
                continue
            if chinese_share(text) < _LIKELY:
                continue
            weight = chinese_weight(text) + _evidence(data[starts[-1] : first]) + _evidence(data[last : ends[-1]])
            if weight > best:
                best, found = weight, Stretch(first, last, "gb18030")
    return found


def _evidence(data: bytes) -> float:
    """What `data` gives in UTF-8, faults left aside."""
    return chinese_weight(data.decode("utf-8", "ignore"))


def _steps_back(data: bytes, start: int, offset: int) -> list[int]:
    """`start`, and the places before up to four characters of valid UTF-8 in front of it."""
    places = [start]
    while len(places) <= _STEPS:
        at = places[-1]
        length = next((n for n in (2, 3, 4) if at - n >= offset and _SEQUENCE.fullmatch(data, at - n, at)), 0)
        if not length:
            break
        places.append(at - length)
    return places


def _steps_on(data: bytes, end: int) -> list[int]:
    """`end`, and the places behind up to four characters of valid UTF-8 after it, or behind an ASCII byte that may be half of a GBK character."""
    places = [end]
    while len(places) <= _STEPS:
        at = places[-1]
        if found := _SEQUENCE.match(data, at):
            places.append(found.end())
            continue
        if at < len(data) and 0x40 <= data[at] <= 0x7E:
            places.append(at + 1)
        break
    return places


def _clusters(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Stretches that hold faults of UTF-8 close to each other: in GBK some characters are valid UTF-8 by accident."""
    start = end = -1
    for fault_start, fault_end in _faults(data, offset):
        if end >= 0 and fault_start - end <= _GAP and len(_WIDE.findall(data, end, fault_start)) < 2:
            end = fault_end
            continue
        if end >= 0:
            yield start, end
        start, end = fault_start, fault_end
    if end >= 0:
        yield start, end


def _faults(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    at, window, seen = offset, 4096, 0
    while at < len(data):
        piece = data[at : at + window]
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError as error:
            if at + error.end >= at + len(piece) and error.reason == "unexpected end of data" and at + len(piece) < len(data):
                at += error.start  # the window cuts a character in two
                if error.start:
                    continue
            seen += 1
            if seen > 20 * MOST_DAMAGES:
                raise TooDamaged from error
            yield at + error.start, at + error.end
            at += error.end
        else:
            at += len(piece)
            window = min(2 * window, 1 << 20)
            continue
        window = 4096
