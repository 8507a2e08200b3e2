"""Verbs for what readers report as wrong: say it, list it, answer it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import get_args

import msgspec

from corpus.records import Verdict
from zhengmai.messages import Language, label, text
from zhengmai.reporting import Report
from zhengmai.workspace import Workspace

__all__ = ["VERBS", "arguments"]

Command = Callable[[Workspace, argparse.Namespace, Language], int]


def arguments(name: str, verb: argparse.ArgumentParser) -> None:
    """Options of the verb of that name."""
    if name == "report":
        verb.add_argument("document", metavar="DOCUMENT", help="id, file name or stem")
        verb.add_argument("statement", metavar="STATEMENT", help="id of a factor or link, as `show` lists them")
        verb.add_argument("--note", default="", metavar="TEXT", help="what is wrong")
        verb.add_argument("--who", default="", metavar="NAME", help="who says so; may be left out")
    elif name == "reports":
        verb.add_argument("--all", action="store_true", help="answered ones too")
        verb.add_argument("--json", action="store_true")
    else:
        verb.add_argument("report", metavar="REPORT", help="id, as `reports` lists them")
        verb.add_argument("verdict", choices=get_args(Verdict), help="accept: it is right, the statement is rejected · reject: it is not · dismiss: set aside")
        verb.add_argument("--who", required=True, metavar="NAME", help="who answers")
        verb.add_argument("--note", default="", metavar="TEXT")
    if name != "reports":
        verb.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")


def report(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Report a factor or link as wrong; nothing changes but that editors see it."""
    record = workspace.find(args.document)
    if args.dry_run:
        print(text("cli.would_report", language, statement=args.statement, name=record.name))
        return 0
    made = workspace.report(record.id, statement=args.statement, who=args.who, note=args.note)
    print(text("cli.reported", language, id=made.id))
    return 0


def reports(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """What readers reported as wrong, open reports first."""
    listed = [one for one in workspace.reports() if args.all or one.open]
    if args.json:
        print(json.dumps(msgspec.to_builtins(listed), ensure_ascii=False, indent=1))
        return 0
    names = {one.id: one.title for one in workspace.documents()}
    for one in listed:
        print(_line(one, names.get(one.document, one.document), language))
    if not listed:
        print(text("cli.no_reports", language))
    return 0


def _line(one: Report, title: str, language: Language) -> str:
    words = " → ".join(one.quotes)
    who = one.who or text("report.nobody", language)
    place = f"{one.document} [{one.place[0]}, {one.place[1]})"
    state = label("verdict", one.verdict, language) if one.verdict else text("report.open", language)
    lines = [f"{one.id}  {one.at[:10]}  {who}  [{state}]  {title}  {place}", f"  {words}"]
    lines += [f"  {one.note}"] if one.note else []
    if one.verdict:
        lines.append(f"  {one.answered_by}: {one.answer_note}".rstrip(": "))
    return "\n".join(lines)


def answer(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Answer a report: accept it (its statement is rejected), reject it, or set it aside."""
    if not args.who.strip():
        print(f"answer: {text('cli.answer_names', language)}", file=sys.stderr)
        return 2
    if args.dry_run:
        print(text("cli.would_answer", language, id=args.report, verdict=label("verdict", args.verdict, language)))
        return 0
    made = workspace.answer(args.report, args.verdict, who=args.who, note=args.note)
    print(text("cli.answered", language, id=args.report, verdict=label("verdict", args.verdict, language), by=made.id))
    return 0


VERBS: tuple[tuple[str, Command, str], ...] = (
    ("report", report, "report 通知.txt f0123456789ab --note 这是措施，不是困境"),
    ("reports", reports, "reports --all"),
    ("answer", answer, "answer c0123456789ab accept --who 王编辑 --note 确属误识"),
)
