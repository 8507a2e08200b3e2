"""What a store holds in memory keeps step with the file: after any write, whoever made it, counts are those of a reader who has just come."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from graph.projection import DocumentProjection
from graph.questions import gaps, matrix, statistics
from graph.records import Filters
from graph.sqlite import SqliteStore
from tests.graph.statement_maker import REGISTER, StatementMaker, projected

NARROWINGS = (
    Filters(),
    Filters(year_from=2015),
    Filters(min_confidence=0.6),
    Filters(forces=("mandated",), kinds=("official",)),
    Filters(problems=("data-silos",)),
    Filters(concepts=("data-sharing",), basis=("stated",)),
)


def document(number: int, edition: int = 0, supersedes: str | None = None) -> DocumentProjection:
    """A document that says more, and other things, in each edition."""
    random = Random(number * 100 + edition)
    maker = StatementMaker(f"文{number}", date=str(2010 + number % 9), kind=random.choice(("academic", "official")), supersedes=supersedes)
    for n in range(1 + (number + edition) % 4):
        maker.block(f"第{n}处数据孤岛突出，人才短缺。应当推进数据共享{n}。")
        silos = maker.factor(f"第{n}处数据孤岛突出", "dilemma", dim="data", confidence=random.random())
        maker.factor("人才短缺", "dilemma", dim="talent", confidence=random.random())
        sharing = maker.factor(f"推进数据共享{n}", "countermeasure", force=random.choice(("mandated", "advised")), confidence=random.random())
        if random.random() < 0.7:
            maker.link(silos, sharing, basis=random.choice(("stated", "aligned")), confidence=random.random())
    maker.act(maker.actor(f"第{number % 3}局"), sharing)
    return projected(maker, work=f"w{number // 2}" if number % 5 == 0 else None)


def answers(store: SqliteStore) -> list[object]:
    """Everything that is counted out of what is held, and the list of documents."""
    asked: list[object] = [store.documents()]
    for filters in NARROWINGS:
        asked += [statistics(store, filters=filters), gaps(store, filters=filters), store.commonest(filters=filters, limit=9)]
        asked += [matrix(store, REGISTER, by="year", filters=filters), matrix(store, REGISTER, ["dims"], by="kind", filters=filters)]
    return asked


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_a_reader_who_has_just_come(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    path = tmp_path / "graph.sqlite"
    with SqliteStore(path) as writer, SqliteStore(path) as reader:
        there: list[str] = []
        for step in range(24):
            act = random.choice(("add", "add", "many", "again", "replace", "withdraw", "purge"))
            if act == "many":
                some = [document(step * 10 + n) for n in range(3)]
                writer.upsert_documents(some)
                there += [projection.source.document for projection in some]
            elif act == "add" or not there:
                there.append(document(step).source.document)
                writer.upsert_document(document(step))
            elif act == "again":
                writer.upsert_document(document(int(random.choice(there)[2:]), edition=step))
            elif act == "replace":
                newer = document(1_000 + step, supersedes=random.choice(there))
                writer.upsert_document(newer)
                there.append(newer.source.document)
            else:
                gone = there.pop(random.randrange(len(there)))
                assert (writer.purge_document if act == "purge" else writer.delete_document)(gone)
            with SqliteStore(path) as fresh:
                expected = answers(fresh)
            assert answers(reader) == expected, (step, act)
            # whoever writes sees it too, and what was narrowed down for one filter is not taken for another
            assert answers(writer) == expected, (step, act)
        assert writer.check() == ()


def test_an_older_state_is_counted_as_it_was_while_another_thread_has_gone_on(tmp_path: Path) -> None:
    """A question that began before a write, and asks again after another thread has counted the new state, counts the old one."""
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        store.upsert_documents(document(n) for n in range(6))
        before = answers(store)
        with store._connections.reading() as connection:
            held = store._kept.held
            old = held.packed(connection, "factors")
            store.delete_document("d文2")
            store.upsert_document(document(9))
            assert answers(store) != before
            again = held.packed(connection, "factors")
        assert again.rows.tobytes() == old.rows.tobytes()
        assert again.sizes.tolist() == old.sizes.tolist()
        store.delete_document("d文9")
        store.upsert_document(document(2))
        assert answers(store) == before
