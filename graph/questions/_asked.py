"""What was asked: the concept a question means with the tiers around it, filters that exist, a page that exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from graph._fold import search_terms
from graph.errors import BadPage, NothingToSearch, UnknownFilter
from graph.project import names_of
from graph.records import ConceptRef, ConceptTier, Filters, Review
from graph.register import Concepts
from pipeline.records import Basis, Dim, DocumentKind, EntityType, Force, Level, Voice

__all__ = ["MOST_ROWS", "Asked", "checked", "meaning", "read_filters"]

MOST_ROWS = 10_000
"""rows of one page at most"""
_MOST_QUESTION = 400
"""characters of a question that the register is asked about; a longer text is searched for the names in it"""
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_CHOICES: dict[str, tuple[str, ...]] = {
    "basis": get_args(Basis),
    "kinds": get_args(DocumentKind),
    "review": get_args(Review),
    "levels": get_args(Level),
    "forces": get_args(Force),
    "voices": get_args(Voice),
    "dims": get_args(Dim),
    "actors": get_args(EntityType),
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question, understood: `concept` is none where the register has no entry."""

    question: str
    concept: ConceptRef | None
    tiers: tuple[ConceptTier, ...]
    terms: tuple[str, ...]


def meaning(register: Concepts, question: str) -> Asked:
    """The concept that a question or a concept id means, with what stands around it: "data silos", 信息孤岛 → 数据孤岛.

    Raises:
        NothingToSearch: there is no word in the question.
    """
    terms = search_terms(question)
    if not terms:
        raise NothingToSearch(question)
    identity = _identity(register, question.strip())
    if identity is None:
        return Asked(question=question, concept=None, tiers=(), terms=terms)
    name, english = names_of(register.get(identity))
    around = register.relatives(identity)
    tiers = [ConceptTier(tier="concept", concepts=(identity,))]
    seen = {identity}
    for tier, ids in (("narrower", around.narrower), ("related", around.related), ("near", around.near)):
        fresh = tuple(sorted(set(ids) - seen))
        seen.update(fresh)
        if fresh:
            tiers.append(ConceptTier(tier=tier, concepts=fresh))  # type: ignore[arg-type]
    return Asked(question=question, concept=ConceptRef(id=identity, name=name or english or identity, english=english), tiers=tuple(tiers), terms=terms)


def read_filters(values: Mapping[str, Any]) -> Filters:
    """Filters from plain values, as a command line, a URL or JSON has them.

    Raises:
        UnknownFilter: a name or value that does not exist; the message lists those that do.
    """
    known = Filters.__struct_fields__
    for name in values:
        if name not in known:
            raise UnknownFilter(name, reason="there is no such filter", known=known)
    try:
        return checked(msgspec.convert(values, Filters, strict=False))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        name = str(error).rpartition("$.")[2].strip("`'").partition("[")[0]
        raise UnknownFilter(name if name in known else "", reason=str(error)[:200], known=_CHOICES.get(name, known)) from None


def checked(filters: Filters) -> Filters:
    """`filters`, if every value of them exists.

    Raises:
        UnknownFilter: a value that does not exist, or a span of years that ends before it begins.
    """
    for name, choices in _CHOICES.items():
        for value in getattr(filters, name):
            if value not in choices:
                raise UnknownFilter(name, reason=f"{value[:40]!r} is no value of it", known=choices)
    for name in ("documents", "regions", "issuers", "concepts", "problems"):
        for value in getattr(filters, name):
            if not is_whole(value):
                raise UnknownFilter(name, reason=f"{value[:40]!r} holds half a character", known=("names as documents have them",))
    if filters.year_from is not None and filters.year_to is not None and filters.year_from > filters.year_to:
        raise UnknownFilter("year_from", reason=f"{filters.year_from} lies after year_to, {filters.year_to}", known=("a year up to year_to",))
    for name, year in (("year_from", filters.year_from), ("year_to", filters.year_to)):
        if year is not None and not 0 <= year <= 9999:
            raise UnknownFilter(name, reason=f"{year} is no year", known=("0 to 9999",))
    if filters.today is not None and not _DAY.fullmatch(filters.today):
        raise UnknownFilter("today", reason=f"{filters.today[:40]!r} is no day", known=("a day such as 2026-01-31",))
    if not 0 <= filters.min_confidence <= 1:
        raise UnknownFilter("min_confidence", reason=f"{filters.min_confidence} is no share", known=("0 to 1",))
    return filters


def is_whole(text: str) -> bool:
    """Whether a store can look for `text`: not with half a character (a lone surrogate) in it, which stands in no document."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def check_page(*, limit: int, offset: int) -> None:
    """Nothing, if there can be such a page; one beyond the end is an empty page, not an error.

    Raises:
        BadPage: a negative offset, or a limit out of range.
    """
    if not 0 <= limit <= MOST_ROWS or not 0 <= offset < 2**53:
        raise BadPage(limit=limit, offset=offset, most=MOST_ROWS)


def _identity(register: Concepts, question: str) -> str | None:
    if register.get(question) is not None:
        return question
    if len(question) <= _MOST_QUESTION:
        # a guess by wording or by nearness of meaning is offered by whoever asks, and answered by nobody
        return register.resolve(question).concept
    counts: dict[str, int] = {}
    for match in register.find(question):
        counts[match.concept] = counts.get(match.concept, 0) + 1
    # of a long text the concept it names most often; the first of equals
    return max(counts, key=counts.__getitem__) if counts else None
