"""有误: what readers report as wrong, and what editors answer. A report is a decision like others: kept, anchored by its quotes, never lost.

It changes nothing by itself. An editor who agrees rejects the statement with it; who does not, or sets it aside, leaves everything as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from corpus.records import PURGED, Anchor, Decision, TargetKind, Verdict
from graph.records import DocumentView, Outcome
from zhengmai.deciding import anchored
from zhengmai.errors import NothingFound

__all__ = ["LONGEST_NOTE", "Claim", "Report", "claim", "reports"]

LONGEST_NOTE = 1000
"""characters of a report's or answer's note"""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is about: a factor, a link, or words alone, with the place of each end."""

    target: TargetKind
    type: str | None
    anchors: tuple[Anchor, ...]
    before: dict[str, str | float | None]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its answer, if it has one."""

    id: str
    at: str
    who: str
    """empty where the reader gave no name"""
    note: str
    target: TargetKind
    type: str | None
    quotes: tuple[str, ...]
    document: str
    """where the words stand now: of a replaced document the newest version that has them"""
    place: tuple[int, int]
    """of the first quote when it was reported"""
    statement: str | None
    """id of the factor or link that the words are now, or none"""
    found: bool
    """whether the words still stand in the text"""
    answer: str | None = None
    """id of the answer"""
    verdict: Verdict | None = None
    answered_by: str = ""
    answer_note: str = ""

    @property
    def open(self) -> bool:
        return self.answer is None


def claim(view: DocumentView, *, statement: str | None = None, place: tuple[int, int] | None = None) -> Claim:
    """What a report about a factor or link (`statement`: its id), or about the words at a place, is anchored by.

    Raises:
        NothingFound: the document has no such factor, link or place.
    """
    document = view.source.document
    factors = {factor.id: factor for factor in view.factors}
    if statement in factors:
        factor = factors[statement]
        before: dict[str, str | float | None] = {"type": factor.type, "confidence": factor.confidence, "author": factor.author, "review": factor.review}
        return Claim(target="factor", type=factor.type, anchors=(anchored(view, factor.start, factor.end),), before=before)
    if statement is not None:
        link = next((link for link in view.links if link.id == statement), None)
        if link is None:
            raise NothingFound("factor or link", statement, known=f"`python -m zhengmai show {document}` lists those of the document")
        ends = tuple(anchored(view, end.start, end.end) for end in (factors[link.source], factors[link.target]))
        before = {"type": link.type, "basis": link.basis, "confidence": link.confidence, "author": link.author, "review": link.review}
        return Claim(target="link", type=link.type, anchors=ends, before=before)
    if place is None or not 0 <= place[0] < place[1] <= len(view.clean_text):
        raise NothingFound("place", "–" if place is None else f"{place[0]}-{place[1]}")
    return Claim(target="place", type=None, anchors=(anchored(view, *place),), before={})


def reports(decisions: Sequence[Decision], outcomes: Iterable[Outcome]) -> tuple[Report, ...]:
    """All reports that nobody took back, open ones first, then the newest; those of purged documents are not there."""
    undone = {one.undoes for one in decisions if one.kind == "undo"}
    answers = {one.answers: one for one in decisions if one.kind == "answer" and one.id not in undone}
    first = {one.id: one.anchors[0].document for one in decisions if one.kind == "report" and one.anchors}
    now: dict[str, Outcome] = {}
    for outcome in outcomes:
        # versions of one document each have an outcome: the one where the words still are a statement says most, then the newer version
        if outcome.decision in first and _says(outcome, first) > _says(now.get(outcome.decision), first):
            now[outcome.decision] = outcome
    made = [
        _report(one, now.get(one.id), answers.get(one.id))
        for one in decisions
        if one.kind == "report" and one.id not in undone and PURGED not in one.before and one.anchors
    ]
    return tuple(sorted(sorted(made, key=lambda one: one.at, reverse=True), key=lambda one: not one.open))


def _says(outcome: Outcome | None, first: Mapping[str, str]) -> tuple[bool, bool, bool, bool]:
    if outcome is None:
        return False, False, False, False
    return True, outcome.state == "applied", outcome.target is not None, outcome.document != first[outcome.decision]


def _report(one: Decision, outcome: Outcome | None, answer: Decision | None) -> Report:
    first = one.anchors[0]
    return Report(
        id=one.id,
        at=one.at,
        who=one.who,
        note=one.note or "",
        target=one.target or "place",
        type=one.type,
        quotes=tuple(anchor.quote for anchor in one.anchors),
        document=outcome.document if outcome else first.document,
        place=(first.start, first.end),
        statement=outcome.target if outcome else None,
        found=outcome is not None and outcome.state == "applied",
        answer=answer.id if answer else None,
        verdict=answer.verdict if answer else None,
        answered_by=answer.who if answer else "",
        answer_note=(answer.note or "") if answer else "",
    )
