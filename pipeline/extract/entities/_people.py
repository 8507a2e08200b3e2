"""Personal names, place names and Latin names as candidates: words that the segmenter takes for names, and runs of capitalised Latin words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities._mention import Mention
from pipeline.metadata import gazetteer
from pipeline.records import EntityType

PERSON_KINDS: tuple[EntityType, ...] = ("scholar", "office_holder")
PLACE_KINDS: tuple[EntityType, ...] = ("place", "government")
_UNITS = frozenset(("省", "市", "县", "区", "镇", "乡", "村", "州", "地区", "新区", "街道"))
LATIN_KINDS: tuple[EntityType, ...] = ("scholar", "enterprise", "society", "technology", "policy", "government", "case")
_DIVISION = re.compile(r"[省市县区州盟旗]$")
_NUMBER = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,4}[)）、.．])?\s*")
_ACTS = frozenset(("v", "d", "vd"))
_LATIN = re.compile(r"[A-Z][A-Za-z&.\-]{1,24}(?: ?[A-Z][A-Za-z&.\-]{1,24}){0,4}(?:\d\.\d)?")
_FOREIGN = re.compile(r"[一-鿿]{1,5}[·・．•][一-鿿A-Z.]{1,8}(?:[·・．•][一-鿿]{1,6})?")


def places(words: Sequence[tuple[str, str, int]]) -> Iterator[Mention]:
    """Words tagged as place names, with 市 省 县 … behind them where they stand apart; a place that acts is an office."""
    for at, (word, tag, start) in enumerate(words):
        if tag != "ns" or len(word) < 2:
            continue
        ends = [start + len(word)]
        if at + 1 < len(words) and words[at + 1][0] in _UNITS and words[at + 1][2] == ends[0]:
            ends.append(ends[0] + len(words[at + 1][0]))
        for end in ends:
            for kind in PLACE_KINDS:
                yield Mention(start=start, end=end, type=kind, confidence=0.3)


def acting_places(text: str, words: Sequence[tuple[str, str, int]]) -> Iterator[Mention]:
    """The division that opens a sentence or an item as the subject of a verb is its government: 12.江西省赣州市推出… → 江西省赣州市.

    `words` are those of one sentence.
    """
    if not words:
        return
    begin = words[0][2]
    numbered = _NUMBER.match(text, begin)
    start = end = numbered.end() if numbered else begin
    for found in gazetteer().find(text[start : start + 24]):
        if found.start == end - start and found.codes:
            end = start + found.end
    behind = next((tag for _, tag, at in words if at == end), "")
    if end > start and behind in _ACTS and _DIVISION.search(text[start:end]):
        yield Mention(start=start, end=end, type="government", confidence=0.6)


def people(words: Sequence[tuple[str, str, int]]) -> Iterator[Mention]:
    """Words tagged as personal names, two to five characters long."""
    for word, tag, start in words:
        if tag in ("nr", "nrt", "nrfg") and 2 <= len(word) <= 5:
            for kind in PERSON_KINDS:
                yield Mention(start=start, end=start + len(word), type=kind, confidence=0.3)


def latin_and_foreign(text: str) -> Iterator[Mention]:
    """Runs of capitalised Latin words, and transliterated names with a point between their parts (尔·里斯)."""
    for match in _LATIN.finditer(text):
        for kind in LATIN_KINDS:
            yield Mention(start=match.start(), end=match.end(), type=kind, confidence=0.3)
    for match in _FOREIGN.finditer(text):
        for kind in PERSON_KINDS:
            yield Mention(start=match.start(), end=match.end(), type=kind, confidence=0.4)
