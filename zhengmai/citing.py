"""A quote as a reference: GB/T 7714 with the item it stands in; what a text only reports names both, 转引自 between them."""

from __future__ import annotations

import re

import msgspec

from graph.export import gbt7714
from pipeline.records import Block, DocumentInfo, Entity, Factor, Statements

__all__ = ["Citation", "cite", "item_of", "reference"]

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇两\d]{1,9}条")
"""the item by which laws and regulations are cited (立法技术规范（试行）（一）, 条)"""
_NUMBER = re.compile(r"(第[一二三四五六七八九十百\d]{1,5}(?:章|节|部分)|[（(][一二三四五六七八九十百\d]{1,4}[）)])|([一二三四五六七八九十百\d]{1,4})[、.．\s]")
_CITED = {"scholar": "scholar", "policy": "policy"}
"""voice → type of the entity that it belongs to"""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A quote as it is cited."""

    text: str
    """the reference: GB/T 7714—2015"""
    item: str | None
    """article or numbered section that the quote stands in"""
    second_hand: str | None = None
    """whose words they are, where the text only reports them: a reference of its list, or a name"""


def reference(info: DocumentInfo) -> str:
    """The whole document as a reference: GB/T 7714—2015."""
    return gbt7714(info)


def item_of(statements: Statements, start: int) -> str | None:
    """The article (第十二条) or else the numbers of the headings over a place (二（一）); none where nothing is numbered."""
    numbers: dict[int, str] = {}
    article = None
    for block in statements.blocks:
        if block.start is None or block.start > start:
            continue
        if found := _ARTICLE.match(block.text.lstrip()):
            article = found[0]
        if block.role == "heading":
            level = block.level or 1
            numbers = {above: number for above, number in numbers.items() if above < level}
            # an article under another chapter begins anew
            article = article if _ARTICLE.match(block.text.lstrip()) else None
            if number := _number(block):
                numbers[level] = number
    return article or "".join(number for _, number in sorted(numbers.items())) or None


def _number(block: Block) -> str:
    """The number that a heading bears: 二、对策 → 二; （一）平台 → （一）; none of 二手房."""
    if block.number:
        return block.number.strip("、.．")
    found = _NUMBER.match(block.text.lstrip())
    return (found[1] or found[2]) if found else ""


def cite(statements: Statements, start: int, end: int) -> Citation:
    """The place `[start, end)` of a document as a reference.

    王某. 论县域治理[J]. 示例学刊, 2020: 二（一）. Where the words there are a scholar's or another policy's: 张某. 数据共享研究[J]. 2015. 转引自: 王某. …
    """
    item, info = item_of(statements, start), statements.document
    pages = info.citation.pages
    if info.outlet or info.date or pages:
        text = gbt7714(info, page=f"{pages}, {item}" if pages and item else item)
    else:  # nothing that the item could stand behind but the title
        text = gbt7714(info)
        text = f"{text.rstrip('.')}: {item}." if item else text
    factor = min((one for one in statements.factors if one.start < end and start < one.end), key=lambda one: abs(one.start - start), default=None)
    other = _second_hand(statements, factor) if factor is not None and factor.voice != "own" else None
    return Citation(text=f"{other.rstrip('.。')}. 转引自: {text}" if other else text, item=item, second_hand=other)


def _second_hand(statements: Statements, factor: Factor) -> str | None:
    """Whom the text reports: the entry of its list of references that bears the name, else the name; none where the sentence names nobody."""
    around = next(((one.start, one.end) for one in statements.sentences if one.start <= factor.start < one.end), (factor.start, factor.end))
    kind = _CITED.get(factor.voice)
    named = [one for one in statements.entities if one.type == kind and _stands_in(one, around)]
    if not named:
        return None
    first = min(named, key=lambda one: min(place[0] for place in one.mentions if around[0] <= place[0] < around[1]))
    entry = next((reference.text for reference in statements.references if first.name.strip("《》") in reference.text), None)
    return re.sub(r"^\s*[\[［〔]?\d{1,3}[\]］〕.]?\s*", "", entry) if entry else first.name


def _stands_in(one: Entity, place: tuple[int, int]) -> bool:
    return any(place[0] <= start < place[1] for start, _ in one.mentions)
