"""The documents behind an answer for reference managers: RIS and BibTeX. What a document does not say of itself is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from graph.export.gbt7714 import SAMPLE
from pipeline.records import DocumentInfo, content_id

_RIS = {"academic": "JOUR", "news": "NEWS", "report": "RPRT", "official": "GOVDOC", "law": "STAT"}
_BIBTEX = {"academic": "article", "report": "techreport"}
_LATEX = {"\\": r"\textbackslash{}", **{sign: "\\" + sign for sign in "&%$#_{}"}, "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def ris(documents: Iterable[DocumentInfo], *, samples: Collection[str] = (), accessed: Mapping[str, str] = {}) -> str:
    """Reference Manager records, one a document, as Zotero and EndNote read them.

    `samples`: ids of those that are written for this project; `accessed`: id → day on which an online source was read.
    """
    return "".join(_ris_record(info, sample=info.id in samples, accessed=accessed.get(info.id)) for info in documents)


def _ris_record(info: DocumentInfo, *, sample: bool, accessed: str | None) -> str:
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
        ("Y2", accessed.replace("-", "/") if accessed and info.citation.url else None),
        *(("KW", word) for word in info.keywords),
        ("N1", SAMPLE if sample else None),
        ("ID", info.id),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def bibtex(documents: Iterable[DocumentInfo], *, samples: Collection[str] = (), accessed: Mapping[str, str] = {}) -> str:
    """BibTeX entries in UTF-8, one a document, keyed by its id; `samples` and `accessed` as for `ris`."""
    return "\n".join(_bibtex_entry(info, sample=info.id in samples, accessed=accessed.get(info.id)) for info in documents)


def _bibtex_entry(info: DocumentInfo, *, sample: bool, accessed: str | None) -> str:
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
        "urldate": accessed if accessed and info.citation.url else "",
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
