"""How likely a stretch of Chinese is, character by character: an interpolated Kneser-Ney model of three characters.

The counts come from policy papers, laws and official documents in simplified script; other scripts and widths are folded before
they are looked up, so that 數據 is as likely as 数据. Read once, when the first damaged stretch asks for it (`characters.bin`,
written by `python -m training.characters`); most documents never do.
"""

from __future__ import annotations

import lzma
import re
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log

STEP = 12
"""a stored byte is minus the natural logarithm in twelfths"""
FLOOR = 1 / 25000
"""chance of a character that was never seen, spread over those of GBK"""
EDGE = "\n"
MAGIC = b"zhengmai characters 1\n"

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")


def fold(text: str) -> str:
    """`text` as the model counts it: simplified, Latin words as `A`, figures as `0`, full-width punctuation, no blanks."""
    text = _DIGITS.sub("0", _LATIN.sub("A", text)).translate(_WIDTH)
    return _BLANKS.sub("", text).translate(simplified())


@cache
def simplified() -> dict[int, str]:
    """Traditional character → simplified one, of those that GBK holds."""
    import opencc

    han = [chr(code) for code in range(0x4E00, 0x9FA6)]
    folded: str = opencc.OpenCC("t2s").convert("\n".join(han))
    return {ord(old): new for old, new in zip(han, folded.split("\n"), strict=True) if old != new and len(new) == 1}


@cache
def traditional() -> frozenset[str]:
    """Characters of simplified script that traditional script writes otherwise."""
    import opencc

    han = [chr(code) for code in range(0x4E00, 0x9FA6)]
    folded: str = opencc.OpenCC("s2t").convert("\n".join(han))
    return frozenset(old for old, new in zip(han, folded.split("\n"), strict=True) if old != new)


class Characters:
    """The model: `chance(x, y, z)` is the chance that `z` follows `xy`."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise ValueError("characters.bin: not a character model of this version; write it anew with python -m training.characters")
        raw = lzma.decompress(data[len(MAGIC) :])
        sizes = array("I", raw[:16])
        vocabulary = raw[16 : 16 + sizes[0]].decode("utf-8")
        self.index = {character: i for i, character in enumerate(vocabulary)}
        self.size = len(vocabulary)
        at = 16 + sizes[0]

        def take(count: int) -> bytes:
            nonlocal at
            at += count
            return raw[at - count : at]

        self.one, self.one_rest = take(self.size), take(self.size)
        self.pairs = _undelta(take(4 * sizes[1]))
        self.two, self.two_rest = take(sizes[1]), take(sizes[1])
        self.triples = _undelta(take(4 * sizes[2]))
        self.three = take(sizes[2])
        self.rest = exp(-take(1)[0] / STEP)
        self._chances = [exp(-q / STEP) for q in range(256)]
        # readings of one damaged place differ in one character, and are weighed twice
        self.chance = lru_cache(maxsize=1 << 16)(self._chance)
        """chance of `z` behind `xy`, all folded: `chance("数", "据", "孤")`"""

    def knows(self, character: str) -> bool:
        """Whether the model ever saw `character` (folded)."""
        return character in self.index

    def _chance(self, x: str, y: str, z: str) -> float:
        chances, index = self._chances, self.index
        chance = self.rest * FLOOR
        third = index.get(z)
        if third is not None:
            chance += chances[self.one[third]]
        second = index.get(y)
        if second is None:
            return chance
        chance *= chances[self.one_rest[second]]
        if third is not None:
            place = _find(self.pairs, second * self.size + third)
            if place >= 0:
                chance += chances[self.two[place]]
        first = index.get(x)
        if first is None:
            return chance
        context = _find(self.pairs, first * self.size + second)
        if context < 0:
            return chance
        chance *= chances[self.two_rest[context]]
        if third is not None:
            place = _find(self.triples, context * self.size + third)
            if place >= 0:
                chance += chances[self.three[place]]
        return chance

    def score(self, text: str, start: int = 2) -> float:
        """Logarithm of the chance of `text` (folded) from `start` on, given what stands before."""
        total = 0.0
        for i in range(start, len(text)):
            total += log(self.chance(text[i - 2] if i > 1 else EDGE, text[i - 1] if i else EDGE, text[i]))
        return total


def _find(keys: array[int], key: int) -> int:
    place = bisect_left(keys, key)
    return place if place < len(keys) and keys[place] == key else -1


def _undelta(planes: bytes) -> array[int]:
    """Ascending 32-bit keys from their differences, stored in four planes of bytes, lowest first."""
    import numpy as np

    steps = np.frombuffer(planes, dtype=np.uint8).reshape(4, -1).astype(np.uint64)
    keys = np.cumsum(steps[0] + (steps[1] << 8) + (steps[2] << 16) + (steps[3] << 24), dtype=np.uint64)
    return array("I", keys.astype(np.uint32).tobytes())


@cache
def characters() -> Characters:
    """The shipped model, read once."""
    return Characters((files("pipeline.clean") / "characters.bin").read_bytes())


@cache
def words() -> dict[str, float]:
    """Word of two to four characters → one and the logarithm of its frequency in jieba's dictionary."""
    found: dict[str, float] = {}
    for line in (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ", 2)
        if 2 <= len(word) <= 4:
            found[word] = 1.0 + log(1 + int(count))
    return found
