"""Authors and their institutions, from labelled fields and from the byline of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.metadata._fields import Fields
from pipeline.metadata._places import gazetteer
from pipeline.metadata._reading import Reading
from pipeline.structure import split_names

__all__ = ["read_affiliations", "read_authors"]

_SPLIT = re.compile(r"[;；，,、/／|\t]+|\s{2,}|\u3000+")
_NO_NAME = re.compile(r"[\d*\\†‡#¹²³⁴⁵⁶⁷⁸⁹⁰\[\]【】（）()<>《》:：]")
_ROLE = re.compile(r"^(?:新华社|人民日报|光明日报|经济日报|中新社|本报|本网|本刊)?(?:记者|通讯员|评论员|特约评论员)\s+|\s*(?:编译|整理|著|编著|主编|译)$")
_INSTITUTION = re.compile(
    r"(?:[\u4e00-\u9fff·]|[（(][\u4e00-\u9fff]{1,10}[）)]){2,40}?(?:大学|学院|研究院|研究所|研究中心|研究会|科学院|实验室|党校|行政学院|出版社|图书馆|社科联|研究室|办公室|委员会|医院|中心|公司|人民政府|局|厅|部|院|所)"
    r"(?:[\u4e00-\u9fff]{0,24}?(?:学院|学系|系|研究院|研究所|研究中心|中心|所|部|处|室|实验室|院))?"
)
_BEGINNING = re.compile(r"中国|中共|中央|中铁|中科院|国家|全国|华[东中南北侨]|东北|西北|西南|中南|首都|教育部|[\u4e00-\u9fff]{2}(?:大学|学院|师范)")
_MOST = 40


def read_authors(reading: Reading, fields: Fields) -> tuple[str, ...]:
    """Authors in order, each once, none empty, none with a comma; a body that signs as author counts as one."""
    for field in fields.get("authors", ()):
        names = list(_labelled(field.value))
        if names:
            reading.note("authors", field.block, field.start, field.end)
            return tuple(dict.fromkeys(names))[:_MOST]
    names = []
    for block in reading.front():
        if block.role != "byline" or block.reason in ("card", "label", "citation", "date", "signature"):
            continue
        found, end = _leading(reading.plain(block.text))
        if found and not (names and end < len(block.text)):
            reading.note("authors", block, 0, end)
            names += found
        elif names:
            break
    author = reading.meta("author", "wechat.author", "og:article:author", "article:author", "jsonld.author", "citation_author", "dc.creator")
    if not names and author:
        names = list(_labelled(author))
        if names:
            reading.places.setdefault("authors", (0, 0))
    return tuple(dict.fromkeys(names))[:_MOST]


def _labelled(value: str) -> Iterator[str]:
    value = _ROLE.sub("", value.strip())
    if names := split_names(value):
        yield from names
        return
    for part in _SPLIT.split(value):
        name = _ROLE.sub("", _NO_NAME.sub("", part)).strip()
        if 2 <= len(name) <= 24 and not name.isdecimal():
            yield re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", name)


def _leading(text: str) -> tuple[list[str], int]:
    """Names with which a byline begins, and where they end: `李钊1,2 李海波1山东省科技发展战略研究所` → 李钊, 李海波."""
    leads = re.match(r"\d(?=[一-鿿])", text)  # 1张小平: the number of the affiliation beneath
    if leads and (names := split_names(text[leads.end() :])):
        return names, len(text)
    if re.match(r"[（(]?\s*[\d①-⑨]", text) or re.search(r"[〔［\[]\s?(?:19|20)\d\d|届|会议|日期", text[:60]):
        return [], 0
    if names := split_names(text):
        return names, len(text)
    first = _INSTITUTION.search(text)
    limit = first.start() if first else min(len(text), 80)
    fallback: tuple[list[str], int] = ([], 0)
    for end in range(min(limit + 4, len(text), 160), 1, -1):
        names = split_names(text[:end])
        if not names:
            continue
        rest = text[end:].lstrip(" \u3000\t,，;；.．0123456789()（）¹²³⁴⁵⁶*\\")
        if not rest or (_INSTITUTION.match(rest) and _begins_name(rest)):
            return names, end
        if _INSTITUTION.match(rest) and not fallback[0]:
            fallback = names, end
    return fallback


def _begins_name(rest: str) -> bool:
    """Whether the name of an institution begins here, not in its middle: 中国科学院, 江苏省社会科学院; not 国科学院 behind 李麟中."""
    if _BEGINNING.match(rest):
        return True
    return any(mention.start == 0 for mention in gazetteer().find(rest[:12]))


def read_affiliations(reading: Reading, fields: Fields, *, academic: bool) -> tuple[str, ...]:
    """Institutions that the byline of a paper names, in order; of other documents those that a label names."""
    found: dict[str, None] = {}
    for field in fields.get("affiliations", ()):
        for part in re.split(r"[;；]+", field.value):
            if part.strip():
                found.setdefault(part.strip())
        reading.note("affiliations", field.block, field.start, field.end)
    if found or not academic:
        return tuple(found)[:_MOST]
    for block in reading.front():
        if block.role != "byline" or block.reason in ("card", "label", "citation", "date", "signature") or len(block.text) > 600:
            continue
        if re.match(r"\\?\*|基金|资助|收稿|作者简介|通[讯信]作者", block.text):
            continue
        _, start = _leading(reading.plain(block.text))
        for match in _INSTITUTION.finditer(block.text, start):
            name = match.group().strip()
            if len(name) >= 4:
                found.setdefault(name)
                reading.note("affiliations", block, match.start(), match.end())
    return tuple(found)[:_MOST]
