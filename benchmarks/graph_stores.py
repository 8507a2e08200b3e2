"""A file and a Neo4j server side by side, with the same documents, in one run: `make bench-graph ARGS="--store bolt://neo4j:password@127.0.0.1:7687"`.

The server's database has to be empty, or to hold documents of this benchmark alone: those that are there are not loaded again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.graph import ASKED, HUB, Generator, ask, write
from benchmarks.graph_safety import stress
from benchmarks.graph_table import p95
from corpus.concepts import Register
from graph import questions
from graph.neo4j import Neo4jStore
from graph.project import project
from graph.projection import DocumentProjection
from graph.records import Filters
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from pipeline.records import from_json, to_json

__all__ = ["compare"]

SERVER_TARGETS = {"remedies of the hub": 150.0, "add one document": 600.0, "put one in again": 600.0, "take one out": 600.0, "atlas": 1_000.0}
"""milliseconds, p95"""
OTHER_SERVER_TARGET = 400.0
BULK_TARGET_S = 1_200.0


def compare(address: str, folder: Path, counts: list[int], *, rounds: int, seconds: float, generator: Generator, register: Register) -> int:
    """Number of figures of the server that miss their target."""
    missed = 0
    for count in counts:
        path = folder / f"{count}.sqlite"
        there = path.exists()
        with SqliteStore(path) as file, Neo4jStore(address) as server:
            print(f"\n{count:,} documents: a file beside {server.shown}")
            if not there:
                start = time.perf_counter()
                file.upsert_documents(made(generator, register, range(count)))
                _say_load("file", count, time.perf_counter() - start)
            missed += _load(server, count, generator, register)
            missed += _same(file, server, register)
            print(f"  {'milliseconds':26} {'file p50':>9} {'p95':>9} {'server p50':>11} {'p95':>9} {'target':>8}")
            asked = [ask(store, register, generator, count, rounds) for store in (file, server)]
            written = [write(store, register, generator, count) for store in (file, server)]
            for name in (*asked[0], *written[0]):
                one, other = ({**a, **w}[name].wall for a, w in zip(asked, written, strict=True))
                target = SERVER_TARGETS.get(name, OTHER_SERVER_TARGET)
                late = p95(other) > target
                missed += late
                line = f"  {name:26} {median(one):9.1f} {p95(one):9.1f} {median(other):11.1f} {p95(other):9.1f} {target:8.0f}{'   missed' if late else ''}"
                print(line, flush=True)
    if seconds:
        missed += stress(address, seconds, generator, register).faults
        # what the writers left is not of the next run
        with Neo4jStore(address) as server:
            own = {generator.document(number)[0].id for number in range(max(counts, default=0))}
            for summary in server.documents():
                if summary.source.document not in own:
                    server.delete_document(summary.source.document)
    return missed


def made(generator: Generator, register: Register, numbers: range) -> Iterator[DocumentProjection]:
    """Documents from the bytes of their statement files."""
    for number in numbers:
        record, statements = generator.document(number)
        yield project(from_json(to_json(statements)), record, (), register)


def _load(server: Neo4jStore, count: int, generator: Generator, register: Register) -> int:
    present = {summary.source.document for summary in server.documents()}
    wanted = [generator.document(number)[0].id for number in range(count)]
    if not present <= set(wanted):
        raise SystemExit(f"bench: {server.shown} holds other documents; give the benchmark an empty database")
    missing = [number for number, document in enumerate(wanted) if document not in present]
    if not missing:
        return 0
    start = time.perf_counter()
    server.upsert_documents(made(generator, register, range(missing[0], count)))
    seconds = time.perf_counter() - start
    _say_load("server", len(missing), seconds)
    return int(count >= 10_000 and len(missing) == count and seconds > BULK_TARGET_S)


def _say_load(what: str, count: int, seconds: float) -> None:
    print(f"  bulk load, {what:13} {seconds:9.1f} s   {seconds / count * 1_000:.1f} ms a document, making the documents included", flush=True)


def _same(file: GraphStore, server: GraphStore, register: Register) -> int:
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
    return differ
