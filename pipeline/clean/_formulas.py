"""Formulas on lines of their own (`$$ … $$`): each folded into one line, which the structure leaves out of the text.

Before lines are joined and marks of markdown read, since what stands inside is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_MARK = "$$"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 20_000
_MOST_HAN = 40


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that set each formula block on one line. A mark without its other half opens none: prose never becomes a formula."""
    del source
    start = text.find(_MARK)
    while start >= 0:
        end = text.find(_MARK, start + 2)
        if end < 0:
            return
        if not _is_formula(text, start + 2, end):
            start = end
            continue
        end += 2
        block = text[start:end]
        if "\n" in block:
            yield Edit(start, end, " ".join(block.split()), "formula")
        start = text.find(_MARK, end)


def _is_formula(text: str, start: int, end: int) -> bool:
    if end - start > _LONGEST or not text[start:end].strip():
        return False
    found = len(_HAN.findall(text, start, end))
    return found <= _MOST_HAN and found * 3 <= end - start
