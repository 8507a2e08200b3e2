"""Numbers that open a heading or a point: `一、` `（一）` `1.` `1.2` `(1)` `①` `第一，` `第×章` `第×条之一` `——`.

Sources: GB/T 9704-2012, 7.3.3 (levels of an official document: 一、 （一） 1. （1）), GB/T 7713.2-2022 (decimal numbers of a paper),
立法技术规范（试行）(编 章 节 条 款 项 目, and inserted articles 第×条之×).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Number", "read_number", "read_value"]

Kind = Literal["part", "chapter", "section", "article", "cn", "cn_paren", "decimal", "arabic", "arabic_paren", "circled", "ordinal", "dash"]

_CN = "〇零一二三四五六七八九十百千两"
_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAREN_ONE = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOT_ONE = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_CN_PAREN_ONE = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_G = r"[ \t\u3000]{0,4}"

_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第{_G}([{_CN}\d]{{1,6}}){_G}(?:[编篇]|部分){_G}(?![{_CN}\d])")),
    ("chapter", re.compile(rf"第{_G}([{_CN}\d]{{1,6}}){_G}章{_G}")),
    ("section", re.compile(rf"第{_G}([{_CN}\d]{{1,6}}){_G}节{_G}")),
    ("article", re.compile(rf"第{_G}([{_CN}\d]{{1,8}}){_G}条(?:之([{_CN}]{{1,3}}))?(?![第规定的所和或、至]|[{_CN}]{{1,3}}[款项])(?:{_G}|[：:])")),
    ("cn_paren", re.compile(rf"[（(]{_G}([{_CN}]{{1,4}}){_G}[)）]{_G}[、.．]?{_G}")),
    ("cn_paren", re.compile(rf"([{_CN_PAREN_ONE}]){_G}")),
    ("cn", re.compile(rf"([{_ROMAN}]){_G}[、．.:：]?{_G}(?=[\u4e00-\u9fff])")),
    ("cn", re.compile(rf"([{_CN}]{{1,4}}){_G}[、．.]{_G}")),
    ("decimal", re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})(?![\d%％‰]|[.．]?\d){_G}[.．、]?{_G}")),
    ("arabic", re.compile(rf"(\d{{1,3}}){_G}[.．、](?!\d){_G}")),
    ("arabic", re.compile(rf"([{_DOT_ONE}]){_G}")),
    ("arabic_paren", re.compile(rf"[（(]?{_G}(\d{{1,2}}){_G}[)）]{_G}[、.．]?{_G}")),
    ("arabic_paren", re.compile(rf"([{_PAREN_ONE}]){_G}")),
    ("circled", re.compile(rf"([{_CIRCLED}]){_G}")),
    ("ordinal", re.compile(rf"(?:第|其)([{_CN}]{{1,3}}){_G}[,，、:：.．；;]{_G}")),
    ("ordinal", re.compile(rf"([{_CN}]{{1,3}})(?:是|要|则是){_G}[,，:：]?{_G}")),
    ("dash", re.compile(rf"(?:——|--|—|──){_G}(?=[\u4e00-\u9fff“《])")),
)
# `1老龄化社会`, `2.1试点区`: converters lose the blank between number and words; a bare number counts only on a marked heading
_BARE = re.compile(rf"(\d{{1,2}})(?![\d.．,，%％年月日号个项万亿元])(?:{_G}|\u00a0)(?=[\u4e00-\u9fffA-Za-z“\"‘《「])")
_BARE_BEFORE_DIGITS = re.compile(r"(\d)(?=\d{1,4}[\u4e00-\u9fff])")
_SPACED = re.compile(rf"([{_CN}]{{1,3}})[ \t\u3000]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Number:
    """The number that opens a line: `text[:end]` holds it; `values` are its parts, `2.1` → (2, 1), `第八条之一` → (8, 1)."""

    kind: Kind
    text: str
    """as written, without what surrounds it for layout: `（一）`, `1.2`, `第三章`"""
    end: int
    values: tuple[int, ...]
    bare: bool = False
    """no mark divides it from the words: `1老龄化社会`"""

    @property
    def depth(self) -> int:
        """1 for `1`, 2 for `1.1`; 1 for every other kind."""
        return len(self.values) if self.kind == "decimal" else 1


def read_value(text: str) -> int | None:
    """Value of a Chinese or Arabic numeral: `二十三` → 23, `〇八` → 8, `12` → 12; none if it is no numeral."""
    if text.isdecimal():
        return int(text)
    for row in (_CIRCLED, _PAREN_ONE, _DOT_ONE, _CN_PAREN_ONE, _ROMAN):
        if len(text) == 1 and text in row:
            return row.index(text) + 1
    if not any(c in _UNIT for c in text):
        value = 0
        for c in text:
            if c not in _DIGIT:
                return None
            value = value * 10 + _DIGIT[c]
        return value
    total, digit = 0, 0
    for c in text:
        if c in _UNIT:
            total += (digit or 1) * _UNIT[c]
            digit = 0
        elif c in _DIGIT:
            digit = _DIGIT[c]
        else:
            return None
    return total + digit


def read_number(text: str, *, marked: bool = False, expected: int | None = None) -> Number | None:
    """The number that opens `text`, or none.

    `marked` says that the line carries a heading mark, so that a bare `1老龄化社会` counts; `expected` is the next number of
    that kind, which decides how `240年改革` (2, then 40年改革) divides.
    """
    for kind, form in _FORMS:
        if not (found := form.match(text)):
            continue
        groups = [g for g in found.groups() if g]
        if kind == "dash":
            return Number(kind, found.group().strip(), found.end(), ())
        if kind == "decimal":
            values = tuple(int(v) for v in re.split("[.．]", groups[0]))
            if any(v == 0 for v in values[:1]) or values[0] > 30:
                return None
            return Number(kind, groups[0], found.end(), values)
        read = tuple(v for v in (read_value(g) for g in groups) if v is not None)
        if not read:
            continue
        return Number(kind, found.group().strip(" \t\u3000:："), found.end(), read)
    if not marked:
        return None
    if expected is not None and (found := _BARE_BEFORE_DIGITS.match(text)) and int(found.group(1)) == expected:
        return Number("decimal", found.group(1), found.end(), (expected,), bare=True)
    if (found := _BARE.match(text)) and 0 < int(found.group(1)) <= 30:
        return Number("decimal", found.group(1), found.end(), (int(found.group(1)),), bare=True)
    if (found := _SPACED.match(text)) and (value := read_value(found.group(1))):
        return Number("cn", found.group(1), found.end(), (value,), bare=True)
    return None
