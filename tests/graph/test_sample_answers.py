"""Forty questions on the ten samples, answered in full words: each answer was read against the texts by a person once, and stays as it is.

The samples' statements are kept here as the reader gave them on one day (`golden/sample_statements.jsonl`), so that the answers hang on
the graph alone and not on what a later reader finds. `pytest --accept` writes the answers anew, to be reviewed as a diff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from corpus.records import DocumentRecord
from graph.analysis import atlas
from graph.opening import open_store
from graph.overviews import (
    AtlasNode,
    Cell,
    Community,
    ConceptPair,
    ConceptTie,
    GapCount,
    Hanging,
    InferredAnswer,
    PathStep,
    Precedent,
    Support,
    TieSupport,
    YearCount,
)
from graph.project import project
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
    remedies,
    search,
    statistics,
    trend,
    unanswered,
)
from graph.records import (
    ActorOf,
    ConceptCount,
    ConceptRef,
    FactorRow,
    Filters,
    LinkRow,
    Neighbourhood,
    Quote,
    RemedyRow,
    SearchBase,
    SearchRow,
    SourceRef,
    TierCount,
)
from graph.store import GraphStore
from pipeline.records import DocumentDate, Statements, from_json
from tests.graph.statement_maker import Around, Entry, SmallRegister
from tests.integration.engine import empty

GOLDEN = Path(__file__).parent / "golden"

NAMES = SmallRegister(
    Entry(
        id="data-silos",
        names=("数据孤岛", "信息孤岛", "資料孤島", "資訊孤島", "数据烟囱"),
        english=("data silos",),
        around=Around(narrower=("system-silos",), related=("data-sharing",), near=("data-barriers",)),
    ),
    Entry(id="system-silos", names=("系统不互通", "系統不互通", "系统孤岛")),
    Entry(id="data-sharing", names=("数据共享", "資料共享", "共享平台"), english=("data sharing",)),
    Entry(id="data-barriers", names=("数据壁垒", "不愿共享", "不敢共享")),
    Entry(id="data-security", names=("数据安全", "信息安全", "安全责任")),
    Entry(id="chief-data-officer", names=("首席数据官",)),
    Entry(id="data-quality", names=("数据质量", "口径不一", "标准不一")),
    Entry(id="division", names=("条块分割", "部门分割", "部门利益", "各自为政")),
    Entry(id="talent-shortage", names=("人才短缺", "人手不足", "缺乏专业人才", "人员不足")),
    Entry(id="mutual-care", names=("互助养老",)),
    Entry(id="funding", names=("资金不足", "经费不足", "经费")),
    Entry(id="one-stop", names=("一网通办",)),
    Entry(id="catalogue", names=("数据目录", "目录")),
    Entry(id="training", names=("培训",)),
    Entry(id="burden", names=("重复填报", "重复录入", "多头填报")),
)


def samples() -> list[Statements]:
    return [from_json(line) for line in (GOLDEN / "sample_statements.jsonl").read_bytes().splitlines()]


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    address: Path | str = tmp_path_factory.mktemp("samples") / "graph.sqlite"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_url")
        empty(str(address))
    with open_store(address) as opened:
        for statements in samples():
            opened.upsert_document(projected(statements))
        yield opened


def projected(statements: Statements):
    title = statements.document.title or statements.document.id
    record = DocumentRecord(id=statements.document.id, name=f"{title}.txt", sha256="0" * 64, size=1, added="2026-01-01T00:00:00Z", sample=True)
    return project(statements, record, (), NAMES)


NOTICE, CARE = "关于推进公共数据共享应用的通知", "农村互助养老的实践与困境"


def document_of(store: GraphStore, title: str) -> str:
    return next(summary.source.document for summary in store.documents() if summary.source.title.startswith(title))


def first_gap(store: GraphStore, question: str) -> tuple[str, str]:
    row = unanswered(store, NAMES, question).rows[0]
    return row.source.document, row.quote.factor


QUESTIONS: dict[str, Callable[[GraphStore], object]] = {
    "remedies 数据孤岛": lambda s: remedies(s, NAMES, "数据孤岛"),
    "remedies data silos": lambda s: remedies(s, NAMES, "data silos", limit=3),
    "remedies 資料孤島, second page": lambda s: remedies(s, NAMES, "資料孤島", limit=3, offset=3),
    "remedies 数据孤岛, stated": lambda s: remedies(s, NAMES, "数据孤岛", filters=Filters(basis=("stated",))),
    "remedies 数据孤岛, aligned": lambda s: remedies(s, NAMES, "数据孤岛", filters=Filters(basis=("aligned",))),
    "remedies 数据孤岛, official": lambda s: remedies(s, NAMES, "数据孤岛", filters=Filters(kinds=("official",))),
    "remedies 数据孤岛, sure": lambda s: remedies(s, NAMES, "数据孤岛", filters=Filters(min_confidence=0.8)),
    "remedies 数据孤岛, by government": lambda s: remedies(s, NAMES, "数据孤岛", filters=Filters(actors=("government",))),
    "remedies 数据孤岛 that are about sharing": lambda s: remedies(s, NAMES, "数据孤岛", filters=Filters(concepts=("data-sharing",))),
    "remedies 数据质量": lambda s: remedies(s, NAMES, "数据质量"),
    "remedies 条块分割": lambda s: remedies(s, NAMES, "条块分割"),
    "remedies 数据安全": lambda s: remedies(s, NAMES, "数据安全"),
    "remedies 重复填报": lambda s: remedies(s, NAMES, "重复填报"),
    "remedies 经费不足": lambda s: remedies(s, NAMES, "经费不足"),
    "remedies by words 留守老人": lambda s: remedies(s, NAMES, "留守老人怎么办"),
    "remedies by words 老龄化": lambda s: remedies(s, NAMES, "如何应对老龄化？"),
    "remedies of what nobody speaks of": lambda s: remedies(s, NAMES, "海洋捕捞"),
    "dilemmas 数据孤岛": lambda s: dilemmas(s, NAMES, "数据孤岛"),
    "dilemmas 互助养老": lambda s: dilemmas(s, NAMES, "互助养老"),
    "unanswered 数据孤岛": lambda s: unanswered(s, NAMES, "数据孤岛"),
    "unanswered 经费不足": lambda s: unanswered(s, NAMES, "经费不足"),
    "causes 数据孤岛": lambda s: causes(s, NAMES, "数据孤岛"),
    "causes 数据壁垒": lambda s: causes(s, NAMES, "数据壁垒"),
    "gaps": gaps,
    "inferred for the first gap of 数据孤岛": lambda s: inferred(s, *first_gap(s, "数据孤岛"), limit=4),
    "trend 数据孤岛": lambda s: trend(s, NAMES, "数据孤岛"),
    "trend 数据共享, mandated": lambda s: trend(s, NAMES, "数据共享", filters=Filters(forces=("mandated",))),
    "matrix by kind": lambda s: matrix(s, NAMES, by="kind"),
    "matrix of a scheme by year": lambda s: matrix(s, NAMES, {"技术": ["数据孤岛", "数据质量"], "体制": ["条块分割", "首席数据官"]}),
    "matrix of dims by level": lambda s: matrix(s, NAMES, ["dims"], by="level"),
    "paths 条块分割 数据共享": lambda s: paths(s, NAMES, "条块分割", "数据共享"),
    "paths 数据孤岛 一网通办": lambda s: paths(s, NAMES, "数据孤岛", "一网通办"),
    "compare 数据孤岛 互助养老": lambda s: compare(s, NAMES, "数据孤岛", "互助养老"),
    "disagreement 数据共享": lambda s: disagreement(s, NAMES, "数据共享"),
    "precedents 数据共享": lambda s: precedents(s, NAMES, "数据共享"),
    "precedents 互助养老": lambda s: precedents(s, NAMES, "互助养老"),
    "precedents of a case": lambda s: precedents(
        s, NAMES, "我县各部门各自为政，数据孤岛突出，基层重复填报，想设立首席数据官，不知道别处怎样做、效果如何。", limit=4
    ),
    "neighbourhood 数据孤岛": lambda s: neighbourhood(s, NAMES, "数据孤岛", nodes=24),
    "search 平台": lambda s: search(s, "平台", limit=8),
    "search 资料 孤岛": lambda s: search(s, "资料 孤岛"),
    "search 平台, mandated": lambda s: search(s, "平台", filters=Filters(forces=("mandated",))),
    "statistics": statistics,
    "atlas": atlas,
    "hanging on 农村互助养老": lambda s: hanging(s, document_of(s, CARE)),
    "document 农村互助养老": lambda s: document_view(s, document_of(s, CARE)),
}


def told(answer: object) -> object:
    """An answer as a person reads it: rows in one line each, with their words."""
    match answer:
        case RemedyRow():
            return f"{answer.dilemma.text} → {answer.remedy.text}{marks(answer)} —— {told(answer.source)}"
        case LinkRow():
            return f"{answer.source.text} —{answer.type}→ {answer.target.text}{marks(answer)} —— {told(answer.document)}"
        case FactorRow():
            return f"{answer.quote.text} [{answer.tier}{' weak' * answer.weak}] —— {told(answer.source)}"
        case SearchRow():
            words = answer.text
            for start, end in reversed(answer.marks):
                words = f"{words[:start]}【{words[start:end]}】{words[end:]}"
            return f"{words} —— {told(answer.source)}"
        case Quote() | SourceRef() | ConceptRef():
            return answer.text if isinstance(answer, Quote) else f"{answer.title} ({answer.year})" if isinstance(answer, SourceRef) else answer.name
        case TierCount():
            return f"{answer.tier}: {answer.rows} rows, {answer.works} works, {answer.stated} stated, {answer.aligned} aligned"
        case YearCount():
            counts = (answer.works, answer.drivers, answer.dilemmas, answer.measures, answer.goals, answer.gaps)
            return f"{answer.year}: works, drivers, dilemmas, measures, goals, gaps = {counts}"
        case ConceptTie():
            return f"{'→' if answer.outward else '←'} {answer.type} {answer.concept.name}: {answer.rows} rows, {answer.works} works"
        case Cell():
            return f"{answer.row} × {answer.column or '–'}: {answer.works} works, {answer.statements} statements"
        case GapCount():
            return f"{answer.concept.name}: {answer.gaps} of {answer.dilemmas} dilemmas, {answer.works} works"
        case PathStep():
            return f"{answer.source.name} {'→' if answer.forward else '←'} {answer.target.name}: {told(answer.link)}"
        case ConceptCount():
            return f"{answer.concept.name}: {answer.works} works, {answer.rows} statements"
        case ConceptPair():
            return f"{answer.one.name} – {answer.other.name}: {answer.works} works, {answer.rows} links"
        case AtlasNode():
            return f"{answer.concept.name}: community {answer.community}, centrality {answer.centrality}"
        case Community():
            return f"{answer.number} {answer.name}: {', '.join(answer.concepts)}"
        case Support():
            return f"{answer.concept.name}: {answer.statements} statements, {answer.others} other works, {answer.remedies} remedies"
        case TieSupport():
            return f"{answer.source.name} —{answer.type}→ {answer.target.name}: {answer.rows} links, {answer.others} other works"
        case ActorOf():
            return f"{answer.actor} {answer.type}{f' ({answer.role})' if answer.role else ''}"
        case SearchBase():
            return f"{answer.documents} documents, {answer.works} works, {answer.year_from}–{answer.year_to}, {answer.sentences} sentences"
        case Neighbourhood():
            edges = sorted(f"{edge.type} {edge.basis or ''}".strip() for edge in answer.edges)
            kinds = {kind: edges.count(kind) for kind in dict.fromkeys(edges)}
            return {"nodes": [f"{node.kind} {node.label} {node.weight}" for node in answer.nodes], "edges": kinds, "shown": answer.shown, "total": answer.total}
        case Precedent():
            faces = ", ".join(f"{face.face}: {'、'.join(ref.name for ref in face.shared)}" for face in answer.faces)
            parts = {
                name: told(getattr(answer, name))
                for name in ("details", "actors", "instruments", "cases", "problems", "results", "limits")
                if getattr(answer, name)
            }
            where = f"{'、'.join(answer.places) or '–'}（{answer.places_from or '–'}），{answer.when or '–'}（{answer.when_from or '–'}）"
            return {"measure": f"[{answer.force or '–'}] {answer.measure.text}", "faces": faces, "where": where, "source": told(answer.source), **parts}
        case _ if type(answer).__name__ == "DocumentView":
            return document_view_lines(answer)
        case Hanging() | InferredAnswer() | msgspec.Struct():
            left_out = {"filters", "question", "limit", "offset", "document", "factor", "groups", "tiers"}
            return {name: told(getattr(answer, name)) for name in answer.__struct_fields__ if name not in left_out}
        case tuple() | list():
            return [told(part) for part in answer]
        case dict():
            return {str(key): told(value) for key, value in answer.items()}
        case _:
            return answer


def marks(row: RemedyRow | LinkRow) -> str:
    return f" [{row.basis} {row.tier}{' weak' * row.weak}{f' {row.force}' if row.force else ''}]"


def document_view_lines(view: object) -> list[str]:
    factors = {factor.id: factor.text for factor in view.factors}  # type: ignore[attr-defined]
    lines = [f"{factor.type}: {factor.text} ({', '.join(factor.concepts) or '–'})" for factor in view.factors]  # type: ignore[attr-defined]
    lines += [f"{factors[link.source]} —{link.type} {link.basis}→ {factors[link.target]}" for link in view.links]  # type: ignore[attr-defined]
    return lines + [f"{act.actor} {act.type} {factors[act.factor]}" for act in view.acts]  # type: ignore[attr-defined]


def test_the_answers_in_words_are_those_that_a_person_has_read(store: GraphStore, accept: bool) -> None:
    assert len(QUESTIONS) >= 40
    path = GOLDEN / "sample_answers.json"
    data = msgspec.json.format(msgspec.json.encode({name: told(ask(store)) for name, ask in QUESTIONS.items()}), indent=1)
    if accept:
        path.write_bytes(data + b"\n")
    kept = msgspec.json.decode(path.read_bytes())
    for name, answer in msgspec.json.decode(data).items():
        assert answer == kept[name], f"the answer to {name!r} is another one"
    assert set(kept) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_about_samples_changes_with_documents_and_is_as_before_without_them(store: GraphStore, name: str) -> None:
    """Every sample once more, as a text of another year: whatever is asked, it shows beside the base; taken out, nothing of it is left."""
    before, digest = QUESTIONS[name](store), store.digest()
    for projection in TWINS:
        store.upsert_document(projection)
    try:
        changed = QUESTIONS[name](store)
    finally:
        for projection in TWINS:
            store.delete_document(projection.source.document)
    assert (without_base(changed) != without_base(before)) == (name not in UNTOUCHED)
    assert msgspec.json.encode(QUESTIONS[name](store)) == msgspec.json.encode(before)
    assert store.digest() == digest
    assert store.check() == ()


UNTOUCHED = {
    *("remedies 条块分割", "remedies 数据安全", "remedies by words 留守老人", "remedies of what nobody speaks of"),
    *("paths 条块分割 数据共享", "paths 数据孤岛 一网通办", "document 农村互助养老"),
}
"""what the samples do not speak of is not answered by their twins either; a document is what it was"""


def without_base(answer: object) -> bytes:
    data = msgspec.to_builtins(answer)
    for part in (data, *(data.get(side, {}) for side in ("left", "right"))):
        part.pop("base", None)
    return msgspec.json.encode(data)


def _twin(statements: Statements) -> Statements:
    info = statements.document
    date = DocumentDate(value="2024-02", precision="month", kind="published")
    return msgspec.structs.replace(statements, document=msgspec.structs.replace(info, id=f"d{info.id[:0:-1]}", title=f"又一篇：{info.title}", date=date))


TWINS = tuple(projected(_twin(statements)) for statements in samples())
