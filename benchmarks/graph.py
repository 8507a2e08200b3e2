"""Questions, additions and bulk load of the graph at 100, 1,000 and 10,000 documents: `make bench-graph ARGS="--documents 100 1000"`.

The documents come out of one generator. Their shape (sentences, factors, links of each kind, headings, actors, concepts per factor) is
that of the annotated training documents; their words are drawn from a Chinese dictionary by frequency. One concept, 数据孤岛, is a
hub: it stands in as many dilemmas as the commonest concept of the annotated documents does. Same number, same document.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from multiprocessing.queues import Queue
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from corpus.concepts import Register, load
from corpus.records import DocumentRecord
from graph import questions
from graph.analysis import atlas
from graph.project import project
from graph.projection import DocumentProjection
from graph.records import Filters
from graph.sqlite import SqliteStore, files_of
from pipeline.records import (
    Act,
    Block,
    DocumentDate,
    DocumentInfo,
    Entity,
    Factor,
    FactorType,
    Issuer,
    Link,
    LinkType,
    Run,
    Sentence,
    Statements,
    content_id,
    from_json,
    to_json,
)

HUB = "data-silos"
TARGETS = {"remedies of the hub": 50.0, "add one document": 60.0, "atlas": 1_000.0}
"""milliseconds; the atlas is made once a version of the graph, and kept"""
OTHER_TARGET = 150.0
BULK_TARGET_S = 240.0

# quantiles of the 72 training documents, least to most
_FACTORS = (49, 110, 167, 200, 232, 255, 280, 459)
_SENTENCES_PER_FACTOR = 0.62
_TYPES: tuple[tuple[FactorType, float], ...] = (("driver", 0.08), ("dilemma", 0.21), ("countermeasure", 0.47), ("goal", 0.24))
# links of a kind per factor, how many of them are aligned, types of their ends
_LINKS: tuple[tuple[LinkType, float, float, FactorType | None, FactorType | None], ...] = (
    ("addressed_by", 0.153, 0.41, "dilemma", "countermeasure"),
    ("caused_by", 0.095, 0.03, "dilemma", "driver"),
    ("achieves", 0.325, 0.06, "countermeasure", "goal"),
    ("drives", 0.072, 0.07, "driver", "countermeasure"),
)
_ENTITIES, _ACTS = 76, 69
_NAMING = 0.32
"""share of factors that name a concept"""
_TOPICS = 30
"""concepts that a document names: it keeps to its matter"""
_HUB_SHARE = 0.09
"""of the dilemmas that name a concept"""
_KINDS = ("academic", "academic", "academic", "academic", "academic", "official", "official", "essay", "report", "law")
_ACTOR_TYPES = ("government", "office_holder", "enterprise", "public", "society")


class Generator:
    """Documents by number. Made once: it reads the dictionary that jieba brings."""

    def __init__(self, register: Register) -> None:
        import jieba

        lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
        rows = [line.split(" ") for line in lines]
        self._words = [word for word, _, _ in rows]
        self._weights = list(accumulate(int(count) for _, count, _ in rows))
        self._names = [concept.names[0] for concept in register if concept.names and concept.id != HUB and register.find(concept.names[0])]
        # Zipf with a flat head: the commonest concept of the annotated documents has 4 times the mentions of the thirtieth
        self._name_weights = list(accumulate(1 / (rank + 8) for rank in range(len(self._names))))
        hub = register.get(HUB)
        assert hub is not None
        self._hub = hub.names[:2]
        self._actors = [f"{self._words[n]}{tail}" for n in range(2_000, 250_000, 50) for tail in ("局",) if 1 < len(self._words[n]) < 4]

    def document(self, number: int) -> tuple[DocumentRecord, Statements]:
        random = Random(number)
        cut = random.uniform(0, len(_FACTORS) - 1.001)
        low, high = _FACTORS[int(cut)], _FACTORS[int(cut) + 1]
        wanted = int(low + (high - low) * (cut - int(cut)))
        identity = content_id("d", number) + "0000"
        topics = random.choices(self._names, cum_weights=self._name_weights, k=_TOPICS)
        text, blocks, sentences, factors = self._text(random, wanted, topics)
        links = self._links(random, factors)
        entities, acts = self._actors_of(random, sentences, factors)
        year = random.choice((0, *range(2008, 2025), *range(2015, 2025)))
        date = DocumentDate(value=f"{year}-{random.randint(1, 12):02}", precision="month", kind="published") if year else None
        kind = random.choice(_KINDS)
        issuers = (Issuer(name=random.choice(self._actors), level=random.choice(("central", "ministry", "province", "city"))),) if kind == "official" else ()
        statements = Statements(
            document=DocumentInfo(id=identity, title=blocks[0].text, authors=("甲", "乙"), date=date, kind=kind, issuers=issuers),  # type: ignore[arg-type]
            clean_text=text,
            blocks=blocks,
            sentences=sentences,
            factors=factors,
            links=links,
            entities=entities,
            acts=acts,
            run=Run(pipeline="generator", components=()),
        )
        return DocumentRecord(id=identity, name=f"{number}.txt", sha256="0" * 64, size=len(text), added="2026-01-01T00:00:00Z"), statements

    def _phrase(self, random: Random, least: int) -> str:
        words: list[str] = []
        while sum(map(len, words)) < least:
            words += random.choices(self._words, cum_weights=self._weights, k=4)
        return "".join(words)

    def _text(self, random: Random, wanted: int, topics: Sequence[str]) -> tuple[str, tuple[Block, ...], tuple[Sentence, ...], tuple[Factor, ...]]:
        pieces: list[str] = []
        blocks: list[Block] = []
        sentences: list[Sentence] = []
        factors: list[Factor] = []
        at = 0

        def add_block(lines: Sequence[Sequence[tuple[str, FactorType | None]]], role: str) -> None:
            nonlocal at
            start = at
            for line in lines:
                begin = at
                for piece, kind in line:
                    if kind is not None:
                        scope = "heading" if role == "heading" else "clause"
                        factors.append(_factor(len(factors), kind, piece, at, scope, random))
                    pieces.append(piece)
                    at += len(piece)
                sentences.append(Sentence(id=f"s{len(sentences)}", start=begin, end=at, block=f"b{len(blocks)}"))
            text = "".join(piece for line in lines for piece, _ in line)
            level = random.choice((1, 2, 2)) if role == "heading" else None
            blocks.append(Block(id=f"b{len(blocks)}", text=text, start=start, end=at, raw=(start, at), role=role, level=level))  # type: ignore[arg-type]
            pieces.append("\n")
            at += 1

        add_block([[(self._phrase(random, 12), None)]], "title")
        while len(factors) < wanted:
            heading = self._named(random, topics) if random.random() < 0.7 else (self._phrase(random, 8), None)
            add_block([[heading]], "heading")
            for _ in range(2):
                lines = []
                for _ in range(2):
                    line: list[tuple[str, FactorType | None]] = [(self._phrase(random, 6) + "，", None)]
                    for _ in range(random.choice((1, 2, 2, 3))):
                        line += [self._named(random, topics), ("，" + self._phrase(random, 4), None)]
                    line.append(("。", None))
                    lines.append(line)
                add_block(lines, "body")
        text = "".join(pieces).rstrip("\n")
        return text, tuple(blocks), tuple(sentences), tuple(factors)

    def _named(self, random: Random, topics: Sequence[str]) -> tuple[str, FactorType]:
        kind = random.choices([name for name, _ in _TYPES], weights=[share for _, share in _TYPES])[0]
        phrase = self._phrase(random, 8)
        if random.random() < _NAMING:
            hub = kind == "dilemma" and random.random() < _HUB_SHARE
            phrase += random.choice(self._hub) if hub else random.choice(topics)
        return phrase, kind

    def _links(self, random: Random, factors: Sequence[Factor]) -> tuple[Link, ...]:
        by_type = {kind: [factor for factor in factors if factor.type == kind] for kind, _ in _TYPES}
        links: list[Link] = []
        for kind, share, aligned, source, target in _LINKS:
            assert source is not None
            assert target is not None
            if not by_type[source] or not by_type[target]:
                continue
            for _ in range(round(share * len(factors))):
                one, other = random.choice(by_type[source]), random.choice(by_type[target])
                links.append(_link(len(links), kind, one, other, "aligned" if random.random() < aligned else "stated", random))
        heading: Factor | None = None
        for factor in factors:
            if factor.scope == "heading":
                heading = factor
            elif heading is not None and random.random() < 0.55:
                links.append(_link(len(links), "part_of", factor, heading, "aligned", random))
        return tuple(links)

    def _actors_of(self, random: Random, sentences: Sequence[Sentence], factors: Sequence[Factor]) -> tuple[tuple[Entity, ...], tuple[Act, ...]]:
        entities = []
        for n in range(_ENTITIES):
            places = sorted((sentence.start, min(sentence.end, sentence.start + 3)) for sentence in random.sample(sentences, min(2, len(sentences))))
            kind = random.choice(_ACTOR_TYPES)
            name = self._actors[int(len(self._actors) * random.random() ** 3)]
            entities.append(Entity(id=f"e{n}", type=kind, name=name, mentions=tuple(places), confidence=0.9, author="generator"))  # type: ignore[arg-type]
        acts = [
            Act(
                id=f"a{n}",
                actor=random.choice(entities).id,
                factor=factor.id,
                type="takes" if factor.type == "countermeasure" else "faces",
                evidence=((factor.start, factor.end),),
                confidence=0.8,
                author="generator",
            )
            for n, factor in enumerate(random.choices(factors, k=_ACTS))
        ]
        return tuple(entities), tuple(acts)


def _factor(number: int, kind: FactorType, text: str, at: int, scope: str, random: Random) -> Factor:
    force = random.choice((None, "advised", "mandated", "reported")) if kind == "countermeasure" else None
    return Factor(
        id=f"f{number}",
        type=kind,
        text=text,
        sentence=text,
        start=at,
        end=at + len(text),
        scope=scope,  # type: ignore[arg-type]
        dim=random.choice((None, "data", "institution", "talent")),  # type: ignore[arg-type]
        force=force,  # type: ignore[arg-type]
        confidence=round(random.uniform(0.4, 1), 3),
        author="generator",
    )


def _link(number: int, kind: LinkType, source: Factor, target: Factor, basis: str, random: Random) -> Link:
    evidence = ((source.start, source.end), (target.start, target.end))
    confidence = round(random.uniform(0.3, 1), 3)
    return Link(
        id=f"l{number}",
        type=kind,
        source=source.id,
        target=target.id,
        basis=basis,  # type: ignore[arg-type]
        confidence=confidence,
        evidence=evidence,
        author="generator",
    )


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


def timed(calls: Iterator[Callable[[], object]], *, warm: bool = False) -> Times:
    """The calls, one after the other; the first is run once beforehand, so that nothing is timed that a process does only once."""
    times = Times([], [])
    for number, call in enumerate(calls):
        if number == 0 and warm:
            call()
        start, used = time.perf_counter(), time.process_time()
        call()
        times.cpu.append((time.process_time() - used) * 1_000)
        times.wall.append((time.perf_counter() - start) * 1_000)
    return times


def p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def load_documents(store: SqliteStore, generator: Generator, register: Register, numbers: range) -> tuple[float, float]:
    """Seconds that loading took, by the clock and of the processor: from the bytes of a statement file to a graph that can be asked."""
    total = processor = 0.0
    for number in numbers:
        record, statements = generator.document(number)
        data = to_json(statements)
        start, used = time.perf_counter(), time.process_time()
        store.upsert_document(project(from_json(data), record, (), register))
        total, processor = total + time.perf_counter() - start, processor + time.process_time() - used
    return total, processor


def ask(store: SqliteStore, register: Register, generator: Generator, count: int, rounds: int) -> dict[str, Times]:
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


def write(store: SqliteStore, register: Register, generator: Generator, count: int) -> dict[str, Times]:
    """Milliseconds of adding documents, putting them in again, taking them out; projecting apart."""
    fresh = [generator.document(count + n) for n in range(40)]
    projections: list[DocumentProjection] = []
    return {
        "project one document": timed((lambda r=record, s=statements: projections.append(project(s, r, (), register))) for record, statements in fresh),
        "add one document": timed((lambda p=projection: store.upsert_document(p)) for projection in projections),
        "put one in again": timed((lambda p=projection: store.upsert_document(p)) for projection in projections),
        "take one out": timed((lambda p=projection: store.delete_document(p.source.document)) for projection in projections),
    }


def _write_for(path: Path, seconds: float, first: int, said: Queue[tuple[str, int]]) -> None:
    """One writer of the stress run: adds, replaces and takes out documents."""
    try:
        register = load()
        generator = Generator(register)
        ready = [(record.id, project(statements, record, (), register)) for record, statements in (generator.document(first + n) for n in range(20))]
        until, done = time.monotonic() + seconds, 0
        with SqliteStore(path) as store:
            while time.monotonic() < until:
                identity, projection = ready[done % len(ready)]
                if done % 5 == 4:
                    store.delete_document(identity)
                else:
                    store.upsert_document(projection)
                done += 1
        said.put(("writes", done))
    except Exception as error:  # noqa: BLE001  counted and shown, whatever it is
        said.put((f"error in a writer: {error}", 1))


def _read_for(path: Path, seconds: float, seed: int, said: Queue[tuple[str, int]]) -> None:
    """One reader of the stress run: pages of the hub, searches and documents, each checked against itself."""
    try:
        register = load()
        random = Random(seed)
        until, done = time.monotonic() + seconds, 0
        with SqliteStore(path) as store:
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


def stress(path: Path, seconds: float) -> int:
    """Errors of two writers and six readers, each a process of its own, that work on one graph at once."""
    context = multiprocessing.get_context("spawn")
    said: Queue[tuple[str, int]] = context.Queue()
    workers = [context.Process(target=_write_for, args=(path, seconds, 200_000 + n * 1_000, said)) for n in range(2)]
    workers += [context.Process(target=_read_for, args=(path, seconds, n, said)) for n in range(6)]
    for worker in workers:
        worker.start()
    results = [said.get(timeout=seconds + 300) for _ in workers]
    for worker in workers:
        worker.join()
    errors = [what for what, _ in results if what.startswith("error")] + [f"exit {worker.exitcode}" for worker in workers if worker.exitcode]
    with SqliteStore(path) as store:
        errors += [f"check: {problem.what}" for problem in store.check()]
    sums = {what: sum(count for name, count in results if name == what) for what in ("writes", "reads")}
    print(f"  two writers, six readers {seconds:7.0f} s   {sums['writes']} writes, {sums['reads']} reads, {len(errors)} errors")
    for error in errors:
        print(f"    {error}")
    return len(errors)


def kills(folder: Path, times: int) -> int:
    """Documents lost or torn when a process is killed while it writes, `times` over, and what `check` finds."""
    path = folder / "kills.sqlite"
    context = multiprocessing.get_context("spawn")
    lost = 0
    said: Queue[tuple[str, int]] = context.Queue()
    for time_ in range(times):
        worker = context.Process(target=_write_for, args=(path, 600.0, 300_000, said))
        worker.start()
        # past the start of the interpreter, into the loop of writes
        deadline = time.monotonic() + 120
        size = -1
        while time.monotonic() < deadline:
            now = sum(file.stat().st_size for file in files_of(path) if file.exists())
            if size >= 0 and now != size:
                break
            size = now
            time.sleep(0.01)
        time.sleep(Random(time_).uniform(0.0, 0.3))
        worker.kill()
        worker.join()
        with SqliteStore(path) as store:
            problems = store.check()
            torn = [summary for summary in store.documents() if len(store.document(summary.source.document).factors) != summary.factors]
            lost += len(problems) + len(torn)
    print(f"  kill -9 while writing    {times:7d} x   {lost} lost or torn")
    return lost


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="example: python -m benchmarks graph --documents 100 1000 10000")
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1_000], help="how many documents (default: 100 1000)")
    parser.add_argument("--rounds", type=int, default=100, help="askings of each question (default: 100)")
    parser.add_argument("--keep", type=Path, help="folder to keep the graphs in, and to take them from if they are there")
    parser.add_argument("--stress", type=float, metavar="SECONDS", help="two writers and six readers at once on the largest graph")
    parser.add_argument("--kills", type=int, metavar="TIMES", help="kill a process while it writes, so many times")
    arguments_ = parser.parse_args(arguments)
    register = load()
    generator = Generator(register)
    folder = arguments_.keep or Path(tempfile.mkdtemp(prefix="bench-graph-"))
    folder.mkdir(parents=True, exist_ok=True)
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
        print(f"  {'milliseconds':26} {'p50':>9} {'p95':>9} {'processor p95':>15} {'target':>8}")
        for name, times in {**ask(store, register, generator, count, arguments_.rounds), **write(store, register, generator, count)}.items():
            target = TARGETS.get(name, OTHER_TARGET)
            late = p95(times.wall) > target
            missed += late
            print(f"  {name:26} {median(times.wall):9.1f} {p95(times.wall):9.1f} {p95(times.cpu):15.1f} {target:8.0f}{'   missed' if late else ''}", flush=True)
        store.close()
    if arguments_.stress:
        missed += stress(folder / f"{max(arguments_.documents)}.sqlite", arguments_.stress)
    if arguments_.kills:
        missed += kills(folder, arguments_.kills)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    if arguments_.keep is None:
        shutil.rmtree(folder)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
