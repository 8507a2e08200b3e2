"""Finding names of concepts in a text: one automaton over all ways of all names, beside any tokenizer.

Rules of choice: longest first, then leftmost; a Latin name is bounded by what is no Latin letter or digit; a near miss of a concept
that is as long or longer blocks the concept's names under it. One pass and a sort of what was found: linear in the text but for that sort.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick_rs

from corpus.concepts._fold import Places, fold, is_latin, squeeze
from corpus.concepts._problem import Hit, find_problems
from corpus.concepts._record import Concept, Match, MatchHow, State
from corpus.concepts._states import states
from corpus.concepts._variants import ways

_LONGEST_MISS = 80
"""no name is longer than this many characters"""
_LONE = re.compile("[\ud800-\udfff]")
_NAME, _MISS, _HEAD, _MARK, _LEFT, _RIGHT, _UPPER = 1, 2, 4, 8, 16, 32, 64


@dataclass(slots=True)
class _Pattern:
    """What one string of the automaton stands for."""

    concept: str | None = None
    name: str = ""
    misses: tuple[str, ...] = ()
    """concepts of which it is a near miss"""
    heads: list[tuple[str, frozenset[State], bool]] = field(default_factory=list)
    """(concept, classes of deficiency words, whether it suffices in the statement of a problem)"""


class Found(NamedTuple):
    """A match in the folded text."""

    start: int
    end: int
    concept: str
    name: str
    how: MatchHow


class Matcher:
    """Names of `concepts`, ready to be found in texts; built once, read-only and safe to share between threads."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        table: dict[str, _Pattern] = {}
        kept = tuple(concepts)
        for concept, name, way in ways_of(kept):
            pattern = table.setdefault(way, _Pattern())
            if pattern.concept is None:
                pattern.concept, pattern.name = concept.id, name
        for concept in kept:
            for name in concept.near:
                for way in ways(name):
                    pattern = table.setdefault(way, _Pattern())
                    if pattern.concept != concept.id:
                        pattern.misses = (*pattern.misses, concept.id)
            for form in concept.problem:
                classes = frozenset(form.state)
                for alone, heads in ((False, form.of), (True, form.alone)):
                    for head in heads:
                        table.setdefault(fold(head), _Pattern()).heads.append((concept.id, classes, alone))
        marks: frozenset[str] = frozenset()
        if any(concept.problem for concept in kept):
            marks = frozenset((*states().after, *states().before))
            for word in marks:
                table.setdefault(word, _Pattern())
        self._strings = tuple(sorted(table))
        self._patterns = [table[way] for way in self._strings]
        self._flags = [
            (_NAME if p.concept else 0)
            | (_MISS if p.misses else 0)
            | (_HEAD if p.heads else 0)
            | (_MARK if way in marks else 0)
            | (_LEFT if is_latin(way[0]) else 0)
            | (_RIGHT if is_latin(way[-1]) else 0)
            | (_UPPER if is_acronym(p.name) else 0)
            for way, p in zip(self._strings, self._patterns, strict=True)
        ]
        # a compact automaton is as fast as the full one and built in a sixth of the time
        kind = ahocorasick_rs.Implementation.ContiguousNFA
        self._automaton = ahocorasick_rs.AhoCorasick(self._strings, store_patterns=False, implementation=kind) if table else None

    @property
    def strings(self) -> tuple[str, ...]:
        """Every string that is searched for, folded and sorted."""
        return self._strings

    def find(self, text: str, *, problem: bool = False) -> tuple[Match, ...]:
        """Matches in order of place, none overlapping another of the same kind; `problem`: the text is itself the statement of a problem."""
        if self._automaton is None or not text:
            return ()
        folded, places = squeeze(fold(text))
        try:
            hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        except UnicodeEncodeError:
            # lone surrogates cannot be handed over; a character that no name holds stands in for them
            folded = _LONE.sub("\ufffd", folded)
            hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        # an acronym is written in capitals: UN is one, un is not; every other name may be written either way
        hits = [hit for hit in hits if not self._flags[hit[0]] & _UPPER or _capitals(text, places, hit)]
        chosen = sorted(self._choose(folded, hits, problem), key=_place)
        if places is None:
            return tuple(Match(start=start, end=end, concept=concept, name=name, how=how) for start, end, concept, name, how in chosen)
        return tuple(Match(start=places[start], end=places[end - 1] + 1, concept=concept, name=name, how=how) for start, end, concept, name, how in chosen)

    def _choose(self, folded: str, hits: list[tuple[int, int, int]], problem: bool) -> list[Found]:
        size = len(folded)
        names: list[Found] = []
        blocks: dict[str, list[tuple[int, int]]] = {}
        heads: list[tuple[int, int, int]] = []
        marks: list[tuple[int, int, int]] = []
        flags, patterns = self._flags, self._patterns
        for hit in hits:
            number, start, end = hit
            flag = flags[number]
            if (flag & _LEFT and start and is_latin(folded[start - 1])) or (flag & _RIGHT and end < size and is_latin(folded[end])):
                continue
            if flag & _MARK:
                marks.append(hit)
            if flag & _HEAD:
                heads.append(hit)
            if flag & _NAME:
                pattern = patterns[number]
                names.append(Found(start, end, pattern.concept or "", pattern.name, "name"))
            if flag & _MISS:
                for concept in patterns[number].misses:
                    blocks.setdefault(concept, []).append((start, end))
        for spans in blocks.values():
            spans.sort()
        chosen = _longest_first([found for found in names if found.concept not in blocks or not _blocked(found, blocks[found.concept])])
        marks = _outermost(marks)
        if heads and (marks or problem):
            chosen += self._problems(folded, heads, marks, chosen, blocks, problem)
        return chosen

    def _problems(
        self,
        folded: str,
        heads: list[tuple[int, int, int]],
        marks: list[tuple[int, int, int]],
        chosen: list[Found],
        blocks: dict[str, list[tuple[int, int]]],
        problem: bool,
    ) -> list[Found]:
        """Problems by head and deficiency word that no name already says: not the same concept there, not words that are the name of another."""
        named = sorted(chosen, key=_place)
        starts = [found.start for found in named]
        said = {found.concept for found in named}
        kept: list[Found] = []
        last: dict[str, int] = {}
        patterns = self._patterns
        if not problem:
            # most heads have no deficiency word anywhere near: stretches of 16 characters tell which
            near = {bucket + step for bucket in {start >> 4 for _, start, _ in marks} for step in (-1, 0, 1)}
            heads = [hit for hit in heads if hit[2] >> 4 in near]
        outer = set(_outermost(heads))
        # a head in a longer one does not count with a word beside it (动力 in 劳动力); one that suffices alone does (监管 in 监管责任)
        hits = (Hit(hit[1], hit[2], head) for hit in heads for head in patterns[hit[0]].heads if head[2] or hit in outer)
        words = ((start, end, self._strings[number]) for number, start, end in marks)
        found_problems = (
            Found(start, end, concept, folded[at:to], how) for start, end, concept, at, to, how in find_problems(folded, hits, words, alone=problem)
        )
        for found in sorted(found_problems, key=_place):
            if found.start < last.get(found.concept, 0) or (found.concept in blocks and _blocked(found, blocks[found.concept])):
                continue
            if found.how == "head" and found.concept in said:
                continue
            at = bisect_right(starts, found.start) - 1
            over = named[at] if at >= 0 and named[at].end >= found.end else None
            if over is not None and (over.concept == found.concept or found.how != "head"):
                continue
            if any(f.concept == found.concept and f.end > found.start for f in named[max(0, at) : bisect_left(starts, found.end)]):
                continue
            last[found.concept] = found.end
            kept.append(found)
        return kept


def ways_of(concepts: tuple[Concept, ...]) -> Iterator[tuple[Concept, str, str]]:
    """Concept, name and way of every name: first all names as they stand, so that a plural or variant never takes the place of a name."""
    names = [(concept, name) for concept in concepts for name in (*concept.names, *concept.english)]
    for concept, name in names:
        yield concept, name, squeeze(fold(name).strip())[0].strip('"') or name
    for concept, name in names:
        for way in ways(name):
            yield concept, name, way


def is_acronym(name: str) -> bool:
    """Whether a name is made of two to six capitals (and digits): AI, NDRC; not e-CNY, not Brookings."""
    return 2 <= len(name) <= 6 and name.isascii() and name.isalnum() and name.isupper()


def _capitals(text: str, places: Places | None, hit: tuple[int, int, int]) -> bool:
    """Whether the words found are written in capitals, but for the s of their plural: LLMs."""
    start, end = (places[hit[1]], places[hit[2] - 1] + 1) if places else hit[1:]
    return text[start:end].rstrip("s").isupper()


def _place(found: Found) -> tuple[int, int, str]:
    return found.start, -found.end, found.concept


def _length(found: Found) -> tuple[int, int]:
    return found.start - found.end, found.start


def _blocked(found: Found, spans: list[tuple[int, int]]) -> bool:
    """Whether a near miss of the concept, as long or longer, lies over the name (over any part of a problem's words)."""
    at = bisect_left(spans, (found.end, 0))
    while at > 0 and spans[at - 1][0] > found.start - _LONGEST_MISS:
        at -= 1
        start, end = spans[at]
        if end > found.start and (found.how != "name" or end - start >= found.end - found.start):
            return True
    return False


def _outermost(hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Hits that lie in no longer one of their kind: 劳动力, not the 动力 in it. In order of place."""
    kept: list[tuple[int, int, int]] = []
    last = -1
    for hit in sorted(hits, key=_outer):
        if hit[2] > last:
            kept.append(hit)
            last = hit[2]
    return kept


def _outer(hit: tuple[int, int, int]) -> tuple[int, int]:
    return hit[1], -hit[2]


def _longest_first(found: list[Found]) -> list[Found]:
    """The longest, then what does not overlap it, and so on; of equals the leftmost."""
    taken: set[int] = set()
    chosen: list[Found] = []
    for f in sorted(found, key=_length):
        # whatever was taken is as long or longer, so an overlap holds one end of this one
        if f.start in taken or f.end - 1 in taken:
            continue
        taken.update(range(f.start, f.end))
        chosen.append(f)
    return chosen
