"""The list of references split into entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from pipeline.structure._front import REFERENCE_HEAD
from pipeline.structure._noise import cjk_share

__all__ = ["Entry", "split_entries"]

Entry = tuple[int, int, int, int]
"""first line, place in it, last line, end in it"""

_OPEN = re.compile(r"\s*(?:[\[［【〔]\s*(\d{1,3})\s*[\]］】〕]|([①-⑳])|[（(](\d{1,3})[)）]|(\d{1,3})(?:\s*[.．、]\s*|\s+|(?=[\u4e00-\u9fffA-Z《“])))(?=\S)")
_INSIDE = re.compile(r"[\[［【〔]\s*(\d{1,3})\s*[\]］】〕]\s*(?=[\u4e00-\u9fffA-Z《“])")
_YEAR_AT_END = re.compile(r"(?:(?:19|20)\d{2}.{0,40}|\d\s*[-—–~]\s*\d+.{0,3}|[.．。]\s*)$")


def split_entries(lines: list[str]) -> Iterator[Entry]:
    """Entries of the reference list whose lines are `lines` (its head may be the first): one an entry, though it runs over lines or shares one.

    Numbers decide where the list has them: an entry opens with the number that is due or a later one close by. In a list without
    numbers every line that begins like a name behind a line that ends like an entry opens one.
    """
    opens = list(_openings(lines))
    for (line, at), following in zip_longest(opens, opens[1:]):
        last, end = (len(lines) - 1, len(lines[-1])) if following is None else following
        if following is not None and end == 0:
            last -= 1
            end = len(lines[last])
        yield line, at, last, end


def _openings(lines: list[str]) -> Iterator[tuple[int, int]]:
    numbered = sum(1 for line in lines if _OPEN.match(line)) * 2 >= len(lines)
    due = 0
    for i, line in enumerate(lines):
        at = 0
        if i == 0 and (head := REFERENCE_HEAD.match(line)):
            at = head.end()
            if at >= len(line.rstrip()):
                continue
        if found := _OPEN.match(line, at):
            value = _value(found)
            if value is None or not due or due - 1 <= value <= due + 4:
                yield i, at
                due = (value or due) + 1
        elif (not numbered and (at or _begins_entry(line, lines[i - 1] if i else ""))) or at:
            yield i, at
        for inner in _INSIDE.finditer(line, (found.end() if found else at) + 1):
            if due <= int(inner.group(1)) <= due + 2:
                yield i, inner.start()
                due = int(inner.group(1)) + 1


def _value(found: re.Match[str]) -> int | None:
    text = found.group(1) or found.group(3) or found.group(4)
    return int(text) if text else None


def _begins_entry(line: str, before: str) -> bool:
    return (not before or bool(REFERENCE_HEAD.match(before)) or bool(_YEAR_AT_END.search(before))) and (cjk_share(line) > 0 or line[:1].isupper())
