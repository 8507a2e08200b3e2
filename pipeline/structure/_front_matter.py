"""Title, byline, abstract and key words: what stands before the first paragraph of a text."""

from __future__ import annotations

import re

from pipeline.records import Role
from pipeline.structure import _front as front
from pipeline.structure._lines import Line
from pipeline.structure._names import looks_like_names
from pipeline.structure._noise import cjk_share, latin_share
from pipeline.structure._numbers import read_number
from pipeline.structure._verdicts import Verdicts

__all__ = ["read_front"]

_FRONT_LINES = 40
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[ \u3000]+(?=[\u4e00-\u9fff]{3})|\d{1,2}(?:\.\d{1,2}){0,3}[ \u3000]+(?=[\u4e00-\u9fff])(?!年|月|日|个|项)")
_TITLE_LINES = 5
_OPENS_OFFICIAL = re.compile(r"关于|印发|转发|批转|国务院|人民政府|委员会|办公[厅室]|[部厅局]")
_IDENTIFIER = re.compile(r"(?:doi\s*[:：]?\s*)?10\.\d{4,9}/\S+$", re.I)
_TITLE_WORDS = re.compile(r"研究|关于|——|：|:|的|与|及|分析|对策|路径|思考|建议|探讨|问题|机制|建设|发展|治理")
_SENTENCE, _PROSE = 15, 60
"""a line that ends in a stop and one that does not, longer than this and without label, is a paragraph"""


def read_front(lines: list[Line], verdicts: Verdicts, *, foreign_document: bool) -> None:
    """Settles the lines of the front matter among the lines that are still free."""
    free = [i for i in range(len(lines)) if verdicts.role[i] is None][:_FRONT_LINES]
    if foreign_document:
        if free and len(lines) > 1 and len(lines[free[0]].text) <= 160 and lines[free[0]].text[-1] not in ".;:":
            verdicts.settle(free[0], "title")
        return
    free = free[: _front_end(lines, free, verdicts.rows)]
    title = _find_title(lines, free, verdicts)
    apart = sum(1 for i in free if front.CARD_LABEL.fullmatch(lines[i].text)) > 1
    label = abstract = opened = False
    for place, i in enumerate(free):
        if verdicts.role[i] is not None:
            continue
        line, text = lines[i], lines[i].text
        if front.CITATION_LINE.match(text) and len(text) < 400:
            verdicts.settle(i, "byline", "citation")
            continue
        if label or front.CARD_LABEL.fullmatch(text):
            # in a card of a portal the value stands behind its label, perhaps on a line of its own
            verdicts.settle(i, "byline", "card")
            label = apart and not label
        elif front.CARD_LABEL.match(text):
            verdicts.settle(i, "byline", "card")
        elif latin_share(text) > 0.7 and len(text) > 12 and not front.BYLINE.match(text):
            verdicts.settle(i, "foreign")
        elif place and _lists_keywords(lines[free[place - 1]].text, text):
            verdicts.settle(i, "keywords")
        elif role := label_role(text):
            verdicts.settle(i, role)
            abstract = abstract or role == "abstract"
            opened = False
        elif front.ABSTRACT.fullmatch(text):
            # the label on a line of its own: what follows is the abstract, up to the key words
            verdicts.settle(i, "abstract")
            abstract = opened = True
        elif (opened and not _is_front_byline(text) and read_number(text, marked=line.mark > 0) is None) or (abstract and front.ABSTRACT_PART.match(text)):
            verdicts.settle(i, "abstract")
        elif _is_front_byline(text) or (title is not None and i > title and _names_people(text)):
            verdicts.settle(i, "byline")
        elif (found := front.COLUMN.match(text)) and found.group()[-1] in ":：·|" and text[-1] != "。":
            verdicts.settle(i, "noise", "column")
        elif len(text) > _PROSE:
            if place + 1 < len(free) and label_role(lines[free[place + 1]].text) == "keywords" and not abstract:
                verdicts.settle(i, "abstract")
                abstract = True
        elif front.COLUMN.match(text) or (title is not None and i < title):
            verdicts.settle(i, "noise", "column")
        elif not line.mark and text[-1] not in "。！？：:":
            verdicts.settle(i, "byline")


def _front_end(lines: list[Line], free: list[int], rows: set[int]) -> int:
    """How many of the free lines belong to the front: up to the last label, byline or title line before the first paragraph or numbered heading."""
    end = prose = 0
    for place, i in enumerate(free):
        line, text = lines[i], lines[i].text
        if i in rows:
            break
        if label_role(text) is not None or front.ABSTRACT_PART.match(text) or front.ABSTRACT.fullmatch(text):
            end, prose = place + 1, 0
            continue
        if place and _lists_keywords(lines[free[place - 1]].text, text):
            end = place + 1
            continue
        number = read_number(text, marked=line.mark > 0 or bool(_NUMBERED.match(text)))
        # an author with the number of the affiliation that stands beneath: # 1张小平
        author = _names_people(text) and place + 1 < len(free) and front.looks_like_affiliation(lines[free[place + 1]].text)
        if (
            number is not None
            and place
            and not author
            and not front.looks_like_affiliation(text)
            and (line.mark or number.kind in ("cn", "chapter", "part", "article", "decimal"))
        ):
            break
        if _is_front_byline(text) or front.CARD_LABEL.match(text) or latin_share(text) > 0.7 or _names_people(text):
            end = place + 1 if not prose else end
        elif len(text) > _PROSE or (len(text) > _SENTENCE and text[-1] == "。") or front.RECIPIENTS.match(text):
            prose += 1
            if prose > 4:
                break
        elif _is_title_line(line) and not prose:
            end = place + 1
    return end


def _is_front_byline(text: str) -> bool:
    return (
        is_byline(text, limit=400)
        or front.looks_like_affiliation(text)
        or bool(front.DOCUMENT_NUMBER.fullmatch(text) or front.DATE_LINE.fullmatch(text) or front.ADOPTED.match(text))
    )


def _lists_keywords(label: str, text: str) -> bool:
    """Whether `text` is the row of key words whose label stands alone on the line before."""
    return bool(front.KEYWORDS.fullmatch(label)) and len(text) < 200 and "。" not in text and bool(re.search(r"[;；，,、]|[ \u3000]", text))


def _names_people(text: str) -> bool:
    """A row of names, perhaps with an identifier behind it."""
    return looks_like_names(text) or looks_like_names(_IDENTIFIER.sub("", text))


def label_role(text: str) -> Role | None:
    """Role that the label at the head of a line gives it: 摘要：, 【关键词】; an abstract also behind the affiliation it was glued to."""
    if (found := front.ABSTRACT.match(text)) and len(text) > found.end() + 4:
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


def is_byline(text: str, *, limit: int) -> bool:
    """Whether the line says by its label who wrote it, where it came out, or what is filed with it."""
    if len(text) > limit:
        return False
    if front.FUNDING.match(text):
        return True
    return bool(front.BYLINE.match(text)) and not (len(text) > 120 and text.count("。") > 1)


def _find_title(lines: list[Line], free: list[int], verdicts: Verdicts) -> int | None:
    """Settles the lines of the title and gives the first of them."""
    run: list[int] = []
    apart = sum(1 for i in free if front.CARD_LABEL.fullmatch(lines[i].text)) > 1
    value = False
    for place, i in enumerate(free):
        text = lines[i].text
        if value or front.CARD_LABEL.fullmatch(text):
            value = apart and not value
            continue
        if label_role(text) is not None and run:
            break
        if _is_title_line(lines[i]):
            run.append(i)
        elif len(text) > _PROSE and run and not any(lines[k].mark for k in free[place : place + 4]):
            break
    if not run:
        return None
    first = max(run, key=lambda i: (_title_score(lines, free, i), -i))
    span = _title_span(lines, run, first)
    for i in run:
        if i < span[0]:
            verdicts.settle(i, "noise", "column")
        elif i in span:
            verdicts.settle(i, "title")
    return span[0]


def _title_span(lines: list[Line], run: list[int], first: int) -> list[int]:
    """All lines of the title that `first` belongs to: an official title over some lines, from 关于 to its kind; a title in two marked lines; subtitles."""
    place = run.index(first)
    for begin in range(max(0, place - _TITLE_LINES + 1), place + 1):
        for end in range(begin, min(len(run), begin + _TITLE_LINES)):
            if end >= place and run[end] - run[begin] == end - begin and _is_official(lines, run[begin : end + 1]):
                return run[begin : end + 1]
    begin = place
    while begin and (_goes_on(lines, run[begin - 1], run[begin]) or _both_marked(lines, run[begin - 1], run[begin])):
        begin -= 1
    span = run[begin : place + 1]
    for i in run[place + 1 :]:
        if (i - span[-1] <= 2 and _goes_on(lines, span[0], i)) or _both_marked(lines, span[-1], i):
            span.append(i)
    return span


def _is_official(lines: list[Line], span: list[int]) -> bool:
    """Whether the lines make one title of an official document: the first opens it, only the last ends with its kind."""
    texts = ["".join(lines[i].text.split()) for i in span]
    if not _OPENS_OFFICIAL.search(texts[0]) or max(map(len, texts)) > 50:
        return False
    so_far = ["".join(texts[: k + 1]) for k in range(len(texts))]
    ends = [bool(front.DOCUMENT_KIND_END.search(text)) and text.count("《") == text.count("》") for text in so_far]
    return ends[-1] and not any(ends[:-1])


def _both_marked(lines: list[Line], above: int, below: int) -> bool:
    return below - above == 1 and lines[above].mark > 0 and lines[below].mark > 0 and not front.COLUMN.match(lines[above].text)


def _title_score(lines: list[Line], free: list[int], i: int) -> float:
    """How much a line is like a title by its mark, its length, its words and what follows it."""
    text = lines[i].text
    place = free.index(i)
    following = [lines[k].text for k in free[place + 1 : place + 3]]
    score = 3.0 * (lines[i].mark > 0) + 2.0 * (10 <= len(text) <= 60) + 0.5 * (place == 0)
    score += 1.5 * any(_is_front_byline(t) or label_role(t) is not None or _names_people(t) for t in following[:1])
    score += 1.0 * bool(_TITLE_WORDS.search(text)) + 0.5 * bool(front.DOCUMENT_KIND_END.search(text))
    return score - 2.0 * bool(front.COLUMN.match(text)) - 2.0 * (latin_share(text) > 0.3) - 1.0 * bool(front.SUBTITLE.match(text))


def _is_title_line(line: Line) -> bool:
    text = line.text
    if line.mark > 1 and not line.tag:
        return False
    if not 4 <= len(text) <= 80 or (text[-1] in "。；，、：:" and not (line.mark and text[-1] in "：:")) or cjk_share(text) < 0.3:
        return False
    if front.ABSTRACT.fullmatch(text):
        return False
    if read_number(text) is not None or _NUMBERED.match(text) or label_role(text) is not None or is_byline(text, limit=200):
        return False
    if (found := front.COLUMN.match(text)) and (len(text) < 14 or found.group()[-1] in ":：·|"):
        return False
    return not (
        (front.looks_like_affiliation(text) and not line.mark)
        or looks_like_names(text)
        or front.CARD_LABEL.match(text)
        or front.RECIPIENTS.match(text)
        or front.DATE_LINE.fullmatch(text)
        or front.ADOPTED.match(text)
        or front.DOCUMENT_NUMBER.fullmatch(text)
        or front.SITE_WORD.match(text)
    )


def _goes_on(lines: list[Line], title: int, i: int) -> bool:
    """Whether line `i` goes on with the title: a subtitle, or the second line of an official title that ends with its kind (通知, 意见)."""
    text = lines[i].text
    if i - title > 3 or len(text) > 60:
        return False
    if front.SUBTITLE.match(text):
        return True
    return (bool(lines[i].mark) and text[0] in "的与及和之") or bool(re.fullmatch(r"[（(].{2,24}[)）]", text))
