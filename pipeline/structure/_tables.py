"""Tables that argue: rows of problem, reason and measure, kept as text; every other table is left out.

The header says what a column holds: 问题 | 原因 | 措施. What a row says belongs together, and nothing of it to another row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.structure._lines import Line
from pipeline.structure._verdicts import Verdicts

__all__ = ["Cell", "Column", "argument_rows", "cells_of"]

Column = Literal["dilemma", "driver", "countermeasure", "goal", "actor", "other"]

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("actor", re.compile(r"(?:责任|牵头|配合|负责|主管|实施|参与)(?:单位|部门|主体|人)|主体")),
    ("countermeasure", re.compile(r"措施|对策|建议|举措|任务|办法|做法|路径|整改(?!目标|时限)|工作内容|改革事项")),
    ("goal", re.compile(r"目标|成效|效果")),
    ("driver", re.compile(r"原因|成因|动因|症结")),
    ("dilemma", re.compile(r"问题|困境|困难|短板|不足|挑战|堵点|痛点|难点|风险|瓶颈")),
)
_HEADER_CELL = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a kept row: its place in the row's text, what its column holds, and the header of the column."""

    start: int
    end: int
    column: Column
    header: str


def argument_rows(lines: list[Line], verdicts: Verdicts) -> dict[int, tuple[Cell, ...]]:
    """Rows of tables that argue, by line index; their verdict is taken back, so that they are text, and that of their header stays."""
    out: dict[int, tuple[Cell, ...]] = {}
    header: list[tuple[str, Column]] = []
    for i, line in enumerate(lines):
        if not line.row:
            header = []
            continue
        if i == 0 or not lines[i - 1].row:
            header = list(_read_header(line.text))
            if header:
                verdicts.reason[i] = "table_header"
            continue
        if not header or verdicts.reason[i] != "table":
            continue
        cells = tuple(
            Cell(start, end, header[k][1] if k < len(header) else "other", header[k][0] if k < len(header) else "")
            for k, (start, end) in enumerate(cells_of(line.text))
        )
        if sum(1 for cell in cells if cell.end > cell.start) > 1:
            verdicts.role[i] = verdicts.reason[i] = None
            out[i] = cells
    return out


def _read_header(text: str) -> Iterator[tuple[str, Column]]:
    """Columns of a header that names at least two parts of an argument, one of them a problem or a measure."""
    names = [text[start:end].strip() for start, end in cells_of(text)]
    columns = [_column(name) for name in names]
    telling = {column for column in columns if column != "other"}
    if len(telling) >= 2 and telling & {"dilemma", "countermeasure"} and telling & {"dilemma", "driver", "goal"}:
        yield from zip(names, columns, strict=True)


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
