"""The title of a document, whole though it runs over lines, without footnote marks; and authors that stand in front of it."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.metadata._fields import Fields
from pipeline.metadata._reading import CONTAINER, Reading
from pipeline.records import Block
from pipeline.structure import split_names

__all__ = ["read_title"]

_MARKS = re.compile(r"(?:\s*(?:\\?[*＊†‡]|[①②③¹²³]|\[\d\]|〔\d〕))+$")
_AUTHORS = re.compile(r"([\u4e00-\u9fff·、，, ]{2,30})\s*[:：]\s*(?=\S{6})")
_SITE = re.compile(r"\s*[_|｜]\s*[^_|｜]{2,40}$|\s+[-—–]\s*[\u4e00-\u9fffA-Za-z·]{2,16}$")
_ORDER_HEAD = re.compile(r"令\s*$")
_SUBTITLE = re.compile(r"(?:以|基于|兼|来自).{2,40}")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff“”《》（）、][ \u3000]){3,}[\u4e00-\u9fff”》）]")


def read_title(reading: Reading, fields: Fields) -> tuple[str | None, tuple[str, ...]]:
    """Title, and the authors that the line names in front of it (江文、张小：数据共享的路径)."""
    for field in fields.get("title", ()):
        if field.block.reason == "card" and len(field.value) > 3:
            reading.note("title", field.block, field.start, field.end)
            return _tidy(field.value), ()
    blocks = _title_blocks(reading)
    if not blocks:
        value = reading.meta("og:title", "wechat.msg_title", "jsonld.headline", "citation_title", "title")
        if not value:
            return None, ()
        reading.places["title"] = CONTAINER
        return _SITE.sub("", value).strip() or None, ()
    first = blocks[0]
    names: tuple[str, ...] = ()
    start = 0
    if (found := _AUTHORS.match(first.text)) and (people := split_names(found.group(1))):
        names, start = tuple(people), found.end()
        reading.note("authors", first, 0, found.end(1))
    reading.places["title"] = (reading.place(first, start, len(first.text))[0], blocks[-1].raw[1])
    text = _tidy(first.text[start:])
    for block in blocks[1:]:
        text = _joined(text, _tidy(block.text))
    return text or None, names


def _title_blocks(reading: Reading) -> list[Block]:
    """Lines of the first title: those that follow one another with nothing but noise between them."""
    begin = next((i for i, block in enumerate(reading.blocks) if block.role == "title"), None)
    if begin is None:
        return []
    if _ORDER_HEAD.search(reading.blocks[begin].text):
        # an order (令) is the cover of what it puts in force, and that has the title
        begin = next((i for i, block in enumerate(reading.blocks[begin + 1 : begin + 20], start=begin + 1) if block.role == "title"), begin)
    run = takewhile(lambda block: block.role in ("title", "noise"), reading.blocks[begin : begin + 8])
    return [block for block in run if block.role == "title"]


def _tidy(text: str) -> str:
    text = re.sub(r"(?<=[\u4e00-\u9fff？?])一一(?=[\u4e00-\u9fff])", "——", _MARKS.sub("", text.strip()))
    return re.sub(r"[ \u3000]", "", text) if _SPACED.search(text) else text


def _joined(first: str, second: str) -> str:
    """`second` behind `first`: a subtitle that lost its dash gets it, a model essay's inner title is not said twice."""
    if second in first:
        return first
    if re.match(r"一(?=以|基于|关于|纪念|兼|来自|对|从|论)", second):
        return f"{first}——{second[1:]}"
    if _SUBTITLE.match(second) and not first.endswith(("：", ":", "—")):
        return f"{first}——{second}"
    return first + second
