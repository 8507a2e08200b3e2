"""English questions → names that share their words, whatever the order and the endings: "commercialising university research"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.concepts._record import Concept
from corpus.concepts._variants import lemmas

_ENDINGS = (
    "izational", "ization", "isation", "ational", "ations", "ation", "ating", "ative", "ition", "ities", "ments", "ances", "ence", "ance",
    "ement", "ment", "ness", "able", "ible", "ings", "ing", "ions", "ion", "ity", "ive", "ize", "ise", "ies", "ied", "ors", "ers", "ate", "ed", "es",
    "er", "or", "al", "ly", "y", "e", "s",
)  # fmt: skip

_MOST_SPELLINGS = 4


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a family of English words begins with: `computing`, `computation` → `comput`; at least four letters are left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """Stems of the content words of an English text, in order."""
    return [stem(word) for word in lemmas(text)]


class English:
    """English names by the stems of their words."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self._names = [(concept.id, name, frozenset(stems(name))) for concept in concepts for name in concept.english]
        self._postings: dict[str, list[int]] = {}
        counts: Counter[str] = Counter()
        for number, (_, _, words) in enumerate(self._names):
            counts.update(words)
            for word in words:
                self._postings.setdefault(word, []).append(number)
        total = max(1, len(self._names))
        self._weights = {word: math.log(1 + total / count) for word, count in counts.items()}
        self._rare = math.log(1 + total)
        self._vocabulary = sorted({word for concept in concepts for name in concept.english for word in lemmas(name) if len(word) > 3 and word.isalpha()})
        self._known = frozenset(self._vocabulary)

    def spellings(self, word: str) -> tuple[str, ...]:
        """`word` as the register may spell it, where one slip (two from eight letters on) leads there: `goverment` → `government`."""
        lemma = (lemmas(word) or (word,))[0]
        if len(word) < 4 or lemma in self._known or stem(lemma) in self._weights:
            return (word,)
        hits = process.extract(lemma, self._vocabulary, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2, limit=_MOST_SPELLINGS)
        return tuple(spelt for spelt, _, _ in hits) or (word,)

    def nearest(self, text: str) -> Iterator[tuple[str, str, float, float]]:
        """(concept, name, share of the name's weight in the question, share of the question's weight in the name), two shared words or more."""
        asked = frozenset(stems(text))
        shared: Counter[int] = Counter()
        for word in sorted(asked):
            shared.update(self._postings.get(word, ()))
        whole = sum(self._weights.get(word, self._rare) for word in asked) or 1.0
        for number, count in sorted(shared.items()):
            identity, name, words = self._names[number]
            if count < 2:
                continue
            both = sum(self._weights[word] for word in sorted(words & asked))
            yield identity, name, both / sum(self._weights[word] for word in sorted(words)), both / whole
