"""Double-byte text that lost or gained a byte and was decoded askew until the next ASCII character: made whole again.

How it happens. A program converts GBK text in pieces and cuts a character in two: its first byte becomes `?`, and from its second
byte on every pair is made of the second byte of one character and the first of the next, until a second byte below 0x80 puts the
pairs right again. 合力。总體 (… A1A3 BF82 F377) with its A1 cut off reads 合力??傮w: `?`, A3BF, 82F3, 77. Or a script converter,
which looks for pairs of bytes without minding where characters begin, finds one astride two characters and pushes pinyin in:
入區 is C8EB 855E, EB85 is 雲, and 入?yún)^ is what comes of it.

How it is undone. The characters behind the mark are encoded again, which gives back all bytes but the one under the mark. The pinyin
names that one, or the choice among the characters with the same second byte does (`_choice`). A repair is made only where the language
model finds it far likelier than what stands there; a choice that is not clear is marked as uncertain, and so is a
stretch that looks damaged but cannot be made whole, which stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.records import SourceText
from pipeline.clean import _gbk
from pipeline.clean._choice import Surroundings, ranked
from pipeline.clean._draft import Edit
from pipeline.clean._language import EDGE, characters, fold
from pipeline.clean._readings import LETTERS, TONES, fits, read_as

_MARK = re.compile(
    rf"(?P<named>(?<=[^\x00-\x7f])(?P<mark>[?\ufffd]?)\(?(?P<pinyin>[{LETTERS}]{{0,5}}[{TONES}][{LETTERS}]{{0,4}})\))"
    rf"|(?P<lone>[?\ufffd])(?=[!-~]{{0,2}}[^\x00-\x7f\s]|[@-~](?:\n|$))"
)
_NEVER = re.compile(r"锟斤拷(?:锟斤拷)*|(?:烫烫|屯屯){3,}")
SURE = 0.95
"""share of the best candidate from which a choice counts as certain"""
GAIN = 5.0
"""by how much the logarithm of its chance must grow before a stretch is changed"""
LONGEST = 4000
"""characters of one askew stretch; behind that it is left alone"""
IDEOGRAPHIC_BLANK = "\u3000"
_OPENING = re.compile(r"\s*(?:#{1,6} )?(?:\d+(?:\.\d+)*|第[〇零一二三四五六七八九十百千\d]+[编章节条])?\s*")
"""what an ideographic blank stands behind: the head of a paragraph, or its number"""
_LOOK = 10
_UNLIKELY = 10.5
_WAYS = 24
_FOLDS = 4


@dataclass(frozen=True)
class Reading:
    """One way to read what stands behind a mark: characters, or choices where a byte is lost, up to `end`, where pairs are right again."""

    items: tuple[tuple[str, ...], ...]
    end: int
    cost: float = 0.0
    """what this way asks to be believed, in the unit of `GAIN`"""


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that set askew stretches right: `形成合力??傮w而言` → 形成合力。总體而言; `引入?yún)^(qū)塊` → 引入區(qū)塊."""
    del source
    around: Surroundings | None = None
    at = 0
    while (found := _MARK.search(text, at)) is not None:
        at = found.end() if found["lone"] else found.start() + 1
        if found["named"] and not found["mark"] and fits(text[found.start() - 1], found["pinyin"]):
            continue
        around = around or Surroundings(text)
        edit = _repair(text, found, around)
        if edit is not None:
            yield edit
            at = max(at, edit.end)
    # runs of 锟斤拷 stand for bytes that were replaced before they were decoded: nothing brings them back


def _repair(text: str, found: re.Match[str], around: Surroundings) -> Edit | None:
    start = found.start()
    line_start = text.rfind("\n", max(0, start - LONGEST), start) + 1
    line_end = text.find("\n", start, start + LONGEST)
    line_end = min(len(text), start + LONGEST) if line_end < 0 else line_end
    ways: list[Reading] = []
    if found["named"]:
        for byte in _named_bytes(text[start - 1], found["pinyin"]):
            ways += _read(text, found.end(), line_end, byte)
    else:
        ways += _read(text, found.end(), line_end, None)
    left, line = text[max(line_start, start - 24) : start], text[line_start:start]
    among_chinese = found["named"] is not None or not (left.rstrip()[-1:].isascii() and left.rstrip()[-1:].isalpha())
    best: tuple[float, Reading] | None = None
    for way in ways:
        right = _behind(text, way.end, line_end)
        if not (among_chinese or _is_chinese(right[0])) or not _plausible(way):
            continue
        gain = _gain(left, text[start : way.end], _likeliest(way, left, right), right[:8]) - way.cost
        if gain > GAIN and (best is None or gain > best[0]):
            best = gain, way
    if best is None:
        return None
    way = best[1]
    whole, share = _filled(way, left, _behind(text, way.end, line_end), line + text[way.end : line_end], around)
    return Edit(start, way.end, whole, "bytes", certain=share >= SURE)


def _behind(text: str, start: int, line_end: int) -> str:
    """What stands behind `start` in its line, with the end of the line, which ends sentences as nothing else does."""
    return text[start : start + 24] if start + 24 <= line_end else text[start:line_end] + EDGE


def _is_chinese(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef" or character in "“”‘’—…·"


def _named_bytes(before: str, pinyin: str) -> list[int]:
    """Bytes that make a character read `pinyin` with the second byte of `before` in front: 入 (…EB), yún → 85, since EB85 is 雲."""
    encoded = _gbk.pair(before)
    if encoded is None:
        return []
    pairs = (_gbk.pair(character) for character in read_as(pinyin))
    return sorted({pair[1] for pair in pairs if pair is not None and pair[0] == encoded[1]})


@dataclass
class _Walk:
    at: int
    pending: int | None
    """the first byte of the next pair; none where it is the lost one"""
    items: list[tuple[str, ...]] = field(default_factory=list)
    cost: float = 0.0
    folds: int = 0


def _read(text: str, start: int, limit: int, byte: int | None) -> list[Reading]:
    """Ways to read `text` from `start` on, where the pairs stand askew and `byte` (none: unknown) is the first byte of the first."""
    walks = [_Walk(start, byte)]
    ways: list[Reading] = []
    steps = 0
    while walks and len(ways) < _WAYS and steps < 4 * LONGEST:
        walk = walks.pop()
        while True:
            steps += 1
            character = text[walk.at] if walk.at < limit else ""
            encoded = _gbk.pair(character) if character > "\x7f" and character != "€" else None
            if encoded is None:
                _at_edge(walk, character, walks, ways)
                break
            emitted = _emit(walk.pending, encoded[0])
            if not emitted:
                break
            walk.items.append(emitted)
            walk.pending = encoded[1]
            walk.at += 1
            if encoded[1] < 0x80:
                # it swallowed an ASCII character as its second byte: 報[ is 88F3 5B, F35B is 骩
                ways.append(Reading((*walk.items, (chr(encoded[1]),)), walk.at, walk.cost))
                break
    return ways


def _emit(lead: int | None, trail: int) -> tuple[str, ...]:
    if lead is None:
        return _gbk.with_trail(trail)
    found = _gbk.at(lead, trail)
    return () if found is None else (found,)


def _at_edge(walk: _Walk, character: str, walks: list[_Walk], ways: list[Reading]) -> None:
    """Go on where no pair stands: at an ASCII character, a mark, or the end of the line."""
    items = tuple(walk.items)
    code = ord(character) if character else 0
    if character in ("?", "\ufffd") and character:
        # the first byte of a pair whose second was no second byte: it is known, the other is lost
        if walk.pending is not None and _gbk.with_lead(walk.pending):
            ways.append(Reading((*items, _gbk.with_lead(walk.pending)), walk.at + 1, walk.cost + 2.0))
            if len(items) < 200:
                walks.append(replace(walk, at=walk.at + 1, pending=None, items=[*items, _gbk.with_lead(walk.pending)], cost=walk.cost + 6.0))
    elif character == "€" and walk.pending is not None:
        # 0x80 stands alone in code page 936
        emitted = _emit(walk.pending, 0x80)
        if emitted:
            ways.append(Reading((*items, emitted), walk.at + 1, walk.cost))
    elif 0x40 <= code <= 0x7E:
        emitted = _emit(walk.pending, code)
        if emitted:
            ways.append(Reading((*items, emitted), walk.at + 1, walk.cost))
    elif walk.pending is not None and items and _gbk.with_lead(walk.pending):
        # a decoder that leaves out what it cannot read shows no mark
        ways.append(Reading((*items, _gbk.with_lead(walk.pending)), walk.at, walk.cost + 4.0))
    if 0x20 <= code <= 0x7E and walk.folds < _FOLDS:
        # full-width signs were made half-width later on: `?` is A3BF, a blank A1A1
        lead, trail = (0xA1, 0xA1) if code == 0x20 else (0xA3, code + 0x80)
        emitted = _emit(walk.pending, lead)
        if emitted:
            walks.append(_Walk(walk.at + 1, trail, [*items, emitted], walk.cost + 1.0, walk.folds + 1))


def _plausible(way: Reading) -> bool:
    """Whether the characters that are known read like language at all; a cheap look, for most marks are question marks."""
    known = "".join(item[0] for item in way.items[1:_LOOK] if len(item) == 1)
    return len(known) < 2 or characters().score(fold("。" + known), 1) > -_UNLIKELY * len(known)


def _is_blank(before: str, behind: str) -> bool:
    """Whether an ideographic blank stands between the two: at the head of a paragraph, behind its number, or beside another blank."""
    return _OPENING.fullmatch(before) is not None or before.endswith(IDEOGRAPHIC_BLANK) or behind.startswith(IDEOGRAPHIC_BLANK)


def _likeliest(way: Reading, left: str, right: str) -> str:
    """The text of `way` with each choice made by the language model alone."""
    model = characters()
    chosen = [item[0] if len(item) == 1 else "" for item in way.items]
    for i, item in enumerate(way.items):
        if len(item) > 1:
            if IDEOGRAPHIC_BLANK in item and _is_blank(left + "".join(chosen[:i]), "".join(chosen[i + 1 :]) + right):
                chosen[i] = IDEOGRAPHIC_BLANK
                continue
            before, behind = fold((left + "".join(chosen[:i]))[-6:])[-2:].rjust(2, EDGE), fold(("".join(chosen[i + 1 :]) + right)[:6])[:2]
            scores = [(model.score(before + fold(c) + behind), -k, c) for k, c in enumerate(item) if c != IDEOGRAPHIC_BLANK or len(item) == 1]
            chosen[i] = max(scores)[2]
    return "".join(chosen)


def _filled(way: Reading, left: str, right: str, line: str, around: Surroundings) -> tuple[str, float]:
    """The text of `way` with its choices made, and the share of the least sure one."""
    chosen = [item[0] if len(item) == 1 else "" for item in way.items]
    share = 1.0
    for i, item in enumerate(way.items):
        if len(item) == 1:
            continue
        before = left + "".join(chosen[:i])
        behind = "".join(chosen[i + 1 :]) + right
        if IDEOGRAPHIC_BLANK in item and _is_blank(before, behind):
            chosen[i] = IDEOGRAPHIC_BLANK
            continue
        best = ranked([c for c in item if c != IDEOGRAPHIC_BLANK] or item, before, behind, line + "".join(chosen), around)[0]
        chosen[i] = best[1]
        share = min(share, best[0])
    return "".join(chosen), share


def _gain(left: str, old: str, new: str, right: str) -> float:
    """By how much the logarithm of the chance of `new` exceeds that of `old` between `left` and `right`."""
    model = characters()
    near = fold(left)[-2:].rjust(2, EDGE)
    return model.score(near + fold(new + right)) - model.score(near + fold(old + right))
