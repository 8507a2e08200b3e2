"""The tree of headings with the text beneath each, and what sort of document it is: what the zone model reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.structure._front import DOCUMENT_KIND_END, DOCUMENT_NUMBER, RECIPIENTS
from pipeline.structure._headings import Heading
from pipeline.structure._lines import Line
from pipeline.structure._verdicts import Verdicts

__all__ = ["Group", "Section", "find_group", "read_sections"]

Group = Literal["paper", "official", "essay", "law"]

_BENEATH = 6000
"""as much of the text beneath a heading as its bearing is judged by"""
_NOT_WORDS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")


@dataclass(slots=True)
class Section:
    """A heading with what stands around it; numbers of other sections are places in the list it is in."""

    line: int
    words: str
    """letters and digits without the number, in simplified script"""
    kind: str
    """kind of its number, or `none`"""
    level: int
    parent: int | None
    text: str = ""
    """text beneath, that of the sections under it included, at most `_BENEATH` characters"""
    children: list[int] = field(default_factory=list)
    place: int = 0
    """its place among its siblings, from 0"""
    position: float = 0.0
    """share of the document's text that stands before it"""


def read_sections(lines: list[Line], body: Iterable[int], headings: dict[int, Heading]) -> list[Section]:
    """Sections in the order of the document."""
    sections: list[Section] = []
    stack: list[int] = []
    texts: list[list[str]] = []
    sizes: list[int] = []
    tops = 0
    before = 0
    starts: list[int] = []
    for i in body:
        text = lines[i].text
        heading = headings.get(i)
        if heading is None:
            before += len(text)
            for k in stack:
                if sizes[k] < _BENEATH:
                    texts[k].append(text[: _BENEATH - sizes[k]])
                    sizes[k] += len(text) + 1
            continue
        while stack and sections[stack[-1]].level >= heading.level:
            stack.pop()
        parent = stack[-1] if stack else None
        number = heading.number
        words = text[number.end :] if number else text
        section = Section(i, words, number.kind if number else "none", heading.level, parent)
        section.place = len(sections[parent].children) if parent is not None else tops
        tops += parent is None
        if parent is not None:
            sections[parent].children.append(len(sections))
        stack.append(len(sections))
        sections.append(section)
        texts.append([])
        sizes.append(0)
        starts.append(before)
    for section, parts, start in zip(sections, texts, starts, strict=True):
        section.position = start / before if before else 0.0
        section.text = "\n".join(parts)
        section.words = _NOT_WORDS.sub("", section.words)
    return sections


def find_group(lines: list[Line], verdicts: Verdicts, headings: dict[int, Heading]) -> Group:
    """What sort of document it is by its parts: articles, document number and recipients, abstract and references, or none of them."""
    articles = sum(1 for i in verdicts.body if re.match(r"第[一二三四五六七八九十百零〇]+条", lines[i].text[:10]))
    if articles >= 3:
        return "law"
    head = [lines[i].text for i in range(min(len(lines), 30))]
    if any(DOCUMENT_NUMBER.fullmatch(text) for text in head) or any(RECIPIENTS.match(text) for text in head if len(text) < 200):
        return "official"
    titles = [lines[i].text for i, role in enumerate(verdicts.role) if role == "title"]
    if titles and "关于" in titles[0] and any(DOCUMENT_KIND_END.search(t) for t in titles[:2]):
        return "official"
    if "abstract" in verdicts.role or "keywords" in verdicts.role or "references" in verdicts.role:
        return "paper"
    return "paper" if any(h.number is not None and h.number.kind == "decimal" for h in headings.values()) or len(headings) >= 6 else "essay"
