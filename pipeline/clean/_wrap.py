"""Lines that a page end, a picture, a table or a fixed width broke inside a sentence: joined again.

Chinese is joined without a blank, English words with one. What stands between the halves (a running head, a page number, a picture
with its caption, table rows, a foot of the title page) leaves the text and is named in the journal. Ends of paragraphs stay: a line is
only joined where the sentence is open, the next line cannot begin one, and the language model finds the bond likelier than the break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.records import SourceText
from pipeline.clean._breaks import (
    TextLine,
    between_kind,
    bond,
    closes_bracket,
    continues,
    ends_doubtful,
    ends_open,
    ends_sentence,
    head_key,
    is_dashed_page_number,
    is_labelled,
    leaves_title_open,
    lines_of,
    opens_paragraph,
    repeated_heads,
    word_across,
)
from pipeline.clean._draft import Edit

_LATIN_END = re.compile(r"[A-Za-z][A-Za-z0-9.&/-]*,?$")
_LATIN_START = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PROSE = re.compile(r"[，。；,;]")
_BYLINE = re.compile(r"[Ee]-?mail|[\w.]+@[\w.]+|\d{6}$|^[（(]?\d?[ ]?[\u4e00-\u9fff]{2,30}(?:大学|研究院|学院|研究所|中心)")
_REFERENCE = re.compile(r"[\[［](?:[JMDCNRSPG]|EB|DB)(?:[/／](?:OL|CD))?[\]］]|^[\[［]\d{1,3}[\]］]")
_STOPS = re.compile(r"^#? ?(?:参[ ]?考[ ]?文[ ]?献|參[ ]?考[ ]?文[ ]?獻|References)")
REACH = 40
"""lines looked at for the other half; table rows do not count"""
_KEPT = 1000
_LONG = 60
_FRAGMENT = 8
_OPEN = 2.0
SHORTEST = 12
_FEWEST = 6
_SAMPLE = 60
MOST_WIDE = 130
"""columns of a line of fixed width at most; a longer one is a paragraph"""


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that join the halves of sentences: `责任清\\n单制度` → 责任清单制度, `AI for\\nScience` → AI for Science; page numbers go."""
    # a block of a saved page is a line, whatever its width
    sheet = _Sheet(text, broken=source.format in ("txt", "md"))
    number, count = 0, len(sheet.lines)
    in_references = False
    paragraph = ""
    while number < count:
        line = sheet.lines[number]
        if number in sheet.dropped:
            yield Edit(line.start, line.end, "", "running")
            number += 1
            paragraph = ""
            continue
        if _STOPS.match(line.text):
            in_references = True
        elif in_references and line.text.startswith("# "):
            in_references = False
        paragraph = _shortened(paragraph + line.text)
        other = None if in_references or not line.text else _other_half(sheet, number, paragraph)
        if other is None:
            paragraph = ""
            number += 1
            continue
        yield from _joined(sheet, number, other)
        number = other


class _Sheet:
    """The lines of a text, what width they were broken at (0: none), which are running heads or page numbers, and what each can be."""

    def __init__(self, text: str, *, broken: bool) -> None:
        self.text = text
        self.lines = lines_of(text)
        self.repeated = repeated_heads(self.lines)
        self.width = _fixed_width(self.lines) if broken else 0
        pages = {number for number, line in enumerate(self.lines) if is_dashed_page_number(line.text)}
        self.dropped = pages | _page_heads(self.lines, pages, self.repeated)
        self._kinds: dict[int, str | None] = {}

    def kind(self, number: int) -> str | None:
        """What line `number` can be between two halves of a sentence, or none where it is text."""
        if number not in self._kinds:
            self._kinds[number] = between_kind(self.lines[number].text, self.repeated)
        return self._kinds[number]


def _shortened(paragraph: str) -> str:
    """`paragraph` with what decides whether it goes on: its head, its end, and a full stop if it had one in between."""
    if len(paragraph) <= _KEPT:
        return paragraph
    stop = "。" if "。" in paragraph else ""
    return paragraph[: _KEPT // 4] + stop + paragraph[-_KEPT // 2 :]


def _other_half(sheet: _Sheet, number: int, paragraph: str) -> int | None:
    """Number of the line that goes on `paragraph`, which ends in line `number`, or none where it is complete."""
    lines, width = sheet.lines, sheet.width
    line = lines[number]
    if (not width and ends_sentence(paragraph)) or not _may_go_on(line.text, paragraph):
        return None
    at, steps, blank, between = number + 1, 0, False, False
    while at < len(lines) and steps < REACH:
        candidate = lines[at].text
        if candidate == "":
            blank = True
        elif candidate.startswith("\t"):
            between, steps = True, steps - 1
        elif at in sheet.dropped or (not continues(candidate) and sheet.kind(at) is not None):
            between = True
        else:
            break
        at += 1
        steps += 1
    else:
        return None
    if width and not between and not blank:
        full = abs(line.width - width) <= 4
        if full and not lines[at].indented and not opens_paragraph(lines[at].text):
            return at
        if not full or ends_sentence(paragraph):
            return None
    return at if _goes_on(paragraph, lines[at], line.indented, apart=blank + 2 * between) else None


def _may_go_on(line: str, paragraph: str) -> bool:
    if line[0] in "\t!#" or line.startswith("$$") or _REFERENCE.search(line) or not _HAN.search(paragraph):
        return False
    return not _BYLINE.search(line[-80:]) and not is_labelled(paragraph)


def _goes_on(paragraph: str, line: TextLine, indented: bool, *, apart: int) -> bool:
    """Whether `line` goes on the sentence that `paragraph` leaves open; `apart`: 0 side by side, 1 with an empty line between, 2 or 3 with more."""
    text = line.text
    if ends_sentence(paragraph) or opens_paragraph(text) or is_labelled(text) or _REFERENCE.search(text[:60]) or leaves_title_open(paragraph, text):
        return False
    # a numbered heading can hold commas, but no full stop, and is short
    numbered = opens_paragraph(paragraph) and len(paragraph) < _LONG
    prose = len(paragraph) >= 2 * SHORTEST and ("。" in paragraph or (_PROSE.search(paragraph) is not None and not numbered))
    if numbered and not prose:
        return False
    if prose and len(text) <= _FRAGMENT and text.endswith("。"):
        return True
    if continues(text):
        return prose or len(paragraph) >= SHORTEST
    if _LATIN_END.search(paragraph) and _LATIN_START.match(text):
        return prose and (not apart or closes_bracket(paragraph, text))
    if ends_open(paragraph):
        return prose and (_HAN.match(text) is not None or text[0] in "“《（‘") and (not apart or bond(paragraph, text) > _OPEN)
    if not _HAN.search(paragraph[-2:]) and not _HAN.match(text):
        return False
    needed = 1.0 + apart + 3.0 * ends_doubtful(paragraph) + 2.0 * (line.indented and indented and not apart) - 3.0 * closes_bracket(paragraph, text)
    if prose:
        return bond(paragraph, text) > needed
    # a bare heading must never run into the paragraph under it: only a word that is cut in two is proof
    return len(paragraph) >= SHORTEST and _PROSE.search(text) is not None and bond(paragraph, text) > needed + 4.0 and word_across(paragraph, text)


def _joined(sheet: _Sheet, number: int, other: int) -> Iterator[Edit]:
    """The line end between the halves, blanks around it, and the lines that stand between."""
    text, lines = sheet.text, sheet.lines
    left, right = lines[number], lines[other]
    start = left.start + len(text[left.start : left.end].rstrip(" \u3000"))
    end = right.start + len(text[right.start : right.end]) - len(text[right.start : right.end].lstrip(" \u3000"))
    glue = " " if _LATIN_END.search(text[left.start : start]) and _LATIN_START.match(text[end : end + 1]) else ""
    at = start
    new = glue
    for between in range(number + 1, other):
        line = lines[between]
        kind = sheet.kind(between) if line.text else None
        if kind is None:
            continue
        if at < line.start:
            yield Edit(at, line.start, new, "wrap")
            new = ""
        yield Edit(line.start, line.end, "", kind)
        at = line.end
    yield Edit(at, end, new, "wrap")


def _fixed_width(lines: Sequence[TextLine]) -> int:
    """Columns at which the lines of a text were broken, or 0 where a line is a paragraph."""
    widths = [(number, line.width) for number, line in enumerate(lines) if SHORTEST < len(line.text) <= MOST_WIDE and line.text[0] not in "#\t!$"]
    if len(widths) < _FEWEST:
        return 0
    counts = Counter(width for _, width in widths)
    width = max(counts, key=lambda w: (counts[w] + counts[w - 1] + counts[w - 2], w))
    full = [number for number, w in widths if abs(w - width) <= 3]
    longer = sum(len(line.text) > MOST_WIDE for line in lines)
    if width > MOST_WIDE or len(full) < 0.4 * (len(widths) + 4 * longer):
        return 0
    # a list of short lines can be as even as broken prose: in prose the next line goes on the sentence
    pairs = [(lines[i].text, lines[i + 1].text) for i in full[:-1] if lines[i + 1].text][:_SAMPLE]
    going_on = sum(not ends_sentence(left) and not opens_paragraph(right) and bond(left, right) > 0 for left, right in pairs)
    return width if pairs and going_on >= 0.6 * len(pairs) else 0


def _page_heads(lines: Sequence[TextLine], pages: set[int], repeated: Counter[str]) -> set[int]:
    """Repeated lines next to a page number or at an end of the text, every time they occur: the running heads."""
    if not pages:
        return set()
    filled = [number for number, line in enumerate(lines) if line.text]
    edges = {filled[0], filled[-1]}
    for place, number in enumerate(filled):
        if number in pages:
            edges.update(filled[max(0, place - 1) : place + 2])
    found: set[int] = set()
    by_key: dict[str, list[int]] = {}
    for number in filled:
        key = head_key(lines[number].text)
        if key and repeated[key] > 1:
            by_key.setdefault(key, []).append(number)
    for numbers in by_key.values():
        if all(number in edges for number in numbers):
            found.update(numbers)
    return found
