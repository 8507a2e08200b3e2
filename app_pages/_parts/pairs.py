"""Links of any kind as the cards and tables that remedies have: what a link comes from is shown first, what it leads to second."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app_pages._parts.cards import Group, grouped, place, remedies_card
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t
from graph.questions import as_remedy
from graph.records import LinkRow
from pipeline.records import LinkType
from zhengmai.spreadsheet import Cell

COLUMNS = (
    "title",
    "year",
    "kind",
    "from_type",
    "from",
    "to_type",
    "to",
    "basis",
    "confidence",
    "author",
    "tier",
    "sample",
    "from_sentence",
    "to_sentence",
    "place",
)
"""columns of a table of links, by their message keys `pairs.*`"""


def groups(rows: Iterable[LinkRow]) -> list[Group]:
    """Links put together whose first end stands in one sentence."""
    return grouped(map(as_remedy, rows))


def _relation(group: Group, kind: LinkType) -> Html:
    """Which words lead to which, a line for each link: 数据孤岛 —它的成因→ 条块分割."""
    lines = [
        el(
            "li",
            el("mark", _short(row.dilemma.text), cls=f"zm-m zm-{row.dilemma.type}", data_letter=named("letter", row.dilemma.type)),
            el("span", named("link_away", kind), " →", cls="zm-leads"),
            el("mark", _short(row.remedy.text), cls=f"zm-m zm-{row.remedy.type}", data_letter=named("letter", row.remedy.type)),
        )
        for row in group.rows
    ]
    return el("ul", *lines, cls="zm-relation")


def _short(text: str, most: int = 30) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def cards(found: Iterable[Group], kind: LinkType) -> Html:
    """The cards of some groups; above each, which words lead to which."""
    return block(*(el("div", _relation(group, kind), remedies_card(group), cls="zm-pair") for group in found))


def few_cards(rows: Sequence[LinkRow], most: int) -> Html:
    """Cards of the first rows, all of one kind."""
    return cards(groups(rows[:most]), rows[0].type) if rows else Html("")


def table(rows: Iterable[LinkRow]) -> list[list[Cell]]:
    """One row a link, in the order of `COLUMNS`."""
    return [
        [
            row.document.title,
            row.document.year,
            named("kind", row.document.kind),
            named("type", row.source.type),
            row.source.text,
            named("type", row.target.type),
            row.target.text,
            named("basis", row.basis),
            round(row.confidence, 3),
            row.author,
            named("tier", row.tier),
            t("sample.mark") if row.document.sample else "",
            row.source.sentence,
            row.target.sentence,
            f"{row.document.document}:{row.target.start}-{row.target.end}",
        ]
        for row in rows
    ]


def links(rows: Iterable[LinkRow]) -> list[Cell]:
    """Address of each link's second end in its document."""
    return [place(row.document, row.target) for row in rows]
