"""`limited_by`: a measure that caused a problem, left it open, or meets it; and the remedies that such words rule out.

Rules over the words between a measure and a problem. What fails is no remedy: a pair that these words join is not linked as
`addressed_by`, nor is a measure that is ruled out (force failed) or that stands in the consequence of an unmet condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.link._layout import Layout

_CAUSED = re.compile(
    r"(?:结果|反而|却|反倒|也|但|容易|往往|又|还|进一步|直接|客观上|在一定程度上)[^，。；;]{0,8}"
    r"(?:加剧|加重|导致|造成|引发|引起|带来|产生|滋生|诱发|催生|陷入|放大)了?[^，。；;]{0,8}$"
)
_NEGATED = re.compile(r"避免|防止|杜绝|不会|不至于|防范|减少|消除|解决|破解|克服|因应|针对|旨在")
_MEETS = re.compile(
    r"(?:(?:过程|实践|推进|实施|建设|运行|改革|进程)?中|时|以来|后)?(?:也|仍|仍然|依然|还|却|但|又|普遍|往往|同样|不可避免地)*"
    r"(?:面临|遭遇|遇到|遭到|受制于|受限于|受阻于|陷入|暴露出|受到|存在|伴随着)[了着]?[^，。；;]{0,10}$"
)
_OPEN_AFTER = re.compile(
    r"^[^。；;]{0,10}(?:[依仍]然(?:存在|突出)|仍存在|依旧存在|仍较突出|尚未(?:得到)?[^，。；;]{0,6}解决|(?:未|没有)得到[^，。；;]{0,6}解决"
    r"|仍未[^，。；;]{0,8}(?:解决|改变|消除)|难以根除|有待解决|悬而未决)"
)
_TURN = re.compile(r"但是|但|然而|却|不过|仍|尽管|虽然|虽|可是")
_UNMET = re.compile(r"(?:如果|若|倘若|假如|要是|一旦)[^。；;，]{0,12}(?:不能|不|未能|没有|无法|未)[^。；;，]{0,6}$")
_VAIN = re.compile(r"^[^。；;，]{0,10}(?:难以|无法|不能|就会落空|落空|成为空谈|无从|流于|失去)")
REACH = 80
"""characters between the two; farther apart the words between belong to something else"""


@dataclass(frozen=True, slots=True)
class Limit:
    """Measure `i` is limited by problem `j`; `caused` where the measure itself brought it about."""

    i: int
    j: int
    caused: bool
    confidence: float


def find_limits(layout: Layout) -> Iterator[Limit]:
    """Limits in order of the measure; each measure with the problems of its sentence and the next.

    早期各部门自建系统，结果加剧了数据孤岛 → 自建系统 limited_by 数据孤岛.
    """
    n = len(layout.factors)
    for i in range(n):
        if layout.kind[i] != 2:
            continue
        for j in range(i + 1, min(n, i + 7)):
            if layout.sentence[j] - layout.sentence[i] > 1 or layout.block[j] != layout.block[i]:
                break
            if layout.kind[j] != 1 or layout.start[j] < layout.end[i] or layout.start[j] - layout.end[i] > REACH:
                continue
            found = _limit(layout, i, j)
            if found:
                yield found


def _limit(layout: Layout, i: int, j: int) -> Limit | None:
    text = layout.text
    between = text[layout.end[i] : layout.start[j]]
    behind = text[layout.end[j] : layout.end[j] + 30]
    same = layout.sentence[i] == layout.sentence[j]
    if _NEGATED.search(between):
        return None
    if same and _CAUSED.search(between):
        return Limit(i, j, True, 0.7)
    turned = bool(_TURN.search(between)) or bool(_TURN.search(text[max(0, layout.start[i] - 20) : layout.start[i]]))
    if turned and _OPEN_AFTER.search(behind):
        return Limit(i, j, False, 0.7)
    # nothing but the frame may stand between: another statement in between is what meets the problem
    free = not any(layout.kind[k] == 2 for k in range(i + 1, j))
    if same and free and _MEETS.search(between) and len(between) <= 40 and "，" not in between[:-12]:
        return Limit(i, j, False, 0.6)
    if not same and turned and _MEETS.search(between) and free:
        return Limit(i, j, False, 0.5)
    return None


def is_ruled_out(layout: Layout, i: int, j: int) -> bool:
    """Measure `j` is no remedy of problem `i`, whatever the words around say.

    如果不能打破部门壁垒，平台建设就难以见效: 平台建设 is no remedy of 部门壁垒.
    """
    if layout.factors[j].force == "failed":
        return True
    if layout.sentence[i] != layout.sentence[j] or layout.start[i] > layout.start[j]:
        return False
    sentence = layout.sentences[layout.sentence[i]]
    lead = layout.text[sentence.start : layout.start[i]]
    return bool(_UNMET.search(lead)) and bool(_VAIN.search(layout.text[layout.end[j] : sentence.end]))
