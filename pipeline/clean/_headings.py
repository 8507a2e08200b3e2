"""Decimal headings that a converter ran into the paragraph beneath: `3.2.1村镇养老服务村镇养老服务是…` becomes a heading and its paragraph.

GB/T 7713.2-2022 sets such a heading on a line of its own; reading by layout loses the line end where the heading is in the type of the text.
The line end is put back only where the words prove the place: the paragraph takes up the words that the heading begins with, or opens with
what opens a sentence and ends no heading (由于, 随着, 本文, 由表3), and the language model finds no strong bond there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._breaks import bond
from pipeline.clean._draft import Edit

_NUMBER = re.compile(r"^(?:#{1,6} )?(?P<number>\d{1,2}(?:[.．]\d{1,2}){1,2})(?![\d%％‰]|[.．]?\d)[ \u3000]{0,2}(?=[\u4e00-\u9fff“《A-Z])", re.M)
_OPENS = re.compile(
    r"随着|由于|近年来|[目当]前(?:[，,我国]|学界|各地|多数)|所谓|本(?:文|节|研究)(?!献|本|化|明|字|件|所)|首先[，,]?|[由从如]?[图表]\d|为了|通过对"
)
_STOP = re.compile(r"[，。；：,;:？！、（(\n]")
_NO_END = re.compile(
    r"(?:[与和及的对在、以从将把为于之因是自至到如由伴随]|[我全本]国|[根依]据|[采利使运]用|[\u4e00-\u9fff]{2}[省市县州]|[\u4e00-\u9fff][A-Za-z]+)$"
)
"""no heading ends with these: what governs or names the subject of the sentence behind"""
_HEADING_END = re.compile(
    r"(?:分析|研究|评[价估]|比较|方法?|法|模型|机[制理]|特征|现状|影响|作用|效[益应果]|成效|功能|能力|建设|实施|路径|问题|对策|关系|概[况述]|界定|依据|选取|检验|结果|指标|体系|标准|不足|[”》）])$"
)
"""the nouns that close a heading, so that what stands between the words taken up and the break is still of the heading: 影响因素分析|影响因素包括"""
_SHORTEST, _LONGEST = 4, 28
_TAKEN_UP = 4
"""as many characters as the paragraph repeats of the heading's beginning"""
_PARAGRAPH = 40
_BOND = 10.0
"""no break where the model finds the two sides bound by more than this: 空间品质感知城市公共|空间品质"""


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that put the line end back: `1.2数据来源本文使用……` → `1.2数据来源\\n本文使用……`. A document with one such number alone is left as it is."""
    del source
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) < 2:
        return
    for found in numbers:
        end = text.find("\n", found.end())
        place = _break(text[found.end() : end if end >= 0 else len(text)])
        if place is not None:
            at = found.end() + place
            blanks = place - len(text[found.end() : at].rstrip(" \u3000"))
            yield Edit(at - blanks, at, "\n", "heading_break")


def _break(words: str) -> int | None:
    """Place in the words behind the number where the paragraph begins, or none."""
    stop = _STOP.search(words, 0, _LONGEST)
    limit = min(stop.start() if stop else _LONGEST, len(words) - _PARAGRAPH)
    if "。" not in words[limit:]:
        return None
    for place in range(_SHORTEST, limit + 1):
        taken_up = place >= _TAKEN_UP and words.startswith(words[:_TAKEN_UP], place)
        if not taken_up and not _OPENS.match(words, place):
            continue
        heading = words[:place].rstrip(" \u3000")
        if _NO_END.search(heading) or (taken_up and not _is_whole(heading, words[place:])):
            return None
        if bond(heading, words[place:]) < _BOND:
            return place
    return None


def _is_whole(heading: str, paragraph: str) -> bool:
    """Whether no subject of the paragraph is left in the heading: the paragraph repeats all of it, or what it does not repeat closes a heading.

    `肿块评估乳房|肿块评估的标准` is no break: 乳房 is said of what follows.
    """
    return paragraph.startswith(heading) or bool(_HEADING_END.search(heading))
