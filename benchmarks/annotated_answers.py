"""The question itself with the annotation in the graph: what the register and the questions alone lose or add (issue of the concepts).

    python -m benchmarks annotated_answers [--part dev]

Annotated statements of a part are projected with the packaged register and asked the questions of `answers_concepts.tsv`; `answers.py` judges, once over
the rows of the concept and its narrower ones, as `remedies --json` gives them, and once over all tiers.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks import shared
from corpus.concepts import load
from corpus.records import DocumentRecord
from graph.project import project
from graph.questions import remedies
from graph.sqlite import SqliteStore
from pipeline.records import DocumentInfo, Entity, Run, Statements
from training.annotated import Annotated, annotated_documents
from zhengmai.asking import flat

TIERS = {"concept and narrower": ("concept", "narrower"), "all tiers": ("concept", "narrower", "related", "near")}


def statements_of(document: Annotated) -> Statements:
    """An annotated document as the pipeline would have written it."""
    listed = {entity.id for entity in document.entities}
    unlisted = tuple(
        Entity(id=name, type="society", name=name, confidence=1.0, author="annotation")
        for name in dict.fromkeys(act.actor for act in document.acts if act.actor not in listed)
    )
    return Statements(
        document=DocumentInfo(id=f"d{document.key}"),
        clean_text=document.structure.clean_text,
        blocks=document.structure.blocks,
        sentences=document.sentences,
        factors=document.factors,
        links=document.links,
        entities=document.entities + unlisted,
        acts=document.acts,
        run=Run(pipeline="annotation", components=()),
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks annotated_answers", description=__doc__.split("\n")[0])
    parser.add_argument("--part", choices=("train", "dev", "test"), default="dev")
    args = parser.parse_args(arguments)
    benchmark = shared.require_benchmark()
    register = load()
    with tempfile.TemporaryDirectory() as scratch, SqliteStore(Path(scratch) / "graph.sqlite") as store:
        for document in annotated_documents(benchmark, args.part):
            record = DocumentRecord(id=f"d{document.key}", name=f"{document.key}.txt", sha256="0" * 64, size=1, added="2026-01-01T00:00:00Z")
            store.upsert_document(project(statements_of(document), record, (), register))
        questions = [line.split("\t")[0] for line in (benchmark / "answers_concepts.tsv").read_text(encoding="utf-8").splitlines()[1:]]
        answers = {question: remedies(store, register, question, limit=1000).rows for question in questions}
        for name, tiers in TIERS.items():
            file = Path(scratch) / "answers.jsonl"
            lines = [{"question": question, "rows": [flat(row) for row in rows if row.tier in tiers]} for question, rows in answers.items()]
            file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
            row = shared.answers(file, part=args.part)["ALL"]
            print(f"{args.part}, {name}: precision {row['p']:.3f}, recall {row['r']:.3f} ({row['rows']} rows, {row['expected']} expected)")
    return 0
