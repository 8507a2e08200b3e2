"""Two sides of a matter: comparisons, and concepts that one text proposes and another blames."""

from __future__ import annotations

from graph.overviews import Comparison, Disagreement, Side
from graph.questions._asked import check_page, checked, meaning
from graph.questions._overview import years_of
from graph.records import ConceptRef, Filters
from graph.register import Concepts
from graph.store import GraphStore

__all__ = ["compare", "disagreement"]

_OPEN = Filters()
_MOST_TIES = 200


def compare(
    store: GraphStore, register: Concepts, left: str, right: str | None = None, *, filters: Filters = _OPEN, right_filters: Filters | None = None
) -> Comparison:
    """Two concepts side by side, or one concept (`right` left out) in two periods, regions or kinds of source.

    What only one side is tied to by a remedy is what the other has not thought of, or does not need.
    """
    one = _side(store, register, left, filters)
    other = _side(store, register, left if right is None else right, filters if right_filters is None else right_filters)
    remedies = [{tie.concept.id: tie.concept for tie in side.ties if tie.type == "addressed_by"} for side in (one, other)]
    return Comparison(
        left=one,
        right=other,
        both=_among(remedies[0], set(remedies[0]) & set(remedies[1])),
        left_only=_among(remedies[0], set(remedies[0]) - set(remedies[1])),
        right_only=_among(remedies[1], set(remedies[1]) - set(remedies[0])),
    )


def disagreement(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, limit: int = 20) -> Disagreement:
    """Remedy here, problem there: texts that propose a concept as a measure, that name it as a cause, and where such measures fell short."""
    check_page(limit=limit, offset=0)
    asked = meaning(register, question)
    filters = checked(filters)
    own = asked.tiers[:1]
    return Disagreement(
        question=question,
        concept=asked.concept,
        remedy=store.links_about(own, "addressed_by", end="target", filters=filters, limit=limit),
        cause=store.links_about(own, "caused_by", end="target", filters=filters, limit=limit),
        limited=store.links_about(own, "limited_by", end="source", filters=filters, limit=limit),
        base=store.base(filters),
        filters=filters,
        limit=limit,
    )


def _side(store: GraphStore, register: Concepts, question: str, filters: Filters) -> Side:
    asked = meaning(register, question)
    filters = checked(filters)
    concepts = [concept for tier in asked.tiers[:1] for concept in tier.concepts]
    years = years_of(store, concepts, filters)
    return Side(
        question=question,
        concept=asked.concept,
        filters=filters,
        base=store.base(filters),
        works=sum(year.works for year in years),
        factors={
            "driver": sum(year.drivers for year in years),
            "dilemma": sum(year.dilemmas for year in years),
            "countermeasure": sum(year.measures for year in years),
            "goal": sum(year.goals for year in years),
        },
        gaps=sum(year.gaps for year in years),
        remedies=store.links_about(asked.tiers[:1], "addressed_by", filters=filters, limit=0).counts,
        years=years,
        ties=store.ties(asked.concept.id, filters=filters, limit=_MOST_TIES) if asked.concept else (),
    )


def _among(refs: dict[str, ConceptRef], ids: set[str]) -> tuple[ConceptRef, ...]:
    return tuple(ref for key, ref in refs.items() if key in ids)
