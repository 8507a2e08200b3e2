"""Double-byte text that lost or gained a byte: from there on every pair of bytes is read askew, until the next character that can be no second half.

The reading with least surprise is looked for: frequent characters cost nothing, rare ones something, a byte left out much (Viterbi over the bytes of the
stretch). The byte left out is marked as damage; what stands behind it is read as it was written. The fault is found to a character or two:
where a neighbour makes sense either way, it may be the wrong one, beside a mark that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.readers._damage import decode_marked
from corpus.readers._evidence import DAMAGE, frequent
from corpus.records import Damage

_SYNC = re.compile(rb"[\x00-\x2f\x3a-\x3f\x7f]+")
"""bytes that are no part of a longer character in GB18030 nor Big5: a stretch between them begins in phase"""
_SHORTEST, _LONGEST = 12, 1 << 18
_BUDGET = 1 << 21
"""bytes of a file that are looked at so closely; a file with more of them in disorder is beyond this repair"""

_RARE, _VERY_RARE, _NO_CHARACTER, _LEFT_OUT = 0.7, 1.6, 4.0, 6.0
_LATER = 1e-6
"""of two places that are as good the later one is taken, so that what stands before the fault stays as it is"""
_NEVER = float("inf")


def decode_in_phase(data: bytes, codec: str, *, offset: int) -> tuple[str, tuple[Damage, ...]]:
    """Like `decode_marked`, and stretches that are askew are put right."""
    text, damages = decode_marked(data, codec, offset=offset)
    if not _askew().search(text):
        return text, damages
    cuts = list(_bytes_left_out(data, codec))
    if not cuts:
        return text, damages
    texts: list[str] = []
    found: list[Damage] = []
    length = at = 0
    for cut in [*cuts, len(data)]:
        piece, marked = decode_marked(data[at:cut], codec, offset=offset + at)
        texts.append(piece)
        found += (Damage(start=d.start + length, end=d.end + length, byte=d.byte) for d in marked)
        length += len(piece)
        if cut < len(data):
            texts.append(DAMAGE)
            found.append(Damage(start=length, end=length + 1, byte=offset + cut))
            length += 1
        at = cut + 1
    return "".join(texts), tuple(found)


@lru_cache(maxsize=1)
def _askew() -> re.Pattern[str]:
    """Ten characters in a row of which none is frequent; punctuation counts as frequent, so that this hardly occurs in a text read right."""
    return re.compile(f"[^{re.escape(''.join(sorted(frequent())))}\x00-\x7f]{{10,}}")


def _bytes_left_out(data: bytes, codec: str) -> Iterator[int]:
    at, budget = 0, _BUDGET
    for sync in [*_SYNC.finditer(data), None]:
        end = sync.start() if sync else len(data)
        stretch = data[at:end]
        if _SHORTEST <= len(stretch) <= min(_LONGEST, budget) and _askew().search(stretch.decode(codec, "replace")):
            budget -= len(stretch)
            for place in _least_surprise(stretch, codec):
                yield at + place
        at = sync.end() if sync else end


def _least_surprise(stretch: bytes, codec: str) -> list[int]:
    """Places of the bytes that the cheapest reading leaves out."""
    size = len(stretch)
    costs = [0.0] + [_NEVER] * (size + 3)
    steps = [0] * (size + 4)
    """how many bytes the last character before a place has; -1: a byte left out"""
    for at in range(size):
        cost = costs[at]
        left_out = cost + _LEFT_OUT - at * _LATER
        if left_out < costs[at + 1]:
            costs[at + 1], steps[at + 1] = left_out, -1
        if stretch[at] < 0x80:
            if cost < costs[at + 1]:
                costs[at + 1], steps[at + 1] = cost, 1
            continue
        for width in (2, 4):
            if at + width <= size and (price := _price(stretch[at : at + width], codec)) + cost < costs[at + width]:
                costs[at + width], steps[at + width] = price + cost, width
    places = []
    at = size
    while at:
        if steps[at] < 0:
            places.append(at - 1)
            at -= 1
        else:
            at -= steps[at]
    return places[::-1]


@lru_cache(maxsize=1 << 16)
def _price(pair: bytes, codec: str) -> float:
    try:
        char = pair.decode(codec)
    except UnicodeDecodeError:
        return _NEVER
    if len(char) > 1:
        return _NEVER
    if char in frequent():
        return 0.0
    if not char.isprintable():
        return _NO_CHARACTER
    # the plain half of both codes holds what texts are made of; beyond it stand rare characters
    return _RARE if (pair[0] >= 0xB0 and pair[1] >= 0xA1 if codec == "gb18030" else pair[0] < 0xC9) else _VERY_RARE
