"""metadata: what a document says of itself, each field with the place it was read from, or absent; never guessed.

Reads the blocks that structure made and the labelled lines of saved pages. Never looks at factors, and never at the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from opencc import OpenCC

from corpus.records import SourceText
from pipeline.metadata._dates import find_dates
from pipeline.metadata._issuers import NUMBER, issuers_of_title, level_of
from pipeline.records import Block, Citation, DocumentDate, DocumentInfo, DocumentKind, Issuer, Place, Warning
from pipeline.structure import Structure

__all__ = ["read_metadata"]

HEAD = 200_000
"""characters of the source in which labelled fields are looked for"""

# labelled fields of saved pages and papers: the label may be spaced out (标　　题) and stand before a colon
_LABELS = {
    "title": "标题",
    "issuer": "发文机关|发布机构|制发机关",
    "number": "发文字号|文号",
    "written": "成文日期|成文时间|签发日期",
    "published": "发布日期|发布时间|发文日期|公布日期|印发日期|日期|时间",
    "outlet": "来源|信息来源|稿源|出处",
    "authors": "作者",
    "doi": "DOI",
}
_FIELD = {
    name: re.compile(
        r"(?<![\u4e00-\u9fffA-Za-z])(?:"
        + "|".join(r"[\s\u3000]{0,6}".join(label) for label in labels.split("|"))
        + r")[\s\u3000]{0,3}[:：][\s\u3000]{0,6}(?P<value>[^\n\t|　]{1,120})",
        re.I,
    )
    for name, labels in _LABELS.items()
}
_FORCE = re.compile(r"自(?P<date>[^。；，]{4,20}?)起(?:施行|实施|执行|生效|试行)")
_EXPIRY = re.compile(r"有效期(?:至|到)(?P<date>[^。；，）]{4,16})")
_BASIS = re.compile(r"根据(?P<texts>(?:[^。；，]{0,12}《[^》]{2,60}》[、和及]{0,2}){1,6})")
_LAW = re.compile(r"第[一二三四五六七八九十百千零〇\d]{1,6}条")


def read_metadata(structure: Structure, source: SourceText, *, document_id: str, sha256: str) -> DocumentInfo:
    """What the document says of itself: `DocumentInfo`, with `read_from` leading each field to its place in the source text.

    The name of the file is not asked: it says what somebody called a copy.
    """
    reader = _Reader(structure, source)
    title = reader.title()
    number = reader.number()
    issuers = reader.issuers(title)
    dates = tuple(reader.dates())
    return DocumentInfo(
        id=document_id,
        title=title,
        authors=reader.authors(),
        date=_chief(dates),
        dates=dates,
        outlet=reader.field("outlet"),
        kind=_kind(structure, source, title=title, number=number, issuers=issuers),
        number=number,
        issuers=issuers,
        in_force=next((one.value for one in dates if one.kind == "in_force"), None),
        expires=reader.expiry(),
        basis=reader.basis(),
        citation=Citation(doi=reader.field("doi"), url=reader.meta("url", "canonical", "og:url")),
        keywords=reader.keywords(),
        script=_script(structure.clean_text),
        encoding=source.encoding,
        sha256=sha256,
        warnings=tuple(reader.warnings(title, dates)),
        read_from=dict(sorted(reader.places.items())),
    )


class _Reader:
    """One document under reading; `places` fills with where each field was found."""

    def __init__(self, structure: Structure, source: SourceText) -> None:
        self.blocks = structure.blocks
        self.text = structure.clean_text
        self.source = source
        self.head = source.text[:HEAD]
        self.places: dict[str, Place] = {}

    def role(self, *roles: str) -> Iterator[Block]:
        return (block for block in self.blocks if block.role in roles)

    def meta(self, *names: str) -> str | None:
        for item in self.source.meta:
            if item.name.lower() in names and item.value.strip():
                return item.value.strip()
        return None

    def field(self, name: str) -> str | None:
        """A labelled value in the head of the source: `来源：示例新闻网`."""
        match = _FIELD[name].search(self.head)
        if not match:
            return None
        value = re.split(r"[\s\u3000]{2,}|[\s\u3000](?=[\u4e00-\u9fff]{2,5}[:：])", match["value"].strip())[0].strip()
        if value:
            self.places[name] = (match.start("value"), match.start("value") + len(value))
        return value or None

    def title(self) -> str | None:
        blocks = list(self.role("title"))
        if not blocks:
            return None
        self.places["title"] = (blocks[0].raw[0], blocks[-1].raw[1])
        return "".join(block.text for block in blocks)

    def number(self) -> str | None:
        labelled = _FIELD["number"].search(self.head)
        match = NUMBER.search(self.head, labelled.start("value")) if labelled else None
        if match is None:
            match = next((found for block in self.role("byline", "title") if (found := NUMBER.search(self.source.text, block.raw[0], block.raw[1]))), None)
        if match is None:
            return None
        self.places["number"] = match.span()
        return f"{match['code']}〔{match['year']}〕{match['number']}号"

    def issuers(self, title: str | None) -> tuple[Issuer, ...]:
        found = {issuer.name: issuer for issuer in issuers_of_title(title or "")}
        if found and "title" in self.places:
            self.places["issuers"] = self.places["title"]
        if not found and (labelled := self.field("issuer")):
            self.places["issuers"] = self.places["issuer"]
            found = {one: Issuer(name=one, level=level_of(one)) for one in re.split(r"[、\s]+", labelled) if one}
        if not found:
            for block in self.blocks:
                if block.reason == "signature":
                    found[block.text.strip()] = Issuer(name=block.text.strip(), level=level_of(block.text.strip()))
                    self.places["issuers"] = block.raw
        self.places.pop("issuer", None)
        return tuple(found.values())

    def authors(self) -> tuple[str, ...]:
        labelled = self.field("authors")
        if labelled:
            names = [one.replace(" ", "") for one in re.split(r"[;；，,、]+", labelled)]
            return tuple(dict.fromkeys(name for name in names if name))
        return ()

    def keywords(self) -> tuple[str, ...]:
        for block in self.role("keywords"):
            self.places["keywords"] = block.raw
            words = re.sub(r"^[\s【\[]*(?:关\s*键\s*词|關\s*鍵\s*詞|主\s*题\s*词)[\]】\s]*[:：]?", "", block.text)
            return tuple(dict.fromkeys(one.strip() for one in re.split(r"[;；，,、\s]+", words) if one.strip()))
        return ()

    def dates(self) -> Iterator[DocumentDate]:
        """Dates of the document itself: labelled ones, the one under its signature, the start of its force."""
        for name, kind in (("written", "written"), ("published", "published")):
            labelled = _FIELD[name].search(self.head)
            found = next(find_dates(labelled["value"]), None) if labelled else None
            if labelled and found:
                self.places[f"date.{kind}"] = (labelled.start("value") + found.start, labelled.start("value") + found.end)
                yield DocumentDate(value=found.value, precision=found.precision, kind=kind)  # type: ignore[arg-type]
        if "date.published" not in self.places:
            for item in self.source.meta:
                found = next(find_dates(item.value), None) if re.search(r"date|time|publish", item.name, re.I) else None
                if found and found.precision == "day":
                    yield DocumentDate(value=found.value, precision=found.precision, kind="published")
                    break
        if "date.written" not in self.places:
            for block in self.role("byline", "title"):
                found = next(find_dates(self.source.text[block.raw[0] : block.raw[1]]), None)
                if found and found.precision != "year":
                    self.places["date.written"] = (block.raw[0] + found.start, block.raw[0] + found.end)
                    yield DocumentDate(value=found.value, precision=found.precision, kind="written")
                    break
        match = _FORCE.search(self.text)
        found = next(find_dates(match["date"]), None) if match else None
        if found:
            yield DocumentDate(value=found.value, precision=found.precision, kind="in_force")

    def expiry(self) -> str | None:
        match = _EXPIRY.search(self.text)
        found = next(find_dates(match["date"]), None) if match else None
        return found.value if found else None

    def basis(self) -> tuple[str, ...]:
        texts = [text for match in _BASIS.finditer(self.text) for text in re.findall(r"《[^》]{2,60}》", match["texts"])]
        return tuple(dict.fromkeys(texts))[:20]

    def warnings(self, title: str | None, dates: tuple[DocumentDate, ...]) -> Iterator[Warning]:
        for message in self.source.warnings:
            yield Warning(code=message, message=message)
        if title is None:
            yield Warning(code="no_title", message="no title was found")
        if not dates:
            yield Warning(code="no_date", message="no date of the document itself was found")
        if not self.text:
            yield Warning(code="no_text", message="nothing is left of the text once furniture is taken away")
        last = next((block for block in reversed(self.blocks) if block.role == "body"), None)
        if last and last.text and last.text[-1] in "，、；,;":
            yield Warning(code="truncated", message="the last paragraph ends in mid-sentence")


def _chief(dates: tuple[DocumentDate, ...]) -> DocumentDate | None:
    """The date to sort by: written before published before in force."""
    order = ("written", "published", "in_force")
    return min(dates, key=lambda one: order.index(one.kind), default=None)


def _kind(structure: Structure, source: SourceText, *, title: str | None, number: str | None, issuers: tuple[Issuer, ...]) -> DocumentKind:
    roles = {block.role for block in structure.blocks}
    if "abstract" in roles or ("references" in roles and "keywords" in roles):
        return "academic"
    words = title or ""
    if len(_LAW.findall(structure.clean_text)) >= 5 and re.search(r"法|条例|规定|办法|细则|规则|决定", words):
        return "law"
    if re.search(r"工作报告", words):
        return "report"
    if (
        number
        or (re.search(r"(?:通知|意见|方案|决定|公告|通告|批复|函|通报|规划|纲要|办法)(?:（[^）]*）)?$", words)
        and (issuers or re.search(r"关于|方案|规划|办法", words)))
    ):
        return "official"
    if "references" in roles:
        return "academic"
    if source.format in ("html", "mhtml") and re.search(r"记者|报道|新闻", source.text[:HEAD]):
        return "news"
    return "essay" if structure.clean_text else "other"


def _script(text: str) -> Literal["hans", "hant", "mixed"]:
    """hans, hant, or mixed where either script makes up a tenth of the characters that differ between the two."""
    sample = text[:20_000]
    to_hans, to_hant = (sum(a != b for a, b in zip(sample, OpenCC(way).convert(sample), strict=False)) for way in ("t2s", "s2t"))
    if to_hans == 0 or to_hant > 9 * to_hans:
        return "hans"
    return "hant" if to_hans > 9 * to_hant else "mixed"
