"""Marks of markdown that are not text: emphasis, links, pictures within a line, escapes, quotation bars, rules, pipe tables.

What tells the structure something stays: heading marks at the head of a line (`## 二、对策`) and pictures on a line of their own
(`![](图.jpg)`). Rows of pipe tables become lines of tab-parted cells, as those of HTML tables do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)[ \u3000]*")
_RULE = re.compile(r"[ \t]*(?:-[ \t]*){3,}$|[ \t]*(?:\*[ \t]*){3,}$|[ \t]*(?:_[ \t]*){3,}$|[ \t]*={4,}[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:> ?)+")
_FENCE = re.compile(r" {0,3}(?:```|~~~)[\w-]*[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|[ \t]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*$")
_PICTURE_LINE = re.compile(r"[ \t]*!\[[^\]\n]*\]\([^()\n]*\)[ \t]*$")
_ADDRESS = r"(?:https?://|ftp://|mailto:|www\.|\.{0,2}/|#|javascript:|[\w%.-]+\.(?:s?html?|aspx?|php|jsp|pdf|docx?|xlsx?|md|jpe?g|png|gif)\b)[^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?"
_INLINE = re.compile(
    r"(?P<formula>\$[^$\n]{1,1000}\$)"
    r"|(?P<picture>!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}\))"
    rf"|(?P<link>\[(?P<shown>[^\[\]\n]{{0,500}})\]\( {{0,9}}<?{_ADDRESS}>?(?: {{1,9}}[\"“'][^\"”'\n]{{0,300}}[\"”'])? {{0,9}}\))"
    r"|(?P<autolink><https?://[^<>\s]{1,2000}>)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|~%&$<>])"
    r"|(?P<strong>\*\*|__(?![_\w]|$)|(?<![\w_])__)"
)
_CELL_EDGE = re.compile(r"\\\||\||\*\*")
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])(?P<inner>[^*\n]{1,300})(?<=[^\s*])\*(?![\w*])")


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that leave the words of marked-up lines: `应当**打破**[数据孤岛](/a.html)` → 应当打破数据孤岛. Markdown files alone."""
    if source.format != "md":
        return
    at = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line and not line.startswith("\t") and "$$" not in line:
            yield from _line(lines, number, line, at)
        at += len(line) + 1


def _line(lines: list[str], number: int, line: str, at: int) -> Iterator[Edit]:
    if _RULE.match(line) or _FENCE.match(line):
        yield Edit(at, at + len(line), "", "markup")
        return
    if "|" in line and _is_table_row(lines, number, line):
        yield from _row(line, at)
        return
    begin = 0
    heading = _HEADING.match(line)
    if heading:
        wanted = heading[1] + " "
        begin = heading.end()
        if heading[0] != wanted and begin < len(line):
            yield Edit(at, at + begin, wanted, "markup")
        body = line.rstrip()
        closing = len(body.rstrip("#"))
        if begin < closing < len(body) and body[closing - 1] == " ":
            yield from _inline(line[:closing], begin, at)
            yield Edit(at + closing, at + len(body), "", "markup")
            return
    elif (quote := _QUOTE.match(line)) is not None:
        begin = quote.end()
        yield Edit(at, at + begin, "", "markup")
    elif _PICTURE_LINE.match(line):
        return
    yield from _inline(line, begin, at)


def _inline(line: str, begin: int, at: int) -> Iterator[Edit]:
    """Edits on the words of one line from `begin` on; emphasis counts only where its marks come in pairs."""
    edits: list[Edit] = []
    strong: list[Edit] = []
    for found in _INLINE.finditer(line, begin):
        start, end = found.span()
        if found["formula"]:
            # its backslashes and stars are its own
            continue
        if found["picture"]:
            edits.append(Edit(at + start, at + end, "", "image"))
        elif found["link"]:
            first, last = found.span("shown")
            edits.append(Edit(at + start, at + first, "", "markup"))
            edits.append(Edit(at + last, at + end, "", "markup"))
        elif found["autolink"]:
            edits.append(Edit(at + start, at + start + 1, "", "markup"))
            edits.append(Edit(at + end - 1, at + end, "", "markup"))
        elif found["escaped"]:
            edits.append(Edit(at + start, at + start + 1, "", "markup"))
        else:
            strong.append(Edit(at + start, at + end, "", "markup"))
    edits += strong[: len(strong) // 2 * 2]
    taken = sorted(edits, key=_start)
    starts = [edit.start for edit in taken]
    for found in _ITALIC.finditer(line, begin):
        marks = (at + found.start(), at + found.end() - 1)
        if not any(_touches(taken, starts, mark) for mark in marks):
            edits += [Edit(mark, mark + 1, "", "markup") for mark in marks]
    yield from sorted(edits, key=_start)


def _touches(taken: list[Edit], starts: list[int], mark: int) -> bool:
    """Whether an edit covers the asterisk at `mark`, or ends right before it as the backslash of an escape does."""
    near = bisect_right(starts, mark) - 1
    return near >= 0 and taken[near].end >= mark and taken[near].start <= mark


def _start(edit: Edit) -> int:
    return edit.start


def _is_table_row(lines: list[str], number: int, line: str) -> bool:
    """Whether the line belongs to a pipe table: bars at its ends and a neighbour that has them too, or beside the rule of one."""
    around = (lines[number - 1] if number else "", lines[number + 1] if number + 1 < len(lines) else "")
    if _TABLE_RULE.match(line) or any("|" in other and _TABLE_RULE.match(other) for other in around):
        return True
    bare = line.strip()
    return bare.startswith("|") and bare.endswith("|") and len(bare) > 2 and any(other.strip().startswith("|") for other in around)


def _row(line: str, at: int) -> Iterator[Edit]:
    if _TABLE_RULE.match(line):
        yield Edit(at, at + len(line), "", "markup")
        return
    bare = line.rstrip()
    end = len(bare)
    if bare.endswith("|") and not bare.endswith("\\|"):
        end -= 1
    begin = len(line) - len(line.lstrip())
    if line[begin] == "|":
        begin += 1
        while begin < end and line[begin] == " ":
            begin += 1
        yield Edit(at, at + begin, "\t", "markup")
    else:
        yield Edit(at + begin, at + begin, "\t", "markup")
    last = begin
    for found in _CELL_EDGE.finditer(line, begin, end):
        start, stop = found.span()
        if found[0] == "|":
            while start > last and line[start - 1] == " ":
                start -= 1
            while stop < end and line[stop] == " ":
                stop += 1
        if start < last:
            continue
        yield Edit(at + start, at + stop, {"\\|": "|", "**": "", "|": "\t"}[found[0]], "markup")
        last = stop
    if end < len(bare):
        yield Edit(at + end, at + len(bare), "", "markup")
