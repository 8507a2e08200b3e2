"""What a document says of itself: the table of its metadata; a field that the text does not give is not there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app_pages._parts.address import DocumentAddress
from app_pages._parts.answer import head
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t, to
from corpus.records import DocumentRecord
from pipeline.records import DocumentInfo, Statements
from zhengmai.citing import reference
from zhengmai.kin import Kin

_NUMBERED = re.compile(r"\s*(?:[\[［〔(（]\d{1,3}[\]］〕)）]|\d{1,3}[.．、])")
"""the number that a list of references gives its entries"""


def _with(name: str, remark: str | None) -> str:
    return t("about.with", name=name, remark=remark) if remark else name


def fields(info: DocumentInfo) -> list[tuple[str, str]]:
    """Word and value of every field that the document gives."""
    comma, citation = t("list.join"), info.citation
    dates = info.dates or ((info.date,) if info.date else ())
    rows = [
        (t("about.title"), info.title or ""),
        (t("about.authors"), comma.join(info.authors)),
        (t("about.issuers"), comma.join(_with(issuer.name, named("level", issuer.level)) for issuer in info.issuers)),
        (t("about.number"), info.number or ""),
        (t("about.dates"), comma.join(_with(date.value, named("date", date.kind)) for date in dates)),
        (t("about.in_force"), info.in_force or ""),
        (t("about.expires"), info.expires or ""),
        (t("about.kind"), named("kind", info.kind)),
        (t("about.outlet"), info.outlet or ""),
        (t("about.source"), info.source or ""),
        (t("about.places"), comma.join(_with(place.name, place.code) for place in info.places)),
        (t("about.recipients"), comma.join(info.recipients)),
        (t("about.basis"), comma.join(info.basis)),
        (t("about.keywords"), comma.join(info.keywords)),
        (t("about.volume"), comma.join(part for part in (citation.volume, citation.issue, citation.pages) if part)),
        (t("about.doi"), citation.doi or ""),
        (t("about.url"), citation.url or ""),
        (t("about.script"), named("script", info.script)),
        (t("about.encoding"), info.encoding),
        (t("about.sha256"), info.sha256),
    ]
    return [(word, value) for word, value in rows if value]


def _each(records: Sequence[DocumentRecord], titles: Mapping[str, str]) -> Html:
    """Documents as links, each with its version and the day on which it was added."""
    items = [
        el(
            "li",
            el("a", titles.get(one.id) or one.stem, href=to("document", DocumentAddress(doc=one.id).params())),
            el("small", t("about.version_of", n=one.version, day=one.added[:10])),
        )
        for one in records
    ]
    return el("ul", *items, cls="zm-kin")


def held(record: DocumentRecord, kin: Kin, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the corpus keeps of the document: when it came, which version it is, what else there is of it, who may see it."""
    rows = [(t("about.added"), t("about.version_of", n=record.version, day=record.added[:10])), (t("about.access"), named("access", record.access))]
    together = (("about.earlier", kin.earlier), ("about.later", kin.later), ("about.copies", kin.copies))
    return rows + [(t(key), _each(records, titles)) for key, records in together if records]


def _references(texts: Sequence[str]) -> Html:
    """The list; what bears its own number gets no second one."""
    own = any(_NUMBERED.match(text) for text in texts)
    return el("ul" if own else "ol", *(el("li", text) for text in texts), cls="zm-references")


def table(statements: Statements, *, file: str, more: Sequence[tuple[str, str]] = ()) -> Html:
    """The document as a reference, its metadata, what the corpus keeps of it (`more`), what read it, and the references that it lists."""
    run = statements.run
    rows = [
        (t("about.reference"), reference(statements.document)),
        (t("about.file"), file),
        *fields(statements.document),
        *more,
        (t("about.pipeline"), run.pipeline),
        (t("about.components"), t("list.join").join(run.components)),
        (t("about.model"), run.model or ""),
    ]
    cells = el("tbody", *(el("tr", el("td", word), el("td", value)) for word, value in rows if value))
    listed: list[Html] = []
    if statements.references:
        listed = [head(t("about.references"), str(len(statements.references))), _references([one.text for one in statements.references])]
    return block(el("table", cells, cls="zm-clean"), *listed)
