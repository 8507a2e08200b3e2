"""The corpus as the command line and the pages see it: one object with what users do, over the plain functions of this folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Literal

import msgspec

from corpus.concepts import Register
from corpus.records import Access, Decision, DocumentRecord, Tombstone
from graph import questions
from graph.export import Manifest
from graph.overviews import Comparison, Disagreement, Matrix, PathAnswer, PrecedentAnswer, Trend
from graph.records import DocumentView, FactorAnswer, Filters, LinkAnswer, Neighbourhood, RemedyAnswer, SearchAnswer, Statistics
from graph.store import Column
from pipeline.records import DocumentInfo, LinkType, Statements
from zhengmai import (
    asking,
    briefing,
    changes,
    checking,
    copies,
    copying,
    coverage,
    deciding,
    documents,
    exporting,
    health,
    importing,
    lifecycle,
    proposing,
    purging,
    quality,
    syncing,
    verifying,
)
from zhengmai.briefing import Brief
from zhengmai.changes import Change
from zhengmai.copying import Copied
from zhengmai.coverage import Coverage
from zhengmai.desk import Desk
from zhengmai.documents import Added, Held
from zhengmai.health import Health
from zhengmai.holdings import Holdings
from zhengmai.lifecycle import Preview
from zhengmai.proposing import ProposedName
from zhengmai.quality import Quality
from zhengmai.settings import REPOSITORY, Settings
from zhengmai.syncing import Progress, SyncJob, SyncReport

__all__ = ["Added", "Held", "Preview", "SyncJob", "SyncReport", "Workspace", "open_workspace"]

NO_FILTER = Filters()


class Workspace(Desk):
    """What users do with one corpus. Opening is cheap; nothing is loaded before it is used."""

    def __init__(self, settings: Settings) -> None:
        self.holdings = Holdings(settings)

    @property
    def settings(self) -> Settings:
        return self.holdings.settings

    @property
    def register(self) -> Register:
        return self.holdings.register

    def version(self) -> int:
        """Grows with every change of the graph: what was computed for a version holds until it changes."""
        return self.holdings.store.version

    def warm(self) -> None:
        """Make ready what the first question needs, ahead of it; may run in a thread of its own."""
        self.holdings.warm()

    def close(self) -> None:
        self.holdings.close()

    # documents

    def prepare(self) -> int:
        """Number of samples taken into a corpus that is opened for the first time."""
        return documents.load_samples_once(self.holdings)

    def add(self, name: str, data: bytes, *, supersedes: str | None = None) -> Added:
        return documents.add_document(self.holdings, name, data, supersedes=supersedes)

    def add_archive(self, name: str, data: bytes) -> Iterator[Added]:
        return documents.add_archive(self.holdings, name, data)

    def join(self, document: str, work: str | None) -> DocumentRecord:
        return copies.join(self.holdings, document, work)

    def documents(self) -> tuple[Held, ...]:
        return tuple(documents.list_documents(self.holdings))

    def find(self, name: str) -> DocumentRecord:
        return documents.find_document(self.holdings, name)

    def document(self, document: str) -> DocumentView:
        """Everything that may be shown of a document."""
        return questions.document_view(self.holdings.store, document)

    def info(self, document: str) -> DocumentInfo:
        """What a document says of itself."""
        return documents.read_statements(self.holdings, document).document

    def statements(self, document: str) -> Statements:
        """What the pipeline made of a document, as far as it may be shown: of one for quoting only no more than `document` shows."""
        made = documents.read_statements(self.holdings, document)
        view = self.document(document)
        if view.source.access != "quotes":
            return made
        repairs = tuple(msgspec.structs.replace(repair, text=questions.HIDDEN * len(repair.text)) for repair in made.repairs)
        return msgspec.structs.replace(made, clean_text=view.clean_text, blocks=view.blocks, repairs=repairs, references=())

    def replace(self, document: str, name: str, data: bytes) -> Added:
        return lifecycle.replace(self.holdings, document, name, data)

    def withdraw(self, document: str) -> DocumentRecord:
        return lifecycle.withdraw(self.holdings, document)

    def restore(self, document: str) -> DocumentRecord:
        return lifecycle.restore(self.holdings, document)

    def mark(self, document: str, access: Access) -> DocumentRecord:
        return lifecycle.mark(self.holdings, document, access)

    def purge(self, document: str, *, who: str, reason: str) -> tuple[Tombstone, ...]:
        return purging.purge(self.holdings, document, who=who, reason=reason)

    def preview(self, document: str) -> Preview:
        """What hangs on a document, before it is withdrawn, replaced or purged."""
        return lifecycle.preview(self.holdings, document)

    def remove_samples(self) -> int:
        return lifecycle.remove_samples(self.holdings)

    # graph

    def sync(self, progress: Progress | None = None) -> SyncReport:
        return syncing.sync(self.holdings, progress=progress)

    def start_sync(self) -> None:
        """Bring the graph up to date in a process of its own; `job()` tells how far it is, also after the page was reloaded."""
        self._start("sync", "--quiet")

    def _start(self, *verb: str) -> None:
        command = [sys.executable, "-m", "zhengmai", "--data", str(self.settings.data), *verb]
        subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def job(self) -> SyncJob | None:
        return syncing.read_job(self.holdings)

    def rebuild(self, progress: Progress | None = None) -> SyncReport:
        return syncing.rebuild(self.holdings, progress=progress)

    def copy(self, to: str, tell: Callable[[int, int], None] | None = None) -> Copied:
        """Put the graph into another store too."""
        return copying.copy(self.holdings, to, tell=tell)

    def check(self) -> tuple[checking.Fault, ...]:
        return tuple(checking.check(self.holdings))

    def run_check(self) -> Health:
        """Check, and keep the outcome where `health` finds it."""
        return health.run_check(self.holdings)

    def start_check(self) -> None:
        """Check in a process of its own; `health()` tells how far it is, also after the page was left."""
        self._start("check", "--keep")

    def health(self) -> Health | None:
        """The last check, or how far the present one is; none if there never was one."""
        return health.read_health(self.holdings)

    # overview

    def coverage(self, *, samples: bool = False) -> Coverage:
        """What is loaded: works by kind, year, level and place, of the samples or of what was added."""
        return coverage.coverage(self.holdings, samples=samples)

    def last_changes(self, *, limit: int = 20) -> tuple[Change, ...]:
        """What happened last, newest first."""
        return changes.last_changes(self.holdings, limit=limit)

    def quality(self) -> Quality:
        """How well the shipped model reads, in measured figures."""
        return quality.quality()

    # questions

    def remedies(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 200, offset: int = 0) -> RemedyAnswer:
        return asking.remedies(self.holdings, question, filters, limit=limit, offset=offset)

    def remedies_json(self, question: str, filters: Filters = NO_FILTER) -> dict[str, Any]:
        return asking.remedies_data(self.holdings, question, filters)

    def neighbourhood(
        self,
        concept: str,
        filters: Filters = NO_FILTER,
        *,
        limit: int = 45,
        relations: Sequence[LinkType] = (),
        more: questions.More | None = None,
        steps: Literal[1, 2] = 1,
    ) -> Neighbourhood:
        """A map around one concept, with positions."""
        return asking.neighbourhood(self.holdings, concept, filters, limit=limit, relations=relations, more=more, steps=steps)

    def search(self, text: str, filters: Filters = NO_FILTER, *, limit: int = 20, offset: int = 0) -> SearchAnswer:
        return asking.search(self.holdings, text, filters, limit=limit, offset=offset)

    def statistics(self, filters: Filters = NO_FILTER) -> Statistics:
        return asking.statistics(self.holdings, filters)

    def regions(self) -> tuple[str, ...]:
        """Places that a region filter can name."""
        return asking.regions(self.holdings)

    def ask(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 50) -> RemedyAnswer | LinkAnswer | PrecedentAnswer | FactorAnswer:
        return asking.ask(self.holdings, question, filters, limit=limit)

    def precedents(self, question: str, filters: Filters = NO_FILTER, *, actors: Sequence[str] = (), limit: int = 20, offset: int = 0) -> PrecedentAnswer:
        return asking.precedents(self.holdings, question, filters, actors=actors, limit=limit, offset=offset)

    def unanswered(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 50, offset: int = 0) -> FactorAnswer:
        return asking.unanswered(self.holdings, question, filters, limit=limit, offset=offset)

    def causes(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        """What texts name as causes of a concept's dilemmas."""
        return asking.causes(self.holdings, question, filters, limit=limit, offset=offset)

    def effects(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        """What texts put down to a concept."""
        return asking.effects(self.holdings, question, filters, limit=limit, offset=offset)

    def limits(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        """What measures about a concept come up against."""
        return asking.limits(self.holdings, question, filters, limit=limit, offset=offset)

    def limited(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        """Which measures come up against a concept."""
        return asking.limited(self.holdings, question, filters, limit=limit, offset=offset)

    def stated_about(self, question: str | Sequence[str] | None, filters: Filters = NO_FILTER, *, limit: int = 50, offset: int = 0) -> FactorAnswer:
        """What is said about a concept (none: about any), weak statements last: the quotes behind a cell of `matrix`."""
        return asking.stated_about(self.holdings, question, filters, limit=limit, offset=offset)

    def trend(self, question: str, filters: Filters = NO_FILTER, *, narrower: bool = True) -> Trend:
        """What is said about a concept year by year."""
        return asking.trend(self.holdings, question, filters, narrower=narrower)

    def matrix(self, rows: Sequence[str] | None = None, filters: Filters = NO_FILTER, *, by: Column = "year") -> Matrix:
        """Concepts or dims by year, kind of source, issuer, level or place; every cell carries the filters that open it."""
        return asking.matrix(self.holdings, rows, filters, by=by)

    def paths(self, source: str, target: str, filters: Filters = NO_FILTER, *, limit: int = 5) -> PathAnswer:
        """The shortest ways by which links join two concepts."""
        return asking.paths(self.holdings, source, target, filters, limit=limit)

    def compare(self, left: str, right: str | None = None, filters: Filters = NO_FILTER, right_filters: Filters | None = None) -> Comparison:
        """Two concepts side by side; without `right`, one concept under two filters."""
        return asking.compare(self.holdings, left, right, filters, right_filters)

    def disagreement(self, question: str, filters: Filters = NO_FILTER, *, limit: int = 20) -> Disagreement:
        """Who proposes a concept, who blames it, and where such measures fell short."""
        return asking.disagreement(self.holdings, question, filters, limit=limit)

    def brief(self, question: str, filters: Filters = NO_FILTER) -> Brief:
        return briefing.brief(self.holdings, question, filters)

    # names

    def proposed_names(self) -> tuple[ProposedName, ...]:
        """Key words that papers print in two languages and that the register does not hold as one concept yet."""
        return proposing.proposed_names(self.holdings)

    # in and out

    def export(
        self,
        out: BinaryIO,
        *,
        form: str,
        filters: Filters = NO_FILTER,
        question: str | None = None,
        basket: Sequence[str] = (),
        date: datetime | None = None,
    ) -> Manifest:
        """What was written to `out`, in a form of `graph.export`: the answer to a question, a basket of ids and quotes, or all that filters leave."""
        return exporting.export(self.holdings, out, form=form, filters=filters, question=question, basket=basket, date=date)

    def verify(self, answer: bytes, *, name: str) -> verifying.Verified:
        return verifying.verify(self.holdings, answer, name=name)

    def import_corpus(self, data: bytes, *, name: str) -> importing.Taken:
        return importing.import_corpus(self.holdings, data, name=name)

    def import_coded(self, data: bytes, *, name: str, who: str | None = None, dry_run: bool = False) -> importing.Coded:
        return importing.import_coded(self.holdings, data, name=name, who=who, dry_run=dry_run)

    # decisions

    def undo(self, decision: str, *, who: str) -> Decision:
        return deciding.undo(self.holdings, decision, who=who)


def open_workspace(settings: Settings) -> Workspace:
    """The corpus in `settings.data`; an empty folder is an empty corpus."""
    return Workspace(settings)
