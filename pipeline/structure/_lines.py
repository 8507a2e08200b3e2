"""Lines of a cleaned text with what the source says of each: heading marks, tags, table cells, image marks.

A cleaning step may have taken a mark away; it is then still read from the source at the raw place of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.records import Node, SourceText
from pipeline.clean import Draft
from pipeline.structure._script import shadow

__all__ = ["Line", "read_lines"]

_EDGE = " \t\r\f\v\u3000\u00a0\ufeff\u200b\u2028\u2029\x85"
_MARKS = re.compile(r"(#{1,6})[ \t\u3000]*(?=[^#\s])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,80}?)(?<=\S)\1$")
_JOINED, _LINKED = 4000, 0.3
"""a longer line is no row of joined scraps; a difference in the share of links that tells a menu from text"""
_RAW_LOOK = 400
"""how many characters of a source line are looked at for marks"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `start` and `end` are places in the draft, without blanks and heading marks at either side.

    `text` is its shadow in simplified script, of the same length: what rules look at. The words themselves are in the draft.
    """

    text: str
    start: int
    end: int
    mark: int = 0
    """1 to 6: level that a `#` or `<h1>` claims (it often lies); 0: none"""
    strong: bool = False
    """the whole line is bold"""
    source: str = ""
    """how the source line begins, with marks that cleaning took away"""
    tag: str = ""
    labels: str = ""
    path: str = ""
    link_share: float = 0.0
    hidden: bool = False
    after_blank: bool = False
    row: bool = False
    """a row of a table: cleaning puts a tab before every cell"""


def read_lines(draft: Draft, source: SourceText) -> Iterator[Line]:
    """Lines of `draft` that hold more than blanks, in order."""
    text = shadow(draft.text)
    nodes = _Nodes(source)
    at, blank = 0, True
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        empty = True
        for begin, finish in _pieces(draft, source, nodes, at, stop):
            start, end = _trim(text, begin, finish)
            if start < end:
                yield _line(text, draft, source, nodes, start, end, blank, text[at] == "\t")
                blank = empty = False
        blank = blank or empty
        at = stop + 1


def _pieces(draft: Draft, source: SourceText, nodes: _Nodes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a line of a page that stood in elements of different sort and were joined: a menu and the headline behind it are two lines."""
    if not nodes or end - start > _JOINED:
        yield start, end
        return
    begin = start
    for i in range(start + 1, end):
        before, after = draft.ends[i - 1], draft.starts[i]
        if after > before and "\n" in source.text[before:after] and nodes.differ(draft.starts[i - 1], after):
            yield begin, i
            begin = i
    yield begin, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _line(text: str, draft: Draft, source: SourceText, nodes: _Nodes, start: int, end: int, blank: bool, row: bool) -> Line:
    raw = draft.starts[start]
    begin = source.text.rfind("\n", max(0, raw - _RAW_LOOK), raw) + 1 or max(0, raw - _RAW_LOOK)
    stop = source.text.find("\n", raw, raw + _RAW_LOOK)
    head = source.text[begin : stop if stop >= 0 else raw + _RAW_LOOK].lstrip(_EDGE)
    node = nodes.at(raw)
    mark, strong = 0, False
    if marks := _MARKS.match(text, start, end):
        mark = len(marks.group(1))
        start, end = _trim(text, marks.end(), end)
    elif marks := _MARKS.match(head):
        mark = len(marks.group(1))
    elif node is not None and node.tag[:1] == "h" and node.tag[1:].isdecimal():
        mark = int(node.tag[1:])
    if end - start <= 90 and (bold := _STRONG.match(text[start:end])):
        start, end, strong = start + bold.start(2), start + bold.end(2), True
    elif head.startswith(("**", "__")) and _STRONG.match(head.rstrip(_EDGE)):
        strong = True
    if node is None:
        return Line(text[start:end], start, end, mark, strong, head, after_blank=blank, row=row)
    return Line(text[start:end], start, end, mark, strong, head, node.tag, node.labels, node.path, node.link_share, node.hidden, blank, row)


class _Nodes:
    """Nodes of the source by place."""

    def __init__(self, source: SourceText) -> None:
        self._nodes = sorted((n for n in source.nodes if n.end > n.start), key=_start)
        self._starts = [n.start for n in self._nodes]

    def __bool__(self) -> bool:
        return bool(self._nodes)

    def differ(self, left: int, right: int) -> bool:
        """Whether two places stand in elements of different sort: a heading and a paragraph, a menu and the text."""
        a, b = self.at(left), self.at(right)
        if a is None or b is None or a is b:
            return False
        return a.tag != b.tag or a.labels != b.labels or abs(a.link_share - b.link_share) > _LINKED

    def at(self, raw: int) -> Node | None:
        """The last node that begins at or before `raw` and holds it."""
        place = bisect_right(self._starts, raw) - 1
        if place < 0 or self._nodes[place].end <= raw:
            return None
        return self._nodes[place]


def _start(node: Node) -> int:
    return node.start
