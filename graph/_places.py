"""Where a place of a text belongs: its section, with the headings above, and its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from graph.errors import QuoteDiffers
from graph.projection import SectionNode, SentenceNode
from pipeline.records import Block, Sentence, Statements

__all__ = ["Sections", "Sentences"]


class Sections:
    """Headings of a document as sections: which one a place stands in, and the one above a heading."""

    def __init__(self, blocks: Sequence[Block], end: int) -> None:
        self.nodes: list[SectionNode] = []
        self._starts: list[int] = []
        self._parent: dict[str, str | None] = {}
        self._heading_end: dict[str, int] = {}
        headings = [block for block in blocks if block.role == "heading" and block.start is not None and block.end is not None]
        open_: list[tuple[int, str, str]] = []
        for n, block in enumerate(headings):
            assert block.start is not None
            assert block.end is not None
            level = block.level or 1
            while open_ and open_[-1][0] >= level:
                open_.pop()
            path = f"{open_[-1][2]} / {block.text.strip()}" if open_ else block.text.strip()
            self._parent[block.id] = open_[-1][1] if open_ else None
            self._heading_end[block.id] = block.end
            open_.append((level, block.id, path))
            closes = next((later.start for later in headings[n + 1 :] if (later.level or 1) <= level), None)
            self.nodes.append(
                SectionNode(id=block.id, title=block.text, path=path, level=level, zone=block.zone, start=block.start, end=end if closes is None else closes)
            )
            self._starts.append(block.start)

    def at(self, start: int) -> str | None:
        """Section of what starts at `start`; for words of a heading the section above it."""
        n = bisect_right(self._starts, start) - 1
        if n < 0:
            return None
        section = self.nodes[n].id
        return self._parent[section] if start < self._heading_end[section] else section


class Sentences:
    """Sentences of a document; kept text that no sentence covers gets one of its own, so that all of it can be found."""

    def __init__(self, document: str, statements: Statements, sections: Sections) -> None:
        self._document, self._text, self._sections = document, statements.clean_text, sections
        found = [sentence for sentence in statements.sentences if sentence.end > sentence.start]
        covered = {sentence.block for sentence in found}
        found.extend(
            Sentence(id=f"s.{block.id}", start=block.start, end=block.end, block=block.id)
            for block in statements.blocks
            if block.start is not None and block.end is not None and block.end > block.start and block.id not in covered
        )
        self._sentences = sorted(found, key=lambda sentence: (sentence.start, sentence.end))
        self._starts = [sentence.start for sentence in self._sentences]

    def at(self, start: int, end: int) -> Sentence:
        """The sentence that holds the first character of `[start, end)`."""
        n = bisect_right(self._starts, start) - 1
        if n < 0 or self._sentences[n].end <= start:
            raise QuoteDiffers(self._document, f"place [{start}, {end})", expected="a sentence around it", found="none")
        return self._sentences[n]

    def text_at(self, start: int, end: int) -> str:
        sentence = self.at(start, end)
        return self._text[sentence.start : max(sentence.end, end)]

    def section_at(self, start: int) -> str | None:
        return self._sections.at(start)

    def nodes(self) -> tuple[SentenceNode, ...]:
        return tuple(SentenceNode(id=s.id, start=s.start, end=s.end, section=self._sections.at(s.start)) for s in self._sentences)
