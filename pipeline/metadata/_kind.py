"""What kind of document it is."""

from __future__ import annotations

import re

from pipeline.metadata._reading import Reading
from pipeline.records import DocumentKind, Issuer

__all__ = ["is_taiwanese", "read_kind"]

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]{1,6}条")
_LAW_TITLE = re.compile(r"(?:法|条例|规定|办法|细则|规则|决定|解释|规程|安排|补充规定|批复)(?:[（(].{1,20}[）)])?$")
_OFFICIAL_TITLE = re.compile(
    r"(?:通知|意见|方案|决定|公告|通告|批复|复函|函|通报|规划|纲要|办法|要点|清单|答复|命令|决议|请示|计划|预案)(?:[（(].{1,20}[）)])?$"
)
_RULES_ABOUT = re.compile(r"^[一-鿿（）()]{0,20}关于.{2,60}(?:规定|细则|条例|规则|命令)(?:[（(].{1,20}[）)])?$")
_ABOUT = re.compile(r"关于|方案|规划|纲要|要点")
_REPORT_TITLE = re.compile(r"工作报告|调研报告|调查报告|评估报告|研究报告|年度报告|白皮书|蓝皮书|发展报告|公报(?:[（(].{1,20}[）)])?$")
_NEWS = re.compile(r"(?:本报|本网|新华社|中新社|央视网|记者|通讯员)[^。]{0,20}(?:讯|电|报道|记者)|记者[从在获]|[（(]记者\s*[\u4e00-\u9fff]{2,4}[）)]")
_TAIWAN = re.compile(r"中華民國|民國\d|行政院|臺灣|台灣|立法院")
_SAMPLE = 20_000


def read_kind(reading: Reading, *, title: str | None, number: str | None, issuers: tuple[Issuer, ...]) -> DocumentKind:
    """Kind by the parts of the document and the kind that its title names."""
    roles = {block.role for block in reading.blocks}
    reasons = {block.reason for block in reading.blocks}
    words = title or ""
    articles = sum(1 for block in reading.blocks if block.role == "body" and block.number and _ARTICLE.match(block.number))
    lawful = any(issuer.level in ("court", "people's congress") for issuer in issuers)
    if (articles >= 3 or lawful) and _LAW_TITLE.search(words):
        return "law"
    if "abstract" in roles or "references" in roles:
        return "academic"
    if _REPORT_TITLE.search(words):
        return "report"
    if articles >= 5:
        return "law"
    signed = bool(issuers) or "signature" in reasons
    if number or "recipients" in reading.places or _RULES_ABOUT.match(words) or (_OFFICIAL_TITLE.search(words) and (signed or _ABOUT.search(words))):
        return "official"
    if "keywords" in roles and reading.source.format not in ("html", "mhtml"):
        return "academic"
    if _NEWS.search(reading.text[:_SAMPLE]) or ("outlet" in reading.places and reading.source.format in ("html", "mhtml")):
        return "news"
    return "essay" if reading.text else "other"


def is_taiwanese(text: str, script: str) -> bool:
    """Whether the document is marked as Taiwanese: in traditional script, and it counts years of the Republic or names its offices."""
    return script != "hans" and bool(_TAIWAN.search(text[:_SAMPLE]))
