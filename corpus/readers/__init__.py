"""Readers: the bytes of a file → every character in it, in reading order, with what its container says (`SourceText`).

Nothing is chosen, repaired or left out here; that is the pipeline's work, done with a reason each time. What a reader decides:

- *encoding*: by evidence, see `_encoding`; the byte order mark is not part of the text; unreadable bytes become U+FFFD and a `Damage` each.
  No text holds half a surrogate pair.
- *line ends* of plain text stay as they are (`\\r\\n`, `\\n`, `\\r`), so that a place in the text is a place in the decoded file.
- *pages*: a line for each block element and `<br>`, ended by `\\n`; blanks run together as in a browser; the cells of a table row share a line,
  a tab between two columns, unless the table only lays the page out. `nodes` are in order and do not overlap: one for each line or cell, and where a
  raised number (`sup`), a phonetic guide (`rt`, `rp`) or a hidden stretch (`span`) stands in a line, one for it and for the parts around it.
- *warnings* are `code: sentence`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from corpus.errors import LineTooLong, TooLarge, UnknownFormat
from corpus.readers._archive import Member, members
from corpus.readers._encoding import decode_name
from corpus.readers._file import LARGEST, load
from corpus.readers._html import read_html
from corpus.readers._mhtml import is_mhtml, read_mhtml
from corpus.readers._plain import read_markdown, read_plain
from corpus.records import SourceText

__all__ = ["FORMATS", "LARGEST", "LONGEST_LINE", "Member", "decode_name", "load", "members", "read"]

Reader = Callable[..., SourceText]

LONGEST_LINE = 2_000_000
"""characters of a line; the longest novel in one line is shorter, and a reader would wait minutes for what is no prose"""

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".shtml": read_html,
        ".mhtml": read_mhtml,
        ".mht": read_mhtml,
    }
)
"""ending in lower case → reader; an ending decides, except that a page saved in one file is known by its first line"""


def read(data: bytes, *, name: str) -> SourceText:
    """The source text of a file called `name`: `read(b"...", name="关于数据共享的通知.html")`.

    Raises:
        UnreadableDocument: one of its kinds, see `corpus.errors`; the message names the file and says what to do.
    """
    reader = FORMATS.get(PurePath(name.replace("\\", "/")).suffix.lower())
    if reader is None:
        raise UnknownFormat(name=name, known=", ".join(FORMATS))
    if len(data) > LARGEST:
        raise TooLarge(name=name, size=len(data), unit="bytes", limit=LARGEST)
    if reader is read_html and is_mhtml(data):
        reader = read_mhtml
    elif reader is read_mhtml and not is_mhtml(data):
        reader = read_html
    return _without_endless_lines(reader(data, name=name), name=name)


def _without_endless_lines(source: SourceText, *, name: str) -> SourceText:
    if len(source.text) > LONGEST_LINE:
        for number, line in enumerate(source.text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                raise LineTooLong(name=name, line=number, size=len(line), limit=LONGEST_LINE)
    return source
