"""A small corpus behind the pages: a real graph in a folder of the test, the real register, statements made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import msgspec

from corpus.concepts import Register
from corpus.errors import CorpusError, EmptyFile, ExactCopy
from corpus.records import Decision, DocumentRecord
from graph import questions
from graph.errors import UnknownDocument
from graph.project import project
from graph.records import DocumentView, Filters, Neighbourhood, RemedyAnswer, SearchAnswer, Statistics
from graph.sqlite import SqliteStore
from pipeline.records import DocumentInfo, LinkType, Repair, Statements
from tests.graph.statement_maker import StatementMaker, find_quote
from zhengmai.baskets import Baskets
from zhengmai.desk import Desk

OPEN = Filters()


@dataclass(frozen=True)
class HeldDocument:
    """One line of the list, as `zhengmai.workspace.Held`."""

    record: DocumentRecord
    title: str
    year: int | None
    kind: str
    factors: int
    links: int
    status: str
    message: str = ""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def file(self) -> str:
        return self.record.stem

    @property
    def sample(self) -> bool:
        return self.record.sample


@dataclass(frozen=True)
class AddedFile:
    """What became of a file, as `zhengmai.workspace.Added`."""

    name: str
    record: DocumentRecord | None
    error: CorpusError | None = None
    namesakes: tuple[DocumentRecord, ...] = ()


class MemoryLog:
    """The log of decisions in memory, with seconds for a clock."""

    def __init__(self, decided: list[Decision]) -> None:
        self.decided = decided

    def read(self) -> tuple[Decision, ...]:
        return tuple(self.decided)

    def append(self, **given: Any) -> Decision:
        number = len(self.decided)
        del given["now"]
        self.decided.append(Decision(id=f"c{number}", at=f"2026-02-01T00:00:{number:02}.000000Z", **given))
        return self.decided[-1]


@dataclass
class DoubleWorkspace(Desk):
    """What the pages call on `zhengmai.workspace.Workspace`, over documents given to it."""

    folder: Path
    register: Register
    documents_made: Sequence[StatementMaker] = ()
    made: dict[str, Statements] = field(default_factory=dict)
    records: dict[str, DocumentRecord] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    decided: list[Decision] = field(default_factory=list)
    received: list[tuple[str, bytes, str | None]] = field(default_factory=list)
    started: int = 0

    def __post_init__(self) -> None:
        self.store = SqliteStore(self.folder / "graph.sqlite")
        self.holdings: Any = SimpleNamespace(store=self.store, log=MemoryLog(self.decided), baskets=Baskets(self.folder / "kept"), register=self.register)
        for maker in self.documents_made:
            self.records[maker.record.id] = maker.record
            self.made[maker.record.id] = maker.made()
            self._put(maker.record.id)

    def _put(self, document: str) -> None:
        self.store.upsert_document(project(self.made[document], self.records[document], self.decided, self.register, stamp="", find_again=find_quote))

    def _refresh(self, document: str) -> None:
        self._put(document)

    def _made(self, document: str) -> Statements:
        return self.made[document]

    def _record(self, document: str) -> DocumentRecord:
        return self.records[document]

    def warm(self) -> None:
        """Nothing to make ready."""

    def close(self) -> None:
        self.store.close()

    def version(self) -> int:
        return self.store.version

    def documents(self) -> tuple[HeldDocument, ...]:
        found = {summary.source.document: summary for summary in self.store.documents()}
        rows = []
        for record in self.records.values():
            summary = found.get(record.id)
            status = "ready" if summary else "failed" if record.id in self.failures else "pending"
            rows.append(
                HeldDocument(
                    record,
                    summary.source.title if summary else record.stem,
                    summary.source.year if summary else None,
                    summary.source.kind if summary else "",
                    summary.factors if summary else 0,
                    summary.links if summary else 0,
                    status,
                    self.failures.get(record.id, ""),
                )
            )
        return tuple(rows)

    def document(self, document: str) -> DocumentView:
        if document not in self.made:
            raise UnknownDocument(document)
        return self.store.document(document)

    def info(self, document: str) -> DocumentInfo:
        return self.made[document].document

    def statements(self, document: str) -> Statements:
        return self.made[document]

    def remedies(self, question: str, filters: Filters = OPEN, *, limit: int = 200, offset: int = 0) -> RemedyAnswer:
        return questions.remedies(self.store, self.register, question, filters=filters, limit=limit, offset=offset)

    def neighbourhood(
        self,
        concept: str,
        filters: Filters = OPEN,
        *,
        limit: int = 45,
        relations: Sequence[LinkType] = (),
        more: questions.More | None = None,
        steps: Literal[1, 2] = 1,
    ) -> Neighbourhood:
        return questions.neighbourhood(self.store, self.register, concept, filters=filters, nodes=limit, relations=relations, more=more, steps=steps)

    def search(self, text: str, filters: Filters = OPEN, *, limit: int = 20, offset: int = 0) -> SearchAnswer:
        return questions.search(self.store, text, filters=filters, limit=limit, offset=offset)

    def statistics(self, filters: Filters = OPEN) -> Statistics:
        return self.store.statistics(filters)

    def regions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.name for made in self.made.values() for place in made.document.places))

    def decide(
        self, document: str, *, kind: Literal["accept", "reject"], factor: str | None = None, link: str | None = None, who: str, note: str | None = None
    ) -> Decision:
        view = self.document(document)
        factors = {one.id: one for one in view.factors}
        if factor:
            ends, of = [factors[factor]], factors[factor].type
        else:
            chosen = next(one for one in view.links if one.id == link)
            ends, of = [factors[chosen.source], factors[chosen.target]], chosen.type
        maker = StatementMaker("")
        maker.text, maker.record = view.clean_text, self.records[document]
        decision = maker.decide(len(self.decided), kind, [one.text for one in ends], of)
        return self._decided(msgspec.structs.replace(decision, who=who), document)

    def undo(self, decision: str, *, who: str) -> Decision:
        earlier = next(one for one in self.decided if one.id == decision)
        number = len(self.decided)
        taken = Decision(id=f"c{number}", at=f"2026-02-01T00:00:{number:02}.000000Z", who=who, kind="undo", undoes=decision)
        return self._decided(taken, earlier.anchors[0].document)

    def _decided(self, decision: Decision, document: str) -> Decision:
        self.decided.append(decision)
        self._put(document)
        return decision

    def add(self, name: str, data: bytes, *, supersedes: str | None = None) -> AddedFile:
        if not data.strip():
            return AddedFile(name, None, EmptyFile(name=name))
        for earlier, bytes_, _ in self.received:
            if bytes_ == data:
                return AddedFile(name, None, ExactCopy(name=name, existing="d1", existing_name=earlier, added="2026-01-01"))
        self.received.append((name, data, supersedes))
        namesakes = tuple(record for record in self.records.values() if record.name == name)
        record = DocumentRecord(
            id=f"dnew{len(self.received)}",
            name=name,
            sha256="1" * 64,
            size=len(data),
            added="2026-02-02T00:00:00Z",
            version=2 if supersedes else 1,
            supersedes=supersedes,
        )
        self.records[record.id] = record
        return AddedFile(name, record, None, namesakes)

    def start_sync(self) -> None:
        self.started += 1

    def job(self) -> Any:
        return None

    def remove_samples(self) -> int:
        gone = [record.id for record in self.records.values() if record.sample]
        for document in gone:
            self.store.delete_document(document)
            del self.records[document], self.made[document]
        return len(gone)


def paper() -> StatementMaker:
    """A paper with parallel sections, one statement that says problem and remedy in one sentence, and one dilemma without a remedy."""
    maker = StatementMaker("县域数据共享", date="2018-05")
    maker.block("县域数据共享的困境与对策", role="title")
    maker.heading("一、数据共享的困境", zone="dilemma")
    maker.block("各部门系统由上级垂直建设，部门之间数据孤岛林立。基层人才短缺严重，平台难以用好。")
    silos = maker.factor("部门之间数据孤岛林立", "dilemma", dim="data")
    maker.factor("基层人才短缺严重", "dilemma", dim="talent")
    maker.heading("二、数据共享的对策", zone="countermeasure")
    maker.block("应当建立统一的共享平台，统一接口标准。为破解数据孤岛，要推动垂直系统的数据回流，实现群众少跑腿。")
    platform = maker.factor("建立统一的共享平台", "countermeasure", force="advised")
    broken = maker.factor("数据孤岛", "dilemma")
    flow = maker.factor("推动垂直系统的数据回流", "countermeasure", force="advised", confidence=0.72, runner_up={"type": "goal", "confidence": 0.2})
    goal = maker.factor("实现群众少跑腿", "goal")
    maker.link(silos, platform, basis="aligned", confidence=0.7)
    maker.link(broken, flow, basis="stated", confidence=0.95)
    maker.link(flow, goal, "achieves")
    return maker


def notice() -> StatementMaker:
    """A notice with another name of the concept, and with signs that Markdown and HTML would take for their own."""
    maker = StatementMaker("通知", date="2021-03-02", kind="official", issuer=("江东省人民政府", "province"))
    maker.heading("一、工作任务", zone="countermeasure")
    maker.block("2018~2020年试点，2021~2023年推广，联系邮箱:szzw@example.org，:red[红头文件]、:material/home:、比例1:100:5，$x$ <b>粗</b>。")
    maker.block("由于条块分割，信息孤岛依然存在。为打破信息孤岛，省大数据局推进5~7个系统互联互通。")
    cause = maker.factor("条块分割", "driver")
    exist = maker.factor("信息孤岛依然存在", "dilemma")
    silos = maker.factor("信息孤岛", "dilemma")
    join = maker.factor("推进5~7个系统互联互通", "countermeasure", force="mandated")
    maker.link(exist, cause, "caused_by")
    maker.link(silos, join, confidence=0.9)
    return maker


def cleaned(maker: StatementMaker) -> Statements:
    """The statements of a document with one block left out and two repairs."""
    made = maker.made()
    last = made.blocks[-1]
    left = msgspec.structs.replace(
        last, id="bleft", text="责任编辑：某某", start=None, end=None, raw=(last.raw[1], last.raw[1] + 7), role="noise", reason="furniture"
    )
    repairs = (Repair(kind="wrap", raw=(3, 4), text=""), Repair(kind="pinyin", raw=(20, 25), text="统", certain=False))
    return msgspec.structs.replace(made, blocks=(*made.blocks, left), repairs=repairs)
