"""Clean text → text damaged as converters damage it, to measure repairs by (`benchmarks/cleaning.py`).

Each kind on one paragraph: `pinyin` pushed in behind characters; pinyin pushed in `astride` two characters, which sets the rest
askew; a character `cut` in two where a file is converted piece by piece; a byte `lost` or `gained` without a mark.
The decoders are those of old Windows programs (what cannot be
read becomes `?` and takes its neighbour along) and of browsers (U+FFFD, an ASCII neighbour stays).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pipeline.clean import _gbk
from pipeline.clean._language import simplified
from pipeline.clean._readings import TONES, _table


@dataclass(frozen=True)
class Damaged:
    kind: str
    text: str
    whole: str


def pinyin(text: str, rng: Random) -> Damaged | None:
    """One to six characters of `text` with their reading behind them: 系統(tǒng)."""
    places = [i for i, c in enumerate(text) if c in _reading_of() and ord(c) in simplified()]
    if not places:
        return None
    chosen = set(rng.sample(places, min(len(places), rng.randint(1, 6))))
    return Damaged("pinyin", "".join(f"{c}({_reading_of()[c]})" if i in chosen else c for i, c in enumerate(text)), text)


def astride(text: str, rng: Random) -> Damaged | None:
    """Pinyin of the character that the second byte of one and the first of the next make, pushed in between them: 入?yún)^."""
    places = []
    for i in range(len(text) - 1):
        left, right = _gbk.pair(text[i]), _gbk.pair(text[i + 1])
        if left is None or right is None or left[1] < 0x81:
            continue
        found = _gbk.at(left[1], right[0])
        if found is not None and ord(found) in simplified() and found in _reading_of():
            places.append((i, _reading_of()[found]))
    rng.shuffle(places)
    for i, reading in places:
        head, tail = text[: i + 1].encode("gb18030"), text[i + 1 :].encode("gb18030")
        shown = windows(head + tail[:1] + b"(" + reading.encode("gb18030") + b")" + tail[1:])
        if shown is not None:
            return Damaged("astride", shown, text)
    return None


def cut(text: str, rng: Random) -> Damaged | None:
    """The file cut within a character: its first byte is read alone, the rest from its second byte on."""
    places = [i for i, c in enumerate(text) if c > "\x7f" and _gbk.pair(c) is not None]
    decode: Callable[[bytes], str | None] = rng.choice((windows, browser))
    rng.shuffle(places)
    for i in places[:20]:
        head, tail = text[:i].encode("gb18030"), text[i:].encode("gb18030")
        if tail[1] > 0x7F and not tail[2:3].strip(bytes(range(0x40))):
            continue  # its second byte is lost as well: nothing could name the character
        shown = decode(tail[1:])
        if shown is not None:
            return Damaged("cut", head.decode("gb18030") + ("?" if decode is windows else "\ufffd") + shown, text)
    return None


def lost(text: str, rng: Random) -> Damaged | None:
    """A byte of a character lost, and no mark where it was."""
    return _spoiled("lost", text, rng)


def gained(text: str, rng: Random) -> Damaged | None:
    """A byte too many between two characters."""
    return _spoiled("gained", text, rng)


def _spoiled(kind: str, text: str, rng: Random) -> Damaged | None:
    places = [i for i, c in enumerate(text[:-6]) if c > "\x7f" and _gbk.pair(c) is not None]
    rng.shuffle(places)
    for i in places[:20]:
        head, data = text[:i], text[i:].encode("gb18030")
        if not all(byte > 0x80 for byte in data[:12]):
            continue  # too little of it would be askew to be seen at all
        if kind == "lost":
            at = rng.randrange(2)
            data = data[:at] + data[at + 1 :]
        else:
            data = bytes([rng.randrange(0x81, 0xFF)]) + data
        shown = rng.choice((windows, browser))(data)
        if shown is not None:
            return Damaged(kind, head + shown, text)
    return None


def windows(data: bytes) -> str | None:
    """`data` decoded as code page 936; none where an ASCII character would be swallowed, which nothing can bring back."""
    return _decoded(data, "?", swallows=True)


def browser(data: bytes) -> str | None:
    """`data` decoded as browsers decode GBK."""
    return _decoded(data, "\ufffd", swallows=False)


def _decoded(data: bytes, mark: str, *, swallows: bool) -> str | None:
    out, i = [], 0
    while i < len(data):
        byte = data[i]
        if byte <= 0x80:
            out.append("€" if byte == 0x80 else chr(byte))
            i += 1
        elif i + 1 == len(data):
            out.append(mark)
            i += 1
        elif (data[i + 1] >= 0x40 and data[i + 1] not in (0x7F, 0xFF)) and byte != 0xFF:
            out.append(data[i : i + 2].decode("gb18030"))
            i += 2
        else:
            if data[i + 1] < 0x80 and swallows and data[i + 1] != ord("("):
                return None
            out.append(mark)
            i += 2 if swallows or data[i + 1] >= 0x80 else 1
    return "".join(out)


_READINGS: dict[str, str] = {}


def _reading_of() -> dict[str, str]:
    """Character → the reading that a converter would write (the first in the order of the table)."""
    if not _READINGS:
        for reading, characters in _table().items():
            if not any(tone in TONES for tone in reading):
                continue
            for character in characters:
                _READINGS.setdefault(character, reading)
    return _READINGS


KINDS = (pinyin, astride, cut, lost, gained)
NATURAL = (172, 1, 11, 0, 0)
"""how often each kind occurs in the one annotated document that such a converter went over"""
