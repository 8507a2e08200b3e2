"""What people decided, put on what the machine says now.

A decision names its factor or link by quoted places, so it outlives ids, spans and components. It is applied, queued (its place
or an end of it is gone, or the span there has become another one: people look), or undone; never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import msgspec

from corpus.records import PURGED, Anchor, Decision
from graph.records import Outcome, Review, Tally
from pipeline.records import FACTOR_TYPES, Factor, FactorType, Link, Place, content_id

__all__ = ["FindAgain", "Reviewed", "Tagged", "review", "tally"]

_ALIKE = 0.5
"""share of the union that two spans have in common to be the same statement; the benchmark counts spans so"""
_ENDS: dict[str | None, tuple[FactorType, FactorType]] = {"addressed_by": ("dilemma", "countermeasure")}


class FindAgain(Protocol):
    """Where an anchor's quote stands in a text now, or none: `corpus.decisions.find_again`."""

    def __call__(self, anchor: Anchor, clean_text: str, /) -> tuple[int, int] | None: ...


class Tagged(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided last about a factor and a concept: that it is about it, or is not."""

    factor: str
    concept: str
    accepted: bool
    who: str
    place: Place


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Factors and links with the statements that only people vouch for any more, and what became of each decision."""

    factors: tuple[tuple[Factor, Review], ...]
    links: tuple[tuple[Link, Review], ...]
    outcomes: tuple[Outcome, ...]
    concepts: tuple[Tagged, ...] = ()


def review(
    document: str,
    factors: Sequence[Factor],
    links: Sequence[Link],
    decisions: Iterable[Decision],
    *,
    clean_text: str,
    find_again: FindAgain,
    sentence_at: Callable[[int, int], str],
    former: Sequence[str] = (),
) -> Reviewed:
    """`factors` and `links` with their review states after `decisions`, in the order of time.

    Decisions about other documents are passed over; those about `former` versions of this one count. An accepted statement that
    the machine no longer makes comes back, with the person as its author, as long as its words still stand in the text.
    """
    desk = _Desk(document, factors, links, clean_text, find_again, sentence_at)
    own = _about({document, *former}, decisions)
    known = {decision.id for decision in own}
    taken_back = _taken_back(own)
    outcomes: list[Outcome | None] = []
    for decision in own:
        if decision.target == "concept" and decision.kind in ("accept", "reject") and decision.id not in taken_back:
            outcomes.append(None)
            continue
        if decision.id in taken_back:
            outcome = Outcome(decision=decision.id, document=document, state="undone")
        elif decision.kind in ("undo", "answer"):
            found = (decision.undoes or decision.answers) in known
            outcome = Outcome(decision=decision.id, document=document, state="applied" if found else "queued", reason=None if found else "nothing_to_undo")
        elif decision.kind == "report":
            outcome = desk.noted(decision)
        elif decision.target == "factor":
            outcome = desk.decide_factor(decision)
        else:
            outcome = desk.decide_link(decision)
        outcomes.append(outcome)
    # which statements there are, other decisions say, also those of a later day
    final = tuple(outcome or desk.decide_concept(decision) for decision, outcome in zip(own, outcomes, strict=True))
    return Reviewed(
        factors=tuple((factor, desk.states.get(factor.id, "open")) for factor in sorted(desk.factors.values(), key=_place_of)),
        links=tuple((link, desk.states.get(link.id, "open")) for link in desk.links.values()),
        outcomes=final,
        concepts=tuple(desk.tagged.values()),
    )


def tally(decisions: Sequence[Decision], outcomes: Iterable[Outcome]) -> Tally:
    """Counts over the whole log: a decision applied to any version of its document is applied; one of a document that is not in the graph is queued."""
    best: dict[str, Outcome] = {}
    rank = {"undone": 0, "applied": 1, "queued": 2}
    for outcome in outcomes:
        before = best.get(outcome.decision)
        if before is None or rank[outcome.state] < rank[before.state]:
            best[outcome.decision] = outcome
    known = {decision.id for decision in decisions}
    taken_back = _taken_back(sorted(decisions, key=_time_of))
    final = [best.get(decision.id) or _without_document(decision, known, taken_back) for decision in decisions]
    states = [outcome.state for outcome in final]
    queue = tuple(outcome for outcome in final if outcome.state == "queued")
    return Tally(decisions=len(decisions), applied=states.count("applied"), queued=len(queue), undone=states.count("undone"), queue=queue)


def _without_document(decision: Decision, known: set[str], taken_back: set[str]) -> Outcome:
    """What becomes of a decision about a document that is not in the graph."""
    document = decision.anchors[0].document if decision.anchors else ""
    if PURGED in decision.before:
        return Outcome(decision=decision.id, document=document, state="undone", reason="document_purged")
    if decision.id in taken_back:
        return Outcome(decision=decision.id, document=document, state="undone")
    if decision.kind in ("undo", "answer"):
        found = (decision.undoes or decision.answers) in known
        return Outcome(decision=decision.id, document=document, state="applied" if found else "queued", reason=None if found else "nothing_to_undo")
    return Outcome(decision=decision.id, document=document, state="queued", reason="document_absent")


def _time_of(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.id


def _about(documents: set[str], decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions about `documents`, and the undos of these, oldest first."""
    own: list[Decision] = []
    ids: set[str] = set()
    for decision in sorted(decisions, key=_time_of):
        if any(anchor.document in documents for anchor in decision.anchors) or decision.undoes in ids:
            own.append(decision)
            ids.add(decision.id)
    return own


def _taken_back(decisions: Sequence[Decision]) -> set[str]:
    """Ids of the decisions that a later undo, itself not taken back, takes back."""
    taken: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind == "undo" and decision.id not in taken and decision.undoes is not None:
            taken.add(decision.undoes)
    return taken


def _place_of(factor: Factor) -> tuple[int, int, str]:
    return factor.start, factor.end, factor.id


def _length_of(factor: Factor) -> tuple[int, str]:
    return factor.end - factor.start, factor.id


def _alike(one: Place, other: Place) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 0.0 if shared <= 0 else shared / (max(one[1], other[1]) - min(one[0], other[0]))


class _Desk:
    """Factors and links of one document while decisions are put on them."""

    def __init__(
        self, document: str, factors: Sequence[Factor], links: Sequence[Link], clean_text: str, find_again: FindAgain, sentence_at: Callable[[int, int], str]
    ) -> None:
        self.document, self.clean_text = document, clean_text
        self.find_again, self.sentence_at = find_again, sentence_at
        self.factors = {factor.id: factor for factor in factors}
        self.links = {link.id: link for link in links}
        self.states: dict[str, Review] = {}
        self.tagged: dict[tuple[str, str], Tagged] = {}

    def noted(self, decision: Decision) -> Outcome:
        """A report lies on its words as long as they are there, and on the statement that they are, if any; it changes nothing."""
        places = [self.find_again(anchor, self.clean_text) for anchor in decision.anchors]
        kind: Any = decision.type if decision.target == "factor" else None
        ends = [self._factor_at(place, kind) for place in places if place is not None]
        if len(ends) < len(places):
            return self._queued(decision, "place_gone")
        target = None
        if decision.target == "factor" and ends[0]:
            target = ends[0].id
        elif decision.target == "link" and ends[0] and ends[1]:
            pair = (ends[0].id, ends[1].id)
            target = next((link.id for link in self.links.values() if (link.source, link.target) == pair and link.type == decision.type), None)
        return Outcome(decision=decision.id, document=self.document, state="applied", target=target)

    def decide_factor(self, decision: Decision) -> Outcome:
        place = self.find_again(decision.anchors[0], self.clean_text)
        if place is None:
            return self._queued(decision, "place_gone")
        near = [(self._alike(place, factor.id), factor.id) for factor in self.factors.values() if factor.type == decision.type]
        score, factor = max(near, default=(0.0, ""))
        if score >= _ALIKE:
            return self._decided(decision, factor)
        if score > 0 and decision.kind == "reject":
            # part of what was rejected is said again with other edges: whether that is still wrong, only a person can say
            return self._queued(decision, "span_changed")
        if decision.kind == "reject":
            return Outcome(decision=decision.id, document=self.document, state="applied")
        restored = self._restore_factor(decision, place)
        return self._decided(decision, restored.id)

    def decide_link(self, decision: Decision) -> Outcome:
        places = tuple(self.find_again(anchor, self.clean_text) for anchor in decision.anchors)
        source, target = places
        if source is None or target is None:
            return self._queued(decision, "place_gone")
        best: tuple[float, str] | None = None
        for link in self.links.values():
            if link.type == decision.type and link.source in self.factors and link.target in self.factors:
                one, other = self._alike(source, link.source), self._alike(target, link.target)
                if one >= _ALIKE and other >= _ALIKE:
                    best = max(best or (0.0, ""), (one + other, link.id))
        if best is not None:
            return self._decided(decision, best[1])
        if decision.kind == "reject":
            return Outcome(decision=decision.id, document=self.document, state="applied")
        types = _ENDS.get(decision.type)
        ends = [self._factor_at(place, types[n] if types else None) for n, place in enumerate((source, target))]
        if ends[0] is None or ends[1] is None:
            return self._queued(decision, "end_gone")
        restored = self._restore_link(decision, ends[0], ends[1])
        return self._decided(decision, restored.id)

    def decide_concept(self, decision: Decision) -> Outcome:
        """What a place says of a concept holds for the statement that it is, of the type that the person saw if there is one; else for the
        shortest statement that holds it: somebody who codes 数据孤岛 alone means the dilemma 数据孤岛突出."""
        place = self.find_again(decision.anchors[0], self.clean_text)
        if place is None:
            return self._queued(decision, "place_gone")
        seen = decision.before.get("type")
        factor = self._factor_at(place, seen) if seen in FACTOR_TYPES else None
        factor = factor or self._factor_at(place, None)
        if factor is None:
            around = [f for f in self.factors.values() if f.start <= place[0] and place[1] <= f.end]
            factor = min(around, key=_length_of, default=None)
        if factor is None:
            return self._queued(decision, "end_gone")
        concept = decision.type or ""
        self.tagged[factor.id, concept] = Tagged(factor=factor.id, concept=concept, accepted=decision.kind == "accept", who=decision.who, place=place)
        return Outcome(decision=decision.id, document=self.document, state="applied", target=factor.id)

    def _alike(self, place: Place, factor: str) -> float:
        return _alike(place, (self.factors[factor].start, self.factors[factor].end))

    def _factor_at(self, place: Place, kind: FactorType | None) -> Factor | None:
        near = [(_alike(place, (f.start, f.end)), f.id, f) for f in self.factors.values() if kind is None or f.type == kind]
        score, _, factor = max(near, key=lambda row: row[:2], default=(0.0, "", None))
        return factor if score >= _ALIKE else None

    def _decided(self, decision: Decision, target: str) -> Outcome:
        self.states[target] = "accepted" if decision.kind == "accept" else "rejected"
        return Outcome(decision=decision.id, document=self.document, state="applied", target=target)

    def _queued(self, decision: Decision, reason: str) -> Outcome:
        return Outcome(decision=decision.id, document=self.document, state="queued", reason=reason)  # type: ignore[arg-type]

    def _restore_factor(self, decision: Decision, place: Place) -> Factor:
        text = self.clean_text[place[0] : place[1]]
        factor = Factor(
            id=content_id("f", decision.type, *place, text, decision.id),
            type=decision.type,  # type: ignore[arg-type]
            text=text,
            sentence=self.sentence_at(*place),
            start=place[0],
            end=place[1],
            scope="clause",
            confidence=1.0,
            author=f"person:{decision.who}",
        )
        self.factors[factor.id] = factor
        return factor

    def _restore_link(self, decision: Decision, source: Factor, target: Factor) -> Link:
        basis = decision.before.get("basis")
        link = Link(
            id=content_id("l", decision.type, source.id, target.id, decision.id),
            type=decision.type,  # type: ignore[arg-type]
            source=source.id,
            target=target.id,
            basis="stated" if basis == "stated" else "aligned",
            confidence=1.0,
            evidence=((source.start, source.end), (target.start, target.end)),
            author=f"person:{decision.who}",
        )
        self.links[link.id] = link
        return link
