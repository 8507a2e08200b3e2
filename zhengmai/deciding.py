"""What people decide about a factor or link: accept, reject, undo. Written down first, then put on the graph of that document."""

from __future__ import annotations

from typing import Literal

from corpus.decisions import anchor
from corpus.records import Anchor, Decision
from graph.records import DocumentView
from zhengmai.documents import now, read_statements, statements_path
from zhengmai.errors import NothingFound
from zhengmai.holdings import Holdings
from zhengmai.syncing import put, stamp_of


def decide(holdings: Holdings, document: str, *, kind: Literal["accept", "reject"], statement: str, who: str, note: str | None = None) -> Decision:
    """The decision about a factor or link as the person sees it now, anchored by its quotes; the graph holds it when this returns.

    Raises:
        NothingFound: the document has no such factor or link.
        ValueError: nobody is named.
    """
    view = holdings.store.document(document)
    factors = {factor.id: factor for factor in view.factors}
    before: dict[str, str | float | None]
    if statement in factors:
        factor = factors[statement]
        target: Literal["factor", "link"] = "factor"
        type_: str = factor.type
        anchors: tuple[Anchor, ...] = (anchored(view, factor.start, factor.end),)
        before = {"type": factor.type, "text": factor.text, "confidence": factor.confidence, "author": factor.author, "review": factor.review}
    else:
        link = next((link for link in view.links if link.id == statement), None)
        if link is None:
            raise NothingFound("factor or link", statement, known=f"`python -m zhengmai show {document}` lists those of the document")
        target, type_ = "link", link.type
        anchors = tuple(anchored(view, end.start, end.end) for end in (factors[link.source], factors[link.target]))
        before = {"type": link.type, "basis": link.basis, "confidence": link.confidence, "author": link.author, "review": link.review}
    decision = holdings.log.append(kind=kind, who=who, target=target, type=type_, anchors=anchors, before=before, note=note, now=now())
    refresh(holdings, document)
    return decision


def undo(holdings: Holdings, decision: str, *, who: str) -> Decision:
    """The decision that takes `decision` back; the graph holds it when this returns.

    Raises:
        NothingFound: there is no such decision.
    """
    earlier = next((one for one in holdings.log.read() if one.id == decision), None)
    if earlier is None:
        raise NothingFound("decision", decision)
    taken = holdings.log.append(kind="undo", who=who, undoes=decision, now=now())
    for document in dict.fromkeys(place.document for place in earlier.anchors):
        refresh(holdings, document)
    return taken


def anchored(view: DocumentView, start: int, end: int) -> Anchor:
    """The anchor of a place of a document, `[start, end)` of its cleaned text.

    Raises:
        ValueError: it is no stretch of the text.
    """
    block = next((block for block in view.blocks if block.start is not None and block.end is not None and block.start <= start < block.end), None)
    # the block's place in the source: what cleaning did inside it is not in the statement file
    raw = block.raw if block else (start, end)
    return anchor(view.source.document, view.clean_text, start, end, raw=raw)


def refresh(holdings: Holdings, document: str) -> None:
    """Make the graph of one document agree with the decisions about it."""
    record = holdings.catalogue.get(document)
    data = statements_path(holdings, document).read_bytes()
    decisions = holdings.log.read()
    put(holdings, record, read_statements(holdings, document), decisions, stamp=stamp_of(holdings, record, data, decisions))
