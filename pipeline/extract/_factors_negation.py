"""Bans and failures: a measure that is forbidden keeps the ban inside its span; one that is ruled out or came to nothing is `failed`.

The ban words are those of Chinese legislative drafting (立法技术规范: 禁止、不得 for prohibitions, 严禁 in party and government notices);
不得不 and its like are double negatives, and so affirm.
"""

from __future__ import annotations

import re

from pipeline.records import FactorType, Force

_BAN = re.compile(r"(?:严格|坚决|一律|明令)?(?:严禁|禁止|不得|不准|不许|切忌|切勿|不要|不应当?|不宜)(?!不)(?:再)?")
_CLAUSE = re.compile(r"[，,；;。！？!?：:、\n]")
_REACH = 16
"""characters between a ban and the verb it governs: 严禁以任何名义摊派"""
_RULED_OUT = re.compile(
    r"不足取|不可取|不可行|行不通|难以奏效|未能奏效|没有奏效|未见成效|收效甚微|收效不大|无济于事|适得其反|以失败告终|宣告失败|并不能解决|不能从根本上解决|治标不治本"
)
_STOP = re.compile(r"[；;。！？!?\n]")


def negated(text: str, start: int, end: int, *, kind: FactorType, within: tuple[int, int]) -> tuple[int, int, Force | None]:
    """Place and force of a factor after its negation is read: 严禁以任何名义摊派报表任务 whole and `mandated`; 取消属地考核，…故不足取 `failed`.

    Force is none where nothing is negated: who demands it, and how strongly, is read later.
    """
    if kind != "countermeasure":
        return start, end, None
    clause = max((found.end() for found in _CLAUSE.finditer(text, within[0], start)), default=within[0])
    ban = None
    for found in _BAN.finditer(text, max(clause, start - _REACH), end):
        if found.start() <= start:
            ban = found
    if ban is not None:
        return min(start, ban.start()), end, "mandated"
    stop = _STOP.search(text, end, within[1])
    return start, end, "failed" if _RULED_OUT.search(text, end, stop.start() if stop else within[1]) else None
