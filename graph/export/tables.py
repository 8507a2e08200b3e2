"""Links and statements as tables: CSV (UTF-8 with mark, RFC 4180) and an Excel workbook in which no cell can run.

One line a link; then one line for each statement that no exported link touches. Text cells are guarded as `graph.export.cells` says; places count
code points of the cleaned text. A cell that is longer than Excel allows is cut, and its last sign is `…`; the place says where to read on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from graph.export.cells import Cell, guarded, to_csv
from graph.export.gbt7714 import SAMPLE
from graph.export.material import ExportedDocument, Material, printable
from graph.export.stable_zip import rewritten
from graph.records import FactorView

__all__ = ["LINKS", "STATEMENTS", "write_csv", "write_xlsx"]

LONGEST_CELL = 32_767
"""characters of a cell (Microsoft, Excel specifications and limits)"""
LINKS = (
    "link",
    "type",
    "basis",
    "confidence",
    "author",
    "review",
    "from_type",
    "from_text",
    "from_sentence",
    "from_start",
    "from_end",
    "to_type",
    "to_text",
    "to_sentence",
    "to_start",
    "to_end",
    "force",
    "document",
    "title",
    "year",
    "citation",
    "concepts",
)
STATEMENTS = (
    "statement",
    "type",
    "text",
    "sentence",
    "section",
    "start",
    "end",
    "dim",
    "force",
    "voice",
    "concepts",
    "confidence",
    "author",
    "review",
    "document",
    "title",
)
_DOCUMENTS = ("document", "title", "authors", "issuer", "date", "year", "kind", "number", "citation", "statements", "links", "sample")
_WIDE = 48
_NARROW = 14


def write_csv(material: Material, out: BinaryIO) -> None:
    """The table of links with the statements that have none."""
    out.write(to_csv(LINKS, ([printable(cell) if isinstance(cell, str) else cell for cell in row] for row in _links(material, lone=True))))


def _links(material: Material, *, lone: bool) -> Iterator[list[Cell]]:
    for document in material.documents():
        factors, citation = document.factors(), document.citation
        of: list[Cell] = [document.id, document.title, document.view.source.year, citation]
        linked: set[str] = set()
        for link in document.view.links:
            one, other = factors[link.source], factors[link.target]
            linked |= {link.source, link.target}
            said: list[Cell] = [link.id, link.type, link.basis, link.confidence, link.author, link.review]
            yield [*said, *_end(one), *_end(other), other.force or one.force, *of, " ".join(dict.fromkeys((*one.concepts, *other.concepts)))]
        for factor in document.view.factors if lone else ():
            if factor.id not in linked:
                said = ["", "", "", factor.confidence, factor.author, factor.review]
                yield [*said, *_end(factor), "", "", "", None, None, factor.force, *of, " ".join(factor.concepts)]


def _end(factor: FactorView) -> list[Cell]:
    return [factor.type, factor.text, factor.sentence, factor.start, factor.end]


def _statements(material: Material) -> Iterator[list[Cell]]:
    for document in material.documents():
        for factor in document.view.factors:
            told: list[Cell] = [factor.id, factor.type, factor.text, factor.sentence, factor.section, factor.start, factor.end]
            told += [factor.dim, factor.force, factor.voice, " ".join(factor.concepts), factor.confidence, factor.author, factor.review]
            yield [*told, document.id, document.title]


def _document(document: ExportedDocument) -> list[Cell]:
    source, info = document.view.source, document.statements.document
    said: list[Cell] = [document.id, document.title, "; ".join(source.authors), "; ".join(issuer.name for issuer in info.issuers), source.date, source.year]
    return [*said, source.kind, info.number, document.citation, len(document.view.factors), len(document.view.links), SAMPLE if source.sample else ""]


def write_xlsx(material: Material, out: BinaryIO) -> None:
    """A workbook with the sheets links, statements, documents and manifest; headings stand still, and columns can be filtered."""
    # loaded when a workbook is asked for
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = material.manifest.program
    for title, header, rows in (
        ("links", LINKS, _links(material, lone=False)),
        ("statements", STATEMENTS, _statements(material)),
        ("documents", _DOCUMENTS, (_document(document) for document in material.documents())),
        ("manifest", ("part", "value"), ([*line.split(": ", 1)] for line in material.manifest.lines())),
    ):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        _fit_for_paper(sheet)
        for number, name in enumerate(header):
            sheet.column_dimensions[_letters(number)].width = _WIDE if name.endswith(("text", "sentence", "citation", "value", "title")) else _NARROW
        sheet.append(list(header))
        count = 1
        for row in rows:
            sheet.append([_cell(sheet, cell) for cell in row])
            count += 1
        sheet.auto_filter.ref = f"A1:{_letters(len(header) - 1)}{count}"
    # the day of the manifest, not of this moment: the same material gives the same bytes
    with rewritten(out, material.manifest.date) as whole:
        book.save(whole)


def _fit_for_paper(sheet: Any) -> None:
    """A4 on its side, all columns on one page, the header on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _cell(sheet: Any, cell: Cell) -> Any:
    """Text as text, whatever it begins with; numbers as numbers."""
    if not isinstance(cell, str):
        return cell
    text = str(guarded(printable(cell)))
    text = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
    if not text.startswith("#"):
        return text
    # `#N/A` as a quote is no error value
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    return made


def _letters(number: int) -> str:
    return chr(ord("A") + number)
