"""What people decided: an append-only log, and the quoted places by which a decision finds its statement again.

One line of JSON a decision, in `decisions.jsonl`; nothing in it is ever changed, but that the words of a purged document are taken out. A line
that a crash cut off is set aside in `decisions.torn`, so that the log goes on and nothing is lost unseen; `unreadable` names every line that is no decision.
Only `anchor` and `find_again` know how places are found.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from corpus._anchoring import CONTEXT, anchor, find_again
from corpus.errors import AlreadyAnswered, AlreadyUndone, NoSuchDecision
from corpus.records import PURGED, Anchor, Decision, DecisionKind, TargetKind, Verdict
from corpus.storage import append_line, held, write_whole

__all__ = ["CONTEXT", "DecisionLog", "UnreadableLine", "anchor", "find_again"]


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A line that is no decision: where it stands, what it says, and what is wrong with it."""

    file: str
    number: int
    """from 1"""
    text: str
    reason: str


class DecisionLog:
    """The decisions in one folder, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "decisions.jsonl"
        self.torn = folder / "decisions.torn"
        self._stamp: tuple[int, int, int] | None = None
        self._decisions: tuple[Decision, ...] = ()
        self._unreadable: tuple[UnreadableLine, ...] = ()

    def read(self) -> tuple[Decision, ...]:
        """All decisions, in the order in which they were made; lines that are none are passed over and named by `unreadable`."""
        self._catch_up()
        return self._decisions

    def unreadable(self) -> tuple[UnreadableLine, ...]:
        """Lines that are no decisions: cut off by a crash, or altered by hand. They are kept for a person to look at."""
        self._catch_up()
        aside = self.torn.read_bytes().splitlines() if self.torn.exists() else []
        return (*self._unreadable, *(_unreadable(self.torn, number, line, "set aside: cut off by a crash") for number, line in enumerate(aside, 1)))

    def _catch_up(self) -> None:
        """Read the log if it changed since it was read last."""
        try:
            about = self.path.stat()
        except FileNotFoundError:
            self._stamp, self._decisions, self._unreadable = None, (), ()
            return
        stamp = about.st_ino, about.st_size, about.st_mtime_ns
        if stamp == self._stamp:
            return
        decisions, unreadable = [], []
        for number, line in enumerate(self.path.read_bytes().split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                decisions.append(msgspec.json.decode(line, type=Decision))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                unreadable.append(_unreadable(self.path, number, line, str(error)))
        self._stamp, self._decisions, self._unreadable = stamp, tuple(decisions), tuple(unreadable)

    def append(
        self,
        *,
        kind: DecisionKind,
        who: str,
        now: datetime,
        target: TargetKind | None = None,
        type: str | None = None,
        anchors: tuple[Anchor, ...] = (),
        before: dict[str, str | float | None] | None = None,
        undoes: str | None = None,
        note: str | None = None,
        answers: str | None = None,
        verdict: Verdict | None = None,
    ) -> Decision:
        """The decision as it was written down; it is on the disk when this returns.

        Raises:
            ValueError: nobody is named, or the anchors do not fit the target.
            NoSuchDecision, AlreadyUndone: an undo names nothing, or what was taken back before.
            NoSuchDecision, AlreadyAnswered: an answer is to no report, or to one that has an answer already.
            FolderBusy: another process is writing.
        """
        with held(self.folder):
            self._set_torn_line_aside()
            earlier = self.read()
            if kind == "undo":
                _refuse_undo(earlier, undoes or "")
            if kind == "answer":
                _refuse_answer(earlier, answers or "")
            at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            parts = [
                at,
                who,
                kind,
                target or "",
                type or "",
                undoes or answers or "",
                str(len(earlier)),
                *(f"{a.document}:{a.start}:{a.quote}" for a in anchors),
            ]
            decision = Decision(
                id="c" + sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12],
                at=at,
                who=who,
                kind=kind,
                target=target,
                type=type,
                anchors=anchors,
                before=before or {},
                undoes=undoes,
                note=note,
                answers=answers,
                verdict=verdict,
            )
            append_line(self.path, msgspec.json.encode(decision))
        return decision

    def redact(self, documents: Collection[str], *, at: str) -> int:
        """Number of decisions whose words were taken out because their document was purged; who decided what, and when, stays.

        The quote becomes a row of `■` as long as it was, what stood around it and notes are dropped, the value before says `purged`
        and the day `at`. Lines that are no decision and name one of the documents go. The log is written anew as a whole.

        Raises:
            FolderBusy: another process is writing.
        """
        with held(self.folder):
            if not self.path.exists():
                return 0
            self._set_torn_line_aside()
            lines, redacted = [], 0
            for line in self.path.read_bytes().splitlines():
                kept, changed = _without_words(line, documents, at)
                redacted += changed
                if kept is not None:
                    lines.append(kept)
            if redacted or len(lines) < len(self.path.read_bytes().splitlines()):
                write_whole(self.path, b"".join(line + b"\n" for line in lines))
            if self.torn.exists():
                torn = [line for line in self.torn.read_bytes().splitlines() if not _names(line, documents)]
                write_whole(self.torn, b"".join(line + b"\n" for line in torn))
        return redacted

    def _set_torn_line_aside(self) -> None:
        """Cut a last line without its end off the log if it is no decision: it was never reported as written. One that is whole gets its end."""
        if not self.path.exists():
            return
        data = self.path.read_bytes()
        whole, end, torn = data.rpartition(b"\n")
        if not torn:
            return
        try:
            msgspec.json.decode(torn, type=Decision)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            append_line(self.torn, torn)
            os.truncate(self.path, len(whole) + len(end))
        else:
            append_line(self.path, b"")


def _refuse_undo(earlier: tuple[Decision, ...], undoes: str) -> None:
    if not any(one.id == undoes and one.kind != "undo" for one in earlier):
        raise NoSuchDecision(decision=undoes)
    if any(one.undoes == undoes for one in earlier):
        raise AlreadyUndone(decision=undoes)


def _refuse_answer(earlier: tuple[Decision, ...], answers: str) -> None:
    undone = {one.undoes for one in earlier if one.kind == "undo"}
    if not any(one.id == answers and one.kind == "report" and one.id not in undone for one in earlier):
        raise NoSuchDecision(decision=answers)
    if any(one.answers == answers and one.id not in undone for one in earlier):
        raise AlreadyAnswered(decision=answers)


def _without_words(line: bytes, documents: Collection[str], at: str) -> tuple[bytes | None, bool]:
    """A line of the log without words of `documents`, none where it has to go, and whether it was a decision that changed."""
    try:
        decision = msgspec.json.decode(line, type=Decision)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return (None if _names(line, documents) else line), False
    if PURGED in decision.before or not any(anchor.document in documents for anchor in decision.anchors):
        return line, False
    anchors = tuple(msgspec.structs.replace(anchor, quote="■" * len(anchor.quote), before="", after="") for anchor in decision.anchors)
    return msgspec.json.encode(msgspec.structs.replace(decision, anchors=anchors, before={PURGED: at}, note=None)), True


def _names(line: bytes, documents: Collection[str]) -> bool:
    return any(document.encode() in line for document in documents)


def _unreadable(path: Path, number: int, line: bytes, reason: str) -> UnreadableLine:
    return UnreadableLine(path.name, number, line.decode("utf-8", "replace"), reason)
