"""Rows as a table on the page, to be read, sorted and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import copy_context

import pandas as pd
import streamlit as st

from app_pages._parts.cards import place
from app_pages._parts.language import begin, t
from graph.records import RemedyRow
from zhengmai.spreadsheet import Cell, to_csv

Made = tuple[Sequence[str], Iterable[Sequence[Cell]]]
"""header and rows"""
NameOf = Callable[[str, str | None], str]
"""family and code → word"""


COLUMNS = (
    "source",
    "title",
    "year",
    "kind",
    "dilemma",
    "remedy",
    "basis",
    "confidence",
    "author",
    "tier",
    "sample",
    "dilemma_sentence",
    "remedy_sentence",
    "place",
)
"""columns of the evidence table, by their message keys `column.*`"""


def evidence(rows: Iterable[RemedyRow], *, name: NameOf, sample: str) -> list[list[Cell]]:
    """One row a remedy, in the order of `COLUMNS`."""
    return [
        [
            row.source.file,
            row.source.title,
            row.source.year,
            name("kind", row.source.kind),
            row.dilemma.text,
            row.remedy.text,
            name("basis", row.basis),
            round(row.confidence, 3),
            row.author,
            name("tier", row.tier),
            sample if row.source.sample else "",
            row.dilemma.sentence,
            row.remedy.sentence,
            f"{row.source.document}:{row.remedy.start}-{row.remedy.end}",
        ]
        for row in rows
    ]


def links(rows: Iterable[RemedyRow]) -> list[Cell]:
    """Address of each remedy's words in its document."""
    return [place(row.source, row.remedy) for row in rows]


def frame(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, numbers: Iterable[int]) -> pd.DataFrame:
    """The rows as a table whose columns have one type each: whole numbers with gaps, floats, or text.

    A column of numbers and words stops a Streamlit page (Arrow); years without a number become gaps, which sort last.
    """
    counted = set(numbers)
    columns: dict[str, pd.Series] = {}
    for index, column in enumerate(header):
        cells = [row[index] for row in rows]
        if index in counted:
            whole = all(cell is None or isinstance(cell, int) for cell in cells)
            columns[column] = pd.Series(cells, dtype="Int64" if whole else "Float64")
        else:
            columns[column] = pd.Series(["" if cell is None else str(cell).encode("utf-8", "replace").decode() for cell in cells], dtype="string")
    return pd.DataFrame(columns)


def download(name: str, make: Callable[[], Made], *, key: str, label: str = "") -> None:
    """A button that saves what `make` gives as `zhengmai-NAME.csv`, in cells that cannot run as formulas; made when the button is pressed, not before."""
    # it is made in another thread, which does not know the language of this run
    run = copy_context()
    run.run(begin)
    st.download_button(
        label or t("table.save"),
        lambda: run.run(lambda: to_csv(*make())),
        f"zhengmai-{name}.csv",
        "text/csv",
        key=key,
        on_click="ignore",
        help=t("table.save_help"),
        icon=":material/download:",
        type="tertiary",
    )
