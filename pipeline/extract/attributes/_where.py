"""Where a measure is or was taken: from its own words, its sentence, its heading, or an issuing document's own area; never an affiliation.

Places are divisions of China and countries of the kept lists, what ends like one (官渡口镇, 横琴新区), and the regions that policy names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.attributes._context import OFFICIAL, Context
from pipeline.metadata import gazetteer
from pipeline.records import Place

Read = tuple[tuple[str, ...], Place | None]

_WHOLE = ("中国", "我国", "全国")
_LEARNT_BEFORE = re.compile(r"(?:借鉴|学习|参考|参照|吸收|借助|不同于|区别于|有别于|相比于?|比较|对比|较|对标|与|同|如同)$")
_LEARNT_BEHIND = re.compile(r"^等?(?:多?国|国家|发达国家|地区|地|省市?)?(?:等地)?(?:的)?(?:先进|成功|有益|成熟|相关)?(?:经验|教训|做法|模式)")
_REGION = re.compile(
    r"长三角|长江三角洲|珠三角|珠江三角洲|京津冀|粤港澳大湾区|粤港澳|成渝地区(?:双城经济圈)?|长江经济带|长江中游|黄河流域|长江流域|淮河流域"
    r"|欧美"
    r"|东北三省|东北地区|中部地区|西部地区|东部地区|西北地区|西南地区|华北地区|华东地区|华南地区|海峡西岸|环渤海|北部湾|大别山区|秦巴山区|三江源|欧盟|东盟"
)
_WITHIN = re.compile(
    r"(?![本各全该某每两三四五六七八九十]|部分|有关|相关|所有|农村|城镇|乡镇)"
    r"(?:[一-鿿]{1,5}?(?:街道|镇|乡|村(?!民|委|级|庄|域|集体)|社区)|[一-鿿]{1,4}?(?:县|旗)(?!级|域|委|政|长|乡))"
)
"""a county (also one renamed since), township, village or quarter, named behind the division that it lies in"""
_NUMBERS = {numeral: n for n, numeral in enumerate("两三四五六七八", start=2)}
_SO_MANY = re.compile(r"([两三四五六七八])(?:地|省市?|市|县|国)(?=[均都皆也共分各党政的联建开制设出，、])")
"""三地均…: as many places as were named last"""
_BACK = 800
"""characters of the text before that are looked through for them"""
_ZONE = re.compile(
    r"(?<![一-鿿])[一-鿿]{2,4}(?:新区|开发区|保税区|自贸区|自贸试验区|示范区|综合试验区)|(?<=[、，在和与及由于])[一-鿿]{2}(?:新区|自贸区|自贸试验区|保税区)"
)
_COMMON = re.compile(
    r"^(?:[各该本全某每两我这那此其他些建设于在由对等]|有关|相关|部分|所有|新时代|新时期|未来|试点|先行|改革|综合|国家|省级|市级|重点|示范|特色|经济|高新|技术|产业|生态|城市|创新|数字|新型|合作)"
)


def where_of(context: Context, areas: Sequence[str]) -> Read:
    """Places of a measure, the words nearest to it first; `areas` are those of the issuers of an official document.

    贵州省推行云长制 → 贵州省; 借鉴德国、日本等国经验，建立平台 gives none.
    """
    factor = context.factor
    for start, end, last in ((factor.start, factor.end, False), (context.sentence[0], factor.start, True)):
        chains = [chain for chain in _chains(context.text, start, end) if not _learnt(context, chain)]
        if chains:
            chosen = chains[-1] if last else [place for chain in chains for place in chain]
            names = tuple(dict.fromkeys(context.text[a:b] for a, b in chosen))
            return names, (chosen[0][0], chosen[-1][1])
    named_before = _so_many(context)
    if named_before:
        return named_before
    for heading in reversed(context.headings):
        found = list(place_mentions(heading))
        if found and context.zone in ("practice", "case"):
            return tuple(dict.fromkeys(heading[a:b] for a, b in found)), None
    if context.kind in OFFICIAL and areas:
        return tuple(areas), None
    return (), None


def _so_many(context: Context) -> Read | None:
    """The places that 三地 or 两市 stands for: the last ones named together before, if they are so many."""
    said = None
    for said in _SO_MANY.finditer(context.text, context.sentence[0], context.factor.end):  # noqa: B007
        pass
    if said is None:
        return None
    for chain in reversed(list(_chains(context.text, max(0, said.start() - _BACK), said.start()))):
        if len(chain) == _NUMBERS[said.group(1)]:
            return tuple(context.text[a:b] for a, b in chain), said.span()
    return None


def place_mentions(text: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` of named places of a stretch of text, in order: 浙江省杭州市 → 浙江省, 杭州市; 深度, 日志 and 全国 are none."""
    found: list[Place] = []
    for mention in gazetteer().find(text):
        if text.startswith("欧美国", mention.start - 1):
            continue
        found.append((mention.start, mention.end))
        while mention.codes and (inner := _WITHIN.match(text, found[-1][1])):
            found.append(inner.span())
    for pattern in (_REGION, _ZONE):
        for match in pattern.finditer(text):
            if not _COMMON.match(match.group()) and all(match.end() <= a or b <= match.start() for a, b in found):
                found.append(match.span())
    for a, b in sorted(found):
        if text[a:b] not in _WHOLE:
            yield a, b


def _chains(text: str, start: int, end: int) -> Iterator[list[Place]]:
    """Runs of places of `text[start:end]` joined by 、 和 及, or one inside the other: 上海、浙江 and 浙江省杭州市."""
    chain: list[Place] = []
    for a, b in place_mentions(text[start:end]):
        place = (start + a, start + b)
        if chain and text[chain[-1][1] : place[0]] not in ("", "、", "和", "与", "及", "以及", "，"):
            yield chain
            chain = []
        chain.append(place)
    if chain:
        yield chain


def _learnt(context: Context, chain: list[Place]) -> bool:
    """Whether the places are those that others learn from or are compared with."""
    before = context.text[max(context.sentence[0], chain[0][0] - 4) : chain[0][0]]
    behind = context.text[chain[-1][1] : chain[-1][1] + 16]
    return bool(_LEARNT_BEFORE.search(before) or _LEARNT_BEHIND.match(behind))
