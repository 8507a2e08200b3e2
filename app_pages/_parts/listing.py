"""The list of documents: title, year, kind, what was found in it, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._parts.address import DocumentAddress
from app_pages._parts.cards import sample_mark, untitled
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t, to
from zhengmai.workspace import Held

HEADS = ("column.title", "column.year", "column.kind", "documents.contents", "documents.status")


def matching(rows: Sequence[Held], words: str) -> list[Held]:
    """Rows whose title or file name holds every word, whatever the letter case; those that are not ready first, then the latest year first."""
    wanted = words.casefold().split()
    found = [row for row in rows if all(word in f"{row.title} {row.file}".casefold() for word in wanted)]
    return sorted(found, key=lambda row: (row.status == "ready", -(row.year or 0), row.title, row.id))


def _row(row: Held) -> Html:
    ready = row.status == "ready"
    cells = [
        el("div", el("b", untitled(row.title, row.file)), " ", sample_mark() if row.sample else "", el("small", row.message or row.record.name)),
        el("span", str(row.year or "—")),
        el("span", named("kind", row.kind)),
        el("span", t("documents.found", factors=row.factors, links=row.links) if ready else ""),
        el("span", named("status", row.status), cls=f"zm-{row.status}"),
    ]
    if ready:
        return el("a", *cells, cls="zm-row", href=to("document", DocumentAddress(doc=row.id).params()))
    return el("div", *cells, cls="zm-row")


def table(rows: Sequence[Held], *, total: int, found: int) -> Html:
    """One page of the list; an empty one says what to do."""
    if not rows:
        return block(el("div", el("p", t("documents.nothing_found") if total else t("documents.empty")), cls="zm-note"))
    count = t("documents.count", n=total) if found == total else t("documents.count_found", found=found, total=total)
    top = el("div", *(el("span", t(key)) for key in HEADS), cls="zm-row zm-top")
    return block(el("p", count, cls="zm-how"), el("div", top, *map(_row, rows), cls="zm-rows"))
