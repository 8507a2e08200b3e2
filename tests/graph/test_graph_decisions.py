"""What people decided holds, whatever is extracted again; and every decision is applied, queued or undone."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Decision
from graph.project import tally
from graph.projection import DocumentProjection
from graph.questions import remedies, unanswered
from graph.records import Filters, Outcome
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, StatementMaker, projected, undo

SILOS = "部门之间数据孤岛林立"
PLATFORM = "建立统一的共享平台"


def states(projection: DocumentProjection) -> dict[str, str]:
    """Words → review state of each factor; type → state of each link."""
    text = projection.clean_text
    found = {text[factor.start : factor.end]: factor.review for factor in projection.factors}
    return found | {edge.id: edge.review for edge in projection.edges if edge.basis is not None}


def outcome(projection: DocumentProjection, decision: Decision) -> tuple[str, str | None]:
    (found,) = (o for o in projection.outcomes if o.decision == decision.id)
    return found.state, found.reason


def read_again(*, lead: str = "", silos: str = SILOS, kind: str = "dilemma", link: bool = True, silos_factor: bool = True) -> StatementMaker:
    """The paper after a mended cleaner or a new model: text moved by `lead`, other words, other types, nothing found."""
    maker = StatementMaker("论文", date="2018-05")
    maker.block(f"{lead}{silos}。基层人才短缺严重。应当{PLATFORM}。")
    one = maker.factor(silos, kind) if silos_factor else None
    two = maker.factor(PLATFORM, "countermeasure")
    if link and one:
        maker.link(one, two, basis="aligned")
    return maker


def test_a_rejected_factor_leaves_all_answers_and_stays_on_its_page(store: GraphStore, paper: StatementMaker) -> None:
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    store.upsert_document(projected(paper, reject))
    assert [row.remedy.text for row in remedies(store, REGISTER, "数据孤岛").rows] == ["统一接口标准"]
    assert unanswered(store, REGISTER, "数据孤岛").total == 0
    view = store.document(paper.record.id)
    assert {f.text: f.review for f in view.factors}[SILOS] == "rejected"
    assert {link.id: (link.review, link.live) for link in view.links} == {"l0": ("open", False), "l1": ("open", True)}
    assert store.outcomes() == (Outcome(decision="c1", document=paper.record.id, state="applied", target="f0"),)


def test_a_dilemma_whose_remedy_link_is_rejected_is_unanswered(store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper, paper.decide(1, "reject", [SILOS, PLATFORM], "addressed_by")))
    answer = remedies(store, REGISTER, "数据孤岛")
    assert [row.remedy.text for row in answer.rows] == ["统一接口标准"]
    assert [row.quote.text for row in answer.unanswered] == [SILOS]
    assert {link.id: link.review for link in store.document(paper.record.id).links} == {"l0": "rejected", "l1": "open"}


def test_an_undone_rejection_brings_the_answer_back(store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    before = remedies(store, REGISTER, "数据孤岛")
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    store.upsert_document(projected(paper, reject))
    taken_back = projected(paper, reject, undo(2, reject))
    store.upsert_document(taken_back)
    assert remedies(store, REGISTER, "数据孤岛") == before
    assert [outcome.state for outcome in taken_back.outcomes] == ["undone", "applied"]


def test_an_undo_that_is_undone_lets_the_decision_hold(paper: StatementMaker) -> None:
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    first = undo(2, reject)
    projection = projected(paper, reject, first, undo(3, first))
    assert states(projection)[SILOS] == "rejected"
    assert [o.state for o in projection.outcomes] == ["applied", "undone", "applied"]


def test_the_later_of_two_decisions_holds(paper: StatementMaker) -> None:
    decisions = [paper.decide(2, "accept", [SILOS], "dilemma"), paper.decide(1, "reject", [SILOS], "dilemma")]
    assert states(projected(paper, *decisions))[SILOS] == "accepted"


def test_accepted_links_come_first_and_can_be_filtered(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(notice))
    paper.link("f0", "f4", basis="stated", confidence=0.1)
    store.upsert_document(projected(paper, paper.decide(1, "accept", [SILOS, "统一接口标准"], "addressed_by")))
    rows = remedies(store, REGISTER, "数据孤岛").rows
    assert [(row.remedy.text, row.review, row.confidence) for row in rows[:2]] == [("统一接口标准", "accepted", 0.1), ("推进数据共享", "open", 0.9)]
    only = remedies(store, REGISTER, "数据孤岛", filters=Filters(review=("accepted",)))
    assert [row.remedy.text for row in only.rows] == ["统一接口标准"]


def test_decisions_follow_their_words_when_the_text_moves(paper: StatementMaker) -> None:
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    accept = paper.decide(2, "accept", [SILOS, PLATFORM], "addressed_by")
    projection = projected(read_again(lead="这里是一段新近补读出来的文字。"), reject, accept)
    assert states(projection)[SILOS] == "rejected"
    assert states(projection)["l0"] == "accepted"
    assert [o.state for o in projection.outcomes] == ["applied", "applied"]


def test_words_that_are_gone_send_the_decision_to_the_queue(paper: StatementMaker) -> None:
    decisions = [
        paper.decide(1, "reject", [SILOS], "dilemma"),
        paper.decide(2, "accept", [SILOS, PLATFORM], "addressed_by"),
        paper.decide(3, "accept", [PLATFORM], "countermeasure"),
    ]
    projection = projected(read_again(silos="各部门互不往来"), *decisions)
    assert [outcome(projection, decision) for decision in decisions] == [("queued", "place_gone"), ("queued", "place_gone"), ("applied", None)]


def test_an_accepted_statement_that_the_machine_no_longer_makes_comes_back(store: GraphStore, paper: StatementMaker) -> None:
    accept = [paper.decide(1, "accept", [SILOS], "dilemma"), paper.decide(2, "accept", [SILOS, PLATFORM], "addressed_by", before={"basis": "aligned"})]
    projection = projected(read_again(silos_factor=False), *accept)
    assert [o.state for o in projection.outcomes] == ["applied", "applied"]
    store.upsert_document(projection)
    (row,) = remedies(store, REGISTER, "数据孤岛").rows
    assert (row.dilemma.text, row.dilemma.author, row.author, row.basis, row.review) == (SILOS, "person:李编辑", "person:李编辑", "aligned", "accepted")
    assert row.dilemma.sentence == f"{SILOS}。"


def test_an_accepted_link_without_its_ends_waits_for_a_person(paper: StatementMaker) -> None:
    accept = paper.decide(1, "accept", [SILOS, PLATFORM], "addressed_by")
    assert outcome(projected(read_again(silos_factor=False), accept), accept) == ("queued", "end_gone")


def test_a_rejected_statement_with_other_edges_waits_for_a_person(paper: StatementMaker) -> None:
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    again = StatementMaker("论文")
    again.block(f"{SILOS}。")
    again.factor("孤岛", "dilemma")
    projection = projected(again, reject)
    assert outcome(projection, reject) == ("queued", "span_changed")
    assert states(projection)["孤岛"] == "open"


def test_a_slightly_longer_span_is_still_the_same_statement(paper: StatementMaker) -> None:
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    again = StatementMaker("论文")
    again.block(f"目前{SILOS}。")
    again.factor(f"目前{SILOS}", "dilemma")
    assert states(projected(again, reject)) == {f"目前{SILOS}": "rejected"}


def test_a_rejected_statement_that_is_no_longer_made_needs_nothing(paper: StatementMaker) -> None:
    reject = [paper.decide(1, "reject", [SILOS], "dilemma"), paper.decide(2, "reject", [SILOS, PLATFORM], "addressed_by")]
    projection = projected(read_again(silos_factor=False), *reject)
    assert [o.state for o in projection.outcomes] == ["applied", "applied"]


def test_a_new_version_takes_over_what_was_decided_of_the_old_one(paper: StatementMaker) -> None:
    reject = paper.decide(1, "reject", [SILOS], "dilemma")
    newer = StatementMaker("修订", supersedes=paper.record.id)
    newer.block(f"近年来，{SILOS}。")
    newer.factor(SILOS, "dilemma")
    assert states(projected(newer, reject))[SILOS] == "rejected"


def test_the_same_words_twice_are_told_apart_by_what_stands_around_them() -> None:
    maker = StatementMaker("重复")
    maker.block("东部各县数据孤岛突出，已经着手。")
    maker.factor("数据孤岛突出", "dilemma")
    first = maker.decide(1, "reject", ["数据孤岛突出"], "dilemma")
    maker.block("西部各县数据孤岛突出，尚未着手。")
    maker.factor("数据孤岛突出", "dilemma")
    again = StatementMaker("重复")
    again.block("前言若干。西部各县数据孤岛突出，尚未着手。")
    again.factor("数据孤岛突出", "dilemma")
    again.block("东部各县数据孤岛突出，已经着手。")
    again.factor("数据孤岛突出", "dilemma")
    assert [factor.review for factor in projected(maker, first).factors] == ["rejected", "open"]
    assert [factor.review for factor in projected(again, first).factors] == ["open", "rejected"]


def test_decisions_about_other_documents_are_passed_over(paper: StatementMaker, notice: StatementMaker) -> None:
    assert projected(notice, paper.decide(1, "reject", [SILOS], "dilemma")).outcomes == ()


def test_the_tally_balances_over_documents_that_are_gone(paper: StatementMaker, notice: StatementMaker) -> None:
    reject, accept = paper.decide(1, "reject", [SILOS], "dilemma"), paper.decide(2, "accept", [PLATFORM], "countermeasure")
    lost = notice.decide(3, "accept", ["条块分割"], "driver")
    taken = notice.decide(4, "accept", ["实现一网通办"], "goal")
    stray = Decision(id="c9", at="2026-03-01T00:00:00.000000Z", who="李编辑", kind="undo", undoes="c777")
    log = [reject, accept, undo(5, accept), lost, taken, undo(6, taken), stray]
    counts = tally(log, projected(paper, *log).outcomes)
    assert (counts.decisions, counts.applied, counts.queued, counts.undone) == (7, 3, 2, 2)
    assert [(o.decision, o.reason) for o in counts.queue] == [("c3", "document_absent"), ("c9", "nothing_to_undo")]
    assert counts.balanced


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["accept", "reject", "undo", "report"]), st.integers(0, 5)), max_size=12), st.booleans(), st.booleans())
def test_every_decision_is_applied_queued_or_undone(plan: Sequence[tuple[str, int]], found: bool, moved: bool) -> None:
    maker = read_again()
    targets = [([SILOS], "dilemma"), ([PLATFORM], "countermeasure"), ([SILOS, PLATFORM], "addressed_by"), (["基层人才短缺严重"], "dilemma")]
    log: list[Decision] = []
    for number, (kind, pick) in enumerate(plan):
        if kind == "undo":
            log.append(undo(number, log[pick % len(log)]) if log else Decision(id=f"c{number}", at="2026", who="李", kind="undo", undoes="none"))
        else:
            log.append(maker.decide(number, kind, *targets[pick % len(targets)]))
    again = read_again(lead="新增。" if moved else "", silos_factor=found)
    projection = projected(again, *log)
    counts = tally(log, projection.outcomes)
    assert counts.balanced
    assert counts.decisions == len(log)
    assert len({o.decision for o in projection.outcomes}) == len(projection.outcomes)
    for factor in projection.factors:
        assert projection.clean_text[factor.start : factor.end]


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_projecting_twice_gives_the_same(paper: StatementMaker, kind: str) -> None:
    decisions = [paper.decide(1, kind, [SILOS], "dilemma"), paper.decide(2, kind, [SILOS, PLATFORM], "addressed_by")]
    assert projected(paper, *decisions) == projected(paper, *reversed(decisions))


@pytest.mark.parametrize(
    ("quotes", "kind", "target"), [([SILOS], "dilemma", "f0"), ([SILOS, PLATFORM], "addressed_by", "l0"), (["基层人才短缺"], "goal", None)]
)
def test_a_report_lies_on_its_statement_and_changes_nothing(store: GraphStore, paper: StatementMaker, quotes: list[str], kind: str, target: str | None) -> None:
    store.upsert_document(projected(paper))
    before = remedies(store, REGISTER, "数据孤岛").rows, store.document(paper.record.id).factors
    report = paper.decide(1, "report", quotes, kind)
    store.upsert_document(projected(paper, report))
    assert (remedies(store, REGISTER, "数据孤岛").rows, store.document(paper.record.id).factors) == before
    assert store.outcomes() == (Outcome(decision="c1", document=paper.record.id, state="applied", target=target),)


def test_a_report_whose_words_are_gone_waits_in_the_queue() -> None:
    report = read_again().decide(1, "report", [SILOS], "dilemma")
    assert outcome(projected(read_again(silos="数据互通"), report), report) == ("queued", "place_gone")


def about(maker: StatementMaker, number: int, kind: str, quote: str, **more: object) -> Decision:
    """A decision that a quote is, or is not, about 数据孤岛."""
    return msgspec.structs.replace(maker.decide(number, kind, [quote], "data-silos", **more), target="concept")


def test_a_statement_that_somebody_says_is_not_about_a_concept_answers_it_no_more(store: GraphStore, paper: StatementMaker) -> None:
    reject = about(paper, 1, "reject", SILOS)
    rejected = projected(paper, reject)
    store.upsert_document(rejected)
    assert outcome(rejected, reject) == ("applied", None)
    assert [row.remedy.text for row in remedies(store, REGISTER, "数据孤岛").rows] == ["统一接口标准"]
    factor = next(factor for factor in store.document(paper.record.id).factors if factor.text == SILOS)
    assert (factor.concepts, factor.review) == ((), "open"), "the statement itself is not doubted"
    store.upsert_document(projected(paper, reject, undo(2, reject)))
    assert [row.remedy.text for row in remedies(store, REGISTER, "数据孤岛").rows] == [PLATFORM, "统一接口标准"]


def test_of_two_people_about_one_concept_the_later_one_holds(paper: StatementMaker) -> None:
    decisions = [about(paper, 1, "accept", "基层人才短缺严重"), about(paper, 2, "reject", "基层人才短缺严重"), about(paper, 3, "reject", SILOS)]
    for kept, wanted in ((decisions, False), (decisions[::2], True), (decisions[1:], False)):
        edges = {(edge.source, edge.target) for edge in projected(paper, *kept).edges if edge.type == "about"}
        assert (("f1", "data-silos") in edges) is wanted
        assert ("f0", "data-silos") not in edges


def test_what_was_said_of_a_concept_waits_where_its_words_or_its_statement_are_gone(paper: StatementMaker) -> None:
    decisions = [about(paper, 1, "accept", SILOS), about(paper, 2, "reject", SILOS), about(paper, 3, "accept", PLATFORM)]
    gone = projected(read_again(silos="各部门互不往来"), *decisions)
    assert [outcome(gone, decision) for decision in decisions] == [("queued", "place_gone"), ("queued", "place_gone"), ("applied", None)]
    unsaid = projected(read_again(silos_factor=False), *decisions)
    assert [outcome(unsaid, decision) for decision in decisions] == [("queued", "end_gone"), ("queued", "end_gone"), ("applied", None)]
