"""Headings above a block, and headings that run into the paragraph they open."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.records import Block
from pipeline.structure._numbers import read_number

__all__ = ["RunIn", "heading_path", "run_in_heading"]

RunIn = tuple[int, int, str | None, int]
"""start and end of the words in the paragraph, the number before them, the level"""

_LEVEL = {"cn": 1, "cn_paren": 2, "decimal": 2, "arabic": 3, "arabic_paren": 3, "circled": 4, "ordinal": 3, "dash": 3, "article": 2}
_STOP = re.compile(r"[。：:！？\n]")
_MAX = 60
_VERBAL = re.compile(r"(?:指出|强调|认为|提出|表示|显示|表明|规定|例如|比如|是指|就是|即|(?:包括|如下|以下|下列).{0,6})$")


def run_in_heading(text: str) -> RunIn | None:
    """The words at the beginning of a paragraph that serve as its heading, or none: (start, end, number, level).

    `（一）加强组织领导。各地要……` → (3, 9, "（一）", 2); `第一，注意力分配的挑战。……` → words behind 第一，; `——创新理念。……`;
    `坚持问题导向，注重创新驱动。着力解决……` without a number is none. `text[start:end]` is without number and stop.
    """
    number = read_number(text, marked=False)
    if number is None or number.kind in ("part", "chapter", "section"):
        return None
    stop = _STOP.search(text, number.end, number.end + _MAX + 1)
    if stop is None or stop.end() >= len(text.rstrip()):
        return None
    words = text[number.end : stop.start()]
    trimmed = words.strip(' \t\u3000“”"')
    if not 2 <= len(trimmed) <= _MAX or "；" in words or _VERBAL.search(trimmed):
        return None
    start = number.end + len(words) - len(words.lstrip(" \t\u3000"))
    end = start + len(words.strip(" \t\u3000"))
    level = number.depth if number.kind == "decimal" else _LEVEL.get(number.kind, 3)
    return start, end, number.text or None, level


def heading_path(blocks: Iterable[Block]) -> dict[str, tuple[str, ...]]:
    """For each block id the ids of the headings above it, outermost first; a heading's own path ends with its parent."""
    paths: dict[str, tuple[str, ...]] = {}
    stack: list[tuple[int, str]] = []
    for block in blocks:
        if block.role == "title":
            stack.clear()
        if block.role == "heading" and block.level is not None:
            while stack and stack[-1][0] >= block.level:
                stack.pop()
            paths[block.id] = tuple(id for _, id in stack)
            stack.append((block.level, block.id))
        else:
            paths[block.id] = tuple(id for _, id in stack) if block.role == "body" else ()
    return paths
