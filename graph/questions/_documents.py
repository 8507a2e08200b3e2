"""Questions about documents: everything about one of them, and counts over all."""

from __future__ import annotations

from graph.overviews import Hanging
from graph.questions._asked import checked
from graph.records import DocumentView, Filters, Statistics
from graph.store import GraphStore

__all__ = ["document_view", "hanging", "statistics"]

_OPEN = Filters()


def document_view(store: GraphStore, document: str) -> DocumentView:
    """Blocks, sentences, factors, links and acts of a document with their review states; rejected statements are there too.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    return store.document(document)


def hanging(store: GraphStore, document: str) -> Hanging:
    """What would lose its last support if this document were withdrawn, and what would only weaken.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    supports = store.supports(document)
    return Hanging(
        document=document,
        lost=tuple(support for support in supports if support.others == 0),
        weakened=tuple(support for support in supports if support.others > 0),
    )


def statistics(store: GraphStore, *, filters: Filters = _OPEN) -> Statistics:
    """What the graph holds, by works: factors, links, entities, years, kinds, the commonest concepts."""
    return store.statistics(checked(filters))
