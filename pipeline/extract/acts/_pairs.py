"""Pairs of an actor and a measure or problem that may be an act, with what speaks for each: place, clause, what stands between.

Looked at: actors inside the statement, in its sentence, in its paragraph before it, in the heading above it, and before the colon that opens
its list. Of several places of one actor the nearest counts, and a place as subject before a plain one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.acts import _clause
from pipeline.extract.acts._brackets import find_assignments
from pipeline.records import ACTOR_TYPES, Block, Entity, Factor, Sentence
from pipeline.structure import Structure

PLACES = ("inside", "before", "after", "sentence_before", "two_before", "paragraph", "heading", "lead")
_INSIDE, _BEFORE, _AFTER, _SENTENCE, _TWO, _PARAGRAPH, _HEADING, _LEAD = range(len(PLACES))
_ORDER = (0, 1, 2.5, 3, 4, 5, 6, 7)
"""of two places of one actor the lower counts"""
_AHEAD = 60
"""characters behind the statement in which an actor is looked for"""
_OUGHT = re.compile(r"[应要需须]")
_BY = re.compile(r"[由让使]")
_MARKS = "，。；：、,;:\n"

NAMES = (
    *(f"at_{place}" for place in PLACES),
    *("distance", "commas", "marks", "semicolons", "full_stops", "length_between", "actors_between", "subjects_between", "rank_in_sentence"),
    *(f"before_{name}" for name in _clause.BEFORE),
    *(f"behind_{name}" for name in _clause.BEHIND),
    *(f"kind_{kind}" for kind in ACTOR_TYPES),
    *("measure", "named_by_heading", "ought_before", "by_before", "of_before", "verb_before", "opens_with_verb", "opens_with_noun", "opens_clause"),
    *("modal_inside", "of_inside", "place_inside", "mentions", "share_of_mentions", "length", "alone", "rank_of_factor", "factors_between"),
    *("same_clause", "opens_paragraph", "behind_number", "of_between", "as_main_body", "opens_sentence", "in_heading_block", "named_in_heading"),
)

Named = tuple[int, int, Entity]


@dataclass(frozen=True, slots=True)
class Pair:
    """`actor` at `[start, end)` and `factor`."""

    actor: Entity
    start: int
    end: int
    factor: Factor


def mentions_of(entities: Sequence[Entity]) -> list[Named]:
    """Places of actors in order."""
    return sorted(((start, end, e) for e in entities if e.type in ACTOR_TYPES for start, end in e.mentions), key=lambda m: m[:2])


def find_pairs(
    structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor], entities: Sequence[Entity]
) -> tuple[list[Pair], NDArray[np.float32]]:
    """Pairs in order of the factors, and their rows `[pair, NAMES]`."""
    page = _Page(structure, sentences, factors, entities)
    pairs: list[Pair] = []
    rows: list[list[float]] = []
    for factor in factors:
        if factor.type in ("countermeasure", "dilemma") and page.actors:
            for pair, row in page.pairs(factor):
                pairs.append(pair)
                rows.append(row)
    return pairs, np.array(rows, dtype=np.float32).reshape(-1, len(NAMES))


def _inside(stretches: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether `place` lies in one of the ordered, disjoint stretches."""
    at = bisect_right(stretches, (place, 1 << 60))
    return at > 0 and place < stretches[at - 1][1]


class _Page:
    """One document with its actors in order, the headings in force and the lists that a colon opens."""

    def __init__(self, structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor], entities: Sequence[Entity]) -> None:
        self.text = structure.clean_text
        self.sentences = sentences
        self.bounds = [sentence.start for sentence in sentences]
        # who stands in a bracket that assigns a task has that task and no other
        closed = sorted({(b.start + a.open, b.start + a.close) for b in structure.blocks if b.start is not None for a in find_assignments(b.text)})
        self.actors = [named for named in mentions_of(entities) if not _inside(closed, named[0])]
        self.starts = [start for start, _, _ in self.actors]
        self.factor_starts = sorted(factor.start for factor in factors)
        self.blocks = [block for block in structure.blocks if block.start is not None and block.end is not None]
        self.block_starts = [block.start or 0 for block in self.blocks]
        self.heads = self._headings()
        self.leads = self._lead_ins()
        self._before: dict[int, str] = {}
        self._behind: dict[int, str] = {}

    def _headings(self) -> list[Block | None]:
        out, last = [], None
        for block in self.blocks:
            if block.role == "heading":
                last = block
            out.append(last)
        return out

    def _lead_ins(self) -> list[list[Named]]:
        """Whose duties each block lists: items under 运营者应当履行下列义务： are the operator's; none for what is no item."""
        out: list[list[Named]] = []
        lead: list[Named] = []
        for block in self.blocks:
            if block.role == "body" and _clause.ITEM.match(block.text):
                out.append(lead)
                continue
            lead = []
            out.append([])
            if block.role == "body" and block.text.rstrip().endswith(("：", ":")):
                start, end = block.start or 0, block.end or 0
                lead = self.within(max(start, self.text.rfind("。", start, end) + 1), end)[:2]
        return out

    def within(self, start: int, end: int) -> list[Named]:
        """Actors that begin in `[start, end)`."""
        return self.actors[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence_at(self, place: int) -> int:
        return max(0, bisect_right(self.bounds, place) - 1)

    def clause(self, named: Named) -> tuple[str, str]:
        """What stands before and behind an actor, as `_clause` names it."""
        start, end, _ = named
        if start not in self._before:
            self._before[start] = _clause.before(self.text, self.sentences[self.sentence_at(start)].start, start)
        if end not in self._behind:
            self._behind[end] = _clause.behind(self.text, end)
        return self._before[start], self._behind[end]

    def pairs(self, factor: Factor) -> list[tuple[Pair, list[float]]]:
        """The pairs of one factor with their rows."""
        number = self.sentence_at(factor.start)
        at = max(0, bisect_right(self.block_starts, factor.start) - 1)
        block, head = self.blocks[at], self.heads[at]
        sentence = self.sentences[number]
        around = self.within(block.start or 0, min(max(sentence.end, factor.end), factor.end + _AHEAD))
        best: dict[str, tuple[float, int, int, Named, int]] = {}
        for named in around:
            where, distance = self._where(named, factor, number)
            subject = _clause.acts_there(*self.clause(named))
            if where == _PARAGRAPH and not subject:
                continue
            key = (_ORDER[where], 0 if where == _BEFORE and subject else 1, distance, named, where)
            if named[2].id not in best or key[:3] < best[named[2].id][:3]:
                best[named[2].id] = key
        above = self.within(head.start or 0, head.end or 0) if head is not None and head is not block else []
        for named, where in (*((named, _HEADING) for named in above), *((named, _LEAD) for named in self.leads[at])):
            best.setdefault(named[2].id, (_ORDER[where], 1, 0, named, where))
        shared = self._of_factor(factor, sentence, len(best))
        before = [start for start, _, _ in self.within(sentence.start, factor.start)]
        out = []
        for _, _, distance, named, where in best.values():
            start, end, entity = named
            row = [float(n == where) for n in range(len(PLACES))]
            row += self._between(named, factor, where, distance)
            row.append(bisect_left(before, start))
            left, right = self.clause(named)
            row += [left == name for name in _clause.BEFORE] + [right == name for name in _clause.BEHIND] + [entity.type == kind for kind in ACTOR_TYPES]
            row += shared[:9] + self._of_actor(named, factor, where) + shared[9:]
            row += self._of_place(named, factor, where, block, head)
            out.append((Pair(entity, start, end, factor), row))
        return out

    def _where(self, named: Named, factor: Factor, number: int) -> tuple[int, int]:
        start, end, _ = named
        if factor.start <= start < factor.end:
            return _INSIDE, start - factor.start
        if start < factor.start < end:
            return _INSIDE, 0
        if start >= factor.end:
            return _AFTER, start - factor.end
        for back, where in ((0, _BEFORE), (1, _SENTENCE), (2, _TWO)):
            if number >= back and start >= self.sentences[number - back].start:
                return where, factor.start - end
        return _PARAGRAPH, factor.start - end

    def _of_factor(self, factor: Factor, sentence: Sentence, rivals: int) -> list[float]:
        lead = self.text[max(sentence.start, factor.start - 8) : factor.start]
        tag = _clause.first_tag(factor.text[:8])
        return [
            factor.type == "countermeasure",
            factor.scope == "heading",
            bool(_OUGHT.search(lead)),
            bool(_BY.search(lead)),
            lead.endswith("的"),
            bool(lead) and _clause.last_tag(lead).startswith("v"),
            tag.startswith("v"),
            tag.startswith("n"),
            not lead or lead[-1] in _MARKS,
            rivals == 1,
            bisect_left(self.factor_starts, factor.start) - bisect_left(self.factor_starts, sentence.start),
        ]

    def _of_actor(self, named: Named, factor: Factor, where: int) -> list[float]:
        start, end, entity = named
        inside = where == _INSIDE
        return [
            inside and bool(_clause.MODAL.match(self.text, end)),
            inside and self.text.startswith("的", end),
            (start - factor.start) / max(1, factor.end - factor.start) if inside else -1,
            float(np.log1p(len(entity.mentions))),
            len(entity.mentions) / len(self.actors),
            end - start,
        ]

    def _between(self, named: Named, factor: Factor, where: int, distance: int) -> list[float]:
        between = self.text[named[1] : factor.start] if where in (_BEFORE, _SENTENCE, _TWO, _PARAGRAPH) else ""
        others = self.actors[bisect_right(self.starts, named[0]) : bisect_left(self.starts, factor.start)] if between else []
        subjects = sum(_clause.acts_there(*clause) and clause[1] not in ("list", "comma") for clause in map(self.clause, others))
        return [
            min(distance, 200),
            between.count("，") + between.count(","),
            between.count("、"),
            between.count("；") + between.count(";"),
            between.count("。"),
            len(between),
            len(others),
            subjects,
        ]

    def _of_place(self, named: Named, factor: Factor, where: int, block: Block, head: Block | None) -> list[float]:
        start, end, entity = named
        begins = self.sentences[self.sentence_at(start)].start
        between = self.text[end : factor.start] if where in (_BEFORE, _SENTENCE, _TWO, _PARAGRAPH) else ""
        return [
            bisect_left(self.factor_starts, factor.start) - bisect_left(self.factor_starts, end) if between else 0,
            where == _INSIDE or (bool(between) and not re.search(r"[，,；;。]", between)),
            start - (block.start or 0) <= 6,
            bool(_clause.ITEM.match(self.text[begins:start])),
            between.endswith("的"),
            self.text.startswith("以", max(0, start - 1)) and self.text.startswith(("为主", "为责任"), end),
            start == begins,
            block.role == "heading",
            head is not None and entity.name in head.text,
        ]
