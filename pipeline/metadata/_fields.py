"""Labelled fields: the card of a portal (发文机关：国务院), the line under a headline (来源：…　作者：…), the labels of a journal (DOI, 文章编号).

Labels may be spaced out (标　　题) and several may share a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.metadata._reading import Reading
from pipeline.records import Block
from pipeline.structure import export_field

__all__ = ["Field", "Fields", "read_fields"]

_LABELS = {
    "title": "标题|名称|题名|篇名|文件名称",
    "issuer": "发文机关|发布机构|制发机关|制定机关|发文单位|发布单位|印发机关",
    "number": "发文字号|文号|文件编号",
    "written": "成文日期|成文时间|签发日期|收稿日期|修回日期|修改稿收到日期|收到日期",
    "published": "发布日期|发布时间|公布日期|印发日期|发文日期|发表时间|发表日期|出版日期|预出版日期|首发日期|网络出版时间|更新时间|日期|时间",
    "in_force": "施行日期|实施日期|生效日期|执行日期",
    "expires": "失效日期|废止日期|有效期至",
    "validity": "有效性|时效性|效力状态|效力|文件状态",
    "outlet": "来源|信息来源|文章来源|稿源|出处|刊名|文献来源|期刊|转自|原载",
    "authors": "作者|撰文|责任者|记者|通讯员|执笔|课题组",
    "affiliations": "作者单位|作者机构|单位|机构|工作单位",
    "doi": "DOI",
    "article": "文章编号|文章编码",
    "class": "中图分类号|分类号|中图法分类号|主题分类",
    "keywords": "主题词|关键词|关键字",
    "volume": "卷",
    "issue": "期",
    "pages": "页码|页",
    "url": "链接|网址|原文链接|原文地址",
    "licence": "许可协议|版权许可|授权协议|许可证|License|Licence",
    "other": "索引号|主题分类|公开方式|公开类型|字号|字体|浏览次数|阅读|责任编辑|编辑|文献标识码|文献标志码|基金项目|通信作者|通讯作者|E-mail|Email|电话|摘要",
}
_NAME_OF: dict[str, str] = {}
for _name, _words in _LABELS.items():
    for _word in _words.split("|"):
        _NAME_OF.setdefault(_word.lower(), _name)
_GAP = r"[\s\u3000]{0,6}"
_LABEL = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z])[\[【［（(]?"
    "(" + "|".join(_GAP.join(map(re.escape, word)) for word in sorted(_NAME_OF, key=len, reverse=True)) + ")"
    r"[\]】］）)]?" + rf"{_GAP}(?:[:：]|(?<=DOI)\s(?=10\.)|(?<=doi)\s(?=10\.))",
    re.I,
)
_SLASH = re.compile(r"[（(]?(文|图文|撰文)\s*[/／|]\s*")
_LONG_LINE = 600


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value: `block.text[start:end] == value`."""

    value: str
    block: Block
    start: int
    end: int


Fields = dict[str, list[Field]]


def read_fields(reading: Reading) -> Fields:
    """Values by field name, in the order of the document."""
    out: Fields = {}
    carried: str | None = None
    for block in reading.around():
        text = reading.plain(block.text)
        if block.reason == "export":
            if (tag := export_field(text)) is not None:
                _add(out, tag[0], block, tag[1], len(text))
            continue
        if len(text) > _LONG_LINE or block.reason in ("note", "caption", "table") or block.role in ("references", "body", "heading", "abstract"):
            carried = None
            continue
        labels = list(_LABEL.finditer(text))
        if not labels and (slash := _SLASH.match(text)):
            _add(out, "authors", block, slash.end(), len(text))
        if not labels and carried and block.reason == "card":
            _add(out, carried, block, 0, len(text))
        carried = None
        for label, following in zip_longest(labels, labels[1:]):
            name = _NAME_OF[re.sub(r"[\s\u3000]", "", label.group(1)).lower()]
            end = following.start() if following else len(text)
            if not _add(out, name, block, label.end(), end) and following is None:
                carried = name
    return out


def _add(out: Fields, name: str, block: Block, start: int, end: int) -> bool:
    text = block.text
    while start < end and (text[start].isspace() or text[start] in "　|｜"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "　|｜[【（("):
        end -= 1
    if start >= end:
        return False
    out.setdefault(name, []).append(Field(text[start:end], block, start, end))
    return True
