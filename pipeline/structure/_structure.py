"""What reading the structure of a document gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.records import Block, Reference
from pipeline.structure._tables import Cell

__all__ = ["Structure"]


@dataclass(frozen=True, slots=True)
class Structure:
    """`clean_text` is the kept blocks joined by one line end; `raw_starts[i]`/`raw_ends[i]` lead a character back to the source.

    A character and its raw place never run backwards; a line end between two blocks has the empty place behind the first of them.
    """

    clean_text: str
    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    rows: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    """cells of the kept table rows, by block id; places are those in the block's text"""
    marks: tuple[tuple[int, int], ...] = ()
    """raw places of what is no part of any block: the `#` of a heading, stars around it, the tag of an exported field"""

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Place in the source text of `clean_text[start:end]`; of an empty stretch, the empty place before its next character."""
        if start >= end:
            at = self.raw_starts[start] if start < len(self.raw_starts) else (self.raw_ends[-1] if self.raw_ends else 0)
            return at, at
        return self.raw_starts[start], max(self.raw_ends[end - 1], self.raw_starts[start])
