"""Questions beyond remedies: by words, over the years, between concepts, side by side, on a map."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import msgspec
import pytest

from graph.analysis import atlas
from graph.errors import BadPage, NothingToSearch, UnknownDocument, UnknownFactor, UnknownFilter
from graph.precedence import DONE_FIRST
from graph.project import project
from graph.questions import (
    causes,
    compare,
    dilemmas,
    disagreement,
    gaps,
    hanging,
    inferred,
    matrix,
    meaning,
    neighbourhood,
    paths,
    precedents,
    read_filters,
    remedies,
    search,
    statistics,
    trend,
    unanswered,
)
from graph.questions._wording import matter
from graph.records import ConceptTier, Filters
from graph.store import GraphStore
from pipeline.records import Force
from tests.graph.statement_maker import Around, Entry, SmallRegister, StatementMaker, find_quote

CHAIN = SmallRegister(
    Entry(id="silos", names=("数据孤岛",), english=("data silos",)),
    Entry(id="sharing", names=("数据共享",)),
    Entry(id="trust", names=("互信",)),
    Entry(id="law", names=("立法",)),
    Entry(id="alone", names=("养老",)),
)


def add(store: GraphStore, maker: StatementMaker) -> None:
    store.upsert_document(project(maker.made(), maker.record, (), CHAIN, find_again=find_quote))


@pytest.fixture
def chain(store: GraphStore) -> GraphStore:
    """数据孤岛 is met by 数据共享 (two works); 数据共享 suffers from a lack of 互信, which 立法 answers (one work)."""
    for name, year in (("甲", "2015"), ("乙", "2018")):
        maker = StatementMaker(name, date=year, kind="official" if name == "乙" else "academic", places=("江东省",) if name == "乙" else ())
        maker.block("数据孤岛突出。推进数据共享。")
        maker.link(maker.factor("数据孤岛突出", "dilemma", dim="data"), maker.factor("推进数据共享", "countermeasure", dim="mechanism"))
        add(store, maker)
    maker = StatementMaker("丙", date=None)
    maker.block("数据共享受阻，因为缺乏互信。应加快立法。养老缺人。")
    blocked = maker.factor("数据共享受阻", "dilemma")
    distrust = maker.factor("缺乏互信", "dilemma")
    law = maker.factor("加快立法", "countermeasure")
    maker.factor("养老缺人", "dilemma")
    maker.link(blocked, distrust, "caused_by")
    maker.link(distrust, law)
    add(store, maker)
    return store


def test_a_way_between_concepts_shows_the_words_of_every_step(chain: GraphStore) -> None:
    answer = paths(chain, CHAIN, "数据孤岛", "立法")
    assert [[(step.source.id, step.target.id, step.forward, step.works) for step in path.steps] for path in answer.paths] == [
        [("silos", "sharing", True, 2), ("sharing", "trust", True, 1), ("trust", "law", True, 1)]
    ]
    assert [(step.link.source.text, step.link.type, step.link.target.text) for step in answer.paths[0].steps] == [
        ("数据孤岛突出", "addressed_by", "推进数据共享"),
        ("数据共享受阻", "caused_by", "缺乏互信"),
        ("缺乏互信", "addressed_by", "加快立法"),
    ]
    # of two works the newer one is shown
    assert answer.paths[0].steps[0].link.document.file == "乙"
    back = paths(chain, CHAIN, "立法", "数据孤岛")
    assert [(step.source.id, step.forward) for step in back.paths[0].steps] == [("law", False), ("trust", False), ("sharing", False)]


def test_where_nothing_joins_two_concepts_it_is_said_how_many_were_tried(chain: GraphStore) -> None:
    answer = paths(chain, CHAIN, "数据孤岛", "养老")
    assert (answer.paths, answer.looked_at, answer.base.documents) == ((), 5, 3)
    assert paths(chain, CHAIN, "数据孤岛", "立法", longest=2).paths == ()
    assert paths(chain, CHAIN, "数据孤岛", "数据孤岛").paths == ()
    assert paths(chain, CHAIN, "数据孤岛", "立法", filters=Filters(kinds=("official",))).paths == ()


def test_a_trend_has_no_holes_and_keeps_what_has_no_date(chain: GraphStore) -> None:
    answer = trend(chain, CHAIN, "数据共享")
    assert [(year.year, year.works, year.measures, year.dilemmas) for year in answer.years] == [
        (2015, 1, 1, 0),
        (2016, 0, 0, 0),
        (2017, 0, 0, 0),
        (2018, 1, 1, 0),
        (None, 1, 0, 1),
    ]
    assert answer.works == 3
    assert trend(chain, CHAIN, "数据孤岛", filters=Filters(year_from=2030)).years == ()


def test_concepts_that_works_leave_unanswered_come_with_their_counts(chain: GraphStore) -> None:
    answer = gaps(chain)
    assert [(row.concept.id, row.gaps, row.dilemmas, row.works) for row in answer.rows] == [("alone", 1, 1, 1), ("sharing", 1, 1, 1)]
    assert (answer.total, gaps(chain, limit=1, offset=1).rows) == (2, answer.rows[1:])


@pytest.mark.parametrize(
    ("by", "columns", "cells"),
    [
        ("year", ("2015", "2018", ""), [("silos", "2015", 1), ("silos", "2018", 1), ("sharing", "2015", 1), ("sharing", "2018", 1), ("sharing", "", 1)]),
        ("kind", ("academic", "official"), [("silos", "academic", 1), ("silos", "official", 1), ("sharing", "academic", 2), ("sharing", "official", 1)]),
        ("place", ("江东省", ""), [("silos", "江东省", 1), ("silos", "", 1), ("sharing", "江东省", 1), ("sharing", "", 2)]),
    ],
)
def test_a_matrix_counts_works_and_every_cell_opens_its_quotes(chain: GraphStore, by: str, columns: tuple[str, ...], cells: list) -> None:
    table = matrix(chain, CHAIN, ["数据孤岛", "数据共享"], by=by)  # type: ignore[arg-type]
    assert table.columns == columns
    assert [(cell.row, cell.column, cell.works) for cell in table.cells] == cells
    for cell in table.cells:
        if cell.column:
            opened = chain.factors_about(meaning(CHAIN, cell.row).tiers, ("driver", "dilemma", "countermeasure", "goal"), filters=cell.filters, limit=100)
            assert (opened.total, len({row.source.document for row in opened.rows})) == (cell.statements, cell.works)


def test_a_matrix_of_dims_and_of_the_commonest_concepts(chain: GraphStore) -> None:
    table = matrix(chain, CHAIN, ["dims"], by="year")
    assert [(cell.row, cell.column, cell.works, cell.filters.dims) for cell in table.cells] == [
        ("mechanism", "2015", 1, ("mechanism",)),
        ("mechanism", "2018", 1, ("mechanism",)),
        ("data", "2015", 1, ("data",)),
        ("data", "2018", 1, ("data",)),
    ]
    assert matrix(chain, CHAIN).rows[0].id == "sharing"
    with pytest.raises(UnknownFilter, match="year, kind, issuer, level, place"):
        matrix(chain, CHAIN, by="colour")  # type: ignore[arg-type]


def test_a_matrix_of_a_readers_own_scheme_counts_a_work_once_a_row(chain: GraphStore) -> None:
    table = matrix(chain, CHAIN, {"数据": ["数据孤岛", "数据共享"], "制度": ["立法", "互信"], "无": ["无人提起之事"]}, by="kind")
    assert [ref.name for ref in table.rows] == ["数据", "制度", "无"]
    assert [(cell.row, cell.column, cell.works, cell.statements) for cell in table.cells] == [
        ("数据", "academic", 2, 3),
        ("数据", "official", 1, 2),
        ("制度", "academic", 1, 2),
    ]
    for cell in table.cells:
        concepts = (ConceptTier(tier="concept", concepts=table.groups[cell.row]),)
        opened = chain.factors_about(concepts, ("driver", "dilemma", "countermeasure", "goal"), filters=cell.filters, limit=100)
        assert (opened.total, len({row.source.document for row in opened.rows})) == (cell.statements, cell.works)
    assert [cell.statements for cell in matrix(chain, CHAIN, {"数据": ["数据孤岛"]}, filters=Filters(min_confidence=1.0)).cells] == []


def test_two_concepts_and_two_kinds_of_source_side_by_side(chain: GraphStore) -> None:
    answer = compare(chain, CHAIN, "数据孤岛", "互信")
    assert (answer.left.works, answer.right.works) == (2, 1)
    assert ([ref.id for ref in answer.both], [ref.id for ref in answer.left_only], [ref.id for ref in answer.right_only]) == ([], ["sharing"], ["law"])
    same = compare(chain, CHAIN, "数据孤岛", filters=Filters(kinds=("academic",)), right_filters=Filters(kinds=("official",)))
    assert (same.left.works, same.right.works, [ref.id for ref in same.both]) == (1, 1, ["sharing"])
    assert same.left.factors == {"driver": 0, "dilemma": 1, "countermeasure": 0, "goal": 0}


def test_a_remedy_here_that_is_a_problem_there(store: GraphStore) -> None:
    maker = StatementMaker("甲")
    maker.block("数据孤岛突出。应加快立法。加快立法尚未解决互信缺失。养老缺人源于立法滞后。")
    silos = maker.factor("数据孤岛突出", "dilemma")
    missing = maker.factor("互信缺失", "dilemma")
    cause = maker.factor("立法滞后", "driver")
    care = maker.factor("养老缺人", "dilemma")
    law = maker.factor("加快立法", "countermeasure")
    maker.link(silos, law)
    maker.link(law, missing, "limited_by")
    maker.link(care, cause, "caused_by")
    add(store, maker)
    answer = disagreement(store, CHAIN, "立法")
    assert [row.target.text for row in answer.remedy.rows] == ["加快立法"]
    assert [row.source.text for row in answer.cause.rows] == ["养老缺人"]
    assert [row.target.text for row in answer.limited.rows] == ["互信缺失"]


def test_a_question_that_no_concept_answers_is_answered_by_its_words(store: GraphStore) -> None:
    maker = StatementMaker("甲")
    maker.block("老旧小区停车难，居民意见大，应增设立体车库。")
    parking = maker.factor("老旧小区停车难", "dilemma")
    unhappy = maker.factor("居民意见大", "dilemma")
    garage = maker.factor("增设立体车库", "countermeasure")
    maker.link(unhappy, garage, confidence=0.99)
    maker.link(parking, garage, confidence=0.5)
    add(store, maker)
    answer = remedies(store, CHAIN, "如何破解停车难问题？")
    assert answer.concept is None
    assert [(row.dilemma.text, row.weak, row.concept) for row in answer.rows] == [("老旧小区停车难", False, ""), ("居民意见大", True, "")]
    assert (answer.total, answer.works) == (2, 1)
    assert remedies(store, CHAIN, "停車難", limit=1, offset=1).rows == answer.rows[1:]
    assert remedies(store, CHAIN, "停车难", filters=Filters(min_confidence=0.9)).total == 1
    assert remedies(store, CHAIN, "乘车难").total == 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("如何破解停车难？", ("停车难",)),
        ("停车难问题怎么办", ("停车难",)),
        ("污水处理有哪些难题", ("污水处理",)),
        ("基层的停车难", ("基层", "停车难")),
        ("目的地停车", ("目的地停车",)),
        ("How to solve parking problems?", ("parking",)),
        ("怎么办", ("怎么办",)),
    ],
)
def test_the_matter_of_a_question_is_what_is_left_of_its_frame(question: str, words: tuple[str, ...]) -> None:
    assert matter(question) == words


@pytest.mark.parametrize("question", ["", "  ", "？！", "*", "\ud800"])
def test_a_question_without_a_word_is_refused(store: GraphStore, question: str) -> None:
    with pytest.raises(NothingToSearch):
        remedies(store, CHAIN, question)


def test_a_question_of_ten_thousand_characters_is_answered(chain: GraphStore) -> None:
    answer = remedies(chain, CHAIN, "为什么数据孤岛这样难以打破呢，" * 700)
    assert answer.concept is not None
    assert answer.concept.id == "silos"
    assert remedies(chain, CHAIN, "无关的话" * 2_500).total == 0


def test_filters_out_of_plain_values_are_checked_by_name() -> None:
    assert read_filters({"basis": ["stated"], "year_from": "2018"}) == Filters(basis=("stated",), year_from=2018)
    for values, name in (
        ({"colour": "red"}, "colour"),
        ({"basis": ["guessed"]}, "basis"),
        ({"kinds": ["novel"]}, "kinds"),
        ({"year_from": "二〇一八"}, "year_from"),
        ({"year_from": 2020, "year_to": 2018}, "year_from"),
        ({"samples": "perhaps"}, "samples"),
        ({"internal": "perhaps"}, "internal"),
        ({"today": "2026-13-01"}, "today"),
        ({"min_confidence": 7}, "min_confidence"),
        ({"min_confidence": "nan"}, "min_confidence"),
    ):
        with pytest.raises(UnknownFilter, match="known are") as caught:
            read_filters(values)
        assert caught.value.name == name
    with pytest.raises(BadPage):
        gaps(None, limit=-1)  # type: ignore[arg-type]


def test_near_misses_are_answered_apart() -> None:
    register = SmallRegister(Entry(id="a", names=("甲",), around=Around(narrower=("b",), related=("b", "c"), near=("d", "a"))))
    assert [(tier.tier, tier.concepts) for tier in meaning(register, "甲").tiers] == [
        ("concept", ("a",)),
        ("narrower", ("b",)),
        ("related", ("c",)),
        ("near", ("d",)),
    ]


def practice(name: str, *, force: str | None, place: str, case: str = "") -> StatementMaker:
    maker = StatementMaker(name, date="2019-06", kind="official", places=(place,))
    maker.heading(f"一、推进数据共享{case}")
    lead = maker.factor(f"推进数据共享{case}", "countermeasure", scope="heading", force=force)
    maker.block("由于缺乏互信，数据孤岛突出，省大数据局按照《共享条例》建立平台，实现一网通办，但养老数据仍缺。")
    driver = maker.factor("缺乏互信", "driver")
    silos = maker.factor("数据孤岛突出", "dilemma")
    clause = maker.factor("按照《共享条例》建立平台", "countermeasure", force=force, where=(place,), when="2018年")
    goal = maker.factor("实现一网通办", "goal")
    limit = maker.factor("养老数据仍缺", "dilemma")
    maker.link(clause, lead, "part_of")
    maker.link(silos, clause)
    maker.link(driver, clause, "drives")
    maker.link(clause, goal, "achieves")
    maker.link(clause, limit, "limited_by")
    maker.act(maker.actor("省大数据局"), clause, role="lead")
    maker.actor("《共享条例》", "policy")
    if case:
        maker.actor(case, "case")
    return maker


def test_a_practice_is_one_row_with_what_belongs_to_it(store: GraphStore) -> None:
    add(store, practice("甲省", force="advised", place="甲省"))
    add(store, practice("乙省", force="reported", place="乙省"))
    answer = precedents(store, CHAIN, "数据孤岛")
    assert [(row.source.file, row.force) for row in answer.rows] == [("乙省", "reported"), ("甲省", "advised")]
    assert (answer.total, answer.works, answer.complete) == (2, 2, True)
    row = answer.rows[0]
    assert (row.measure.text, [detail.text for detail in row.details]) == ("推进数据共享", ["按照《共享条例》建立平台"])
    assert (row.places, row.places_from, row.when, row.when_from) == (("乙省",), "measure", "2018年", "measure")
    assert [(act.actor, act.role) for act in row.actors] == [("省大数据局", "lead")]
    assert row.instruments == ("《共享条例》",)
    assert [[quote.text for quote in part] for part in (row.problems, row.drivers, row.results, row.limits)] == [
        ["数据孤岛突出"],
        ["缺乏互信"],
        ["实现一网通办"],
        ["养老数据仍缺"],
    ]
    assert [(face.face, [ref.id for ref in face.shared]) for face in row.faces] == [("dilemma", ["silos"])]


def test_a_described_case_is_matched_on_four_faces(store: GraphStore) -> None:
    add(store, practice("甲省", force="reported", place="甲省"))
    case = "我市各部门之间缺乏互信，形成了数据孤岛，群众办事不便，打算推进数据共享，想知道别处的经验和教训是什么样的。"
    row = precedents(store, CHAIN, case, actors=["省大数据局"]).rows[0]
    assert [(face.face, [ref.name for ref in face.shared]) for face in row.faces] == [
        ("dilemma", ["数据孤岛"]),
        ("measure", ["数据共享"]),
        ("driver", ["互信"]),
        ("actor", ["省大数据局"]),
    ]


def test_a_practice_with_a_name_is_one_whoever_tells_of_it(store: GraphStore) -> None:
    add(store, practice("甲省", force="reported", place="甲省", case="云长制"))
    add(store, practice("乙报", force="reported", place="甲省", case="云长制"))
    answer = precedents(store, CHAIN, "数据共享")
    assert (answer.total, answer.works) == (1, 2)
    assert answer.rows[0].cases == ("云长制",)
    assert len(answer.rows[0].told_by) == 1


def test_precedents_can_be_narrowed_and_paged(store: GraphStore) -> None:
    for number in range(5):
        add(store, practice(f"{number}省", force="reported" if number % 2 else "planned", place=f"{number}省"))
    answer = precedents(store, CHAIN, "数据孤岛")
    assert [row for offset in range(0, 6, 2) for row in precedents(store, CHAIN, "数据孤岛", limit=2, offset=offset).rows] == list(answer.rows)
    assert precedents(store, CHAIN, "数据孤岛", filters=Filters(forces=("reported",))).total == 2
    assert precedents(store, CHAIN, "数据孤岛", filters=Filters(regions=("3省",))).total == 1
    assert precedents(store, CHAIN, "无人提起之事").rows == ()
    with pytest.raises(NothingToSearch):
        precedents(store, CHAIN, "？")


def test_every_force_has_its_place_in_the_order_of_precedents() -> None:
    assert sorted(DONE_FIRST) == sorted(get_args(Force))


ASKED: dict[str, Callable[[GraphStore], object]] = {
    "remedies": lambda store: remedies(store, CHAIN, "数据孤岛"),
    "remedies in words": lambda store: remedies(store, CHAIN, "突出"),
    "dilemmas": lambda store: dilemmas(store, CHAIN, "数据共享"),
    "unanswered": lambda store: unanswered(store, CHAIN, "养老"),
    "causes": lambda store: causes(store, CHAIN, "数据共享"),
    "gaps": gaps,
    "trend": lambda store: trend(store, CHAIN, "数据孤岛"),
    "matrix": lambda store: matrix(store, CHAIN, by="kind"),
    "matrix of dims": lambda store: matrix(store, CHAIN, ["dims"]),
    "paths": lambda store: paths(store, CHAIN, "数据孤岛", "立法"),
    "compare": lambda store: compare(store, CHAIN, "数据孤岛", "数据共享"),
    "disagreement": lambda store: disagreement(store, CHAIN, "数据共享"),
    "neighbourhood": lambda store: neighbourhood(store, CHAIN, "数据孤岛"),
    "precedents": lambda store: precedents(store, CHAIN, "数据孤岛"),
    "search": lambda store: search(store, "数据"),
    "statistics": statistics,
    "atlas": atlas,
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_changes_with_a_document_and_is_as_before_without_it(chain: GraphStore, name: str) -> None:
    before = ASKED[name](chain)
    maker = practice("新省", force="reported", place="新省")
    maker.block("数据共享难以推行，因为互信不足。")
    maker.link(maker.factor("数据共享难以推行", "dilemma", dim="data"), maker.factor("互信不足", "driver"), "caused_by")
    maker.factor("互信", "dilemma")
    add(chain, maker)
    assert ASKED[name](chain) != before
    chain.delete_document("d新省")
    assert ASKED[name](chain) == before
    assert chain.check() == ()


def test_an_atlas_groups_concepts_and_names_the_groups(chain: GraphStore) -> None:
    found = atlas(chain)
    assert [(pair.one.id, pair.other.id, pair.works) for pair in found.pairs] == [("sharing", "silos", 2), ("law", "trust", 1), ("sharing", "trust", 1)]
    assert [node.concept.id for node in found.nodes] == ["sharing", "trust", "law", "silos"]
    assert sorted(concept for community in found.communities for concept in community.concepts) == ["law", "sharing", "silos", "trust"]
    assert all(community.name for community in found.communities)
    assert msgspec.json.encode(atlas(chain)) == msgspec.json.encode(found)
    small = atlas(chain, nodes=2)
    assert (len(small.nodes), small.shown, small.total) == (2, 1, 3)
    assert atlas(chain, filters=Filters(year_from=2030)).nodes == ()
    with pytest.raises(BadPage):
        atlas(chain, nodes=1_000)


def test_remedies_of_other_documents_are_inferred_for_a_dilemma_that_has_none(chain: GraphStore) -> None:
    maker = StatementMaker("新")
    maker.block("我市数据孤岛仍在，养老缺人。应推行一窗受理。")
    silos = maker.factor("数据孤岛仍在", "dilemma")
    care = maker.factor("养老缺人", "dilemma")
    window = maker.factor("推行一窗受理", "countermeasure")
    add(chain, maker)
    answer = inferred(chain, "d新", silos)
    assert [(row.document.file, row.target.text) for row in answer.rows] == [("乙", "推进数据共享"), ("甲", "推进数据共享")]
    assert (answer.total, answer.works, [ref.id for ref in answer.concepts]) == (2, 2, ["silos"])
    assert inferred(chain, "d新", care).total == 0
    assert inferred(chain, "d新", silos, limit=1, offset=1).rows == answer.rows[1:]
    maker.link(silos, window)
    add(chain, maker)
    assert inferred(chain, "d新", silos).rows == answer.rows
    assert inferred(chain, "d新", silos).total == 2
    with pytest.raises(UnknownFactor, match="d新"):
        inferred(chain, "d新", window)


def test_what_hangs_on_a_document_is_told_before_it_goes(chain: GraphStore) -> None:
    answer = hanging(chain, "d丙")
    assert [(support.concept.id, support.statements) for support in answer.lost] == [("alone", 1), ("law", 1), ("trust", 1)]
    assert [(support.concept.id, support.others, support.remedies) for support in answer.weakened] == [("sharing", 2, 0)]
    assert [support.remedies for support in answer.lost] == [0, 0, 1]
    assert [(tie.source.id, tie.type, tie.target.id, tie.rows, tie.others) for tie in answer.lost_ties] == [
        ("sharing", "caused_by", "trust", 1, 0),
        ("trust", "addressed_by", "law", 1, 0),
    ]
    assert answer.weakened_ties == ()
    weaker = hanging(chain, "d甲")
    assert [(tie.source.id, tie.target.id, tie.others) for tie in weaker.weakened_ties] == [("silos", "sharing", 1)]
    assert (weaker.lost, weaker.lost_ties) == ((), ())
    with pytest.raises(UnknownDocument):
        hanging(chain, "d没有")
