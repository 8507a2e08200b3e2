"""The verb that hands answers on: the evidence as a table, the documents behind it as references."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from graph.export import bibtex, evidence_csv, gbt7714, ris
from graph.records import Filters
from pipeline.model import model_name
from zhengmai import cli_answers
from zhengmai.messages import Language, text
from zhengmai.workspace import Workspace

__all__ = ["EXAMPLE", "arguments", "export"]

EXAMPLE = "export 数据孤岛 --as csv --out evidence.csv"
_MOST = 10_000
_FORMS: dict[str, Callable[..., str]] = {
    "gbt7714": lambda infos: "".join(f"[{n}] {gbt7714(info)}\n" for n, info in enumerate(infos, 1)),
    "ris": ris,
    "bibtex": bibtex,
}


def arguments(verb: argparse.ArgumentParser) -> None:
    """The question with its filters, the form and the file."""
    cli_answers.arguments(verb)
    verb.add_argument(
        "--as",
        dest="form",
        choices=("csv", *_FORMS),
        default="csv",
        help="csv: one line a remedy with its sentences, place and source · gbt7714, ris, bibtex: the documents behind them",
    )
    verb.add_argument("--out", type=Path, metavar="FILE", help="where it is written (default: printed)")


def export(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Hand on the remedies of a concept as a table of evidence, or the documents behind them as references."""
    answer = workspace.remedies(" ".join(args.question), cli_answers.filters_of(args), limit=_MOST)
    rows = [row for row in answer.rows if row.tier in ("concept", "narrower")]
    documents = dict.fromkeys(row.source.document for row in rows)
    infos = [workspace.statements(document).document for document in documents]
    if args.form == "csv":
        manifest = {
            "question": answer.question,
            "concept": answer.concept.id if answer.concept else "",
            "filters": " ".join(f"{name}={value}" for name, value in filters_said(answer.filters)),
            "documents": str(answer.base.documents),
            "model": model_name() or "",
        }
        data = evidence_csv(rows, {info.id: gbt7714(info) for info in infos}, manifest=manifest)
    else:
        data = _FORMS[args.form](infos).encode("utf-8", "replace")
    if args.out is None:
        sys.stdout.write(data.decode("utf-8-sig"))
        return 0
    args.out.write_bytes(data)
    print(text("cli.exported", language, rows=len(rows), documents=len(infos), file=args.out))
    return 0


def filters_said(filters: Filters) -> list[tuple[str, object]]:
    """Filters that narrow something, in the order of their record."""
    plain = Filters()
    return [(name, getattr(filters, name)) for name in Filters.__struct_fields__ if getattr(filters, name) != getattr(plain, name)]
