"""The whole graph from the data folder's truth: statements, decisions and register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.projection import DocumentProjection
from graph.store import GraphStore

__all__ = ["rebuild"]


def rebuild(store: GraphStore, documents: Iterable[DocumentProjection]) -> int:
    """How many documents the graph holds after it was made to hold `documents` and nothing else.

    `documents` may be a generator: some documents are in memory at a time, and readers go on meanwhile.
    """
    wanted: set[str] = set()

    def passing() -> Iterator[DocumentProjection]:
        for projection in documents:
            wanted.add(projection.source.document)
            yield projection

    store.upsert_documents(passing())
    for summary in store.documents():
        if summary.source.document not in wanted:
            store.delete_document(summary.source.document)
    return len(wanted)
