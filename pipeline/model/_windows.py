"""Blocks → the windows that the encoder reads, one a run.

A window is a few neighbouring blocks under one budget of pieces, each opened by the marker of its role, with what stands above it in
front: `<s> title </s> headings in force </s> end of the text before </s> <heading> … <body> … </s>`. Neighbours in one window are each
other's context; the budget keeps the cost of a window bounded, and a sentence longer than it is read in stretches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.model._pieces import BEGIN, END, Pieces
from pipeline.records import Block, Sentence

BUDGET = 320
"""pieces of text in a window; with the context in front it stays under the 512 places that the encoder knows"""
HARD = 390
"""the same for a window with a single block: a paragraph stays whole where it can"""
TITLE, PATH, TAIL = 18, 40, 24
"""pieces kept of the title, of the headings in force (the last ones) and of the text before (its end)"""
CONTEXT = -1


@dataclass(frozen=True, slots=True)
class Segmented:
    """One sentence, or a stretch of one that is too long: its pieces with offsets into the cleaned text."""

    sentence: int
    ids: list[int]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Line:
    """One kept block with its segmented sentences and the pieces of its text when it stands in a path."""

    block: Block
    path: tuple[str, ...]
    parts: list[Segmented]

    @property
    def size(self) -> int:
        return 1 + sum(len(part.ids) for part in self.parts)


@dataclass(slots=True)
class Window:
    """Ids as the encoder reads them; for each its sentence (or `CONTEXT`) and place in the cleaned text; the places of the role markers by block."""

    ids: list[int]
    sentences: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    markers: list[tuple[int, Block]] = field(default_factory=list)

    def add(self, ids: Sequence[int], sentence: int, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.ids += ids
        self.sentences += [sentence] * len(ids)
        self.starts += starts
        self.ends += ends

    def add_context(self, ids: Sequence[int]) -> None:
        self.add(ids, CONTEXT, [0] * len(ids), [0] * len(ids))


def segmented_lines(clean_text: str, blocks: Sequence[Block], sentences: Sequence[Sentence], pieces: Pieces) -> list[Line]:
    """The kept blocks in order, segmented sentence by sentence, each with the headings above it (outermost first)."""
    by_block: dict[str, list[int]] = {}
    for index, sentence in enumerate(sentences):
        by_block.setdefault(sentence.block, []).append(index)
    lines: list[Line] = []
    above: dict[int, str] = {}
    for block in blocks:
        if not block.kept:
            continue
        if block.role == "heading":
            above = {level: text for level, text in above.items() if level < (block.level or 1)}
        path = tuple(above[level] for level in sorted(above))
        parts = [part for index in by_block.get(block.id, ()) for part in _segmented(clean_text, index, sentences[index], pieces)]
        if parts:
            lines.append(Line(block, path, parts))
        if block.role == "heading":
            above[block.level or 1] = block.text
    return lines


def _segmented(clean_text: str, index: int, sentence: Sentence, pieces: Pieces) -> Iterator[Segmented]:
    ids, spans = pieces.segment(clean_text[sentence.start : sentence.end])
    for at in range(0, len(ids), BUDGET):
        some = spans[at : at + BUDGET]
        yield Segmented(index, ids[at : at + BUDGET], [sentence.start + a for a, _ in some], [sentence.start + b for _, b in some])


def windows(lines: Sequence[Line], pieces: Pieces, *, title: str | None, budget: int = BUDGET) -> Iterator[Window]:
    """Windows over all lines in order; every piece of every sentence is in exactly one."""
    opening = pieces.segment(title[:40])[0][:TITLE] if title else []
    before: list[int] = []
    current: Window | None = None
    size = 0
    for line in lines:
        closes = current is not None and (size + line.size > budget or (line.block.role == "heading" and size > budget // 2))
        if closes and current is not None:
            yield _closed(current)
            current = None
        opened = False
        for part in line.parts:
            if current is not None and size + len(part.ids) > (budget if len(current.markers) > 1 else HARD):
                yield _closed(current)
                current, opened = None, False
            if current is None:
                current, size = _open(opening, line.path, before, pieces), 0
                opened = False
            if not opened:
                current.markers.append((len(current.ids), line.block))
                current.add_context([pieces.markers[line.block.role]])
                size, opened = size + 1, True
            current.add(part.ids, part.sentence, part.starts, part.ends)
            size += len(part.ids)
            before = (before + part.ids)[-TAIL:] if len(part.ids) < TAIL else part.ids[-TAIL:]
    if current is not None:
        yield _closed(current)


def _open(opening: Sequence[int], path: Sequence[str], before: Sequence[int], pieces: Pieces) -> Window:
    window = Window([])
    headings = pieces.segment(" / ".join(text[:40] for text in path))[0][-PATH:] if path else []
    for stretch in ((BEGIN, *opening), (END, *headings), (END, *before), (END,)):
        window.add_context(stretch)
    return window


def _closed(window: Window) -> Window:
    window.add_context([END])
    return window
