"""From the bytes of a file to its blocks: every character is kept at its place, dropped with a reason, or repaired with its raw place.

The file is read a second time by other means (the decoder of Python for text, `html.parser` for pages), and what the product says of
each place is held against that.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read
from pipeline.clean import KINDS, clean
from pipeline.structure import read_structure

BLANK = " \t\n\r\f\v\u3000\xa0\u2028\u2029\x85\ufeff\u200b"
PIECES = [
    "# 一、问题\n", "数据孤岛突出，", "应当打破壁垒。", "\n", "\r\n", "\n\n", "[12]", "①", "**共享**", "|问题|措施|\n|-|-|\n|孤岛|平台|\n",
    "![](图.jpg)\n", "图1 流程\n",
    "$1 6 . 5 \\%$", "$$\nx\n$$\n", "— 12 —\n", "某某学报\n", "<p>", "</p>", "&nbsp;", "\u200b", "\xad", "⺠⽣", "統(tǒng)", "A B", "10k 30k 50k 轴\n",
    "参考文献\n", "[1] 张三. 共享研究[J]. 某某学报, 2018(3): 1-5.\n", "附件\n", "2018年5月3日\n", "Abstract: data silos are a problem.\n",
    "关键词：孤岛；共享\n",
    "甲部门提出 乙部门联合 丙部门公布  \n", "责任编辑：某某\n", "\x00", "\ue000", "𠮷",
]  # fmt: skip


class _Dump(HTMLParser):
    """Words of a page outside scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style", "title", "template")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "title", "template")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def bare(text: str) -> str:
    """`text` without anything blank."""
    return "".join(c for c in text if not c.isspace() and c not in BLANK)


def check_fates(data: bytes, name: str, dump: str | None) -> None:
    """Each character of `dump` (of the text as read, where the format has no places of its own) has one of the three fates."""
    source = read(data, name=name)
    draft = clean(source)
    structure = read_structure(draft, source)
    text = source.text if dump is None else dump
    repaired, dropped, kept = bytearray(len(text)), bytearray(len(text)), bytearray(len(text))
    for change in draft.journal:
        assert change.kind in KINDS
        start, end = change.raw
        assert 0 <= start <= end <= len(text)
        repaired[start:end] = b"\1" * (end - start)
    for start, end in structure.marks:
        repaired[start:end] = b"\1" * (end - start)
    for block in structure.blocks:
        if not block.kept:
            assert block.reason, f"block {block.text[:20]!r} is left out without a reason"
            dropped[block.raw[0] : block.raw[1]] = b"\1" * (block.raw[1] - block.raw[0])
    for character, start, end in zip(structure.clean_text, structure.raw_starts, structure.raw_ends, strict=True):
        if end == start + 1 and text[start] == character:
            kept[start] = 1
        elif start < end:
            assert any(repaired[start:end]), f"{character!r} stands for {text[start:end]!r} and no repair says so"
        else:
            assert character in "\n\t ", f"{character!r} came from nowhere"
    lost = [i for i, c in enumerate(text) if not (kept[i] or dropped[i] or repaired[i] or c.isspace() or c in BLANK)]
    assert not lost, f"{len(lost)} characters have no fate, the first at {lost[0]}: {text[max(0, lost[0] - 20) : lost[0] + 20]!r}"


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), st.sampled_from(["a.txt", "a.md"]))
def test_every_character_of_a_text_has_a_fate(pieces: list[str], name: str) -> None:
    text = "各部门应当共享数据。" + "".join(pieces)
    check_fates(text.encode(), name, text)


@given(st.lists(st.sampled_from([p for p in PIECES if "\x00" not in p and "<" not in p and "&" not in p]), min_size=1, max_size=20))
def test_every_word_of_a_page_has_a_fate(pieces: list[str]) -> None:
    markup = "<html><body><nav>首页</nav><div>" + "".join(f"<p>{piece}</p>" for piece in ["各部门应当共享数据。", *pieces]) + "</div></body></html>"
    other = _Dump()
    other.feed(markup)
    data = markup.encode()
    assert bare(read(data, name="a.html").text) == bare("".join(other.words))
    check_fates(data, "a.html", None)


@pytest.mark.shared
@pytest.mark.parametrize(("folder", "step"), [("papers", 29), ("laws", 20), ("gov60/text", 3), ("gov60/page", 3)])
def test_every_character_of_real_files_has_a_fate(shared: Path, folder: str, step: int) -> None:
    """A few of each part; the pages are dumped by `html.parser`, the others decoded."""
    files = [path for path in sorted((shared / "texts" / folder).iterdir()) if path.suffix in (".md", ".txt", ".html")][::step]
    assert len(files) >= 10
    for path in files:
        data = path.read_bytes()
        if path.suffix != ".html":
            check_fates(data, path.name, data.decode("utf-8"))
            continue
        other = _Dump()
        other.feed(data.decode("utf-8"))
        ours = read(data, name=path.name).text
        missing = [word for word in "".join(other.words).split() if bare(word) not in bare(ours)]
        assert missing == [], path.name
        check_fates(data, path.name, None)
