"""Where a document came out: outlet, volume, issue, pages, DOI, 文章编号, address; and its own dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.metadata._dates import Found, find_dates
from pipeline.metadata._fields import Fields
from pipeline.metadata._reading import CONTAINER, Reading
from pipeline.records import Citation, DocumentDate

__all__ = ["read_citation", "read_dates", "read_outlet"]

_DOI = re.compile(r"10\.\d{4,9}/[^\s，。；、（）<>\"“”\u4e00-\u9fff]+")
# GB/T 7714-2015: author. title[J]. outlet, year, volume(issue): pages
_OWN = re.compile(
    r"\[\s*J\s*\]\s*[.．]?\s*(?P<outlet>[^,，\d\[\]]{2,40})[,，]\s*(?P<year>(?:19|20)\d{2})\s*[,，]?\s*(?P<volume>\d{1,4})?\s*(?:[（(]\s*(?P<issue>[\dSsZz增刊\-/]{1,8})\s*[)）])?"
    r"\s*[:：]?\s*(?P<pages>\d{1,5}(?:\s*[-–—~]\s*\d{1,5})?(?:\s*[,，]\s*\d{1,5})*)?"
)
_VOLUME = re.compile(r"第\s*(\d{1,4})\s*卷|(?<![A-Za-z])Vol\.?\s*(\d{1,4})", re.I)
_ISSUE = re.compile(r"第\s*(\d{1,3})\s*期|(?<![A-Za-z])No\.?\s*(\d{1,3})", re.I)
_NO_OUTLET = re.compile(r"^(?:根据|作者|笔者|对|由|本|自|网络|互联网)|[《》]|整理|绘制|计算")
_JOURNAL = re.compile(
    r"([\u4e00-\u9fff]{2,24}?(?:学报|学刊|研究|杂志|月刊|院刊|论坛|评论|通讯|导刊|科学|实践|管理)(?:[（(][\u4e00-\u9fff]{2,8}[）)])?)[\s\u3000,，·|]*(?:19|20)\d{2}\s*年?"
)
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
# 文章编号: ISSN(year)issue-first page-number of pages (《中国学术期刊（光盘版）检索与评价数据规范》)
_ARTICLE = re.compile(r"\d{4}\s*[-—–]\s*\d{3}[\dXx]\s*[（(]\s*((?:19|20)\d{2})\s*[)）]\s*(\d{1,3}|[ZzSs]\d?)\s*[-—–]\s*(\d{1,5})\s*[-—–]\s*(\d{1,3})")
_SITE_TAIL = re.compile(r"(?:\s*[_|｜\-—–]\s*)([\u4e00-\u9fffA-Za-z·]{2,16})$")
_PUBLISHED_META = (
    *("wechat.publish_time", "wechat.createTime", "wechat.ct", "pubdate", "publishdate", "publish_date", "article:published_time", "og:release_date"),
    *("jsonld.datePublished", "dc.date", "dcterms.date", "citation_publication_date", "citation_date", "weibo:article:create_at", "date", "time"),
)
_ISSUED = re.compile(r"^\s*[\u4e00-\u9fff\s\u3000]{0,30}?(?P<date>[^。；，\n]{6,18})\s*(?P<how>印发|发布|公布|发表)[。\s]*")


def read_outlet(reading: Reading, fields: Fields) -> tuple[str | None, str | None]:
    """Outlet (journal, newspaper, site that the text names as its origin) and the site that carries the copy."""
    outlet = None
    for field in fields.get("outlet", ()):
        value = re.split(r"[\s\u3000]{2,}|[（(]|\d{4}[-年/.]", field.value)[0].strip("《》 　,，;；")
        if 2 <= len(value) <= 40 and not _NO_OUTLET.search(value):
            reading.note("outlet", field.block, field.start, field.start + len(field.value))
            outlet = value
            break
    if outlet is None and (found := _own_citation(reading)):
        block_index, match = found
        block = reading.blocks[block_index]
        outlet = match.group("outlet").strip(" 《》.．")
        reading.note("outlet", block, match.start("outlet"), match.end("outlet"))
    for block in reading.blocks if outlet is None else ():
        if block.reason == "running_head" and (head := _JOURNAL.match(block.text)):
            outlet = head.group(1)
            reading.note("outlet", block, *head.span(1))
            break
    site = reading.meta("og:site_name", "sitename", "wechat.nickname", "jsonld.publisher")
    if site is None and (title := reading.meta("title")) and (tail := _SITE_TAIL.search(title)):
        site = tail.group(1)
    if outlet is None and reading.meta("wechat.nickname"):
        outlet = reading.meta("wechat.nickname")
        reading.places.setdefault("outlet", CONTAINER)
    if site is not None:
        reading.places.setdefault("source", CONTAINER)
    return outlet, site


def _own_citation(reading: Reading) -> tuple[int, re.Match[str]] | None:
    """The line in which a paper cites itself: it holds the title, or stands as such in the front."""
    for i, block in enumerate(reading.blocks):
        may = block.role in ("byline", "noise") and block.reason in ("citation", "byline", "column") and len(block.text) < 500
        if may and (match := _OWN.search(block.text)):
            return i, match
    return None


def read_citation(reading: Reading, fields: Fields) -> Citation:
    """Volume, issue, pages, DOI, address and 文章编号, each only where the document gives it."""
    got: dict[str, str] = {}

    def take(name: str, value: str | None, block_index: int | None = None, span: tuple[int, int] = (0, 0)) -> None:
        if value and name not in got:
            got[name] = re.sub(r"\s", "", value)
            if block_index is None:
                reading.places.setdefault(name, CONTAINER)
            else:
                reading.note(name, reading.blocks[block_index], *span)

    index = {block.id: i for i, block in enumerate(reading.blocks)}
    for name in ("doi", "article", "volume", "issue", "pages", "url"):
        for field in fields.get(name, ()):
            match = _DOI.search(field.value) if name == "doi" else re.match(r"\S.{0,80}$", field.value)
            if match and (name != "article" or _ARTICLE.search(field.value) or len(field.value) < 30):
                take(name, match.group().rstrip(".,;"), index[field.block.id], (field.start + match.start(), field.start + match.end()))
    if found := _own_citation(reading):
        i, match = found
        for name in ("volume", "issue", "pages"):
            take(name, match.group(name), i, match.span(name))
    for i, block in enumerate(reading.blocks):
        if block.role in ("byline", "keywords", "noise") and i < reading.first_text + 3 and (doi := _DOI.search(block.text)):
            take("doi", doi.group().rstrip(".,;"), i, doi.span())
        if block.reason == "running_head" or (block.role == "byline" and i < reading.first_text and len(block.text) < 200):
            for name, rule in (("volume", _VOLUME), ("issue", _ISSUE)):
                if match := rule.search(block.text):
                    group = 1 if match.group(1) else 2
                    take(name, match.group(group), i, match.span(group))
        if block.role in ("byline", "keywords") and (match := _ARTICLE.search(block.text)):
            first, number = int(match.group(3)), int(match.group(4))
            take("article", match.group(), i, match.span())
            take("issue", match.group(2).lstrip("0"), i, match.span(2))
            take("pages", f"{first}-{first + number - 1}", i, match.span())
    take("url", reading.meta("canonical", "og:url", "wechat.msg_link", "url"))
    return Citation(**got)


def read_dates(reading: Reading, fields: Fields, *, taiwan: bool) -> Iterator[DocumentDate]:
    """Dates of the document itself, with their precision: labelled ones, that under its signature, those of its container.

    A date in the text that is not the document's own (a deadline, an event) is none of them. `taiwan` lets 101/05/25 be a date of the Republic.
    """
    kinds: set[str] = set()
    for kind in ("written", "published"):
        for field in fields.get(kind, ()):
            found = next(find_dates(field.value, taiwan=taiwan), None)
            if found is None and field.block.reason == "export" and (year := re.match(r"(?:19|20)\d{2}(?!\d)", field.value)):
                found = Found(year.group(), "year", 0, 4)
            if found and (found.start < 4 or field.block.reason == "card"):
                reading.note(f"date.{kind}", field.block, field.start + found.start, field.start + found.end)
                kinds.add(kind)
                yield _date(found, kind)
                break
    if "written" not in kinds and (signed := _signed(reading, taiwan=taiwan)):
        kinds.add("written")
        yield _date(signed, "written")
    for found, kind in _loose(reading, taiwan=taiwan):
        if kind not in kinds:
            kinds.add(kind)
            yield _date(found, kind)
    if "published" not in kinds:
        value = reading.meta(*_PUBLISHED_META)
        found_meta = next(find_dates(value), None) if value else None
        if found_meta:
            reading.places.setdefault("date.published", CONTAINER)
            kinds.add("published")
            yield _date(found_meta, "published")
    if not kinds:
        yield from _year_of_issue(reading)


def _date(found: Found, kind: str) -> DocumentDate:
    return DocumentDate(value=found.value, precision=found.precision, kind=kind)  # type: ignore[arg-type]


def _signed(reading: Reading, *, taiwan: bool) -> Found | None:
    """The date under the signature (成文日期, GB/T 9704-2012, 7.3.5.4): the first that stands on a line of its own behind the text has begun."""
    for i, block in enumerate(reading.blocks):
        if block.reason == "date" and i > reading.first_text and (found := next(find_dates(block.text, taiwan=taiwan), None)):
            reading.note("date.written", block, found.start, found.end)
            return found
    return None


def _loose(reading: Reading, *, taiwan: bool) -> Iterator[tuple[Found, str]]:
    """Dates that stand alone in the front (a page: published; a law: adopted), and those of 印发 and 公布."""
    for block in reading.front():
        if block.role != "byline" or block.reason in ("card", "citation", "label") or len(block.text) > 160:
            continue
        found = next(find_dates(block.text, taiwan=taiwan), None)
        if found is None or found.precision == "year" or re.match(r"\\?\*|基金|资助|项目", block.text):
            continue
        if found.start <= 2 or re.search(r"日\s*.{0,80}(?:通过|公布|发布|批准)", block.text):
            kind = "written" if "通过" in block.text else "published"
            reading.note(f"date.{kind}", block, found.start, found.end)
            yield found, kind
    for block in reading.role("title"):
        # a report says below its title when it was given: ——2023年1月9日在……会议上
        match = re.match(r"[—\-（(]*\s*(?=(?:19|20)\d{2}年)", block.text)
        if match and (found := next(find_dates(block.text), None)) and found.precision == "day" and found.start == match.end():
            reading.note("date.written", block, found.start, found.end)
            yield found, "written"
    bodies = [b for b in reading.blocks if b.role in ("body", "byline", "noise")]
    for block in [*bodies[:2], *bodies[-4:]]:
        if (match := _ISSUED.match(block.text)) and (found := next(find_dates(match.group("date"), taiwan=taiwan), None)) and found.precision != "year":
            reading.note("date.published", block, match.start("date") + found.start, match.start("date") + found.end)
            yield found, "published"


def _year_of_issue(reading: Reading) -> Iterator[DocumentDate]:
    """The year of the volume that a paper stands in."""
    if found := _own_citation(reading):
        i, match = found
        reading.note("date.published", reading.blocks[i], *match.span("year"))
        yield DocumentDate(value=match.group("year"), precision="year", kind="published")
        return
    for block in reading.blocks:
        if block.reason == "running_head" and (_ISSUE.search(block.text) or _VOLUME.search(block.text)) and (year := _YEAR.search(block.text)):
            reading.note("date.published", block, *year.span(1))
            yield DocumentDate(value=year.group(1), precision="year", kind="published")
            return
