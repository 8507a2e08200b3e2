"""Add → an answer changes → withdraw → it is as before: for the questions whose own modules do not hold them to it, and a list that leaves none out."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, FunctionType

import pytest

from graph import questions
from graph.questions import document_view, linked, statements
from graph.records import Filters
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, StatementMaker, projected
from tests.graph.test_graph_questions import ASKED
from tests.graph.test_sample_answers import QUESTIONS, UNTOUCHED

REST: dict[str, Callable[[GraphStore], object]] = {
    "linked: what comes of it": lambda store: linked(store, REGISTER, "数据孤岛", "caused_by", end="target"),
    "linked: what it is for": lambda store: linked(store, REGISTER, "数据共享", "achieves"),
    "linked: what measures come up against": lambda store: linked(store, REGISTER, "数据共享", "limited_by"),
    "linked: measures that come up against it": lambda store: linked(store, REGISTER, "人才短缺", "limited_by", end="target"),
    "statements about a concept": lambda store: statements(store, REGISTER, "数据孤岛"),
    "statements about several": lambda store: statements(store, REGISTER, ["data-silos", "talent-shortage"]),
    "statements about any, sure": lambda store: statements(store, REGISTER, None, filters=Filters(min_confidence=0.9)),
    "document": lambda store: document_view(store, "d论文"),
    "list of documents": lambda store: store.documents(),
    "base": lambda store: store.base(Filters()),
    "commonest": lambda store: store.commonest(filters=Filters(), limit=9),
    "outcomes": lambda store: store.outcomes(),
}


def newer() -> StatementMaker:
    """A text that takes the place of the paper, and says something to each question."""
    maker = StatementMaker("新版", date="2023-01", kind="official", supersedes="d论文")
    maker.block("数据孤岛使得人才短缺。推进数据共享，实现一网通办，但人才短缺难解。")
    silos = maker.factor("数据孤岛", "dilemma", confidence=0.97)
    short = maker.factor("人才短缺", "dilemma", confidence=0.96)
    sharing = maker.factor("推进数据共享", "countermeasure", confidence=0.95)
    goal = maker.factor("实现一网通办", "goal")
    still = maker.factor("人才短缺难解", "dilemma")
    maker.link(short, silos, "caused_by")
    maker.link(sharing, goal, "achieves")
    maker.link(sharing, still, "limited_by")
    maker.link(silos, sharing)
    return maker


@pytest.mark.parametrize("name", REST)
@pytest.mark.parametrize("gone", ["withdrawn", "purged"])
def test_an_answer_changes_with_a_document_and_is_as_before_without_it(
    store: GraphStore, paper: StatementMaker, notice: StatementMaker, name: str, gone: str
) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    before = REST[name](store)
    maker = newer()
    store.upsert_document(projected(maker, maker.decide(1, "accept", ["推进数据共享"], "countermeasure")))
    assert REST[name](store) != before
    assert (store.delete_document if gone == "withdrawn" else store.purge_document)("d新版")
    assert REST[name](store) == before
    assert store.check() == ()


def asked_by(question: Callable[[GraphStore], object]) -> set[str]:
    """Names that a question's code uses, those of its inner functions too."""
    if not isinstance(question, FunctionType):
        return set()
    names, waiting = {question.__name__}, [question.__code__]
    while waiting:
        code = waiting.pop()
        names.update(code.co_names)
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return names


def test_no_question_is_left_out() -> None:
    no_questions = {"HIDDEN", "MOST_ROWS", "More", "as_remedy", "checked", "meaning", "read_filters"}
    asked = [*ASKED.values(), *REST.values(), *(question for name, question in QUESTIONS.items() if name not in UNTOUCHED)]
    held = set().union(*map(asked_by, asked))
    assert set(questions.__all__) - no_questions - held == set()
