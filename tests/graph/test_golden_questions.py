"""Forty questions on the annotated documents: their answers were read through by a person once, and stay as they are.

The golden file names documents and factors by their numbers alone; no word of the texts is in it. The register is a small one of
its own, so that the answers hang on the graph and on nothing else. `pytest --accept` writes the file anew, to be reviewed as a diff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from corpus.records import DocumentRecord
from graph.analysis import atlas
from graph.opening import open_store
from graph.project import project
from graph.questions import (
    causes,
    compare,
    dilemmas,
    disagreement,
    gaps,
    matrix,
    neighbourhood,
    paths,
    precedents,
    remedies,
    search,
    statistics,
    trend,
    unanswered,
)
from graph.records import ConceptRef, FactorRow, Filters, LinkRow, MapEdge, MapNode, Quote, RemedyRow, SearchRow, SourceRef
from graph.store import GraphStore
from pipeline.records import DocumentDate, DocumentInfo, Entity, Run, Statements
from tests.graph.statement_maker import Around, Entry, SmallRegister
from tests.integration.engine import empty
from training.annotated import Annotated, annotated_documents

pytestmark = pytest.mark.shared
GOLDEN = Path(__file__).parent / "golden" / "annotated_questions.json"

NAMES = SmallRegister(
    Entry(
        id="data-silos",
        names=("数据孤岛", "信息孤岛", "数据烟囱", "信息烟囱"),
        english=("data silos",),
        around=Around(related=("data-sharing",), near=("data-barriers",)),
    ),
    Entry(id="data-sharing", names=("数据共享", "信息共享", "资源共享")),
    Entry(id="data-barriers", names=("数据壁垒", "信息壁垒")),
    Entry(id="data-security", names=("数据安全", "信息安全")),
    Entry(id="line-and-block", names=("条块分割", "条块矛盾", "条块分离")),
    Entry(id="talent-shortage", names=("人才短缺", "人才不足", "人才缺乏", "人才匮乏", "缺乏人才"), around=Around(narrower=("brain-drain",))),
    Entry(id="brain-drain", names=("人才流失",)),
    Entry(id="talent-training", names=("人才培养", "人才培训")),
    Entry(id="lack-of-funds", names=("资金不足", "经费不足", "资金短缺", "经费短缺", "投入不足")),
    Entry(id="pollution", names=("污染",), english=("pollution",)),
    Entry(id="poverty", names=("贫困",)),
    Entry(id="overcapacity", names=("产能过剩", "过剩")),
    Entry(id="asymmetry", names=("信息不对称",)),
    Entry(id="duplication", names=("重复建设", "重复投入", "重复")),
    Entry(id="supply-and-demand", names=("供需", "供求")),
    Entry(id="regulation", names=("监管",)),
    Entry(id="top-level-design", names=("顶层设计",)),
    Entry(id="legislation", names=("立法", "法律法规")),
    Entry(id="innovation", names=("创新",)),
    Entry(id="participation", names=("公众参与", "社会参与")),
)
CONCEPTS = ("数据孤岛", "条块分割", "人才短缺", "资金不足", "污染", "贫困", "过剩", "信息不对称", "重复建设", "供需", "监管", "data silos")
OFFICIAL = Filters(kinds=("official",))


def statements_of(document: Annotated, year: int) -> Statements:
    """An annotated document as the pipeline would have written it; kinds stand for the groups, years go by the order of the documents."""
    listed = {entity.id for entity in document.entities}
    unlisted = dict.fromkeys(act.actor for act in document.acts if act.actor not in listed)
    entities = document.entities + tuple(Entity(id=name, type="society", name=name, confidence=1.0, author="annotation") for name in unlisted)
    kinds = {"paper": "academic", "official": "official", "essay": "essay", "law": "law"}
    return Statements(
        document=DocumentInfo(
            id=f"d{document.key}",
            date=DocumentDate(value=str(year), precision="year", kind="published"),
            kind=kinds[document.group],  # type: ignore[arg-type]
        ),
        clean_text=document.structure.clean_text,
        blocks=document.structure.blocks,
        sentences=document.sentences,
        factors=document.factors,
        links=document.links,
        entities=entities,
        acts=document.acts,
        run=Run(pipeline="annotation", components=()),
    )


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def annotated(request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    address: Path | str = tmp_path_factory.mktemp("graph") / "graph.sqlite"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_url")
        empty(str(address))
    with open_store(address) as store:
        for part in ("train", "dev"):
            for number, document in enumerate(annotated_documents(shared / "benchmark", part)):  # type: ignore[arg-type]
                record = DocumentRecord(id=f"d{document.key}", name=f"{document.key}.txt", sha256="0" * 64, size=1, added="2026-01-01T00:00:00Z")
                store.upsert_document(project(statements_of(document, 2010 + number % 12), record, (), NAMES))
        yield store


QUESTIONS: dict[str, Callable[[GraphStore], object]] = {
    **{f"remedies {concept}": (lambda store, q=concept: remedies(store, NAMES, q)) for concept in CONCEPTS},
    "remedies 数据孤岛 stated": lambda store: remedies(store, NAMES, "数据孤岛", filters=Filters(basis=("stated",))),
    "remedies 污染 official": lambda store: remedies(store, NAMES, "污染", filters=OFFICIAL),
    "remedies 贫困 2015-2018": lambda store: remedies(store, NAMES, "贫困", filters=Filters(year_from=2015, year_to=2018)),
    "remedies 污染 government": lambda store: remedies(store, NAMES, "污染", filters=Filters(actors=("government",))),
    "remedies by words 老龄化": lambda store: remedies(store, NAMES, "如何应对老龄化？"),
    "remedies by words 就业": lambda store: remedies(store, NAMES, "就业难怎么办"),
    "dilemmas 数据安全": lambda store: dilemmas(store, NAMES, "数据安全"),
    "dilemmas 创新": lambda store: dilemmas(store, NAMES, "创新"),
    "unanswered 数据安全": lambda store: unanswered(store, NAMES, "数据安全"),
    "unanswered 监管": lambda store: unanswered(store, NAMES, "监管"),
    "causes 污染": lambda store: causes(store, NAMES, "污染"),
    "causes 人才短缺": lambda store: causes(store, NAMES, "人才短缺"),
    "gaps": gaps,
    "trend 数据共享": lambda store: trend(store, NAMES, "数据共享"),
    "trend 贫困": lambda store: trend(store, NAMES, "贫困"),
    "paths 数据孤岛 立法": lambda store: paths(store, NAMES, "数据孤岛", "立法"),
    "paths 贫困 创新": lambda store: paths(store, NAMES, "贫困", "创新"),
    "compare 数据孤岛 信息不对称": lambda store: compare(store, NAMES, "数据孤岛", "信息不对称"),
    "compare 污染 by kind": lambda store: compare(store, NAMES, "污染", filters=Filters(kinds=("academic",)), right_filters=OFFICIAL),
    "disagreement 监管": lambda store: disagreement(store, NAMES, "监管"),
    "matrix by year": lambda store: matrix(store, NAMES, by="year"),
    "matrix of dims by kind": lambda store: matrix(store, NAMES, ["dims"], by="kind"),
    "neighbourhood 数据孤岛": lambda store: neighbourhood(store, NAMES, "数据孤岛"),
    "precedents 数据孤岛": lambda store: precedents(store, NAMES, "数据孤岛"),
    "precedents 人才短缺": lambda store: precedents(store, NAMES, "人才短缺"),
    "search 孤岛": lambda store: search(store, "孤岛"),
    "search 部门 数据": lambda store: search(store, "部门 数据", limit=20),
    "statistics": statistics,
    "atlas": atlas,
}


def numbered(answer: object) -> object:
    """An answer without words: a link is `document f1>f2`, a factor `document f1`, a sentence `document@place`."""
    if isinstance(answer, RemedyRow):
        return f"{answer.source.document} {answer.dilemma.factor}>{answer.remedy.factor} {answer.basis} {answer.tier}{' weak' * answer.weak}"
    if isinstance(answer, LinkRow):
        return f"{answer.document.document} {answer.source.factor}>{answer.target.factor} {answer.basis} {answer.tier}{' weak' * answer.weak}"
    if isinstance(answer, FactorRow):
        return f"{answer.source.document} {answer.quote.factor} {answer.tier}{' weak' * answer.weak}"
    if isinstance(answer, SearchRow):
        return f"{answer.source.document}@{answer.start} {len(answer.marks)}"
    if isinstance(answer, MapNode):
        places = " ".join(f"{one.source.document}@{one.quote.start}" for one in answer.quotes)
        return f"{answer.kind} {places} {answer.weight}" if answer.kind != "concept" else f"{answer.id} {answer.weight}"
    if isinstance(answer, MapEdge):
        return f"{answer.type} {answer.basis} {answer.weight}"
    if isinstance(answer, ConceptRef):
        return answer.id
    if isinstance(answer, Quote):
        return answer.factor
    if isinstance(answer, SourceRef):
        return answer.document
    if isinstance(answer, msgspec.Struct):
        left_out = {"question", "base", "filters", "name", "term", "terms", "actor", "x", "y"}
        return {name: numbered(getattr(answer, name)) for name in answer.__struct_fields__ if name not in left_out}
    if isinstance(answer, tuple | list):
        return [numbered(part) for part in answer]
    if isinstance(answer, dict):
        return {str(key): numbered(value) for key, value in answer.items()}
    return answer


def test_the_answers_are_those_that_a_person_has_read(annotated: GraphStore, accept: bool) -> None:
    assert len(QUESTIONS) >= 40
    found = {name: numbered(ask(annotated)) for name, ask in QUESTIONS.items()}
    data = msgspec.json.format(msgspec.json.encode(found), indent=1)
    if accept:
        GOLDEN.write_bytes(data + b"\n")
    kept = msgspec.json.decode(GOLDEN.read_bytes())
    for name, answer in msgspec.json.decode(data).items():
        assert answer == kept[name], f"the answer to {name!r} is another one"
    assert set(kept) == set(QUESTIONS)


def test_the_annotated_graph_is_whole(annotated: GraphStore) -> None:
    assert annotated.check() == ()
    assert len(annotated.documents()) == 82


def test_every_quote_of_a_long_answer_stands_in_its_document(annotated: GraphStore) -> None:
    texts: dict[str, str] = {}
    for row in remedies(annotated, NAMES, "污染", limit=1_000).rows:
        text = texts.setdefault(row.source.document, annotated.document(row.source.document).clean_text)
        for quote in (row.dilemma, row.remedy):
            assert text[quote.start : quote.end] == quote.text
            assert quote.text in quote.sentence
            assert text[quote.sentence_start : quote.sentence_start + len(quote.sentence)] == quote.sentence
