"""Questions, additions and bulk load of the graph at 100, 1,000 and 10,000 documents, and what must not happen to it: `make bench-graph`.

Without arguments the whole table is printed: 10,000 documents, the run of many hands, the killed writers and the purge included. No question
is asked for longer than ten seconds. All takes a quarter of an hour on an idle machine, `make bench-graph ARGS="--documents 100 1000 --no-safety"`
a minute. The documents come out of one generator (`benchmarks.graph_documents`).
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from benchmarks.graph_documents import HUB, Generator
from benchmarks.graph_safety import kills, leftovers, stress
from corpus.concepts import Register, load
from graph import questions
from graph.analysis import atlas
from graph.project import project
from graph.projection import DocumentProjection
from graph.records import Filters
from graph.sqlite import SqliteStore, files_of
from graph.store import GraphStore
from pipeline.records import from_json, to_json

TARGETS = {"remedies of the hub": 50.0, "add one document": 60.0, "atlas": 1_000.0}
"""milliseconds; the atlas is made once a version of the graph, and kept"""
OTHER_TARGET = 150.0
BULK_TARGET_S = 240.0
_MOST_S = 10.0
"""seconds that one question is asked for at most: the whole table has to end on a busy machine too"""
_AT_ONCE = 50
_CROWDED = 1_000
"""documents of the graph that many hands work on"""


class Wordless:
    """A register without an entry: what people ask then has to be found by its words."""

    concept = None
    narrower = related = near = ()

    def find(self, _: str, **__: bool) -> tuple[()]:
        return ()

    def get(self, _: str) -> None:
        return None

    def resolve(self, _: str) -> Wordless:
        return self

    def relatives(self, _: str) -> Wordless:
        return self


class Times(NamedTuple):
    """Milliseconds of each call: by the clock on the wall, and of the processor alone (what an idle machine would show)."""

    wall: list[float]
    cpu: list[float]


def timed(calls: Iterator[Callable[[], object]], *, warm: bool = False, most_s: float = _MOST_S) -> Times:
    """The calls, one after the other, for `most_s` seconds; `warm`: the first is run beforehand, so that nothing is timed that a process does once."""
    times = Times([], [])
    until = time.perf_counter() + most_s
    for number, call in enumerate(calls):
        if number == 0 and warm:
            call()
        start, used = time.perf_counter(), time.process_time()
        call()
        times.cpu.append((time.process_time() - used) * 1_000)
        times.wall.append((time.perf_counter() - start) * 1_000)
        if time.perf_counter() > until:
            break
    return times


def p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def load_documents(store: SqliteStore, generator: Generator, register: Register, numbers: range) -> tuple[float, float]:
    """Seconds that loading took, by the clock and of the processor: from the bytes of a statement file to a graph that can be asked."""
    total = processor = 0.0
    for first in range(numbers.start, numbers.stop, _AT_ONCE):
        made = [generator.document(number) for number in range(first, min(first + _AT_ONCE, numbers.stop))]
        files = [(record, to_json(statements)) for record, statements in made]
        start, used = time.perf_counter(), time.process_time()
        store.upsert_documents(project(from_json(data), record, (), register) for record, data in files)
        total, processor = total + time.perf_counter() - start, processor + time.process_time() - used
    return total, processor


def ask(store: GraphStore, register: Register, generator: Generator, count: int, rounds: int) -> dict[str, Times]:
    """Question → milliseconds of each asking, with the filters, pages and words that people use."""
    random = Random(1)
    narrowings = [Filters(), Filters(year_from=2018), Filters(year_from=2012, year_to=2016), Filters(basis=("stated",)), Filters(kinds=("official",))]
    narrowings += [Filters(min_confidence=0.8), Filters(forces=("mandated",)), Filters(actors=("government",)), Filters(levels=("province",))]
    concepts = [concept.id for concept in register]
    documents = [generator.document(random.randrange(count))[0].id for _ in range(20)]
    words = [word for word in random.choices(generator._words, cum_weights=generator._weights, k=rounds * 8) if 2 <= len(word) <= 6]

    def some() -> Filters:
        return random.choice(narrowings)

    def hub(n: int) -> Callable[[], object]:
        return lambda: questions.remedies(store, register, HUB, filters=narrowings[n % len(narrowings)], limit=50, offset=(n // len(narrowings) % 4) * 50)

    def concept(name: str) -> Callable[[], object]:
        question = getattr(questions, name)
        return lambda: question(store, register, random.choice(concepts), filters=some(), limit=50)

    def hub_calls(question: Callable[..., object]) -> Iterator[Callable[[], object]]:
        return (lambda: question(store, register, HUB, filters=some()) for _ in range(rounds))

    calls: dict[str, Iterator[Callable[[], object]]] = {
        "remedies of the hub": (hub(n) for n in range(rounds)),
        "remedies": (concept("remedies") for _ in range(rounds)),
        **{f"{question.__name__} of the hub": hub_calls(question) for question in ASKED},
        "neighbourhood of the hub": ((lambda: questions.neighbourhood(store, register, HUB, filters=some())) for _ in range(min(rounds, 30))),
        "compare": ((lambda: questions.compare(store, register, HUB, random.choice(concepts), filters=some())) for _ in range(rounds)),
        "paths": ((lambda: questions.paths(store, register, random.choice(concepts), random.choice(concepts))) for _ in range(rounds)),
        "concepts unanswered": ((lambda: questions.gaps(store, filters=some())) for _ in range(10)),
        "table, commonest by year": ((lambda: questions.matrix(store, register, filters=some())) for _ in range(10)),
        "table, dims by kind": ((lambda: questions.matrix(store, register, ["dims"], by="kind", filters=some())) for _ in range(10)),
        "atlas": ((lambda: atlas(store)) for _ in range(3)),
        "remedies, words alone": ((lambda w=word: questions.remedies(store, Wordless(), w, filters=some())) for word in words[:rounds]),
        "search, one word": ((lambda w=word: questions.search(store, w, filters=some(), limit=20)) for word in words[:rounds]),
        "search, two words": ((lambda w=f"{a} {b}": questions.search(store, w, limit=20)) for a, b in zip(words[:rounds], words[rounds:], strict=False)),
        "search, 数据": ((lambda: questions.search(store, "数据", limit=20)) for _ in range(10)),
        "document": ((lambda d=document: questions.document_view(store, d)) for document in documents),
        "statistics": ((lambda: questions.statistics(store, filters=some())) for _ in range(10)),
        "list of documents": ((lambda: store.documents()) for _ in range(10)),
    }
    return {name: timed(iter_, warm=True) for name, iter_ in calls.items()}


ASKED = (questions.dilemmas, questions.unanswered, questions.causes, questions.trend, questions.disagreement, questions.precedents)


def write(store: GraphStore, register: Register, generator: Generator, count: int) -> dict[str, Times]:
    """Milliseconds of adding documents, putting them in again, taking them out; projecting apart."""
    fresh = [generator.document(count + n) for n in range(40)]
    projections: list[DocumentProjection] = []
    return {
        "project one document": timed(
            ((lambda r=record, s=statements: projections.append(project(s, r, (), register))) for record, statements in fresh), most_s=60
        ),
        "add one document": timed((lambda p=projection: store.upsert_document(p)) for projection in projections),
        "put one in again": timed((lambda p=projection: store.upsert_document(p)) for projection in projections),
        "take one out": timed((lambda p=projection: store.delete_document(p.source.document)) for projection in projections),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="example: python -m benchmarks graph --documents 100 1000 10000")
    parser.add_argument("--documents", type=int, nargs="*", default=[100, 1_000, 10_000], help="how many documents (default: 100 1000 10000)")
    parser.add_argument("--rounds", type=int, default=100, help="askings of each question (default: 100)")
    parser.add_argument("--keep", type=Path, help="folder to keep the graphs in, and to take them from if they are there")
    parser.add_argument(
        "--stress", type=float, default=60.0, metavar="SECONDS", help="two writers and six readers at once on the graph of 1,000 documents (default: 60)"
    )
    parser.add_argument("--kills", type=int, default=100, metavar="TIMES", help="kill a process while it writes, so many times (default: 100)")
    parser.add_argument("--store", metavar="URL", help="a Neo4j server (bolt://user:password@host:7687, its database empty) beside the file")
    parser.add_argument("--no-safety", action="store_true", help="times alone")
    arguments_ = parser.parse_args(arguments)
    register = load()
    generator = Generator(register)
    folder = arguments_.keep or Path(tempfile.mkdtemp(prefix="bench-graph-"))
    folder.mkdir(parents=True, exist_ok=True)
    if arguments_.store:
        from benchmarks.graph_stores import compare

        seconds = 0.0 if arguments_.no_safety else arguments_.stress
        counts = arguments_.documents
        missed = compare(arguments_.store, folder, counts, rounds=arguments_.rounds, seconds=seconds, generator=generator, register=register)
        if arguments_.keep is None:
            shutil.rmtree(folder)
        return int(missed > 0)
    missed = 0
    for count in arguments_.documents:
        path = folder / f"{count}.sqlite"
        there = path.exists()
        store = SqliteStore(path)
        print(f"\n{count:,} documents")
        if not there:
            seconds, used = load_documents(store, generator, register, range(count))
            print(f"  bulk load               {seconds:9.1f} s   {seconds / count * 1_000:.1f} ms a document; processor {used:.1f} s", flush=True)
            missed += count >= 10_000 and seconds > BULK_TARGET_S
        size = sum(file.stat().st_size for file in files_of(path) if file.exists())
        tiers = ", ".join(f"{tier.tier} {tier.rows:,} in {tier.works:,} works" for tier in questions.remedies(store, register, HUB).counts)
        print(f"  file                    {size / 2**20:9.1f} MiB  {size / 1024 / count:.0f} KiB a document")
        print(f"  remedies of the hub     {tiers}")
        print(f"  {'milliseconds':26} {'p50':>9} {'p95':>9} {'processor p50':>15} {'p95':>9} {'target':>8} {'times':>6}")
        for name, times in {**ask(store, register, generator, count, arguments_.rounds), **write(store, register, generator, count)}.items():
            target = TARGETS.get(name, OTHER_TARGET)
            late = p95(times.wall) > target
            missed += late
            figures = f"{median(times.wall):9.1f} {p95(times.wall):9.1f} {median(times.cpu):15.1f} {p95(times.cpu):9.1f} {target:8.0f} {len(times.wall):6}"
            print(f"  {name:26} {figures}{'   missed' if late else ''}", flush=True)
        store.close()
    if not arguments_.no_safety:
        print("\nsafety")
        if arguments_.documents and arguments_.stress:
            # afterwards the whole graph is checked, which takes minutes for ten thousand documents
            count = min((count for count in arguments_.documents if count >= _CROWDED), default=max(arguments_.documents))
            missed += stress(folder / f"{count}.sqlite", arguments_.stress, generator, register)
        missed += kills(folder, arguments_.kills, generator, register)
        missed += leftovers(folder, generator, register)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    if arguments_.keep is None:
        shutil.rmtree(folder)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
