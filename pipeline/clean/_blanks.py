"""Blanks that converters set between Chinese characters, spaced letters, and blanks at the ends of lines.

A blank between Chinese characters is kept where it parts things: after the number of an article (第一条 为了…), after a label (摘要 当前…),
between names, in headings. In the middle of prose it is a mark of the type-setting and goes; beside Latin letters and figures it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_B = "[ \u3000]"
_AT_LINE = rf"(?:(?<=\n)|^){_B}*(?:#{{1,6}} )?"
_EDGE = re.compile(rf"(?:(?<=\n)|^){_B}+|{_B}+(?=\n|$)")
_CLOSE = "，。；：、？！”’》）】"
_GAP = re.compile(rf"(?<=[{_HAN}]){_B}+(?=[{_HAN}{_CLOSE}])|(?<=[{_CLOSE}]){_B}+(?=[{_HAN}“‘《（【])")
_SPACED_LATIN = re.compile(r"(?<![A-Za-z0-9 ])[A-Za-z](?: [A-Za-z]){3,60}(?![A-Za-z0-9])")
_WORDS = [
    "摘要",
    "关键词",
    "關鍵詞",
    "目录",
    "目錄",
    "目次",
    "附录",
    "附錄",
    "附件",
    "总则",
    "總則",
    "附则",
    "附則",
    "分则",
    "参考文献",
    "參考文獻",
    "前言",
    "序言",
    "引言",
    "绪言",
    "绪论",
    "緒論",
    "导言",
    "导论",
    "導論",
    "结语",
    "结论",
    "结束语",
    "結語",
    "結論",
    "致谢",
    "致謝",
    "作者",
    "题目",
    "题记",
    "注释",
    "说明",
]
_SPACED_WORDS = re.compile(rf"{_AT_LINE}[【\[]?(?P<word>{'|'.join(f'{_B}*'.join(word) for word in _WORDS)})(?={_B}|[】\]：:\n]|$)")
_CHAPTER = re.compile(rf"{_AT_LINE}第[〇零一二三四五六七八九十百千\d]{{1,6}}[编章节篇]{_B}*(?P<name>[{_HAN}](?:{_B}+[{_HAN}]){{1,6}}){_B}*(?=\n|$)")
_LABEL = re.compile(
    rf"{_B}*(?:#{{1,6}} )?(?:[【\[（(]?(?:摘要|内容摘要|提要|关键词|關鍵詞|中图分类号|文献标识码|作者|来源|导语|编者按|附件|附录|图|表|注|说明"
    r"|基金项目|收稿日期)[】\]）)]?[\d一二三四五六七八九十]{0,3}[：:]?"
    r"|第[〇零一二三四五六七八九十百千\d]{1,7}[编章节篇条款项](?:之[一二三四五六七八九十]{1,3})?"
    r"|[（(]?[〇一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)"
)
_PROSE = re.compile(r"[。；]|，[^，]{2,}[，。]")


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that drop blanks which part nothing: `所包含 内容的准确性，…` → 所包含内容的准确性，…; `摘　要` → 摘要; `C O V I D` → COVID."""
    del source
    edits: dict[int, Edit] = {}
    for found in _EDGE.finditer(text):
        edits[found.start()] = Edit(found.start(), found.end(), "", "blank")
    for pattern, group in ((_SPACED_WORDS, "word"), (_CHAPTER, "name")):
        for found in pattern.finditer(text):
            edits.update(_inside(text, *found.span(group)))
    for found in _SPACED_LATIN.finditer(text):
        edits.update(_inside(text, *found.span()))
    at = 0
    for line in text.split("\n"):
        if line and not line.startswith("\t") and _PROSE.search(line):
            label = _LABEL.match(line)
            head = label.end() if label else 0
            for found in _GAP.finditer(line):
                if found.start() != head:
                    edits.setdefault(at + found.start(), Edit(at + found.start(), at + found.end(), "", "blank"))
        at += len(line) + 1
    yield from _apart(edits)


def _inside(text: str, start: int, end: int) -> Iterator[tuple[int, Edit]]:
    for gap in re.finditer(r"[ \u3000]+", text[start:end]):
        yield start + gap.start(), Edit(start + gap.start(), start + gap.end(), "", "blank")


def _apart(edits: dict[int, Edit]) -> Iterator[Edit]:
    at = 0
    for start in sorted(edits):
        if start >= at:
            yield edits[start]
            at = edits[start].end
