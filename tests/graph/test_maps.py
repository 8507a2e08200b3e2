"""The map around a concept: what it joins, what it leaves out, where it lies; the same from every store."""

from __future__ import annotations

import msgspec

from graph.project import project
from graph.questions import document_view, neighbourhood
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER, StatementMaker, find_quote


def test_a_map_has_its_concept_in_the_middle_and_stays_where_it_is(store: GraphStore, paper: StatementMaker, notice: StatementMaker) -> None:
    for maker in (paper, notice):
        store.upsert_document(project(maker.made(), maker.record, (), REGISTER, find_again=find_quote))
    one = neighbourhood(store, REGISTER, "数据孤岛")
    assert (one.nodes[0].id, one.nodes[0].kind, one.nodes[0].x, one.nodes[0].y) == ("concept:data-silos", "concept", 0.0, 0.0)
    assert {node.kind for node in one.nodes} == {"concept", "dilemma", "countermeasure", "driver", "actor"}
    assert [(node.label, node.weight) for node in one.nodes if node.kind == "concept"] == [("数据孤岛", 3), ("数据共享", 2)]
    ids = {node.id for node in one.nodes}
    assert len(ids) == len(one.nodes)
    assert all(edge.source in ids and edge.target in ids for edge in one.edges)
    assert all(-1 <= value <= 1 for node in one.nodes for value in (node.x, node.y))
    assert len({(node.x, node.y) for node in one.nodes}) == len(one.nodes)
    for node in one.nodes:
        for said in node.quotes:
            assert document_view(store, said.source.document).clean_text[said.quote.start : said.quote.end] == said.quote.text
            assert said.quote.type == node.kind
    assert msgspec.json.encode(neighbourhood(store, REGISTER, "数据孤岛")) == msgspec.json.encode(one)
    small = neighbourhood(store, REGISTER, "数据孤岛", nodes=4)
    assert len(small.nodes) <= 4
    assert small.total >= small.shown
    assert [node.label for node in neighbourhood(store, REGISTER, "无人提起之事").nodes] == ["无人提起之事"]


def test_statements_of_one_concept_are_one_node_of_a_map_with_all_their_quotes(store: GraphStore) -> None:
    """数据孤岛, 信息孤岛 and 資料孤島 of three documents: one dilemma; measures of the same words one measure; what says more than the name stands alone."""
    said = [("甲", "数据孤岛"), ("乙", "信息孤岛"), ("丙", "数据孤岛")]
    for name, dilemma in said:
        maker = StatementMaker(name, date="2020-01-01")
        maker.block(f"为破解{dilemma}，应当建立统一的平台。数据孤岛使办事的群众在各个窗口之间多跑腿。")
        maker.link(maker.factor(dilemma, "dilemma"), maker.factor("建立统一的平台", "countermeasure"), basis="stated" if name == "乙" else "aligned")
        maker.factor("数据孤岛使办事的群众在各个窗口之间多跑腿" if name == "甲" else "群众在各个窗口之间多跑腿", "dilemma")
        store.upsert_document(project(maker.made(), maker.record, (), REGISTER, find_again=find_quote))
    around = neighbourhood(store, REGISTER, "数据孤岛")
    nodes = {node.id: node for node in around.nodes}
    joined = nodes["dilemma:data-silos"]
    assert (joined.label, joined.concept, joined.weight) == ("数据孤岛", "data-silos", 3)
    assert {(one.source.title, one.quote.text) for one in joined.quotes} == {(f"论{name}", words) for name, words in said}
    (measure,) = [node for node in around.nodes if node.kind == "countermeasure"]
    assert (measure.label, len(measure.quotes), measure.concept) == ("建立统一的平台", 3, None)
    (edge,) = [edge for edge in around.edges if edge.type == "addressed_by"]
    assert (edge.source, edge.target, edge.basis, edge.weight) == (joined.id, measure.id, "stated", 3)
    assert [link.basis for link in edge.links].count("stated") == 1
    assert "数据孤岛使办事的群众在各个窗口之间多跑腿" in {node.label for node in around.nodes}
    assert around.shown == around.total
    assert around.hidden == {}


def test_a_map_grows_by_one_kind_or_one_step_and_what_was_there_stays(store: GraphStore) -> None:
    for number in range(40):
        maker = StatementMaker(f"文{number:02d}", date="2020-01-01")
        maker.block(f"为破解数据孤岛，应当采取第{number:02d}号办法，推进数据共享。数据共享受条块分割制约。")
        silos = maker.factor("数据孤岛", "dilemma")
        maker.link(silos, maker.factor(f"采取第{number:02d}号办法", "countermeasure"))
        sharing = maker.factor("推进数据共享", "countermeasure")
        maker.link(silos, sharing)
        maker.link(sharing, maker.factor("条块分割", "dilemma"), "limited_by")
        store.upsert_document(project(maker.made(), maker.record, (), REGISTER, find_again=find_quote))
    base = neighbourhood(store, REGISTER, "数据孤岛", nodes=20)
    assert len(base.nodes) <= 20
    assert base.hidden["countermeasure"] > 0
    assert base.total == base.shown + sum(base.hidden.values())
    more = neighbourhood(store, REGISTER, "数据孤岛", nodes=20, more="countermeasure")
    assert len(base.nodes) < len(more.nodes) <= 35
    assert more.hidden["countermeasure"] == base.hidden["countermeasure"] - (more.shown - base.shown)
    places = {node.id: (node.x, node.y) for node in base.nodes}
    for wider in (more, neighbourhood(store, REGISTER, "数据孤岛", nodes=20, steps=2)):
        assert {node.id: (node.x, node.y) for node in wider.nodes if node.id in places} == places
        assert all(-1 <= value <= 1 for node in wider.nodes for value in (node.x, node.y))
        assert len({(node.x, node.y) for node in wider.nodes}) == len(wider.nodes)
    causes = neighbourhood(store, REGISTER, "数据孤岛", relations=("caused_by",))
    assert {edge.type for edge in causes.edges} <= {"caused_by", "about"}
