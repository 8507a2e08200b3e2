"""Signs that a document is not whole, or not what it seems: warnings for the editor, each with a code and a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.metadata._fields import Fields
from pipeline.metadata._reading import Reading
from pipeline.records import DocumentDate, Warning
from pipeline.structure import read_value

__all__ = ["completeness"]

_NAMED = {"figure": re.compile(r"(?:[见如由从]|所示)?图\s?(\d{1,2})(?![\d.])"), "table": re.compile(r"表\s?(\d{1,2})(?![\d.])")}
_CAPTION = {"figure": re.compile(r"图\s?(\d{1,2})"), "table": re.compile(r"表\s?(\d{1,2})")}
_CHINESE = {"figure": "图", "table": "表"}
_ATTACHED = re.compile(r"附\s*件\s*[:：]\s*(?:1[.．、]\s*)?(.{2,80})")
_OMITTED = re.compile(r"(?:参考文献|注释|尾注)\s*[:：]?\s*[（(]?略[)）]?$")
_CUT = re.compile(r"[（(](?:本文)?(?:有删[减节]|略|节选|摘要)[)）]|附件略|此处略")
_CITED = re.compile(r"\[\s?\d{1,3}(?:\s?[-,，、]\s?\d{1,3})*\s?\]")
_SITE = re.compile(r"版权所有\s*[:：]?\s*([^|｜　\s]{2,30})|Copyright[^\u4e00-\u9fff]{0,30}([\u4e00-\u9fff][^|｜　\s]{1,30})", re.I)
_STRANGE = re.compile(r"博彩|彩票|棋牌|赌|皇冠|娱乐城|娱乐场|真人|casino|bet\d|hg\d{3,}|威尼斯人|葡京|时时彩|体育(?:投注|直播|官网|平台|app)|welcome体育", re.I)
_END = "。！？!?…”’』」）)】]》〉；;"
_INVALID = re.compile(r"失效|废止|停止执行")
_LITTLE = 400


def completeness(
    reading: Reading, fields: Fields, *, title: str | None, authors: tuple[str, ...], dates: tuple[DocumentDate, ...], academic: bool
) -> Iterator[Warning]:
    """Warnings in a fixed order."""
    for message in reading.source.warnings:
        code, _, words = message.partition(":")
        yield Warning(code=code.strip() if words else "reader", message=words.strip() or message)
    if not reading.text:
        yield Warning(code="no_text", message="no text is left once furniture, tables and references are taken away")
        return
    if title is None:
        yield Warning(code="no_title", message="no title was found")
    if academic and not authors:
        yield Warning(code="no_author", message="no author was found")
    if not dates:
        yield Warning(code="no_date", message="no date of the document itself was found")
    yield from _missing(reading)
    yield from _gaps(reading)
    yield from _end(reading)
    yield from _references(reading)
    yield from _site(reading)
    yield from _validity(fields)
    images = sum(1 for block in reading.blocks if block.reason == "image") or int(reading.meta("images") or 0)
    if images >= 3 and len(reading.text) < _LITTLE:
        yield Warning(code="little_text", message=f"{images} pictures and {len(reading.text)} characters of text; the text may be in the pictures")


def _missing(reading: Reading) -> Iterator[Warning]:
    """Figures, tables and attachments that the text names and the document does not hold."""
    captions = [block.text for block in reading.blocks if block.reason == "caption"]
    images = any(block.reason == "image" for block in reading.blocks) or bool(reading.meta("images"))
    tables = any(block.reason in ("table", "table_header") for block in reading.blocks)
    for what, there in (("figure", images), ("table", tables)):
        named = {int(number) for block in reading.role("body") for number in _NAMED[what].findall(block.text)}
        shown = {int(number) for caption in captions for number in _CAPTION[what].findall(caption)}
        lacking = sorted(named - shown)
        if lacking and not there:
            yield Warning(
                code=f"{what}_missing", message=f"the text names {_CHINESE[what]}{'、'.join(map(str, lacking[:6]))}, which the document does not hold"
            )
    for block in reading.role("body", "byline"):
        if (match := _ATTACHED.match(block.text)) and not any(other.reason == "attachment" for other in reading.blocks):
            title = re.sub(r"[（(].*$", "", match.group(1)).strip()
            if not any(other.role in ("title", "heading") and title[:10] in other.text for other in reading.blocks):
                yield Warning(code="attachment_missing", message=f"the attachment 《{title.strip('《》')}》 is named and not there")
            return


def _gaps(reading: Reading) -> Iterator[Warning]:
    """Numbers of headings that leave one out: 一、 三、."""
    last: dict[tuple[int, str], int] = {}
    for block in reading.blocks:
        if block.role == "title":
            last.clear()
        if block.role != "heading" or not block.number or block.level is None or block.level > 2:
            continue
        digits = re.findall(r"\d+|[一二三四五六七八九十百]+", block.number)
        value = read_value(digits[-1]) if digits else None
        if value is None:
            continue
        kind = re.sub(r"[.．、\s]", "", re.sub(r"[\d一二三四五六七八九十百]+", "#", block.number))
        key = (block.level, kind)
        for other in [k for k in last if k[0] > block.level]:
            del last[other]
        before = last.get(key, value - 1)
        if value > before + 1:
            yield Warning(code="numbering_gap", message=f"{block.number} follows number {before}: a part may be missing")
        last[key] = value


def _end(reading: Reading) -> Iterator[Warning]:
    last = next((block for block in reversed(reading.blocks) if block.role in ("body", "heading")), None)
    if last is None:
        return
    text = last.text.rstrip()
    if last.role == "body" and len(text) > 20 and text[-1] not in _END and not last.number:
        yield Warning(code="truncated", message=f"the text ends in mid-sentence: …{text[-12:]}")
    if any(_CUT.search(block.text) for block in reading.blocks if len(block.text) < 40):
        yield Warning(code="abridged", message="the document says that it was abridged")


def _references(reading: Reading) -> Iterator[Warning]:
    if any(block.role == "references" and _OMITTED.match(block.text) for block in reading.blocks):
        yield Warning(code="references_omitted", message="the list of references was left out of this copy")
    elif not reading.structure.references and len(_CITED.findall(reading.source.text)) >= 3:
        yield Warning(code="references_omitted", message="the text cites by numbers, and there is no list of references")


def _site(reading: Reading) -> Iterator[Warning]:
    """A page whose owner has nothing to do with its matter: taken over, or copied to lure."""
    names = [name for block in reading.blocks if block.role == "noise" for match in _SITE.finditer(block.text) for name in match.groups() if name]
    names += [reading.meta("og:site_name", "title") or ""]
    names += [block.text for block in reading.blocks[:4] if block.role in ("noise", "title") and len(block.text) < 30]
    strange = next((name for name in names if _STRANGE.search(name)), None)
    if strange and len(_STRANGE.findall(reading.text)) < 3:
        yield Warning(code="site_mismatch", message=f"the page calls itself {strange}, which does not fit what it says; its text may have been altered")


def _validity(fields: Fields) -> Iterator[Warning]:
    """What the page says of the force of its document: 有效性：失效."""
    for field in fields.get("validity", ()):
        if _INVALID.search(field.value) and not re.search(r"未|有效$|现行", field.value):
            yield Warning(code="not_in_force", message=f"the page says that the document is no longer in force: {field.value}")
            return
