"""What else the corpus has of a document: its earlier and later versions, and the copies that count as the same work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import DocumentRecord

__all__ = ["Kin", "kin_of"]


@dataclass(frozen=True, slots=True)
class Kin:
    """Documents beside one, the oldest version first."""

    earlier: tuple[DocumentRecord, ...]
    later: tuple[DocumentRecord, ...]
    copies: tuple[DocumentRecord, ...]
    """of the same work, as a person said"""


def kin_of(record: DocumentRecord, records: Iterable[DocumentRecord]) -> Kin:
    """The kin of `record` among `records`; a chain of versions that runs in a circle is followed once."""
    by_id = {one.id: one for one in records}
    followers = {one.supersedes: one for one in by_id.values() if one.supersedes is not None}
    seen = {record.id}

    def follow(one: DocumentRecord | None, *, older: bool) -> list[DocumentRecord]:
        found: list[DocumentRecord] = []
        while one is not None and one.id not in seen:
            seen.add(one.id)
            found.append(one)
            one = by_id.get(one.supersedes or "") if older else followers.get(one.id)
        return found

    earlier = follow(by_id.get(record.supersedes or ""), older=True)[::-1]
    later = follow(followers.get(record.id), older=False)
    work = record.work or record.id
    copies = sorted((one for one in by_id.values() if one.id not in seen and (one.work or one.id) == work), key=lambda one: (one.added, one.id))
    return Kin(tuple(earlier), tuple(later), tuple(copies))
