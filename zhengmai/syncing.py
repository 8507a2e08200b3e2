"""Bring the graph up to date: read what is new or stale, project it, take out what left. Resumes where it was stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import msgspec

from corpus.near_copies import NearCopy
from corpus.records import Decision, DocumentRecord
from corpus.storage import write_whole
from graph.ahead import Job, projections
from graph.errors import ProjectionError, StoreCorrupt
from graph.project import project
from graph.projection import DocumentProjection
from graph.sqlite import remove_files
from pipeline.records import Statements, from_json
from zhengmai.copies import find_copies
from zhengmai.documents import Failure, failure_path, statements_path
from zhengmai.holdings import Holdings
from zhengmai.purging import finish_purges

Progress = Callable[["SyncJob"], None]
Tell = Callable[[str, int, int, str, dict[str, str]], None]


class SyncJob(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sync stands; kept in `sync.json`, so that a page that was reloaded finds it again."""

    step: str
    """`read`, `graph` or `done`"""
    done: int
    total: int
    current: str
    failed: tuple[str, ...] = ()
    process: int = 0


class SyncReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a sync did, by document id."""

    read: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: dict[str, str] = {}
    """id → one line that says why"""
    copies: tuple[NearCopy, ...] = ()
    """documents that are like one of those just read; joined only when a person says so"""


def is_stale(holdings: Holdings, record: DocumentRecord, wanted: str) -> bool:
    """Whether a document must be read (again): no statements, or some that another pipeline made; a failure is not tried twice by the same pipeline."""
    failed = failure_path(holdings, record.id)
    if failed.exists():
        return msgspec.json.decode(failed.read_bytes(), type=Failure).fingerprint != wanted
    from pipeline.run import fingerprint_of

    path = statements_path(holdings, record.id)
    return not path.exists() or fingerprint_of(from_json(path.read_bytes()).run) != wanted


def sync(holdings: Holdings, *, progress: Progress | None = None, everything: bool = False) -> SyncReport:
    """Read new and stale documents, then make the graph agree with statements, decisions and register; `everything` puts up-to-date documents in again.

    Raises:
        SyncRunning: another process does the same at this moment.
    """
    # the pipeline is loaded only by whoever needs it: the first visitor of a page would wait seconds for what no page uses
    from pipeline.batch import Job, run_jobs
    from pipeline.run import fingerprint

    with holdings.writing():
        finish_purges(holdings)
        wanted = fingerprint()
        records = [record for record in holdings.catalogue.list() if not record.withdrawn]
        stale = [record for record in records if is_stale(holdings, record, wanted)]
        tell = _teller(holdings, progress)
        failed: dict[str, str] = {}
        read: list[str] = []
        holdings.settings.statements.mkdir(parents=True, exist_ok=True)
        jobs = [Job(holdings.catalogue.path(record.id), record.name, statements_path(holdings, record.id)) for record in stale]
        tell("read", 0, len(stale), stale[0].name if stale else "", failed)
        for number, (record, outcome) in enumerate(zip(stale, run_jobs(jobs, workers=holdings.settings.workers), strict=True), 1):
            mark = failure_path(holdings, record.id)
            if outcome.error:
                failed[record.id] = outcome.error
                statements_path(holdings, record.id).unlink(missing_ok=True)
                write_whole(mark, msgspec.json.encode(Failure(code=outcome.code or "pipeline", message=outcome.error, fingerprint=wanted)))
            else:
                mark.unlink(missing_ok=True)
                read.append(record.id)
            tell("read", number, len(stale), record.name, failed)
        copies = find_copies(holdings, records, read) if read else ()
        updated, removed = _project(holdings, records, tell, failed, everything=everything)
        tell("done", len(records), len(records), "", failed)
    return SyncReport(read=tuple(read), updated=tuple(updated), removed=tuple(removed), failed=failed, copies=copies)


def _teller(holdings: Holdings, progress: Progress | None) -> Tell:
    def tell(step: str, done: int, total: int, current: str, failed: dict[str, str]) -> None:
        job = SyncJob(step=step, done=done, total=total, current=current, failed=tuple(failed), process=os.getpid())
        write_whole(holdings.settings.job, msgspec.json.encode(job))
        if progress:
            progress(job)

    return tell


def read_job(holdings: Holdings) -> SyncJob | None:
    """Where the last sync stands, or none if there never was one."""
    path = holdings.settings.job
    return msgspec.json.decode(path.read_bytes(), type=SyncJob) if path.exists() else None


def _project(holdings: Holdings, records: Sequence[DocumentRecord], tell: Tell, failed: dict[str, str], *, everything: bool) -> tuple[list[str], list[str]]:
    updated: list[str] = []
    present = {summary.source.document: summary.stamp for summary in holdings.store.documents()}
    wanted: set[str] = set()
    decisions = holdings.log.read()
    jobs: list[Job] = []
    for record in records:
        path = statements_path(holdings, record.id)
        if not path.exists():
            continue
        wanted.add(record.id)
        job = job_of(holdings, record, path.read_bytes(), decisions)
        if everything or present.get(record.id) != job.stamp:
            jobs.append(job)

    def refused(job: Job, error: ProjectionError) -> None:
        failed[job.record.id] = str(error)

    def passing() -> Iterator[DocumentProjection]:
        for number, projection in enumerate(projections(jobs, holdings.register, concepts=holdings.settings.concepts, refused=refused), 1):
            yield projection
            updated.append(projection.source.document)
            if number % every == 0 or number == len(jobs):
                tell("graph", number, len(jobs), projection.source.file, failed)

    # where it stands is written to a file: of many documents after every hundredth part
    every = max(1, len(jobs) // 100)
    try:
        holdings.store.upsert_documents(passing())
    except ProjectionError:
        # the store refuses one, and with it those that came in the same transaction: one by one only that one fails
        updated.clear()
        for job in jobs:
            try:
                for projection in projections([job], holdings.register, refused=refused):
                    holdings.store.upsert_document(projection)
                    updated.append(projection.source.document)
            except ProjectionError as error:
                refused(job, error)
    removed = sorted(set(present) - wanted)
    for document in removed:
        holdings.store.delete_document(document)
    return updated, removed


def job_of(holdings: Holdings, record: DocumentRecord, data: bytes, decisions: Sequence[Decision]) -> Job:
    """What one document is projected from; `data` is its statement file."""
    own = tuple(about(decisions, {record.id, record.supersedes or record.id}))
    stamp = stamp_of(holdings, record, data, own)
    return Job(statements=str(statements_path(holdings, record.id)), record=record, decisions=own, work=record.work, stamp=stamp)


def put(holdings: Holdings, record: DocumentRecord, statements: Statements, decisions: Sequence[Decision], *, stamp: str) -> None:
    """Put one document into the graph, in one transaction, in place of what was there of it."""
    holdings.store.upsert_document(project(statements, record, decisions, holdings.register, work=record.work, stamp=stamp))


def stamp_of(holdings: Holdings, record: DocumentRecord, data: bytes, decisions: Sequence[Decision]) -> str:
    """What the graph of one document is made from: its statements, its record, the decisions about it, the register."""
    digest = sha256(data)
    digest.update(msgspec.json.encode(record))
    digest.update(holdings.register.digest.encode())
    for decision in about(decisions, {record.id, record.supersedes or record.id}):
        digest.update(msgspec.json.encode(decision))
    return digest.hexdigest()[:24]


def about(decisions: Sequence[Decision], documents: set[str]) -> Iterator[Decision]:
    """Decisions about `documents`, and what takes those back, in order."""
    taken: set[str] = set()
    for decision in decisions:
        if decision.undoes in taken or any(anchor.document in documents for anchor in decision.anchors):
            taken.add(decision.id)
            yield decision


def rebuild(holdings: Holdings, *, progress: Progress | None = None) -> SyncReport:
    """Make the whole graph again from statements, decisions and register; the result is the same.

    A graph file that is damaged is removed first; a whole one, and one on a server, is replaced document by document, so that readers go on meanwhile.
    """
    if not holdings.settings.store:
        _remove_damaged_file(holdings)
    return sync(holdings, progress=progress, everything=True)


def _remove_damaged_file(holdings: Holdings) -> None:
    try:
        damaged = any(problem.code == "damaged" for problem in holdings.store.check())
    except StoreCorrupt:
        damaged = True
    if damaged:
        holdings.close()
        remove_files(holdings.settings.graph)
