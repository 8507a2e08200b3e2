"""A shadow of a text in simplified script, character for character: rules are written once, and offsets hold in the text itself."""

from __future__ import annotations

import re
from functools import cache

import opencc

__all__ = ["shadow"]

_TRADITIONAL = re.compile("[與為發們國學於應實現據這個對說後過時機關務業產證權護導構總體書會長見問題點統開]")
_ENOUGH = 3
_SAMPLE = 100_000


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def shadow(text: str) -> str:
    """`text` with every traditional character in its simplified form: 資料孤島 → 资料孤岛. Of the same length; itself if it has hardly any."""
    if len(_TRADITIONAL.findall(text[:_SAMPLE])) < _ENOUGH:
        return text
    convert = _converter().convert
    table = {}
    for char in set(text):
        if "\u3400" <= char <= "\u9fff":
            simple = convert(char)
            if simple != char and len(simple) == 1:
                table[ord(char)] = simple
    return text.translate(table)
