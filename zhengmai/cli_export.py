"""The verb that hands answers on: the evidence as a table, the documents behind it as references."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from graph.export import COLUMNS, bibtex, evidence, gbt7714, ris
from graph.records import Filters
from pipeline.model import model_name
from pipeline.run import fingerprint
from zhengmai import cli_answers
from zhengmai.messages import Language, text
from zhengmai.spreadsheet import to_csv
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
        help="csv: one line a remedy with its sentences, place and source · gbt7714 (2015), ris, bibtex: the documents behind them",
    )
    verb.add_argument(
        "--out", type=Path, metavar="FILE", help="where it is written, with FILE.manifest.json beside it: what was asked of what (default: printed)"
    )


def export(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Hand on the remedies of a concept as a table of evidence, or the documents behind them as references."""
    answer = workspace.remedies(" ".join(args.question), cli_answers.filters_of(args), limit=_MOST)
    documents = dict.fromkeys(row.source.document for row in answer.rows)
    infos = [workspace.info(document) for document in documents]
    if args.form == "csv":
        data = to_csv(COLUMNS, evidence(answer.rows, {info.id: gbt7714(info) for info in infos}))
    else:
        data = _FORMS[args.form](infos).encode("utf-8", "replace")
    if args.out is None:
        sys.stdout.write(data.decode("utf-8-sig"))
        return 0
    args.out.write_bytes(data)
    manifest = {
        "form": "GB/T 7714—2015" if args.form == "gbt7714" else args.form,
        "question": answer.question,
        "concept": answer.concept.id if answer.concept else None,
        "filters": dict(filters_said(answer.filters)),
        "documents searched": answer.base.documents,
        "rows": len(answer.rows),
        "graph": workspace.version(),
        "reader": fingerprint(),
        "model": model_name(),
    }
    beside = args.out.with_name(f"{args.out.name}.manifest.json")
    beside.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(text("cli.exported", language, rows=len(answer.rows), documents=len(infos), file=args.out))
    return 0


def filters_said(filters: Filters) -> list[tuple[str, object]]:
    """Filters that narrow something, in the order of their record."""
    plain = Filters()
    return [(name, getattr(filters, name)) for name in Filters.__struct_fields__ if getattr(filters, name) != getattr(plain, name)]
