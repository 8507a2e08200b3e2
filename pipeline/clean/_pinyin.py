"""Pinyin that a script converter pushed in behind characters: `政府數字化轉型是一項系統(tǒng)工程` → 政府數字化轉型是一項系統工程.

The converter writes the reading, in half-width brackets and with its tone mark, behind some of the characters that it turned
into traditional script. What fits the character in front is dropped; authors who tell how a rare character is read (尕（gǎ）) are left
alone, for they do so once, behind a character that traditional and simplified script write alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit
from pipeline.clean._language import simplified, traditional
from pipeline.clean._readings import LETTERS, TONES, fits

_PUSHED = re.compile(rf"(?<=[\u3400-\u9fff])[(（](?P<pinyin>[{LETTERS}]{{0,5}}[{TONES}]?[{LETTERS}]{{1,4}}|[{TONES}])[)）]")
_HABIT = 3
"""from so many on, pinyin behind characters is the habit of a converter, whatever the characters"""


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that drop pinyin which fits the character in front of it; what has a tone mark and does not fit is marked as uncertain."""
    del source
    found = [match for match in _PUSHED.finditer(text) if any(tone in TONES for tone in match["pinyin"]) or match[0][0] == "("]
    if not found:
        return
    fitting = [fits(text[match.start() - 1], match["pinyin"]) for match in found]
    habit = sum(fitting) >= _HABIT
    converted = simplified().keys()
    for match, fit in zip(found, fitting, strict=True):
        before = text[match.start() - 1]
        if fit and (habit or ord(before) in converted or (before in traditional() and match[0][0] == "(")):
            yield Edit(match.start(), match.end(), "", "pinyin")
        elif habit and not fit and any(tone in TONES for tone in match["pinyin"]):
            yield Edit(match.start(), match.end(), match[0], "pinyin", certain=False)
