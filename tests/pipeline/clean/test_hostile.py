"""Texts made to be slow or to break: each goes through, every character accounted for."""

from __future__ import annotations

import pytest

from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.clean._accounts import account_for

SIZE = 12_000
SHORTER = {"unreadable bytes": 3_000}
"""of what takes long by itself: each such byte is weighed as several hundred characters"""
HOSTILE = {
    "one line without an end": "针对数据孤岛，应当建立平台。",
    "question marks": "是什么?政府",
    "unreadable bytes": "中\ufffd",
    "unreadable bytes between words": "\ufffd中文字符",
    "open brackets": "[",
    "citations without an end": "[1,",
    "citations": "据[12]",
    "dollars": "$a",
    "formula marks": "$$",
    "stars": "*a",
    "tags without an end": "<p ",
    "comments without an end": "<!--",
    "scripts without an end": "<script>",
    "nested tables": "<table><tr><td>",
    "raised numbers": "<sup>[1]</sup>",
    "entities": "&amp;",
    "bars": "|a",
    "links without an end": "](http",
    "blanks": " ",
    "blanks between characters": "中 ",
    "line ends": "\n",
    "other line ends": "中\r\n",
    "rings": "①",
    "pictures": "![](a)\n",
    "the same short line": "数据孤岛问题突出\n",
    "broken sentences": "针对数据孤岛，应当建立平\n台并明确责任。\n",
    "sentences that never end": "针对数据孤岛，应当建立平台并且，\n",
    "titles that never close": "《a，数据\n",
    "pinyin": "統(tǒng)",
    "tabs": "a\t",
    "rows": "a\tb\n",
    "page numbers": "— 1 —\n",
    "NUL": "\0中",
    "half a surrogate pair": "\ud800中",
    "figures": "1",
    "letters": "a ",
    "heading marks": "# ",
    "backslashes": "\\*",
    "braces": "${",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_goes_through(name: str) -> None:
    piece = HOSTILE[name]
    size = SHORTER.get(name, SIZE)
    source = SourceText(text=(piece * (size // len(piece) + 1))[:size], format="md", encoding="utf-8")
    assert account_for(clean(source), source).faults == ()


@pytest.mark.parametrize("text", ["", "\n", " ", "\ufeff", "\u3000", "。", "?", "\ufffd", "\t", "$$", "|", "#"])
def test_a_text_of_almost_nothing_goes_through(text: str) -> None:
    for form in ("txt", "md", "html"):
        source = SourceText(text=text, format=form, encoding="utf-8")  # type: ignore[arg-type]
        assert account_for(clean(source), source).faults == ()
