"""Official documents and laws: number, issuing bodies, recipients, legal basis, force, expiry, what they repeal.

After 党政机关公文格式 (GB/T 9704-2012), 党政机关公文处理工作条例 and 立法技术规范（试行）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.metadata._dates import Found, find_dates
from pipeline.metadata._fields import Fields
from pipeline.metadata._issuers import NUMBER, ORDER, issuers_of_title, level_of
from pipeline.metadata._reading import Reading
from pipeline.records import Issuer

__all__ = ["read_basis", "read_expiry", "read_force", "read_issuers", "read_number", "read_recipients", "read_repeals"]

_BASIS = re.compile(r"(?:根据|依据|按照|依照|遵照)((?:[^。；，《]{0,14}《[^》]{2,60}》(?:[（(][^）)]{1,30}[）)])?(?:[、和及与以]{0,2}|等)){1,8})")
_TITLE = re.compile(r"《[^》]{2,60}》")
_FORCE = re.compile(r"自([^。；，]{0,30}?)(?:之日)?起\s?(?:正式)?(?:施行|实施|执行|生效|试行|开始施行)")
_PUBLISHED = re.compile(r"(?:公布|发布|印发|颁布)$")
_EXPIRY = re.compile(r"有效期(?:限)?(?:至|到|截至|截止到?)([^。；，）)]{4,16})|(?:施行|实施|执行|试行)(?:至|到)([^。；，）)]{4,16})")
_TERM = re.compile(r"有效期(?:限)?(?:为)?\s?([一二三四五六七八九十两\d]{1,3})\s?年")
_REPEAL = re.compile(
    r"((?:《[^》]{2,60}》(?:[（(][^）)]{1,40}[）)])?[、和及与以]{0,2}){1,12})[^。；《]{0,12}"
    r"(?:同时|即行|予以|一并|均)?\s?(?:废止|失效|停止执行)"
)
_RECIPIENT_END = re.compile(r"[:：]$")
_RECIPIENT = re.compile(r"(?:人民政府|委员会|办公厅|办公室|[部委厅局署院办省市县区]|机构|单位|部门|公司|企业|院校|高校|学校|法院|检察院|总队|总部|兵团)$")
_BASIS_WITHIN = 12
"""paragraphs at the head in which the basis is named"""
_CN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def read_number(reading: Reading, fields: Fields) -> str | None:
    """Document number as GB/T 9704 writes it: 国办发〔2018〕123号; an order as it stands: 国令第707号."""
    for field in fields.get("number", ()):
        for rule in (NUMBER, ORDER):
            if found := rule.search(field.value):
                reading.note("number", field.block, field.start + found.start(), field.start + found.end())
                return _number_text(found)
    head = ""
    for block in reading.front():
        if head and (found := re.fullmatch(r"第\s?[\d〇零一二三四五六七八九十百]{1,6}\s?号", block.text)):
            reading.note("number", block, 0, len(block.text))
            return head + re.sub(r"\s", "", found.group())
        head = re.sub(r"\s", "", block.text) if block.role == "title" and block.text.endswith("令") else ""
        if block.role in ("byline", "title", "noise") and len(block.text) <= 80 and block.reason not in ("citation", "card"):
            for rule in (NUMBER, ORDER):
                if found := rule.fullmatch(block.text.strip("（）() ")) or (rule.search(block.text) if block.role == "byline" else None):
                    at = block.text.find(found.group())
                    reading.note("number", block, at, at + len(found.group()))
                    return _number_text(found)
    return None


def _number_text(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if "code" in groups:
        return f"{groups['code']}〔{groups['year']}〕{groups['number']}号"
    return re.sub(r"\s", "", found.group())


def read_issuers(reading: Reading, fields: Fields, title: str | None) -> tuple[Issuer, ...]:
    """Issuing bodies: those of the card, else those that the title begins with, else those that signed."""
    for field in fields.get("issuer", ()):
        names = [name for name in re.split(r"[、,，;；\s]+", field.value) if name]
        if names:
            reading.note("issuers", field.block, field.start, field.end)
            return tuple(Issuer(name=name, level=level_of(name)) for name in dict.fromkeys(names))
    found = tuple(issuers_of_title(title or ""))
    if found:
        reading.places["issuers"] = reading.places["title"]
        return found
    names = []
    for block in reading.blocks:
        if block.reason == "signature":
            names += [name for name in re.split(r"[\s\u3000]{1,}", block.text) if len(name) > 1]
            reading.note("issuers", block, 0, len(block.text))
        elif names and block.reason == "date":
            break
    if not names and (adopted := _adopted_by(reading)):
        names = [adopted]
    return tuple(Issuer(name=name, level=level_of(name)) for name in dict.fromkeys(names))


_ADOPTED = re.compile(r"日\s*([\u4e00-\u9fff]{2,12}(?:第[一二三四五六七八九十]+届)?(?:全国)?人民代表大会(?:常务委员会)?|国务院|最高人民法院|最高人民检察院)")


def _adopted_by(reading: Reading) -> str | None:
    """Body that adopted a law, by the note under its title: （2021年9月24日北京市第十五届人民代表大会常务委员会第三十三次会议通过）."""
    for block in reading.front():
        if block.role == "byline" and (found := _ADOPTED.search(block.text)):
            reading.note("issuers", block, found.start(1), found.end(1))
            return re.sub(r"第[一二三四五六七八九十]+届", "", found.group(1))
    return None


def read_recipients(reading: Reading) -> tuple[str, ...]:
    """Recipients (主送机关, GB/T 9704-2012, 7.3.2): the line in front of the text that ends in a colon, its groups apart."""
    for block in reading.blocks[: reading.first_text + 2]:
        text = block.text.strip()
        if block.role == "body" and len(text) <= 200 and _RECIPIENT_END.search(text):
            groups = [group.strip() for group in re.split(r"[，,；;]", text[:-1]) if group.strip()]
            if groups and all(_RECIPIENT.search(group) for group in groups):
                reading.note("recipients", block, 0, len(block.text) - 1)
                return tuple(groups)
            return ()
    return ()


def read_basis(reading: Reading) -> tuple[str, ...]:
    """Texts that the document rests on (根据《…》), from its first paragraphs or its first article."""
    found: dict[str, None] = {}
    for place, block in enumerate(reading.role("body")):
        if place >= _BASIS_WITHIN or (place >= 8 and not block.number):
            break
        for match in _BASIS.finditer(block.text):
            for title in _TITLE.finditer(match.group(1)):
                found.setdefault(title.group())
            reading.note("basis", block, match.start(), match.end())
    return tuple(found)[:20]


def read_force(reading: Reading, published: str | None) -> Found | None:
    """Date from which the document itself is in force: 本条例自2021年9月1日起施行; 自公布之日起施行 where the date of publication is known."""
    for block in reversed([b for b in reading.blocks if b.role == "body"]):
        for match in _FORCE.finditer(block.text):
            sentence = block.text.rfind("。", 0, match.start()) + 1
            before = block.text[sentence : match.start()]
            if "《" in before and not re.search(r"本(?:法|条例|规定|办法|细则|规则|决定|通知|意见|方案)", before):
                continue
            found = next(find_dates(match.group(1)), None)
            if found is not None and found.precision == "day":
                reading.note("in_force", block, match.start(1) + found.start, match.start(1) + found.end)
                return found
            if found is None and published and _PUBLISHED.search(match.group(1)):
                reading.note("in_force", block, match.start(), match.end())
                return Found(published, "day", 0, 0)
    return None


def read_expiry(reading: Reading, fields: Fields, in_force: str | None) -> str | None:
    """Date of expiry, or the last day of a term of years that begins with the date of force (有效期5年)."""
    for field in fields.get("expires", ()):
        if found := next(find_dates(field.value), None):
            reading.note("expires", field.block, field.start, field.end)
            return found.value
    for block in reversed([b for b in reading.blocks if b.role == "body"][-40:]):
        if match := _EXPIRY.search(block.text):
            value = match.group(1) or match.group(2)
            if found := next(find_dates(value), None):
                reading.note("expires", block, match.start(), match.end())
                return found.value
        if in_force and len(in_force) == 10 and (match := _TERM.search(block.text)):
            years = _small(match.group(1))
            if years:
                reading.note("expires", block, match.start(), match.end())
                return _day_before(int(in_force[:4]) + years, in_force[5:])
    return None


def _small(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if text in _CN:
        return _CN[text]
    return 10 + _CN[text[1]] if len(text) == 2 and text[0] == "十" and text[1] in _CN else None


def _day_before(year: int, month_day: str) -> str:
    """The day before `year-MM-DD`; 29 February counts as 1 March where there is none."""
    month, day = int(month_day[:2]), int(month_day[3:])
    if (month, day) == (2, 29):
        month, day = 3, 1
    return (date(year, month, day) - timedelta(days=1)).isoformat()


def read_repeals(reading: Reading) -> Iterator[str]:
    """Titles of the texts that the document repeals: 《……办法》同时废止."""
    for block in reading.role("body"):
        for match in _REPEAL.finditer(block.text):
            reading.note("repeals", block, match.start(), match.end())
            yield from (title.group() for title in _TITLE.finditer(match.group(1)))
