"""Numbers of notes and pages that the raised or margin type left glued to figures: 2221世纪 was ²²21世纪.

Only where the calendar proves it: no text speaks of a century beyond the 21st, and no month has a year of six digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_CENTURY = re.compile(r"(?<![\d.,，．])(?P<note>\d{1,3}?)(?P<century>(?:1\d|2[01]))[ ]?世[纪紀]")
_YEAR = re.compile(r"(?<=[。！？”；，、）》])(?P<note>\d{1,3})(?P<year>(?:1[89]|20)\d\d)[ ]?年(?=[ ]?(?:1[0-2]|[1-9])[ ]?月|[，,]|以来|初|底)")


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that drop a note number run into a century or a year: `现代化。”2221世纪以来` → `现代化。”21世纪以来`."""
    del source
    edits = [*_drop(_CENTURY, text), *_drop(_YEAR, text)]
    yield from sorted(edits, key=_start)


def _start(edit: Edit) -> int:
    return edit.start


def _drop(pattern: re.Pattern[str], text: str) -> Iterator[Edit]:
    for found in pattern.finditer(text):
        yield Edit(*found.span("note"), "", "note")
