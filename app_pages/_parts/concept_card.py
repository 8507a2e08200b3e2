"""The card of a concept: what it means, what it is called, what stands around it, what it is often taken for, and how much is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from app_pages._parts.address import Params, QuestionAddress
from app_pages._parts.answer import ask_link, concept_name
from app_pages._parts.grid import column_name
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import language, t, to
from app_pages._parts.session import ConceptLike, RelativesLike
from graph.overviews import Matrix

COUNTED: tuple[Literal["year", "kind", "level"], ...] = ("year", "kind", "level")
"""properties of documents that its statements are counted by"""


def turn(address: QuestionAddress) -> Html:
    """The link that opens the card, or folds it away."""
    words = t("concept.close" if address.card else "concept.open")
    return block(el("p", el("a", words, href=to("", replace(address, card=not address.card).params())), cls="zm-how"))


def _counts(table: Matrix, concept: ConceptLike) -> Html:
    """Works by one property, each number leading to the quotes behind it: 2018 3 · 2021 5."""
    cells = {cell.column: cell for cell in table.cells}
    made = []
    for column in table.columns:
        if column in cells:
            number = f"{cells[column].works:,}"
            place: Params = {"q": concept.name, "by": table.by, "row": concept.id, "col": column}
            # what documents do not say has no cell of its own to be opened
            made.append(join([column_name(column, table.by), " ", el("a", number, href=to("matrix", place)) if column else number]))
    return Html(" · ".join(made))


def card(concept: ConceptLike, around: RelativesLike, get: Callable[[str], ConceptLike | None], tables: Sequence[Matrix]) -> Html:
    """The card; what there is nothing of is left out. `tables`: works and statements about the concept by `COUNTED`."""
    comma = t("list.join")

    def links(ids: Sequence[str]) -> Html:
        return Html(comma.join(ask_link(concept_name(other)) for one in ids if (other := get(one)) is not None))

    rows: Mapping[str, str] = {
        "concept.definition": concept.definition if language() == "zh" else "",
        "concept.chinese": comma.join(concept.names),
        "concept.english": ", ".join(concept.english),
        "concept.broader": links(around.broader),
        "concept.narrower": links(around.narrower),
        "concept.related": links(around.related),
        "concept.near": links(around.near),
        **{f"concept.by_{table.by}": _counts(table, concept) for table in tables},
    }
    cells = (cell for key, value in rows.items() if value for cell in (el("dt", t(key)), el("dd", value)))
    return block(el("section", el("dl", *cells), cls="zm-conceptcard", aria_label=t("concept.title")))
