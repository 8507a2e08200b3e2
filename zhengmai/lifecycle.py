"""The life of a document: replaced, withdrawn, back again, marked; and what would become of the answers before any of it happens.

Purging has a module of its own (`zhengmai.purging`).
"""

from __future__ import annotations

import msgspec

from corpus.records import Access, DocumentRecord
from graph import questions
from graph.errors import UnknownDocument
from graph.overviews import Hanging
from zhengmai.documents import Added, add_document, failure_path, now, statements_path
from zhengmai.holdings import Holdings

__all__ = ["Preview", "mark", "preview", "remove_samples", "replace", "restore", "withdraw"]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What hangs on a document: told before it is withdrawn, replaced or purged."""

    document: str
    versions: tuple[str, ...]
    """ids of all its versions, oldest first; a purge takes them all"""
    decisions: int
    """decisions about it"""
    factors: int
    links: int
    hanging: Hanging | None
    """concepts and ties that lose their last support or weaken; none where the document is in no answer"""
    returns: str | None
    """the earlier version that answers again once it is withdrawn"""


def preview(holdings: Holdings, document: str) -> Preview:
    """What would become of the answers without a document.

    Raises:
        NoSuchDocument: there is none of that id.
    """
    versions = holdings.catalogue.versions(document)
    record = next(record for record in versions if record.id == document)
    try:
        view = holdings.store.document(document)
        hanging = questions.hanging(holdings.store, document) if view.live else None
        factors, links = len(view.factors), len(view.links)
    except UnknownDocument:  # withdrawn, or not read yet
        hanging, factors, links = None, 0, 0
    older = next((one for one in versions if one.id == record.supersedes and one.withdrawn is None), None)
    about = sum(any(anchor.document == document for anchor in decision.anchors) for decision in holdings.log.read())
    return Preview(
        document=document,
        versions=tuple(one.id for one in versions),
        decisions=about,
        factors=factors,
        links=links,
        hanging=hanging,
        returns=older.id if older and hanging else None,
    )


def replace(holdings: Holdings, document: str, name: str, data: bytes) -> Added:
    """A new version of a document: from the next sync on it answers in place of the old one, which stays readable.

    What people decided about the old one is found again in the new one by its quotes.
    """
    return add_document(holdings, name, data, supersedes=document)


def withdraw(holdings: Holdings, document: str) -> DocumentRecord:
    """Take a document out of all answers; its bytes, statements and decisions stay."""
    with holdings.writing():
        record = holdings.catalogue.withdraw(document, now=now())
        holdings.store.delete_document(document)
    return record


def restore(holdings: Holdings, document: str) -> DocumentRecord:
    """The record of a document that was withdrawn and is in again; the next sync puts it back into the answers."""
    with holdings.writing():
        return holdings.catalogue.restore(document)


def mark(holdings: Holdings, document: str, access: Access) -> DocumentRecord:
    """The record of a document that may be shown so far: open, quotes only, internal; the next sync makes the answers obey."""
    with holdings.writing():
        return holdings.catalogue.mark(document, access)


def remove_samples(holdings: Holdings) -> int:
    """Number of samples that went, with everything made from them; they do not come back by themselves."""
    with holdings.writing():
        gone = [record for record in holdings.catalogue.list() if record.sample]
        for record in gone:
            holdings.store.delete_document(record.id)
            statements_path(holdings, record.id).unlink(missing_ok=True)
            failure_path(holdings, record.id).unlink(missing_ok=True)
            holdings.catalogue.remove(record.id)
    return len(gone)
