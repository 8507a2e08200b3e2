"""The evidence behind an answer as a table: RFC 4180 with a byte order mark, so that Excel reads the Chinese, and nothing that it would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from graph.records import RemedyRow

COLUMNS = (
    "concept",
    "tier",
    "dilemma",
    "remedy",
    "basis",
    "confidence",
    "force",
    "voice",
    "dilemma_sentence",
    "remedy_sentence",
    "section",
    "title",
    "year",
    "citation",
    "document",
    "start",
    "end",
    "author",
    "review",
    "unprintable",
)
_NUMBERS = frozenset(("confidence", "year", "start", "end"))
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""first signs that make a spreadsheet take a cell for a formula (OWASP, CSV Injection), and the mark that keeps it from it"""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""what XML 1.0, and so every spreadsheet, refuses"""


def evidence_csv(rows: Iterable[RemedyRow], citations: Mapping[str, str]) -> bytes:
    """One line a remedy, in the order of `rows`; `citations`: document id → its citation.

    Places count code points of the cleaned text. A cell of words that begins as a formula does, or with an apostrophe, gets a leading
    apostrophe (`=1+1` → `'=1+1`), so that taking one away restores every such cell; numbers stay numbers. What no spreadsheet can hold
    becomes U+FFFD; the last column names the cells where that happened.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (
            row.concept,
            row.tier,
            row.dilemma.text,
            row.remedy.text,
            row.basis,
            f"{row.confidence:.4f}",
            row.force or "",
            row.voice,
            row.dilemma.sentence,
            row.remedy.sentence,
            row.remedy.section,
            row.source.title,
            str(row.source.year or ""),
            citations.get(row.source.document, ""),
            row.source.document,
            str(row.remedy.start),
            str(row.remedy.end),
            row.author,
            row.review,
        )
        lost = [name for name, cell in zip(COLUMNS, cells, strict=False) if _UNPRINTABLE.search(cell)]
        writer.writerow(
            [cell if name in _NUMBERS else _plain(_UNPRINTABLE.sub("\ufffd", cell)) for name, cell in zip(COLUMNS, (*cells, " ".join(lost)), strict=True)]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell
