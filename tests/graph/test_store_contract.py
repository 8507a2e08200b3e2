"""What every store must do. Written once, run on each: add a kind of store to `open_store` and it is held to all of this."""

from __future__ import annotations

import msgspec
import pytest

from graph.build import rebuild
from graph.errors import EdgeWithoutEnd, UnknownDocument
from graph.projection import Edge
from graph.questions import causes, dilemmas, document_view, gaps, matrix, precedents, remedies, search, statistics, trend, unanswered
from graph.records import ConceptTier, Filters
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, OpenStore, StatementMaker, projected

SILOS = (ConceptTier(tier="concept", concepts=("data-silos",)),)
OPEN = Filters()


def test_an_empty_store_answers_with_nothing_and_says_so(store: GraphStore) -> None:
    answer = remedies(store, REGISTER, "数据孤岛")
    assert (answer.rows, answer.total, answer.works, answer.unanswered) == ((), 0, 0, ())
    assert (answer.base.documents, answer.base.year_from) == (0, None)
    assert store.documents() == ()
    assert store.check() == ()


def test_remedies_come_with_the_words_of_both_ends(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    answer = remedies(store, REGISTER, "data silos")
    assert answer.concept is not None
    assert answer.concept.name == "数据孤岛"
    assert [(row.tier, row.basis, row.dilemma.text, row.remedy.text) for row in answer.rows] == [
        ("concept", "stated", "信息孤岛", "推进数据共享"),
        ("concept", "aligned", "部门之间数据孤岛林立", "建立统一的共享平台"),
        ("narrower", "stated", "系统孤岛", "统一接口标准"),
    ]
    for row, maker in zip(answer.rows, (notice, paper, paper), strict=True):
        assert row.source.document == maker.record.id
        for quote in (row.dilemma, row.remedy):
            assert maker.text[quote.start : quote.end] == quote.text
            assert maker.text[quote.sentence_start : quote.sentence_start + len(quote.sentence)] == quote.sentence
            assert quote.text in quote.sentence
        for start, end in row.evidence:
            assert maker.text[start:end] in (row.dilemma.text, row.remedy.text)
    assert [(count.tier, count.rows, count.works, count.stated, count.aligned) for count in answer.counts] == [
        ("concept", 2, 2, 1, 1),
        ("narrower", 1, 1, 1, 0),
    ]
    assert (answer.total, answer.works) == (3, 2)
    assert answer.rows[0].force == "mandated"
    assert answer.rows[1].remedy.section == "二、数据治理的对策"


def test_dilemmas_without_a_remedy_are_answers_too(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    assert [row.quote.text for row in unanswered(store, REGISTER, "人才短缺").rows] == ["基层人才短缺严重"]
    assert [row.quote.text for row in remedies(store, REGISTER, "数据孤岛").unanswered] == ["信息孤岛依然存在"]
    assert [row.quote.text for row in dilemmas(store, REGISTER, "人才短缺").rows] == ["基层人才短缺严重"]
    assert remedies(store, REGISTER, "人才短缺").base.documents == 2


def test_causes_of_a_dilemma(store: GraphStore, notice: StatementMaker) -> None:
    store.upsert_document(projected(notice))
    assert [(row.source.text, row.target.text) for row in causes(store, REGISTER, "信息孤岛").rows] == [("信息孤岛依然存在", "条块分割")]


def test_a_clause_is_weakly_about_what_its_heading_names(store: GraphStore) -> None:
    maker = StatementMaker("从属")
    maker.heading("一、数据孤岛突出", zone="dilemma")
    heading = maker.factor("数据孤岛突出", "dilemma", scope="heading")
    maker.block("各部门标准不一。应统一标准。")
    clause = maker.factor("各部门标准不一", "dilemma", confidence=0.99)
    measure = maker.factor("统一标准", "countermeasure")
    maker.link(clause, heading, "part_of")
    maker.link(clause, measure)
    store.upsert_document(projected(maker))
    answer = remedies(store, REGISTER, "数据孤岛")
    assert [(row.dilemma.text, row.weak) for row in answer.rows] == [("各部门标准不一", True)]
    # the heading is answered by its clause's remedy
    assert answer.unanswered_total == 0


def test_pages_are_cut_out_of_one_stable_order(store: GraphStore) -> None:
    for n in range(7):
        maker = StatementMaker(f"文{n}", date=f"20{10 + n % 3}")
        maker.block("破解数据孤岛，建立共享平台。针对数据孤岛，统一标准。")
        one = maker.factor("建立共享平台", "countermeasure")
        two = maker.factor("统一标准", "countermeasure")
        silos = maker.factor("数据孤岛", "dilemma")
        maker.link(silos, one, confidence=0.5 + n / 20)
        maker.link(silos, two, basis="aligned")
        store.upsert_document(projected(maker))
    whole = remedies(store, REGISTER, "数据孤岛", limit=100)
    assert whole.total == len(whole.rows) == 14
    pieces = [row for offset in range(0, 20, 3) for row in remedies(store, REGISTER, "数据孤岛", limit=3, offset=offset).rows]
    assert pieces == list(whole.rows)
    assert [row.basis for row in whole.rows] == ["stated"] * 7 + ["aligned"] * 7
    assert [row.confidence for row in whole.rows[:7]] == sorted((row.confidence for row in whole.rows[:7]), reverse=True)
    assert remedies(store, REGISTER, "数据孤岛", limit=3, offset=999).rows == ()
    assert remedies(store, REGISTER, "数据孤岛", limit=0).total == 14


def test_a_link_of_two_concepts_stands_in_its_first_tier_only(store: GraphStore) -> None:
    maker = StatementMaker("两名")
    maker.block("数据孤岛与系统孤岛并存。应建立共享平台。")
    both = maker.factor("数据孤岛与系统孤岛并存", "dilemma")
    maker.link(both, maker.factor("建立共享平台", "countermeasure"))
    store.upsert_document(projected(maker))
    answer = remedies(store, REGISTER, "数据孤岛")
    assert [row.tier for row in answer.rows] == ["concept"]
    assert [(count.tier, count.rows) for count in answer.counts] == [("concept", 1)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"basis": ("stated",)}, ["推进数据共享", "统一接口标准"]),
        ({"year_from": 2020}, ["推进数据共享"]),
        ({"year_to": 2018}, ["建立统一的共享平台", "统一接口标准"]),
        ({"kinds": ("official",)}, ["推进数据共享"]),
        ({"documents": ("d论文",)}, ["建立统一的共享平台", "统一接口标准"]),
        ({"min_confidence": 0.9}, ["推进数据共享", "统一接口标准"]),
        ({"levels": ("province",)}, ["推进数据共享"]),
        ({"regions": ("江东省",)}, ["推进数据共享"]),
        ({"forces": ("mandated", "piloted")}, ["推进数据共享"]),
        ({"voices": ("scholar",)}, []),
        ({"actors": ("government",)}, ["推进数据共享"]),
        ({"dims": ("data",)}, []),
        ({"in_force": True}, ["推进数据共享", "建立统一的共享平台", "统一接口标准"]),
        ({"in_force": False}, []),
        ({"samples": "only"}, []),
        ({"review": ("accepted",)}, []),
    ],
)
def test_filters_narrow_rows_and_counts_alike(store: GraphStore, paper: StatementMaker, notice: StatementMaker, filters: dict, expected: list[str]) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    answer = remedies(store, REGISTER, "数据孤岛", filters=Filters(**filters))
    assert [row.remedy.text for row in answer.rows] == expected
    assert answer.total == len(expected)


@pytest.mark.parametrize(
    ("in_force", "today", "expected"),
    [
        (True, "2022-06-01", ["有效", "无期"]),
        (False, "2022-06-01", ["失效", "未到"]),
        (True, None, ["有效", "失效", "未到", "无期"]),
        (False, None, []),
        (True, "2019-12-31", ["失效", "无期"]),
    ],
)
def test_a_text_is_in_force_between_its_own_dates(store: GraphStore, in_force: bool, today: str | None, expected: list[str]) -> None:
    dates = {"有效": ("2020-01-01", None), "失效": ("2018-01-01", "2021-12-31"), "未到": ("2023-01-01", None), "无期": (None, None)}
    for name, (start, end) in dates.items():
        maker = StatementMaker(name)
        maker.info = msgspec.structs.replace(maker.info, in_force=start, expires=end)
        maker.block("数据孤岛依然存在。")
        maker.factor("数据孤岛依然存在", "dilemma")
        store.upsert_document(projected(maker))
    rows = unanswered(store, REGISTER, "数据孤岛", filters=Filters(in_force=in_force, today=today)).rows
    assert sorted(row.source.file for row in rows) == sorted(expected)


def test_samples_count_only_while_nothing_else_is_there(store: GraphStore, paper: StatementMaker) -> None:
    sample = StatementMaker("示例", sample=True)
    sample.block("破解数据孤岛，建立共享平台。")
    sample.link(sample.factor("数据孤岛", "dilemma"), sample.factor("建立共享平台", "countermeasure"))
    store.upsert_document(projected(sample))
    answer = remedies(store, REGISTER, "数据孤岛")
    assert [row.source.sample for row in answer.rows] == [True]
    assert answer.base.samples
    store.upsert_document(projected(paper))
    answer = remedies(store, REGISTER, "数据孤岛")
    assert {row.source.sample for row in answer.rows} == {False}
    assert (answer.base.samples, answer.base.documents) == (False, 1)
    assert [row.source.sample for row in remedies(store, REGISTER, "数据孤岛", filters=Filters(samples="only")).rows] == [True]
    store.delete_document(paper.record.id)
    assert [row.source.sample for row in remedies(store, REGISTER, "数据孤岛").rows] == [True]


def test_reposts_of_one_work_count_once(store: GraphStore) -> None:
    for name in ("首发", "转载"):
        maker = StatementMaker(name)
        maker.block("破解数据孤岛，建立共享平台。")
        maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("建立共享平台", "countermeasure"))
        store.upsert_document(projected(maker, work="w1"))
    answer = remedies(store, REGISTER, "数据孤岛")
    assert (answer.total, answer.works, answer.base.documents, answer.base.works) == (2, 1, 2, 1)


def test_adding_a_document_twice_changes_nothing_but_the_version(store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    before, version = store.digest(), store.version
    for _ in range(3):
        store.upsert_document(projected(paper))
    assert store.digest() == before
    assert store.version == version + 3
    assert len(store.documents()) == 1


def test_many_documents_are_put_in_together(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(notice))
    one_by_one = store.digest()
    store.delete_document(notice.record.id)
    whole = projected(paper)
    broken = msgspec.structs.replace(whole, edges=(*whole.edges, Edge(id="x", type="about", source="f0", target="no-concept", author="t")))
    with pytest.raises(EdgeWithoutEnd, match="d论文"):
        store.upsert_documents([projected(notice), broken])
    # of its transaction nothing is written; which documents came before it in one of their own is each store's affair
    assert {summary.source.document for summary in store.documents()} <= {notice.record.id}
    assert store.check() == ()
    store.delete_document(notice.record.id)
    assert store.upsert_documents(projected(notice) for _ in range(2)) == 2
    assert store.digest() == one_by_one
    assert store.upsert_documents(()) == 0
    assert store.upsert_documents([whole, projected(notice)]) == 2
    assert len(store.documents()) == 2
    assert store.check() == ()


def test_a_document_without_date_issuer_and_number_loads_and_has_none(store: GraphStore) -> None:
    maker = StatementMaker("无题", date=None)
    maker.info = msgspec.structs.replace(maker.info, title=None)
    maker.block("数据孤岛依然存在。")
    maker.factor("数据孤岛依然存在", "dilemma")
    for _ in range(3):
        store.upsert_document(projected(maker))
    (summary,) = store.documents()
    assert (summary.source.year, summary.source.date, summary.source.issuer, summary.source.title) == (None, None, None, "[无题]")
    assert unanswered(store, REGISTER, "数据孤岛", filters=Filters(year_from=1900)).rows == ()


def test_documents_without_a_date_come_last(store: GraphStore) -> None:
    for name, date in (("甲", None), ("乙", "2018"), ("丙", "2018-05-03"), ("丁", "2018-05")):
        maker = StatementMaker(name, date=date)
        maker.block("数据孤岛依然存在。")
        maker.factor("数据孤岛依然存在", "dilemma")
        store.upsert_document(projected(maker))
    assert [row.source.file for row in unanswered(store, REGISTER, "数据孤岛").rows] == ["丙", "丁", "乙", "甲"]
    assert [summary.source.file for summary in store.documents()] == ["丙", "丁", "乙", "甲"]


def test_taking_a_document_out_leaves_the_graph_as_before(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    before, answer = store.digest(), remedies(store, REGISTER, "数据孤岛")
    store.upsert_document(projected(notice))
    assert store.digest() != before
    assert store.delete_document(notice.record.id)
    assert store.digest() == before
    assert remedies(store, REGISTER, "数据孤岛") == answer
    assert not store.delete_document(notice.record.id)
    assert store.check() == ()


def test_a_new_version_answers_in_place_of_the_old_one_which_stays_readable(store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    before = store.digest()
    newer = StatementMaker("修订", date="2022", supersedes=paper.record.id)
    newer.block("破解数据孤岛，建立数据目录。")
    newer.link(newer.factor("数据孤岛", "dilemma"), newer.factor("建立数据目录", "countermeasure"))
    store.upsert_document(projected(newer))
    assert [row.remedy.text for row in remedies(store, REGISTER, "数据孤岛").rows] == ["建立数据目录"]
    assert store.base(OPEN).documents == 1
    assert not store.document(paper.record.id).live
    # put in again, the old one stays out of the answers
    store.upsert_document(projected(paper))
    assert [row.remedy.text for row in remedies(store, REGISTER, "数据孤岛").rows] == ["建立数据目录"]
    assert store.check() == ()
    store.delete_document(newer.record.id)
    assert store.digest() == before


def test_the_order_of_adding_does_not_show(open_store: OpenStore, store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    one, rows = store.digest(), remedies(store, REGISTER, "数据孤岛").rows
    rebuild(store, [])
    assert store.documents() == ()
    assert rebuild(store, (projected(maker) for maker in (notice, paper))) == 2
    assert store.digest() == one
    assert remedies(store, REGISTER, "数据孤岛").rows == rows


def test_rebuild_takes_out_what_is_no_longer_there(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    rebuild(store, [projected(paper), projected(notice)])
    rebuild(store, [projected(notice)])
    assert [summary.source.document for summary in store.documents()] == [notice.record.id]
    assert store.check() == ()


def test_a_document_that_says_nothing_of_itself_changes_nothing_when_it_comes_again(store: GraphStore) -> None:
    """Number 47 of the faults that people report of other stores: without date, issuer and number, three times."""
    maker = StatementMaker("无名", date=None)
    maker.block("数据孤岛突出。应当建立统一的共享平台。")
    maker.link(maker.factor("数据孤岛突出", "dilemma"), maker.factor("建立统一的共享平台", "countermeasure"))
    digests = []
    for _ in range(3):
        store.upsert_document(projected(maker))
        digests.append(store.digest())
    assert len(set(digests)) == 1
    (summary,) = store.documents()
    assert (summary.source.year, summary.source.date, summary.source.issuer) == (None, None, None)
    assert [row.source.date for row in remedies(store, REGISTER, "数据孤岛").rows] == [None]
    assert store.check() == ()


def test_a_shared_actor_is_one_node_until_its_last_document_goes(store: GraphStore) -> None:
    for name, spelling in (("简", "国务院办公厅"), ("繁", "國務院辦公廳")):
        maker = StatementMaker(name)
        maker.block(f"{spelling}推进数据共享。")
        maker.act(maker.actor(spelling), maker.factor("推进数据共享", "countermeasure"))
        store.upsert_document(projected(maker))
    assert statistics(store).entities == {"government": 1}
    store.delete_document("d简")
    assert [act.actor for act in store.document("d繁").acts] == ["国务院办公厅"]
    store.delete_document("d繁")
    assert statistics(store).entities == {}
    assert store.check() == ()


def test_an_edge_without_an_end_is_refused_and_nothing_is_written(store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    before = store.digest()
    whole = projected(paper)
    for edge in (
        Edge(id="x", type="addressed_by", source="f0", target="nowhere", author="t", basis="stated"),
        Edge(id="x", type="about", source="f0", target="no-concept", author="t"),
        Edge(id="x", type="takes", source="government:无", target="f0", author="t"),
    ):
        with pytest.raises(EdgeWithoutEnd, match="d论文"):
            store.upsert_document(msgspec.structs.replace(whole, edges=(*whole.edges, edge)))
    assert store.digest() == before


def test_the_page_of_a_document_has_everything_of_it(store: GraphStore, notice: StatementMaker) -> None:
    store.upsert_document(projected(notice))
    view = store.document(notice.record.id)
    statements = notice.made()
    assert view.clean_text == notice.text
    assert view.blocks == statements.blocks
    assert [(s.id, s.start, s.end, s.block) for s in view.sentences] == [(s.id, s.start, s.end, s.block) for s in statements.sentences]
    assert [(f.id, f.text) for f in view.factors] == [(f.id, f.text) for f in sorted(statements.factors, key=lambda f: (f.start, f.end, f.id))]
    assert all(view.clean_text[f.start : f.end] == f.text for f in view.factors)
    assert [(link.id, link.source, link.target, link.live) for link in view.links] == [(link.id, link.source, link.target, True) for link in statements.links]
    assert [(act.actor, act.type, act.role) for act in view.acts] == [("省大数据局", "takes", "lead")]
    assert {f.text: f.concepts for f in view.factors}["推进数据共享"] == ("data-sharing",)
    with pytest.raises(UnknownDocument, match="d没有"):
        store.document("d没有")


def test_statistics_count_works_factors_and_links(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    counts = statistics(store)
    assert counts.factors == {"driver": 1, "dilemma": 5, "countermeasure": 3, "goal": 1}
    assert counts.links == {"addressed_by stated": 2, "addressed_by aligned": 1, "caused_by stated": 1, "achieves stated": 1}
    assert (counts.years, counts.kinds) == ({"2018": 1, "2021": 1}, {"academic": 1, "official": 1})
    assert [(count.concept.id, count.works) for count in counts.concepts][:2] == [("data-silos", 2), ("data-sharing", 2)]
    assert statistics(store, filters=Filters(year_from=2020)).factors["goal"] == 1


def test_a_second_opening_sees_what_the_first_one_wrote(open_store: OpenStore, store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    other = open_store()
    assert other.version == store.version
    assert remedies(other, REGISTER, "数据孤岛") == remedies(store, REGISTER, "数据孤岛")
    other.delete_document(paper.record.id)
    assert store.documents() == ()


@pytest.mark.parametrize(
    ("filters", "remedies_", "dilemmas_"),
    [
        ({"concepts": ("data-sharing",)}, ["推进数据共享", "建立统一的共享平台"], []),
        ({"concepts": ("system-silos",)}, ["统一接口标准"], ["系统孤岛"]),
        ({"concepts": ("nobody",)}, [], []),
        ({"problems": ("system-silos",)}, ["统一接口标准"], ["系统孤岛"]),
        ({"problems": ("data-sharing",)}, [], []),
    ],
)
def test_answers_narrow_to_statements_about_a_concept_or_a_problem(
    store: GraphStore, paper: StatementMaker, notice: StatementMaker, filters: dict, remedies_: list[str], dilemmas_: list[str]
) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    answer = remedies(store, REGISTER, "数据孤岛", filters=Filters(**filters))
    assert [row.remedy.text for row in answer.rows] == remedies_
    assert answer.total == len(remedies_)
    assert answer.base.documents == 2
    assert [row.quote.text for row in dilemmas(store, REGISTER, "数据孤岛", filters=Filters(**filters)).rows] == dilemmas_


def test_measures_of_a_problem_are_those_that_a_link_ties_to_it(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    store.upsert_document(projected(notice))
    tier = (ConceptTier(tier="concept", concepts=("data-sharing",)),)

    def measures(**filters: object) -> list[str]:
        rows = store.factors_about(tier, ("countermeasure",), filters=Filters(**filters), limit=9).rows  # type: ignore[arg-type]
        return sorted(row.quote.text for row in rows)

    assert measures() == ["建立统一的共享平台", "推进数据共享"]
    assert measures(problems=("data-silos",)) == ["建立统一的共享平台", "推进数据共享"]
    assert measures(problems=("talent-shortage",)) == []
    assert [row.text for row in search(store, "数据", filters=Filters(problems=("data-silos",), forces=("mandated",))).rows] == [
        "为打破信息孤岛，省大数据局牵头推进数据共享，实现一网通办。"
    ]
    assert [row.measure.text for row in precedents(store, REGISTER, "数据共享", filters=Filters(problems=("data-silos",))).rows] == [
        "推进数据共享",
        "建立统一的共享平台",
    ]


def test_a_search_with_filters_of_statements_finds_sentences_that_hold_one(store: GraphStore, paper: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    assert search(store, "数据").total == 4
    assert [row.text for row in search(store, "数据", filters=Filters(min_confidence=0.1)).rows] == ["部门之间数据孤岛林立。"]
    assert search(store, "平台", filters=Filters(forces=("advised",))).total == 1
    assert search(store, "平台", filters=Filters(forces=("mandated",))).total == 0


def marked(maker: StatementMaker, access: str) -> StatementMaker:
    maker.record = msgspec.structs.replace(maker.record, access=access)
    return maker


def test_an_internal_document_answers_only_who_asks_for_it(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    store.upsert_document(projected(paper))
    before = {name: ask(store, OPEN) for name, ask in ASKED.items()}
    store.upsert_document(projected(marked(notice, "internal")))
    for name, ask in ASKED.items():
        assert ask(store, OPEN) == before[name], name
        assert ask(store, Filters(internal="with")) != before[name], name
    only = remedies(store, REGISTER, "数据孤岛", filters=Filters(internal="only"))
    assert [(row.source.document, row.source.access) for row in only.rows] == [(notice.record.id, "internal")]
    assert (only.base.documents, remedies(store, REGISTER, "数据孤岛", filters=Filters(internal="with")).works) == (1, 2)
    # who keeps it sees it in the list and on its page
    assert {summary.source.document for summary in store.documents()} == {paper.record.id, notice.record.id}
    assert document_view(store, notice.record.id).clean_text == notice.text
    assert store.check() == ()


ASKED = {
    "remedies": lambda store, filters: remedies(store, REGISTER, "数据孤岛", filters=filters).rows,
    "dilemmas": lambda store, filters: dilemmas(store, REGISTER, "数据孤岛", filters=filters).rows,
    "unanswered": lambda store, filters: unanswered(store, REGISTER, "数据孤岛", filters=filters).rows,
    "causes": lambda store, filters: causes(store, REGISTER, "数据孤岛", filters=filters).rows,
    "trend": lambda store, filters: trend(store, REGISTER, "数据孤岛", filters=filters).years,
    "gaps": lambda store, filters: gaps(store, filters=filters).rows,
    "matrix": lambda store, filters: matrix(store, REGISTER, filters=filters).cells,
    "precedents": lambda store, filters: precedents(store, REGISTER, "数据共享", filters=filters).rows,
    "search": lambda store, filters: search(store, "数据", filters=filters).rows,
    "statistics": lambda store, filters: statistics(store, filters=filters).factors,
    "base": lambda store, filters: store.base(filters),
}


def test_of_a_document_that_may_only_be_quoted_nothing_but_its_quotes_is_shown(store: GraphStore, paper: StatementMaker) -> None:
    paper.block("此段没有任何论述，只有机密细节。")
    store.upsert_document(projected(paper))
    whole = remedies(store, REGISTER, "数据孤岛").rows
    store.upsert_document(projected(marked(paper, "quotes")))
    answer = remedies(store, REGISTER, "数据孤岛").rows
    assert [(row.dilemma, row.remedy) for row in answer] == [(row.dilemma, row.remedy) for row in whole]
    assert {row.source.access for row in answer} == {"quotes"}
    assert search(store, "机密").total == 0
    assert search(store, "数据孤岛").total == 1
    view = document_view(store, paper.record.id)
    assert len(view.clean_text) == len(paper.text)
    assert "机密" not in msgspec.json.encode(view).decode()
    assert "部门之间数据孤岛林立。" in view.clean_text
    assert view.clean_text.startswith("数据治理研究\n一、数据治理的困境\n")
    assert [block.text for block in view.blocks] == view.clean_text.split("\n")
    assert all(view.clean_text[f.start : f.end] == f.text and f.text in f.sentence for f in view.factors)
    assert store.document(paper.record.id).clean_text == paper.text
    assert store.check() == ()
