"""Where a factor begins and ends: not on punctuation, not inside a number or a Latin word, its quotation marks whole, no particle left hanging."""

from __future__ import annotations

import unicodedata

_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "[": "]"}
_ENDS_IN_DE = ("目的", "标的", "似的")
"""words whose last character is no particle"""
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}


def trimmed(text: str, start: int, end: int, *, within: tuple[int, int]) -> tuple[int, int] | None:
    """`[start, end)` with clean edges inside `within`, or none if nothing but punctuation is left.

    造成“数据孤岛 → “数据孤岛” where the closing mark follows; 2018 → never 20|18; ，建立机制。 → 建立机制; 服务转型的 → 服务转型.
    """
    while start > within[0] and start < end and _one_word(text[start - 1], text[start]):
        start -= 1
    while end < within[1] and start < end and _one_word(text[end - 1], text[end]):
        end += 1
    while True:
        before = start, end
        if end < within[1] and text[end] in _OPENING and _lacks_closing(text[start:end], text[end]):
            end += 1
        if start > within[0] and text[start - 1] in _PAIRS and _lacks_opening(text[start:end], text[start - 1]):
            start -= 1
        while start < end and _loose(text[start]) and not _closes(text, start, end):
            start += 1
        while start < end and _loose(text[end - 1]) and not _opens(text, start, end):
            end -= 1
        if start >= end:
            return None
        if text[end - 1] == "的" and end - start > 2 and text[end - 2 : end] not in _ENDS_IN_DE:
            end -= 1
        if (start, end) == before:
            break
    return start, end


def _one_word(left: str, right: str) -> bool:
    if left.isdigit() and (right.isdigit() or right in "%％‰"):
        return True
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _loose(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZC" and char not in "%％‰"


def _closes(text: str, start: int, end: int) -> bool:
    """The mark at `start` opens a pair whose other half is inside."""
    return text[start] in _PAIRS and _PAIRS[text[start]] in text[start + 1 : end]


def _opens(text: str, start: int, end: int) -> bool:
    return text[end - 1] in _OPENING and _OPENING[text[end - 1]] in text[start : end - 1]


def _lacks_closing(span: str, closing: str) -> bool:
    return span.count(_OPENING[closing]) > span.count(closing)


def _lacks_opening(span: str, opening: str) -> bool:
    return span.count(_PAIRS[opening]) > span.count(opening)
