"""Questions, additions and bulk load of the graph at 100, 1,000 and 10,000 documents, and what must not happen to it: `make bench-graph`.

Without arguments the whole table is printed: 10,000 documents, the run of many hands, the killed writers and the purge included; at the end
once more as one table with the targets beside the figures (`benchmarks.graph_table`). No question is asked for longer than ten seconds. All
takes a quarter of an hour on an idle machine, `make bench-graph ARGS="--documents 100 1000 --no-safety"` a minute. The documents come out of
one generator (`benchmarks.graph_documents`).
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from random import Random

import msgspec

from benchmarks.graph_documents import HUB, Generator
from benchmarks.graph_safety import kills, leftovers, stress
from benchmarks.graph_table import Column, Loaded, Table, Times
from corpus.concepts import Register, load
from corpus.storage import write_whole
from graph import questions
from graph.ahead import Job, projections
from graph.analysis import atlas
from graph.project import project
from graph.projection import DocumentProjection
from graph.records import Filters
from graph.sqlite import SqliteStore, files_of
from graph.store import GraphStore
from pipeline.records import to_json

_MOST_S = 10.0
"""seconds that one question is asked for at most: the whole table has to end on a busy machine too"""
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


def timed(calls: Iterator[Callable[[], object]], *, warm: int = 0, most_s: float = _MOST_S, between: Callable[[], object] | None = None) -> Times:
    """The calls, one after the other, for `most_s` seconds; the first `warm` are run beforehand and not timed: what a process does once.
    `between` is done before each call, and not timed either."""
    for call in islice(calls, warm):
        call()
    times = Times([], [])
    until = time.perf_counter() + most_s
    for call in calls:
        if between:
            between()
        start, used = time.perf_counter(), time.process_time()
        call()
        times.cpu.append((time.process_time() - used) * 1_000)
        times.wall.append((time.perf_counter() - start) * 1_000)
        if time.perf_counter() > until:
            break
    return times


class _Named(msgspec.Struct):
    id: str


class _Listed(msgspec.Struct):
    """As much of a statement file as a catalogue would hold: the rest is passed over, which takes a fifth of the time."""

    document: _Named
    clean_text: str


_listed = msgspec.json.Decoder(_Listed)


def statement_files(generator: Generator, folder: Path, count: int) -> list[Job]:
    """The documents as they lie in a corpus, a statement file each; those that are there already are taken."""
    folder.mkdir(exist_ok=True)
    jobs = []
    for number in range(count):
        file = folder / f"{number}.json"
        if file.exists():
            there = _listed.decode(file.read_bytes())
            record = generator.record(number, there.document.id, len(there.clean_text))
        else:
            record, statements = generator.document(number)
            write_whole(file, to_json(statements))
        jobs.append(Job(statements=str(file), record=record))
    return jobs


def load_documents(store: GraphStore, register: Register, jobs: Sequence[Job]) -> Loaded:
    """From statement files to a graph that can be asked, as `rebuild` does it."""
    start, used, other = time.perf_counter(), time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    store.upsert_documents(projections(jobs, register))
    return Loaded(time.perf_counter() - start, time.process_time() - used, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - other)


def _narrowings() -> list[Filters]:
    narrowings = [Filters(), Filters(year_from=2018), Filters(year_from=2012, year_to=2016), Filters(basis=("stated",)), Filters(kinds=("official",))]
    return [*narrowings, Filters(min_confidence=0.8), Filters(forces=("mandated",)), Filters(actors=("government",)), Filters(levels=("province",))]


def counting(store: GraphStore, register: Register, rounds: int) -> dict[str, Iterator[Callable[[], object]]]:
    """Questions that count over all documents, under one filter after the other: the first nine askings see each once."""
    narrowings = _narrowings()

    def each(question: Callable[[Filters], object]) -> Iterator[Callable[[], object]]:
        filters = islice(cycle(narrowings), len(narrowings) + min(rounds, 27))
        return ((lambda f=narrowing: question(f)) for narrowing in filters)

    return {
        "concepts unanswered": each(lambda filters: questions.gaps(store, filters=filters)),
        "table, commonest by year": each(lambda filters: questions.matrix(store, register, filters=filters)),
        "table, dims by kind": each(lambda filters: questions.matrix(store, register, ["dims"], by="kind", filters=filters)),
        "statistics": each(lambda filters: questions.statistics(store, filters=filters)),
        "list of documents": each(lambda _: store.documents()),
    }


def ask(store: GraphStore, register: Register, generator: Generator, count: int, rounds: int) -> dict[str, Times]:
    """Question → milliseconds of each asking, with the filters, pages and words that people use."""
    random = Random(1)
    narrowings = _narrowings()
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
        "atlas": ((lambda: atlas(store)) for _ in range(3)),
        "remedies, words alone": ((lambda w=word: questions.remedies(store, Wordless(), w, filters=some())) for word in words[:rounds]),
        "search, one word": ((lambda w=word: questions.search(store, w, filters=some(), limit=20)) for word in words[:rounds]),
        "search, two words": ((lambda w=f"{a} {b}": questions.search(store, w, limit=20)) for a, b in zip(words[:rounds], words[rounds:], strict=False)),
        "search, 数据": ((lambda: questions.search(store, "数据", limit=20)) for _ in range(10)),
        "document": ((lambda d=document: questions.document_view(store, d)) for document in documents),
    }
    counted = {name: timed(iter_, warm=len(narrowings)) for name, iter_ in counting(store, register, rounds).items()}
    return {name: timed(_with_first(iter_), warm=1) for name, iter_ in calls.items()} | counted


def _with_first(calls: Iterator[Callable[[], object]]) -> Iterator[Callable[[], object]]:
    """The calls, the first of them twice: once to warm up."""
    first = next(calls, None)
    return iter(()) if first is None else chain((first, first), calls)


ASKED = (questions.dilemmas, questions.unanswered, questions.causes, questions.trend, questions.disagreement, questions.precedents)


def write(store: GraphStore, register: Register, generator: Generator, count: int) -> dict[str, Times]:
    """Milliseconds of adding documents, putting them in again, taking them out; projecting apart."""
    fresh = [generator.document(count + n) for n in range(40)]
    projections_: list[DocumentProjection] = []
    times = {
        "project one document": timed(
            ((lambda r=record, s=statements: projections_.append(project(s, r, (), register))) for record, statements in fresh), most_s=60
        ),
        "add one document": timed((lambda p=projection: store.upsert_document(p)) for projection in projections_),
        "put one in again": timed((lambda p=projection: store.upsert_document(p)) for projection in projections_),
    }
    written = cycle(projections_)
    for name, calls in counting(store, register, len(projections_)).items():
        # the first asking after a write, that finds nothing kept of this state
        times[f"{name}, just after a write"] = timed(calls, warm=9, between=lambda: store.upsert_document(next(written)))
    times["take one out"] = timed((lambda p=projection: store.delete_document(p.source.document)) for projection in projections_)
    return times


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
    table = Table()
    for count in arguments_.documents:
        path = folder / f"{count}.sqlite"
        there = path.exists()
        store = SqliteStore(path)
        print(f"\n{count:,} documents")
        if not there:
            jobs = statement_files(generator, folder / "statements", count)
            table.add_load(Column(count), load_documents(store, register, jobs))
        size = sum(file.stat().st_size for file in files_of(path) if file.exists())
        tiers = ", ".join(f"{tier.tier} {tier.rows:,} in {tier.works:,} works" for tier in questions.remedies(store, register, HUB).counts)
        print(f"  file                    {size / 2**20:9.1f} MiB  {size / 1024 / count:.0f} KiB a document")
        print(f"  remedies of the hub     {tiers}")
        table.head(Column(count))
        for name, times in {**ask(store, register, generator, count, arguments_.rounds), **write(store, register, generator, count)}.items():
            table.add(Column(count), name, times)
        store.close()
    if not arguments_.no_safety:
        print("\nsafety")
        if arguments_.documents and arguments_.stress:
            # afterwards the whole graph is checked, which takes minutes for ten thousand documents
            count = min((count for count in arguments_.documents if count >= _CROWDED), default=max(arguments_.documents))
            table.say(stress(folder / f"{count}.sqlite", arguments_.stress, generator, register))
        table.say(kills(folder, arguments_.kills, generator, register))
        table.say(leftovers(folder, generator, register))
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    table.print()
    if arguments_.keep is None:
        shutil.rmtree(folder)
    return int(table.missed > 0)


if __name__ == "__main__":
    sys.exit(main())
