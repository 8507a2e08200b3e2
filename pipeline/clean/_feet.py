"""The foot of a title page that a converter ran into the paragraph above it: 推动社会发展的重要力作者简介：……E-mail:… and the paragraph goes on.

Such a note opens with its label in the middle of an open sentence and runs to the end of the line; the other half of the sentence is the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._breaks import opens_paragraph
from pipeline.clean._draft import Edit

_FOOT = re.compile(r"(?<=[\u4e00-\u9fff，、])[*＊]?(?:作者(?:简介|簡介|单位)|通[讯信]作者|收稿日期|(?:基金|资助)项目)[：:][^\n]{10,600}$", re.MULTILINE)
_TELLING = re.compile(r"ORCID|[Ee]-?mail|@|教授|研究员|研究生|博士|编号|\d{4}[-—年]\d{1,2}")
_HAN = re.compile(r"[\u4e00-\u9fff，、]")
_PROSE_BEFORE = 40


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that drop the note: `…一支重要力作者简介：张三，教授，E-mail：a@b.cn\\n\\n量。` → `…一支重要力\\n\\n量。`."""
    del source
    for found in _FOOT.finditer(text):
        line_start = text.rfind("\n", 0, found.start()) + 1
        before = text[line_start : found.start()]
        following = text[found.end() :].lstrip("\n \u3000")[:40]
        if len(before) < _PROSE_BEFORE or not re.search("[，。；]", before) or not _TELLING.search(found[0]):
            continue
        if _HAN.match(following) and not opens_paragraph(following):
            yield Edit(found.start(), found.end(), "", "footnote")
