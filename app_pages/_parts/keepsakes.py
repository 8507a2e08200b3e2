"""Kept quotes as cards, as a table, and as a text to be pasted into a manuscript."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._parts.act_links import absolute, document_link
from app_pages._parts.cards import chip, sample_mark, titled
from app_pages._parts.html import Html, el, join
from app_pages._parts.language import named, t
from pipeline.records import FACTOR_TYPES
from zhengmai.desk import KeptQuote
from zhengmai.spreadsheet import Cell

COLUMNS = (
    "basket.quote",
    "reading.types",
    "basket.sentence",
    "column.title",
    "column.year",
    "basket.reference",
    "basket.link",
    "basket.note",
    "basket.at",
    "column.sample",
)


def _link(quote: KeptQuote) -> str:
    """Address of the words in their document, with host, or nothing where they are no longer there."""
    return absolute(document_link(quote.kept.anchor.document, quote.place)) if quote.place else ""


def _marked(quote: KeptQuote) -> Html:
    """The sentence with the kept words in it marked; the words alone where they are the sentence or it is not found."""
    words, kind = quote.kept.anchor.quote, quote.kept.type
    before, found, after = quote.sentence.partition(words)
    if not found:
        return join([words])
    style = f"zm-m zm-{kind}" if kind in FACTOR_TYPES else "zm-word"
    return join([before, el("mark", words, cls=style), after])


def card(quote: KeptQuote) -> Html:
    """One quote: its document, its sentence, its reference, its note, and the way back to its place."""
    kept, source = quote.kept, quote.source
    head = [el("span", titled(source), cls="zm-title"), el("span", str(source.year or "")), sample_mark() if source.sample else ""] if source else []
    lead = el("a", t("quote.open"), href=document_link(kept.anchor.document, quote.place), cls="zm-open") if quote.place else ""
    return el(
        "article",
        el("header", chip(kept.type) if kept.type else "", *head, cls="zm-source"),
        el("blockquote", _marked(quote)),
        el("p", kept.note, cls="zm-said") if kept.note else "",
        el("p", t("basket.gone"), cls="zm-how") if quote.place is None else "",
        el("div", el("div", quote.citation.text if quote.citation else "", cls="zm-facts zm-reference"), lead, cls="zm-under"),
        cls="zm-card zm-small",
    )


def table(quotes: Sequence[KeptQuote]) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows, one a quote."""
    rows: list[list[Cell]] = [
        [
            quote.kept.anchor.quote,
            named("type", quote.kept.type),
            quote.sentence,
            quote.source.title if quote.source else "",
            quote.source.year if quote.source else None,
            quote.citation.text if quote.citation else "",
            _link(quote),
            quote.kept.note,
            quote.kept.at[:10],
            t("sample.mark") if quote.source and quote.source.sample else "",
        ]
        for quote in quotes
    ]
    return [t(column) for column in COLUMNS], rows


def text(name: str, quotes: Sequence[KeptQuote]) -> str:
    """The quotes one under another, numbered, each with its reference and link."""
    parts = [name, ""]
    for number, quote in enumerate(quotes, 1):
        sample = f" {t('sample.mark')}" if quote.source and quote.source.sample else ""
        reference = quote.citation.text if quote.citation else t("basket.gone")
        parts += [
            f"[{number}] “{quote.kept.anchor.quote}”{sample}",
            f"    {reference}",
            *(f"    {line}" for line in (_link(quote), quote.kept.note) if line),
            "",
        ]
    return "\n".join(parts)
