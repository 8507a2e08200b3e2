"""Chains as a drawing: driver → dilemma → remedy → goal from left to right, each box a quote that leads to its place, each arrow by its basis."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._parts import picture
from app_pages._parts.act_links import document_link
from app_pages._parts.cards import chip, source_line
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import named, t
from graph.records import FactorView, Quote
from pipeline.records import FACTOR_TYPES
from zhengmai.chains import Chain

NAME = "chains"
"""of the picture that they are saved as"""


def _box(quote: FactorView | Quote, document: str) -> Html:
    return el("a", quote.text, href=document_link(document, (quote.start, quote.end)), cls=f"zm-box zm-{quote.type}", title=named("type", quote.type))


def _column(kind: str, quotes: Sequence[FactorView | Quote], document: str) -> Html:
    boxes = [_box(quote, document) for quote in quotes] or [el("span", t("chain.none"), cls="zm-box zm-void")]
    return el("div", *boxes, cls=f"zm-link-of zm-of-{kind}")


def _arrow(words: str = "", basis: str = "stated") -> Html:
    return el("span", words, cls=f"zm-arrow zm-{basis}", role="img", aria_label="→")


def drawing(chains: Sequence[Chain]) -> Html:
    """The chains one under another; a column without words says so, and no arrow leads from or to it."""
    heads = el(
        "div", *(part for kind in FACTOR_TYPES for part in (chip(kind), "" if kind == "goal" else el("span"))), cls="zm-chain zm-chain-head", data_drawn=NAME
    )
    rows = []
    for chain in chains:
        row, document = chain.row, chain.row.source.document
        parts = [
            _column("driver", chain.drivers, document),
            _arrow() if chain.drivers else el("span"),
            _column("dilemma", [row.dilemma], document),
            _arrow(named("basis", row.basis), row.basis),
            _column("countermeasure", [row.remedy], document),
            _arrow() if chain.goals else el("span"),
            _column("goal", chain.goals, document),
        ]
        rows.append(el("article", source_line(row.source), el("div", *parts, cls="zm-chain"), cls="zm-card", data_drawn=NAME))
    return join([picture.button(NAME), block(heads, *rows)])
