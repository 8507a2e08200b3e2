"""References, foreign part, authors' notes, signature, attachments and the tail of a page: what stands behind a text."""

from __future__ import annotations

import re

from pipeline.records import Role
from pipeline.structure import _front as front
from pipeline.structure._front_matter import is_byline
from pipeline.structure._lines import Line
from pipeline.structure._noise import cjk_share, latin_share
from pipeline.structure._numbers import read_number
from pipeline.structure._verdicts import Verdicts, squeeze

__all__ = ["read_back", "read_official", "read_tail"]

_REGULATION = re.compile(r"(?:规定|办法|方案|细则|条例|章程|规则|意见|规划|纲要)(?:[（(](?:试行|暂行|草案)[）)])?$")
_ADOPTED = re.compile(
    r"[（(][^（()）]{0,30}?(?:(?:19|20)\d{2}|[一二][〇○零Ο0一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?[^（()）]{0,20}[)）]"
)
"""who made it and when, in brackets beneath a title (GB/T 9704-2012, 7.3.1 sets 题注 there)"""
_OFFICE_HOLDER = re.compile(
    r"(?:(?:国家|自治区)?主席|委员长|总理|省长|市长|区长|县长|州长|部长|主任|局长|署长|行长|审计长|检察长|院长)"
    r"[ \u3000]+[\u4e00-\u9fff][ \u3000]*[\u4e00-\u9fff·]{1,8}"
)
"""an order is signed by the holder of the office (GB/T 9704-2012, 10.2: 签发人职务 and 签名章)"""
_PURPOSE = re.compile(r"为|根据|依据|按照|第一条|第一章")
_BIO = re.compile(
    r"E-?mail|研究(?:方向|领域|兴趣)|主要从事|主持(?:完成)?.{0,20}项目|博士生?导师|出生于?|\d{4}年生|发表.{0,12}论文|获.{0,16}奖|(?:博士|硕士|研究员|教授|主任|院长|副院长|书记)[，。]"
)
_CITED = re.compile(
    r"\[\s*(?:[JMDNCRSPGAZ]|EB|DB|CP|J/OL|EB/OL|M/OL|R/OL|N/OL|C/OL|Z/OL)\s*(?:/\s*OL)?\s*\]|(?:19|20)\d{2}\s*[,，:：;；（(].{0,30}\d+\s*[-—–~]\s*\d+|doi\s*[:：]|https?://",
    re.I,
)
_BACK_SHARE = 5
"""the references never begin in the first fifth of a text"""


def read_back(lines: list[Line], verdicts: Verdicts, *, foreign_document: bool) -> None:
    """From the head of the references, or of the foreign part behind the text, on nothing is text."""
    start, part = _back_start(lines, verdicts, foreign_document=foreign_document)
    if start is None:
        return
    for i in range(start, len(lines)):
        text = lines[i].text
        if verdicts.role[i] == "noise" and verdicts.reason[i] in ("image", "table", "rule", "furniture", "comment") and not _is_entry(text):
            continue
        part = _back_part(lines[i], part, first=i == start)
        verdicts.overrule(i, part)
        if part == "references" and i > start and not _is_entry_part(text):
            part = "references"


def _back_start(lines: list[Line], verdicts: Verdicts, *, foreign_document: bool) -> tuple[int | None, Role]:
    """First line behind the text and its role: the head of the references, an English title or abstract, or a row of entries without a head."""
    begin = len(lines) // _BACK_SHARE
    last_text = next((i for i in range(len(lines) - 1, -1, -1) if _is_text(lines[i])), -1)
    for i in range(begin, len(lines)):
        text = lines[i].text
        head = front.REFERENCE_HEAD.match(text)
        if head and (len(text) <= 30 or front.REFERENCE_ENTRY.match(text, head.end())) and verdicts.role[i] != "keywords":
            return i, "references"
        if i < len(lines) // 2:
            continue
        if not foreign_document and i > last_text and latin_share(text) > 0.8 and len(text) > 12 and not front.CAPTION_EN.match(text) and not _is_entry(text):
            return i, "foreign"
        if i + 2 < len(lines) and all(_is_entry(lines[k].text) for k in (i, i + 1, i + 2)):
            while i > begin and latin_share(lines[i - 1].text) > 0.9 and len(lines[i - 1].text) < 160 and verdicts.role[i - 1] is None:
                i -= 1
            return i, "references"
    return None, "references"


def _is_text(line: Line) -> bool:
    """Whether the line is a Chinese paragraph or a numbered heading, not an entry, a byline or a note on an author."""
    text = line.text
    if not (len(text) > 100 or (line.mark and read_number(text, marked=True))) or cjk_share(text) < 0.5:
        return False
    return not (_is_entry(text) or _BIO.search(text) or is_byline(text, limit=600))


def _is_entry(text: str) -> bool:
    """Whether a line is an entry of a list of references by its own look."""
    return len(text) <= 500 and bool(front.REFERENCE_ENTRY.match(text) or re.match(r"[\[［]", text)) and bool(_CITED.search(text))


def _is_entry_part(text: str) -> bool:
    return _is_entry(text) or bool(_CITED.search(text)) or len(text) < 60


def _back_part(line: Line, part: Role, *, first: bool) -> Role:
    """Role of a line behind the text, given that of the line before it."""
    text = line.text
    if first:
        return part
    if front.REFERENCE_HEAD.match(text) and len(text) <= 30:
        return "references"
    if _is_entry(text):
        return "references"
    if (line.mark or front.ABSTRACT_EN.match(text)) and latin_share(text) > 0.7:
        return "foreign"
    if front.ENGLISH_FRONT.match(text):
        return "foreign" if latin_share(text) > 0.75 else "byline"
    if is_byline(text, limit=600) or (_BIO.search(text) and cjk_share(text) > 0.3):
        return "byline"
    if part == "byline" and latin_share(text) > 0.75:
        return "foreign"
    return part


def read_asides(lines: list[Line], verdicts: Verdicts, *, foreign_document: bool) -> None:
    """Bylines, footnotes of the title page, citations of the document itself and foreign lines that stand within the text."""
    for i, line in enumerate(lines):
        if verdicts.role[i] is not None:
            continue
        text = line.text
        if not foreign_document and latin_share(text) > 0.85 and len(text) > 20:
            verdicts.settle(i, "foreign")
        elif (front.FUNDING.match(text) and len(text) < 600 and not read_number(text)) or (
            is_byline(text, limit=160) and not (len(text) > 60 and "。" in text)
        ):
            verdicts.settle(i, "byline")
        elif len(text) < 300 and front.CITATION_LINE.match(text) and not text.endswith("。"):
            verdicts.settle(i, "byline", "citation")


def read_official(lines: list[Line], verdicts: Verdicts) -> None:
    """Signature and date of an official document (GB/T 9704, 7.3.5), its 附件 head, and the title of what it issues."""
    for i, line in enumerate(lines):
        text = line.text
        if verdicts.role[i] not in (None, "byline") or len(text) > 60:
            continue
        if _OFFICE_HOLDER.fullmatch(text):
            verdicts.settle(i, "byline", "signature")
        elif front.DATE_LINE.fullmatch(text):
            verdicts.settle(i, "byline", "date")
            _sign(lines, verdicts, i)
            _issued_title(lines, verdicts, i + 1)
        elif front.ATTACHMENT.fullmatch(text):
            verdicts.settle(i, "noise", "attachment")
            _issued_title(lines, verdicts, i + 1, attached=True)
        elif verdicts.role[i] is None and _is_next_title(lines, i) and "title" in verdicts.role[:i]:
            verdicts.settle(i, "title")


def _is_next_title(lines: list[Line], at: int) -> bool:
    """Whether line `at` is the title of a further regulation that one notice issues: its kind at the end, its purpose beneath, and numbers from one."""
    text = lines[at].text
    if not at or len(text) > 40 or not _REGULATION.search(text) or re.search(r"[，。；：:、]", text) or read_number(text) or lines[at - 1].text[-1] != "。":
        return False
    beneath = lines[at + 1 : at + 4]
    if not beneath or not _PURPOSE.match(beneath[0].text):
        return False
    following = next((number for number in (read_number(line.text) for line in beneath) if number), None)
    return following is not None and following.values == (1,) and following.kind in ("cn", "chapter", "article")


def _sign(lines: list[Line], verdicts: Verdicts, date: int) -> None:
    """The offices that sign stand right above the date."""
    for i in range(date - 1, max(-1, date - 12), -1):
        text = lines[i].text
        if verdicts.role[i] is not None or len(text) > 40 or not front.OFFICE.fullmatch(text) or read_number(text):
            return
        verdicts.settle(i, "byline", "signature")


def _issued_title(lines: list[Line], verdicts: Verdicts, at: int, *, attached: bool = False) -> None:
    """Title of a plan or list that follows the signature: short, no stop, ends with its kind; perhaps over two lines.

    Behind the head 附件 the first such line is the title whatever it ends with.
    """
    found = False
    for i in range(at, min(len(lines), at + 5)):
        text = lines[i].text
        if front.ATTACHMENT.fullmatch(text):
            verdicts.settle(i, "noise", "attachment")
            attached = True
            continue
        if verdicts.role[i] is not None:
            if verdicts.role[i] == "noise" and text[:1] not in "（(":
                return
            continue
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        if len(text) > 60 or text.startswith("附") or read_number(text) or text[-1] in "。；：:，、" or front.OFFICE.fullmatch(text) or len(squeeze(text)) < 4:
            return
        kind = front.DOCUMENT_KIND_END.search(text) or (attached and not found)
        if found and _ADOPTED.fullmatch(text):
            verdicts.settle(i, "byline", "byline")
            continue
        note = found and re.fullmatch(r"[（(].{2,24}[)）]", text)
        first_of_two = not found and len(following) <= 30 and front.DOCUMENT_KIND_END.search(following) and not read_number(following)
        if not (kind or note or first_of_two):
            return
        verdicts.settle(i, "title")
        found = True


def read_tail(lines: list[Line], verdicts: Verdicts) -> None:
    """What stands among the adverts behind the text: once furniture has begun behind the last heading, little that is free may follow."""
    last = max((i for i, role in enumerate(verdicts.role) if role is None and read_number(lines[i].text, marked=lines[i].mark > 0) is not None), default=0)
    size = sum(len(line.text) for line in lines)
    first = next((i for i in range(max(last + 1, len(lines) // 3), len(lines)) if verdicts.reason[i] == "furniture"), None)
    if first is None:
        return
    rest = [i for i in range(first, len(lines)) if verdicts.role[i] is None]
    furniture = sum(1 for i in range(first, len(lines)) if verdicts.reason[i] in ("furniture", "image"))
    prose = sum(len(lines[i].text) for i in rest)
    if furniture * 2 >= len(rest) and prose < max(size / 5, 600) and (furniture > 1 or prose < 60):
        for i in rest:
            verdicts.settle(i, "noise", "tail")
