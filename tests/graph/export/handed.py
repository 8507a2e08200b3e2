"""Material out of statements made by hand: documents through a real store, as an export reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.concepts import Concept
from corpus.records import Decision
from graph.export import Choice, ExportedDocument, Manifest, Material, gather, shown_statements
from graph.questions import document_view
from graph.store import GraphStore
from tests.graph.statement_maker import StatementMaker, projected

MANIFEST = Manifest(program="Zhengmai 0.1.0", form="test", date="2026-11-26T00:00:00Z", corpus="c" * 16, register="r" * 16, reader="test")
CONCEPTS = (
    Concept(
        id="data-silos",
        names=("数据孤岛", "信息孤岛", "數據孤島"),
        english=("data silos",),
        near=("数据壁垒",),
        related=("data-sharing",),
        definition="数据彼此隔绝。",
    ),
    Concept(id="data-sharing", names=("数据共享", "共享平台"), english=("data sharing",), related=("data-silos",)),
    Concept(id="system-silos", names=("系统孤岛",)),
    Concept(id="talent-shortage", names=("人才短缺",)),
    Concept(id="never-named", names=("无人提及",)),
)


def reader(store: GraphStore, makers: Sequence[StatementMaker], *, path: Path | None = None) -> Callable[[], Iterator[ExportedDocument]]:
    """What `gather` reads: the documents of `makers`, by id."""

    def read() -> Iterator[ExportedDocument]:
        for maker in sorted(makers, key=lambda one: one.record.id):
            view, made = document_view(store, maker.record.id), maker.made()
            issuers = made.document.issuers
            yield ExportedDocument(
                record=maker.record,
                work=maker.record.id,
                statements=shown_statements(made, view),
                view=view,
                level=issuers[0].level if issuers else None,
                path=path,
            )

    return read


def handed(
    store: GraphStore, *makers: StatementMaker, choice: Choice | None = None, decisions: Sequence[Decision] = (), manifest: Manifest = MANIFEST
) -> Material:
    """The material of `makers`, put into `store` first."""
    for maker in makers:
        store.upsert_document(projected(maker, *decisions))
    return gather(reader(store, makers), choice=choice or Choice(), concepts=CONCEPTS, decisions=decisions, manifest=manifest)
