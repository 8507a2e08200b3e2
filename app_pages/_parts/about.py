"""What a document says of itself: the table of its metadata; a field that the text does not give is not there."""

from __future__ import annotations

from app_pages._parts.answer import head
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t
from pipeline.records import DocumentInfo, Statements


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


def table(statements: Statements, *, file: str) -> Html:
    """The metadata, what read the document, and the references that it lists."""
    run = statements.run
    rows = [
        (t("about.file"), file),
        *fields(statements.document),
        (t("about.pipeline"), run.pipeline),
        (t("about.components"), t("list.join").join(run.components)),
        (t("about.model"), run.model or ""),
    ]
    cells = el("tbody", *(el("tr", el("td", word), el("td", value)) for word, value in rows if value))
    listed: list[Html] = []
    if statements.references:
        listed = [head(t("about.references"), str(len(statements.references))), el("ol", *(el("li", one.text) for one in statements.references))]
    return block(el("table", cells, cls="zm-clean"), *listed)
