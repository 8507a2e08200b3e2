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
        start, end = _trim(text, at, stop)
        if start < end:
            yield _line(text, draft, source, nodes, start, end, blank, text[at] == "\t")
            blank = False
        else:
            blank = True
        at = stop + 1


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

    def at(self, raw: int) -> Node | None:
        """The last node that begins at or before `raw` and holds it."""
        place = bisect_right(self._starts, raw) - 1
        if place < 0 or self._nodes[place].end <= raw:
            return None
        return self._nodes[place]


def _start(node: Node) -> int:
    return node.start
