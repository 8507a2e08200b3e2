"""Full text: any length, any script, no sign means anything (the faults that people report of other stores: numbers 43 and 44)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph._fold import fold, index_text, phrase, search_terms, tokens
from graph.errors import BadPage, NothingToSearch
from graph.questions import remedies, search
from graph.records import Filters
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, StatementMaker, projected


@pytest.fixture
def small(store: GraphStore) -> GraphStore:
    maker = StatementMaker("一")
    maker.block("针对数据孤岛，建立AI+政务平台，推行C2C")
    store.upsert_document(projected(maker))
    return store


@pytest.fixture
def larger(small: GraphStore) -> GraphStore:
    maker = StatementMaker("二", date="2019")
    maker.block("数据孤岛与部门分割并存（试行）。2018年，税务部门的Data Silos依然存在。數據孤島難以打破；“数据”孤岛也是。")
    small.upsert_document(projected(maker))
    return small


@pytest.mark.parametrize("question", ["岛", "孤岛", "政务", "C2C", "AI", "c2c", "ai", "ＡＩ", "數據孤島", "平台"])
def test_words_of_any_length_are_found(small: GraphStore, question: str) -> None:
    answer = search(small, question)
    assert answer.total == 1
    (row,) = answer.rows
    assert row.text == "针对数据孤岛，建立AI+政务平台，推行C2C"
    assert [fold(row.text[start:end]) for start, end in row.marks] == [fold(question)]


def test_a_word_that_is_nowhere_is_said_to_be_nowhere(small: GraphStore) -> None:
    answer = search(small, "数据孤岛 税")
    assert (answer.rows, answer.total, answer.documents) == ((), 0, 0)
    assert [(count.term, count.sentences, count.documents) for count in answer.apart] == [("数据孤岛", 1, 1), ("税", 0, 0)]
    assert answer.base.documents == 1


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("数据孤岛/部门分割", {"二"}),
        ("AI+政务", {"一"}),
        ('"信息孤岛', set()),
        ('"数据孤岛', {"一", "二"}),
        ("（试行", {"二"}),
        ("(试行", {"二"}),
        ("数据-孤岛", {"一", "二"}),
        ("NOT", set()),
        ("孤岛 OR", set()),
        ("数据\\孤岛", {"一", "二"}),
        ("2018:孤岛", {"二"}),
        ("孤岛*", {"一", "二"}),
        ("NEAR(孤岛 数据)", set()),
        ("text : 孤岛", set()),
        ("'; DROP TABLE document; --", set()),
        ("data silo", {"二"}),
        ("DATA SILOS", {"二"}),
        ("dat", set()),
    ],
)
def test_signs_part_words_and_mean_nothing_else(larger: GraphStore, question: str, documents: set[str]) -> None:
    assert {row.source.file for row in search(larger, question).rows} == documents


@pytest.mark.parametrize("question", ["*", "", "   ", "。，、", '"', "()", "+-:/\\", "\x00", "\ud800", "…—"])
def test_signs_alone_are_nothing_to_search_for(small: GraphStore, question: str) -> None:
    with pytest.raises(NothingToSearch, match="nothing to search for"):
        search(small, question)


def test_no_phrase_is_found_across_a_stop(store: GraphStore) -> None:
    maker = StatementMaker("停")
    maker.block("打破数据，孤岛仍在")
    store.upsert_document(projected(maker))
    assert search(store, "数据孤岛").total == 0
    assert search(store, "数据 孤岛").total == 1


def test_quotes_and_blanks_inside_a_word_do_not_hide_it(larger: GraphStore) -> None:
    answer = search(larger, "数据孤岛", filters=Filters(documents=("d二",)))
    assert [[row.text[start:end] for start, end in row.marks] for row in answer.rows] == [["数据孤岛"], ["數據孤島", "数据”孤岛"]]


def test_words_in_different_sentences_are_found_document_by_document(larger: GraphStore) -> None:
    answer = search(larger, "部门分割 税务")
    assert (answer.within, answer.documents, answer.total) == ("document", 1, 2)
    assert [row.source.file for row in answer.rows] == ["二", "二"]


def test_documents_with_most_hits_come_first_then_the_newest(larger: GraphStore) -> None:
    answer = search(larger, "孤岛")
    assert [(row.source.file, row.hits) for row in answer.rows] == [("二", 2), ("二", 2), ("一", 1)]
    pages = [row for offset in range(5) for row in search(larger, "孤岛", limit=1, offset=offset).rows]
    assert pages == list(answer.rows)


def test_a_question_of_ten_thousand_characters_gets_an_answer(larger: GraphStore) -> None:
    assert search(larger, "数据孤岛" * 2_500).total == 0
    answer = search(larger, " ".join(f"词{n}" for n in range(2_500)))
    assert (len(answer.terms), len(answer.left_out), answer.total) == (24, 2_476, 0)


def test_a_page_that_cannot_be_is_refused(small: GraphStore) -> None:
    for limit, offset in ((-1, 0), (1, -1), (10**9, 0), (1, 2**64)):
        with pytest.raises(BadPage):
            search(small, "孤岛", limit=limit, offset=offset)
    assert search(small, "孤岛", offset=10**6).rows == ()


def test_a_document_that_is_taken_out_is_not_found_any_more(larger: GraphStore) -> None:
    larger.delete_document("d二")
    assert {row.source.file for row in search(larger, "孤岛").rows} == {"一"}
    assert larger.check() == ()


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("数据孤岛，。“”( )AIai0-*"))))
def test_every_word_of_a_text_is_a_term_that_the_index_holds(text: str) -> None:
    indexed = f" {index_text(text)} "
    for term in search_terms(text):
        assert f" {' '.join(tokens(term))} " in indexed
        assert phrase(term).count('"') == 2


@pytest.fixture(scope="module")
def asked_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    maker = StatementMaker("一")
    maker.block("针对数据孤岛，建立AI+政务平台，推行C2C。")
    maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("建立AI+政务平台", "countermeasure"))
    with SqliteStore(tmp_path_factory.mktemp("asked") / "graph.sqlite") as store:
        store.upsert_document(projected(maker))
        yield store


@settings(max_examples=150, deadline=None)
@given(question=st.one_of(st.text(), st.text(alphabet="数据孤岛AIai2018 \"'*()-+:/\\^{}[]~&|!。，NEAROT", max_size=30)))
def test_no_question_breaks_a_search_or_an_answer(asked_store: SqliteStore, question: str) -> None:
    for ask in (lambda: search(asked_store, question), lambda: remedies(asked_store, REGISTER, question)):
        try:
            answer = ask()
        except NothingToSearch:
            assert search_terms(question) == ()
        else:
            assert answer.total >= len(answer.rows) >= 0
