"""Plain text and markdown: the characters as they are."""

from __future__ import annotations

from typing import Literal

from corpus.errors import EmptyFile
from corpus.readers._encoding import decode
from corpus.records import SourceText


def read_plain(data: bytes, *, name: str) -> SourceText:
    """The source text of a plain text file.

    Raises:
        EmptyFile, BinaryFile, UndecodableFile
    """
    return _read(data, "txt", name=name)


def read_markdown(data: bytes, *, name: str) -> SourceText:
    """The source text of a markdown file, with its marks: `## 存在的问题` stays as it is.

    Raises:
        EmptyFile, BinaryFile, UndecodableFile
    """
    return _read(data, "md", name=name)


def _read(data: bytes, kind: Literal["txt", "md"], *, name: str) -> SourceText:
    decoded = decode(data, name=name)
    if not decoded.text.strip().strip("\0\ufeff\u200b�"):
        raise EmptyFile(name=name)
    return SourceText(text=decoded.text, format=kind, encoding=decoded.encoding, damages=decoded.damages, warnings=decoded.warnings)
