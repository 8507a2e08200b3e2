"""Tables that argue: rows of problem, reason and measure, kept as text; and the tables of official documents. Every other table is left out.

The header says what a column holds: 问题 | 原因 | 措施. What a row says belongs together, and nothing of it to another row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from operator import attrgetter
from typing import Literal

from pipeline.structure._lines import Line
from pipeline.structure._noise import cjk_share
from pipeline.structure._verdicts import Verdicts

__all__ = ["Cell", "Column", "cells_of", "kept_rows"]

Column = Literal["dilemma", "driver", "countermeasure", "goal", "actor", "other"]

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("actor", re.compile(r"(?:责任|牵头|配合|负责|主管|实施|参与)(?:单位|部门|主体|人)|主体")),
    ("countermeasure", re.compile(r"措施|对策|建议|举措|任务|办法|做法|路径|整改(?!目标|时限)|工作内容|改革事项")),
    ("goal", re.compile(r"目标|成效|效果")),
    ("driver", re.compile(r"原因|成因|动因|症结")),
    ("dilemma", re.compile(r"问题|困境|困难|短板|不足|挑战|堵点|痛点|难点|风险|瓶颈")),
)
_HEADER_CELL = 14
_SAMPLE_ROWS, _WORDY = 60, 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a kept row: its place in the row's text, what its column holds, and the header of the column."""

    start: int
    end: int
    column: Column
    header: str


def kept_rows(lines: list[Line], verdicts: Verdicts, *, official: bool) -> dict[int, tuple[Cell, ...]]:
    """Rows of tables that argue, by line index; their verdict is taken back, so that they are text, and that of their header stays.

    Of an official document every table of words is kept: its lists of tasks and measures with the offices that carry them out are what it orders.
    """
    out: dict[int, tuple[Cell, ...]] = {}
    header: list[tuple[str, Column]] = []
    last: list[tuple[str, Column]] = []
    for i, line in enumerate(lines):
        if not line.row or verdicts.reason[i] != "table":
            header = []
            continue
        if i == 0 or not lines[i - 1].row or verdicts.reason[i - 1] not in ("table", "table_header", None):
            header = list(_read_header(line.text))
            if not header and official and _is_wordy(lines, i):
                header = _named_columns(line.text) or (last if len(last) == line.text.count("\t") + 1 else [])
                if not header or header is last:
                    # a table that goes on behind a heading, or has no header: its first row is a row like the others
                    out |= _keep(verdicts, i, line, header)
                    header = header or [("", "other")]
                    continue
            if header:
                verdicts.reason[i] = "table_header"
                last = header
            continue
        if not header:
            continue
        out |= _keep(verdicts, i, line, header)
    return out


def _keep(verdicts: Verdicts, i: int, line: Line, header: list[tuple[str, Column]]) -> dict[int, tuple[Cell, ...]]:
    """The row `i` with its cells, its verdict taken back; nothing if but one of them is filled."""
    cells = tuple(
        Cell(start, end, header[k][1] if k < len(header) else "other", header[k][0] if k < len(header) else "")
        for k, (start, end) in enumerate(cells_of(line.text))
    )
    if sum(1 for cell in cells if cell.end > cell.start) < 2:
        return {}
    verdicts.role[i] = verdicts.reason[i] = None
    return {i: cells}


def _read_header(text: str) -> Iterator[tuple[str, Column]]:
    """Columns of a header that names at least two parts of an argument, one of them a problem or a measure."""
    names = [text[start:end].strip() for start, end in cells_of(text)]
    columns = [_column(name) for name in names]
    telling = {column for column in columns if column != "other"}
    if len(telling) >= 2 and telling & {"dilemma", "countermeasure"} and telling & {"dilemma", "driver", "goal"}:
        yield from zip(names, columns, strict=True)


def _is_wordy(lines: list[Line], at: int) -> bool:
    """Whether the table is one of words, not of figures: most of what its cells hold is Chinese."""
    rows = takewhile(attrgetter("row"), lines[at : at + _SAMPLE_ROWS])
    return "\t" in lines[at].text and cjk_share("".join(line.text for line in rows)) > _WORDY


def _named_columns(text: str) -> list[tuple[str, Column]]:
    """Columns of a header: every cell a short name, none a number."""
    names = [text[start:end].strip() for start, end in cells_of(text)]
    if any(len(name) > _HEADER_CELL or name[:1].isdecimal() for name in names):
        return []
    return [(name, _column(name)) for name in names]


def _column(name: str) -> Column:
    if not name or len(name) > _HEADER_CELL:
        return "other"
    return next((column for column, rule in _COLUMNS if rule.search(name)), "other")


def cells_of(text: str) -> Iterator[tuple[int, int]]:
    """Places of the cells of a row in its text; cells are parted by tabs."""
    at = 0
    for part in text.split("\t"):
        yield at + len(part) - len(part.lstrip()), at + len(part.rstrip()) if part.strip() else at
        at += len(part) + 1
