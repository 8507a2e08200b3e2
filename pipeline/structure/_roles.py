"""Role of every line: what it is by itself, then passes that need neighbours.

Order matters: furniture, formulas, contents lists and running heads first; then the front up to the first paragraph, everything behind
the references, asides within the text, signatures; last what stands among the adverts.
"""

from __future__ import annotations

import re

from pipeline.structure import _front as front
from pipeline.structure._back import read_asides, read_back, read_official, read_tail
from pipeline.structure._exam import read_exam_notes
from pipeline.structure._exports import read_export
from pipeline.structure._front_matter import read_front
from pipeline.structure._lines import Line
from pipeline.structure._noise import line_reason
from pipeline.structure._numbers import read_number
from pipeline.structure._questionnaire import read_questionnaire
from pipeline.structure._tables import kept_rows
from pipeline.structure._verdicts import Verdicts, squeeze

__all__ = ["assign_roles"]

_SENTENCE = re.compile(r"[。！？]")
_PAGE_AT_END = re.compile(r"[\s.·…—_（(]*\d{1,3}[)）]?$")
_PERIODICAL = re.compile(r"学报|期刊|杂志|院刊|月刊|周刊|专题|专刊|论坛|Vol|No\.|\d{4}|卷|期$|研究$|[a-z]{4}", re.I)
_TITLE_WITHIN, _TITLE_AGAIN = 30, 12
_PART = re.compile(r"(?:PART\s*|NO\.?\s*)?0\d|PART\s*\d", re.I)
_FORMULA_LINES, _HEAD_LINES = 12, 8
_CONTENTS_LINES = 400


def assign_roles(lines: list[Line]) -> tuple[list[Line], Verdicts]:
    """Roles of all lines but headings and body text, which stay none and are listed in `body`; and the lines without the tags of an export."""
    verdicts = Verdicts.of(len(lines))
    lines = read_export(lines, verdicts)
    foreign_document = _is_foreign(lines)
    for i, line in enumerate(lines):
        reason = line_reason(line)
        if reason == "furniture" and read_number(line.text, marked=line.mark > 0) is not None:
            continue
        if reason is not None:
            verdicts.settle(i, "noise", reason)
    _formula_blocks(lines, verdicts)
    _figure_text(lines, verdicts)
    _figure_labels(lines, verdicts)
    _contents(lines, verdicts)
    _written_out_table(lines, verdicts)
    read_exam_notes(lines, verdicts)
    read_front(lines, verdicts, foreign_document=foreign_document)
    _running_heads(lines, verdicts)
    read_back(lines, verdicts, foreign_document=foreign_document)
    read_questionnaire(lines, verdicts)
    read_asides(lines, verdicts, foreign_document=foreign_document)
    read_official(lines, verdicts)
    read_tail(lines, verdicts)
    verdicts.rows_kept = kept_rows(lines, verdicts, official=_is_official(lines))
    verdicts.body = [i for i, role in enumerate(verdicts.role) if role is None]
    return lines, verdicts


def _is_foreign(lines: list[Line]) -> bool:
    """Whether the document itself is in a foreign language: then nothing of it is a foreign part."""
    sample = "".join(line.text[:2000] for line in lines[:400])
    chinese = sum(1 for c in sample if "\u3400" <= c <= "\u9fff")
    letters = sum(1 for c in sample if c.isalpha())
    return letters > 0 and chinese / letters < 0.1


def _is_official(lines: list[Line]) -> bool:
    """Whether the head of the document has a document number or recipients."""
    head = [line.text for line in lines[:30]]
    return any(front.DOCUMENT_NUMBER.fullmatch(text) or (len(text) < 200 and front.RECIPIENTS.match(text)) for text in head)


def _formula_blocks(lines: list[Line], verdicts: Verdicts) -> None:
    """Lines between `$$` and `$$`, a few at most."""
    opened: int | None = None
    for i, line in enumerate(lines):
        if line.text.count("$$") % 2 == 0:
            continue
        if opened is not None and i - opened <= _FORMULA_LINES:
            for k in range(opened, i + 1):
                verdicts.overrule(k, "noise", "formula")
            opened = None
        else:
            opened = i


def _figure_text(lines: list[Line], verdicts: Verdicts) -> None:
    """Words of a drawing that a converter wrote out: bullets and arrows without a sentence, and notes right under a table."""
    inside = False
    for i, line in enumerate(lines):
        text = line.text
        if verdicts.role[i] is not None:
            inside = inside and verdicts.reason[i] in ("image", "figure")
            if (
                verdicts.reason[i] == "table"
                and i + 1 < len(lines)
                and re.match(r"(?:[a-z*†‡]{1,2}|\\\*)[\s“”\"_]*[\u4e00-\u9fff]", lines[i + 1].text)
                and len(lines[i + 1].text) < 160
            ):
                verdicts.settle(i + 1, "noise", "note")
            continue
        drawn = i > _HEAD_LINES and len(text) < 300 and not _SENTENCE.search(text) and re.search(r"[■□◆▲►▶]|→.*→|…\s*…", text)
        if drawn or (inside and len(text) < 120 and not re.search(r"[。，；：]", text) and not line.mark and read_number(text) is None):
            verdicts.settle(i, "noise", "figure")
            inside = True
        else:
            inside = False


def _written_out_table(lines: list[Line], verdicts: Verdicts) -> None:
    """A table of which every cell became a line: 序号, its header, then 1, what the row is about, its cells, 2, …"""
    index = [(i, int(line.text)) for i, line in enumerate(lines) if line.text.isdecimal() and len(line.text) <= 3]
    parts = [i for i, line in enumerate(lines[:-1]) if _PART.fullmatch(line.text)]
    numbers = [int("".join(c for c in lines[i].text if c.isdecimal())) for i in parts]
    if len(parts) > 1 and numbers == list(range(1, len(parts) + 1)):
        # 01 and 02 on lines of their own head the parts of an article on the phone
        for i in parts:
            verdicts.overrule(i, "noise", "part_number")
            if len(lines[i + 1].text) <= 40 and lines[i + 1].text[-1] not in "。；，":
                verdicts.rows.add(i + 1)
    due, rows = 1, list[int]()
    for i, value in index:
        if due <= value <= due + 8:
            rows.append(i)
            due = value + 1
    head = next((i for i, line in enumerate(lines) if squeeze(line.text) == "序号"), None)
    if len(rows) < 3 or head is None or head > rows[0]:
        return
    for i in range(head, rows[0]):
        if len(lines[i].text) > 12 or read_number(lines[i].text):
            break
        verdicts.settle(i, "noise", "table")
    for i in rows:
        verdicts.overrule(i, "noise", "table")
        if i + 1 < len(lines) and verdicts.role[i + 1] is None and lines[i + 1].text[-1] not in "。；":
            verdicts.rows.add(i + 1)


def _figure_labels(lines: list[Line], verdicts: Verdicts) -> None:
    """Labels of a drawing: short lines without any stop beside a picture or caption, where no sentence is open."""
    around = ("image", "caption", "figure")
    for i in [*range(_HEAD_LINES, len(lines)), *range(len(lines) - 1, _HEAD_LINES, -1)]:
        text = lines[i].text
        if verdicts.role[i] is not None or len(text) > 60 or lines[i].mark or re.search(r"[，。；：！？]", text) or read_number(text) is not None:
            continue
        beside = verdicts.reason[i - 1] in around or (i + 1 < len(lines) and verdicts.reason[i + 1] in around)
        if not beside:
            continue
        before = next((lines[k].text for k in range(i - 1, max(-1, i - 40), -1) if verdicts.role[k] is None), "")
        if before and before[-1] in "。！？：”）)":
            verdicts.settle(i, "noise", "figure")


def _contents(lines: list[Line], verdicts: Verdicts) -> None:
    """Lines of a contents list: behind 目录 up to where its first entry comes again; or three and more lines that end in dots and a page number."""
    run: list[int] = []
    i = 0
    while i < len(lines):
        text = lines[i].text
        if front.CONTENTS.fullmatch(text):
            verdicts.settle(i, "noise", "contents")
            i = _contents_end(lines, i + 1, verdicts)
            continue
        if len(text) < 120 and front.CONTENTS_LINE.fullmatch(text):
            run.append(i)
        else:
            _settle_run(run, verdicts)
            run = []
        i += 1
    _settle_run(run, verdicts)


def _settle_run(run: list[int], verdicts: Verdicts) -> None:
    if len(run) >= 3:
        for k in run:
            verdicts.settle(k, "noise", "contents")


def _contents_end(lines: list[Line], start: int, verdicts: Verdicts) -> int:
    """First line behind the contents list that begins at `start`; the list is settled."""
    seen: set[str] = set()
    at = start
    repeated = False
    while at < min(len(lines), start + _CONTENTS_LINES) and len(lines[at].text) <= 100:
        text = lines[at].text
        entry = squeeze(_PAGE_AT_END.sub("", text)) if front.CONTENTS_LINE.fullmatch(text) else squeeze(text)
        if entry in seen:
            repeated = True
            break
        seen.add(entry)
        at += 1
    if not repeated:
        # no entry came again: only what looks like an entry belongs to the list
        at = start
        while at < len(lines) and front.CONTENTS_LINE.fullmatch(lines[at].text[:120]):
            at += 1
    for k in range(start, at):
        verdicts.settle(k, "noise", "contents")
    return at


def _running_heads(lines: list[Line], verdicts: Verdicts) -> None:
    """The title where it comes again within the text, and short lines that come three times and more and name a periodical or break sentences."""
    title = next((i for i, role in enumerate(verdicts.role) if role == "title"), None)
    named = squeeze("".join(line.text for line, role in zip(lines[:_TITLE_WITHIN], verdicts.role, strict=False) if role == "title"))
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if len(line.text) > 60 or verdicts.role[i] is not None:
            continue
        key = squeeze(line.text)
        again = title is not None and i > title and len(key) >= 6 and key in named and not front.OFFICE.fullmatch(line.text)
        if title is not None and again and i - title <= _TITLE_AGAIN and not line.mark and len(key) * 2 > len(named):
            verdicts.settle(i, "title")
        elif again and key == named:
            verdicts.settle(i, "noise", "running_head")
        elif len(key) >= 4 and read_number(line.text) is None and not _SENTENCE.search(line.text):
            places.setdefault(key, []).append(i)
    for found in places.values():
        if len(found) < 3:
            continue
        text = lines[found[0]].text
        broken = sum(1 for i in found if i and lines[i - 1].text[-1] not in "。！？：；”）)" and len(lines[i - 1].text) > 40)
        if _PERIODICAL.search(text) or broken * 2 > len(found) or all(lines[i].mark for i in found):
            for i in found:
                verdicts.settle(i, "noise", "running_head")
