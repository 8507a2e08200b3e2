"""Finding names of concepts in a text: one automaton over all ways of all names, beside any tokenizer.

Rules of choice: longest first, then leftmost; a Latin name is bounded by what is no Latin letter or digit; a near miss of a concept
that is as long or longer blocks the concept's names under it. One pass and a sort of what was found: linear in the text but for that sort.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import ahocorasick_rs

from corpus.concepts._fold import fold, is_latin, squeeze
from corpus.concepts._record import Concept, Match, MatchHow, State
from corpus.concepts._states import states
from corpus.concepts._variants import ways

_CLAUSE = re.compile(r"[,;:.!?\n()\"]")
_REACH_BEFORE = 14
"""characters between a deficiency word and the head behind it, at most: 缺乏|高水平的复合型专业|人才"""
_REACH_AFTER = 12
"""characters between a head and the deficiency word behind it, at most"""
_LONGEST_MISS = 80
"""no name is longer than this many characters"""


@dataclass(slots=True)
class _Pattern:
    """What one string of the automaton stands for."""

    left: bool
    """begins with a Latin letter or digit, so that none may stand before it"""
    right: bool
    concept: str | None = None
    name: str = ""
    misses: tuple[str, ...] = ()
    """concepts of which it is a near miss"""
    heads: list[tuple[str, frozenset[State], bool]] = field(default_factory=list)
    """(concept, classes of deficiency words, whether it suffices in the statement of a problem)"""
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    concept: str
    name: str
    how: MatchHow


class Matcher:
    """Names of `concepts`, ready to be found in texts; built once, read-only and safe to share between threads."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        table: dict[str, _Pattern] = {}

        def entry(way: str) -> _Pattern:
            if way not in table:
                table[way] = _Pattern(is_latin(way[0]), is_latin(way[-1]))
            return table[way]

        kept = tuple(concepts)
        for concept in kept:
            for name in (*concept.names, *concept.english):
                for way in ways(name):
                    pattern = entry(way)
                    if pattern.concept is None:
                        pattern.concept, pattern.name = concept.id, name
        for concept in kept:
            for name in concept.near:
                for way in ways(name):
                    pattern = entry(way)
                    if pattern.concept != concept.id:
                        pattern.misses = (*pattern.misses, concept.id)
            if concept.problem is not None:
                classes = frozenset(concept.problem.state)
                for alone, heads in ((False, concept.problem.of), (True, concept.problem.alone)):
                    for head in heads:
                        entry(fold(head)).heads.append((concept.id, classes, alone))
        self._problems = any(concept.problem is not None for concept in kept)
        if self._problems:
            for word, names in states().after.items():
                entry(word).after = names
            for word, names in states().before.items():
                entry(word).before = names
        self._patterns = [table[way] for way in sorted(table)]
        self._strings = sorted(table)
        self._automaton = ahocorasick_rs.AhoCorasick(self._strings, store_patterns=False) if table else None

    @property
    def strings(self) -> tuple[str, ...]:
        """Every string that is searched for, folded and sorted."""
        return tuple(self._strings)

    def find(self, text: str, *, problem: bool = False) -> tuple[Match, ...]:
        """Matches in order of place, none overlapping another of the same kind; `problem`: the text is itself the statement of a problem."""
        if self._automaton is None or not text:
            return ()
        try:
            folded, places = squeeze(fold(text))
            hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        except UnicodeEncodeError:
            # lone surrogates cannot be handed over; a character that no name holds stands in for them
            folded, places = squeeze(fold(_LONE.sub("\ufffd", text)))
            hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        chosen = sorted(self._choose(folded, hits, problem), key=_place)
        if places is None:
            return tuple(Match(start=f.start, end=f.end, concept=f.concept, name=f.name, how=f.how) for f in chosen)
        return tuple(Match(start=places[f.start], end=places[f.end - 1] + 1, concept=f.concept, name=f.name, how=f.how) for f in chosen)

    def _choose(self, folded: str, hits: list[tuple[int, int, int]], problem: bool) -> list[_Found]:
        size = len(folded)
        names: list[tuple[int, int, _Pattern]] = []
        misses: list[tuple[int, int, _Pattern]] = []
        heads: list[tuple[int, int, _Pattern]] = []
        marks: list[tuple[int, int, _Pattern]] = []
        patterns = self._patterns
        for number, start, end in hits:
            pattern = patterns[number]
            if pattern.left and start and is_latin(folded[start - 1]):
                continue
            if pattern.right and end < size and is_latin(folded[end]):
                continue
            if pattern.concept is not None:
                names.append((start, end, pattern))
            if pattern.misses:
                misses.append((start, end, pattern))
            if pattern.heads:
                heads.append((start, end, pattern))
            if pattern.after or pattern.before:
                marks.append((start, end, pattern))
        blocks = _blocks(misses)
        chosen = _longest_first(f for f in _named(names) if not _blocked(f, blocks))
        if heads and (marks or problem):
            chosen += _beside(chosen, _problems(folded, heads, marks, problem), blocks)
        return chosen


_LONE = re.compile("[\ud800-\udfff]")


def _place(found: _Found) -> tuple[int, int, str]:
    return found.start, -found.end, found.concept


def _named(names: list[tuple[int, int, _Pattern]]) -> Iterator[_Found]:
    for start, end, pattern in names:
        if pattern.concept is not None:
            yield _Found(start, end, pattern.concept, pattern.name, "name")


def _blocks(misses: list[tuple[int, int, _Pattern]]) -> dict[str, list[tuple[int, int]]]:
    """Places of the near misses of each concept, in order."""
    by_concept: dict[str, list[tuple[int, int]]] = {}
    for start, end, pattern in misses:
        for concept in pattern.misses:
            by_concept.setdefault(concept, []).append((start, end))
    for spans in by_concept.values():
        spans.sort()
    return by_concept


def _blocked(found: _Found, blocks: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether a near miss of the concept, as long or longer, lies over the name (over any part of a problem's words)."""
    spans = blocks.get(found.concept)
    if not spans:
        return False
    at = bisect_left(spans, (found.end, 0))
    while at > 0 and spans[at - 1][0] > found.start - _LONGEST_MISS:
        at -= 1
        if spans[at][1] > found.start and (found.how != "name" or spans[at][1] - spans[at][0] >= found.end - found.start):
            return True
    return False


def _beside(chosen: list[_Found], problems: Iterable[_Found], blocks: dict[str, list[tuple[int, int]]]) -> list[_Found]:
    """Problems by head and deficiency word that no name already says: not the same concept there, not words that are the name of another."""
    names = sorted(chosen, key=_place)
    starts = [f.start for f in names]
    said = {(f.concept, f.start, f.end) for f in chosen}
    kept: list[_Found] = []
    last: dict[str, int] = {}
    for found in sorted(problems, key=_place):
        if found.start < last.get(found.concept, 0) or _blocked(found, blocks):
            continue
        at = bisect_right(starts, found.start) - 1
        over = names[at] if at >= 0 and names[at].end >= found.end else None
        if over is not None and (over.concept == found.concept or found.how != "head"):
            continue
        if any(f.concept == found.concept and f.start < found.end and found.start < f.end for f in names[max(0, at) : bisect_left(starts, found.end)]):
            continue
        if (found.concept, found.start, found.end) not in said:
            last[found.concept] = found.end
            kept.append(found)
    return kept


def _longest_first(found: Iterable[_Found]) -> list[_Found]:
    """The longest, then what does not overlap it, and so on; of equals the leftmost."""
    ordered = sorted(found, key=_length)
    taken: set[int] = set()
    chosen: list[_Found] = []
    for f in ordered:
        # whatever was taken is as long or longer, so an overlap holds one end of this one
        if f.start in taken or f.end - 1 in taken:
            continue
        taken.update(range(f.start, f.end))
        chosen.append(f)
    return chosen


def _length(found: _Found) -> tuple[int, int]:
    return found.start - found.end, found.start


def _problems(folded: str, heads: list[tuple[int, int, _Pattern]], marks: list[tuple[int, int, _Pattern]], problem: bool) -> Iterator[_Found]:
    """Heads with a deficiency word in reach; in the statement of a problem also the heads that suffice alone."""
    lexicon = states()
    after = sorted((m for m in marks if m[2].after), key=_start)
    before = sorted((m for m in marks if m[2].before), key=_start)
    starts_after = [m[0] for m in after]
    starts_before = [m[0] for m in before]
    for start, end, pattern in heads:
        for concept, classes, alone in pattern.heads:
            if alone:
                if problem:
                    yield _Found(start, end, concept, folded[start:end], "head")
                continue
            span = _behind(folded, end, classes, after, starts_after, lexicon.bridge) or _ahead(
                folded, start, end, classes, before, starts_before, lexicon.tail
            )
            if span:
                yield _Found(min(start, span[0]), max(end, span[1]), concept, folded[start:end], "pattern")


def _start(hit: tuple[int, int, _Pattern]) -> tuple[int, int]:
    return hit[0], -hit[1]


def _behind(
    folded: str, end: int, classes: frozenset[State], marks: list[tuple[int, int, _Pattern]], starts: list[int], bridge: re.Pattern[str]
) -> tuple[int, int] | None:
    """Place of a deficiency word behind a head that ends at `end`, with nothing but adverbs and stock nouns between: 人才|储备|不足."""
    for at in range(bisect_left(starts, end), bisect_right(starts, end + _REACH_AFTER)):
        start, stop, pattern = marks[at]
        if pattern.after & classes and bridge.fullmatch(folded, end, start):
            return start, stop
    return None


def _ahead(
    folded: str, start: int, end: int, classes: frozenset[State], marks: list[tuple[int, int, _Pattern]], starts: list[int], tail: re.Pattern[str]
) -> tuple[int, int] | None:
    """Place of a deficiency word before a head that ends its phrase: 缺乏|高素质的专业|人才."""
    if tail.match(folded, end) is None:
        return None
    for at in range(bisect_left(starts, start) - 1, -1, -1):
        first, stop, pattern = marks[at]
        if first < start - _REACH_BEFORE - 4:
            return None
        if stop <= start <= stop + _REACH_BEFORE and pattern.before & classes and _CLAUSE.search(folded, stop, start) is None:
            return first, stop
    return None
