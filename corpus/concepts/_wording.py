"""Concepts whose description shares words with a question: 老人不会用手机办事 → 数字鸿沟. Plain counting (BM25) over characters and pairs.

Source of the weighting: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from corpus.concepts._fold import fold
from corpus.concepts._question import content
from corpus.concepts._record import Candidate, Concept
from corpus.concepts._variants import lemmas

_K, _B = 1.2, 0.5
_LEAST, _MOST = 0.08, 0.68
"""share of a question's weight below which nothing is said, and the most that shared words are trusted"""
_SINGLE = 0.25
"""weight of a single character beside that of a pair"""
_STOP_HAN = frozenset("的了和与及在是有对为以到从把被让给得地着过也都就还而之其这那一不个些们上下中内外前后时")
_HAN = re.compile("[\u3400-\u9fff]+")


def grams(folded: str) -> Counter[str]:
    """Chinese characters and pairs of neighbours without function words, and lemmas of English words, counted."""
    found: Counter[str] = Counter()
    for piece in content(folded):
        for run in _HAN.findall(piece):
            found.update(left + right for left, right in pairwise(run) if left not in _STOP_HAN and right not in _STOP_HAN)
            found.update(character for character in run if character not in _STOP_HAN)
    found.update(lemmas(folded))
    return found


def _weight(gram: str) -> float:
    return 1.0 if len(gram) > 1 else _SINGLE


class Wordings:
    """Counted words of every concept's names, definition, examples and ways of asking."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self._names = [(concept.id, concept.name) for concept in concepts]
        bags = [_bag(concept) for concept in concepts]
        lengths = [sum(bag.values()) for bag in bags]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        count = Counter(gram for bag in bags for gram in bag)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for number, bag in enumerate(bags):
            norm = _K * (1 - _B + _B * lengths[number] / mean)
            for gram, times in bag.items():
                rare = math.log(1 + (len(bags) - count[gram] + 0.5) / (count[gram] + 0.5))
                self._postings.setdefault(gram, []).append((number, _weight(gram) * rare * times * (_K + 1) / (times + norm)))
        self._top = math.log(1 + (len(bags) + 0.5) / 1.5) * (_K + 1) if bags else 1.0

    def nearest(self, folded: str, *, limit: int = 5) -> Iterator[Candidate]:
        """Concepts by shared words, best first."""
        asked = grams(folded)
        sums: dict[int, float] = {}
        for gram in asked:
            for number, weight in self._postings.get(gram, ()):
                sums[number] = sums.get(number, 0.0) + weight
        full = sum(_weight(gram) * self._top for gram in asked) or 1.0
        for number, total in sorted(sums.items(), key=_order)[:limit]:
            share = min(1.0, total / full)
            if share >= _LEAST:
                identity, name = self._names[number]
                yield Candidate(concept=identity, how="wording", name=name, score=round(min(_MOST, 0.3 + share), 4))


def _bag(concept: Concept) -> Counter[str]:
    bag: Counter[str] = Counter()
    for times, texts in ((3, concept.asked), (2, concept.names), (2, concept.english), (1, (concept.definition,)), (1, concept.examples)):
        for text in texts:
            for gram in grams(fold(text)):
                bag[gram] += times
    return bag


def _order(item: tuple[int, float]) -> tuple[float, int]:
    return -item[1], item[0]
