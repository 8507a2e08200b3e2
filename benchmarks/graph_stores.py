"""A file and a Neo4j server side by side, with the same documents, in one run: `make bench-graph ARGS="--store bolt://neo4j:password@127.0.0.1:7687"`.

The server's database has to be empty, or to hold documents of this benchmark alone: those that are there are not loaded again. At the end
stands one table, the server's figures beside the file's and its targets. `tests/integration/neo4j/start.sh` starts a server.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.graph import ASKED, HUB, Generator, ask, load_documents, statement_files, write
from benchmarks.graph_safety import stress
from benchmarks.graph_table import Column, Said, Table, Targets
from corpus.concepts import Register
from graph import questions
from graph.ahead import Job
from graph.neo4j import Neo4jStore
from graph.records import Filters
from graph.sqlite import SqliteStore
from graph.store import GraphStore

__all__ = ["SERVER", "compare"]

SERVER = Targets(
    of={"remedies of the hub": 150.0, "add one document": 600.0, "put one in again": 600.0, "take one out": 600.0, "atlas": 1_000.0},
    other=400.0,
    bulk_s=1_200.0,
)


def compare(address: str, folder: Path, counts: Sequence[int], *, rounds: int, seconds: float, generator: Generator, register: Register) -> int:
    """Number of figures of the server that miss their target."""
    table = Table(SERVER, beside="file")
    jobs: list[Job] = []
    for count in sorted(counts):
        path, there = folder / f"{count}.sqlite", (folder / f"{count}.sqlite").exists()
        jobs = statement_files(generator, folder / "statements", count)
        of_file, of_server = Column(count, "file"), Column(count, "server")
        with SqliteStore(path) as file, Neo4jStore(address) as server:
            print(f"\n{count:,} documents: a file beside {server.shown}")
            if not there:
                table.add_load(of_file, load_documents(file, register, jobs))
            missing = _missing(server, jobs)
            if missing:
                load = load_documents(server, register, missing)
                if len(missing) == count:
                    table.add_load(of_server, load)
                else:
                    print(f"  {len(missing)} documents were added to those there")
            table.say(_same(file, server, register, count))
            for column, store in ((of_file, file), (of_server, server)):
                table.head(column)
                for name, times in {**ask(store, register, generator, count, rounds), **write(store, register, generator, count)}.items():
                    table.add(column, name, times)
    if seconds:
        print("\nsafety")
        table.say(stress(address, seconds, generator, register))
        # what the writers left is not of the next run
        with Neo4jStore(address) as server:
            own = {job.record.id for job in jobs}
            for summary in server.documents():
                if summary.source.document not in own:
                    server.delete_document(summary.source.document)
    table.print()
    return table.missed


def _missing(server: Neo4jStore, jobs: Sequence[Job]) -> list[Job]:
    present = {summary.source.document for summary in server.documents()}
    if not present <= {job.record.id for job in jobs}:
        raise SystemExit(f"bench: {server.shown} holds other documents; give the benchmark an empty database")
    return [job for job in jobs if job.record.id not in present]


def _same(file: GraphStore, server: GraphStore, register: Register, count: int) -> Said:
    """Answers that differ between the two, of questions under filters of every kind."""
    random = Random(2)
    concepts = [HUB, *random.sample([concept.id for concept in register], 5)]
    narrowings = (Filters(), Filters(basis=("stated",)), Filters(year_from=2015), Filters(actors=("government",)), Filters(problems=(HUB,)))
    differ = total = 0
    for filters in narrowings:
        for question in (questions.remedies, questions.disagreement, *ASKED):
            for concept in concepts:
                total += 1
                differ += question(file, register, concept, filters=filters) != question(server, register, concept, filters=filters)
        for words in ("数据", "发展 社会"):
            total += 1
            differ += questions.search(file, words, filters=filters) != questions.search(server, words, filters=filters)
    print(f"  answers equal           {total - differ:9} of {total}, rows in the same order", flush=True)
    return Said(f"answers of {total} questions to {count:,} documents, rows and their order", f"{total - differ} equal, {differ} not", differ)
