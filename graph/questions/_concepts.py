"""Questions about a concept: its dilemmas, their remedies and causes, and what nobody answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from graph._fold import MOST_TERMS
from graph.questions._asked import MOST_ROWS, Asked, check_page, checked, meaning
from graph.questions._wording import matter
from graph.records import ConceptTier, FactorAnswer, FactorPage, Filters, LinkAnswer, LinkPage, LinkRow, RemedyAnswer, RemedyRow
from graph.register import Concepts
from graph.store import GraphStore
from pipeline.records import FactorType, LinkType

__all__ = ["causes", "dilemmas", "linked", "remedies", "statements", "unanswered"]

_SHOWN_UNANSWERED = 20
_OPEN = Filters()


def remedies(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0) -> RemedyAnswer:
    """Remedies that texts propose for the dilemmas of a concept, each with the words at both ends; and the dilemmas without any.

    `question` is a concept id, a name in any language of the register, or a sentence around one: 如何破解数据孤岛？ Rows of narrower
    concepts, neighbours and near misses come behind those of the concept and are counted apart. Where the register has no entry,
    the rows are those whose dilemma, or the sentence around it (`weak`), holds the words of the question, and their `concept` is empty.

    Raises:
        NothingToSearch, UnknownFilter, BadPage: the question cannot be answered as it was asked.
    """
    check_page(limit=limit, offset=offset)
    asked = meaning(register, question)
    filters = checked(filters)
    page = _links(store, asked, "addressed_by", filters, limit, offset)
    gaps = _factors(store, asked, answered=False, filters=filters, limit=min(limit, _SHOWN_UNANSWERED), offset=0, own_tier=True)
    return RemedyAnswer(
        question=question,
        concept=asked.concept,
        tiers=asked.tiers,
        rows=tuple(as_remedy(row) for row in page.rows),
        counts=page.counts,
        total=page.total,
        works=page.counts[0].works if page.counts else 0,
        unanswered=gaps.rows,
        unanswered_total=gaps.total,
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )


def dilemmas(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0) -> FactorAnswer:
    """Dilemmas of a concept, with or without a remedy."""
    return _about(store, register, question, answered=None, filters=filters, limit=limit, offset=offset)


def unanswered(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0) -> FactorAnswer:
    """Dilemmas of a concept for which their document offers no remedy: not to them, their heading or one of their clauses."""
    return _about(store, register, question, answered=False, filters=filters, limit=limit, offset=offset)


def causes(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0) -> LinkAnswer:
    """What texts name as causes of the dilemmas of a concept."""
    return linked(store, register, question, "caused_by", filters=filters, limit=limit, offset=offset)


def linked(
    store: GraphStore,
    register: Concepts,
    question: str,
    kind: LinkType,
    *,
    end: Literal["source", "target"] = "source",
    filters: Filters = _OPEN,
    limit: int = 50,
    offset: int = 0,
) -> LinkAnswer:
    """Links of one kind whose source (or target) is about a concept, each with the words at both ends.

    `caused_by` from its source: what texts name as causes of 数据孤岛; from its target: what they put down to 数据孤岛. `limited_by` from its
    source: what measures about 数据共享 come up against; from its target: which measures come up against it. Where the register has no entry,
    the words of the question are looked for at the source alone; asked for the target, such a question has no rows.

    Raises:
        NothingToSearch, UnknownFilter, BadPage: the question cannot be answered as it was asked.
    """
    check_page(limit=limit, offset=offset)
    asked = meaning(register, question)
    filters = checked(filters)
    if asked.concept is None and end == "source":
        page = _links(store, asked, kind, filters, limit, offset)
    else:
        page = store.links_about(asked.tiers, kind, end=end, filters=filters, limit=limit, offset=offset)
    return LinkAnswer(
        question=question,
        concept=asked.concept,
        tiers=asked.tiers,
        rows=page.rows,
        counts=page.counts,
        total=page.total,
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )


def statements(
    store: GraphStore, register: Concepts, question: str | Sequence[str] | None, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0
) -> FactorAnswer:
    """What is said about a concept alone (none below or beside it): drivers, dilemmas, measures and goals; the quotes behind one cell of a table.

    `question` may also be the ids of several concepts, as a row of a reader's own names them, or none: then every statement that names any
    concept of the register. Statements under a heading that names the concept come last and are `weak`; a cell does not count them.

    Raises:
        NothingToSearch, UnknownFilter, BadPage: the question cannot be answered as it was asked.
    """
    check_page(limit=limit, offset=offset)
    filters = checked(filters)
    concept = None
    if question is None:
        concepts = tuple(count.concept.id for count in store.commonest(filters=filters, limit=MOST_ROWS))
    elif isinstance(question, str):
        concept = meaning(register, question).concept
        concepts = (concept.id,) if concept else ()
    else:
        concepts = tuple(question)
    tiers = (ConceptTier(tier="concept", concepts=concepts),)
    page = store.factors_about(tiers, get_args(FactorType), filters=filters, limit=limit, offset=offset)
    return FactorAnswer(
        question=question if isinstance(question, str) else "",
        concept=concept,
        tiers=tiers,
        rows=page.rows,
        counts=page.counts,
        total=page.total,
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )


def _about(store: GraphStore, register: Concepts, question: str, *, answered: bool | None, filters: Filters, limit: int, offset: int) -> FactorAnswer:
    check_page(limit=limit, offset=offset)
    asked = meaning(register, question)
    filters = checked(filters)
    page = _factors(store, asked, answered=answered, filters=filters, limit=limit, offset=offset)
    return FactorAnswer(
        question=question,
        concept=asked.concept,
        tiers=asked.tiers,
        rows=page.rows,
        counts=page.counts,
        total=page.total,
        base=store.base(filters),
        filters=filters,
        limit=limit,
        offset=offset,
    )


def _links(store: GraphStore, asked: Asked, kind: LinkType, filters: Filters, limit: int, offset: int) -> LinkPage:
    if asked.concept is None:
        # no concept of the register is meant: the words themselves, as they stand
        return store.links_in_words(matter(asked.question)[:MOST_TERMS], kind, filters=filters, limit=limit, offset=offset)
    return store.links_about(asked.tiers, kind, filters=filters, limit=limit, offset=offset)


def _factors(store: GraphStore, asked: Asked, *, answered: bool | None, filters: Filters, limit: int, offset: int, own_tier: bool = False) -> FactorPage:
    tiers = [tier for tier in asked.tiers if tier.tier == "concept" or not own_tier]
    return store.factors_about(tiers, ("dilemma",), answered=answered, filters=filters, limit=limit, offset=offset)


def as_remedy(row: LinkRow) -> RemedyRow:
    """A link in the shape of a row of remedies: its first end as the dilemma, its second as the remedy."""
    return RemedyRow(
        link=row.link,
        source=row.document,
        dilemma=row.source,
        remedy=row.target,
        basis=row.basis,
        confidence=row.confidence,
        author=row.author,
        evidence=row.evidence,
        concept=row.concept,
        tier=row.tier,
        review=row.review,
        weak=row.weak,
        force=row.force,
        voice=row.voice,
    )
