"""Role of every line: front matter, contents list, text, references, back matter, tail of a page.

One pass for what each line is by itself, then passes that need neighbours: repeated running heads, formula blocks, contents lists,
the front up to the first paragraph, everything behind the references, signature and date of official documents.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.records import Role
from pipeline.structure import _front as front
from pipeline.structure._lines import Line
from pipeline.structure._noise import cjk_share, latin_share, line_reason
from pipeline.structure._numbers import read_number

__all__ = ["Roles", "assign_roles"]

_WORD = re.compile(r"[\W_]+")
_FRONT_LINES = 40
_META = re.compile(
    r"考生|申论|范文|备考|公考|国考|省考|自拟标题|自选角度|自定立意|作文题|材料作文|字数在?\d+|名师点评|【(?:点评|解析|范文示例|参考范文|题目)】"
)
_META_COMMENT = re.compile(r"(?:文章|全文|本文|开篇|文首|文尾|文中|首段|末段|结尾|首尾|分论点|总论点|论点|论据|论证|行文|立意|谋篇|布局|语言)")
_SENTENCE = re.compile(r"[。！？]")
_BIO = re.compile(r"E-?mail|研究(?:方向|领域)|主要从事|主持(?:完成)?.{0,20}项目|博士生?导师|出生于?|\d{4}年生|发表.{0,12}论文|获.{0,16}奖")


@dataclass(slots=True)
class Roles:
    """What the passes have settled: a role and, for what is left out, a reason by line index; `body` is what is left for headings and text."""

    role: list[Role | None]
    reason: list[str | None]
    body: list[int] = field(default_factory=list)

    def settle(self, line: int, role: Role, reason: str | None = None) -> None:
        """Gives `line` its role unless it has one."""
        if self.role[line] is None:
            self.role[line], self.reason[line] = role, reason


def squeeze(text: str) -> str:
    """Letters and digits of `text` alone, for comparing lines."""
    return _WORD.sub("", text)


def assign_roles(lines: list[Line]) -> Roles:
    """Roles of all lines but headings and body text, which stay none and are listed in `body`."""
    roles = Roles([None] * len(lines), [None] * len(lines))
    foreign_document = _is_foreign(lines)
    for i, line in enumerate(lines):
        numbered = read_number(line.text) is not None
        reason = line_reason(line)
        if reason == "furniture" and numbered and len(line.text) < 60:
            continue
        if reason is not None:
            roles.settle(i, "noise", reason)
    _formula_blocks(lines, roles)
    _contents(lines, roles)
    _running_heads(lines, roles)
    _front_matter(lines, roles, foreign_document)
    _references(lines, roles)
    _asides(lines, roles, foreign_document)
    _official(lines, roles)
    _tail(lines, roles)
    roles.body = [i for i, role in enumerate(roles.role) if role is None]
    return roles


def _is_foreign(lines: list[Line]) -> bool:
    """Whether the document itself is in a foreign language: then nothing of it is a foreign part."""
    sample = "".join(line.text for line in lines[:400])[:200_000]
    chinese = sum(1 for c in sample if "\u3400" <= c <= "\u9fff")
    letters = sum(1 for c in sample if c.isalpha())
    return letters > 0 and chinese / letters < 0.1


def _formula_blocks(lines: list[Line], roles: Roles) -> None:
    """Lines between `$$` and `$$`, a few at most."""
    opened: int | None = None
    for i, line in enumerate(lines):
        if line.text.count("$$") % 2 == 0:
            continue
        if opened is not None and i - opened <= 12:
            for k in range(opened, i + 1):
                roles.role[k], roles.reason[k] = "noise", "formula"
            opened = None
        else:
            opened = i


def _contents(lines: list[Line], roles: Roles) -> None:
    """Lines of a contents list: behind 目录 up to where its first entry comes again; or three and more lines that end in dots and a page number."""
    run: list[int] = []
    i = 0
    while i < len(lines):
        text = lines[i].text
        if front.CONTENTS.match(text):
            roles.settle(i, "noise", "contents")
            i = _contents_end(lines, i + 1, roles)
            continue
        if front.CONTENTS_LINE.match(text) and len(text) < 120:
            run.append(i)
        else:
            _settle_run(run, roles)
            run = []
        i += 1
    _settle_run(run, roles)


def _settle_run(run: list[int], roles: Roles) -> None:
    if len(run) >= 3:
        for k in run:
            roles.settle(k, "noise", "contents")


_PAGE_AT_END = re.compile(r"[\s.·…—_（(]*\d{1,3}[)）]?$")


def _contents_end(lines: list[Line], at: int, roles: Roles) -> int:
    """First line behind the contents list that begins at `at`."""
    seen: set[str] = set()
    limit = min(len(lines), at + 400)
    start = at
    while at < limit:
        text = lines[at].text
        entry = squeeze(_PAGE_AT_END.sub("", text)) if front.CONTENTS_LINE.match(text) else squeeze(text)
        if len(text) > 100 or entry in seen:
            break
        seen.add(entry)
        at += 1
    else:
        return start if at - start > 300 else at
    if at < len(lines) and len(lines[at].text) > 100:
        # no entry came again: only what looks like an entry belongs to the list
        at = start
        while at < len(lines) and front.CONTENTS_LINE.match(lines[at].text):
            at += 1
    for k in range(start, at):
        roles.settle(k, "noise", "contents")
    return at


def _running_heads(lines: list[Line], roles: Roles) -> None:
    """Short lines without a number that come three times and more, and the title where it comes again behind the front."""
    counts = Counter(squeeze(line.text) for line in lines if len(line.text) <= 50)
    first: dict[str, int] = {}
    for i, line in enumerate(lines):
        key = squeeze(line.text)
        if len(line.text) > 50 or len(key) < 2:
            continue
        if (counts[key] >= 3 and read_number(line.text) is None and not _SENTENCE.search(line.text) and len(key) >= 4 and len(lines) > 30) or (
            counts[key] == 2 and key in first and first[key] < 4 and i - first[key] > 8 and not line.mark and len(key) >= 6
        ):
            roles.settle(i, "noise", "running_head")
        first.setdefault(key, i)


def _front_matter(lines: list[Line], roles: Roles, foreign_document: bool) -> None:
    """Title, byline, abstract and key words up to the first paragraph of the text."""
    free = [i for i in range(len(lines)) if roles.role[i] is None][:_FRONT_LINES]
    title: int | None = None
    abstract = False
    for place, i in enumerate(free):
        line = lines[i]
        text = line.text
        following = lines[free[place + 1]].text if place + 1 < len(free) else ""
        if not foreign_document and latin_share(text) > 0.75 and len(text) > 12 and not front.BYLINE.match(text):
            roles.settle(i, "foreign")
            continue
        if found := _labelled(text):
            roles.settle(i, found)
            abstract = abstract or found == "abstract"
            continue
        if abstract and front.ABSTRACT_PART.match(text):
            roles.settle(i, "abstract")
            continue
        if (front.BYLINE.match(text) and len(text) < 300) or (front.FUNDING.match(text) and len(text) < 400):
            roles.settle(i, "byline")
            continue
        if title is None:
            if _is_title(line, following):
                title = i
                roles.settle(i, "title")
                continue
            if front.COLUMN.match(text) and len(text) <= 160:
                roles.settle(i, "noise", "column")
                continue
        elif _continues_title(lines, title, i):
            roles.settle(i, "title")
            continue
        if front.DOCUMENT_NUMBER.match(text) or front.DATE_LINE.match(text):
            roles.settle(i, "byline")
            continue
        if front.looks_like_affiliation(text) or (title is not None and i - title <= 6 and front.looks_like_names(text) and read_number(text) is None):
            roles.settle(i, "byline")
            continue
        opens_text = len(text) > 60 or (title is not None and (read_number(text, marked=line.mark > 0) is not None or text[-1] in "。！？：:"))
        if opens_text or (title is not None and not line.mark):
            break


def _labelled(text: str) -> Role | None:
    if front.ABSTRACT.match(text) and len(text) > 4:
        return "abstract"
    if front.KEYWORDS.match(text) and len(text) < 400:
        return "keywords"
    cut = text[:300]
    if (
        len(text) > 100
        and (found := front.ABSTRACT.search(cut))
        and cut[found.end() - 1] in ":：]】］」"
        and front.looks_like_affiliation(cut[: found.start()])
    ):
        return "abstract"
    return None


def _is_title(line: Line, following: str) -> bool:
    text = line.text
    if len(text) > 80 or len(text) < 4 or text[-1] in "。；，、：:" or cjk_share(text) < 0.3:
        return False
    if read_number(text) is not None or ((found := front.COLUMN.match(text)) and (len(text) < 14 or found.group()[-1] in ":：")):
        return False
    if front.looks_like_affiliation(text) or front.RECIPIENTS.match(text) or front.DATE_LINE.match(text) or front.DOCUMENT_NUMBER.fullmatch(text):
        return False
    return bool(following) or line.mark > 0


def _continues_title(lines: list[Line], title: int, i: int) -> bool:
    """Whether line `i` goes on with the title: a subtitle, or the second line of an official title that ends with its kind (通知, 意见)."""
    first, text = lines[title].text, lines[i].text
    if i - title > 3 or len(text) > 60 or text[-1] in "。；：:":
        return False
    if front.SUBTITLE.match(text) and not front.looks_like_names(text) and not front.COLUMN.match(text):
        return True
    if (
        not front.DOCUMENT_KIND_END.search(first)
        and front.DOCUMENT_KIND_END.search(text)
        and re.search(r"关于|印发|转发|批转", first)
        and not front.DOCUMENT_NUMBER.match(text)
    ):
        return True
    return bool(lines[i].mark) and text[0] in "的与及和之" and i - title == 1


def _references(lines: list[Line], roles: Roles) -> None:
    """From the head of the references on nothing is text; what follows is references, foreign part and byline."""
    start: int | None = None
    for i, line in enumerate(lines):
        if (
            front.REFERENCE_HEAD.match(line.text)
            and roles.role[i] in (None, "noise")
            and (len(line.text) <= 30 or front.REFERENCE_ENTRY.search(line.text[:40]))
            and i > len(lines) // 5
        ):
            start = i
            break
    if start is None:
        return
    part: Role = "references"
    for i in range(start, len(lines)):
        text = lines[i].text
        if roles.role[i] == "noise":
            continue
        if (
            i > start
            and part != "foreign"
            and (lines[i].mark or front.ABSTRACT_EN.match(text))
            and latin_share(text) > 0.7
            and not front.REFERENCE_ENTRY.match(text)
        ):
            part = "foreign"
        elif i > start and (
            front.FUNDING.match(text) or front.BYLINE.match(text) or (_BIO.search(text) and not front.REFERENCE_ENTRY.match(text) and cjk_share(text) > 0.3)
        ):
            part = "byline"
        elif part == "byline" and latin_share(text) > 0.75:
            part = "foreign"
        roles.role[i] = part
        roles.reason[i] = None


def _asides(lines: list[Line], roles: Roles, foreign_document: bool) -> None:
    """Bylines, footnotes of the title page and foreign lines that stand within the text."""
    for i, line in enumerate(lines):
        if roles.role[i] is not None:
            continue
        text = line.text
        if not foreign_document and latin_share(text) > 0.85 and len(text) > 20:
            roles.settle(i, "foreign")
        elif (front.FUNDING.match(text) and len(text) < 600 and not read_number(text)) or (
            front.BYLINE.match(text) and len(text) < 160 and not (len(text) > 60 and _SENTENCE.search(text))
        ):
            roles.settle(i, "byline")
        elif len(text) < 400 and len(_META.findall(text)) >= 2:
            roles.settle(i, "noise", "comment")


def _official(lines: list[Line], roles: Roles) -> None:
    """Signature and date of an official document, its 附件 head, and the title of what it issues."""
    for i, line in enumerate(lines):
        if roles.role[i] is not None or len(line.text) > 60:
            continue
        text = line.text
        if front.DATE_LINE.fullmatch(text):
            roles.settle(i, "byline")
            for back in range(i - 1, max(-1, i - 8), -1):
                if roles.role[back] is not None or not front.OFFICE.fullmatch(lines[back].text) or len(lines[back].text) > 40:
                    break
                roles.settle(back, "byline")
            if i + 1 < len(lines):
                _issued_title(lines, roles, i + 1)
        elif front.ATTACHMENT.fullmatch(text):
            roles.settle(i, "noise", "attachment")
            _issued_title(lines, roles, i + 1)


def _issued_title(lines: list[Line], roles: Roles, at: int) -> None:
    """Title of a plan or list that follows the signature: short, no stop, ends with its kind."""
    for i in range(at, min(len(lines), at + 4)):
        text = lines[i].text
        if front.ATTACHMENT.fullmatch(text):
            roles.settle(i, "noise", "attachment")
            continue
        if roles.role[i] is not None:
            continue
        if (
            len(text) <= 60
            and not read_number(text)
            and text[-1] not in "。；：:，"
            and not front.OFFICE.fullmatch(text)
            and (front.DOCUMENT_KIND_END.search(text) or re.fullmatch(r"[（(].{2,20}[)）]", text))
        ):
            roles.settle(i, "title")
            continue
        return


def _tail(lines: list[Line], roles: Roles) -> None:
    """What stands among the adverts behind the text: once two lines of furniture come without a heading behind them, the rest is noise."""
    last = max((i for i, role in enumerate(roles.role) if role is None and (read_number(lines[i].text) is not None)), default=0)
    size = sum(len(line.text) for line in lines)
    first: int | None = None
    for i in range(last + 1, len(lines)):
        if roles.reason[i] == "furniture":
            first = i
            break
    if first is None:
        return
    rest = [i for i in range(first, len(lines)) if roles.role[i] is None]
    furniture = sum(1 for i in range(first, len(lines)) if roles.reason[i] in ("furniture", "image"))
    if furniture * 2 >= len(rest) and sum(len(lines[i].text) for i in rest) < size / 5:
        for i in rest:
            roles.settle(i, "noise", "tail")
