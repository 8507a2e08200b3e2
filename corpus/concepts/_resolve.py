"""Questions → concepts. Rules in order of trust: the name itself, another script or wording, word order, acronym; a name inside the question;
short forms; typing errors; and, last, words shared with a concept's description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from corpus.concepts._fold import fold, is_han, key, squeeze
from corpus.concepts._match import Matcher
from corpus.concepts._question import content
from corpus.concepts._record import Candidate, Concept, Resolution, ResolveHow
from corpus.concepts._taiwan import mainland
from corpus.concepts._variants import lemmas, ways
from corpus.concepts._wording import Wordings

_MOST = 3
_LONGEST_QUESTION = 2000
_ACRONYM = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{2,7}(?![A-Za-z0-9])")
_LATIN = re.compile(r"[a-z][a-z'\-]+")
_PUNCTUATION = re.compile(r"[^\w]|_")


class Resolver:
    """Everything that is looked up when a question comes; built once, read-only."""

    def __init__(self, concepts: tuple[Concept, ...], matcher: Matcher) -> None:
        self._matcher = matcher
        self._concepts = {concept.id: concept for concept in concepts}
        self._exact: dict[str, tuple[str, str]] = {}
        self._misses: dict[str, set[str]] = {}
        for concept in concepts:
            for name in (*concept.names, *concept.english):
                for way in (key(name), *ways(name)):
                    self._exact.setdefault(way, (concept.id, name))
            for name in concept.near:
                self._misses.setdefault(key(name), set()).add(concept.id)
        self._bags = _unique(((_bag(way), owner) for way, owner in self._exact.items() if len(way) >= 5 and all(map(is_han, way))))
        self._lemmas = _unique((" ".join(sorted(lemmas(name))), (c.id, name)) for c in concepts for name in c.english)
        self._acronyms = _unique(("".join(w[0] for w in lemmas(name)), (c.id, name)) for c in concepts for name in c.english if len(lemmas(name)) >= 3)
        self._han = {way: owner for way, owner in self._exact.items() if any(map(is_han, way)) and len(way) >= 3}
        self._han_ways = list(self._han)
        self._vocabulary = sorted({word for c in concepts for name in c.english for word in _LATIN.findall(fold(name)) if len(word) > 3})
        self._known_words = frozenset(self._vocabulary)
        self._wordings = Wordings(concepts)

    def identify(self, name: str) -> str | None:
        """Id of the concept that bears this name by a rule that does not guess, or none."""
        found = self._identify(name)
        return found.concept if found else None

    def _identify(self, name: str) -> Candidate | None:
        plain = key(name[:_LONGEST_QUESTION])
        if not plain:
            return None
        trials: list[tuple[str, ResolveHow, float]] = [(plain, "name", 1.0)]
        trials += [(key(other), "script", 0.98) for other in mainland(name, plain)]
        for trial, how, score in trials:
            if trial in self._exact:
                identity, bearer = self._exact[trial]
                if how == "name" and fold(name).strip() != name.strip() and any(map(is_han, plain)) and key(bearer) == plain and bearer != name:
                    how = "script"
                return Candidate(concept=identity, how=how, name=bearer, score=score)
        for trial, _, _ in trials:
            bag = self._bags.get(_bag(trial)) if len(trial) >= 5 and all(map(is_han, trial)) else None
            if bag:
                return Candidate(concept=bag[0], how="order", name=bag[1], score=0.95)
        if not any(map(is_han, plain)):
            words = " ".join(sorted(lemmas(name)))
            if words in self._lemmas and len(words) > 3:
                return Candidate(concept=self._lemmas[words][0], how="inflection", name=self._lemmas[words][1], score=0.95)
            if _ACRONYM.fullmatch(name.strip()) and plain in self._acronyms:
                return Candidate(concept=self._acronyms[plain][0], how="acronym", name=self._acronyms[plain][1], score=0.9)
        return None

    def resolve(self, question: str) -> Resolution:
        """Candidates for a question, best first."""
        question = question[:_LONGEST_QUESTION]
        folded, _ = squeeze(fold(question))
        words = content(folded)
        whole = self._identify(question) or (self._identify("".join(words) if words and is_han(words[0][0]) else " ".join(words)) if words else None)
        best: dict[str, Candidate] = {}
        for candidate in (*((whole,) if whole else ()), *self._contained(question, folded, words), *self._guessed(question, folded, words)):
            if candidate.concept not in best or best[candidate.concept].score < candidate.score:
                best[candidate.concept] = candidate
        ranked = sorted(best.values(), key=_rank)
        return Resolution(question=question, candidates=tuple(ranked[:_MOST]), words=words)

    def _contained(self, question: str, folded: str, words: tuple[str, ...]) -> Iterator[Candidate]:
        """Names inside the question, in its own script and in the mainland's wording."""
        size = max(1, sum(map(len, words)))
        for line in (folded, *mainland(question, folded)):
            for match in self._matcher.find(line):
                share = min(1.0, (match.end - match.start) / size)
                early = 1 - match.start / max(1, len(line))
                how: ResolveHow = "pattern" if match.how == "pattern" else "containment"
                yield Candidate(concept=match.concept, how=how, name=match.name, score=round(0.6 + 0.2 * share + 0.08 * early, 4))
        for token in _ACRONYM.findall(question):
            owner = self._acronyms.get(token.lower())
            if owner:
                yield Candidate(concept=owner[0], how="acronym", name=owner[1], score=0.7)

    def _guessed(self, question: str, folded: str, words: tuple[str, ...]) -> Iterator[Candidate]:
        """Short forms, typing errors, shared words of a description."""
        plain = _PUNCTUATION.sub("", folded)
        for word in words:
            if 2 <= len(word) <= 8 and all(map(is_han, word)) and word not in self._exact:
                yield from self._short(word)
        if words and any(map(is_han, plain)) and len(plain) <= 40:
            yield from self._typos(plain, words)
        latin = _LATIN.findall(folded)
        if latin:
            yield from self._english_typos(folded, latin)
        yield from self._wordings.nearest(folded)

    def _short(self, word: str) -> Iterator[Candidate]:
        """Names of which `word` is a short form: its characters in order, the first one first: 长护险 of 长期护理保险."""
        hits = []
        for way in self._han_ways:
            if way[0] == word[0] and len(word) < len(way) <= 4 * len(word) and _in_order(word, way):
                hits.append((len(way), way))
        for length, way in sorted(hits)[:3]:
            identity, name = self._han[way]
            yield Candidate(concept=identity, how="short form", name=name, score=round(0.5 + 0.3 * len(word) / length, 4))

    def _typos(self, plain: str, words: tuple[str, ...]) -> Iterator[Candidate]:
        """Names that differ from a stretch of the question by one slip (two in names of eight and more)."""
        seen = 0
        for trial in dict.fromkeys((*words, "".join(words))):
            if len(trial) < 3 or trial in self._exact:
                continue
            for way, ratio, _ in process.extract(trial, self._han_ways, scorer=fuzz.partial_ratio, limit=20, score_cutoff=60):
                for cost in _slips(trial, way):
                    seen += 1
                    identity, name = self._han[way]
                    whole = abs(len(trial) - len(way)) <= 1
                    score = (0.74 if whole else 0.62) - 0.06 * cost + 0.01 * min(len(way), 10) + 0 * ratio
                    yield Candidate(concept=identity, how="typo", name=name, score=round(score, 4))

    def _english_typos(self, folded: str, latin: list[str]) -> Iterator[Candidate]:
        """Names found once the English words are spelt as the register spells them."""
        line = folded
        for word in latin:
            if word in self._known_words or len(word) < 4:
                continue
            hit = process.extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2)
            if hit:
                line = re.sub(rf"\b{re.escape(word)}\b", hit[0], line)
        if line != folded:
            size = max(1, len(line))
            for match in self._matcher.find(line):
                yield Candidate(concept=match.concept, how="typo", name=match.name, score=round(0.5 + 0.3 * (match.end - match.start) / size, 4))


def _unique(pairs: Iterable[tuple[str, tuple[str, str]]]) -> Mapping[str, tuple[str, str]]:
    """Keys that belong to one concept alone, with it."""
    owners: dict[str, tuple[str, str] | None] = {}
    for way, owner in pairs:
        if way in owners:
            known = owners[way]
            if known is not None and known[0] != owner[0]:
                owners[way] = None
        else:
            owners[way] = owner
    return {way: owner for way, owner in owners.items() if owner is not None and way}


def _bag(way: str) -> str:
    return "".join(sorted(way))


def _in_order(word: str, way: str) -> bool:
    at = 0
    for character in word:
        at = way.find(character, at) + 1
        if at == 0:
            return False
    return True


def _slips(trial: str, way: str) -> Iterator[int]:
    """Number of slips between a name and the stretch of `trial` that is nearest to it, where they are few enough."""
    allowed = 1 if len(way) < 8 else 2
    best = None
    for width in (len(way), len(way) - 1, len(way) + 1):
        for at in range(max(1, len(trial) - width + 1)):
            piece = trial[at : at + width]
            cost = DamerauLevenshtein.distance(piece, way, score_cutoff=allowed)
            if cost <= allowed and (best is None or cost < best):
                best = cost
    if best:
        yield best


def _rank(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.concept
