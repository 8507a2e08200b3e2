"""Dates as Chinese texts write them, with the precision that they have. A missing part stays missing; nothing depends on the day of the run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.structure import read_value

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "０": "0"}
_YEAR = r"(?:1[89]|20|21)\d\d"
_HAN_YEAR = r"[一二][〇○零Ｏ一二三四五六七八九]{3}"
_HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
_FULL = re.compile(
    rf"(?P<year>{_YEAR}|{_HAN_YEAR})\s?年(?:\s?(?P<month>\d{{1,2}}|{_HAN_NUMBER})\s?月(?:\s?(?P<day>\d{{1,2}}|{_HAN_NUMBER})\s?日)?)?"
    rf"|(?<![\d.])(?P<y2>{_YEAR})(?P<sign>[-/.])(?P<m2>\d{{1,2}})(?P=sign)(?P<d2>\d{{1,2}})(?!\d)"
    rf"|(?:中華|中华)?(?:民國|民国)\s?(?P<roc>\d{{1,3}}|[一二三四五六七八九十百零〇]{{1,6}})\s?年"
    rf"(?:\s?(?P<m3>\d{{1,2}}|{_HAN_NUMBER})\s?月(?:\s?(?P<d3>\d{{1,2}}|{_HAN_NUMBER})\s?日)?)?"
)
_SLASHED_ROC = re.compile(r"(?<![\d./\-])(?P<roc>\d{2,3})(?P<sign>[/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d./])")
_ROC = 1911
"""民國 1 is 1912 (Taiwan's 公文程式條例 dates by it)"""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: ISO `value` with its precision, and its place `[start, end)`."""

    value: str
    precision: Literal["year", "month", "day"]
    start: int
    end: int


def find_dates(text: str, *, taiwan: bool = False) -> Iterator[Found]:
    """Dates of `text` in order: 2018年5月 → `2018-05` (month), 二〇一八年五月三十日 → `2018-05-30`, 民國110年3月5日 → `2021-03-05`.

    What is no date of the calendar (十三月) is passed over. In a document marked as Taiwanese 101/05/25 is one too, of 2012; elsewhere it says nothing.
    """
    if taiwan:
        both = [*_find_common(text), *_find_slashed(text)]
        yield from sorted(both, key=lambda found: found.start)
    else:
        yield from _find_common(text)


def _find_slashed(text: str) -> Iterator[Found]:
    for match in _SLASHED_ROC.finditer(text):
        if found := _checked(int(match["roc"]) + _ROC, int(match["month"]), int(match["day"]), match.start(), match.end()):
            yield found


def _find_common(text: str) -> Iterator[Found]:
    for match in _FULL.finditer(text):
        if match["roc"]:
            year, month, day = _number(match["roc"]) + _ROC, match["m3"], match["d3"]
        else:
            year, month, day = _number(match["year"] or match["y2"]), match["month"] or match["m2"], match["day"] or match["d2"]
        found = _checked(year, month and _number(month), day and _number(day), match.start(), match.end())
        if found:
            yield found


def _number(digits: str) -> int:
    if digits.isascii():
        return int(digits)
    if len(digits) == 4 and not set(digits) & set("十百"):
        return int("".join(_DIGITS.get(char, char) for char in digits))
    return read_value(digits) or 0


def _checked(year: int, month: int | str | None, day: int | str | None, start: int, end: int) -> Found | None:
    if not isinstance(month, int):
        return Found(f"{year:04d}", "year", start, end)
    if not 1 <= month <= 12:
        return None
    if not isinstance(day, int):
        return Found(f"{year:04d}-{month:02d}", "month", start, end)
    try:
        return Found(date(year, month, day).isoformat(), "day", start, end)
    except ValueError:
        return None
