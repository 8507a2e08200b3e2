"""A brief about one concept: what is proposed, why it is so, what nobody answers, who did it before, and the sources; for people who decide."""

from __future__ import annotations

import msgspec

from graph import questions
from graph.overviews import Precedent, Trend
from graph.records import ConceptRef, FactorRow, Filters, LinkRow, RemedyRow, SearchBase, SourceRef
from zhengmai.asking import dated
from zhengmai.errors import SamplesOnly
from zhengmai.holdings import Holdings

__all__ = ["Brief", "brief"]

_REMEDIES, _CAUSES, _GAPS, _PRECEDENTS = 12, 6, 8, 5


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What a brief says; `sources` are numbered in the order in which they are first named."""

    question: str
    concept: ConceptRef | None
    base: SearchBase
    filters: Filters
    remedies: tuple[RemedyRow, ...]
    """those of the concept and of narrower ones, stated before aligned"""
    remedies_total: int
    causes: tuple[LinkRow, ...]
    unanswered: tuple[FactorRow, ...]
    unanswered_total: int
    precedents: tuple[Precedent, ...]
    trend: Trend
    sources: tuple[SourceRef, ...]

    def number(self, source: SourceRef) -> int:
        """Number of a source in the list, from 1."""
        return 1 + [one.document for one in self.sources].index(source.document)


def brief(holdings: Holdings, question: str, filters: Filters) -> Brief:
    """A brief about what a question means, out of the documents that were added.

    Raises:
        SamplesOnly: there is nothing but samples (示例（虚构）), which no report may rest on.
        NothingToSearch: nothing is left of the question once its signs are taken away.
    """
    filters = dated(filters)
    store, register = holdings.store, holdings.register
    if store.base(filters).samples:
        raise SamplesOnly
    answer = questions.remedies(store, register, question, filters=filters, limit=_REMEDIES)
    own = tuple(row for row in answer.rows if row.tier in ("concept", "narrower"))
    because = questions.causes(store, register, question, filters=filters, limit=_CAUSES).rows
    causes = tuple(row for row in because if row.tier in ("concept", "narrower"))
    before = questions.precedents(store, register, question, filters=filters, limit=_PRECEDENTS).rows
    named = [row.source for row in own] + [row.document for row in causes] + [row.source for row in answer.unanswered[:_GAPS]] + [row.source for row in before]
    return Brief(
        question=question,
        concept=answer.concept,
        base=answer.base,
        filters=filters,
        remedies=own,
        remedies_total=sum(count.rows for count in answer.counts if count.tier in ("concept", "narrower")),
        causes=causes,
        unanswered=answer.unanswered[:_GAPS],
        unanswered_total=answer.unanswered_total,
        precedents=before,
        trend=questions.trend(store, register, question, filters=filters),
        sources=tuple({source.document: source for source in named}.values()),
    )
