"""structure: cleaned lines → blocks with role, level, number and zone; headings, abstract, key words, references, attachments."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import SourceText
from pipeline.clean import Draft
from pipeline.records import Block, Reference

__all__ = ["Structure", "read_structure"]


@dataclass(frozen=True, slots=True)
class Structure:
    """`clean_text` is the kept blocks joined by one line end; `raw_starts[i]`/`raw_ends[i]` lead a character back to the source."""

    clean_text: str
    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]


def read_structure(draft: Draft, source: SourceText) -> Structure:
    """Blocks of the cleaned lines of `draft`, in order; what is left out of the text is listed with its reason."""
    raise NotImplementedError
