"""Bans and failures: a measure that is forbidden keeps the ban inside its span; one that is ruled out or came to nothing is `failed`.

The ban words are those of Chinese legislative drafting (立法技术规范: 禁止、不得 for prohibitions, 严禁 in party and government notices);
不得不 and its like are double negatives, and so affirm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.records import FactorType, Force

_BAN = re.compile(r"(?:严格|坚决|一律|明令)?(?:严禁|禁止|不得|不准|不许|切忌|切勿|不要|不应当?|不宜)(?!不)(?:再)?")
_MUST = re.compile(r"不(?:能|可|应当?)不")
"""不得不 is left out: it tells of force of circumstances as often as of duty"""
_CLAUSE = re.compile(r"[，,；;。！？!?：:、\n]")
_REACH = 16
"""characters between a ban and the verb it governs: 严禁以任何名义摊派"""
_RULED_OUT = re.compile(
    r"不足取|不可取|不可行|行不通|难以奏效|未能奏效|没有奏效|未见成效|收效甚微|收效不大|无济于事|适得其反|以失败告终|宣告失败|并不能解决|不能从根本上解决|治标不治本"
)
_RID_OF = re.compile(r"(?:(?<=为)|(?<=为了))(?:破解|打破|破除|化解|消除|解决|克服)")
"""an aim that is a problem to be got rid of: what is named is the problem (the ruling of the annotation guide on 打破 and 解决)"""
_STOP = re.compile(r"[；;。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Negated:
    """Place, type and force of a factor after its negation is read."""

    start: int
    end: int
    kind: FactorType
    force: Force | None = None
    """none where nothing is negated: who demands it, and how strongly, is read later"""


def negated(text: str, start: int, end: int, *, kind: FactorType, within: tuple[int, int]) -> Negated:
    """The factor as its negation leaves it: 严禁以任何名义摊派报表任务 whole and `mandated`; 取消属地考核，…故不足取 `failed`;
    不能不重视数据安全, taken for a dilemma, is the measure 重视数据安全; of 为破解数据孤岛, taken for a goal, 数据孤岛 is the dilemma.
    """
    rid_of = _RID_OF.match(text, start, end)
    if rid_of is not None and rid_of.end() < end and kind == "goal":
        return Negated(rid_of.end(), end, "dilemma")
    must = _MUST.match(text, start, end)
    if must is not None and must.end() < end and kind in ("dilemma", "countermeasure"):
        return Negated(must.end(), end, "countermeasure")
    if kind != "countermeasure":
        return Negated(start, end, kind)
    clause = max((found.end() for found in _CLAUSE.finditer(text, within[0], start)), default=within[0])
    ban = None
    for found in _BAN.finditer(text, max(clause, start - _REACH), end):
        if found.start() <= start:
            ban = found
    if ban is not None:
        return Negated(min(start, ban.start()), end, kind, "mandated")
    stop = _STOP.search(text, end, within[1])
    ruled_out = _RULED_OUT.search(text, end, stop.start() if stop else within[1])
    return Negated(start, end, kind, "failed" if ruled_out else None)
