"""Which statements are exported: all, those that filters leave, or a basket of ids and quotes.

Filters mean what they mean in answers (`graph.records.Filters`); a link that is chosen brings both its statements along.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from graph.records import ActView, DocumentView, FactorView, Filters, LinkView

if TYPE_CHECKING:
    from graph.export.material import ExportedDocument
    from pipeline.records import Statements

__all__ = ["Choice", "choose"]

_MEASURE_FIRST = ("achieves", "limited_by")
"""links whose measure stands at their beginning"""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted. `samples`: whether samples answer (they are never exported together with added documents)."""

    filters: Filters = Filters()
    basket: tuple[str, ...] = ()
    """`f…`, `l…`, `d…/f…`, or a quote: the words of a statement, or words of its sentence"""
    samples: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left out but what never answers."""
        return not self.basket and self.filters == Filters(samples=self.filters.samples, internal=self.filters.internal)

    def fitting(self, document: ExportedDocument) -> Iterator[str]:
        """Entries of the basket that something of `document` fits."""
        for entry in self.basket:
            if any(_is(entry, document.id, factor) for factor in document.view.factors) or any(
                entry in (link.id, f"{document.id}/{link.id}") for link in document.view.links
            ):
                yield entry


def choose(document: ExportedDocument, choice: Choice) -> ExportedDocument | None:
    """What `choice` leaves of a document, none where nothing is left. Rejected statements stay in `statements` of a whole document alone."""
    if not _document_fits(document, choice):
        return None
    view = document.view
    live = {factor.id: factor for factor in view.factors if factor.review != "rejected"}
    links = [link for link in view.links if link.live]
    filters = choice.filters
    if choice.basket:
        links = [link for link in links if link.id in choice.basket or f"{document.id}/{link.id}" in choice.basket]
        kept = {factor.id for factor in live.values() if any(_is(entry, document.id, factor) for entry in choice.basket)}
    elif filters.of_statements or filters.basis:
        narrowed = _Narrowed(view, filters, live)
        links = [link for link in links if narrowed.link_fits(link)]
        kept = {factor.id for factor in live.values() if narrowed.factor_fits(factor)}
    else:
        kept = set(live)
    kept |= {end for link in links for end in (link.source, link.target)}
    partial = bool(choice.basket or filters.of_statements or filters.basis)
    if partial and not kept:
        return None
    view = msgspec.structs.replace(
        view,
        factors=tuple(factor for factor in view.factors if factor.id in kept),
        links=tuple(links),
        acts=tuple(act for act in view.acts if act.factor in kept),
    )
    return msgspec.structs.replace(document, view=view, statements=_part(document, kept, links) if partial else document.statements)


def _part(document: ExportedDocument, kept: set[str], links: list[LinkView]) -> Statements:
    made = document.statements
    wanted = {link.id for link in links}
    acts = tuple(act for act in made.acts if act.factor in kept)
    actors = {act.actor for act in acts}
    return msgspec.structs.replace(
        made,
        factors=tuple(factor for factor in made.factors if factor.id in kept),
        links=tuple(link for link in made.links if link.id in wanted),
        acts=acts,
        entities=tuple(entity for entity in made.entities if entity.id in actors),
    )


def _is(entry: str, document: str, factor: FactorView) -> bool:
    return entry in (factor.id, f"{document}/{factor.id}", factor.text) or (len(entry) > 3 and entry in factor.sentence and factor.text in entry)


def _document_fits(document: ExportedDocument, choice: Choice) -> bool:
    """Filters of documents, as `graph.sqlite._where` has them."""
    filters, source, info = choice.filters, document.view.source, document.statements.document
    if source.sample != choice.samples:
        return False
    if filters.internal != "with" and (source.access == "internal") != (filters.internal == "only"):
        return False
    if filters.year_from is not None or filters.year_to is not None:
        first, last = filters.year_from or 0, 9999 if filters.year_to is None else filters.year_to
        if source.year is None or not first <= source.year <= last:
            return False
    if filters.in_force is not None:
        today = filters.today
        began = today is None or (info.in_force or "") <= today
        if (began and (info.expires or "~") > (today or "")) != filters.in_force:
            return False
    places = {place.name for place in info.places}
    return all(
        not wanted or bool(set(wanted) & has)
        for wanted, has in (
            (filters.kinds, {source.kind}),
            (filters.documents, {source.document}),
            (filters.levels, {document.level}),
            (filters.issuers, {source.issuer}),
            (filters.regions, places),
        )
    )


class _Narrowed:
    """Filters of single statements on one document."""

    def __init__(self, view: DocumentView, filters: Filters, live: dict[str, FactorView]) -> None:
        self._filters, self._live = filters, live
        self._kinds: dict[str, set[str]] = {}
        for act in view.acts:
            self._kinds.setdefault(act.factor, set()).add(_kind(act))
        about = {factor.id for factor in live.values() if set(factor.concepts) & set(filters.concepts)}
        dilemmas = {factor.id for factor in live.values() if factor.type == "dilemma" and set(factor.concepts) & set(filters.problems)}
        tied = dilemmas | {
            end
            for link in view.links
            if link.live and link.type != "part_of" and (link.source in dilemmas or link.target in dilemmas)
            for end in (link.source, link.target)
        }
        self._about, self._dilemmas, self._tied = about, dilemmas, tied

    def factor_fits(self, factor: FactorView) -> bool:
        filters = self._filters
        if filters.concepts and factor.id not in self._about:
            return False
        if filters.problems and factor.id not in self._tied:
            return False
        return self._traits_fit((factor,), factor, factor.confidence, factor.review)

    def link_fits(self, link: LinkView) -> bool:
        filters = self._filters
        ends = self._live[link.source], self._live[link.target]
        if filters.basis and link.basis not in filters.basis:
            return False
        for wanted, among in ((filters.concepts, self._about), (filters.problems, self._dilemmas)):
            if wanted and link.source not in among and link.target not in among:
                return False
        return self._traits_fit(ends, ends[0] if link.type in _MEASURE_FIRST else ends[1], link.confidence, link.review)

    def _traits_fit(self, ends: tuple[FactorView, ...], measure: FactorView, confidence: float, review: str) -> bool:
        filters = self._filters
        kinds = {kind for end in ends for kind in self._kinds.get(end.id, ())}
        return (
            confidence >= filters.min_confidence
            and (not filters.review or review in filters.review)
            and (not filters.forces or measure.force in filters.forces)
            and (not filters.voices or measure.voice in filters.voices)
            and (not filters.dims or any(end.dim in filters.dims for end in ends))
            and (not filters.actors or bool(kinds & set(filters.actors)))
        )


def _kind(act: ActView) -> str:
    return act.kind
