"""What readers and editors do beside asking, as methods of the workspace: report what is wrong, answer reports, keep quotes and views, cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from corpus.decisions import find_again
from corpus.records import Decision, DocumentRecord, Verdict
from graph import questions
from graph.errors import UnknownDocument
from graph.records import DocumentView, RemedyRow, SourceRef, supplied_title
from pipeline.records import Statements
from zhengmai import citing, deciding, documents, reporting
from zhengmai.baskets import Basket, Kept, SavedView
from zhengmai.chains import Chain, chains
from zhengmai.citing import Citation
from zhengmai.documents import now
from zhengmai.errors import NothingFound
from zhengmai.holdings import Holdings
from zhengmai.reporting import Report

__all__ = ["Desk", "KeptQuote"]


SAMPLE = "示例（虚构）"
"""stands before a reference to a document that was written for this project, in every language"""


class KeptQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A kept quote as it can be shown now."""

    kept: Kept
    source: SourceRef | None
    """none where the document is no longer in the graph"""
    place: tuple[int, int] | None
    """where the words stand now, or none"""
    sentence: str
    """the sentence around them, or the words alone"""
    citation: Citation | None


class Desk:
    """Part of `zhengmai.workspace.Workspace`."""

    holdings: Holdings

    def decide(
        self, document: str, *, kind: Literal["accept", "reject"], factor: str | None = None, link: str | None = None, who: str, note: str | None = None
    ) -> Decision:
        """A decision about a factor or link; the graph holds it when this returns."""
        return deciding.decide(self.holdings, document, kind=kind, statement=factor or link or "", who=who, note=note)

    def _refresh(self, document: str) -> None:
        deciding.refresh(self.holdings, document)

    def _made(self, document: str) -> Statements:
        return documents.read_statements(self.holdings, document)

    def _record(self, document: str) -> DocumentRecord:
        return self.holdings.catalogue.get(document)

    def report(self, document: str, *, statement: str | None = None, place: tuple[int, int] | None = None, who: str = "", note: str = "") -> Decision:
        """有误: what a reader finds wrong with a factor, a link, or the words at a place; nothing changes but that editors see it.

        Raises:
            NothingFound: the document has no such statement or place.
        """
        holdings = self.holdings
        claimed = reporting.claim(holdings.store.document(document), statement=statement, place=place)
        decision = holdings.log.append(
            kind="report",
            who=who.strip(),
            target=claimed.target,
            type=claimed.type,
            anchors=claimed.anchors,
            before=claimed.before,
            note=note.strip()[: reporting.LONGEST_NOTE] or None,
            now=now(),
        )
        self._refresh(document)
        return decision

    def decisions(self) -> tuple[Decision, ...]:
        """Everything that people decided and reported, oldest first."""
        return self.holdings.log.read()

    def reports(self) -> tuple[Report, ...]:
        """What readers reported, open reports first."""
        decisions = self.holdings.log.read()
        if not any(one.kind == "report" for one in decisions):
            return ()
        return reporting.reports(decisions, self.holdings.store.outcomes())

    def answer(self, report: str, verdict: Verdict, *, who: str, note: str = "") -> Decision:
        """What an editor says to a report; with `accept` the statement is rejected in the editor's name, else nothing changes.

        Raises:
            NothingFound: there is no such report.
            AlreadyAnswered: it has an answer that nobody took back.
            ValueError: nobody is named.
        """
        holdings = self.holdings
        about = next((one for one in self.reports() if one.id == report), None)
        asked = next((one for one in holdings.log.read() if one.id == report), None)
        if about is None or asked is None:
            raise NothingFound("report", report, known="`python -m zhengmai reports` lists them")
        words = note.strip()[: reporting.LONGEST_NOTE] or None
        decision = holdings.log.append(
            kind="answer", who=who, target=asked.target, type=asked.type, anchors=asked.anchors, note=words, answers=report, verdict=verdict, now=now()
        )
        if verdict == "accept" and about.statement is not None:
            factor, link = (about.statement, None) if about.target == "factor" else (None, about.statement)
            self.decide(about.document, kind="reject", factor=factor, link=link, who=who, note=words)
        for document in dict.fromkeys([about.document, *(anchor.document for anchor in asked.anchors)]):
            if document in {summary.source.document for summary in holdings.store.documents()}:
                self._refresh(document)
        return decision

    def spoken_of(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Chinese and English names of every concept of the register that a document speaks of, in the order of the register."""
        register = self.holdings.register
        known = {ref.id for ref in self.holdings.store.concepts([concept.id for concept in register])}
        return tuple((concept.names, concept.english) for concept in register if concept.id in known)

    def chains(self, rows: Sequence[RemedyRow]) -> tuple[Chain, ...]:
        """Driver → dilemma → remedy → goal, through the remedies of an answer."""
        return chains(self.holdings.store, rows)

    # what readers keep

    def baskets(self) -> tuple[Basket, ...]:
        """All baskets by name."""
        return self.holdings.baskets.list()

    def basket(self, name: str) -> tuple[KeptQuote, ...]:
        """The quotes of a basket, each found again in its text and cited."""
        views: dict[str, DocumentView | None] = {}
        return tuple(self._found(kept, views) for kept in self.holdings.baskets.get(name).kept)

    def keep(self, name: str, document: str, start: int, end: int, *, note: str = "") -> Kept:
        """The words at `[start, end)` of a document as they are kept in the basket of that name.

        Raises:
            UnknownDocument: there is no such document.
            NothingFound: there is no such place, or it may not be shown.
            ValueError: the name is empty, or the basket is full.
        """
        view = questions.document_view(self.holdings.store, document)
        if not 0 <= start < end <= len(view.clean_text) or questions.HIDDEN * (end - start) == view.clean_text[start:end]:
            raise NothingFound("place", f"{start}-{end}")
        factor = next((one for one in view.factors if (one.start, one.end) == (start, end)), None)
        anchor = deciding.anchored(view, start, end)
        return self.holdings.baskets.keep(name, anchor, type=factor.type if factor else None, note=note, now=now())

    def drop(self, basket: str, kept: str) -> None:
        self.holdings.baskets.drop(basket, kept)

    def delete_basket(self, name: str) -> None:
        self.holdings.baskets.delete(name)

    def views(self) -> tuple[SavedView, ...]:
        """Views that were kept under a name."""
        return self.holdings.baskets.views()

    def keep_view(self, name: str, page: str, query: str) -> SavedView:
        """The view of a page under a name.

        Raises:
            ValueError: the name is empty.
        """
        return self.holdings.baskets.keep_view(name, page, query)

    def drop_view(self, name: str) -> None:
        self.holdings.baskets.drop_view(name)

    def cite(self, document: str, start: int, end: int) -> Citation:
        """The words at `[start, end)` of a document as a reference, GB/T 7714; a document without a title goes by the name of its file, a sample is
        named as such.

        Raises:
            NothingFound: the document has no statements (yet).
        """
        made = self._made(document)
        record = self._record(document)
        if not made.document.title:
            made = msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, title=supplied_title(record.stem)))
        citation = citing.cite(made, start, end)
        return msgspec.structs.replace(citation, text=f"{SAMPLE} {citation.text}") if record.sample else citation

    def _found(self, kept: Kept, views: dict[str, DocumentView | None]) -> KeptQuote:
        document = kept.anchor.document
        if document not in views:
            try:
                views[document] = questions.document_view(self.holdings.store, document)
            except UnknownDocument:  # withdrawn, or not read again yet
                views[document] = None
        view = views[document]
        if view is None:
            return KeptQuote(kept=kept, source=None, place=None, sentence=kept.anchor.quote, citation=None)
        place = find_again(kept.anchor, view.clean_text)
        around = next((one for one in view.sentences if place and one.start <= place[0] < one.end), None)
        sentence = view.clean_text[around.start : around.end] if around else kept.anchor.quote
        try:
            citation = self.cite(document, *(place or (kept.anchor.start, kept.anchor.end)))
        except NothingFound:  # its statements are being made anew
            citation = None
        return KeptQuote(kept=kept, source=view.source, place=place, sentence=sentence, citation=citation)
