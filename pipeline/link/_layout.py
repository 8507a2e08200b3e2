"""Where each factor stands in the plan of its document: sentence, block, section, run-in item, and the sections as a tree.

Everything that the scorers need of a document is laid out here once, as arrays over the factors in order of appearance.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.records import FACTOR_TYPES, Block, Factor, Sentence, Zone
from pipeline.structure import Structure

RUN_IN_LEVEL = 20
"""level of an item that a run-in heading opens (`第一，健全制度。…`): below every heading of its own line"""
_JOINERS = frozenset("，,、和及与以并 ")

Ints = NDArray[np.int32]


@dataclass(slots=True)
class Section:
    """The stretch under a heading or a run-in heading; section 0 is what stands before the first heading."""

    index: int
    level: int
    zone: Zone
    parent: int
    start: int
    end: int
    title: str = ""
    role: str = "body"
    place: int = 0
    """its place among the sections of the same parent, from 0"""
    children: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    """factors that its heading names"""
    members: list[int] = field(default_factory=list)
    """factors in its own text, its heading and its sub-sections left out"""


@dataclass(frozen=True, slots=True)
class Layout:
    """Arrays over `factors`, which are sorted by place; `[start, end)` are code points of `text`."""

    text: str
    factors: tuple[Factor, ...]
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    start: Ints
    end: Ints
    kind: Ints
    """index into FACTOR_TYPES"""
    sentence: Ints
    block: Ints
    section: Ints
    heading: NDArray[np.bool_]
    abstract: NDArray[np.bool_]
    last: Ints
    """last descendant of each section, itself where it has none; sections are numbered in the order of the text"""

    def is_above(self, upper: Ints, lower: Ints) -> NDArray[np.bool_]:
        """Whether section `upper` is an ancestor of section `lower`, pair by pair."""
        return np.asarray((upper < lower) & (lower <= self.last[upper]))

    def path(self, section: int) -> list[int]:
        """Sections from `section` up to the root, itself first."""
        out = [section]
        while self.sections[out[-1]].parent >= 0:
            out.append(self.sections[out[-1]].parent)
        return out


def lay_out(structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor]) -> Layout:
    """The plan of a document with its factors in their places.

    Factors outside every kept block are left out: a link could not say where they stand.
    """
    blocks = [block for block in structure.blocks if block.start is not None and block.end is not None]
    starts = [block.start or 0 for block in blocks]
    ordered = sorted((f for f in factors if starts and f.start >= starts[0]), key=lambda f: (f.start, f.end, f.id))
    bounds = [sentence.start for sentence in sentences]
    block_of = [bisect_right(starts, f.start) - 1 for f in ordered]
    sentence_of = [max(0, bisect_right(bounds, f.start) - 1) for f in ordered]
    sections, section_of = _sections(blocks, ordered, block_of, structure.clean_text)
    for n, factor in enumerate(ordered):
        section = sections[section_of[n]]
        (section.heads if factor.scope == "heading" and section.index else section.members).append(n)
    return Layout(
        text=structure.clean_text,
        factors=tuple(ordered),
        sentences=tuple(sentences),
        sections=tuple(sections),
        start=np.array([f.start for f in ordered], dtype=np.int32),
        end=np.array([f.end for f in ordered], dtype=np.int32),
        kind=np.array([FACTOR_TYPES.index(f.type) for f in ordered], dtype=np.int32),
        sentence=np.array(sentence_of, dtype=np.int32),
        block=np.array(block_of, dtype=np.int32),
        section=np.array(section_of, dtype=np.int32),
        heading=np.array([f.scope == "heading" for f in ordered], dtype=np.bool_),
        abstract=np.array([blocks[b].role == "abstract" for b in block_of], dtype=np.bool_),
        last=_last_descendants(sections),
    )


def _last_descendants(sections: Sequence[Section]) -> Ints:
    last = np.arange(len(sections), dtype=np.int32)
    for section in reversed(sections):
        if section.parent >= 0:
            last[section.parent] = max(last[section.parent], last[section.index])
    return last


def _sections(blocks: list[Block], factors: list[Factor], block_of: list[int], text: str) -> tuple[list[Section], list[int]]:
    sections = [Section(index=0, level=0, zone="introduction", parent=-1, start=0, end=0, role="front")]
    section_of = [0] * len(factors)
    by_block: dict[int, list[int]] = {}
    for n, block in enumerate(block_of):
        by_block.setdefault(block, []).append(n)
    here = 0

    def open_section(level: int, zone: Zone | None, start: int, title: str, role: str) -> int:
        parent = here
        while sections[parent].level >= level:
            parent = sections[parent].parent
        above = sections[parent]
        new = Section(
            index=len(sections),
            level=level,
            zone=zone or above.zone,
            parent=parent,
            start=start,
            end=start,
            title=title,
            role=role,
            place=len(above.children),
        )
        above.children.append(new.index)
        sections.append(new)
        return new.index

    for b, kept in enumerate(blocks):
        start, end = kept.start or 0, kept.end or 0
        if kept.role == "heading":
            here = open_section(min(kept.level or 1, RUN_IN_LEVEL - 1), kept.zone, start, kept.text, "heading")
        sections[here].end = end
        last_head = -1
        for n in by_block.get(b, ()):
            factor = factors[n]
            if factor.scope == "heading" and kept.role != "heading":
                glued = last_head >= 0 and set(text[factors[last_head].end : factor.start]) <= _JOINERS
                if not glued:
                    here = open_section(RUN_IN_LEVEL, None, factor.start, factor.text, "item")
                    sections[here].end = end
                last_head = n
            section_of[n] = here
    return sections, section_of
