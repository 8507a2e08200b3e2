"""Questions → concepts. Rules in order of trust: the name itself, another script or wording, word order, acronym; a name inside the question;
short forms; slips of typing; shared words; and, where the encoder is installed, nearness in meaning, which is a suggestion and no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from corpus.concepts._english import English
from corpus.concepts._fold import fold, is_han, key, squeeze
from corpus.concepts._match import Matcher, is_acronym, ways_of
from corpus.concepts._meaning import Meaning
from corpus.concepts._question import content
from corpus.concepts._record import Candidate, Concept, Resolution, ResolveHow
from corpus.concepts._taiwan import mainland
from corpus.concepts._typo import Slips
from corpus.concepts._variants import lemmas
from corpus.concepts._wording import Wordings

_MOST = 3
_LONGEST_QUESTION = 500
"""characters of a question that are read; what people type is shorter"""
_ACRONYM = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{2,7}(?![A-Za-z0-9])")
_LATIN = re.compile(r"[a-z][a-z'\-]+")
_LONE = re.compile("[\ud800-\udfff]")
"""lone surrogates, which no library takes"""
_LONGEST_SHORT_FORM = 6
_MOST_LINES = 16
"""spellings of a whole question that are tried"""
_BASE, _SHARE, _EARLY = 0.42, 0.45, 0.12
"""trust in a name inside a question: at least, for the share of the question that it is, for standing early"""
_NEAR_BASE, _NEAR, _NEAR_MOST = 0.1, 0.75, 0.72
"""trust in nearness of meaning: base and slope over the cosine, and the most that it may reach"""
_AGREED = 0.35
"""how far a second way of finding the same concept closes the gap to certainty"""
_GUESSES: frozenset[ResolveHow] = frozenset({"wording", "meaning"})
"""ways of finding that suggest and do not answer"""


class Resolver:
    """Everything that is looked up when a question comes; built once, read-only."""

    def __init__(self, concepts: tuple[Concept, ...], matcher: Matcher) -> None:
        self._matcher = matcher
        self._exact: dict[str, tuple[str, str]] = {}
        for concept, name, way in ways_of(concepts):
            self._exact.setdefault(key(name), (concept.id, name))
            self._exact.setdefault(way, (concept.id, name))
        self._names = {concept.id: concept.name for concept in concepts}
        self._bags = _unique((_bag(way), owner) for way, owner in self._exact.items() if len(way) >= 5 and all(map(is_han, way)))
        self._lemmas = _unique((" ".join(sorted(lemmas(name))), (c.id, name)) for c in concepts for name in c.english)
        self._acronyms = _unique(("".join(w[0] for w in lemmas(name)), (c.id, name)) for c in concepts for name in c.english if len(lemmas(name)) >= 3)
        self._han = {way: owner for way, owner in self._exact.items() if any(map(is_han, way)) and len(way) >= 3}
        self._slips = Slips(self._han)
        self._english = English(concepts)
        self._wordings = Wordings(concepts)
        self._meaning = Meaning(concepts)

    def identify(self, name: str) -> Candidate | None:
        """The concept that bears this name by a rule that does not guess, or none."""
        name = _LONE.sub("\ufffd", name[:_LONGEST_QUESTION])
        plain = key(name)
        if not plain:
            return None
        trials: list[tuple[str, ResolveHow, float]] = [(plain, "name", 1.0), *((key(other), "script", 0.98) for other in mainland(name, plain))]
        for trial, how, score in trials:
            if trial in self._exact:
                identity, bearer = self._exact[trial]
                return Candidate(concept=identity, how=how if fold(name) == name.lower() else "script", name=bearer, score=score)
        for trial, _, _ in trials:
            bag = self._bags.get(_bag(trial)) if len(trial) >= 5 and all(map(is_han, trial)) else None
            if bag:
                return Candidate(concept=bag[0], how="order", name=bag[1], score=0.97)
        if any(map(is_han, plain)):
            return None
        words = " ".join(sorted(lemmas(name)))
        if words in self._lemmas and len(words) > 3:
            return Candidate(concept=self._lemmas[words][0], how="inflection", name=self._lemmas[words][1], score=0.97)
        if is_acronym(name.strip()) and plain in self._acronyms:
            return Candidate(concept=self._acronyms[plain][0], how="acronym", name=self._acronyms[plain][1], score=0.95)
        return None

    def resolve(self, question: str) -> Resolution:
        """Candidates for a question, best first."""
        question = _LONE.sub("\ufffd", question[:_LONGEST_QUESTION])
        folded, _ = squeeze(fold(question))
        words = content(folded)
        best: dict[str, Candidate] = {}
        for candidate in self._candidates(question, folded, words):
            known = best.get(candidate.concept)
            best[candidate.concept] = candidate if known is None else _together(known, candidate)
        ranked = sorted(self._weighed(question, best), key=_rank)
        # behind the likeliest, a name that stands in the question comes before a guess at what is meant
        ranked = [*ranked[:1], *sorted(ranked[1:], key=_named_first)][:_MOST]
        sure = bool(ranked) and ranked[0].how not in _GUESSES
        return Resolution(question=question, concept=ranked[0].concept if sure else None, candidates=tuple(ranked), words=words)

    def _candidates(self, question: str, folded: str, words: tuple[str, ...]) -> Iterator[Candidate]:
        whole = self.identify(question)
        if whole is None and words:
            whole = self.identify("".join(words) if any(map(is_han, words[0])) else " ".join(words))
        if whole is not None:
            yield whole
        yield from self._contained(question, folded, words)
        if whole is None:
            yield from self._chinese(folded, words)
            yield from self._latin(folded)
        yield from self._wordings.nearest(folded)

    def _weighed(self, question: str, best: dict[str, Candidate]) -> Iterator[Candidate]:
        """Candidates with what nearness in meaning adds: nothing to a name that is the whole question."""
        if any(candidate.score >= 0.9 for candidate in best.values()):
            yield from best.values()
            return
        # the encoder knows the mainland's wording best
        near = dict(self._meaning.nearest((*mainland(question, fold(question)), question)[0] if any(map(is_han, question)) else question))
        for identity in sorted({*best, *near}):
            known, cosine = best.get(identity), near.get(identity, 0.0)
            meant = min(_NEAR_MOST, max(0.0, _NEAR_BASE + _NEAR * cosine)) if cosine else 0.0
            if known is None or (known.how == "wording" and meant > known.score):
                known = Candidate(concept=identity, how="meaning", name=self._names[identity], score=round(max(meant, known.score if known else 0), 4))
                meant = best[identity].score if identity in best else 0.0
            yield Candidate(concept=identity, how=known.how, name=known.name, score=round(1 - (1 - known.score) * (1 - _AGREED * meant), 4))

    def _contained(self, question: str, folded: str, words: tuple[str, ...]) -> Iterator[Candidate]:
        """Names inside the question, in its own script and in the mainland's wording."""
        size = max(1, sum(map(len, words)))
        for line in dict.fromkeys((question, *mainland(question, folded))):
            for match in self._matcher.find(line):
                how: ResolveHow = "pattern" if match.how == "pattern" else "containment"
                yield Candidate(concept=match.concept, how=how, name=match.name, score=_part(match.end - match.start, size, match.start / max(1, len(line))))
        for token in _ACRONYM.findall(question):
            owner = self._acronyms.get(token.lower())
            if owner:
                yield Candidate(concept=owner[0], how="acronym", name=owner[1], score=0.7)

    def _chinese(self, folded: str, words: tuple[str, ...]) -> Iterator[Candidate]:
        """Short forms and slips of typing."""
        joined = "".join(word for word in words if any(map(is_han, word)))
        if 2 <= len(joined) <= _LONGEST_SHORT_FORM and all(map(is_han, joined)) and joined not in self._exact:
            yield from self._short(joined)
        size = max(1, sum(map(len, words)))
        for stretch in dict.fromkeys((joined, *re.findall("[\u3400-\u9fff]+", folded))):
            for slip in self._slips.find(stretch):
                identity, name = self._han[slip.way]
                part = _part(slip.end - slip.start, size, slip.start / len(stretch))
                yield Candidate(concept=identity, how="typo", name=name, score=round(part * slip.trust, 4))

    def _short(self, word: str) -> Iterator[Candidate]:
        """Names of which `word` is a short form: its characters in order, the first one first: 长护险 of 长期护理保险."""
        hits = sorted((len(way), way) for way in self._han if way[0] == word[0] and len(word) < len(way) <= 4 * len(word) and _in_order(word, way))
        for length, way in hits[:3]:
            identity, name = self._han[way]
            yield Candidate(concept=identity, how="short form", name=name, score=round(0.5 + 0.35 * len(word) / length, 4))

    def _latin(self, folded: str) -> Iterator[Candidate]:
        """Names whose English words are in the question, as typed or as the register spells them."""
        latin = _LATIN.findall(folded)
        if not latin:
            return
        line = self._respelt(folded, latin)
        slip = line != folded
        if slip:
            size = max(1, sum(map(len, content(line))))
            for match in self._matcher.find(line):
                part = _part(match.end - match.start, size, match.start / max(1, len(line)))
                yield Candidate(concept=match.concept, how="typo", name=match.name, score=round(0.95 * part, 4))
        for identity, name, of_name, of_question in self._english.nearest(line):
            if of_name >= 0.6:
                score = (0.42 + 0.45 * of_question) * (0.5 + 0.5 * of_name)
                yield Candidate(concept=identity, how="typo" if slip else "order" if of_name > 0.99 else "wording", name=name, score=round(score, 4))

    def _respelt(self, folded: str, latin: list[str]) -> str:
        """The question with its English words as the register spells them; of several spellings the one with the longest name."""
        lines = [folded]
        for word in dict.fromkeys(latin):
            spellings = self._english.spellings(word)
            if spellings != (word,):
                lines = [re.sub(rf"\b{re.escape(word)}\b", spelt, line) for line in lines for spelt in spellings][:_MOST_LINES]
        if len(lines) == 1:
            return lines[0]
        return max(lines, key=self._longest_name)

    def _longest_name(self, line: str) -> int:
        return max((match.end - match.start for match in self._matcher.find(line)), default=0)


def _together(one: Candidate, other: Candidate) -> Candidate:
    """Two ways to one concept: the surer score, found as the way that does not guess says."""
    first, second = sorted((one, other), key=lambda found: (found.how in _GUESSES, -found.score))
    return Candidate(concept=first.concept, how=first.how, name=first.name, score=max(first.score, second.score))


def _part(length: int, size: int, place: float) -> float:
    """Trust in a name that is `length` of a question's `size` characters of content and stands at `place` (0 first, 1 last)."""
    return round(_BASE + _SHARE * min(1.0, length / size) + _EARLY * (1 - place), 4)


def _unique(pairs: Iterable[tuple[str, tuple[str, str]]]) -> Mapping[str, tuple[str, str]]:
    """Keys that belong to one concept alone, with it."""
    owners: dict[str, tuple[str, str] | None] = {}
    for way, owner in pairs:
        known = owners.setdefault(way, owner)
        if known is not None and known[0] != owner[0]:
            owners[way] = None
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


def _named_first(candidate: Candidate) -> tuple[bool, float, str]:
    return candidate.how in _GUESSES, *_rank(candidate)


def _rank(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.concept
