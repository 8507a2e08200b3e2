"""What is exported: documents as far as they may be shown and were chosen, the concepts they name, decisions, and the manifest of it all.

A format reads a `Material` and nothing else. Documents are read one at a time, as often as a format asks; the same corpus gives the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from corpus.concepts import Concept
from corpus.records import Decision, DocumentRecord
from graph.export.choice import Choice, choose
from graph.export.gbt7714 import SAMPLE, Edition, cited
from graph.records import DocumentView, FactorView
from pipeline.records import Statements

__all__ = ["Counts", "ExportedDocument", "Manifest", "Material", "gather", "printable", "shown_statements"]

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""what XML 1.0 (2.2 Characters), and so every spreadsheet, refuses"""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much there is of each kind; readers of a file can count again."""

    documents: int = 0
    statements: int = 0
    links: int = 0
    acts: int = 0
    concepts: int = 0
    decisions: int = 0
    versions: int = 0
    """documents that a later version supersedes; only jsonl holds them"""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was exported of what, by which program, on which day: all that is needed to make the same file again."""

    program: str
    form: str
    date: str
    """UTC, whole seconds: the only part that differs between two exports of the same"""
    corpus: str
    """hash of what the graph was made from: statements, records, decisions, register"""
    register: str
    """hash of the concepts"""
    reader: str
    """what read the documents, as `sync` compares it"""
    model: str | None = None
    choice: Literal["whole", "filters", "basket", "question"] = "whole"
    question: str | None = None
    concept: str | None = None
    filters: dict[str, object] = {}
    basket: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    """entries of the basket that nothing fits"""
    counts: Counts = Counts()
    unprintable: tuple[str, ...] = ()
    """statements (document/statement) with characters that XML refuses: they stand as U+FFFD in such files"""

    def lines(self) -> list[str]:
        """For people: one line a part, the same in every format that has room for comments."""
        return [f"{name}: {value if isinstance(value, str) else msgspec.json.encode(value).decode()}" for name, value in msgspec.to_builtins(self).items()]


class ExportedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document: `view` with people's decisions on it, `statements` as the pipeline made them, both as far as they were chosen and may be shown."""

    record: DocumentRecord
    work: str
    statements: Statements
    view: DocumentView
    level: str | None = None
    path: Path | None = None
    """where the bytes as received lie, if they may be handed on"""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def accessed(self) -> str:
        """The day on which it was taken in: the date of access of an online source."""
        return self.record.added[:10]

    @property
    def title(self) -> str:
        """Its title, marked where it is a sample."""
        source = self.view.source
        return f"{source.title} {SAMPLE}" if source.sample else source.title

    @property
    def citation(self) -> str:
        """The document by GB/T 7714—2015, marked where it is a sample."""
        return self.cited("2015")

    def cited(self, edition: Edition) -> str:
        """The document by that edition of GB/T 7714, marked where it is a sample."""
        return cited(self.statements.document, sample=self.view.source.sample, accessed=self.accessed, edition=edition)

    def factors(self) -> dict[str, FactorView]:
        """Its statements by id, in the order of the text."""
        return {factor.id: factor for factor in self.view.factors}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a format may write."""

    manifest: Manifest
    concepts: tuple[Concept, ...]
    """those that an exported statement names, by id"""
    register: tuple[Concept, ...]
    """of a whole corpus every concept there is, else the same as `concepts`"""
    decisions: tuple[Decision, ...]
    load: Callable[[], Iterator[ExportedDocument]]

    def documents(self, *, versions: bool = False) -> Iterator[ExportedDocument]:
        """The documents, by id; `versions`: also those that a later one supersedes."""
        return (document for document in self.load() if versions or document.view.live)


def printable(text: str) -> str:
    """`text` as XML may hold it, every character in its place: what it refuses becomes U+FFFD (数据\\x0b孤岛 → 数据�孤岛)."""
    return UNPRINTABLE.sub("\ufffd", text)


def gather(
    read: Callable[[], Iterable[ExportedDocument]], *, choice: Choice, concepts: Iterable[Concept], decisions: Iterable[Decision], manifest: Manifest
) -> Material:
    """What `choice` leaves of the documents that `read` gives, with its counts in the manifest.

    `read` is called once here and once for every pass that a format makes, and gives all documents each time.
    """

    def load() -> Iterator[ExportedDocument]:
        for document in read():
            if (chosen := choose(document, choice)) is not None:
                yield chosen

    found: set[str] = set()
    named: set[str] = set()
    counts = dict.fromkeys(Counts.__struct_fields__, 0)
    unprintable: list[str] = []
    ids: set[str] = set()
    for document in load():
        ids.add(document.id)
        if not document.view.live:
            counts["versions"] += 1
            continue
        counts["documents"] += 1
        counts["statements"] += len(document.view.factors)
        counts["links"] += len(document.view.links)
        counts["acts"] += len(document.view.acts)
        for factor in document.view.factors:
            named.update(factor.concepts)
            if UNPRINTABLE.search(factor.text) or UNPRINTABLE.search(factor.sentence):
                unprintable.append(f"{document.id}/{factor.id}")
        found.update(choice.fitting(document))
    register = tuple(concepts)
    wanted = tuple(concept for concept in register if concept.id in named)
    kept = tuple(_about(decisions, ids))
    counts |= {"concepts": len(wanted), "decisions": len(kept)}
    manifest = msgspec.structs.replace(
        manifest,
        counts=Counts(**counts),
        unprintable=tuple(unprintable),
        not_found=tuple(entry for entry in choice.basket if entry not in found),
    )
    return Material(manifest, wanted, register if choice.whole else wanted, kept, load)


def shown_statements(statements: Statements, view: DocumentView) -> Statements:
    """`statements` as far as the document may be shown: of one for quoting only without a word that `view` does not show."""
    if view.source.access != "quotes":
        return statements
    text = view.clean_text
    hidden = [place for place, character in enumerate(text) if character == "□"]
    shown = set(range(len(text))).difference(hidden)
    replace = msgspec.structs.replace
    return replace(
        statements,
        clean_text=text,
        blocks=view.blocks,
        repairs=(),
        references=(),
        factors=tuple(
            replace(factor, text=text[factor.start : factor.end], sentence=next((f.sentence for f in view.factors if f.id == factor.id), ""))
            for factor in statements.factors
        ),
        entities=tuple(
            replace(entity, aliases=(), mentions=places)
            for entity in statements.entities
            if (places := tuple(place for place in entity.mentions if shown.issuperset(range(*place))))
            or any(act.actor == entity.id for act in statements.acts)
        ),
    )


def _about(decisions: Iterable[Decision], documents: set[str]) -> Iterator[Decision]:
    taken: set[str] = set()
    for decision in decisions:
        if decision.undoes in taken or any(anchor.document in documents for anchor in decision.anchors):
            taken.add(decision.id)
            yield decision
