"""A text under repair: its characters, the raw place of each, and a journal of what was dropped or changed.

Every cleaning step reads `draft.text` and yields `Edit`s on it; `Draft.apply` carries the raw places along, so that the
composed map of all steps is always at hand and nothing disappears without an entry in the journal.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.records import SourceText


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` of the text at hand by `text` (empty: drop it), for the reason `kind`."""

    start: int
    end: int
    text: str
    kind: str
    """short name of the reason, a key of the message catalogue under `repair.`: `zero_width`, `pinyin`, `bytes`, `wrap`, `markup` …"""
    certain: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"edit {self.kind}: [{self.start}, {self.end}) is no stretch of text")


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the journal: what became of a raw stretch. An empty `text` means that it was dropped."""

    kind: str
    raw: tuple[int, int]
    text: str
    certain: bool


Step = Callable[[str, SourceText], Iterable[Edit]]
"""A cleaning step: text at hand and the source it came from → edits in ascending order, not overlapping."""


@dataclass(slots=True)
class Draft:
    """`text[i]` came from the source text `[starts[i], ends[i])`; both arrays never decrease."""

    text: str
    starts: array[int]
    ends: array[int]
    journal: list[Change] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Draft:
        """The untouched draft: every character stands for itself."""
        return cls(text, array("q", range(len(text))), array("q", range(1, len(text) + 1)))

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Place in the source text of `[start, end)`; an empty stretch gets the empty place before its next character."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], max(self.ends[end - 1], self.starts[start])

    def apply(self, edits: Iterable[Edit]) -> Draft:
        """The draft after `edits`, with the journal carried on.

        Raises:
            ValueError: edits overlap, run backwards, or lie outside the text.
        """
        ordered = list(edits)
        if not ordered:
            return self
        for left, right in pairwise(ordered):
            if right.start < left.end:
                raise ValueError(f"edits {left.kind} and {right.kind} overlap at {right.start}")
        if ordered[-1].end > len(self.text):
            raise ValueError(f"edit {ordered[-1].kind} ends at {ordered[-1].end}, behind the text of {len(self.text)} characters")
        pieces: list[str] = []
        starts, ends = array("q"), array("q")
        journal = list(self.journal)
        at = 0
        for edit in ordered:
            pieces.append(self.text[at : edit.start])
            starts.extend(self.starts[at : edit.start])
            ends.extend(self.ends[at : edit.start])
            raw = self.raw(edit.start, edit.end)
            pieces.append(edit.text)
            if len(edit.text) == edit.end - edit.start:
                starts.extend(self.starts[edit.start : edit.end])
                ends.extend(self.ends[edit.start : edit.end])
            else:
                starts.extend(raw[0] for _ in edit.text)
                ends.extend(raw[1] for _ in edit.text)
            journal.append(Change(edit.kind, raw, edit.text, edit.certain))
            at = edit.end
        pieces.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return Draft("".join(pieces), starts, ends, journal)


def run_steps(source: SourceText, steps: Iterable[Step]) -> Iterator[Draft]:
    """The draft after each of `steps`, in order, the untouched one first."""
    draft = Draft.of(source.text)
    yield draft
    for step in steps:
        draft = draft.apply(step(draft.text, source))
        yield draft
