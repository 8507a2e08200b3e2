"""Lines of a page: text nodes → lines with single blanks, rows of tables with tabs between the cells, one node for each stretch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.errors import TooLarge
from corpus.readers._elements import Element
from corpus.records import Node

MOST_NODES = 500_000
_BLANK = " \t\n\r\f"
_BLANKS = re.compile(f"[{_BLANK}]+")
_WIDE = "[⺀-〾ぁ-㏿㐀-䶿一-鿿豈-﫿︰-﹏！-｠￠-￦\U00020000-\U0003fffd]"
_WIDE_CHAR = re.compile(_WIDE)
_BREAK_BETWEEN_WIDE = re.compile(f"(?<={_WIDE})[{_BLANK}]*[\n\r][{_BLANK}]*(?={_WIDE})")

_MOST_TABS = 32
_CELL_LINES = 8
_ROW_LENGTH = 4000


class Run:
    """Characters of one line that share a mark (`sup`, `rt`, hidden) and nothing stands between."""

    __slots__ = ("hidden", "mark", "text")

    def __init__(self, text: str, mark: str, hidden: bool) -> None:
        self.text, self.mark, self.hidden = text, mark, hidden


class Row:
    """A row of a table while it is read. Its cells share a line if they hold short plain text; else it only serves the layout of the page."""

    __slots__ = ("cells", "layout", "length")

    def __init__(self) -> None:
        self.layout = False
        self.cells: dict[int, int] = {}
        self.length = 0

    def count(self, column: int, length: int) -> None:
        self.cells[column] = self.cells.get(column, 0) + 1
        self.length += length

    @property
    def shares_a_line(self) -> bool:
        return not self.layout and len(self.cells) > 1 and self.length <= _ROW_LENGTH and max(self.cells.values()) <= _CELL_LINES


class Cell(NamedTuple):
    row: Row
    column: int
    tag: str


class Line(NamedTuple):
    """One line of the page, or of a cell: its runs, the element that holds all of it, the share of it in links, and its cell."""

    runs: list[Run]
    element: Element
    link_share: float
    cell: Cell | None

    @property
    def shared_cell(self) -> Cell | None:
        """Its cell, if the cells of the row stand on one line."""
        return self.cell if self.cell is not None and self.cell.row.shares_a_line else None


class Lines:
    """What was read so far: `text` in pieces and its nodes. Lines of an open table row wait until the row is known."""

    def __init__(self, *, name: str) -> None:
        self._name = name
        self._pieces: list[str] = []
        self._nodes: list[Node] = []
        self._length = 0
        self._waiting: list[Line] = []
        self._last: Line | None = None

    def add(self, line: Line, *, wait: bool) -> None:
        """Append `line`; `wait` while a row is open.

        Raises:
            TooLarge: the page has more than half a million lines.
        """
        if len(self._nodes) + len(self._waiting) > MOST_NODES:
            raise TooLarge(name=self._name, size=f"more than {MOST_NODES}", unit="lines", limit=MOST_NODES)
        self._waiting.append(line)
        if not wait:
            self.settle()

    def settle(self) -> None:
        """Write what waits."""
        for line in self._waiting:
            self._put(self._separator(line))
            cell = line.shared_cell
            block = cell.tag if cell else line.element.block.tag
            for run in line.runs:
                start = self._length
                self._put(run.text)
                self._nodes.append(
                    Node(
                        start=start,
                        end=self._length,
                        tag=run.mark or ("span" if run.hidden and not line.element.hidden else block),
                        path=line.element.path,
                        labels=line.element.labels,
                        link_share=line.link_share,
                        hidden=run.hidden,
                    )
                )
            self._last = line
        self._waiting.clear()

    def _separator(self, line: Line) -> str:
        cell, last = line.shared_cell, self._last
        if cell and last and last.cell and last.cell.row is cell.row:
            return " " if last.cell.column == cell.column else "\t" * min(cell.column - last.cell.column, _MOST_TABS)
        end = "\n" if last else ""
        return end + "\t" * min(cell.column, _MOST_TABS) if cell else end

    def _put(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)

    def finish(self) -> tuple[str, tuple[Node, ...]]:
        """The text, every line ended, and its nodes in order."""
        self.settle()
        if self._last is not None:
            self._put("\n")
        return "".join(self._pieces), tuple(self._nodes)


def collapse(pieces: list[tuple[str, Element]]) -> tuple[list[Run], int]:
    """Runs of one line from its text nodes, and how many characters stand in links; no runs if there is nothing but blanks.

    Blanks run together as browsers do it (CSS Text 3 §4.1.1); a line end between two wide characters vanishes (§4.1.2), so that a paragraph which the
    source breaks in mid-sentence stays one: `打破数据\\n孤岛` → 打破数据孤岛. Preformatted text stays as it is.
    """
    runs: list[Run] = []
    linked = 0
    pending, last = "", ""
    for text, element in _joined(pieces):
        if element.preformatted:
            core = pending + text if runs else text
            pending = ""
        else:
            core = text.lstrip(_BLANK)
            pending += text[: len(text) - len(core)]
            if not core:
                continue
            trailing = core.rstrip(_BLANK)
            following = core[len(trailing) :]
            core = _BLANKS.sub(" ", _BREAK_BETWEEN_WIDE.sub("", trailing))
            if pending and last:
                vanishes = ("\n" in pending or "\r" in pending) and _WIDE_CHAR.match(last) and _WIDE_CHAR.match(core)
                core = core if vanishes else " " + core
            pending = following
        if not core:
            continue
        last = core[-1]
        if element.link:
            linked += len(core)
        if runs and runs[-1].mark == element.mark and runs[-1].hidden == element.hidden:
            runs[-1].text += core
        else:
            runs.append(Run(core, element.mark, element.hidden))
    if all(not run.text.strip(_BLANK) for run in runs):
        return [], 0
    return runs, linked


def _joined(pieces: list[tuple[str, Element]]) -> Iterator[tuple[str, Element]]:
    """`pieces` with neighbours of one kind joined: the parser hands a long text over in parts."""
    group: list[str] = []
    held: Element | None = None
    for text, element in pieces:
        if held is not None and element is not held and _kind(element) != _kind(held):
            yield "".join(group), held
            group = []
        group.append(text)
        held = element
    if held is not None:
        yield "".join(group), held


def _kind(element: Element) -> tuple[bool, bool, bool, str]:
    return element.preformatted, element.link, element.hidden, element.mark
