"""What people decided: an append-only log, and the quoted places by which a decision finds its statement again.

One line of JSON a decision, in `decisions.jsonl`; nothing in it is ever changed. A line that a crash cut off is set aside in
`decisions.torn`, so that the log goes on and nothing is lost unseen. Only `anchor` and `find_again` know how places are found.
"""

from __future__ import annotations

import os
import unicodedata
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from corpus.errors import AlreadyUndone, NoSuchDecision
from corpus.records import Anchor, Decision, DecisionKind, TargetKind

__all__ = ["CONTEXT", "DecisionLog", "anchor", "find_again"]

CONTEXT = 30
"""characters that an anchor keeps on either side of its quote"""
_ALONE = 12
"""a quote of so many characters that stands once in a text is the same statement, whatever stands around it now"""
_AGREES = 4
"""characters of context that a shorter quote, or one that stands twice, must have in common with its old place"""


class DecisionLog:
    """The decisions in one folder, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "decisions.jsonl"

    def read(self) -> tuple[Decision, ...]:
        """All decisions, in the order in which they were made; a last line that a crash cut off is not among them."""
        if not self.path.exists():
            return ()
        whole, _, _ = self.path.read_bytes().rpartition(b"\n")
        return tuple(msgspec.json.decode(line, type=Decision) for line in whole.splitlines() if line)

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
    ) -> Decision:
        """The decision as it was written down; it is on the disk when this returns.

        Raises:
            ValueError: nobody is named, or the anchors do not fit the target.
            NoSuchDecision, AlreadyUndone: an undo names nothing, or what was taken back before.
        """
        earlier = self.read()
        if kind == "undo":
            if not any(one.id == undoes and one.kind != "undo" for one in earlier):
                raise NoSuchDecision(decision=undoes or "")
            if any(one.undoes == undoes for one in earlier):
                raise AlreadyUndone(decision=undoes or "")
        at = now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        parts = [at, who, kind, target or "", type or "", undoes or "", str(len(earlier)), *(f"{a.document}:{a.start}:{a.quote}" for a in anchors)]
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
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        self._set_torn_line_aside()
        with self.path.open("ab") as out:
            out.write(msgspec.json.encode(decision) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        return decision

    def _set_torn_line_aside(self) -> None:
        """Cut a last line without its end off the log; it was never reported as written, and is kept for a person to look at."""
        if not self.path.exists():
            return
        data = self.path.read_bytes()
        whole, end, torn = data.rpartition(b"\n")
        if torn:
            with (self.folder / "decisions.torn").open("ab") as out:
                out.write(torn + b"\n")
            os.truncate(self.path, len(whole) + len(end))


def anchor(document: str, clean_text: str, start: int, end: int, *, raw: tuple[int, int]) -> Anchor:
    """The anchor of `clean_text[start:end]`, with what stands around it.

    Raises:
        ValueError: the stretch is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(clean_text):
        raise ValueError(f"anchor in {document}: [{start}, {end}) is no stretch of a text of {len(clean_text)} characters")
    return Anchor(
        document=document,
        quote=clean_text[start:end],
        before=clean_text[max(0, start - CONTEXT) : start],
        after=clean_text[end : end + CONTEXT],
        start=start,
        end=end,
        raw=raw,
    )


def find_again(anchor: Anchor, clean_text: str) -> tuple[int, int] | None:
    """Where the quote of an anchor stands now, `[start, end)`, or none where it is gone or nobody could tell which place is meant.

    The quote must be there to the letter, or but for blanks, width and letter case. Of several places the one whose surroundings
    agree best is meant; where two agree alike, none is, unless one of them is the old place itself.
    """
    at, end = anchor.start, anchor.end
    if clean_text[at:end] == anchor.quote and _context(clean_text, at, end) == (anchor.before, anchor.after):
        return at, end
    places = list(_exact(anchor.quote, clean_text)) or list(_folded(anchor.quote, clean_text))
    if not places:
        return None
    before, after = _squeezed(anchor.before), _squeezed(anchor.after)
    agreed = sorted((-_agreement(before, after, clean_text, place), place) for place in places)
    best, place = -agreed[0][0], agreed[0][1]
    enough = min(_AGREES, len(before) + len(after))
    if len(places) == 1:
        return place if best >= enough or len(anchor.quote) >= _ALONE else None
    if best < enough or -agreed[1][0] == best:
        return None
    return place


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _exact(quote: str, text: str) -> list[tuple[int, int]]:
    places = []
    at = text.find(quote)
    while at >= 0:
        places.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return places


def _folded(quote: str, text: str) -> list[tuple[int, int]]:
    """Places of the quote but for blanks, width and letter case."""
    kept = [(folded, at) for at, char in enumerate(text) if (folded := _fold(char))]
    flat = "".join(folded for folded, _ in kept)
    origin = [at for folded, at in kept for _ in folded]
    wanted = _squeezed(quote)
    if not wanted:
        return []
    return [(origin[start], origin[end - 1] + 1) for start, end in _exact(wanted, flat)]


def _fold(char: str) -> str:
    return "" if char.isspace() or unicodedata.category(char) == "Cf" else unicodedata.normalize("NFKC", char).lower()


def _squeezed(text: str) -> str:
    return "".join(map(_fold, text))


def _agreement(before: str, after: str, text: str, place: tuple[int, int]) -> int:
    """Characters that the surroundings of a place share with the old ones, counted outwards from the quote until they differ."""
    here_before, here_after = (_squeezed(part) for part in _context(text, *place))
    return _common(before[::-1], here_before[::-1]) + _common(after, here_after)


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
