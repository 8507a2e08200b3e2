"""Errors of the graph.

GraphError
├── StoreError              the store itself cannot do what was asked
│   ├── StoreBusy           another process has been writing for too long; trying again helps
│   ├── StoreCorrupt        the file is damaged, or is no graph of ours
│   ├── StoreClosed         the store was used after `close()`
│   ├── StoreNotWritable    folder missing, disk full, or no right to write
│   ├── StoreSlow           the server took too long for a change, with nobody else writing; trying again may help
│   ├── StoreUnreachable    no server answers at the address
│   ├── StoreRefused        the server refuses the user, the password or the right
│   ├── StoreForeign        the database of the server holds the data of another program
│   ├── StoreAddressUnknown the address of the store cannot be read
│   └── SchemaTooNew        a newer version of this program made the file
├── ProjectionError         statements of one document cannot become a graph
│   ├── EdgeWithoutEnd      a link or act names a factor or actor that the document does not have
│   ├── QuoteDiffers        a quote is not what stands at its place
│   ├── SameId              two statements of the document have one id
│   └── UnreadableText      text with half a character (a lone surrogate), which no store can keep
├── ExchangeError           a file of another program, or an export of ours, cannot be taken in
│   ├── BrokenLines         lines of an export that are no records
│   ├── BrokenProject       a REFI-QDA project that cannot be read
│   └── StoreNotEmpty       an export is taken into an empty store alone
└── QuestionError           a question cannot be answered as it was asked
    ├── NothingToSearch     nothing is left of the words once signs are taken away
    ├── UnknownFilter       a filter, or a value of one, that does not exist
    ├── UnknownDocument     no such document in the graph
    ├── UnknownFactor       no such statement in the document
    └── BadPage             a negative offset, or a limit out of range
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


class GraphError(Exception):
    """Root of all errors that the graph raises on purpose; `code` is its key in the message catalogue."""

    code = "graph"
    retry = False
    """whether the same call may succeed a little later"""


class StoreError(GraphError):
    """The store itself cannot do what was asked."""

    code = "store"


class StoreBusy(StoreError):
    """Another process has been writing for too long; trying again helps."""

    code = "store_busy"
    retry = True

    def __init__(self, path: Path | str, seconds: float) -> None:
        super().__init__(f"the graph {path} is being written by another process (waited {seconds:g} s): try again when that one is done")
        self.path, self.seconds = path, seconds


class StoreCorrupt(StoreError):
    """The file is damaged, or is no graph of ours."""

    code = "store_corrupt"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"the graph {path} cannot be read ({reason}): it is made from the statements, so delete it and run `python -m zhengmai rebuild`")
        self.path, self.reason = path, reason


class StoreClosed(StoreError):
    """The store was used after `close()`."""

    code = "store_closed"

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"the graph {path} was closed before: open it again")
        self.path = path


class StoreNotWritable(StoreError):
    """Folder missing, disk full, or no right to write."""

    code = "store_not_writable"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"the graph {path} cannot be written ({reason}): look at the rights of its folder and the space left, or set ZHENGMAI_DATA to another folder"
        )
        self.path, self.reason = path, reason


class StoreSlow(StoreError):
    """The server took too long for a change, with nobody else writing; trying again may help."""

    code = "store_slow"
    retry = True

    def __init__(self, path: Path | str, seconds: float) -> None:
        super().__init__(
            f"the graph {path} took longer than {seconds:g} s for a change, of which nothing is written: its server is short of processor or memory; "
            "try again when less goes on there"
        )
        self.path, self.seconds = path, seconds


class StoreUnreachable(StoreError):
    """No server answers at the address of the store."""

    code = "store_unreachable"
    retry = True

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"the graph {path} cannot be reached ({reason}): is the server running, and are host and port right? "
            "Without ZHENGMAI_STORE the graph lies in a file and needs no server"
        )
        self.path, self.reason = path, reason


class StoreRefused(StoreError):
    """The server refuses the user, the password, or what the user may do."""

    code = "store_refused"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"the graph {path} refuses this user ({reason}): look at user and password in ZHENGMAI_STORE (bolt://user:password@host:7687) "
            "or ZHENGMAI_STORE_PASSWORD"
        )
        self.path, self.reason = path, reason


class StoreForeign(StoreError):
    """The database of the server holds the data of another program."""

    code = "store_foreign"

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"the database at {path} holds the data of another program, which is left alone: give the graph an empty database of its own")
        self.path = path


class StoreAddressUnknown(StoreError):
    """The address of the store cannot be read."""

    code = "store_address_unknown"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path} is no address of a graph ({reason}): write bolt://user:password@host:7687, or a file name that ends in .sqlite")
        self.path, self.reason = path, reason


class SchemaTooNew(StoreError):
    """A newer version of this program made the file."""

    code = "schema_too_new"

    def __init__(self, path: Path | str, *, found: int, known: int) -> None:
        super().__init__(
            f"the graph {path} has schema {found}, this program knows up to {known}: a newer version made it; "
            "update the program, or delete the file and rebuild"
        )
        self.path, self.found, self.known = path, found, known


class ProjectionError(GraphError):
    """Statements of one document cannot become a graph."""

    code = "projection"


class EdgeWithoutEnd(ProjectionError):
    """A link or act names a factor or actor that the document does not have."""

    code = "edge_without_end"

    def __init__(self, document: str, edge: str, end: str) -> None:
        super().__init__(
            f"document {document}: {edge} leads to {end}, which the document does not have: its statement file is incomplete; extract the document again"
        )
        self.document, self.edge, self.end = document, edge, end


class QuoteDiffers(ProjectionError):
    """A quote is not what stands at its place."""

    code = "quote_differs"

    def __init__(self, document: str, what: str, *, expected: str, found: str) -> None:
        super().__init__(
            f"document {document}: {what} quotes {_short(expected)} where the text has {_short(found)}: "
            "its statement file was changed by hand or made from another text; extract the document again"
        )
        self.document, self.what, self.expected, self.found = document, what, expected, found


class SameId(ProjectionError):
    """Two statements of the document have one id."""

    code = "same_id"

    def __init__(self, document: str, what: str) -> None:
        super().__init__(f"document {document}: {what} is there twice: its statement file was changed by hand; extract the document again")
        self.document, self.what = document, what


class UnreadableText(ProjectionError):
    """Text with half a character (a lone surrogate), which no store can keep."""

    code = "unreadable_text"

    def __init__(self, document: str, what: str, at: int) -> None:
        super().__init__(
            f"document {document}: {what} holds half a character (a lone surrogate) at place {at}: the file was decoded wrongly; extract the document again"
        )
        self.document, self.what, self.at = document, what, at


class QuestionError(GraphError):
    """A question cannot be answered as it was asked."""

    code = "question"


class NothingToSearch(QuestionError):
    """Nothing is left of the words once signs are taken away."""

    code = "nothing_to_search"

    def __init__(self, question: str) -> None:
        super().__init__(f"nothing to search for in {_short(question)}: type a word, for example 数据孤岛")
        self.question = question


class UnknownFilter(QuestionError):
    """A filter, or a value of one, that does not exist."""

    code = "unknown_filter"

    def __init__(self, name: str, *, reason: str, known: Iterable[str]) -> None:
        self.name, self.reason, self.known = name, reason, tuple(known)
        super().__init__(f"filter {_short(name)}: {reason}; known are {', '.join(self.known)}")


class UnknownDocument(QuestionError):
    """No such document in the graph."""

    code = "unknown_document"

    def __init__(self, document: str) -> None:
        super().__init__(
            f"no document {_short(document)} in the graph: `python -m zhengmai list` shows what is there; a document just added needs `python -m zhengmai sync`"
        )
        self.document = document


class UnknownFactor(QuestionError):
    """No such statement in the document."""

    code = "unknown_factor"

    def __init__(self, document: str, factor: str) -> None:
        super().__init__(f"document {document} has no dilemma {_short(factor)}: it was read again since; open the document's page anew")
        self.document, self.factor = document, factor


class BadPage(QuestionError):
    """A negative offset, or a limit out of range."""

    code = "bad_page"

    def __init__(self, *, limit: int, offset: int, most: int) -> None:
        super().__init__(f"limit {limit} and offset {offset} name no page: take a limit of 0 to {most} and an offset of 0 or more")
        self.limit, self.offset, self.most = limit, offset, most


def _short(text: str) -> str:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return repr(shown)


class ExchangeError(GraphError):
    """A file of another program, or an export of ours, cannot be taken in."""

    code = "exchange"


class BrokenLines(ExchangeError):
    """Lines of an export that are no records; each with file and number."""

    code = "broken_lines"

    def __init__(self, file: str, faults: Sequence[str], *, total: int) -> None:
        more = f"\n… and {total - len(faults)} more" if total > len(faults) else ""
        super().__init__("\n".join(faults) + more)
        self.file, self.faults, self.total, self.words = file, tuple(faults), total, "\n".join(faults) + more


class BrokenProject(ExchangeError):
    """A REFI-QDA project that cannot be read."""

    code = "broken_project"

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} cannot be taken in: {reason}")
        self.file, self.reason = file, reason


class StoreNotEmpty(ExchangeError):
    """An export is taken into an empty store alone."""

    code = "store_not_empty"

    def __init__(self, documents: int) -> None:
        super().__init__(f"there are {documents} documents already, and an export is taken into an empty corpus alone: name another folder with --data")
        self.documents = documents
