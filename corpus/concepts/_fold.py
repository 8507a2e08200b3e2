"""Folding: two spellings of one name become the same characters, one for one, so that offsets stay what they were.

Width, letter case, script (traditional → simplified, a character at a time), radicals, and kinds of punctuation are folded.
Text shown to anybody is never folded; only what is compared is.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from opencc import OpenCC

from corpus.concepts._radicals import RADICALS

# one sign for each kind; the first character of a value is what the others become
_PUNCTUATION = {
    ",": "，、﹐﹑､",
    ";": "；﹔",
    ":": "：﹕∶",
    ".": "．。｡",
    "!": "！",
    "?": "？",
    "(": "（﹙〔［[【",
    ")": "）﹚〕］]】",
    '"': "“”„‟〝〞＂「」『』｢｣",
    "'": "‘’‚‛＇`´",
    "-": "‐‑‒–—―−－─﹣~～〜",
    "·": "•・‧∙⋅･·",
    "+": "＋﹢",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\r\u000b\u000c\u0085\u2028\u2029",
}
# characters without a width that converters leave inside words, and blanks behind a blank
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOTHING = re.compile(f"[{_WIDTHLESS}]+| {{2,}}")
_BLANKS = re.compile("   *")  # as literal as it is, it is found several times as fast


_LAST = 0x30000
"""code points from here on are compared as they are"""


@lru_cache(maxsize=1)
def table() -> list[str]:
    """For every code point below `_LAST` the character that it is compared as; built once, when first needed.

    A list, not a dictionary: `str.translate` then never runs into the exception that a missing key costs.
    """
    found: dict[int, int] = {}
    for code in range(0x80, _LAST):
        if 0xD800 <= code < 0xE000:
            continue
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and ord(plain) != code:
            found[code] = ord(plain)
    found.update({ord(radical): ord(character) for radical, character in RADICALS.items()})
    found.update({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})
    for sign, others in _PUNCTUATION.items():
        found.update({ord(other): ord(sign) for other in others})
    ideographs = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2A6E0))]
    simplified = OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    script = {ord(before): ord(after) for before, after in zip(ideographs, simplified, strict=True) if len(after) == 1 and after != before}
    found = {code: script.get(target, target) for code, target in found.items()}
    for code, target in script.items():
        found.setdefault(code, target)
    return [chr(found.get(code, code)) for code in range(_LAST)]


def fold(text: str) -> str:
    """`text` as it is compared, as long as before: `fold("數據孤島（ＡＩ）") == "数据孤岛(ai)"`."""
    return text.translate(table())


class Places:
    """Where the characters of a squeezed text stood before: breaks, and what was taken out up to each."""

    __slots__ = ("_at", "_taken")

    def __init__(self, at: list[int], taken: list[int]) -> None:
        self._at, self._taken = at, taken

    def __getitem__(self, place: int) -> int:
        number = bisect_right(self._at, place)
        return place + self._taken[number - 1] if number else place


def squeeze(folded: str) -> tuple[str, Places | None]:
    """`folded` without characters that have no width and without double blanks, and where each character left stood.

    The places are none where nothing was taken out: every character then stands where it stood.
    """
    widthless = any(character in folded for character in _WIDTHLESS)
    if not widthless and "  " not in folded:
        return folded, None
    pieces: list[str] = []
    breaks: list[int] = []
    taken: list[int] = []
    at = lost = 0
    for gap in (_NOTHING if widthless else _BLANKS).finditer(folded):
        start, end = gap.span()
        # of several blanks the first one stays
        start += folded[start] == " "
        pieces.append(folded[at:start])
        breaks.append(start - lost)
        lost += end - start
        taken.append(lost)
        at = end
    pieces.append(folded[at:])
    return "".join(pieces), Places(breaks, taken)


def is_latin(character: str) -> bool:
    """Whether a folded character continues a Latin word or number; Chinese characters never do."""
    return character.isalnum() and (character < "\u1100" or "\uff00" <= character < "\uff60")


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "〇"


def key(name: str) -> str:
    """A name as names are told apart: folded, without blanks at its ends, quotes and signs between Chinese characters.

    `key("“互联网＋政务服务”") == key("互联网+政务服务")`; `key("双随机、一公开") == key("双随机一公开")`.
    """
    folded, _ = squeeze(fold(name).strip())
    return _BETWEEN.sub("", folded.replace('"', ""))


_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])[ ,·'-](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]) (?=[a-z0-9])|(?<=[a-z0-9]) (?=[\u3400-\u9fff])")


def version() -> str:
    """What the folding depends on beside this file: the Unicode tables of Python and OpenCC's characters."""
    return f"unicode {unicodedata.unidata_version}, python {sys.version_info.major}.{sys.version_info.minor}"
