"""What can go wrong with a document, a decision or the folders that hold them.

CorpusError
├── UnreadableDocument      the file cannot become a text
│   ├── MissingFile
│   ├── NotAFile            a folder, a pipe, a device
│   ├── NoPermission
│   ├── EmptyFile           no bytes, or no text in them
│   ├── BinaryFile
│   ├── UnknownFormat
│   ├── UndecodableFile
│   ├── TooLarge
│   ├── LineTooLong         no sentence is so long: a table without line ends, a picture as text
│   └── BrokenContainer     an archive or a saved page whose parts cannot be told apart
├── CatalogueError
│   ├── ExactCopy           the same bytes are already there
│   ├── NoSuchDocument
│   │   └── PurgedDocument  it was there once, and must not come back
│   ├── AlreadyReplaced     a newer version has taken the place
│   ├── BrokenRecord        what was kept of a document does not fit it
│   └── FolderBusy          another process holds the folder
└── DecisionError
    ├── NoSuchDecision
    ├── AlreadyUndone
    └── AlreadyAnswered     a report has an answer that was not taken back

Every error has a stable `code` (a key of the message catalogue under `error.`), its facts in `data`, and a plain English sentence that names
the thing and says what to do. Errors survive pickling, so that a worker process can hand them on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

_SHOWN = 80


def shown(name: str) -> str:
    """`name` fit for one line of a message: no control characters, 80 characters at most, both ends kept so that the ending is seen."""
    printable = "".join(char if char.isprintable() else "�" for char in name)
    if len(printable) <= _SHOWN:
        return printable
    return printable[: _SHOWN - 21] + "…" + printable[-20:]


class CorpusError(Exception):
    """Root of everything that `corpus` raises on purpose."""

    code: ClassVar[str] = "corpus"
    sentence: ClassVar[str] = ""

    def __init__(self, **data: str | int | None) -> None:
        self.data = data
        said = {key: shown(value) if isinstance(value, str) else value for key, value in data.items()}
        super().__init__(self.sentence.format(**said))

    def __reduce__(self) -> tuple[Callable[..., CorpusError], tuple[type[CorpusError], dict[str, str | int | None]]]:
        return _rebuild, (type(self), self.data)


def _rebuild(kind: type[CorpusError], data: dict[str, str | int | None]) -> CorpusError:
    return kind(**data)


class UnreadableDocument(CorpusError):
    """The file cannot become a text; `name` says which."""

    code = "unreadable"

    def __init__(self, *, name: str, **data: str | int | None) -> None:
        super().__init__(name=name, **data)
        self.name = name


class MissingFile(UnreadableDocument):
    """There is nothing at the path."""

    code = "missing_file"
    sentence = "{name}: there is no such file; check the path."


class NotAFile(UnreadableDocument):
    """The path names a folder, a pipe or a device."""

    code = "not_a_file"
    sentence = "{name}: this is no ordinary file; name the files inside the folder instead."


class NoPermission(UnreadableDocument):
    """The operating system refuses to open the file; `reason` is its word for it."""

    code = "no_permission"
    sentence = "{name}: the file cannot be opened ({reason}); check who may read it and whether another program holds it."


class EmptyFile(UnreadableDocument):
    """The file has no bytes, or none of them is text."""

    code = "empty_file"
    sentence = "{name}: there is no text in this file; save or convert it again."


class BinaryFile(UnreadableDocument):
    """The bytes are no text; `kind` is what they look like."""

    code = "binary_file"
    sentence = "{name}: this is not text but {kind}; save it as text or HTML first."


class UnknownFormat(UnreadableDocument):
    """No reader for this ending; `known` lists those that have one."""

    code = "unknown_format"
    sentence = "{name}: no reader for files of this kind; these are read: {known}."


class UndecodableFile(UnreadableDocument):
    """No encoding makes sense of the bytes."""

    code = "undecodable_file"
    sentence = "{name}: the characters of this file cannot be made out; save it as UTF-8 and add it again."


class TooLarge(UnreadableDocument):
    """The file is larger than what is read: `size` and `limit` in units of `unit`."""

    code = "too_large"
    sentence = "{name}: too large ({size} {unit}; at most {limit}); split it and add the parts."


class LineTooLong(UnreadableDocument):
    """A line that no text has: `line` (from 1) has `size` characters, at most `limit` are read."""

    code = "line_too_long"
    sentence = "{name}: line {line} has {size} characters (at most {limit}); break it into paragraphs and add the file again."


class BrokenContainer(UnreadableDocument):
    """The parts of an archive or saved page cannot be told apart; `reason` says what is wrong."""

    code = "broken_container"
    sentence = "{name}: the file is damaged ({reason}); save or pack it again."


class CatalogueError(CorpusError):
    """The catalogue refuses."""

    code = "catalogue"


class ExactCopy(CatalogueError):
    """The same bytes are already there, as document `existing` under the name `existing_name`."""

    code = "exact_copy"
    sentence = "{name}: already here as {existing_name} ({existing}, added {added}); nothing was added."

    def __init__(self, *, name: str, existing: str, existing_name: str, added: str) -> None:
        super().__init__(name=name, existing=existing, existing_name=existing_name, added=added)
        self.name = name
        self.existing = existing


class NoSuchDocument(CatalogueError):
    """No document has this id."""

    code = "no_such_document"
    sentence = "{document}: no document has this id; list the documents to see their ids."

    def __init__(self, *, document: str) -> None:
        super().__init__(document=document)
        self.document = document


class PurgedDocument(NoSuchDocument):
    """The document was purged by `who` on the day `at` for `reason`: it is gone, and is not taken in again."""

    code = "purged_document"
    sentence = "{document}: purged on {at} by {who} ({reason}); it is not taken in again."

    def __init__(self, *, document: str, who: str, at: str, reason: str) -> None:
        CatalogueError.__init__(self, document=document, who=who, at=at, reason=reason)
        self.document = document


class AlreadyReplaced(CatalogueError):
    """A newer version, number `newer`, has taken the place of the document: `newer_document`."""

    code = "already_replaced"
    sentence = "{document}: version {newer} ({newer_document}) has already replaced it; replace that one instead."

    def __init__(self, *, document: str, newer: int, newer_document: str) -> None:
        super().__init__(document=document, newer=newer, newer_document=newer_document)
        self.document = document
        self.newer_document = newer_document


class BrokenRecord(CatalogueError):
    """What was kept of a document is missing, altered or cannot be read."""

    code = "broken_record"
    sentence = "{document}: what was kept of this document is damaged ({reason}); add its file again."

    def __init__(self, *, document: str, reason: str) -> None:
        super().__init__(document=document, reason=reason)
        self.document = document
        self.reason = reason


class FolderBusy(CatalogueError):
    """Another process has held the folder for longer than `seconds`. May be tried again."""

    code = "folder_busy"
    sentence = "{folder}: another process has been writing here for more than {seconds} s; wait for it to end and try again."


class DecisionError(CorpusError):
    """The log of decisions refuses."""

    code = "decision"


class NoSuchDecision(DecisionError):
    """No decision has this id."""

    code = "no_such_decision"
    sentence = "{decision}: no decision has this id, so it cannot be taken back."


class AlreadyUndone(DecisionError):
    """The decision has been taken back before, or is itself a taking back."""

    code = "already_undone"
    sentence = "{decision}: this decision was already taken back; decide anew instead."


class AlreadyAnswered(DecisionError):
    """The report has an answer, and nobody took that back."""

    code = "already_answered"
    sentence = "{decision}: this report was answered already; take that answer back first."
