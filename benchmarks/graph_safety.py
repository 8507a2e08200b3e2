"""What must not happen to a graph: errors under many hands, loss when a process is killed, traces of what was purged."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.queues import Queue
from pathlib import Path
from random import Random

import apsw

from benchmarks.graph_documents import HUB, Generator
from benchmarks.graph_table import Said
from corpus.concepts import Register, load
from graph import questions
from graph.opening import open_store
from graph.project import project
from graph.projection import DocumentProjection
from graph.sqlite import SqliteStore, files_of
from graph.sqlite._derived import MADE

__all__ = ["kills", "leftovers", "stress"]

Ready = Sequence[DocumentProjection]


def ready(generator: Generator, register: Register, first: int, count: int = 20) -> Ready:
    """Documents that are ready to be put in."""
    return [project(statements, record, (), register) for record, statements in (generator.document(first + n) for n in range(count))]


def _write_for(path: Path | str, seconds: float, ready: Ready, said: Queue[tuple[str, int]]) -> None:
    """One writer of the stress run: adds, replaces and takes out documents."""
    try:
        until, done = time.monotonic() + seconds, 0
        with open_store(path) as store:
            while time.monotonic() < until:
                projection = ready[done % len(ready)]
                if done % 5 == 4:
                    store.delete_document(projection.source.document)
                else:
                    store.upsert_document(projection)
                done += 1
        said.put(("writes", done))
    except Exception as error:  # noqa: BLE001  counted and shown, whatever it is
        said.put((f"error in a writer: {error}", 1))


def _read_for(path: Path | str, seconds: float, seed: int, said: Queue[tuple[str, int]]) -> None:
    """One reader of the stress run: pages of the hub, searches and documents, each checked against itself."""
    try:
        register = load()
        random = Random(seed)
        until, done = time.monotonic() + seconds, 0
        with open_store(path) as store:
            while time.monotonic() < until:
                answer = questions.remedies(store, register, HUB, limit=20, offset=random.randrange(3) * 20)
                for row in answer.rows:
                    if row.dilemma.text not in row.dilemma.sentence or not row.remedy.text:
                        said.put((f"error: a torn row of {row.source.document}", 1))
                questions.search(store, "数据", limit=10)
                done += 1
        said.put(("reads", done))
    except Exception as error:  # noqa: BLE001  counted and shown, whatever it is
        said.put((f"error in a reader: {error}", 1))


def stress(path: Path | str, seconds: float, generator: Generator, register: Register) -> Said:
    """Errors of two writers and six readers, each a process of its own, that work on one graph at once."""
    context = multiprocessing.get_context("spawn")
    said: Queue[tuple[str, int]] = context.Queue()
    workers = [context.Process(target=_write_for, args=(path, seconds, ready(generator, register, 200_000 + n * 1_000), said)) for n in range(2)]
    workers += [context.Process(target=_read_for, args=(path, seconds, n, said)) for n in range(6)]
    for worker in workers:
        worker.start()
    results = [said.get(timeout=seconds + 300) for _ in workers]
    for worker in workers:
        worker.join()
    errors = [what for what, _ in results if what.startswith("error")] + [f"exit {worker.exitcode}" for worker in workers if worker.exitcode]
    with open_store(path) as store:
        errors += [f"check: {problem.what}" for problem in store.check()]
    sums = {what: sum(count for name, count in results if name == what) for what in ("writes", "reads")}
    print(f"  two writers, six readers {seconds:7.0f} s   {sums['writes']} writes, {sums['reads']} reads, {len(errors)} errors (target 0)")
    for error in errors:
        print(f"    {error}")
    return Said(f"two writers and six readers for {seconds:.0f} s", f"{sums['writes']} writes, {sums['reads']} reads, {len(errors)} errors", len(errors))


def _write_and_tell(path: Path, ready: Ready, seed: int, told: Connection) -> None:
    """Adds, replaces and takes out documents until it is killed; tells of each write before and after."""
    random = Random(seed)
    with SqliteStore(path) as store:
        while True:
            projection = random.choice(ready)
            document, keep = projection.source.document, random.random() < 0.7
            told.send((document, keep, False))
            if keep:
                store.upsert_document(projection)
            else:
                store.delete_document(document)
            told.send((document, keep, True))


def kills(folder: Path, times: int, generator: Generator, register: Register) -> Said:
    """Writes lost, documents torn and problems found when a process is killed while it writes, `times` over, on one and the same graph."""
    path = folder / "kills.sqlite"
    for file in files_of(path):
        file.unlink(missing_ok=True)
    # forked where the system can: the start of an interpreter is not what is to be killed
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    documents = ready(generator, register, 300_000)
    factors = {projection.source.document: len(projection.factors) for projection in documents}
    there: dict[str, bool] = {}
    lost = torn = problems = writes = caught = 0
    for time_ in range(times):
        ours, theirs = context.Pipe(duplex=False)
        worker = context.Process(target=_write_and_tell, args=(path, documents, time_, theirs))  # type: ignore[attr-defined]
        worker.start()
        theirs.close()
        events = [ours.recv() for _ in range(2)]
        time.sleep(Random(time_).uniform(0.0, 0.25))
        worker.kill()
        worker.join()
        try:
            while True:
                events.append(ours.recv())
        except EOFError:
            ours.close()
        for document, keep, done in events:
            if done:
                there[document], writes = keep, writes + 1
        open_ = None if events[-1][2] else events[-1][0]
        caught += open_ is not None
        with SqliteStore(path) as store:
            problems += len(store.check())
            found = {summary.source.document for summary in store.documents()}
            torn += sum(len(store.document(document).factors) != factors[document] for document in found)
        # what was told to be done is there; the one write that was under way is there or not
        lost += sum((document in found) != keep for document, keep in there.items() if document != open_)
        if open_ is not None:
            there[open_] = open_ in found
    words = f"{writes} writes, {caught} caught open; {lost} lost, {torn} torn, {problems} problems"
    print(f"  kill -9 while writing    {times:7d} x   {words} (target 0)")
    return Said(f"kill -9 while writing, {times} times", words, lost + torn + problems)


def leftovers(folder: Path, generator: Generator, register: Register) -> Said:
    """Rows, entries of the full-text index and files that still know of a document that was purged."""
    path = folder / "purged.sqlite"
    for file in files_of(path):
        file.unlink(missing_ok=True)
    documents = ready(generator, register, 400_000, 12)
    gone = documents[5]
    with SqliteStore(path) as store:
        for projection in documents:
            store.upsert_document(projection)
        before = store.document(gone.source.document)
        store.purge_document(gone.source.document)
        # words that no other document has: every quote of the document, and its id
        others = "\n".join(projection.clean_text for projection in documents if projection is not gone)
        marks = [gone.source.document, *(factor.text for factor in before.factors if len(factor.text) > 8 and factor.text not in others)]
        files = sum(any(mark.encode() in file.read_bytes() for mark in marks) for file in files_of(path) if file.exists())
        found = len(store.check())
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        numbers = "SELECT id FROM document"
        rows = 0
        own = [(table, "id >> 24") for table in ("sentence", "factor", "section", "words_docsize")]
        for table, column in (*own, *((table, "document") for table in ("edge", "document_text", *MADE))):
            rows += connection.execute(f"SELECT count(*) FROM {table} WHERE {column} NOT IN ({numbers})").fetchone()[0]
        connection.close()
    words = f"rows and index entries {rows}, files {files}, problems {found}"
    print(f"  left by a purged document        {words} (target 0)")
    return Said("left by a purged document", words, rows + files + found)
