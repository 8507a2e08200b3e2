"""Rows as files for spreadsheets in which no cell can run.

A cell of text that a spreadsheet would take for a formula gets one apostrophe in front, and so does one that begins with an apostrophe; taking one
leading apostrophe away gives every cell back as it was. Numbers stay numbers. (CWE-1236; RFC 4180; byte order mark for Excel.)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

__all__ = ["Cell", "guarded", "restored", "to_csv"]

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
GUARD = "'"

Cell = str | int | float | None


def guarded(cell: Cell) -> Cell:
    """The cell as it may stand in a file: `=HYPERLINK(…)` → `'=HYPERLINK(…)`; `-3.5` as a number stays."""
    if not isinstance(cell, str):
        return cell
    return GUARD + cell if cell.startswith(GUARD) or cell.lstrip(" \u3000\u00a0")[:1] in FORMULA else cell


def restored(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell.removeprefix(GUARD)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file: UTF-8 with byte order mark, CRLF, quotes where needed (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([["" if cell is None else guarded(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig", "replace")
