"""Bytes → text in a given encoding, with every unreadable place marked and remembered.

A run of unreadable bytes becomes one U+FFFD and one `Damage`. Python's codecs call an error handler with the place of each fault; the handler here
puts a lone surrogate there, which no codec yields by itself, so that the faults are found again in the text that comes out.
"""

from __future__ import annotations

import codecs
import threading
from functools import cache

from corpus.readers._evidence import DAMAGE
from corpus.records import Damage

_HANDLER = "corpus.readers.damage"
_MARK = "\udc80"
MOST_DAMAGES = 50_000
"""A file with more unreadable places is no text in this encoding, and asking on would only cost time."""


class TooDamaged(Exception):
    """More than `MOST_DAMAGES` places cannot be read."""


class _Faults(threading.local):
    def __init__(self) -> None:
        self.starts: list[int] = []
        self.last_end = -1


_faults = _Faults()


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, end = error.start, error.end
    if error.encoding.startswith("utf-8") and (pair := _surrogate_pair(error.object, start)):
        return pair, start + 6
    if start == _faults.last_end:
        _faults.last_end = end
        return "", end
    if len(_faults.starts) >= MOST_DAMAGES:
        raise TooDamaged
    _faults.starts.append(start)
    _faults.last_end = end
    return _MARK, end


def _surrogate_pair(data: bytes, at: int) -> str:
    """The character that six bytes of CESU-8 stand for (old Java and MySQL write rare characters so), or an empty string.

    `ED A0 BD ED B8 80` → 😀; a lone half is damage.
    """
    six = data[at : at + 6]
    if len(six) == 6 and six[0] == six[3] == 0xED and 0xA0 <= six[1] <= 0xAF and 0xB0 <= six[4] <= 0xBF and six[2] >> 6 == six[5] >> 6 == 2:
        high = (six[1] & 0x0F) << 6 | six[2] & 0x3F
        low = (six[4] & 0x0F) << 6 | six[5] & 0x3F
        return chr(0x10000 + (high << 10 | low))
    return ""


@cache
def _registered() -> str:
    codecs.register_error(_HANDLER, _mark)
    return _HANDLER


def decode_marked(data: bytes, encoding: str, *, offset: int = 0) -> tuple[str, tuple[Damage, ...]]:
    """Text of `data` and the places in it that could not be read; `offset` is the place of `data` in the file.

    Raises:
        TooDamaged: it is not worth going on.
    """
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        pass
    _faults.starts, _faults.last_end = [], -1
    text = data.decode(encoding, _registered())
    damages = []
    at = -1
    for start in _faults.starts:
        at = text.index(_MARK, at + 1)
        damages.append(Damage(start=at, end=at + 1, byte=offset + start))
    return text.replace(_MARK, DAMAGE), tuple(damages)
