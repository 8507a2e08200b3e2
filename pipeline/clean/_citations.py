"""Citation numbers and footnote marks in running text, named in the journal: `数据孤岛[12]。` has a `citation` at `[12]`.

They stay in the text, so that a quote is found in its document letter for letter; what the journal names is for those who cut spans
(no span begins, ends with or holds one) and for the page, which raises them. Numbers that a saved page raises itself (`<sup>`) are taken
out by the steps before, since there they stand in the middle of words.

What opens a line is left alone, for there it numbers an entry of the references; and so is what is no number of a reference: years in
brackets, numbers of documents (国办发[2018]123号), numbers of laws. Rings (①) are marks only where no list uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_NUMBER = r"\d{1,3}(?:[-–—~～]\d{1,3})?"
# [12]  [1,2]  [3-5]  ［12］  〔3〕  [20]43 (with a page), and what is left when a layout converter loses part of it: [4，  [。  [,8]  [2I-23]
_BRACKET = re.compile(
    rf"[ ]?(?P<open>[\[［〔])[ ]?(?P<inner>{_NUMBER}(?:[ ]?[,，、;；.．][ ]?{_NUMBER}){{0,12}})[ ]?(?P<close>[\]］〕])"
    r"(?P<page>\d{1,4}(?:[-–—]\d{1,4})?(?=[。，；、,;]))?"
    r"|(?P<damaged>[\[［](?:[ ]?[,，.]?[ ]?[\dIlO]{0,3}(?:[-–—,，.][\dIlO]{1,3}){0,3}[\]］]))"
    r"|(?P<unclosed>[\[［]\d{0,3}(?:[-–—,，]\d{1,3}){0,3})(?=[，。；：！？）)])"
)
_RING = re.compile(r"[①-⑳⓪㉑-㉟]")
_DOCUMENT_NUMBER = re.compile(r"\d{1,5}[ ]?号|第?\d{1,4}号")
_ENTRY = re.compile(r"[ \u3000]*(?:#{1,6} )?[\[［〔][ ]?\d{1,3}[ ]?[\]］〕]")
_REFERENCE_MARK = re.compile(r"[\[［][ ]?(?:[JMDCNRSPGAZ]|EB|DB|CP|M|J)[ ]?(?:[/／][ ]?(?:OL|CD|MT|DK))?[ ]?[\]］]")
_LIST_WORDS = "图表式步骤第见即如项类点条注"
_OPENERS = "（(《“‘【〈「『"


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that change nothing and name citation numbers (`citation`) and footnote marks (`note`); uncertain where a part is lost: `[4，`."""
    del source
    at = 0
    for line in text.split("\n"):
        if line and not line.startswith("\t") and ("[" in line or "［" in line or "〔" in line or _RING.search(line)):
            yield from _line(line, at)
        at += len(line) + 1


def _line(line: str, at: int) -> Iterator[Edit]:
    if _ENTRY.match(line) or "$$" in line or line.lstrip().startswith("!["):
        return
    reference = _REFERENCE_MARK.search(line) is not None
    edits: list[Edit] = []
    if not reference:
        edits += [Edit(at + start, at + end, line[start:end], "citation", certain) for start, end, certain in _brackets(line)]
    edits += [Edit(at + start, at + start + 1, line[start], "note") for start in _notes(line)]
    yield from sorted(edits, key=_start)


def _start(edit: Edit) -> int:
    return edit.start


def _brackets(line: str) -> Iterator[tuple[int, int, bool]]:
    for found in _BRACKET.finditer(line):
        start, end = found.span()
        last = start
        while last > 0 and line[last - 1] == " ":
            last -= 1
        before = line[last - 1 : last]
        if not before or before in _OPENERS or before in "=+*/<>$\\^_{[(,;":
            continue
        if found["inner"] is None:
            # a lone bracket can open a phrase: only behind words, and what is lost must have been a number
            if before.isalnum() or before in "”’》）)":
                yield start, end, False
            continue
        if found["open"] == "〔" and found["close"] != "〕":
            continue
        if _DOCUMENT_NUMBER.match(line, end) or (before.isascii() and before.isalnum() and line[end : end + 1].isascii() and line[end : end + 1].isalnum()):
            continue
        start += line[start] == " "
        yield start, end, True


def _notes(line: str) -> Iterator[int]:
    """Places of rings that mark a footnote: behind a word or quotation and before punctuation or the end, never where rings number a list."""
    rings = list(_RING.finditer(line))
    if not rings:
        return
    heads = [found.start() for found in rings if found.start() == 0 or line[found.start() - 1] in "：:；;，,、。 "]
    if len(heads) >= 2 or (heads and len(rings) >= 2):
        return
    for found in rings:
        start = found.start()
        if start == 0:
            continue
        before, after = line[start - 1], line[start + 1 : start + 2]
        if before in _LIST_WORDS or before in _OPENERS or before == " ":
            continue
        if after == "" or after in "。，；：！？”），;." or (before in "。！？”》）" and "\u4e00" <= after <= "\u9fff"):
            yield start
