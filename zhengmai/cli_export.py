"""Verbs that hand on and take back: `export` in every form, `verify` of a frozen answer, `import` of an export of ours or of a coded project."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from graph.export import FORMATS, Manifest
from graph.records import Filters
from zhengmai import cli_answers, exporting, importing
from zhengmai.messages import Language, text
from zhengmai.workspace import Workspace

__all__ = ["VERBS", "arguments"]

Command = Callable[[Workspace, argparse.Namespace, Language], int]
_SHOWN = 20
_BYTES = ("xlsx", "docx", "qdpx")
"""forms that are no text"""


def arguments(name: str, verb: argparse.ArgumentParser) -> None:
    """Options of the verb of that name."""
    if name == "verify":
        verb.add_argument("file", type=Path, metavar="FILE")
        return
    if name == "import":
        verb.add_argument("file", type=Path, metavar="FILE", help="an export of ours (.jsonl) for an empty corpus, or a coded REFI-QDA project (.qdpx)")
        verb.add_argument("--who", metavar="NAME", help="who coded, where the project names nobody or a program")
        verb.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        return
    cli_answers.arguments(verb, nargs="*")
    forms = " · ".join([*(f"{one.name}: {one.what}" for one in FORMATS.values()), f"{exporting.ANSWER}: the answer with its hash, to be cited"])
    verb.add_argument("--as", dest="form", choices=exporting.FORMS, default="csv", help=forms)
    verb.add_argument("--all", action="store_true", help="without a question: everything that the filters leave")
    verb.add_argument("--basket", type=Path, metavar="FILE", help="statements to export, one a line: an id (f…, l…, d…/f…) or a quote")
    verb.add_argument("--date", metavar="DAY", help="stands in the file in place of this moment, 2026-01-31: two exports of the same are then equal")
    verb.add_argument("--out", type=Path, metavar="FILE", help="where it is written, with FILE.manifest.json beside it (default: printed)")


def export(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Hand on an answer, a basket or the whole corpus: tables, references, projects of other programs, graphs."""
    question = " ".join(args.question) or None
    if sum((question is not None, args.all, args.basket is not None)) != 1 or (args.form == exporting.ANSWER and question is None):
        print(f"export: {text('cli.export_what', language)}", file=sys.stderr)
        return 2
    try:
        date = datetime.fromisoformat(args.date).replace(tzinfo=UTC) if args.date else None
        basket = [line.strip() for line in args.basket.read_text(encoding="utf-8-sig").splitlines() if line.strip()] if args.basket else []
    except (ValueError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return 2
    if args.basket and not basket:
        print(f"export: {text('cli.export_empty', language, file=args.basket)}", file=sys.stderr)
        return 2
    filters: Filters = cli_answers.filters_of(args)
    if args.out is None:
        if args.form in _BYTES and sys.stdout.isatty():
            print(f"export: {text('cli.export_out', language, form=args.form)}", file=sys.stderr)
            return 2
        with tempfile.TemporaryFile() as whole:
            workspace.export(whole, form=args.form, filters=filters, question=question, basket=basket, date=date)
            whole.seek(0)
            _print_bytes(whole.read(), args.form)
        return 0
    if not args.out.parent.is_dir():
        print(f"export: {text('cli.missing', language, name=args.out.parent)}", file=sys.stderr)
        return 2
    part = args.out.with_name(f".{args.out.name}.part")
    try:
        with part.open("wb") as out:
            manifest = workspace.export(out, form=args.form, filters=filters, question=question, basket=basket, date=date)
        part.replace(args.out)
    finally:
        part.unlink(missing_ok=True)
    beside = args.out.with_name(f"{args.out.name}.manifest.json")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    _tell(manifest, args.out, language)
    return 0


def _print_bytes(data: bytes, form: str) -> None:
    if form in _BYTES:
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(data.decode("utf-8-sig"))


def _tell(manifest: Manifest, file: Path, language: Language) -> None:
    counts = manifest.counts
    print(text("cli.exported", language, documents=counts.documents, statements=counts.statements, links=counts.links, file=file))
    for key, names in (("cli.export_unprintable", manifest.unprintable), ("cli.export_not_found", manifest.not_found)):
        if names:
            shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
            print(text(key, language, n=len(names), names=shown), file=sys.stderr)


def verify(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Whether a frozen answer is as it was written, and whether this corpus still answers so."""
    if not args.file.is_file():
        print(f"verify: {text('cli.missing', language, name=args.file)}", file=sys.stderr)
        return 2
    checked = workspace.verify(args.file.read_bytes(), name=args.file.name)
    print(text(f"cli.answer_{checked.state}", language, cite=checked.cite))
    if checked.state == "unchanged":
        print(text(f"cli.corpus_{checked.now}", language, rows=checked.rows, now=checked.rows_now))
    return 0 if checked.state == "unchanged" else 1


def import_(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Take in an export of ours, or what people coded in another program."""
    if not args.file.is_file():
        print(f"import: {text('cli.missing', language, name=args.file)}", file=sys.stderr)
        return 2
    data = args.file.read_bytes()
    if args.file.suffix.lower() == ".qdpx":
        coded = workspace.import_coded(data, name=args.file.name, who=args.who, dry_run=args.dry_run)
        for line in coded.passed_over[:_SHOWN]:
            print(f"import: {line}", file=sys.stderr)
        print(text("cli.coded", language, n=len(coded.decisions), known=coded.known, passed=len(coded.passed_over)))
        return 0
    if args.dry_run:
        print(text("cli.would_import", language, file=args.file))
        return 0
    taken: importing.Taken = workspace.import_corpus(data, name=args.file.name)
    print(text("cli.imported", language, documents=taken.documents, decisions=taken.decisions, concepts=taken.concepts))
    for name in taken.left_out:
        print(f"import: {text('cli.import_left', language, name=name)}", file=sys.stderr)
    print(text("cli.sync_next", language))
    return 0


VERBS: tuple[tuple[str, Command, str], ...] = (
    ("export", export, "export --all --as qdpx --out 语料.qdpx"),
    ("verify", verify, "verify 答案.json"),
    ("import", import_, "import 语料.jsonl"),
)
