"""Whatever is typed: rows, or one clear line that says what is wrong (`../shared/cases.md`, area store: 43, 44, 46, 47; and the list of issue 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graph.errors import BadPage, NothingToSearch, QuestionError, UnknownDocument, UnknownFilter
from graph.questions import (
    causes,
    compare,
    dilemmas,
    disagreement,
    document_view,
    gaps,
    hanging,
    inferred,
    matrix,
    neighbourhood,
    paths,
    precedents,
    read_filters,
    remedies,
    search,
    trend,
    unanswered,
)
from graph.records import Filters
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, StatementMaker, projected

TYPED = (
    *("", "   ", "*", "？", '"', "\x00", "\ud800", "。" * 10_000),
    *("数据孤岛/部门分割", "AI+政务", '"信息孤岛', "（试行", "(试行", "数据-孤岛", "NOT", "孤岛 OR", "数据\\孤岛", "2018:孤岛"),
    *("岛", "孤岛", "政务", "C2C", "AI", "数据孤岛 税", "數據孤島", "ＡＩ"),
    *("数据孤岛" * 2_500, "为什么数据孤岛难以打破呢，" * 800, " ".join(f"词{n}" for n in range(2_500)), "a" * 10_000),
    *("NEAR(孤岛 数据, 3)", "text:孤岛", "孤岛*", "^孤岛", "'; DROP TABLE document; --", "%", "_", "{孤岛}", "[孤岛]", "孤岛\n税", "👩‍👩‍👧", "𠮷孤岛"),
)

ASK: dict[str, Callable[[GraphStore, str], object]] = {
    "remedies": lambda store, text: remedies(store, REGISTER, text),
    "dilemmas": lambda store, text: dilemmas(store, REGISTER, text),
    "unanswered": lambda store, text: unanswered(store, REGISTER, text),
    "causes": lambda store, text: causes(store, REGISTER, text),
    "precedents": lambda store, text: precedents(store, REGISTER, text),
    "precedents by actor": lambda store, text: precedents(store, REGISTER, "数据孤岛", actors=[text]),
    "trend": lambda store, text: trend(store, REGISTER, text),
    "compare": lambda store, text: compare(store, REGISTER, text, "数据孤岛"),
    "disagreement": lambda store, text: disagreement(store, REGISTER, text),
    "paths": lambda store, text: paths(store, REGISTER, "数据孤岛", text),
    "matrix": lambda store, text: matrix(store, REGISTER, [text]),
    "matrix of a scheme": lambda store, text: matrix(store, REGISTER, {"行": [text]}),
    "neighbourhood": lambda store, text: neighbourhood(store, REGISTER, text),
    "search": search,
    "document": document_view,
    "hanging": hanging,
    "inferred": lambda store, text: inferred(store, "d论文", text),
    "filter of documents": lambda store, text: remedies(
        store, REGISTER, "数据孤岛", filters=read_filters({"documents": [text], "regions": [text], "issuers": [text]})
    ),
    "filter of concepts": lambda store, text: remedies(store, REGISTER, "数据孤岛", filters=read_filters({"concepts": [text], "problems": [text]})),
    "filter by choice": lambda store, text: remedies(store, REGISTER, "数据孤岛", filters=read_filters({"basis": [text]})),
    "filter by year": lambda store, text: remedies(store, REGISTER, "数据孤岛", filters=read_filters({"year_from": text})),
    "filter by day": lambda store, text: remedies(store, REGISTER, "数据孤岛", filters=read_filters({"in_force": True, "today": text})),
    "filter by name": lambda store, text: remedies(store, REGISTER, "数据孤岛", filters=read_filters({text: ["数据"]})),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    maker = StatementMaker("论文")
    maker.block("针对数据孤岛，建立AI+政务平台，推行C2C。数据共享受阻。")
    maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("建立AI+政务平台", "countermeasure"))
    with SqliteStore(tmp_path_factory.mktemp("asked") / "graph.sqlite") as store:
        store.upsert_document(projected(maker))
        yield store


@pytest.mark.parametrize("name", ASK)
def test_whatever_is_typed_gives_rows_or_one_clear_line(asked: GraphStore, name: str) -> None:
    whole = asked.digest()
    for typed in TYPED:
        try:
            ASK[name](asked, typed)
        except QuestionError as error:
            line = str(error)
            assert line
            assert len(line.splitlines()) == 1, line
            assert len(line) < 1_000, f"{typed[:20]!r}: {len(line)} characters"
    assert asked.digest() == whole


@pytest.mark.parametrize("limit", [0, 1, 10_000])
def test_a_page_beyond_the_end_is_empty_and_still_says_how_many_there_are(asked: GraphStore, limit: int) -> None:
    for ask in (remedies, dilemmas, unanswered, causes, precedents):
        answer = ask(asked, REGISTER, "数据孤岛", limit=limit, offset=10**9)
        assert answer.rows == ()
        assert answer.total == ask(asked, REGISTER, "数据孤岛").total
    assert search(asked, "孤岛", limit=limit, offset=10**9).total == 1
    assert gaps(asked, limit=limit, offset=10**9).rows == ()


def test_pages_filters_and_documents_that_cannot_be_are_refused_by_name(asked: GraphStore) -> None:
    for limit, offset in ((-1, 0), (10_001, 0), (1, -1)):
        for ask in (remedies, dilemmas, unanswered, causes, precedents):
            with pytest.raises(BadPage):
                ask(asked, REGISTER, "数据孤岛", limit=limit, offset=offset)
    with pytest.raises(UnknownFilter, match=r"'colour'.*known are basis"):
        read_filters({"colour": ["red"]})
    with pytest.raises(UnknownFilter, match="known are stated, aligned"):
        remedies(asked, REGISTER, "数据孤岛", filters=Filters(basis=("guessed",)))  # type: ignore[arg-type]
    with pytest.raises(UnknownDocument):
        document_view(asked, "../../etc/passwd")
    with pytest.raises(NothingToSearch, match="nothing to search for"):
        remedies(asked, REGISTER, "*")
