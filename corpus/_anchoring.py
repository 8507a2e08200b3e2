"""Quoted places that are found again in another version of a text, or not at all: never a wrong one.

A quote is looked for to the letter; then but for blanks, width, case and invisible characters; then but for digits and marks too (a citation number or
pinyin that a mended cleaner takes out); then with characters that were odd before or are now (radicals, private use, damage). The looser the reading,
the more of the old surroundings must be there. Of several places one must agree clearly better than the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from corpus.records import Anchor

CONTEXT = 30
"""characters that an anchor keeps on either side of its quote"""
_SLACK = 12
"""how many characters may have come into the surroundings"""
_ALONE = 20
"""a quote of so many letters that stands once in a text is the same statement, wherever it stands now"""
_SHORT = 8
_AGREES, _AGREES_SHORT, _AGREES_LOOSE = 0.35, 0.5, 0.6
"""share of the old surroundings that must be there: for a quote of eight letters, for a shorter one, for one that is not there to the letter"""
_NEXT_TO = 10
"""letters next to the quote that are evidence enough on one side, whatever became of the other"""
_CLEARLY = 0.15
"""by how much a place must agree better than the next"""
_MOST_PLACES = 300
_LOOSE = 6
_KEY = 6

_TOKEN = re.compile(r"[a-z]+|[^\W\d_]")

Place = tuple[int, int]


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


def find_again(anchor: Anchor, clean_text: str) -> Place | None:
    """Where the quote of an anchor stands now, `[start, end)`, or none where it is gone or nobody could tell which place is meant."""
    at, end = anchor.start, anchor.end
    old = anchor.before, anchor.after
    if clean_text[at:end] == anchor.quote and (clean_text[max(0, at - CONTEXT) : at], clean_text[end : end + CONTEXT]) == old:
        return at, end
    letters = _letters(anchor.quote)
    if not letters:
        return None  # marks and digits alone stand anywhere
    wanted = _AGREES if len(letters) >= _SHORT else _AGREES_SHORT
    if places := _exact(anchor.quote, clean_text):
        return _best(anchor, clean_text, places, wanted, alone=len(letters) >= _ALONE)
    folded = _fold_text(clean_text)
    if places := folded.places(_folded(anchor.quote)):
        return _best(anchor, clean_text, places, wanted, alone=len(letters) >= _ALONE)
    if len(letters) < _LOOSE:
        return None
    bare = _bare_text(clean_text)
    found = [_with_edges(anchor.quote, clean_text, place) for place in bare.places(letters) or _mended(anchor, letters, bare)]
    places = [place for place in found if _same_digits(anchor.quote, clean_text[place[0] : place[1]])]
    return _best(anchor, clean_text, places, _AGREES_LOOSE, alone=False) if places else None


def _best(anchor: Anchor, text: str, places: list[Place], wanted: float, *, alone: bool) -> Place | None:
    """The place whose surroundings agree clearly best with the old ones, none if none does; `alone`: a single place needs no surroundings."""
    if len(places) == 1 and alone:
        return places[0]
    if len(places) > _MOST_PLACES:
        places = [place for place in places if text[max(0, place[0] - 4) : place[0]] == anchor.before[-4:] or text[place[1] : place[1] + 4] == anchor.after[:4]]
        if not 0 < len(places) <= _MOST_PLACES:
            return None
    before, after = _tokens(anchor.before)[::-1], _tokens(anchor.after)
    rated = sorted(((_agreement(before, after, text, place), place) for place in places), reverse=True)
    agreement, place = rated[0]
    if agreement < wanted or (len(rated) > 1 and agreement - rated[1][0] < _CLEARLY):
        return None
    return place


def _agreement(before: list[str], after: list[str], text: str, place: Place) -> float:
    """Share of the old surroundings that stand around `place`, 0 to 1: half for what is there in order, half for what is next to the quote."""
    here_before = _tokens(text[max(0, place[0] - CONTEXT - _SLACK) : place[0]])[::-1]
    here_after = _tokens(text[place[1] : place[1] + CONTEXT + _SLACK])
    total = len(before) + len(after)
    if not total:
        return 0.0
    sides = [(old, here, _common(old, here)) for old, here in ((before, here_before), (after, here_after))]
    next_to = sum(common for _, _, common in sides)
    in_order = sum(int(LCSseq.similarity(old, here)) for old, here, _ in sides)
    share = (next_to + in_order) / (2 * total)
    near = max(common for _, _, common in sides) >= min(_NEXT_TO, total)
    return max(share, _AGREES_SHORT) if near else share


def _exact(quote: str, text: str) -> list[Place]:
    places = []
    at = text.find(quote)
    while at >= 0:
        places.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return places


def _mended(anchor: Anchor, letters: str, bare: Flat) -> Iterator[Place]:
    """Places between the old surroundings where the quote stands but for odd characters: ⺠生 in the quote, 民生 in the text."""
    before, after = _letters(anchor.before)[-_KEY:], _letters(anchor.after)[:_KEY]
    if len(before) < _KEY or len(after) < _KEY:
        return
    for _, start in _exact(before, bare.text):
        end = start + len(letters)
        if bare.text.startswith(after, end) and all(one == other or _odd(one) or _odd(other) for one, other in zip(letters, bare.text[start:end], strict=True)):
            yield bare.place(start, end)


def _same_digits(one: str, other: str) -> bool:
    """Whether the digits of one are among those of the other, in order: a note number may have gone, but 30% is not 20%."""
    few, many = sorted(("".join(char for char in _folded(part) if char.isdigit()) for part in (one, other)), key=len)
    rest = iter(many)
    return all(digit in rest for digit in few)


def _odd(char: str) -> bool:
    return char == "�" or unicodedata.category(char) in {"Co", "Cn", "So"} or "\uf900" <= char <= "\ufaff" or "\u2e80" <= char <= "\u2fdf"


def _with_edges(quote: str, text: str, place: Place) -> Place:
    """`place`, which goes from letter to letter, with the digits and marks at either end of `quote` where they are still there: `30%的企业` keeps its 30%."""
    start, end = place
    head = quote[: next((at for at, char in enumerate(quote) if _letter(char)), 0)]
    tail = quote[len(quote) - next((at for at, char in enumerate(reversed(quote)) if _letter(char)), 0) :]
    if head and text.endswith(head, 0, start):
        start -= len(head)
    if tail and text.startswith(tail, end):
        end += len(tail)
    return start, end


@dataclass(frozen=True, slots=True)
class Flat:
    """A text reduced to what matters, and the place of each of its characters in the whole one."""

    text: str
    origin: tuple[int, ...]

    def place(self, start: int, end: int) -> Place:
        return self.origin[start], self.origin[end - 1] + 1

    def places(self, quote: str) -> list[Place]:
        return [self.place(start, end) for start, end in _exact(quote, self.text)] if quote else []


@lru_cache(maxsize=8)
def _fold_text(text: str) -> Flat:
    kept = [(folded, at) for at, char in enumerate(text) if (folded := _fold(char))]
    return Flat("".join(folded for folded, _ in kept), tuple(at for folded, at in kept for _ in folded))


@lru_cache(maxsize=8)
def _bare_text(text: str) -> Flat:
    kept = [(letter, at) for at, char in enumerate(text) if (letter := _letter(char))]
    return Flat("".join(letter for letter, _ in kept), tuple(at for letter, at in kept for _ in letter))


@lru_cache(maxsize=1 << 15)
def _fold(char: str) -> str:
    """`char` but for width and case; nothing for a blank or an invisible character."""
    return "" if char.isspace() or unicodedata.category(char) in {"Cf", "Cc"} else unicodedata.normalize("NFKC", char).lower()


@lru_cache(maxsize=1 << 15)
def _letter(char: str) -> str:
    """`char` folded if it is a letter or stands in the place of one; nothing for digits, marks and blanks."""
    folded = _fold(char)
    return folded if folded and (folded[0].isalpha() or _odd(folded[0])) else ""


def _folded(text: str) -> str:
    return "".join(map(_fold, text))


def _letters(text: str) -> str:
    return "".join(map(_letter, text))


def _tokens(text: str) -> list[str]:
    """Characters of Han and words of other scripts: single Latin letters agree by chance."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def _common(one: list[str], other: list[str]) -> int:
    """How many tokens two texts have in common from their beginning on."""
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))
