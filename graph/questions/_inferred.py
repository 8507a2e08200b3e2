"""What a dilemma without a remedy might borrow: remedies of the same concepts elsewhere. Worked out when asked for, never kept."""

from __future__ import annotations

import msgspec

from graph.errors import UnknownFactor
from graph.overviews import InferredAnswer
from graph.questions._asked import MOST_ROWS, check_page, checked
from graph.questions._documents import known
from graph.records import ConceptTier, Filters
from graph.store import GraphStore

__all__ = ["inferred"]

_OPEN = Filters()


def inferred(store: GraphStore, document: str, factor: str, *, filters: Filters = _OPEN, limit: int = 20, offset: int = 0) -> InferredAnswer:
    """Remedies that other documents state or align for the concepts in the words of a dilemma; those of its own document are left out.

    Raises:
        UnknownDocument, UnknownFactor: there is no such document, or no such dilemma in it.
        UnknownFilter, BadPage: the question cannot be answered as it was asked.
    """
    check_page(limit=limit, offset=offset)
    filters = checked(filters)
    view = next((view for view in store.document(known(document)).factors if view.id == factor and view.type == "dilemma"), None)
    if view is None:
        raise UnknownFactor(document, factor)
    concepts = store.concepts(view.concepts)
    tiers = [ConceptTier(tier="concept", concepts=view.concepts)]
    own = store.links_about(tiers, "addressed_by", filters=msgspec.structs.replace(filters, documents=(document,)), limit=MOST_ROWS)
    page = store.links_about(tiers, "addressed_by", filters=filters, limit=offset + limit + own.total)
    others = [row for row in page.rows if row.document.document != document]
    return InferredAnswer(
        document=document,
        factor=factor,
        concepts=concepts,
        rows=tuple(others[offset : offset + limit]),
        total=page.total - own.total,
        works=sum(count.works for count in page.counts) - sum(count.works for count in own.counts),
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )
