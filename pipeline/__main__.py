"""`python -m pipeline extract|explain|components`: one document → statements, and why."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from corpus.errors import CorpusError
from pipeline.components import build_language, describe
from pipeline.errors import PipelineError


def _extract(args: argparse.Namespace) -> int:
    from pipeline.batch import extract_files

    failed = 0
    for outcome in extract_files([Path(name) for name in args.files], Path(args.out), workers=args.workers):
        if outcome.error:
            failed += 1
            print(f"extract: {outcome.error}", file=sys.stderr)
        else:
            print(outcome.written)
    if failed:
        print(f"extract: {failed} of {len(args.files)} files failed; the others are done", file=sys.stderr)
    return 1 if failed else 0


def _explain(args: argparse.Namespace) -> int:
    from pipeline.explain import explain
    from pipeline.run import extract_bytes

    file = Path(args.file)
    try:
        data = file.read_bytes()
    except OSError as error:
        print(f"explain: {file} cannot be read: {error.strerror or error}", file=sys.stderr)
        return 1
    statements = extract_bytes(data, name=file.name, language=build_language())
    for line in explain(statements, factors=args.factors):
        print(line)
    return 0


def _components(args: argparse.Namespace) -> int:
    rows = describe()
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row['name']:24} needs {', '.join(row['requires'])}; gives {', '.join(row['assigns'])}")  # type: ignore[arg-type]
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all done, 1 something failed (named on stderr), 2 the call was wrong."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description="One document to statements. Offline, and the same every time.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    extract = verbs.add_parser(
        "extract", help="write a statement file for each document", epilog="example: python -m pipeline extract 通知.txt 论文.md --out statements"
    )
    extract.add_argument("files", nargs="+", metavar="FILE")
    extract.add_argument("--out", required=True, metavar="DIR", help="folder for DIR/<stem of FILE>.json")
    extract.add_argument("--workers", type=int, default=1, metavar="N", help="files read at the same time (default 1); the result is the same")
    extract.set_defaults(run=_extract)
    explain = verbs.add_parser(
        "explain", help="show block by block what was kept, dropped or repaired, and why", epilog="example: python -m pipeline explain 通知.html --factors"
    )
    explain.add_argument("file", metavar="FILE")
    explain.add_argument("--factors", action="store_true", help="show each statement with component, confidence and runner-up")
    explain.set_defaults(run=_explain)
    components = verbs.add_parser("components", help="list the steps with what they need and give", epilog="example: python -m pipeline components --json")
    components.add_argument("--json", action="store_true")
    components.set_defaults(run=_components)
    args = parser.parse_args(arguments)
    try:
        return int(args.run(args))
    except (CorpusError, PipelineError) as error:
        print(f"{args.verb}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
