"""Chains: driver → dilemma → remedy → goal, each within one document and each end with its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from graph.errors import UnknownDocument
from graph.questions import document_view
from graph.records import DocumentView, FactorView, RemedyRow
from graph.store import GraphStore
from zhengmai.sureness import sure

__all__ = ["Chain", "chains"]

_ROWS, _DOCUMENTS = 60, 12
"""rows and documents that are looked at: a drawing shows a handful"""
_ENDS = 3
"""drivers, and goals, of one chain"""


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """A remedy with the dilemma that it answers, what drives or causes that, and what the remedy is to reach."""

    row: RemedyRow
    drivers: tuple[FactorView, ...]
    goals: tuple[FactorView, ...]

    @property
    def whole(self) -> bool:
        return bool(self.drivers and self.goals)


def chains(store: GraphStore, rows: Sequence[RemedyRow], *, limit: int = 8) -> tuple[Chain, ...]:
    """The fullest chains through the remedies of an answer, in the order of the answer where they are equally full; only what is sure."""
    views: dict[str, DocumentView | None] = {}
    found = []
    for row in [row for row in rows if sure(row)][:_ROWS]:
        document = row.source.document
        if document not in views:
            if len(views) >= _DOCUMENTS:
                continue
            try:
                views[document] = document_view(store, document)
            except UnknownDocument:  # taken out since the answer was made
                views[document] = None
        view = views[document]
        if view is not None:
            found.append(_chain(view, row))
    return tuple(sorted(found, key=lambda chain: (not chain.whole, not (chain.drivers or chain.goals)))[:limit])


def _chain(view: DocumentView, row: RemedyRow) -> Chain:
    live = [link for link in view.links if link.live and sure(link)]
    dilemma, remedy = row.dilemma.factor, row.remedy.factor
    behind = [link.target for link in live if link.type == "caused_by" and link.source == dilemma]
    behind += [link.source for link in live if link.type == "drives" and link.target in (dilemma, remedy)]
    ahead = [link.target for link in live if link.type == "achieves" and link.source == remedy]
    return Chain(row=row, drivers=_factors(view, behind), goals=_factors(view, ahead))


def _factors(view: DocumentView, ids: Iterable[str]) -> tuple[FactorView, ...]:
    by_id = {factor.id: factor for factor in view.factors}
    return tuple(by_id[one] for one in dict.fromkeys(ids))[:_ENDS]
