"""Verbs for the life of a document: replaced, withdrawn, back, marked, purged. `--dry-run` tells what would become of the answers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from corpus.records import Access
from zhengmai.lifecycle import Preview
from zhengmai.messages import Language, label, said, text
from zhengmai.workspace import Workspace

__all__ = ["VERBS", "arguments"]

Command = Callable[[Workspace, argparse.Namespace, Language], int]
_SHOWN = 12


def arguments(name: str, verb: argparse.ArgumentParser) -> None:
    """Options of the verb of that name."""
    verb.add_argument("document", metavar="DOCUMENT", help="id, file name or stem")
    if name == "replace":
        verb.add_argument("file", metavar="FILE", help="the new version")
    if name == "mark":
        verb.add_argument("access", choices=get_args(Access), help="open · quotes: nothing but its statements is shown · internal: answers only who asks")
    if name == "purge":
        verb.add_argument("--who", required=True, metavar="NAME", help="who has it removed; stays on record")
        verb.add_argument("--reason", required=True, metavar="TEXT", help="why; stays on record")
    verb.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")


def replace(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Take in a new version of a document; the old one stays readable and leaves the answers at the next sync."""
    record = workspace.find(args.document)
    path = Path(args.file)
    if not path.is_file():
        print(f"replace: {text('cli.missing', language, name=path)}", file=sys.stderr)
        return 1
    if args.dry_run:
        print(text("cli.would_replace", language, name=record.name, id=record.id, new=path.name))
        return 0
    added = workspace.replace(record.id, path.name, path.read_bytes())
    if added.record is None:
        print(f"replace: {said(added.error, language) if added.error else path.name}", file=sys.stderr)
        return 1
    print(text("cli.replaced", language, name=record.name, new=path.name, id=added.record.id, version=added.record.version))
    print(text("cli.sync_next", language))
    return 0


def withdraw(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Take a document out of all answers; what was said of it stays on disk."""
    record = workspace.find(args.document)
    if args.dry_run:
        print(text("cli.would_withdraw", language, name=record.name, id=record.id))
        _print_preview(workspace.preview(record.id), language)
        return 0
    workspace.withdraw(record.id)
    print(text("cli.withdrawn", language, name=record.name, id=record.id))
    return 0


def restore(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Put a document that was withdrawn back in."""
    record = workspace.find(args.document)
    if not args.dry_run:
        workspace.restore(record.id)
    print(text("cli.would_restore" if args.dry_run else "cli.restored", language, name=record.name, id=record.id))
    return 0


def mark(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Say how far a document may be shown: open, quotes only, internal."""
    record = workspace.find(args.document)
    if not args.dry_run:
        workspace.mark(record.id, args.access)
    access = label("access", args.access, language)
    print(text("cli.would_mark" if args.dry_run else "cli.marked", language, name=record.name, id=record.id, access=access))
    return 0


def purge(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Remove a document and all its versions, its text, answers and quotes; a tombstone with person, reason and day stays."""
    record = workspace.find(args.document)
    told = workspace.preview(record.id)
    if args.dry_run:
        print(text("cli.would_purge", language, name=record.name, versions=", ".join(told.versions), decisions=told.decisions))
        _print_preview(told, language)
        return 0
    try:
        stones = workspace.purge(record.id, who=args.who, reason=args.reason)
    except ValueError:  # an empty name or reason
        print(f"purge: {text('cli.purge_names', language)}", file=sys.stderr)
        return 2
    print(text("cli.purged", language, versions=", ".join(stone.id for stone in stones), who=stones[0].who, at=stones[0].at))
    return 0


VERBS: tuple[tuple[str, Command, str], ...] = (
    ("replace", replace, "replace 通知.txt 通知（修订）.txt"),
    ("withdraw", withdraw, "withdraw 通知.txt --dry-run"),
    ("restore", restore, "restore 通知.txt"),
    ("mark", mark, "mark 内部材料.txt internal"),
    ("purge", purge, "purge 通知.txt --who 王编辑 --reason 著作权人要求"),
)


def _print_preview(told: Preview, language: Language) -> None:
    print(text("cli.hangs", language, factors=told.factors, links=told.links, decisions=told.decisions))
    if told.hanging is not None:
        lost = [support.concept.name for support in told.hanging.lost]
        lost += [f"{tie.source.name} —{label('link', tie.type, language)}→ {tie.target.name}" for tie in told.hanging.lost_ties]
        weaker = [f"{support.concept.name} ({support.others})" for support in told.hanging.weakened]
        weaker += [f"{tie.source.name} —{label('link', tie.type, language)}→ {tie.target.name} ({tie.others})" for tie in told.hanging.weakened_ties]
        for key, names in (("cli.loses", lost), ("cli.weakens", weaker)):
            shown = "；".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
            print(text(key, language, n=len(names), names=shown or "–"))
    if told.returns:
        print(text("cli.returns", language, id=told.returns))
