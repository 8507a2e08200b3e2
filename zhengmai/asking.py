"""Questions: what a person typed → rows with their quotes, and the same as plain data for other programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from graph import questions
from graph.overviews import Comparison, Disagreement, Matrix, PathAnswer, PrecedentAnswer, Trend
from graph.records import FactorAnswer, FactorRow, Filters, LinkAnswer, Neighbourhood, RemedyAnswer, RemedyRow, SearchAnswer, Statistics
from graph.store import Column
from pipeline.records import LinkType
from zhengmai.holdings import Holdings

Intent = Literal["remedies", "causes", "precedents", "unanswered"]

MOST_ROWS = 10_000
"""rows of one answer as plain data; a page asks for fewer"""


# what a question asks for beside remedies, by its interrogatives (Liu, Pan and Gu, 实用现代汉语语法: 疑问代词); the first that fits
_UNANSWERED = re.compile(
    "(?:没有|尚无|缺少|缺乏|无)(?:人|谁)?(?:提出|给出)?(?:对策|办法|措施|解决方案)|未(?:获|得到)?(?:回应|解决)|unanswered|without (?:a )?remed", re.IGNORECASE
)
_CAUSES = re.compile(r"为什么|为何|为啥|何以|原因|成因|起因|根源|缘何|\bwhy\b|\bcauses?\b", re.IGNORECASE)
_PRECEDENTS = re.compile(
    r"经验|做法|先例|前例|案例|先行|谁(?:做|试|用)过|哪(?:些|里|儿)(?:地方|城市|部门)?(?:做|试|用)过|\bprecedents?\b|\bwho (?:did|has|have)\b", re.IGNORECASE
)


def dated(filters: Filters) -> Filters:
    """`filters` with the day of today, on this machine's calendar, where it is asked what is in force and no day is named."""
    if filters.in_force is None or filters.today is not None:
        return filters
    return msgspec.structs.replace(filters, today=datetime.now().astimezone().date().isoformat())


def intent(question: str) -> Intent:
    """What a question asks for: 数据孤岛为什么难以打破？ → causes; 哪些地方做过数据共享？ → precedents; else its remedies."""
    kinds: tuple[tuple[Intent, re.Pattern[str]], ...] = (("unanswered", _UNANSWERED), ("causes", _CAUSES), ("precedents", _PRECEDENTS))
    return next((kind for kind, words in kinds if words.search(question)), "remedies")


def ask(holdings: Holdings, question: str, filters: Filters, *, limit: int = 50, offset: int = 0) -> RemedyAnswer | LinkAnswer | PrecedentAnswer | FactorAnswer:
    """The answer to a question as people put it, of the kind that `intent` makes out.

    Raises:
        NothingToSearch: nothing is left of the question once its signs are taken away.
    """
    match intent(question):
        case "causes":
            return causes(holdings, question, filters, limit=limit, offset=offset)
        case "precedents":
            return precedents(holdings, question, filters, limit=limit, offset=offset)
        case "unanswered":
            return unanswered(holdings, question, filters, limit=limit, offset=offset)
        case _:
            return remedies(holdings, question, filters, limit=limit, offset=offset)


def causes(holdings: Holdings, question: str, filters: Filters, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
    """What texts name as causes of the dilemmas of a concept."""
    return questions.causes(holdings.store, holdings.register, question, filters=dated(filters), limit=limit, offset=offset)


def effects(holdings: Holdings, question: str, filters: Filters, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
    """What texts put down to a concept: dilemmas that have it as their cause."""
    return questions.linked(holdings.store, holdings.register, question, "caused_by", end="target", filters=dated(filters), limit=limit, offset=offset)


def limits(holdings: Holdings, question: str, filters: Filters, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
    """What measures about a concept come up against: 数据共享 is limited by 条块分割."""
    return questions.linked(holdings.store, holdings.register, question, "limited_by", filters=dated(filters), limit=limit, offset=offset)


def limited(holdings: Holdings, question: str, filters: Filters, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
    """Which measures come up against a concept."""
    return questions.linked(holdings.store, holdings.register, question, "limited_by", end="target", filters=dated(filters), limit=limit, offset=offset)


def stated_about(holdings: Holdings, question: str | Sequence[str] | None, filters: Filters, *, limit: int = 50, offset: int = 0) -> FactorAnswer:
    """What is said about a concept, the quotes behind one cell of a table; none: about any concept."""
    return questions.statements(holdings.store, holdings.register, question, filters=dated(filters), limit=limit, offset=offset)


def trend(holdings: Holdings, question: str, filters: Filters, *, narrower: bool = True) -> Trend:
    """What is said about a concept year by year, without holes."""
    return questions.trend(holdings.store, holdings.register, question, filters=dated(filters), narrower=narrower)


def matrix(holdings: Holdings, rows: Sequence[str] | None, filters: Filters, *, by: Column = "year") -> Matrix:
    """How much is said about each of `rows` (none: the commonest concepts; `["dims"]`: the dims) by a property of the document."""
    return questions.matrix(holdings.store, holdings.register, rows, by=by, filters=dated(filters))


def paths(holdings: Holdings, source: str, target: str, filters: Filters, *, limit: int = 5) -> PathAnswer:
    """The shortest ways by which links join two concepts, each step with its quote."""
    return questions.paths(holdings.store, holdings.register, source, target, filters=dated(filters), limit=limit)


def compare(holdings: Holdings, left: str, right: str | None, filters: Filters, right_filters: Filters | None) -> Comparison:
    """Two concepts, or one concept in two periods, regions or kinds of source, side by side."""
    right_filters = None if right_filters is None else dated(right_filters)
    return questions.compare(holdings.store, holdings.register, left, right, filters=dated(filters), right_filters=right_filters)


def disagreement(holdings: Holdings, question: str, filters: Filters, *, limit: int = 20) -> Disagreement:
    """Remedy here, problem there: who proposes a concept, who blames it, and where it fell short."""
    return questions.disagreement(holdings.store, holdings.register, question, filters=dated(filters), limit=limit)


def precedents(holdings: Holdings, question: str, filters: Filters, *, actors: Sequence[str] = (), limit: int = 20, offset: int = 0) -> PrecedentAnswer:
    """Who met this before and what they did: practices that match a concept or a described case."""
    return questions.precedents(holdings.store, holdings.register, question, actors=actors, filters=dated(filters), limit=limit, offset=offset)


def unanswered(holdings: Holdings, question: str, filters: Filters, *, limit: int = 50, offset: int = 0) -> FactorAnswer:
    """Dilemmas of a concept for which their document offers no remedy."""
    return questions.unanswered(holdings.store, holdings.register, question, filters=dated(filters), limit=limit, offset=offset)


def statistics(holdings: Holdings, filters: Filters) -> Statistics:
    """What the graph holds, as far as the filters leave it."""
    return questions.statistics(holdings.store, filters=dated(filters))


def regions(holdings: Holdings) -> tuple[str, ...]:
    """Places that documents are about or come from, as these name them; those of most statements first."""
    counts: dict[str, int] = {}
    for cell in questions.matrix(holdings.store, holdings.register, ["dims"], by="place").cells:
        if cell.column:
            counts[cell.column] = counts.get(cell.column, 0) + cell.statements
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def remedies(holdings: Holdings, question: str, filters: Filters, *, limit: int = 200, offset: int = 0) -> RemedyAnswer:
    """Remedies of the concept that a question means, in tiers: its own, those of narrower concepts, neighbours, near misses.

    Raises:
        NothingToSearch: nothing is left of the question once its signs are taken away.
    """
    return questions.remedies(holdings.store, holdings.register, question, filters=dated(filters), limit=limit, offset=offset)


def neighbourhood(
    holdings: Holdings,
    concept: str,
    filters: Filters,
    *,
    limit: int = 45,
    relations: Sequence[LinkType] = (),
    more: questions.More | None = None,
    steps: Literal[1, 2] = 1,
) -> Neighbourhood:
    """A map around one concept, with positions; narrowed to `relations`, with `more` of one kind, one or two `steps` far."""
    store, register = holdings.store, holdings.register
    return questions.neighbourhood(store, register, concept, filters=dated(filters), nodes=limit, relations=relations, more=more, steps=steps)


def search(holdings: Holdings, text: str, filters: Filters, *, limit: int = 20, offset: int = 0) -> SearchAnswer:
    """Sentences that hold the words, in whatever script they are written."""
    return questions.search(holdings.store, text, filters=dated(filters), limit=limit, offset=offset)


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
