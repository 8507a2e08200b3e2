"""What happened last: documents that came, got a new version or were withdrawn, and what people decided; newest first."""

from __future__ import annotations

from itertools import groupby

import msgspec

from corpus.records import Decision, DocumentRecord, TargetKind
from zhengmai.holdings import Holdings

__all__ = ["Change", "last_changes"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened."""

    at: str
    """ISO 8601; of what is dated by its day, the day alone"""
    kind: str
    """`added`, `version`, `withdrawn`, or the kind of a decision: accept, reject, undo, …"""
    who: str = ""
    document: str | None = None
    """none: several documents, or one that is not here any more"""
    name: str = ""
    n: int = 1
    """documents that came together"""
    sample: bool = False
    words: tuple[str, ...] = ()
    """quotes of the decision; none of a document that is marked internal"""
    place: tuple[int, int] | None = None
    target: TargetKind | None = None


def last_changes(holdings: Holdings, *, limit: int = 20) -> tuple[Change, ...]:
    """The latest changes, documents that came at the same minute as one."""
    records = {record.id: record for record in holdings.catalogue.list()}
    decisions = holdings.log.read()
    found = [*_documents(list(records.values())), *(_decided(one, records, {other.id: other for other in decisions}) for one in decisions)]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True)[:limit])


def _documents(records: list[DocumentRecord]) -> list[Change]:
    found: list[Change] = []
    came = sorted((record for record in records if not record.supersedes), key=_together)
    for (minute, sample), group in groupby(came, key=_together):
        together = list(group)
        one = together[0] if len(together) == 1 else None
        found.append(Change(at=minute, kind="added", document=one.id if one else None, name=one.name if one else "", n=len(together), sample=sample))
    for record in records:
        if record.supersedes:
            found.append(Change(at=record.added, kind="version", document=record.id, name=record.name, sample=record.sample))
        if record.withdrawn:
            found.append(Change(at=record.withdrawn, kind="withdrawn", name=record.name, sample=record.sample))
    return found


def _together(record: DocumentRecord) -> tuple[str, bool]:
    return record.added[:16], record.sample


def _decided(decision: Decision, records: dict[str, DocumentRecord], decisions: dict[str, Decision]) -> Change:
    about = decision
    while about.undoes in decisions and about is not decisions[about.undoes]:
        about = decisions[about.undoes]
    record = records.get(about.anchors[0].document) if about.anchors else None
    here = record is not None and not record.withdrawn
    return Change(
        at=decision.at,
        kind=decision.kind,
        who=decision.who,
        document=record.id if record and here else None,
        name=record.name if record else "",
        sample=bool(record and record.sample),
        words=tuple(anchor.quote for anchor in about.anchors) if record and record.access != "internal" else (),
        place=(about.anchors[0].start, about.anchors[0].end) if about.anchors else None,
        target=about.target,
    )
