"""Questions: what a person typed → rows with their quotes, and the same as plain data for other programs."""

from __future__ import annotations

from typing import Any

import msgspec

from graph import questions
from graph.records import FactorRow, Filters, Neighbourhood, RemedyAnswer, RemedyRow, SearchAnswer
from zhengmai.holdings import Holdings

MOST_ROWS = 10_000
"""rows of one answer as plain data; a page asks for fewer"""


def remedies(holdings: Holdings, question: str, filters: Filters, *, limit: int = 200, offset: int = 0) -> RemedyAnswer:
    """Remedies of the concept that a question means, in tiers: its own, those of narrower concepts, neighbours, near misses.

    Raises:
        NothingToSearch: nothing is left of the question once its signs are taken away.
    """
    return questions.remedies(holdings.store, holdings.register, question, filters=filters, limit=limit, offset=offset)


def neighbourhood(holdings: Holdings, concept: str, filters: Filters, *, limit: int = 45) -> Neighbourhood:
    """A map around one concept, with positions."""
    return questions.neighbourhood(holdings.store, holdings.register, concept, filters=filters, nodes=limit)


def search(holdings: Holdings, text: str, filters: Filters, *, limit: int = 20, offset: int = 0) -> SearchAnswer:
    """Sentences that hold the words, in whatever script they are written."""
    return questions.search(holdings.store, text, filters=filters, limit=limit, offset=offset)


def remedies_data(holdings: Holdings, question: str, filters: Filters, *, tiers: tuple[str, ...] = ("concept", "narrower")) -> dict[str, Any]:
    """The answer as plain data: `rows` hold at least file, dilemma, remedy, their sentences, basis and places.

    Rows of narrower concepts are remedies of the concept asked for; those of neighbours and near misses stand `apart`, each with its tier.
    """
    answer = remedies(holdings, question, filters, limit=MOST_ROWS)
    return {
        "question": question,
        "concept": msgspec.to_builtins(answer.concept),
        "base": msgspec.to_builtins(answer.base),
        "total": answer.total,
        "rows": [flat(row) for row in answer.rows if row.tier in tiers],
        "apart": [flat(row) for row in answer.rows if row.tier not in tiers],
        "unanswered": [flat_factor(row) for row in answer.unanswered if row.tier in tiers],
    }


def flat(row: RemedyRow) -> dict[str, Any]:
    """One row as plain data, with the words first and the places behind them."""
    return {
        "file": row.source.file,
        "document": row.source.document,
        "title": row.source.title,
        "year": row.source.year,
        "sample": row.source.sample,
        "dilemma": row.dilemma.text,
        "dilemma_sentence": row.dilemma.sentence,
        "dilemma_place": [row.dilemma.start, row.dilemma.end],
        "remedy": row.remedy.text,
        "remedy_sentence": row.remedy.sentence,
        "remedy_place": [row.remedy.start, row.remedy.end],
        "basis": row.basis,
        "force": row.force,
        "voice": row.voice,
        "confidence": row.confidence,
        "author": row.author,
        "evidence": [list(place) for place in row.evidence],
        "review": row.review,
        "concept": row.concept,
        "tier": row.tier,
        "link": row.link,
    }


def flat_factor(row: FactorRow) -> dict[str, Any]:
    """A dilemma without a remedy as plain data."""
    return {
        "file": row.source.file,
        "document": row.source.document,
        "title": row.source.title,
        "year": row.source.year,
        "sample": row.source.sample,
        "dilemma": row.quote.text,
        "dilemma_sentence": row.quote.sentence,
        "dilemma_place": [row.quote.start, row.quote.end],
        "concept": row.concept,
        "tier": row.tier,
    }
