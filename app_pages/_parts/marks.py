"""Text of a document with the places of factors marked by colour, letter and line.

Marks are drawn by the style sheet alone (letters are generated content), so that copied text equals the file character for character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app_pages._parts.html import Html, el, join, shown
from pipeline.records import FactorType


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place to be marked, `[start, end)` of the text that is drawn."""

    start: int
    end: int
    type: FactorType
    letter: str
    """stands before it, so that colour is not the only sign"""
    title: str = ""
    href: str = ""
    at: str = ""
    """its place, where the element around the text names the address that places are added to (`data-base`): a long text has a thousand marks"""
    chosen: bool = False
    rejected: bool = False

    def classes(self) -> str:
        return f"zm-m zm-{self.type}" + (" zm-chosen" if self.chosen else "") + (" zm-rejected" if self.rejected else "")


def moved(mark: Mark, by: int, length: int) -> Mark | None:
    """The mark in a text that begins `by` characters later and is `length` long, cut to it; none where nothing of it is left."""
    start, end = max(0, mark.start - by), min(length, mark.end - by)
    return replace(mark, start=start, end=end) if start < end else None


def _pieces(length: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """The text cut wherever a mark begins or ends, each piece with the marks over it, outermost first."""
    edges = sorted({0, length, *(edge for mark in marks for edge in (mark.start, mark.end))})
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    above: list[Mark] = []
    following = 0
    for start, end in pairwise(edges):
        above = [mark for mark in above if mark.end > start]
        while following < len(waiting) and waiting[following].start <= start:
            above.append(waiting[following])
            following += 1
        yield start, end, above


def marked(text: str, marks: Iterable[Mark]) -> Html:
    """The text as HTML with its marks; overlapping marks are cut at each other's edges.

    Marks reaching beyond the text are cut to it. Stripped of its tags the result is `shown(text)`.
    """
    inside = [mark for mark in (moved(mark, 0, len(text)) for mark in marks) if mark]
    parts: list[Html] = []
    for start, end, above in _pieces(len(text), inside):
        piece = shown(text[start:end])
        for mark in reversed(above):
            letter = mark.letter if start == mark.start else ""
            piece = el("mark", piece, cls=mark.classes(), data_letter=letter, title=mark.title, data_href=mark.href, data_at=mark.at)
        parts.append(piece)
    return join(parts)


def words_marked(text: str, places: Sequence[tuple[int, int]]) -> Html:
    """The text as HTML with the words that were searched for on a ground of their own; of overlapping places the first is taken."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(places):
        if start >= at:
            parts += [text[at:start], el("mark", text[start:end], cls="zm-word")]
            at = end
    return join([*parts, text[at:]])


def excerpt(text: str, start: int, end: int, *, most: int = 360) -> tuple[int, int]:
    """Part of a long sentence around a place, `[start, end)` of the text; the whole of it where it is no longer than `most`.

    A sentence of a law can run over a page; its card shows the words around the mark, the document shows all.
    """
    if len(text) <= most:
        return 0, len(text)
    if end - start >= most:
        return start, end
    left = max(0, min(start - (most - (end - start)) // 2, len(text) - most))
    return left, left + most
