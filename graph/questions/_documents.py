"""Questions about documents: everything about one of them, and counts over all."""

from __future__ import annotations

import msgspec

from graph.errors import UnknownDocument
from graph.overviews import Hanging
from graph.questions._asked import checked, is_whole
from graph.records import DocumentView, Filters, Statistics
from graph.store import GraphStore

__all__ = ["HIDDEN", "document_view", "hanging", "statistics"]

_OPEN = Filters()
HIDDEN = "□"
"""stands for a character that is not shown, as it does for one that is missing in print"""


def document_view(store: GraphStore, document: str) -> DocumentView:
    """Blocks, sentences, factors, links and acts of a document with their review states; rejected statements are there too.

    Of a document that may only be quoted (`access` quotes) the text outside its title, its headings and the sentences of its statements
    is a row of `□`, one a character, so that every place holds: `clean_text[start:end]` is still the text of each block and factor.
    Who checks its statements reads the whole text by `store.document`.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    view = store.document(known(document))
    return _quotes_alone(view) if view.source.access == "quotes" else view


def known(document: str) -> str:
    """`document`, if it can be an id at all.

    Raises:
        UnknownDocument: it holds half a character.
    """
    if not is_whole(document):
        raise UnknownDocument(document)
    return document


def _quotes_alone(view: DocumentView) -> DocumentView:
    shown = [(block.start, block.end) for block in view.blocks if block.role in ("title", "heading") and block.start is not None and block.end is not None]
    shown += [(factor.sentence_start, factor.sentence_start + len(factor.sentence)) for factor in view.factors if factor.review != "rejected"]
    text = ["\n" if character == "\n" else HIDDEN for character in view.clean_text]
    for start, end in shown:
        text[start:end] = view.clean_text[start:end]
    visible = "".join(text)
    blocks = [
        msgspec.structs.replace(block, text=HIDDEN * len(block.text) if block.start is None else visible[block.start : block.end]) for block in view.blocks
    ]
    factors = [
        msgspec.structs.replace(
            factor,
            text=visible[factor.start : factor.end],
            sentence=visible[factor.sentence_start : factor.sentence_start + len(factor.sentence)],
        )
        for factor in view.factors
    ]
    return msgspec.structs.replace(view, clean_text=visible, blocks=tuple(blocks), factors=tuple(factors))


def hanging(store: GraphStore, document: str) -> Hanging:
    """What would lose its last support if this document were withdrawn, and what would only weaken.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    supports, ties = store.supports(known(document)), store.tie_supports(document)
    return Hanging(
        document=document,
        lost=tuple(support for support in supports if support.others == 0),
        weakened=tuple(support for support in supports if support.others > 0),
        lost_ties=tuple(tie for tie in ties if tie.others == 0),
        weakened_ties=tuple(tie for tie in ties if tie.others > 0),
    )


def statistics(store: GraphStore, *, filters: Filters = _OPEN) -> Statistics:
    """What the graph holds, by works: factors, links, entities, years, kinds, the commonest concepts."""
    return store.statistics(checked(filters))
