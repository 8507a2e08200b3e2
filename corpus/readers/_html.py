"""HTML → every text node in reading order, a line for each block, with what the page says of each line and of itself.

libxml2's parser reads tags as the HTML standard does and hands them over one by one, so that no tree is built: 50 MB, 100,000 nested tags and
entities cost time and memory in proportion to their size. Nothing is chosen here: navigation and advertisements are read too, with their tags,
class words and share of links, and it is for the pipeline to leave them out with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from corpus.errors import EmptyFile
from corpus.readers._elements import SKIPPED, Element
from corpus.readers._encoding import Decoded, declared_encoding, decode
from corpus.readers._evidence import DAMAGE
from corpus.readers._lines import Cell, Line, Lines, Row, collapse
from corpus.readers._page_meta import PageMeta
from corpus.records import Damage, Node, SourceText

_CHUNK = 1 << 16
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,60}encoding\s*=\s*[\"']([\w.:-]{2,30})", re.IGNORECASE)
_PRESCAN = 4096
_LAYOUT = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "article", "section", "form", "blockquote", "pre", "hr"})
"""what a cell of a table of data does not hold"""
_MOST_COLUMNS = 1000
"""the HTML standard's own limit of colspan"""
_STAND_IN = 0x100000
"""damaged places pass the parser as characters of the last private plane, numbered, and are told by that in what comes out"""
_STAND_INS = re.compile("[\U00100000-\U0010ffff]")


def read_html(data: bytes, *, name: str) -> SourceText:
    """The source text of a page.

    Raises:
        EmptyFile, BinaryFile, UndecodableFile, TooLarge
    """
    decoded = decode(data, name=name, declared=_declared(data))
    return page_text(decoded, name=name)


def page_text(decoded: Decoded, *, name: str) -> SourceText:
    """The source text of a page whose characters are known.

    Raises:
        EmptyFile: the page has no words; the text of such pages is fetched by a script.
        TooLarge: more than half a million lines.
    """
    text, warnings = decoded.text, list(decoded.warnings)
    if nuls := text.count("\0"):
        text = text.replace("\0", "")
        warnings.append(f"nul_characters: {nuls} NUL characters left out, as browsers do")
    text, damages = _with_stand_ins(text, decoded.damages if not nuls else ())
    page = _Page(name=name)
    # a fixed encoding: what the page declares has been weighed already
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True, remove_comments=True)
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK].encode("utf-8"))
    read, nodes = parser.close()
    read, found = _without_stand_ins(read, damages)
    if not read.strip():
        raise EmptyFile(name=name)
    return SourceText(text=read, format="html", encoding=decoded.encoding, nodes=nodes, meta=page.meta.items(), damages=found, warnings=tuple(warnings))


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data, 0, _PRESCAN)
    return declared_encoding((found.group(1) or found.group(2)).decode("ascii", "replace")) if found else None


def _with_stand_ins(text: str, damages: tuple[Damage, ...]) -> tuple[str, tuple[Damage, ...]]:
    if not damages or _STAND_INS.search(text):
        return text, ()
    pieces, at = [], 0
    for number, damage in enumerate(damages):
        pieces += [text[at : damage.start], chr(_STAND_IN + number)]
        at = damage.end
    return "".join([*pieces, text[at:]]), damages


def _without_stand_ins(text: str, damages: tuple[Damage, ...]) -> tuple[str, tuple[Damage, ...]]:
    if not damages:
        return text, ()
    found = tuple(
        Damage(start=hit.start(), end=hit.end(), byte=damages[ord(hit.group()) - _STAND_IN].byte)
        for hit in _STAND_INS.finditer(text)
        if ord(hit.group()) - _STAND_IN < len(damages)
    )
    return _STAND_INS.sub(DAMAGE, text), found


class _Table:
    """A table while it is read: the row at hand, and how many rows below each column is still taken by a cell that spans rows."""

    __slots__ = ("column", "row", "taken")

    def __init__(self) -> None:
        self.row: Row | None = None
        self.column = 0
        self.taken: dict[int, int] = {}

    def begin_row(self) -> None:
        self.row = Row()
        self.column = -1
        self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}

    def begin_cell(self, attributes: Mapping[str, str]) -> int:
        column = self.column + 1
        while column in self.taken:
            column += 1
        wide, high = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        for spanned in range(column, min(column + wide, _MOST_COLUMNS)) if high > 1 else ():
            self.taken[spanned] = high
        self.column = min(column + wide - 1, _MOST_COLUMNS)
        return column


def _span(value: str | None) -> int:
    return min(int(value), _MOST_COLUMNS) if value and value.isascii() and value.isdigit() and len(value) < 6 and int(value) else 1


class _Page:
    """Target of the parser: is told of every tag and text, and keeps the line at hand."""

    def __init__(self, *, name: str) -> None:
        self.meta = PageMeta()
        self._lines = Lines(name=name)
        self._open: list[Element] = []
        self._skipping = 0
        self._skipped: list[str] = []
        self._skipped_tag = ""
        self._svg = 0
        self._tables: list[_Table] = []
        self._cells: list[Cell | None] = []
        self._pieces: list[tuple[str, Element]] = []
        self._holder: Element | None = None
        """innermost element that holds all of the line at hand, and how deep it stands"""
        self._depth = self._lowest = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.lower()
        if self._skipping:
            self._skipping += 1
            return
        self.meta.see(tag, attributes)
        if tag in SKIPPED:
            self._skipping, self._skipped_tag = 1, tag
            return
        element = Element(tag, attributes, self._open[-1] if self._open else None)
        if element.block is element or tag == "br":
            self._end_line()
        self._open.append(element)
        if tag in _LAYOUT and self._cells and (cell := self._cells[-1]) is not None:
            cell.row.layout = True
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th"):
            table = self._tables[-1] if self._tables else None
            self._cells.append(Cell(table.row, table.begin_cell(attributes), tag) if table is not None and table.row is not None else None)
        elif tag == "svg":
            self._svg += 1

    def end(self, _tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            if not self._skipping and not self._svg:
                self.meta.hear(self._skipped_tag, "".join(self._skipped))
            if not self._skipping:
                self._skipped.clear()
            return
        if not self._open:
            return
        element = self._open[-1]
        if element.block is element:
            self._end_line()
        self._open.pop()
        self._lowest = min(self._lowest, len(self._open))
        if element.tag == "table" and self._tables:
            self._tables.pop()
        elif element.tag in ("td", "th") and self._cells:
            self._cells.pop()
        elif element.tag == "tr" and self._tables:
            self._tables[-1].row = None
        elif element.tag == "svg":
            self._svg -= 1
        if element.tag == "tr" and not self._cells:
            self._lines.settle()

    def data(self, text: str) -> None:
        if self._skipping:
            self._skipped.append(text)
            return
        if not self._open:
            return
        element = self._open[-1]
        if not element.preformatted:
            self._take(text, element)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end_line()
            if line:
                self._take(line.rstrip("\r"), element)

    def _take(self, text: str, element: Element) -> None:
        self._pieces.append((text, element))
        if text.isspace():
            return
        if self._holder is None:
            self._holder, self._depth = element, len(self._open)
        elif self._lowest < self._depth:
            self._holder, self._depth = self._open[self._lowest - 1], self._lowest
        self._lowest = len(self._open)

    def _end_line(self) -> None:
        if not self._pieces:
            return
        runs, linked = collapse(self._pieces)
        holder, self._holder, self._pieces = self._holder, None, []
        if not runs or holder is None:
            return
        length = sum(len(run.text) for run in runs)
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            cell.row.count(cell.column, length)
        self._lines.add(Line(runs, holder, round(linked / length, 3), cell), wait=bool(self._cells))

    def close(self) -> tuple[str, tuple[Node, ...]]:
        self._end_line()
        return self._lines.finish()
