"""Purge: every trace of a document goes but a tombstone. A crash in between is made good by the next sync, which goes by the tombstones.

The order matters: the tombstone comes first, so that from then on the document cannot come back; then the bytes, the words of it inside
decisions and baskets, the answers, and last the statements that everything was made from.
"""

from __future__ import annotations

from collections.abc import Collection

from corpus.records import PURGED, DocumentRecord, Tombstone
from zhengmai.copies import forget
from zhengmai.documents import failure_path, now, statements_path
from zhengmai.holdings import Holdings

__all__ = ["finish_purges", "purge", "unfinished_purges"]


def purge(holdings: Holdings, document: str, *, who: str, reason: str) -> tuple[Tombstone, ...]:
    """What is left of a document and of all its versions, whose bytes, text, statements, answers and quotes in decisions are gone.

    Raises:
        NoSuchDocument: there is none of that id.
        ValueError: no person or no reason is named.
        StoreBusy: a reader holds on to an old state of the graph; the next sync finishes.
        SyncRunning: another process is writing.
    """
    with holdings.writing():
        tombstones = tuple(holdings.catalogue.purge(record.id, who=who, reason=reason, now=now()) for record in versions_of(holdings, document))
        _remove(holdings, [tombstone.id for tombstone in tombstones], tombstones[0].at)
    return tombstones


def versions_of(holdings: Holdings, document: str) -> tuple[DocumentRecord, ...]:
    """The document with all its versions, oldest first."""
    return holdings.catalogue.versions(document)


def unfinished_purges(holdings: Holdings) -> tuple[Tombstone, ...]:
    """Purged documents of which something is still there."""
    tombstones = holdings.catalogue.tombstones()
    if not tombstones:
        return ()
    present = {summary.source.document for summary in holdings.store.documents()}
    quoted = {anchor.document for decision in holdings.log.read() if PURGED not in decision.before for anchor in decision.anchors}

    kept = holdings.baskets.documents()

    def left(tombstone: Tombstone) -> bool:
        document = tombstone.id
        files = (statements_path(holdings, document), failure_path(holdings, document), *holdings.catalogue.files(document))
        return document in present or document in quoted or document in kept or any(path.exists() for path in files)

    return tuple(tombstone for tombstone in tombstones if left(tombstone))


def finish_purges(holdings: Holdings) -> int:
    """Number of purges that had been cut short and are done now. The caller holds the corpus for writing."""
    unfinished = unfinished_purges(holdings)
    for tombstone in unfinished:
        holdings.catalogue.purge(tombstone.id, who=tombstone.who, reason=tombstone.reason, now=now())
        _remove(holdings, [tombstone.id], tombstone.at)
    return len(unfinished)


def _remove(holdings: Holdings, documents: Collection[str], at: str) -> None:
    forget(holdings, documents)
    # where the last sync stood: it may name the file
    holdings.settings.job.unlink(missing_ok=True)
    holdings.log.redact(documents, at=at)
    holdings.baskets.forget(documents)
    for document in documents:
        holdings.store.purge_document(document)
        # last of all: as long as they are there, it shows that the purge is not done
        statements_path(holdings, document).unlink(missing_ok=True)
        failure_path(holdings, document).unlink(missing_ok=True)
