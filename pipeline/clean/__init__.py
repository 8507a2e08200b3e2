"""clean: a source text → readable lines, every change in a journal with its raw place. A step a module; `STEPS` is the order.

What a draft looks like, for those who read it (structure, metadata):

- Lines are parted by `\\n`. A paragraph is one line; lines that a page end, a table or a fixed width broke in mid-sentence are joined.
  No line begins or ends with a blank. Empty lines stay where the source has them.
- A heading mark stays at the head of its line: `# ` to `###### ` and the words. The structure takes it as a hint and strips it.
- A line that begins with a tab is a row of a table, with a tab before every cell: `\\t问题\\t原因\\t措施`. No other line holds a tab.
- A picture on a line of its own stays: `![…](…)`. So does a formula on a line of its own: `$$ … $$`, on one line.
- Pinyin, running heads, page numbers, what stood between the halves of a joined sentence and the raised numbers of saved pages are not
  in the text; the journal has each with its raw place and one of the `KINDS`.
- Citation numbers (`[12]`) and note marks (①) of plain text and markdown stay, so that quotes are found letter for letter; the journal names
  each, under `citation` or `note`, with its raw place. Spans are to be cut without them.
- A journal entry with `certain=False` whose `text` is what the source has marks a damage that could not be repaired.
"""

from __future__ import annotations

from corpus.records import SourceText
from pipeline.clean import (
    _annotations,
    _blanks,
    _bytes,
    _cells,
    _characters,
    _citations,
    _feet,
    _formulas,
    _headings,
    _latex,
    _lost,
    _markdown,
    _numbers,
    _pinyin,
    _tags,
    _wrap,
)
from pipeline.clean._draft import Change, Draft, Edit, Step, run_steps

STEPS: tuple[Step, ...] = (
    _annotations.step,
    _bytes.step,
    _lost.step,
    _pinyin.step,
    _cells.step,
    _characters.step,
    _tags.step,
    _formulas.step,
    _markdown.step,
    _feet.step,
    # before citation numbers go: a line that ends with one ends its sentence
    _wrap.step,
    _latex.step,
    _headings.step,
    _citations.step,
    _numbers.step,
    _blanks.step,
)

KINDS: dict[str, str] = {
    "blank": "a blank that parts nothing, or another kind of blank made a plain one",
    "bytes": "double-byte text decoded askew, set right",
    "caption": "the caption of a picture or table between the halves of a sentence",
    "citation": "the number of a cited work",
    "compatibility": "a compatibility character, replaced by the one it is canonically equal to",
    "control": "a control character",
    "entity": "an HTML entity, replaced by its character",
    "footnote": "a foot of the page within a sentence",
    "formula": "a formula of several lines, set on one",
    "heading_break": "the line end between a heading and the paragraph that it was run into",
    "image": "a picture within a line, or between the halves of a sentence",
    "latex": "a formula that is plain figures, units or signs, read as text",
    "ligature": "two or three Latin letters in one character",
    "markup": "a mark of HTML or markdown",
    "newline": "another kind of line end",
    "note": "the mark of a footnote",
    "pinyin": "pinyin that a script converter left behind a character",
    "private_use": "a character whose meaning is private",
    "radical": "a radical that stands for the character of its shape",
    "ruby": "a phonetic guide",
    "running": "a running head, running foot or page number",
    "table": "rows of a table between the halves of a sentence",
    "undecodable": "a place whose bytes could not be read",
    "wrap": "a line end inside a sentence",
    "zero_width": "a mark without width",
}
"""kind of a change → what it says, keys of the message catalogue under `repair.`"""

__all__ = ["KINDS", "STEPS", "Change", "Draft", "Edit", "Step", "clean"]


def clean(source: SourceText) -> Draft:
    """`source` after every cleaning step: lines of readable text with the raw place of each character."""
    return [*run_steps(source, STEPS)][-1]
