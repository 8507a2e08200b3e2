"""Which lines are headings, and their levels.

A level follows from the number and from the numbers around it, never from the mark: converters give every heading one `#`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.structure._lines import Line
from pipeline.structure._numbers import Kind, Number, read_number

__all__ = ["Heading", "find_headings"]

# from the outside in; a heading of a later kind lies under one of an earlier kind
_ORDER: tuple[Kind, ...] = ("part", "chapter", "section", "cn", "cn_paren", "decimal", "arabic", "arabic_paren", "circled", "ordinal", "dash", "article")
_UNNUMBERED_TOP = re.compile(
    r"(?:引\s*言|前\s*言|导\s*[言论]|绪\s*论|序\s*言?|概\s*述|问题的?提出|结\s*[语论]|结束语|总\s*结|余\s*论|讨\s*论|小\s*结|研究背景|文献综述|研究结论|后\s*记|展\s*望|结论与.{1,8}|总结与.{1,8}|讨论与.{1,8}|启示与.{1,8})$"
)
_END = "。；;，,：:、？！?!"
_MAX_MARKED, _MAX_PLAIN, _MAX_BARE = 90, 60, 30
_LIST_LEAD = re.compile(r"(?:下列|以下|如下|包括|分别[是为]|主要[有是])[^。]{0,30}[:：]$|[:：]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: index among the lines, its number, its level."""

    line: int
    number: Number | None
    level: int


def find_headings(lines: list[Line], body: list[int]) -> dict[int, Heading]:
    """Headings among `lines[i] for i in body` (the lines that are neither noise nor front nor back matter), by line index."""
    numbers = _numbers(lines, body)
    chosen = [i for place, i in enumerate(body) if _is_heading(lines, body, place, numbers)]
    return {h.line: h for h in _levels(chosen, numbers)}


def _numbers(lines: list[Line], body: list[int]) -> dict[int, Number]:
    """Number of each line that opens with one; a bare decimal is told from a quantity by what number is due."""
    found: dict[int, Number] = {}
    due = 1
    for i in body:
        line = lines[i]
        number = read_number(line.text, marked=line.mark > 0 or line.strong, expected=due)
        if number is None:
            continue
        found[i] = number
        if number.kind in ("decimal", "arabic") and len(number.values) == 1 and (line.mark or number.values[0] == due):
            due = number.values[0] + 1
    return found


def _is_heading(lines: list[Line], body: list[int], place: int, numbers: dict[int, Number]) -> bool:
    i = body[place]
    line, number = lines[i], numbers.get(i)
    text = line.text
    words = text[number.end :] if number else text
    if not words.strip() or not any(c.isalpha() for c in words):
        return False
    if line.mark:
        return len(text) <= _MAX_MARKED and not (text.endswith(("。", "；", "，")) and len(text) > _MAX_PLAIN)
    if number is None:
        return _is_bare(lines, body, place)
    if number.kind in ("part", "chapter", "section"):
        return len(text) <= _MAX_PLAIN and not text.endswith(("。", "；", "，", "："))
    if number.kind == "cn":
        return (
            len(text) <= _MAX_PLAIN
            and "。" not in text[:-1]
            and "；" not in text
            and not text.endswith(("：", "，", "；"))
            and _has_text_beneath(lines, body, place, numbers)
        )
    if number.kind in ("cn_paren", "arabic", "decimal", "arabic_paren"):
        return _is_numbered(lines, body, place, numbers, words)
    return False


def _is_numbered(lines: list[Line], body: list[int], place: int, numbers: dict[int, Number], words: str) -> bool:
    """A short line under `（一）`, `1.`, `1.1`: a heading if text of another kind stands beneath it, a point of a list if the next point follows at once."""
    i = body[place]
    number, text = numbers[i], lines[i].text
    if len(text) > _MAX_PLAIN or "。" in text[:-1] or "；" in text or text.endswith(("；", "，", "：", "、")):
        return False
    if number.kind == "decimal" and re.match(r"[亿万千元倍个%％米吨公]|至|到|—", words):
        return False
    return _has_text_beneath(lines, body, place, numbers)


def _has_text_beneath(lines: list[Line], body: list[int], place: int, numbers: dict[int, Number]) -> bool:
    """Whether what follows the line is no further point of its own list."""
    i = body[place]
    number = numbers[i]
    if place + 1 >= len(body):
        return False
    following = numbers.get(body[place + 1])
    if following is not None and following.kind == number.kind:
        if number.kind == "decimal":
            return len(following.values) > len(number.values) or lines[i].mark > 0
        return False
    leads_list = place > 0 and _LIST_LEAD.search(lines[body[place - 1]].text) and number.values[-1:] == (1,)
    return not (leads_list and lines[i].text.endswith("。"))


def _is_bare(lines: list[Line], body: list[int], place: int) -> bool:
    """A heading without number or mark: 引言; or a short line without any stop between two paragraphs."""
    text = lines[body[place]].text
    if _UNNUMBERED_TOP.match(text):
        return True
    if lines[body[place]].strong and len(text) <= _MAX_BARE and text[-1] not in _END:
        return place + 1 < len(body)
    if len(text) > _MAX_BARE or len(text) < 4 or any(c in text for c in "。；！？：:…") or text[-1] in _END or not "\u4e00" <= text[0] <= "\u9fff":
        return False
    if place == 0 or place + 1 >= len(body):
        return False
    before, after = lines[body[place - 1]].text, lines[body[place + 1]].text
    return before[-1] in "。！？”）)" and len(before) >= 60 and len(after) >= 60


def _levels(chosen: list[int], numbers: dict[int, Number]) -> list[Heading]:
    """Levels by nesting: a kind that is open closes what it holds, a new kind opens one level more."""
    out: list[Heading] = []
    stack: list[Kind] = []
    for i in chosen:
        number = numbers.get(i)
        if number is None:
            level = 1 if not stack or len(stack) <= 1 else len(stack)
            out.append(Heading(i, None, level))
            continue
        if number.kind == "decimal" or (number.kind == "arabic" and (not stack or stack[0] in ("arabic", "decimal"))):
            depth = number.depth
            stack = ["decimal"] * depth
            out.append(Heading(i, number, depth))
            continue
        rank = _ORDER.index(number.kind)
        while stack and _ORDER.index(stack[-1]) >= rank:
            stack.pop()
        stack.append(number.kind)
        out.append(Heading(i, number, len(stack)))
    return out
