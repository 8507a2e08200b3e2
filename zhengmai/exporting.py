"""What the corpus hands on: the whole, a part or an answer, in a form of `graph.export`, with the manifest that says what it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

import msgspec

from corpus.errors import CorpusError
from graph import questions
from graph.export import COLUMNS, FORMATS, Choice, ExportedDocument, Manifest, Material, evidence, freeze, gather, shown_statements
from graph.export.cells import to_csv
from graph.export.gbt7714 import cited
from graph.records import Filters, RemedyAnswer, SourceRef
from zhengmai import asking
from zhengmai.documents import now, read_statements
from zhengmai.errors import ChangedMeanwhile
from zhengmai.holdings import Holdings
from zhengmai.settings import REPOSITORY

__all__ = ["ANSWER", "ENDINGS", "FORMS", "NO_QUESTION", "export", "filters_said", "material", "program"]

ANSWER = "answer"
FORMS = (*FORMATS, ANSWER)
"""what `export` can write; `answer` is a frozen answer to a question"""
ENDINGS = {**{one.name: one.ending for one in FORMATS.values()}, ANSWER: "json"}
"""form → ending of its file"""
NO_QUESTION = (ANSWER,)
"""forms that only an answer has"""


def program() -> str:
    """Name and version of this program."""
    return f"Zhengmai {tomllib.loads((REPOSITORY / 'pyproject.toml').read_text(encoding='utf-8'))['project']['version']}"


def filters_said(filters: Filters) -> dict[str, object]:
    """Filters that narrow something, in the order of their record."""
    plain = Filters()
    said = {name: getattr(filters, name) for name in Filters.__struct_fields__ if getattr(filters, name) != getattr(plain, name)}
    return {name: msgspec.to_builtins(value) for name, value in said.items()}


def export(
    holdings: Holdings,
    out: BinaryIO,
    *,
    form: str,
    filters: Filters,
    question: str | None = None,
    basket: Sequence[str] = (),
    date: datetime | None = None,
) -> Manifest:
    """The manifest of what was written to `out`: the answer to `question`, the statements of `basket`, or all that `filters` leave.

    `date` takes the place of this moment, so that two exports of the same are equal to the byte.

    Raises:
        NothingToSearch: nothing is left of the question once its signs are taken away.
        ChangedMeanwhile: the graph changed on the way; what stands in `out` is not to be used.
    """
    filters, before = asking.dated(filters), holdings.store.version
    if question is None:
        made = material(holdings, form=form, filters=filters, basket=basket, date=date)
        FORMATS[form].write(made, out)
    else:
        made = _answer(holdings, out, form=form, filters=filters, question=question, date=date)
    # documents are read one at a time and more than once: of a graph that changed on the way, counts and parts would not agree
    if holdings.store.version != before:
        raise ChangedMeanwhile
    return made.manifest


def _answer(holdings: Holdings, out: BinaryIO, *, form: str, filters: Filters, question: str, date: datetime | None) -> Material:
    """What was written of the answer to a question."""
    answer = asking.remedies(holdings, question, filters, limit=asking.MOST_ROWS)
    made = material(holdings, form=form, filters=filters, answer=answer, date=date)
    if form == ANSWER or form == "csv":
        references = {row.source.document: _reference(holdings, row.source) for row in answer.rows}
        data = to_csv(COLUMNS, evidence(answer.rows, references)) if form == "csv" else freeze([*map(asking.flat, answer.rows)], references, made.manifest)
        out.write(data)
    else:
        FORMATS[form].write(made, out)
    return made


def material(
    holdings: Holdings,
    *,
    form: str,
    filters: Filters,
    basket: Sequence[str] = (),
    answer: RemedyAnswer | None = None,
    date: datetime | None = None,
) -> Material:
    """What is exported, with its manifest. The rows of an `answer` are a basket of their links."""
    # the reader is loaded when something is exported, not when a page opens
    from pipeline.model import model_name
    from pipeline.run import fingerprint

    base = holdings.store.base(filters)
    stamps = "\n".join(sorted(f"{summary.source.document}:{summary.stamp}" for summary in holdings.store.documents()))
    manifest = Manifest(
        program=program(),
        form={"gbt7714": "GB/T 7714—2015", "gbt7714-2025": "GB/T 7714—2025"}.get(form, form),
        date=(date or now()).strftime("%Y-%m-%dT%H:%M:%SZ"),
        corpus=sha256(stamps.encode()).hexdigest()[:16],
        register=holdings.register.digest,
        reader=fingerprint(),
        model=model_name(),
        filters=filters_said(filters),
    )
    if answer is not None:
        links = tuple(dict.fromkeys(f"{row.source.document}/{row.link}" for row in answer.rows))
        # an answer without rows is an empty basket, not no basket at all
        choice = Choice(filters=Filters(samples=filters.samples, internal=filters.internal), basket=links or ("",), samples=base.samples)
        manifest = msgspec.structs.replace(manifest, choice="question", question=answer.question, concept=answer.concept.id if answer.concept else None)
    else:
        choice = Choice(filters=filters, basket=tuple(basket), samples=base.samples)
        kind = "basket" if basket else "whole" if choice.whole else "filters"
        manifest = msgspec.structs.replace(manifest, choice=kind, basket=tuple(basket))
    decisions = holdings.log.read()

    def read() -> Iterator[ExportedDocument]:
        return _documents(holdings)

    made = gather(read, choice=choice, concepts=holdings.register, decisions=decisions, manifest=manifest)
    if answer is not None:
        made = replace(made, manifest=msgspec.structs.replace(made.manifest, not_found=()))
    return made


def _reference(holdings: Holdings, source: SourceRef) -> str:
    added = holdings.catalogue.get(source.document).added[:10]
    return cited(read_statements(holdings, source.document).document, sample=source.sample, accessed=added)


def _documents(holdings: Holdings) -> Iterator[ExportedDocument]:
    """Every document of the graph, by id, as far as it may be shown."""
    for summary in sorted(holdings.store.documents(), key=lambda one: one.source.document):
        document = summary.source.document
        try:
            record = holdings.catalogue.get(document)
        except CorpusError:
            continue  # withdrawn or purged since the graph was made: the next sync takes it out
        view = questions.document_view(holdings.store, document)
        statements = read_statements(holdings, document)
        issuers = statements.document.issuers
        yield ExportedDocument(
            record=record,
            work=summary.work,
            statements=shown_statements(statements, view),
            view=view,
            level=issuers[0].level if issuers else None,
            path=None if view.source.access == "quotes" else holdings.catalogue.path(document),
        )
