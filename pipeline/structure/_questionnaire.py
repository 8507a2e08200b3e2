"""A questionnaire or outline of an interview that a paper prints behind its text: questions to those asked are no statements of the authors."""

from __future__ import annotations

import re

from pipeline.structure import _front as front
from pipeline.structure._lines import Line
from pipeline.structure._numbers import read_number
from pipeline.structure._verdicts import Verdicts

__all__ = ["read_questionnaire"]

_HEAD = re.compile(
    r"(?:附\s*[录件表]?\s*[A-Za-z\d一二三四五六七八九十]{0,3}\s*[:：.．、]?\s*)?[^。，；？！]{0,40}(?:问卷|调查问卷表|问卷调查表|访谈提纲|测量?量表|测量题项)(?:[（(].{1,20}[)）])?$"
)
_APPENDED = re.compile(r"附\s*[录件]")
_ITEM = re.compile(
    r"[□○◯☐]|(?:^|\s)A\s*[.．、:：].*\sB\s*[.．、:：]|[_＿]{3,}|[(（]\s*(?:可?多选|单选|限选|不定项|选填|必填).{0,12}[)）]|[(（][ \u3000]*[)）]\s*$"
    r"|1\s*[=＝].{1,12}2\s*[=＝]|^[A-E]\s*[.．、].{1,60}$|您|你(?:认为|觉得|是否|的)|[？?]$"
)
_FEWEST = 4
_APART = 8
"""lines between two items at most: a head and a scale with its points"""
_PROSE = 150


def read_questionnaire(lines: list[Line], verdicts: Verdicts) -> None:
    """Settles its head and all its lines as noise, for the reason `questionnaire`; what follows it (references, a foreign part, a paragraph) stays.

    A heading such as 2.1 调查问卷 whose text tells of the survey has no items beneath and is left alone.
    """
    for i in range(len(lines) // 3, len(lines)):
        text = lines[i].text
        if len(text) > 60 or not _HEAD.fullmatch(text) or (read_number(text, marked=lines[i].mark > 0) and not _APPENDED.match(text)):
            continue
        end = _end(lines, i + 1)
        if end is not None:
            for k in range(i, end):
                verdicts.overrule(k, "noise", "questionnaire")


def _end(lines: list[Line], start: int) -> int | None:
    """The line behind the last item of the questionnaire that begins at `start`, or none where too few follow."""
    items = 0
    last = start
    for i in range(start, len(lines)):
        text = lines[i].text
        if front.REFERENCE_HEAD.match(text) or front.ABSTRACT_EN.match(text) or (i - last > _APART and not _has_points(lines, i)):
            break
        if len(text) > _PROSE and "您" not in text:
            break
        if _ITEM.search(text):
            items += 1
            last = i + 1
        elif read_number(text) is not None and len(text) <= 60:
            last = i + 1
    return last if items >= _FEWEST else None


def _has_points(lines: list[Line], at: int) -> bool:
    """Whether short numbered lines stand at `at` or right behind it, as the points of a scale do."""
    return any(len(line.text) <= 60 and read_number(line.text) is not None for line in lines[at : at + 2])
