"""Which lines are headings, and their levels.

A level follows from the number and from the numbers around it, never from the mark: converters give every heading one `#`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.structure._lines import Line
from pipeline.structure._numbers import Kind, Number, read_number
from pipeline.structure._verdicts import Verdicts

__all__ = ["Heading", "find_headings"]

# from the outside in; a heading of a later kind lies under one of an earlier kind
_ORDER: tuple[Kind, ...] = ("part", "chapter", "section", "cn", "cn_paren", "decimal", "arabic", "arabic_paren", "circled", "ordinal", "dash", "article")
_POINTS: frozenset[Kind] = frozenset({"cn_paren", "decimal", "arabic", "arabic_paren"})
_UNNUMBERED_TOP = re.compile(
    r"(?:引\s*言|前\s*言|导\s*[言论]|绪\s*论|序\s*言?|概\s*述|问题的?提出|结\s*[语论]|结束语|总\s*结|余\s*论|讨\s*论|小\s*结|研究背景|文献综述|研究结论|后\s*记|展\s*望"
    r"|(?:结论|总结|讨论|启示|结语)与.{1,8})$"
)
_END = "。；;，,：:、？！?!"
_MAX_MARKED, _MAX_PLAIN, _MAX_BARE = 120, 60, 30
_LONGEST_SENTENCE = 30
_DECIMAL = re.compile(r"\d{1,2}\.\d{1,2}[ \u3000]*[\u4e00-\u9fff]")
_UNIT = re.compile(r"[亿万千元倍个%％‰米吨公]|至|到|—|～")


_ATTACHED = re.compile(r"附\s*件\s*[:：]?\s*1\s*[.．、]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: index among the lines, its number, its level."""

    line: int
    number: Number | None
    level: int


def find_headings(lines: list[Line], verdicts: Verdicts) -> dict[int, Heading]:
    """Headings among the lines that are neither noise nor front nor back matter, by line index."""
    finder = _Finder(lines, verdicts)
    chosen = [i for place, i in enumerate(finder.body) if finder.is_heading(place)]
    chosen = finder.with_siblings(chosen)
    return {h.line: h for h in _levels(chosen, finder.numbers, verdicts.rows, finder.holders(chosen))}


class _Finder:
    """The lines of the text, their numbers, and what decides about each."""

    def __init__(self, lines: list[Line], verdicts: Verdicts) -> None:
        self.lines = lines
        self.body = verdicts.body
        self.rows = verdicts.rows
        self.numbers = _numbers(lines, verdicts.body)
        self.law = sum(1 for n in self.numbers.values() if n.kind == "article") >= 3
        self.listed = _list_points(lines, verdicts.body, self.numbers)

    def is_heading(self, place: int) -> bool:
        i = self.body[place]
        line, number = self.lines[i], self.numbers.get(i)
        text = line.text
        words = text[number.end :] if number else text
        if not any(c.isalpha() for c in words):
            return False
        if line.row:
            return False
        if i in self.rows:
            return len(text) <= _MAX_PLAIN
        if line.mark:
            return len(text) <= _MAX_MARKED and not (text[-1] in "。；，" and len(text) > _MAX_PLAIN)
        if number is None:
            return self._is_bare(place)
        if number.kind in ("part", "chapter", "section"):
            return len(text) <= _MAX_PLAIN and text[-1] not in "。；，："
        if number.kind == "cn":
            return self._is_short(text) and self._has_text_beneath(place)
        if number.kind in _POINTS:
            if (self.law and number.kind != "decimal") or i in self.listed or not self._is_short(text):
                return False
            if text[-1] == "。" and "，" in text and len(text) > _LONGEST_SENTENCE and not line.mark:
                # a whole sentence among its like: （二十）允许投资人以知识产权作价出资组建企业，具体按国家规定执行。
                return False
            if number.kind == "decimal" and _UNIT.match(words):
                return False
            return self._has_text_beneath(place)
        return False

    def with_siblings(self, chosen: list[int]) -> list[int]:
        """`chosen` and the short lines with `一、` that have no text beneath them but stand in a row of headings of their kind."""
        tops = [i for i in chosen if self.numbers.get(i) is not None and self.numbers[i].kind == "cn"]
        if len(tops) < 2:
            return chosen
        known = set(chosen)
        around = {self.numbers[k].values[0] for k in tops}
        for place, i in enumerate(self.body):
            number = self.numbers.get(i)
            if i in known or number is None or number.kind != "cn" or not self._is_short(self.lines[i].text) or self.lines[i].text[-1] in _END:
                continue
            if number.values[0] - 1 in around and (number.values[0] + 1 in around or place + 1 == len(self.body)):
                known.add(i)
        return sorted(known)

    def holders(self, chosen: list[int]) -> set[int]:
        """Unnumbered headings right over the first of a row of numbers, where that row begins anew under more than one of them."""
        known = set(chosen)
        over = [
            (i, self.numbers[below].kind)
            for i, below in pairwise(self.body)
            if i in known and below in known and i not in self.numbers and below in self.numbers and self.numbers[below].values == (1,)
        ]
        return {i for i, kind in over if sum(1 for _, other in over if other == kind) > 1}

    def _is_short(self, text: str) -> bool:
        return len(text) <= _MAX_PLAIN and "。" not in text[:-1] and "；" not in text and text[-1] not in "；，：、"

    def _has_text_beneath(self, place: int) -> bool:
        """Whether a paragraph or a point of another, deeper kind follows the line."""
        i = self.body[place]
        number = self.numbers[i]
        if place + 1 >= len(self.body):
            return False
        below = self.body[place + 1]
        following = self.numbers.get(below)
        if following is None:
            return self.lines[below].mark == 0 or self.lines[i].text[-1] not in _END
        if number.kind == "decimal" and following.kind == "decimal":
            return len(following.values) > len(number.values)
        return _ORDER.index(following.kind) > _ORDER.index(number.kind) or (following.kind == "dash")

    def _is_bare(self, place: int) -> bool:
        """A heading without number or mark: 引言; or a short line without any stop between two paragraphs."""
        line = self.lines[self.body[place]]
        text = line.text
        if _UNNUMBERED_TOP.match(text):
            return True
        if place + 1 >= len(self.body):
            return False
        if self.law and place and 2 <= len(text) <= 20 and all("\u4e00" <= c <= "\u9fff" for c in text):
            # a chapter that lost its number: between the end of an article and the beginning of the next
            following = self.numbers.get(self.body[place + 1])
            if following is not None and following.kind == "article" and self.lines[self.body[place - 1]].text[-1] in "。；":
                return True
        if line.strong and len(text) <= _MAX_BARE and text[-1] not in _END:
            return True
        if not 4 <= len(text) <= _MAX_BARE or any(c in text for c in "。；！？：:…") or text[-1] in _END or not "\u4e00" <= text[0] <= "\u9fff" or place == 0:
            return False
        before, after = self.lines[self.body[place - 1]].text, self.lines[self.body[place + 1]].text
        following = self.numbers.get(self.body[place + 1])
        if following is not None and following.values[-1:] == (1,) and before[-1] in "。！？”）)" and len(after) <= _MAX_PLAIN and after[-1] not in _END:
            # it stands over the first of a row of numbered headings
            return True
        return before[-1] in "。！？”）)" and len(before) >= 30 and len(after) >= 40 and after[0] not in "的等和与及，"


def _numbers(lines: list[Line], body: list[int]) -> dict[int, Number]:
    """Number of each line that opens with one; a bare `2` is told from a quantity by what number is due."""
    found: dict[int, Number] = {}
    due = 1
    decimals = sum(1 for i in body if len(lines[i].text) <= 40 and ((lines[i].mark and lines[i].text[0].isdecimal()) or _DECIMAL.match(lines[i].text))) >= 2
    for i in body:
        line = lines[i]
        number = read_number(line.text, marked=line.mark > 0 or line.strong, expected=due)
        if number is None and decimals and len(line.text) <= 40 and line.text[-1] not in _END:
            number = read_number(line.text, marked=True, expected=due)
            if number is not None and number.values != (due,):
                number = None
        if number is None:
            continue
        found[i] = number
        if number.kind in ("decimal", "arabic") and (len(number.values) > 1 or line.mark or number.values[0] == due):
            due = number.values[0] + 1
    return found | _spaced_series(lines, body, found)


def _spaced_series(lines: list[Line], body: list[int], known: dict[int, Number]) -> dict[int, Number]:
    """Numbers of short lines such as `一 研究背景`, `二 存在问题`, where they make a series from one: the mark between number and words is lost."""
    series: dict[int, Number] = {}
    due = 1
    for i in body:
        text = lines[i].text
        if i in known or len(text) > 40 or text[-1] in _END:
            continue
        number = read_number(text, marked=True)
        if number is not None and number.kind == "cn" and number.bare and number.values == (due,):
            series[i] = number
            due += 1
    return series if len(series) > 1 else {}


def _list_points(lines: list[Line], body: list[int], numbers: dict[int, Number]) -> set[int]:
    """Points of lists: those of one kind in a row behind a line that ends in a colon, as long as they close alike."""
    out: set[int] = set()
    kind: Kind | None = None
    before = ""
    for i in body:
        number = numbers.get(i)
        text = lines[i].text
        if number is None:
            kind = None
        elif kind is not None and number.kind == kind and not lines[i].mark:
            out.add(i)
        elif number.values[-1:] == (2,) and _ATTACHED.match(before):
            kind = number.kind
            out.add(i)
        elif number.values[-1:] == (1,) and number.kind in _POINTS and before.endswith(("：", ":")):
            kind = number.kind
            if not lines[i].mark:
                out.add(i)
        else:
            kind = None
        before = text
    return out


def _levels(chosen: list[int], numbers: dict[int, Number], rows: set[int], holders: set[int]) -> list[Heading]:
    """Levels by nesting: a kind that is open closes what it holds, a new kind opens one level more.

    Decimal numbers (1, 1.1) are a series of their own: its first number shows under what it lies (一、 or nothing), and the rest follow.
    """
    out: list[Heading] = []
    stack: list[Kind] = []
    base = 0
    seen = False
    for place, i in enumerate(chosen):
        number = numbers.get(i)
        if number is None:
            below = numbers.get(chosen[place + 1]) if place + 1 < len(chosen) else None
            out.append(Heading(i, None, _bare_level(stack, below, row=i in rows)))
            if i in holders:
                stack = ["part"]
        elif number.kind == "decimal" or (number.kind == "arabic" and (not stack or stack[0] in ("arabic", "decimal"))):
            outer = [kind for kind in stack if kind not in ("decimal", "arabic") and _ORDER.index(kind) < _ORDER.index("decimal")]
            if not seen or number.values == (1,) or number.values == (1, 1):
                base = len(outer)
                seen = True
            series: list[Kind] = ["decimal"] * number.depth
            stack = [*outer[:base], *series]
            out.append(Heading(i, number, min(base, len(outer)) + number.depth))
        else:
            rank = _ORDER.index(number.kind)
            while stack and _ORDER.index(stack[-1]) >= rank:
                stack.pop()
            stack.append(number.kind)
            out.append(Heading(i, number, len(stack)))
    return out


def _bare_level(stack: list[Kind], below: Number | None, *, row: bool) -> int:
    """Level of a heading without number: one above the first number of the series that begins beneath it, else the top."""
    if row:
        return len(stack) + 1 if stack else 1
    if below is not None and below.values[-1:] == (1,) and below.kind == "decimal":
        return max(1, below.depth - 1)
    return 1
