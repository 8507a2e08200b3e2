"""How characters are read: pinyin with tone marks, as script converters push it in behind a character.

`readings.txt` is made by `python -m training.characters` from the data of pypinyin (MIT), which come from Unihan.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LETTERS = "a-züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
"""what pinyin is written with, for a class of a regular expression"""
TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"


@cache
def _table() -> dict[str, str]:
    rows = (files("pipeline.clean") / "readings.txt").read_text(encoding="utf-8").splitlines()
    return dict(row.split(" ", 1) for row in rows)


def read_as(pinyin: str) -> str:
    """All characters that are read so: `tǒng` → 统統桶…; empty where nothing is."""
    return _table().get(pinyin, "")


def fits(character: str, pinyin: str) -> bool:
    """Whether `pinyin` is a reading of `character`: 統, tǒng."""
    return character in read_as(pinyin)
