"""Counts of cue words and marks in any stretch of a text, by prefix sums: one pass over the text, then a subtraction a stretch.

The classes are those by which Chinese argumentative prose marks relations between clauses (Xing Fuyi 邢福义, 汉语复句研究, 2001:
因果, 目的, 转折, 条件, 并列) and the fixed frames of policy prose (以…破解…, 针对…, 面对…).
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

CUES: dict[str, str] = {
    "cause": "由于|因为|因此|源于|缘于|归因|根源|原因|受制于|受限于|基于",
    "effect": "导致|致使|造成|引发|引起|使得|带来|诱发|滋生|加剧|以致|以至|产生|形成|陷入|酿成|招致",
    "hence": "因此|因而|从而|进而|故而|为此|据此|所以|于是|这就|由此|可见",
    "purpose": "以便|以期|以实现|以提|以促|以保|以满足|旨在|为了|目的|力求|力争|确保|实现|达到|促进|推动|提升|提高|增强|保障|助力|满足",
    "remedy": "针对|破解|解决|克服|化解|应对|防止|避免|消除|打破|破除|缓解|弥补|改变|扭转|突破|规避|杜绝|减少|改善|遏制|纠正|防范",
    "ought": "应当|应该|应|必须|需要|须|要|亟需|亟待|有必要|可以|可",
    "means": "通过|依托|借助|利用|运用|采取|凭借|以",
    "contrast": "但是|但|然而|却|而是|不过|尽管|虽然|仍|反而",
    "condition": "如果|只有|只要|若|一旦|否则|除非|才能|方能",
    "push": "推动|驱动|促使|催生|倒逼|要求|迫使|激发|呼唤|拉动|促进|引领|需要|背景下|形势下",
    "problem": "问题|困境|挑战|不足|矛盾|风险|弊端|障碍|瓶颈|缺陷|难题|困难",
    "lack": "缺乏|缺少|不足|不够|不强|滞后|薄弱|缺失|难以|未能|尚未|没有",
    "sequence": "首先|其次|再次|最后|第一|第二|第三|第四|一是|二是|三是|四是|一方面|另一方面|同时|此外",
}
MARKS: dict[str, str] = {"enumeration": "、", "comma": "，,", "semicolon": "；;", "colon": "：:", "stop": "。！？!?", "dash": "—", "bracket": "（()）"}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(words) for words in CUES.values())


def names() -> tuple[str, ...]:
    """Names of the rows of `running_counts`, in order."""
    return (*CUES, *MARKS)


def running_counts(text: str) -> NDArray[np.int32]:
    """Array `[class, place]`: how many cues of the class begin before the place; `[:, b] - [:, a]` counts those in `[a, b)`."""
    counts = np.zeros((len(CUES) + len(MARKS), len(text) + 1), dtype=np.int32)
    for row, pattern in enumerate(_patterns()):
        places = [match.start() + 1 for match in pattern.finditer(text)]
        counts[row, places] = 1
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    for row, marks in enumerate(MARKS.values(), start=len(CUES)):
        counts[row, 1:] = np.isin(codes, [ord(mark) for mark in marks])
    return np.cumsum(counts, axis=1, dtype=np.int32)
