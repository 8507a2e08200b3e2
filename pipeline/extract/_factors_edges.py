"""Where a factor begins and ends: not on punctuation, not inside a number or a Latin word, its quotation marks whole, no particle left hanging."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

import rjieba

_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "[": "]"}
_ENDS_IN_DE = ("目的", "标的", "似的")
"""words whose last character is no particle"""
_NUMBER = re.compile(
    r"(?:(?<![A-Za-z0-9.])[-−+])?\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,10})?(?:[%％‰]|[十百千万亿]{0,3}(?:个百分点|公里|平方米|[个条项件人次元家所名份处台套吨亩倍年月日])?)"
)
"""a number as it is written with what it counts: 1,234.5万元, -3.5个百分点, 23.4%"""
_REACH = 40
_AFTER_OFFICES = "拟以要将会应等和与及在对可须负已依按于从就为"
"""what never follows 委 inside a word (委托, 委员, 委派 do) but for 委以重任, of a person"""
_HANGING = frozenset(("以及", "或者", "并且", "而且", "和", "与", "及", "或", "并", "且", "而"))
"""conjunctions that join to what stands outside (GB/T 13715 counts each as a word)"""
_OF_OBJECTS = ("成为", "是", "为", "予以", "以", "在", "于", "从", "对", "把", "将", "向", "由", "被", "来")
_OF_VERBS = ("已", "已经", "正", "正在", "一直", "仍", "也", "都", "还", "就", "更")
_WANTING = frozenset((*_OF_OBJECTS, *_OF_VERBS))
"""verbs and prepositions that want an object, and adverbs that want a verb (朱德熙《语法讲义》, 1982: 5, 13 and 15): behind such a word a
statement ends only where the sentence pauses; no annotated statement does so elsewhere (0 of 23,763)"""
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}


def trimmed(text: str, start: int, end: int, *, within: tuple[int, int]) -> tuple[int, int] | None:
    """`[start, end)` with clean edges inside `within`, or none if nothing but punctuation is left.

    造成“数据孤岛 → “数据孤岛” where the closing mark follows; 2018 → never 20|18; ，建立机制。 → 建立机制; 服务转型的 → 服务转型.
    """
    start, end = _around_titles(text, *_around_numbers(text, start, end, within), within)
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
        while start < end and _loose(text[start]) and not _closes(text, start, end) and not _signs(text, start, end):
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


def _around_numbers(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """An edge inside a number with its sign, thousands, fraction, magnitude and classifier moves to the end of all that: 12|.6亿条 → 12.6亿条."""
    low, high = max(within[0], start - _REACH), min(within[1], end + _REACH)
    for number in _NUMBER.finditer(text, low, high):
        if number.start() < start < number.end():
            start = number.start()
        if number.start() < end < number.end():
            end = number.end()
    return start, end


def _around_titles(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """An edge inside 《…》 moves to its mark: 根据《中华人民共和国|专利法》 → 根据《中华人民共和国专利法》."""
    low, high = max(within[0], start - _REACH), min(within[1], end + _REACH)
    span = text[start:end]
    if span.rfind("《") > span.rfind("》"):
        closing = text.find("》", end, high)
        end = closing + 1 if closing >= 0 else end
    if "》" in span and not 0 <= span.find("《") < span.find("》"):
        opening = text.rfind("《", low, start)
        start = opening if opening >= 0 else start
    return start, end


def word_ends(sentence: str) -> list[int]:
    """Where the words of `sentence` begin and end, from 0 to its length: 迫在眉睫的任务 → 0, 4, 5, 7.

    The last character of an office's short name is none of the next word: 发展改革委|拟研究, where the segmenter has 委拟.
    """
    ends = [0, *accumulate(len(word) for word in rjieba.cut(sentence))]
    strays = [start + 1 for start, end in pairwise(ends) if start and sentence[start] == "委" and end - start == 2 and sentence[end - 1] in _AFTER_OFFICES]
    return sorted(ends + strays)


def on_words(sentence: str, start: int, end: int, *, ends: Sequence[int]) -> tuple[int, int]:
    """`[start, end)` of `sentence` with edges moved out to the words that they cut, without a word left hanging behind.

    高校智库的建设迫|在眉睫 → …迫在眉睫; 变更名称、负责人或者|注册地 → 变更名称、负责人; 智能制造正在成为|主流 → 智能制造. `ends` are those of
    `word_ends`.
    """
    first = bisect_right(ends, start) - 1
    last = bisect_left(ends, end)
    more = ends[last] < len(sentence) and sentence[ends[last]].isalnum()
    while last - first > 1 and ((word := sentence[ends[last - 1] : ends[last]]) in _HANGING or (more and word in _WANTING)):
        last -= 1
    return ends[first], ends[last]


def _one_word(left: str, right: str) -> bool:
    if left.isdigit() and (right.isdigit() or right in "%％‰"):
        return True
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _loose(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZC" and char not in "%％‰"


def _closes(text: str, start: int, end: int) -> bool:
    """The mark at `start` opens a pair whose other half is inside."""
    return text[start] in _PAIRS and _PAIRS[text[start]] in text[start + 1 : end]


def _signs(text: str, start: int, end: int) -> bool:
    """The mark at `start` is the sign of a number: −3.5 loses nothing."""
    return text[start] in "-−+" and start + 1 < end and text[start + 1].isdigit()


def _opens(text: str, start: int, end: int) -> bool:
    return text[end - 1] in _OPENING and _OPENING[text[end - 1]] in text[start : end - 1]


def _lacks_closing(span: str, closing: str) -> bool:
    return span.count(_OPENING[closing]) > span.count(closing)


def _lacks_opening(span: str, opening: str) -> bool:
    return span.count(_PAIRS[opening]) > span.count(opening)
