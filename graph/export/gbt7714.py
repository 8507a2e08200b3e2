"""A document as a reference by GB/T 7714, in the edition of 2015 or that of 2025. What a document does not say of itself is left out.

2015: the standard itself (8.1.1, 8.1.2, table B.1; 引用日期 of electronic resources). 2025 (in force from 2026-07-01): its text is not public; what
differs here is what is known of it from outside: full-width ， ： （ ） between the parts, surnames as they are written and not in capitals, and a date of
access for web pages alone (the style GB/T 7714—2025 of zotero-chinese/styles with its examples; Wuhan University, which led the revision, on its changes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.records import DocumentInfo

__all__ = ["SAMPLE", "Edition", "cited", "gbt7714"]

Edition = Literal["2015", "2025"]
SAMPLE = "示例（虚构）"
"""mark of texts that were written for this project, behind every quote and reference"""

_MARKS = {"academic": "J", "news": "N", "report": "R", "official": "A", "law": "Z", "essay": "Z", "other": "Z"}
"""kind of document → its mark (GB/T 7714—2015, table B.1; A: archives and official texts, as usual in the field); Z: what has none of its own"""
_NAMED = 3
"""authors that are named; the others are 等 (8.1.2)"""
_INITIALS = re.compile(r"[A-Z]\.?(?:[ -]?[A-Z]\.?){0,2}")


@dataclass(frozen=True, slots=True)
class _Signs:
    """Signs between the parts of a reference."""

    comma: str
    colon: str
    left: str
    right: str


_SIGNS: dict[Edition, _Signs] = {"2015": _Signs(", ", ": ", "(", ")"), "2025": _Signs("，", "：", "（", "）")}


def gbt7714(info: DocumentInfo, *, page: str | None = None, accessed: str | None = None, edition: Edition = "2015") -> str:
    """The document as a reference: 作者. 题名[J]. 刊名, 年, 卷(期): 页码.

    `page`: the page or item that is cited, instead of those of the whole. `accessed`: the day (2026-11-26) on which an online source was read; of others it
    is passed over. Official texts are cited by issuer, number and day: 甲省人民政府办公厅. 关于推进数据共享的意见: 甲政办发〔2022〕98号[A]. 2022-05-18.
    """
    signs, url = _SIGNS[edition], info.citation.url
    by, title, mark = _authors(info, edition), info.title or info.id, _MARKS[info.kind]
    if info.number:
        title = f"{title}{signs.colon}{info.number}"
    if url and mark == "Z":
        mark = "EB"
    pages, when = page or info.citation.pages, info.date.value if info.date else None
    at = f"{signs.colon}{pages}" if pages else ""
    read = f"[{accessed}]" if accessed and url and (edition == "2015" or mark == "EB") else ""
    if mark == "J":
        issue = f"{signs.left}{info.citation.issue}{signs.right}" if info.citation.issue else ""
        volume = info.citation.volume or ""
        # without a volume the issue stands next to the year: 1993(7)
        whole = (info.outlet, when[:4] if when else None, f"{volume}{issue}" or None) if volume else (info.outlet, f"{when[:4] if when else ''}{issue}" or None)
        where = signs.comma.join(part for part in whole if part) + at + read
    elif url and mark != "N":
        # an online source: (day of publication)[day of access]
        day = f"{signs.left}{when}{signs.right}" if when else ""
        where = f"{info.outlet or ''}{at}{day}{read}"
    else:
        where = signs.comma.join(part for part in (info.outlet, when) if part) + at + read
    doi = f"DOI:{info.citation.doi}" if info.citation.doi else ""
    parts = [by, f"{title}[{mark}{'/OL' if url else ''}]", where, url or "", doi]
    return ". ".join(" ".join(part.split()).rstrip(".") for part in parts if part) + "."


def cited(info: DocumentInfo, *, sample: bool, accessed: str | None = None, edition: Edition = "2015") -> str:
    """The reference of `gbt7714`, with 示例（虚构） behind that of a sample."""
    reference = gbt7714(info, accessed=accessed, edition=edition)
    return f"{reference} {SAMPLE}" if sample else reference


def _authors(info: DocumentInfo, edition: Edition) -> str:
    names = info.authors or tuple(issuer.name for issuer in info.issuers)
    written = [_inverted(name, edition) for name in names[:_NAMED]]
    if len(names) > _NAMED:
        written.append("et al" if all(name.isascii() for name in names) else "等")
    return _SIGNS[edition].comma.join(written)


def _inverted(name: str, edition: Edition) -> str:
    """A Latin name with its surname first where the form says which part that is (in 2015 in capitals): Li, Yan → LI Y; others as they stand (8.1.1)."""
    surname, comma, given = name.partition(",")
    if comma and name.isascii():
        return f"{_surname(surname.strip(), edition)} {' '.join(part[0].upper() for part in given.replace('.', ' ').split())}"
    first, _, rest = name.partition(" ")
    return f"{_surname(first, edition)} {rest.replace('.', '')}" if name.isascii() and _INITIALS.fullmatch(rest) else name


def _surname(surname: str, edition: Edition) -> str:
    return surname.upper() if edition == "2015" else surname
