"""A factor in its sentence, section and document: what the rules for its attributes look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import DocumentInfo, Factor, Place, Sentence, Zone
from pipeline.structure import Structure

OFFICIAL = ("official", "law")
_REPORT_TITLE = re.compile(r"通报|工作报告|总结|典型经验|经验做法|进展情况|情况的报告|督查")


@dataclass(frozen=True, slots=True)
class Context:
    """`lead` and `tail` are the sentence before and behind the factor; `headings` the path above it, outermost first."""

    factor: Factor
    text: str
    sentence: Place
    block: Place
    zone: Zone | None
    headings: tuple[str, ...]
    abstract: bool
    kind: str
    reports: bool
    """the document tells what was done (通报, 工作报告), though it is official"""

    @property
    def lead(self) -> str:
        return self.text[self.sentence[0] : self.factor.start]

    @property
    def tail(self) -> str:
        return self.text[self.factor.end : self.sentence[1]]

    @property
    def clause(self) -> str:
        """The lead since the last full stop or semicolon inside the sentence."""
        return re.split(r"[；;。]", self.lead)[-1]


def contexts(factors: Sequence[Factor], structure: Structure, sentences: Sequence[Sentence], info: DocumentInfo) -> Iterator[Context]:
    """One context a factor, in the order given."""
    blocks = [block for block in structure.blocks if block.start is not None and block.end is not None]
    starts = [block.start or 0 for block in blocks]
    paths = list(_paths(structure))
    bounds = [sentence.start for sentence in sentences]
    title = info.title or next((block.text for block in blocks if block.role == "title"), "")
    reports = bool(_REPORT_TITLE.search(title))
    for factor in factors:
        at = max(0, bisect_right(starts, factor.start) - 1)
        block, (zone, headings) = blocks[at], paths[at]
        sentence = sentences[max(0, bisect_right(bounds, factor.start) - 1)]
        yield Context(
            factor=factor,
            text=structure.clean_text,
            sentence=(min(sentence.start, factor.start), max(sentence.end, factor.end)),
            block=(block.start or 0, block.end or 0),
            zone=zone,
            headings=headings,
            abstract=block.role == "abstract",
            kind=info.kind,
            reports=reports,
        )


def _paths(structure: Structure) -> Iterator[tuple[Zone | None, tuple[str, ...]]]:
    stack: list[tuple[int, str, Zone | None]] = []
    for block in structure.blocks:
        if block.start is None:
            continue
        if block.role == "heading":
            level = block.level or 1
            while stack and stack[-1][0] >= level:
                stack.pop()
            zone = block.zone or (stack[-1][2] if stack else None)
            stack.append((level, block.text, zone))
        yield (stack[-1][2] if stack else block.zone), tuple(text for _, text, _ in stack)
