"""The command line: parse, call the workspace, print. Verbs that show answers print whole lines; `--json` is for other programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from corpus.errors import CorpusError
from graph.errors import GraphError
from graph.opening import shown
from pipeline.errors import PipelineError
from zhengmai import cli_answers, cli_export, cli_life, cli_names, cli_reports
from zhengmai.errors import NothingFound, ZhengmaiError
from zhengmai.messages import Language, label, said, text
from zhengmai.settings import read_settings
from zhengmai.workspace import Added, SyncJob, Workspace, open_workspace

Command = Callable[[Workspace, argparse.Namespace, Language], int]


def add(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Take files and zip archives in; each refused one gets a line, the others are taken."""
    taken = refused = 0
    for name in args.files:
        path = Path(name)
        problem = _unreadable(path, language)
        if problem is not None:
            outcomes: Iterable[Added] = ()
            refused += 1
            print(f"add: {problem}", file=sys.stderr)
        elif args.dry_run:
            print(text("cli.would_add", language, name=path.name))
            continue
        elif path.suffix.lower() == ".zip":
            outcomes = workspace.add_archive(path.name, path.read_bytes())
        else:
            outcomes = (workspace.add(path.name, path.read_bytes()),)
        try:
            for outcome in outcomes:
                taken += outcome.record is not None
                refused += outcome.record is None
                _print_added(outcome, language)
        except CorpusError as error:  # the archive as a whole
            refused += 1
            print(f"add: {said(error, language)}", file=sys.stderr)
    if taken:
        print(text("cli.sync_next", language))
    return 1 if refused else 0


def _print_added(outcome: Added, language: Language) -> None:
    if outcome.record is None:
        print(f"add: {said(outcome.error, language) if outcome.error else outcome.name}", file=sys.stderr)
        return
    print(text("cli.added", language, name=outcome.name, id=outcome.record.id))
    for other in outcome.namesakes:
        print(text("cli.namesake", language, name=outcome.name, id=other.id))


def _unreadable(path: Path, language: Language) -> str | None:
    if not path.exists():
        return text("cli.missing", language, name=path)
    if path.is_dir():
        return text("cli.folder", language, name=path)
    if not path.is_file():
        return text("cli.not_a_file", language, name=path)
    return None


def list_(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """One line a document."""
    held = [one for one in workspace.documents() if not args.failed or one.status == "failed"]
    if args.json:
        rows = [
            {"id": one.id, "file": one.record.name, "title": one.title, "year": one.year, "kind": one.kind, "sample": one.sample}
            | {"factors": one.factors, "links": one.links, "status": one.status, "message": one.message}
            for one in held
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for one in held:
        sample = f" {text('sample.mark', language)}" if one.sample else ""
        counts = text("cli.counts", language, factors=one.factors, links=one.links)
        state = "" if one.status == "ready" else f" [{label('status', one.status, language)}] {one.message}"
        print(f"{one.id}  {one.record.name}  {one.title} ({one.year or '–'}) {counts}{sample}{state}")
    if not held:
        print(text("cli.nothing", language))
    return 0


def show(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """A document with its statements and their ids."""
    record = workspace.find(args.document)
    view = workspace.document(record.id)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(view), indent=1).decode())
        return 0
    sample = f" {text('sample.mark', language)}" if record.sample else ""
    print(f"{view.source.title}{sample}\n{record.id} · {record.name} · {view.source.date or '–'} · {label('kind', view.source.kind, language)}\n")
    names = {factor.id: factor.text for factor in view.factors}
    for factor in view.factors:
        words = f"{label('factor', factor.type, language)}  {factor.text}  [{factor.start}, {factor.end})"
        print(f"{factor.id}  {words} {factor.confidence:.2f} {factor.author} {_review(factor.review, language)}")
    for link in view.links:
        words = f"{names[link.source]} —{label('link', link.type, language)}→ {names[link.target]}  {label('basis', link.basis, language)}"
        print(f"{link.id}  {words} {link.confidence:.2f} {link.author} {_review(link.review, language)}")
    return 0


def _review(review: str, language: Language) -> str:
    return "" if review == "open" else label("review", review, language)


def _report(job: SyncJob) -> None:
    print(f"\r{job.step} {job.done}/{job.total} {job.current}\x1b[K", end="", file=sys.stderr, flush=True)


def sync(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Read what is new or stale and bring the graph up to date."""
    progress = _report if sys.stderr.isatty() and not args.quiet else None
    report = workspace.rebuild(progress) if args.verb == "rebuild" else workspace.sync(progress)
    if progress:
        print(file=sys.stderr)
    if not args.quiet:
        print(text("cli.synced", language, read=len(report.read), updated=len(report.updated), removed=len(report.removed), failed=len(report.failed)))
    names = {one.id: one.title for one in workspace.documents()} if report.copies else {}
    for copy in report.copies:
        relation = text(f"relation.{copy.relation}", language)
        likeness = f"{copy.likeness.jaccard:.2f}"
        print(
            text(
                "cli.copy",
                language,
                name=names[copy.document],
                other=names[copy.other],
                relation=relation,
                likeness=likeness,
                id=copy.document,
                work=copy.other,
            )
        )
    for message in report.failed.values():
        print(f"{args.verb}: {message}", file=sys.stderr)
    return 1 if report.failed else 0


def prepare(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """What `make run` does before the page opens: samples into a fresh corpus, graph up to date."""
    taken = workspace.prepare()
    if taken:
        print(text("cli.samples", language, n=taken))
    # a document that cannot be read is shown on the page; it is no reason not to open it
    args.verb, args.quiet = "sync", False
    sync(workspace, args, language)
    return 0


def decide(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Accept or reject a factor or link."""
    record = workspace.find(args.document)
    if args.dry_run:
        print(text("cli.would_decide", language, kind=text(f"cli.{args.kind}", language), statement=_words_of(workspace, record.id, args.statement)))
        return 0
    decision = workspace.decide(record.id, kind=args.kind, factor=args.statement, who=args.who, note=args.note)
    print(text("cli.decided", language, id=decision.id, kind=text(f"cli.{decision.kind}", language)))
    return 0


def _words_of(workspace: Workspace, document: str, statement: str) -> str:
    """The words of a factor, or of both ends of a link.

    Raises:
        NothingFound: the document has no such statement.
    """
    view = workspace.document(document)
    words = {factor.id: factor.text for factor in view.factors}
    words |= {link.id: f"{words[link.source]} → {words[link.target]}" for link in view.links}
    if statement not in words:
        raise NothingFound("factor or link", statement, known=f"`python -m zhengmai show {document}` lists those of the document")
    return words[statement]


def undo(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Take a decision back."""
    if args.dry_run:
        earlier = next((one for one in workspace.decisions() if one.id == args.decision), None)
        if earlier is None:
            raise NothingFound("decision", args.decision)
        print(text("cli.would_undo", language, id=earlier.id, who=earlier.who, quote=" → ".join(place.quote for place in earlier.anchors)))
        return 0
    decision = workspace.undo(args.decision, who=args.who)
    print(text("cli.undone", language, id=args.decision, by=decision.id))
    return 0


def join(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Count a document as the same work as another (a repost), or apart again."""
    record = workspace.find(args.document)
    work = workspace.find(args.work).id if args.work else None
    if not args.dry_run:
        workspace.join(record.id, work)
    print(text("cli.joined" if work else "cli.apart", language, name=record.name, id=record.id, work=work))
    return 0


def copy(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Put the graph into another store too: onto a Neo4j server, or back into a file."""

    def tell(done: int, total: int) -> None:
        print(f"\r{done}/{total}\x1b[K", end="", file=sys.stderr, flush=True)

    if args.dry_run:
        print(text("cli.would_copy", language, n=sum(one.status == "ready" for one in workspace.documents()), store=shown(args.to)))
        return 0
    copied = workspace.copy(args.to, tell if sys.stderr.isatty() else None)
    print(text("cli.copied", language, n=copied.documents, store=copied.store, digest=copied.digest[:12]))
    return 0


def check(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Faults, each with what to do; status 1 where there is one."""
    faults = workspace.run_check().faults if args.keep else workspace.check()
    if args.json:
        print(json.dumps(msgspec.to_builtins(faults), ensure_ascii=False, indent=1))
        return 1 if faults else 0
    for fault in faults:
        said_ = text(f"fault.{fault.code}", language, what=fault.what, subject=fault.subject or fault.what)
        print(text("cli.fault", language, fault=said_, advice=text(f"advice.{fault.code}", language, advice=fault.advice)))
    if not faults:
        print(text("cli.whole", language))
    return 1 if faults else 0


def parser() -> argparse.ArgumentParser:
    """All verbs with their options; each help text ends with an example."""
    top = argparse.ArgumentParser(prog="python -m zhengmai", description="Drivers, dilemmas and countermeasures of Chinese policy texts, each with its quote.")
    top.add_argument("--data", type=Path, metavar="DIR", help="folder of the corpus (default: ZHENGMAI_DATA, or data)")
    top.add_argument("--language", choices=("zh", "en"), help="language of what is printed (default: ZHENGMAI_LANGUAGE, or zh)")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run: Command, example: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=(run.__doc__ or "").strip().splitlines()[0], epilog=f"example: python -m zhengmai {example}")
        one.set_defaults(run=run)
        return one

    one = verb("add", add, "add 通知.txt 论文.md")
    one.add_argument("files", nargs="+", metavar="FILE")
    one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    one = verb("list", list_, "list --failed")
    one.add_argument("--failed", action="store_true", help="only documents that could not be read, with the reason")
    one.add_argument("--json", action="store_true")
    one = verb("show", show, "show 关于推进公共数据共享应用的通知")
    one.add_argument("document", metavar="DOCUMENT", help="id, file name or stem")
    one.add_argument("--json", action="store_true")
    one = verb("sync", sync, "sync")
    one.add_argument("--quiet", action="store_true", help="print failures only")
    one = verb("rebuild", sync, "rebuild")
    one.add_argument("--quiet", action="store_true", help="print failures only")
    verb("prepare", prepare, "prepare")
    for name, run, example in cli_answers.VERBS:
        cli_answers.arguments(verb(name, run, example))
    for name, run, example in cli_export.VERBS:
        cli_export.arguments(name, verb(name, run, example))
    cli_names.arguments(verb("names", cli_names.names, cli_names.EXAMPLE))
    one = verb("decide", decide, "decide reject d0123456789abcdef f0123456789ab --who 王编辑")
    one.add_argument("kind", choices=("accept", "reject"))
    one.add_argument("document", metavar="DOCUMENT")
    one.add_argument("statement", metavar="STATEMENT", help="id of a factor or link, as `show` lists them")
    one.add_argument("--who", required=True, metavar="NAME", help="who decides")
    one.add_argument("--note", metavar="TEXT")
    one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    one = verb("undo", undo, "undo c0123456789abcdef --who 王编辑")
    one.add_argument("decision", metavar="DECISION")
    one.add_argument("--who", required=True, metavar="NAME")
    one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    for name, run, example in cli_reports.VERBS:
        cli_reports.arguments(name, verb(name, run, example))
    for name, run, example in cli_life.VERBS:
        cli_life.arguments(name, verb(name, run, example))
    one = verb("join", join, "join d0123456789abcdef d1123456789abcdef")
    one.add_argument("document", metavar="DOCUMENT")
    one.add_argument("work", nargs="?", metavar="WORK", help="the document that leads; without it the document is a work of its own again")
    one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    one = verb("copy", copy, "copy --to bolt://neo4j:password@127.0.0.1:7687")
    one.add_argument(
        "--to", required=True, metavar="STORE", help="bolt://user:password@host:7687/database (without a password: ZHENGMAI_STORE_PASSWORD), or a file"
    )
    one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    one = verb("check", check, "check")
    one.add_argument("--json", action="store_true")
    one.add_argument("--keep", action="store_true", help="keep the outcome, and meanwhile how far it is, where the page shows it")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 all done, 1 something failed (named on stderr), 2 the call was wrong."""
    args: Any = parser().parse_args(arguments)
    try:
        settings = read_settings()
        if args.data:
            settings = replace(settings, data=args.data.absolute())
        if args.language:
            settings = replace(settings, language=args.language)
        language: Language = "en" if settings.language == "en" else "zh"
    except ZhengmaiError as error:
        print(f"zhengmai: {error}", file=sys.stderr)
        return 2
    workspace = open_workspace(settings)
    try:
        status = int(args.run(workspace, args, language))
        sys.stdout.flush()
        return status
    except (CorpusError, PipelineError, GraphError, ZhengmaiError) as error:
        print(f"{args.verb}: {said(error, language)}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # whoever read the output has had enough: `remedies 数据孤岛 | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        workspace.close()
