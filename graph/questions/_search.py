"""Full text: sentences with the words of a question, whatever script they are in."""

from __future__ import annotations

from graph._fold import MOST_TERMS, search_terms
from graph.errors import NothingToSearch
from graph.questions._asked import check_page, checked
from graph.records import Filters, SearchAnswer
from graph.store import GraphStore

__all__ = ["search"]

_OPEN = Filters()


def search(store: GraphStore, question: str, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0) -> SearchAnswer:
    """Sentences that hold every word of the question; signs part words and mean nothing else: `数据-孤岛` is 数据 and 孤岛.

    Documents with most such sentences come first, then the newest. Where no sentence holds all the words, sentences with any of
    them are given out of documents that hold all; where there is no such document either, `apart` says how often each word occurs.

    Raises:
        NothingToSearch: there is no word in the question.
        UnknownFilter, BadPage: the question cannot be answered as it was asked.
    """
    check_page(limit=limit, offset=offset)
    filters = checked(filters)
    terms = search_terms(question)
    if not terms:
        raise NothingToSearch(question)
    looked_up, left_out = terms[:MOST_TERMS], terms[MOST_TERMS:]
    page = store.search(looked_up, filters=filters, limit=limit, offset=offset)
    return SearchAnswer(
        question=question,
        terms=looked_up,
        apart=page.apart,
        left_out=left_out,
        within=page.within,
        rows=page.rows,
        total=page.total,
        documents=page.documents,
        works=page.works,
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )
