"""The two bytes of a character in GBK, with its three private areas (code page 936), and what stands at a pair of bytes."""

from __future__ import annotations

from functools import cache

LEADS = range(0x81, 0xFF)
_SIGNS = "“”‘’—…·、。～×÷±°℃‰§№→★●◆■▲①②③④⑤⑥⑦⑧⑨⑩⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


def pair(character: str) -> tuple[int, int] | None:
    """(lead, trail) of `character`, or none where GBK has no pair for it: 数 → (0xCA, 0xFD)."""
    return _pairs().get(character)


def at(lead: int, trail: int) -> str | None:
    """The character at the pair, or none where nothing readable is: (0xCA, 0xFD) → 数."""
    return _characters().get((lead, trail))


@cache
def with_trail(trail: int) -> tuple[str, ...]:
    """Characters of Chinese text whose second byte is `trail`, by first byte."""
    return tuple(found for lead in LEADS if (found := at(lead, trail)) is not None and is_of_chinese(found))


@cache
def with_lead(lead: int) -> tuple[str, ...]:
    """Characters of Chinese text whose first byte is `lead`, by second byte."""
    return tuple(found for trail in TRAILS if (found := at(lead, trail)) is not None and is_of_chinese(found))


def is_of_chinese(character: str) -> bool:
    """Whether `character` is a Chinese one, a figure, or punctuation, and not a Greek, Russian or Japanese letter or a frame."""
    return "\u4e00" <= character <= "\u9fff" or "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e" or character in _SIGNS


@cache
def _pairs() -> dict[str, tuple[int, int]]:
    # GB 18030 gives the private areas the code points that code page 936 gives them
    return {bytes((lead, trail)).decode("gb18030"): (lead, trail) for lead in LEADS for trail in TRAILS}


@cache
def _characters() -> dict[tuple[int, int], str]:
    return {place: character for character, place in _pairs().items() if not 0xE000 <= ord(character) <= 0xF8FF}
