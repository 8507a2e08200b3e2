"""The evidence behind an answer as a table of plain cells, for whatever form it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

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
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""what XML 1.0, and so every spreadsheet, refuses"""


def evidence(rows: Iterable[RemedyRow], citations: Mapping[str, str]) -> Iterator[list[str]]:
    """One row of `COLUMNS` a remedy, in the order of `rows`; `citations`: document id → its citation.

    Places count code points of the cleaned text. What no spreadsheet can hold becomes U+FFFD; the last column names the cells where that happened.
    """
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
        yield [*(_UNPRINTABLE.sub("\ufffd", cell) for cell in cells), " ".join(lost)]
