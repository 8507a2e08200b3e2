"""Characters that stand for nothing or for another: line ends, controls, zero-width marks, odd blanks, radicals, ligatures, private use.

What the reader sees on a page decides: a mark without width or meaning is dropped, a look-alike becomes the character it stands
for. Full-width letters, digits and punctuation stay as the document has them (the quote shows what is there); search folds them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from corpus.records import SourceText
from pipeline.clean._draft import Edit
from pipeline.clean._radicals import UNIFIED

# GB 18030-2000 kept 24 characters in the private use area that Unicode encodes since 4.1 and 5.2 (GB 18030-2005, table of changes):
# texts converted before carry the private code points.
_GB18030_MOVED = {
    **dict(zip(range(0xE78D, 0xE797), "︐︒︑︓︔︕︖︗︘︙", strict=True)),
    0xE7C7: "ḿ",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE832: "龸",
    0xE843: "龹",
    0xE854: "龺",
    0xE864: "龻",
}

_NEWLINES = "\r\n\x85\u2028\u2029\x0c"
_LIGATURES = "\ufb00-\ufb06"
_COMPATIBLE = "\uf900-\ufad9\U0002f800-\U0002fa1d"
_SYMBOL_FONT = range(0xF000, 0xF100)

_SPECIAL = re.compile(
    "\xad *(?:\r\n|\n)|\r\n|[\r\x85\u2028\u2029\x0c]"
    "|[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]+"
    "|[\xad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+"
    "|[\xa0\u1680\u2000-\u200a\u202f\u205f\u3164\uffa0]"
    "|\u3000+"
    f"|[\u2e80-\u2fdf{_LIGATURES}{_COMPATIBLE}]"
    "|[\ue000-\uf8ff\U000f0000-\U0010ffff]"
    "|[\ud800-\udfff]"
    "|\ufffd+"
)


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that leave one kind of line end (`\\n`) and of blank, no invisible mark and no look-alike: `⺠⽣\\u200b⼯程` → `民生工程`.

    An ideographic blank stays, since at the head of a line it tells where a paragraph begins; a later step drops it. A private
    character without known meaning and a place that could not be decoded are left as they are and marked as uncertain.
    """
    del source
    for found in _SPECIAL.finditer(text):
        replaced = _replacement(found[0][0])
        if replaced is None:
            continue
        new, kind, certain = replaced
        if kind == "undecodable" and found[0][0] == "\ufffd":
            new = found[0]
        elif found[0] == "\x0b" and not _inside_word(text, found.start(), found.end()):
            new = "\n"  # Word's line break in a paragraph
        yield Edit(found.start(), found.end(), new, kind, certain)


@lru_cache(maxsize=4096)
def _replacement(first: str) -> tuple[str, str, bool] | None:
    """(new text, kind, certain) for a match that begins with `first`, or none where it stays unmarked."""
    code = ord(first)
    if first in _NEWLINES:
        return "\n", "newline", True
    if first == "\ufffd" or 0xD800 <= code <= 0xDFFF:
        return "\ufffd", "undecodable", False
    if first in UNIFIED:
        return UNIFIED[first], "radical", True
    if first == "\u3000" or 0x2E80 <= code <= 0x2FDF:
        return None
    if 0xF900 <= code <= 0xFAD9 or 0x2F800 <= code <= 0x2FA1D:
        folded = unicodedata.normalize("NFC", first)
        return (folded, "compatibility", True) if folded != first else None
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", first), "ligature", True
    category = unicodedata.category(first)
    if category == "Co":
        return _private(code, first)
    if category == "Zs" or first in "\u3164\uffa0":
        return " ", "blank", True
    if category == "Cc":
        return "", "control", True
    return "", "zero_width", True


def _private(code: int, character: str) -> tuple[str, str, bool]:
    if code in _GB18030_MOVED:
        return _GB18030_MOVED[code], "private_use", True
    if code in _SYMBOL_FONT:
        # bullets and arrows of Symbol and Wingdings, which Word files with code 0xF000 and the byte of the font
        return "", "private_use", True
    return character, "private_use", False


def _inside_word(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
