"""The whole graph from the data folder's truth: statements, decisions and register."""

from __future__ import annotations

from collections.abc import Iterable

from graph.projection import DocumentProjection
from graph.store import GraphStore

__all__ = ["rebuild"]


def rebuild(store: GraphStore, documents: Iterable[DocumentProjection]) -> int:
    """How many documents the graph holds after it was made to hold `documents` and nothing else.

    `documents` may be a generator: one document is in memory at a time, and each is one transaction, so readers go on meanwhile.
    """
    wanted: set[str] = set()
    for projection in documents:
        store.upsert_document(projection)
        wanted.add(projection.source.document)
    for summary in store.documents():
        if summary.source.document not in wanted:
            store.delete_document(summary.source.document)
    return len(wanted)
