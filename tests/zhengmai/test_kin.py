"""Versions and copies of a document."""

from __future__ import annotations

from corpus.records import DocumentRecord
from zhengmai.kin import kin_of


def record(identity: str, *, supersedes: str | None = None, work: str | None = None, added: str = "2026-01-01T00:00:00Z") -> DocumentRecord:
    return DocumentRecord(id=identity, name=f"{identity}.txt", sha256="0" * 64, size=1, added=added, supersedes=supersedes, work=work)


def test_versions_stand_oldest_first_on_both_sides_and_copies_apart() -> None:
    a, b, c, d = record("a"), record("b", supersedes="a"), record("c", supersedes="b"), record("d", supersedes="c")
    late, early = record("late", work="c", added="2026-03-01T00:00:00Z"), record("early", work="c", added="2026-02-01T00:00:00Z")
    kin = kin_of(c, [late, d, c, early, b, a, record("other")])
    assert [one.id for one in kin.earlier] == ["a", "b"]
    assert [one.id for one in kin.later] == ["d"]
    assert [one.id for one in kin.copies] == ["early", "late"]
    # seen from a copy the leader of the work is a copy, and other copies too
    assert [one.id for one in kin_of(late, [late, c, early]).copies] == ["c", "early"]


def test_a_version_that_was_purged_and_a_circle_end_the_chain() -> None:
    assert kin_of(record("b", supersedes="gone"), []).earlier == ()
    one, other = record("one", supersedes="other"), record("other", supersedes="one")
    kin = kin_of(one, [one, other])
    assert [found.id for found in (*kin.earlier, *kin.later)] == ["other"]
