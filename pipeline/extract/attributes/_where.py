"""Where a measure is or was taken: from its own words, its sentence, its heading, or an issuing document's own area; never an affiliation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.attributes._context import OFFICIAL, Context
from pipeline.extract.entities import place_mentions
from pipeline.records import Place

Read = tuple[tuple[str, ...], Place | None]

_WHOLE = ("中国", "我国", "全国")
_NOT_THERE = re.compile(r"(?:借鉴|学习|参考|不同于|相比|较|对标|与)$")


def where_of(context: Context, areas: Sequence[str]) -> Read:
    """Places of a measure, the words nearest to it first; `areas` are those of the issuers of an official document.

    贵州省推行云长制 → 贵州省; 借鉴新加坡经验，建立平台 gives none.
    """
    factor = context.factor
    for start, end, last in ((factor.start, factor.end, False), (context.sentence[0], factor.start, True), (factor.end, factor.end, True)):
        found = [(a, b) for a, b in place_mentions(context.text[start:end]) if context.text[start + a : start + b] not in _WHOLE]
        found = [(a, b) for a, b in found if not _NOT_THERE.search(context.text[max(context.sentence[0], start + a - 4) : start + a])]
        if found:
            chosen = _chain(found, context.text[start:end]) if last else found
            names = tuple(dict.fromkeys(context.text[start + a : start + b] for a, b in chosen))
            return names, (start + chosen[0][0], start + chosen[-1][1])
    for heading in reversed(context.headings):
        found = list(place_mentions(heading))
        if found and context.zone in ("practice", "case"):
            return tuple(dict.fromkeys(heading[a:b] for a, b in found if heading[a:b] not in _WHOLE)), None
    if context.kind in OFFICIAL and areas:
        return tuple(areas), None
    return (), None


def _chain(found: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The last run of places joined by 、 和 及, or one inside the other: 上海、浙江 and 浙江省杭州市."""
    chain = [found[-1]]
    for a, b in reversed(found[:-1]):
        if text[b : chain[0][0]] in ("", "、", "和", "与", "及", "以及", "，"):
            chain.insert(0, (a, b))
        else:
            break
    return chain
