"""The documents behind an answer for reference lists: GB/T 7714—2015, RIS and BibTeX. What a document does not say of itself is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pipeline.records import DocumentInfo, content_id

_MARKS = {"academic": "J", "news": "N", "report": "R", "official": "A", "law": "Z", "essay": "Z", "other": "Z"}
"""kind of document → its mark (GB/T 7714—2015, table B.1; A: archives and official texts, as usual in the field); Z: what has none of its own"""
_RIS = {"academic": "JOUR", "news": "NEWS", "report": "RPRT", "official": "GOVDOC", "law": "STAT"}
_BIBTEX = {"academic": "article", "report": "techreport"}
SAMPLE = "示例（虚构）"
"""mark of texts that were written for this project, behind every quote and reference"""
_NAMED = 3
"""authors that are named; the others are 等 (8.1.2)"""
_INITIALS = re.compile(r"[A-Z]\.?(?:[ -]?[A-Z]\.?){0,2}")
_LATEX = {"\\": r"\textbackslash{}", **{sign: "\\" + sign for sign in "&%$#_{}"}, "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def gbt7714(info: DocumentInfo, *, page: str | None = None) -> str:
    """The document as a reference: 作者. 题名[J]. 刊名, 年, 卷(期): 页码.

    `page`: the page or item that is cited, instead of those of the whole. Official texts are cited by issuer, number and day:
    甲省人民政府办公厅. 关于推进数据共享的意见: 甲政办发〔2022〕98号[A]. 2022-05-18.
    """
    by, title, mark = _authors(info), info.title or info.id, _MARKS[info.kind]
    if info.number:
        title = f"{title}: {info.number}"
    if info.citation.url and mark != "J":
        mark = "EB" if mark == "Z" else mark
    online = "/OL" if info.citation.url else ""
    pages = page or info.citation.pages
    when = info.date.value if info.date else None
    if mark == "J":
        volume = info.citation.volume or ""
        issue = f"({info.citation.issue})" if info.citation.issue else ""
        where = ", ".join(part for part in (info.outlet, when[:4] if when else None, f"{volume}{issue}" or None) if part)
        where += f": {pages}" if pages else ""
    else:
        where = ", ".join(part for part in (info.outlet, when) if part) + (f": {pages}" if pages else "")
    parts = [by, f"{title}[{mark}{online}]", where, info.citation.url or "", f"DOI:{info.citation.doi}" if info.citation.doi else ""]
    return ". ".join(" ".join(part.split()).rstrip(".") for part in parts if part) + "."


def cited(info: DocumentInfo, *, sample: bool) -> str:
    """The reference of `gbt7714`, with 示例（虚构） behind that of a sample."""
    return f"{gbt7714(info)} {SAMPLE}" if sample else gbt7714(info)


def ris(documents: Iterable[DocumentInfo], *, samples: Collection[str] = ()) -> str:
    """Reference Manager records, one a document, as Zotero and EndNote read them; `samples`: ids of those that are written for this project."""
    return "".join(_ris_record(info, sample=info.id in samples) for info in documents)


def _ris_record(info: DocumentInfo, *, sample: bool) -> str:
    first, _, last = (info.citation.pages or "").partition("-")
    issuers = tuple(issuer.name for issuer in info.issuers)
    fields: list[tuple[str, str | None]] = [
        ("TY", _RIS.get(info.kind, "GEN")),
        *(("AU", name) for name in (info.authors or issuers)),
        ("TI", info.title or info.id),
        ("T2", info.outlet),
        ("PY", info.date.value[:4] if info.date else None),
        ("DA", info.date.value.replace("-", "/") if info.date else None),
        ("VL", info.citation.volume),
        ("IS", info.citation.issue or info.number),
        ("SP", first or None),
        ("EP", last or None),
        ("DO", info.citation.doi),
        ("UR", info.citation.url),
        *(("KW", word) for word in info.keywords),
        ("N1", SAMPLE if sample else None),
        ("ID", info.id),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def bibtex(documents: Iterable[DocumentInfo], *, samples: Collection[str] = ()) -> str:
    """BibTeX entries in UTF-8, one a document, keyed by its id; `samples` as for `ris`."""
    return "\n".join(_bibtex_entry(info, sample=info.id in samples) for info in documents)


def _bibtex_entry(info: DocumentInfo, *, sample: bool) -> str:
    issuers = tuple(issuer.name for issuer in info.issuers)
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in (info.authors or issuers)),
        "title": f"{{{_tex(info.title or info.id)}}}",
        "journal" if info.kind == "academic" else "howpublished": _tex(info.outlet or ""),
        "year": info.date.value[:4] if info.date else "",
        "date": info.date.value if info.date else "",
        "volume": _tex(info.citation.volume or ""),
        "number": _tex(info.citation.issue or info.number or ""),
        "pages": _tex((info.citation.pages or "").replace("-", "--")),
        "doi": info.citation.doi or "",
        "url": info.citation.url or "",
        "note": SAMPLE if sample else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_BIBTEX.get(info.kind, 'misc')}{{{_bibtex_key(info.id)},", *lines, "}", ""])


def _bibtex_key(identity: str) -> str:
    """A key that BibTeX can read, of its own for every id."""
    plain = re.sub("[^A-Za-z0-9]", "", identity)
    return plain if plain == identity else content_id(plain or "d", identity)


def _tex(words: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in " ".join(words.split()))


def _authors(info: DocumentInfo) -> str:
    names = info.authors or tuple(issuer.name for issuer in info.issuers)
    if len(names) <= _NAMED:
        return ", ".join(map(_inverted, names))
    latin = all(name.isascii() for name in names)
    return ", ".join((*map(_inverted, names[:_NAMED]), "et al" if latin else "等"))


def _inverted(name: str) -> str:
    """A Latin name with its surname in capitals where the form says which part that is: Li Y, Li, Yan → LI Y; others as they stand (8.1.1)."""
    surname, comma, given = name.partition(",")
    if comma and name.isascii():
        return f"{surname.strip().upper()} {' '.join(part[0].upper() for part in given.replace('.', ' ').split())}"
    first, _, rest = name.partition(" ")
    return f"{first.upper()} {rest.replace('.', '')}" if name.isascii() and _INITIALS.fullmatch(rest) else name
