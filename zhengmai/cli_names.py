"""`python -m zhengmai names`: names that papers print in two languages, for an editor to take into the register."""

from __future__ import annotations

import argparse
import json

import msgspec

from zhengmai.messages import Language, text
from zhengmai.workspace import Workspace

__all__ = ["EXAMPLE", "arguments", "names"]

EXAMPLE = "names --known"


def arguments(verb: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    verb.add_argument("--known", action="store_true", help="only further names of concepts that the register has")
    verb.add_argument("--limit", type=int, default=50, metavar="N", help="pairs to print (default 50)")
    verb.add_argument("--json", action="store_true", help="plain data with the place of both words, all of them")


def names(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Key words that papers print in Chinese and English and that the register does not hold as one concept yet."""
    rows = [row for row in workspace.proposed_names() if row.concept is not None or not args.known]
    if args.json:
        print(json.dumps(msgspec.to_builtins(rows), ensure_ascii=False, indent=1))
        return 0
    for row in rows[: args.limit]:
        where = text("cli.printed", language, n=len({one.document for one in row.printed}), file=row.printed[0].file)
        said = text("cli.further_name", language, new=row.new, concept=row.concept) if row.concept else text("cli.new_concept", language)
        print(f"{row.chinese} = {row.english}  {said}  {where}")
    if not rows:
        print(text("cli.no_names", language))
    elif len(rows) > args.limit:
        print(text("cli.more_names", language, n=len(rows) - args.limit))
    return 0
