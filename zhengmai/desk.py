"""What readers and editors do beside asking, as methods of the workspace: report what is wrong, answer reports."""

from __future__ import annotations

from corpus.records import Decision, Verdict
from zhengmai import deciding, reporting
from zhengmai.documents import now
from zhengmai.errors import NothingFound
from zhengmai.holdings import Holdings
from zhengmai.reporting import Report

__all__ = ["Desk"]


class Desk:
    """Part of `zhengmai.workspace.Workspace`."""

    holdings: Holdings

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
        deciding.refresh(holdings, document)
        return decision

    def reports(self) -> tuple[Report, ...]:
        """What readers reported, open reports first."""
        return reporting.reports(self.holdings.log.read(), self.holdings.store.outcomes())

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
            deciding.decide(holdings, about.document, kind="reject", statement=about.statement, who=who, note=words)
        for document in dict.fromkeys([about.document, *(anchor.document for anchor in asked.anchors)]):
            if document in {summary.source.document for summary in holdings.store.documents()}:
                deciding.refresh(holdings, document)
        return decision
