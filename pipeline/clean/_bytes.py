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

from corpus.records import SourceText
from pipeline.clean import _gbk
from pipeline.clean._askew import LONGEST, Reading, read
from pipeline.clean._choice import Surroundings, ranked
from pipeline.clean._draft import Edit
from pipeline.clean._language import EDGE, characters, fold
from pipeline.clean._readings import LETTERS, TONES, fits, read_as

_MARK = re.compile(
    rf"(?P<named>(?<=[^\x00-\x7f])(?P<mark>[?\ufffd]?)\(?(?P<pinyin>[{LETTERS}]{{0,5}}[{TONES}][{LETTERS}]{{0,4}})\))"
    rf"|(?P<lone>[?\ufffd])(?=[!-~]{{0,2}}[^\x00-\x7f\s]|[@-~](?:\s|$))"
    # U+FFFD written as UTF-8 and read as GBK
    r"|(?P<gone>锟斤拷(?:锟斤拷)*锟?)"
)
SURE = 0.985
"""share of the best candidate from which a choice counts as certain"""
GAIN = 5.0
"""by how much the logarithm of its chance must grow before a stretch is changed"""
IDEOGRAPHIC_BLANK = "\u3000"
_TRIES, _GRANT = 400, 100
"""readings that are weighed in a text at first, and for each repair made: a text full of question marks must not take minutes"""
_MARKED = 4.0
_STRANGE = 3
_OPENING = re.compile(r"\s*(?:#{1,6} )?(?:\d+(?:\.\d+)*|第[〇零一二三四五六七八九十百千\d]+[编章节条編節條])?\s*")
"""what an ideographic blank stands behind: the head of a paragraph, or its number"""
_LOOK = 10


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that set askew stretches right: `形成合力??傮w而言` → 形成合力。总體而言; `引入?yún)^(qū)塊` → 引入區(qū)塊.

    A stretch that looks damaged and cannot be set right is left as it is and marked as uncertain, as is 锟斤拷, whose bytes are gone.
    """
    del source
    around: Surroundings | None = None
    budget = _TRIES + len(text) // 1000
    at = 0
    while (found := _MARK.search(text, at)) is not None:
        at = found.end() if found["gone"] else found.start() + 1
        if found["gone"]:
            yield Edit(found.start(), found.end(), found[0], "bytes", certain=False)
            continue
        if found["named"] and not found["mark"] and fits(text[found.start() - 1], found["pinyin"]):
            continue
        if budget <= 0:
            continue
        around = around or Surroundings(text)
        tries, edit = _repair(text, found, around)
        budget += _GRANT - tries if edit else -1 - tries
        edit = edit or _unreadable(text, found)
        if edit is not None:
            yield edit
            at = max(at, edit.end)


def _unreadable(text: str, found: re.Match[str]) -> Edit | None:
    """The mark and the strange characters behind it, unchanged, where nothing readable came of them."""
    model = characters()
    end = found.end()
    while end < min(len(text), found.end() + LONGEST) and text[end] > "\x7f":
        end += 1
    behind = text[found.end() : min(end, found.end() + _LOOK)]
    strange = sum(not model.knows(fold(c)) for c in behind if not "\u2000" <= c <= "\u206f")
    return Edit(found.start(), end, text[found.start() : end], "bytes", certain=False) if strange >= _STRANGE else None


def _repair(text: str, found: re.Match[str], around: Surroundings) -> tuple[int, Edit | None]:
    """(how many readings were weighed, the repair of what the mark stands before, or none)."""
    start = found.start()
    line_start = text.rfind("\n", max(0, start - LONGEST), start) + 1
    line_end = text.find("\n", start, start + LONGEST)
    line_end = min(len(text), start + LONGEST) if line_end < 0 else line_end
    ways: list[Reading] = []
    if found["named"]:
        for byte in _named_bytes(text[start - 1], found["pinyin"]):
            ways += read(text, found.end(), line_end, byte)
    else:
        ways += read(text, found.end(), line_end, None)
    left, line = text[max(line_start, start - 24) : start], text[line_start:start]
    among_chinese = found["named"] is not None or not (left.rstrip()[-1:].isascii() and left.rstrip()[-1:].isalpha())
    best: tuple[float, Reading] | None = None
    for way in ways:
        right = _behind(text, way.end, line_end)
        if not (among_chinese or _is_chinese(right[0])):
            continue
        better = gain(left, text[start : way.end], likeliest(way, left, right), right[:8]) - way.cost
        if better > GAIN and (best is None or better > best[0]):
            best = better, way
    if best is None:
        return len(ways), None
    way = best[1]
    whole, share = filled(way, left, _behind(text, way.end, line_end), line + text[way.end : line_end], around)
    return len(ways), Edit(start, way.end, whole, "bytes", certain=share >= SURE)


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


def _is_blank(before: str, behind: str) -> bool:
    """Whether an ideographic blank stands between the two: at the head of a paragraph, behind its number, or beside another blank."""
    return _OPENING.fullmatch(before) is not None or before.endswith(IDEOGRAPHIC_BLANK) or behind.startswith(IDEOGRAPHIC_BLANK)


def likeliest(way: Reading, left: str, right: str) -> str:
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


def filled(way: Reading, left: str, right: str, line: str, around: Surroundings) -> tuple[str, float]:
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


def gain(left: str, old: str, new: str, right: str) -> float:
    """By how much the logarithm of the chance of `new` exceeds that of `old` between `left` and `right`."""
    model = characters()
    near = fold(left)[-2:].rjust(2, EDGE)
    marks = old.count("\ufffd")
    # what stands for an unreadable byte is no character that could be unlikely
    shown = model.score(near + fold(old.replace("\ufffd", "") + right)) - marks * _MARKED
    return model.score(near + fold(new + right)) - shown
