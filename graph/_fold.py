"""Words as the index keeps them: folded so that script, width and case do not matter, then cut into single characters.

A Chinese character is a token, a run of Latin letters and digits is one (`C2C`, `2018`), a stop or comma is the token `。`, so that
no phrase is found across it; everything else is a gap without a token. Text shown to anybody is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from opencc import OpenCC

__all__ = ["MOST_TERMS", "fold", "index_text", "index_texts", "one_spelling", "phrase", "search_pattern", "search_terms", "tokens"]

MOST_TERMS = 24
"""words of a question that are looked up; what comes behind is named in the answer as left out"""

_STOP = "。"
_STOPS = "。，、；：！？,;:!?\n"
_HAN = "〇\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+|[{_STOPS}]")
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_TERM = re.compile(r"[^\W_]+(?:[.·][^\W_]+)*")
_LATIN = re.compile(r"[a-z]{4,}\Z")
_PREFIX = "*"
_LATIN_OR_DIGIT = re.compile(r"[a-z0-9]")

# CJK Radicals Supplement (U+2E80 …) has no compatibility decomposition in Unicode; these stand for whole characters in texts
# that come out of PDF files (EquivalentUnifiedIdeograph.txt of the Unicode Character Database)
_RADICALS = dict(zip("⺠⻓⻔⻋⻅⻉⻚⻛⻜⻢⻥⻦⻨⻩⻬⻮⻰⻳⻄⻘⻝⻁⻆⻙⻤⻣⻯", "民长门车见贝页风飞马鱼鸟麦黄齐齿龙龟西青食虎角韦鬼骨龙", strict=True))


class _Folding(dict[int, int]):
    """Code point → code point it is compared as; a character is worked out when it is first met."""

    def __init__(self, *, lower: bool) -> None:
        super().__init__()
        self._lower = lower

    def __missing__(self, code: int) -> int:
        folded = chr(code) if 0xD800 <= code < 0xE000 else self._fold(chr(code))
        self[code] = ord(folded)
        return self[code]

    def _fold(self, character: str) -> str:
        plain = unicodedata.normalize("NFKC", _RADICALS.get(character, character))
        plain = plain.lower() if self._lower else plain
        if len(plain) != 1:
            return character
        simple = _to_simplified().convert(plain)
        return simple if len(simple) == 1 else plain


class _FoldingStops(_Folding):
    """As `_Folding`, and every stop becomes one and the same."""

    def _fold(self, character: str) -> str:
        folded = super()._fold(character)
        return _STOP if folded in _STOPS else folded


@lru_cache(maxsize=1)
def _folding_stops() -> _Folding:
    return _FoldingStops(lower=True)


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=2)
def _folding(*, lower: bool) -> _Folding:
    return _Folding(lower=lower)


def fold(text: str) -> str:
    """`text` as it is compared, character for character and as long as before: `fold("數據孤島ＡＩ") == "数据孤岛ai"`."""
    return text.translate(_folding(lower=True))


def one_spelling(name: str) -> str:
    """The one form that a name has in the graph, whichever document it comes from; letters keep their case: `聯合國  ＡＩ` → `联合国 AI`."""
    return " ".join(name.translate(_folding(lower=False)).split())


def tokens(text: str) -> list[str]:
    """Tokens of `text` without its stops: `tokens("AI+政务") == ["ai", "政", "务"]`."""
    return _WORD.findall(fold(text))


def index_text(text: str) -> str:
    """`text` as the full-text index takes it: tokens with a blank between; every stop is the token `。`."""
    return " ".join(_TOKEN.findall(text.translate(_folding_stops())))


def index_texts(text: str, places: Iterable[tuple[int, int]]) -> list[str]:
    """`index_text` of several places of one text, which is folded but once."""
    folded, found = text.translate(_folding_stops()), _TOKEN.findall
    return [" ".join(found(folded[start:end])) for start, end in places]


def search_terms(question: str) -> tuple[str, ...]:
    """Words of a question, in order, once each: signs and blanks part them, and no sign means anything else.

    `search_terms("数据-孤岛 OR") == ("数据", "孤岛", "or")`.
    """
    return tuple(dict.fromkeys(term for term in _TERM.findall(fold(question)) if tokens(term)))


def phrase(term: str) -> str:
    """`term` as a quoted phrase of single tokens: `数据孤岛` → `"数 据 孤 岛"`; an English word also finds its endings (silo, silos)."""
    parts = tokens(term)
    last = parts[-1]
    if _LATIN.match(last):
        parts[-1] = last[:-1] if last.endswith("s") and not last.endswith("ss") and len(last) > 4 else last
        return f'"{" ".join(parts)}" {_PREFIX}'
    return f'"{" ".join(parts)}"'


def search_pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """What the index matches for `terms`, as it stands in the folded text: tokens of a word with signs or blanks between them."""
    between = r"[^\w。，、；：！？,;:!?\n]*"
    return re.compile("|".join(between.join(_as_it_stands(token) for token in tokens(term)) for term in sorted(terms, key=len, reverse=True)))


def _as_it_stands(token: str) -> str:
    return rf"(?<![a-z0-9]){re.escape(token)}" if _LATIN_OR_DIGIT.match(token) else re.escape(token)
