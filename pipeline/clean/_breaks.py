"""What lines are, for joining: where a sentence can end, what opens a new paragraph, what a page or table puts between two halves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean._language import EDGE, characters, fold, words

_HAN = "\u3400-\u9fff"
_CLOSERS = "”’」』）)》〉】\"'］\\]"
_TERMINAL = re.compile(rf"[。！？!?…：:；;.．][{_CLOSERS}]*$|[］\]}}][$ ]*$")
"""the end of a sentence, or of a line that announces a list; a citation number or formula often has swallowed the full stop before it"""
_ASIDE = re.compile(r"[。！？；][（(][^（）()]{1,80}[）)]$")
"""a sentence with its source or office in brackets behind it"""
_LABELLED = re.compile(
    r"[【\[［]?(?:关键词|關鍵詞|Key ?words|中图分类号|分类号|文献标识码|文章编号|DOI|E-?mail"
    r"|网[站址]|地[ ]?址|邮编|电[ ]?话|传真|来源|作者|单位|责任编辑|編輯|通讯|收稿|引用格式)[】\]］]?[ :：]?",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(r"[(（]?\d{1,2}[ ,.，．]{0,2}[\u4e00-\u9fff]{2,30}(?:大学|学院|研究院|研究所|医院|中心|公司|实验室|科学院)")
_NOTE = re.compile(r"(?:注|说明|备注)[ ]?[：:]|(?:数据|资料)来源")
_GARBLED_STOP = re.compile(r" [0-9A-Za-z○〇]$")
"""a full stop that character recognition took for a letter or figure"""
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(［][12]\d{3}[〕\]）)］](?:第)?\d{1,5}号")
_OPEN_END = re.compile(r"[，、（《“‘,(—]$")
_CONTINUES = re.compile(r"[，。、；：！？）》”’％%】〉,;:)](?!\d+[)）])")
_LIST_HEAD = re.compile(
    r"#{1,6} |\t|!\[|\$\$|[-*•·●■◆▪○◇□►➢✓※*＊]"
    r"|[（(]?[〇零一二三四五六七八九十百]{1,4}(?:[、.．）)]|是(?!否))|[（(][\da-zA-Z]{1,3}[）)]|\d{1,3}(?:\.\d{1,2})*[、.．）)]|[①-⑳⑴-⒇⒈-⒛]"
    r"|第[〇零一二三四五六七八九十百千\d]{1,5}(?:[章节条款项部篇编，,、：:]|(?:个|类|种)?(?:方面|阶段)?[，,：:是])"
    r"|(?:首先|其次|再次|最后|此外|另外|总之|综上)[，,所]|[挑问建对措][战题议策施][〇零一二三四五六七八九十\d]{1,3}[：:、]|案例"
    r"|附[件录表]|(?:图|表|公式|专栏|Fig(?:ure)?|Table|Tab)[ .]{0,2}\d|[【［\[](?!在此)"
    r"|(?:摘要|关键词|關鍵詞|中图分类号|文献标识码|DOI|作者简介|基金项目|收稿日期|参考文献|參考文獻|来源|責任編輯|责任编辑|编辑|Abstract|Key ?words)"
)
_CAPTION = re.compile(
    r"续?[图圖表][ ]?[\d一二三四五六七八九十A-Z]{1,3}(?:[-–—.．]\d{1,2})?(?![\d，。个]*[所中可显给列])"
    r"|(?:Fig(?:ure)?|Table|Tab)[ .]{0,2}\d|(?:数据|资料)?来源[：:]|注[：:]|单位[：:]"
)
_PAGE = re.compile(
    r"[-—–―·•\s.]*\d{1,4}[-—–―·•\s.]*|[-—–―]?[ ]?第[ ]?\d{1,4}[ ]?页(?:[ ，,/]*共[ ]?\d{1,4}[ ]?页)?[ ]?[-—–―]?"
    r"|Page \d{1,4}(?: of \d{1,4})?|\d{1,4} ?/ ?\d{1,4}",
    re.IGNORECASE,
)
_DASHED_PAGE = re.compile(r"[-—–―·•][ ]?\d{1,4}[ ]?[-—–―·•]|[-—–―]?[ ]?第[ ]?\d{1,4}[ ]?页[ ，,/]*(?:共[ ]?\d{1,4}[ ]?页)?[ ]?[-—–―]?")
_FOOT = re.compile(
    r"[*＊†‡①-⑳][^。]{0,120}$|[*＊†‡①-⑳].*(?:项目|作者|参见|http)|(?:收稿|修回|预?出版|投稿)日期|(?:\*)?(?:资助|基金)项目|通[讯信]作者"
    r"|\[?在此处键入\]?|https?://\S+$|DOI[ :：]?10\.|(?:ISSN|CN)[ :：]?[\d-]+|.{0,20}合作期刊$"
)
_HAN_IN = re.compile(f"[{_HAN}]")
_OWN_REFERENCE = re.compile(r"[\[［][JMDCN](?:[/／]OL)?[\]］]")
"""the document's own entry for those who cite it, which some journals print at the foot of its first page"""
LONGEST_HEAD = 45


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text at hand, `[start, end)` without its line end, and what it says without blanks at either side."""

    start: int
    end: int
    text: str
    indented: bool

    @property
    def width(self) -> int:
        """Columns that it takes: two for a wide character."""
        return sum(2 if c > "\u2e7f" else 1 for c in self.text)


def lines_of(text: str) -> list[TextLine]:
    """All lines of `text`, empty ones too."""
    found, at = [], 0
    for line in text.split("\n"):
        bare = line.strip(" \u3000")
        found.append(TextLine(at, at + len(line), line if line.startswith("\t") else bare, line[:1] in " \u3000" and bare != ""))
        at += len(line) + 1
    return found


def is_page_number(line: str) -> bool:
    """Whether `line` is nothing but a page number: — 12 —, 第3页, 12."""
    return len(line) < 24 and _PAGE.fullmatch(line) is not None


def is_dashed_page_number(line: str) -> bool:
    """Whether `line` is a page number and cannot be a figure of a table: — 12 —, 第 3 页."""
    return len(line) < 24 and _DASHED_PAGE.fullmatch(line) is not None


def between_kind(line: str, repeated: Counter[str]) -> str | None:
    """What a page or a layout puts between two halves of a sentence, or none where `line` is text: a picture, a table row, a caption …"""
    if line.startswith("\t"):
        return "table"
    if line.startswith("![") and line.endswith(")"):
        return "image"
    if line.startswith("$$"):
        return None
    bare = line.lstrip("# ")
    if is_page_number(bare):
        return "running"
    if len(bare) <= (120 if _HAN_IN.search(bare[:60]) else 300) and _CAPTION.match(bare) and not bare.endswith("。"):
        return "caption"
    if len(bare) <= 160 and _FOOT.match(bare):
        return "footnote"
    if line.startswith("#") and _OWN_REFERENCE.search(bare):
        return "running"
    if repeated[head_key(bare)] > 1:
        return "running"
    return None


def head_key(line: str) -> str:
    """What two running heads have in common: the words without blanks, marks and figures; empty where a line is no head."""
    bare = re.sub(r"[\s\u3000#\d*＊①②†]+", "", line)
    return bare if 3 < len(bare) <= LONGEST_HEAD and not bare.endswith(("。", "；", "：")) and line[:1] not in "\t!$" else ""


def repeated_heads(lines: Sequence[TextLine]) -> Counter[str]:
    """How often each possible running head occurs; those without a key never count."""
    counts = Counter(head_key(line.text) for line in lines if line.text)
    counts.pop("", None)
    return counts


def opens_paragraph(line: str) -> bool:
    """Whether `line` begins a heading, an item of a list or a labelled part, and so cannot go on a sentence."""
    return _LIST_HEAD.match(line) is not None


def is_labelled(line: str) -> bool:
    """Whether `line` gives a thing that the head or foot of a document names: key words, DOI, an address, the number of a document."""
    return any(pattern.match(line) for pattern in (_LABELLED, _DOCUMENT_NUMBER, _AFFILIATION, _NOTE))


def closes_bracket(left: str, right: str) -> bool:
    """Whether `right` closes the bracket or quotation that the end of `left` leaves open: （人才计 | 划）."""
    tail = left[-60:]
    for opening, closing in ("（）", "()", "“”", "《》"):
        if tail.rfind(opening) > tail.rfind(closing):
            close = right.find(closing)
            if 0 <= close < 60 and opening not in right[:close]:
                return True
    return False


def leaves_title_open(left: str, right: str) -> bool:
    """Whether `left` opens a 《 that neither it nor `right` closes: its other half is lost."""
    return left.rfind("《") > left.rfind("》") and "》" not in right


def ends_sentence(line: str) -> bool:
    """Whether `line` ends as a sentence does, or with a citation number, which may have swallowed its full stop."""
    return _TERMINAL.search(line[-40:]) is not None or _ASIDE.search(line[-90:]) is not None


def ends_doubtful(line: str) -> bool:
    """Whether `line` ends as a sentence may, with a bracket closed or with a stray sign where a full stop was: 80% 0."""
    return line.endswith(("）", ")", "） $")) or _GARBLED_STOP.search(line[-4:]) is not None


def ends_open(line: str) -> bool:
    """Whether `line` ends with a mark that asks for more: 、 ， （."""
    return _OPEN_END.search(line) is not None


def continues(line: str) -> bool:
    """Whether `line` begins with a mark that no sentence begins with: ，。）."""
    return _CONTINUES.match(line) is not None


def word_across(left: str, right: str) -> bool:
    """Whether a word of the dictionary stands across the break: 责任清 | 单制度."""
    known = words()
    before, behind = fold(left[-6:])[-3:], fold(right[:6])[:3]
    return any(known.get(before[-i:] + behind[:j], 0.0) > 4.0 for i in (1, 2, 3) for j in (1, 2, 3) if i + j <= 4 and len(before) >= i and len(behind) >= j)


def bond(left: str, right: str) -> float:
    """By how much the logarithm of the chance that `right` goes on `left` exceeds that of a line end between them."""
    model = characters()
    before, behind = fold(left[-24:])[-2:].rjust(2, EDGE), fold(right[:24])[:3]
    joined, apart = model.score(before + behind), model.score(before + EDGE) + model.score(EDGE * 2 + behind)
    return joined - apart
