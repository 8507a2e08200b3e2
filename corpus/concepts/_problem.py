"""Problems by head and deficiency word: 人才 + 匮乏 names 人才短缺 wherever the two stand close enough, in either order.

Behind a head only adverbs and stock nouns may come before the word (人才|储备|严重|不足); before a head the word may stand off by the head's
attributes, if the head ends the phrase (缺乏|高水平的复合型|人才, not 缺乏|人才评价机制). A word of one character, or one that takes an object,
ends its phrase (成本高, not 成本高低; 人才缺乏, not 人员缺乏知识).
Sources: Zhu Dexi, 语法讲义 (1982), on predicates and their subjects and objects; the order of attribute and head in Chinese noun phrases.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.concepts._record import MatchHow, State
from corpus.concepts._states import States, states

_REACH_BEFORE = 14
"""characters between a deficiency word and the head behind it, at most: 缺乏|高水平的复合型专业|人才"""
_REACH_AFTER = 12
"""characters between a head and the deficiency word behind it, at most"""
_CLAUSE = re.compile(r"[,;:.!?\n()\"]")


class Hit(NamedTuple):
    """A head word in the folded text and what it is the head of."""

    start: int
    end: int
    head: tuple[str, frozenset[State], bool]


Problem = tuple[int, int, str, int, int, MatchHow]
"""start and end of head and word together, concept, start and end of the head, how"""


def find_problems(folded: str, heads: Iterable[Hit], words: Iterable[tuple[int, int, str]], *, alone: bool) -> Iterator[Problem]:
    """Heads with a deficiency word of their classes in reach; with `alone` also the heads that suffice in a text that states a problem."""
    lexicon = states()
    after: list[tuple[int, int, frozenset[str]]] = []
    before: list[tuple[int, int, frozenset[str]]] = []
    for start, end, word in words:
        if word in lexicon.after and (word not in lexicon.closing or lexicon.close.match(folded, end)):
            after.append((start, end, lexicon.after[word]))
        if word in lexicon.before:
            before.append((start, end, lexicon.before[word]))
    after.sort(key=_first)
    before.sort(key=_first)
    starts_after = [start for start, _, _ in after]
    starts_before = [start for start, _, _ in before]
    at_head, behind, ahead = (-1, -1), [], []
    for (start, end), (concept, classes, suffices) in ((hit[:2], hit.head) for hit in heads):
        if suffices:
            if alone:
                yield start, end, concept, start, end, "head"
            continue
        if (start, end) != at_head:
            at_head = (start, end)
            behind = _behind(folded, end, after, starts_after, lexicon)
            ahead = _ahead(folded, start, end, before, starts_before, lexicon)
        for first, stop, kinds in (*behind, *ahead):
            if kinds & classes:
                yield min(start, first), max(end, stop), concept, start, end, "pattern"
                break


def _first(word: tuple[int, int, frozenset[str]]) -> tuple[int, int]:
    return word[0], -word[1]


def _behind(folded: str, end: int, words: list[tuple[int, int, frozenset[str]]], starts: list[int], lexicon: States) -> list[tuple[int, int, frozenset[str]]]:
    """Deficiency words behind a head that ends at `end`, nothing but adverbs and stock nouns between: 人才|储备|不足."""
    at = bisect_left(starts, end)
    if at == len(starts) or starts[at] > end + _REACH_AFTER:
        return []
    return [word for word in words[at : bisect_right(starts, end + _REACH_AFTER)] if lexicon.bridge.fullmatch(folded, end, word[0])]


def _ahead(
    folded: str, start: int, end: int, words: list[tuple[int, int, frozenset[str]]], starts: list[int], lexicon: States
) -> list[tuple[int, int, frozenset[str]]]:
    """Deficiency words before a head that ends its phrase: 缺乏|高素质的专业|人才."""
    low, high = bisect_left(starts, start - _REACH_BEFORE - 4), bisect_left(starts, start)
    if low == high or lexicon.tail.match(folded, end) is None:
        return []
    return [word for word in words[low:high] if start - _REACH_BEFORE <= word[1] <= start and _CLAUSE.search(folded, word[1], start) is None]
