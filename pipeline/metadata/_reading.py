"""One document under reading: its blocks, and the place of every field that was found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.records import Block, Place
from pipeline.structure import Structure, script_of, shadow

__all__ = ["CONTAINER", "Reading"]

CONTAINER: Place = (0, 0)
"""place of what the container says (a `<meta>`, a script): it has none in the text"""

_HEAD, _TAIL = 60, 30


class Reading:
    """`places` fills with where each field was read from."""

    def __init__(self, structure: Structure, source: SourceText) -> None:
        self.structure = structure
        self.blocks = structure.blocks
        self.text = structure.clean_text
        self.source = source
        self.places: dict[str, Place] = {}
        self.traditional = script_of(source.text) != "hans"
        self.first_text = next((i for i, b in enumerate(self.blocks) if b.role in ("body", "heading")), len(self.blocks))

    def role(self, *roles: str) -> Iterator[Block]:
        """Blocks of these roles, in order."""
        return (block for block in self.blocks if block.role in roles)

    def front(self) -> Iterator[Block]:
        """Blocks before the first paragraph or heading."""
        return iter(self.blocks[: self.first_text])

    def around(self) -> Iterator[Block]:
        """Blocks in which labelled fields stand: those at the head, and what is left out of the text at the end."""
        yield from self.blocks[:_HEAD]
        for block in self.blocks[max(_HEAD, len(self.blocks) - _TAIL) :]:
            if not block.kept:
                yield block

    def place(self, block: Block, start: int, end: int) -> Place:
        """Place in the source of `block.text[start:end]`."""
        if block.start is not None:
            return self.structure.raw(block.start + start, block.start + end)
        begin, stop = block.raw
        words = block.text[start:end]
        # a block that is left out has no map of its characters; its words are looked for as they are, else with blanks anywhere
        at = self.source.text.find(words, begin, stop)
        if at >= 0:
            return at, at + len(words)
        if 0 < len(words) <= 120:
            loose = re.compile(r"\s*".join(re.escape(c) for c in words if not c.isspace()))
            if found := loose.search(self.source.text, begin, stop):
                return found.span()
        return block.raw

    def plain(self, text: str) -> str:
        """`text` in simplified script, of the same length, for rules to look at."""
        return shadow(text, sure=self.traditional)

    def note(self, field: str, block: Block, start: int, end: int) -> None:
        """Remembers where `field` was read from; the first place stays."""
        self.places.setdefault(field, self.place(block, start, end))

    def meta(self, *names: str) -> str | None:
        """The first value that the container gives under one of `names`, in the order of `names`."""
        for name in names:
            for item in self.source.meta:
                if item.name.lower() == name.lower() and item.value.strip():
                    return item.value.strip()
        return None
