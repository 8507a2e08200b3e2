"""The same documents in a file and on a server: every answer is the same, row for row, whatever narrows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from benchmarks.graph import HUB, Generator
from corpus.concepts import Register, load
from graph import questions
from graph.analysis import atlas
from graph.build import rebuild
from graph.neo4j import Neo4jStore
from graph.project import project
from graph.projection import DocumentProjection
from graph.records import Filters
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from tests.integration.engine import empty

NARROWINGS = {
    "nothing": Filters(),
    "years": Filters(year_from=2012, year_to=2019),
    "basis": Filters(basis=("stated",)),
    "kinds": Filters(kinds=("official", "essay")),
    "sure": Filters(min_confidence=0.8),
    "forces": Filters(forces=("mandated", "reported")),
    "actors": Filters(actors=("government",)),
    "levels": Filters(levels=("province", "city")),
    "dims": Filters(dims=("data", "talent")),
    "a problem": Filters(problems=(HUB,)),
    "a concept": Filters(concepts=(HUB,), voices=("own",)),
    "in force": Filters(in_force=True, today="2020-01-01"),
    "internal": Filters(internal="with"),
}


@pytest.fixture(scope="module")
def register() -> Register:
    return load()


@pytest.fixture(scope="module")
def documents(register: Register) -> tuple[DocumentProjection, ...]:
    """Ten generated documents, one of them a repost."""
    generator = Generator(register)
    made = (generator.document(number) for number in range(10))
    return tuple(project(statements, record, (), register, work="w1" if n in (3, 4) else None) for n, (record, statements) in enumerate(made))


@pytest.fixture(scope="module")
def both(neo4j_url: str, documents: tuple[DocumentProjection, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GraphStore, GraphStore]]:
    empty(neo4j_url)
    with SqliteStore(tmp_path_factory.mktemp("both") / "graph.sqlite") as file, Neo4jStore(neo4j_url) as server:
        for document in documents:
            file.upsert_document(document)
        server.upsert_documents(documents)
        yield file, server


@pytest.mark.parametrize("narrowing", NARROWINGS)
def test_every_question_has_the_same_answer(both: tuple[GraphStore, GraphStore], register: Register, narrowing: str) -> None:
    filters, random = NARROWINGS[narrowing], Random(narrowing)
    concepts = [HUB, *random.sample([concept.id for concept in register], 6), *[count.concept.id for count in both[0].commonest(filters=Filters(), limit=6)]]
    asked: list[Callable[[GraphStore], object]] = []
    for name in ("remedies", "dilemmas", "unanswered", "causes", "disagreement", "precedents"):
        question = getattr(questions, name)
        asked += [lambda store, q=question, c=concept: q(store, register, c, filters=filters, limit=15) for concept in concepts]
    asked += [lambda store, c=concept: questions.trend(store, register, c, filters=filters) for concept in concepts]
    asked += [lambda store, c=concept: questions.neighbourhood(store, register, c, filters=filters) for concept in concepts[:4]]
    wider = {"nodes": 20, "more": "countermeasure", "steps": 2}
    asked += [lambda store, c=concept: questions.neighbourhood(store, register, c, filters=filters, **wider) for concept in concepts[:2]]  # type: ignore[arg-type]
    asked += [lambda store, a=a, b=b: questions.paths(store, register, a, b, filters=filters) for a, b in zip(concepts, concepts[3:], strict=False)]
    asked += [lambda store, by=by: questions.matrix(store, register, by=by, filters=filters) for by in ("year", "kind", "issuer", "level", "place")]
    asked += [lambda store: questions.matrix(store, register, ["dims"], by="kind", filters=filters)]
    asked += [lambda store: questions.gaps(store, filters=filters), lambda store: questions.statistics(store, filters=filters)]
    asked += [lambda store: store.ties(HUB, filters=filters, limit=50), lambda store: store.pairs(filters=filters, limit=40)]
    asked += [lambda store, w=words: questions.search(store, w, filters=filters, limit=15) for words in ("数据", "数据孤岛", "发展 政府", "的 了", "social")]
    asked += [lambda store: questions.compare(store, register, HUB, concepts[1], filters=filters)]
    for ask in asked:
        assert ask(both[0]) == ask(both[1])


def test_what_hangs_on_a_document_is_the_same(both: tuple[GraphStore, GraphStore], documents: tuple[DocumentProjection, ...]) -> None:
    for document in documents:
        key = document.source.document
        assert questions.hanging(both[0], key) == questions.hanging(both[1], key)
        assert both[0].document(key) == both[1].document(key)
    assert both[0].documents() == both[1].documents()
    assert atlas(both[0]) == atlas(both[1])


def test_both_have_one_digest_and_the_server_can_be_built_anew(both: tuple[GraphStore, GraphStore], documents: tuple[DocumentProjection, ...]) -> None:
    file, server = both
    assert server.digest() == file.digest()
    assert server.check() == ()
    rebuild(server, reversed(documents))
    assert server.digest() == file.digest()
