"""Who met this before, and what did they do?"""

from __future__ import annotations

from collections.abc import Sequence

from graph._fold import one_spelling, search_terms
from graph.errors import NothingToSearch
from graph.overviews import PrecedentAnswer
from graph.project import names_of
from graph.questions._asked import check_page, checked, is_whole, meaning
from graph.records import ConceptRef, Filters
from graph.register import Concepts
from graph.store import GraphStore

__all__ = ["precedents"]

_OPEN = Filters()
_MOST_CONCEPTS = 12
_SHORT = 40
"""characters: a shorter question names one concept, a longer one is a text with many"""


def precedents(
    store: GraphStore,
    register: Concepts,
    question: str,
    *,
    actors: Sequence[str] = (),
    filters: Filters = _OPEN,
    limit: int = 20,
    offset: int = 0,
) -> PrecedentAnswer:
    """Practices that match a concept, or a text that describes a case, on four faces: actor, driver, dilemma, measure.

    Each says on which faces it matches and by which shared concepts; those of most faces come first, and of equals what was done
    before what is planned or advised. `actors` are names of who should have done it. One row is a practice: its clauses, other
    tellings of the same work, and other works that call it by the same name stand in it.

    Raises:
        NothingToSearch, UnknownFilter, BadPage: the question cannot be answered as it was asked.
    """
    check_page(limit=limit, offset=offset)
    filters = checked(filters)
    if not search_terms(question) and not actors:
        raise NothingToSearch(question)
    concepts = _concepts(register, question)
    names = [one_spelling(name) for name in actors if is_whole(name)]
    page = store.precedents([ref.id for ref in concepts], names, filters=filters, limit=limit, offset=offset)
    return PrecedentAnswer(
        question=question,
        concepts=concepts,
        rows=page.rows,
        total=page.total,
        works=page.works,
        complete=page.complete,
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )


def _concepts(register: Concepts, question: str) -> tuple[ConceptRef, ...]:
    if not search_terms(question):
        return ()
    asked = meaning(register, question) if len(question) <= _SHORT else None
    if asked and asked.concept:
        # what lies below a concept is a case of it
        ids = [concept for tier in asked.tiers if tier.tier in ("concept", "narrower") for concept in tier.concepts]
    else:
        counts: dict[str, int] = {}
        for match in register.find(question, problem=True):
            counts[match.concept] = counts.get(match.concept, 0) + 1
        ids = sorted(counts, key=counts.__getitem__, reverse=True)[:_MOST_CONCEPTS]
    return tuple(_ref(register, identity) for identity in ids)


def _ref(register: Concepts, identity: str) -> ConceptRef:
    name, english = names_of(register.get(identity))
    return ConceptRef(id=identity, name=name or english or identity, english=english)
