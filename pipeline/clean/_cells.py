"""Tabs: between the cells of a table they stay, and a row gets one in front; anywhere else a tab is a blank.

Saved pages come with a tab between two cells of a row (`corpus.readers`); text that was copied out of a table has them too. A tab at
the head of a line of plain text only indents it.

Columns of a drawing that a converter read across (`数据采集 数据清洗 数据应用  `, every line with the hard break of markdown, and no sentence
in the whole paragraph) are rows too: their words belong to their column, so joined line by line they would read as a sentence that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_LINE = re.compile(r"[^\r\n]+")
_LINE_ENDS = 4
_EDGE = " \u3000\xa0"
_HARD_BROKEN = re.compile(r"(?:(?m:^)[^\t\n]*\S {2,}\n){2,}[^\t\n]*\S[^\t\n]*")
_COLUMN_GAP = re.compile(r"(?<=[\u4e00-\u9fff，、；：》）”\"]) (?=[\u4e00-\u9fff《（“])")
_NO_DRAWING = re.compile(r"。|[\[［][JMDCNRSPG](?:/OL)?[\]］]|^[\[［]?\d|\d{4}[,，年]\d*[(（]|关键词|關鍵詞|摘要|作者|通讯|[Ee]-?mail|@|\d{6}", re.MULTILINE)
_FEWEST_GAPS = 6


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that leave tabs in table rows alone, one before every cell: `问题\\t原因\\t措施` → `\\t问题\\t原因\\t措施`."""
    paged = source.format in ("html", "mhtml")
    edits = [*_tabs(text, paged=paged)] if "\t" in text else []
    if not paged and "  \n" in text:
        edits += _drawn(text)
        edits.sort(key=attrgetter("start"))
    yield from edits


def _tabs(text: str, *, paged: bool) -> Iterator[Edit]:
    """Edits of the lines that hold a tab."""
    found = [match for match in _LINE.finditer(text) if "\t" in match[0]]
    columns = [0 if paged else _inner(match[0]) for match in found]
    for number, match in enumerate(found):
        line = match[0]
        if paged:
            row = "\t" in line.strip(_EDGE)
        else:
            row = columns[number] > 0 and any(_same_table(text, found, columns, number, other) for other in (number - 1, number + 1))
        yield from _row(match, indented=not paged) if row else _blanks(match)


def _drawn(text: str) -> Iterator[Edit]:
    """Edits that make the lines of a drawing rows: a tab in front of each, and for each gap between columns."""
    for found in _HARD_BROKEN.finditer(text):
        paragraph = found[0]
        gaps = len(_COLUMN_GAP.findall(paragraph))
        if gaps < max(_FEWEST_GAPS, paragraph.count("\n") + 1) or _NO_DRAWING.search(paragraph):
            continue
        for line in _LINE.finditer(text, found.start(), found.end()):
            yield Edit(line.start(), line.start(), "\t", "markup")
            for gap in _COLUMN_GAP.finditer(text, line.start(), line.end()):
                yield Edit(gap.start(), gap.end(), "\t", "markup")


def _inner(line: str) -> int:
    return line.strip(_EDGE + "\t").count("\t")


def _same_table(text: str, found: list[re.Match[str]], columns: list[int], number: int, other: int) -> bool:
    """Whether two neighbours are rows of one table: as many cells, or both with a tab in front as the rows of a draft have."""
    if not 0 <= other < len(found):
        return False
    alike = columns[other] == columns[number] or (columns[other] > 0 and found[number][0][0] == found[other][0][0] == "\t")
    first, second = sorted((number, other))
    gap = text[found[first].end() : found[second].start()]
    return alike and len(gap) <= _LINE_ENDS and not gap.strip()


def _row(match: re.Match[str], *, indented: bool) -> Iterator[Edit]:
    line, at = match[0], match.start()
    begin = len(line) - len(line.lstrip(_EDGE + "\t" * indented))
    end = len(line.rstrip(_EDGE + "\t"))
    yield Edit(at, at + begin, "\t", "markup")
    for gap in re.finditer(r"\t", line[begin:end]):
        start, stop = begin + gap.start(), begin + gap.end()
        if line[start - 1] in _EDGE or line[stop] in _EDGE:
            yield from _trimmed(line, at, start, stop)
    if end < len(line):
        yield Edit(at + end, at + len(line), "", "blank")


def _trimmed(line: str, at: int, start: int, stop: int) -> Iterator[Edit]:
    """The blanks on either side of one tab."""
    left, right = start, stop
    while left > 0 and line[left - 1] in _EDGE:
        left -= 1
    while right < len(line) and line[right] in _EDGE:
        right += 1
    if left < start:
        yield Edit(at + left, at + start, "", "blank")
    if right > stop:
        yield Edit(at + stop, at + right, "", "blank")


def _blanks(match: re.Match[str]) -> Iterator[Edit]:
    for gap in re.finditer(r"\t+", match[0]):
        yield Edit(match.start() + gap.start(), match.start() + gap.end(), " ", "blank")
