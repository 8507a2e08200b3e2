"""The evidence behind an answer as a table: RFC 4180 with a byte order mark, so that Excel reads the Chinese, and nothing that it would run."""

from __future__ import annotations

import csv
import io
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
)
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""first signs that make a spreadsheet take a cell for a formula (OWASP, CSV Injection)"""


def evidence_csv(rows: Iterable[RemedyRow], citations: Mapping[str, str], *, manifest: Mapping[str, str]) -> bytes:
    """One line a remedy, in the order of `rows`, below one line a value of `manifest`; `citations`: document id → its citation.

    Places count code points of the cleaned text. A cell that begins as a formula does gets a leading apostrophe: `=1+1` → `'=1+1`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for name, value in manifest.items():
        writer.writerow(["#", _plain(name), _plain(value)])
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
        writer.writerow([_plain(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell
