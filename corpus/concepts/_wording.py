"""Concepts whose description shares words with a question: 老人不会用手机办事 → 数字鸿沟. Plain counting (BM25) over characters and word pairs.

Source of the weighting: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from corpus.concepts._fold import fold, is_han
from corpus.concepts._question import content
from corpus.concepts._record import Candidate, Concept
from corpus.concepts._variants import lemmas

_K, _B = 1.2, 0.5
_STOP_HAN = frozenset("的了和与及在是有对为以到从把被让给得地着过也都就还而之其这那一不个些们上下中内外前后时")


def grams(text: str) -> Counter[str]:
    """Pairs of neighbouring Chinese characters and lemmas of English words, counted."""
    found: Counter[str] = Counter()
    for piece in content(text):
        run = ""
        for character in piece + " ":
            if is_han(character):
                run += character
                continue
            for left, right in zip(run, run[1:], strict=False):
                if left in _STOP_HAN or right in _STOP_HAN:
                    continue
                found[left + right] += 1
            for character_ in run:
                if character_ not in _STOP_HAN:
                    found[character_] += 1
            run = ""
    found.update(lemmas(text))
    return found


class Wordings:
    """Counted words of every concept's names, definition, examples and ways of asking."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self._ids = [concept.id for concept in concepts]
        self._names = [concept.name for concept in concepts]
        self._postings: dict[str, list[tuple[int, float]]] = {}
        bags: list[dict[str, float]] = []
        for concept in concepts:
            bag: Counter[str] = Counter()
            for weight, texts in ((3, concept.asked), (2, concept.names), (2, concept.english), (1, (concept.definition,)), (1, concept.examples)):
                for text in texts:
                    for gram in grams(fold(text)):
                        bag[gram] += weight
            bags.append(dict(bag))
        lengths = [sum(bag.values()) for bag in bags]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        count: Counter[str] = Counter(gram for bag in bags for gram in bag)
        for number, bag in enumerate(bags):
            norm = _K * (1 - _B + _B * lengths[number] / mean)
            for gram, times in bag.items():
                idf = math.log(1 + (len(bags) - count[gram] + 0.5) / (count[gram] + 0.5))
                weight = (1.0 if len(gram) > 1 else 0.25) * idf * times * (_K + 1) / (times + norm)
                self._postings.setdefault(gram, []).append((number, weight))
        self._top = math.log(1 + (len(bags) + 0.5) / 1.5) * (_K + 1) if bags else 1.0

    def nearest(self, folded: str, *, limit: int = 5) -> Iterator[Candidate]:
        """Concepts by shared words, best first, score below 0.7."""
        asked = grams(folded)
        sums: dict[int, float] = {}
        for gram in asked:
            for number, weight in self._postings.get(gram, ()):
                sums[number] = sums.get(number, 0.0) + weight
        full = sum((1.0 if len(gram) > 1 else 0.25) * self._top for gram in asked) or 1.0
        for number, total in sorted(sums.items(), key=_order)[:limit]:
            share = min(1.0, total / full)
            if share >= 0.08:
                yield Candidate(concept=self._ids[number], how="wording", name=self._names[number], score=round(min(0.68, 0.3 + share), 4))


def _order(item: tuple[int, float]) -> tuple[float, int]:
    return -item[1], item[0]
