"""Nodes of saved pages that stand beside the text and not in it: phonetic guides (`<ruby>`) and raised numbers (`<sup>`).

First of all steps, since nodes speak of places in the source text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_GUIDES = {"rt", "rp", "rtc"}
_NUMBER = re.compile(r"\s*[\[［〔(（]?\s*(?:\d{1,3}|[①-⑳*†‡])(?:\s*[-–—~,，、]\s*\d{1,3})*\s*[\]］〕)）]?\s*")
_BRACKETED = re.compile(r"\s*[\[［〔]\s*\d")
_RAISED_DIGITS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that drop pinyin over characters (`统<rt>tǒng</rt>计局` → 统计局) and keep raised citation numbers apart (`打破<sup>[1]</sup>数据孤岛`).

    A raised number behind a letter or digit is part of it and stays raised: m<sup>2</sup> → m².
    """
    at = 0
    for node in source.nodes:
        if node.start < at or node.start >= node.end:
            continue
        if node.tag in _GUIDES:
            yield Edit(node.start, node.end, "", "ruby")
            at = node.end
        elif node.tag == "sup":
            raised = text[node.start : node.end]
            before = text[node.start - 1 : node.start]
            if not _NUMBER.fullmatch(raised):
                continue
            if before.isascii() and before.isalnum() and not _BRACKETED.match(raised):
                yield Edit(node.start, node.end, raised.strip().translate(_RAISED_DIGITS), "markup")
            else:
                yield Edit(node.start, node.end, "", "citation")
            at = node.end
