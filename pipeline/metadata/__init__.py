"""metadata: what a document says of itself, each field with the place it was read from, or absent; never guessed.

Reads the blocks that structure made, the labelled lines of saved pages and what their container says. Never looks at factors, at the name of
the file, or at the clock.
"""

from __future__ import annotations

import re

from corpus.records import SourceText
from pipeline.metadata._completeness import completeness
from pipeline.metadata._fields import Fields, read_fields
from pipeline.metadata._kind import is_taiwanese, read_kind
from pipeline.metadata._official import read_basis, read_expiry, read_force, read_issuers, read_number, read_recipients, read_repeals
from pipeline.metadata._people import read_affiliations, read_authors
from pipeline.metadata._places import gazetteer, named_places
from pipeline.metadata._publication import read_citation, read_dates, read_outlet
from pipeline.metadata._reading import CONTAINER, Reading
from pipeline.metadata._title import read_title
from pipeline.records import DocumentDate, DocumentInfo, DocumentKind
from pipeline.structure import Structure, script_of

__all__ = ["gazetteer", "read_metadata"]

_DROPPED = re.compile(r"\s*(?:DOI|doi|中?图?分\s*类\s*号|文献标[识志]码|文章编号|基金项目|收稿日期).*$")
_LABEL = re.compile(r"^[\s\[【［〔（(]*(?:关\s*键\s*[词字]|键\s*词|主\s*题\s*词)\s*[\]】］〕）)]*\s*[:：]?\s*")
_LICENCE = re.compile(r"CC[\s-]BY(?:[\s-](?:NC|ND|SA))*(?:[\s-]\d\.\d)?|知识共享[^。，\s]{0,30}|创作共用[^。，\s]{0,20}", re.I)


def read_metadata(structure: Structure, source: SourceText, *, document_id: str, sha256: str) -> DocumentInfo:
    """What the document says of itself: `DocumentInfo`, with `read_from` leading each field to its place in the source text.

    The name of the file is not asked: it says what somebody called a copy.
    """
    reading = Reading(structure, source)
    fields = read_fields(reading)
    script = script_of(structure.clean_text)
    title, named = read_title(reading, fields)
    number = read_number(reading, fields)
    issuers = read_issuers(reading, fields, title)
    authors = named or read_authors(reading, fields)
    dates = list(read_dates(reading, fields, taiwan=is_taiwanese(source.text, script)))
    recipients = read_recipients(reading)
    outlet, site = read_outlet(reading, fields)
    kind = read_kind(reading, title=title, number=number, issuers=issuers)
    force = read_force(reading, next((d.value for d in dates if d.kind == "published" and d.precision == "day"), None))
    if force is not None:
        dates.append(DocumentDate(value=force.value, precision=force.precision, kind="in_force"))
    in_force = force.value if force is not None else None
    warnings = list(completeness(reading, fields, title=title, authors=authors, dates=tuple(dates), academic=kind == "academic"))
    return DocumentInfo(
        id=document_id,
        title=title,
        authors=authors,
        affiliations=read_affiliations(reading, fields, academic=kind == "academic"),
        date=_chief(dates, kind),
        dates=tuple(dates),
        outlet=outlet,
        source=site,
        kind=kind,
        number=number,
        issuers=issuers,
        recipients=recipients,
        in_force=in_force,
        expires=read_expiry(reading, fields, in_force),
        basis=read_basis(reading) if kind in ("official", "law") else (),
        repeals=tuple(dict.fromkeys(read_repeals(reading)))[:40] if kind in ("official", "law") else (),
        licence=_licence(reading, fields),
        places=named_places("\n".join(_head_texts(reading, title, [issuer.name for issuer in issuers])), structure.clean_text),
        citation=read_citation(reading, fields),
        keywords=_keywords(reading, fields),
        script=script,
        encoding=source.encoding,
        sha256=sha256,
        warnings=tuple(warnings),
        read_from=dict(sorted(reading.places.items())),
    )


def _chief(dates: list[DocumentDate], kind: DocumentKind) -> DocumentDate | None:
    """The date to sort by: of a paper and of news that of publication, else that of writing; the start of force only for want of both."""
    order = ("published", "written", "in_force") if kind in ("academic", "news", "essay") else ("written", "published", "in_force")
    return min(dates, key=lambda one: order.index(one.kind), default=None)


def _keywords(reading: Reading, fields: Fields) -> tuple[str, ...]:
    for block in reading.role("keywords"):
        label = _LABEL.match(reading.plain(block.text))
        start = label.end() if label else 0
        words = _DROPPED.sub("", block.text[start:])
        if not words.strip():
            # the label stands alone, the words on the next line
            continue
        reading.note("keywords", block, start, start + len(words))
        parts = re.split(r"[;；，,、]+", words) if re.search(r"[;；，,、]", words) else re.split(r"[\s\u3000]+", words)
        return tuple(dict.fromkeys(part.strip(" 。.") for part in parts if part.strip(" 。.")))[:20]
    for field in fields.get("keywords", ()):
        reading.note("keywords", field.block, field.start, field.end)
        return tuple(dict.fromkeys(part for part in re.split(r"[;；，,、\s\u3000△]+", field.value) if part))[:20]
    return ()


def _licence(reading: Reading, fields: Fields) -> str | None:
    for field in fields.get("licence", ()):
        reading.note("licence", field.block, field.start, field.end)
        return field.value
    for block in reading.blocks:
        if not block.kept and len(block.text) < 400 and (found := _LICENCE.search(block.text)):
            reading.note("licence", block, found.start(), found.end())
            return found.group()
    value = reading.meta("dc.rights", "dcterms.license", "license")
    if value:
        reading.places.setdefault("licence", CONTAINER)
    return value


def _head_texts(reading: Reading, title: str | None, issuers: list[str]) -> list[str]:
    return [title or "", *issuers, *(block.text for block in reading.role("abstract", "heading"))]
