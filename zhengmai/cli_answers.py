"""Verbs that ask: parsed filters in, answers printed. Whole lines for people, `--json` for other programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any, get_args

import msgspec

from graph.overviews import Precedent, PrecedentAnswer
from graph.questions import read_filters
from graph.records import FactorAnswer, FactorRow, Filters, LinkAnswer, LinkRow, RemedyAnswer, RemedyRow, SearchBase, SourceRef
from pipeline.records import Basis, Dim, DocumentKind, EntityType, Force, Level, Voice
from zhengmai.asking import intent
from zhengmai.briefing import Brief
from zhengmai.messages import Language, label, text
from zhengmai.workspace import Workspace

__all__ = ["VERBS", "arguments"]

Command = Callable[[Workspace, argparse.Namespace, Language], int]


def filters_of(args: argparse.Namespace) -> Filters:
    """The filters that the options name.

    Raises:
        UnknownFilter: a value that does not exist; the message lists those that do.
    """
    given = {name: getattr(args, name) for name in Filters.__struct_fields__ if getattr(args, name, None) not in (None, [])}
    if "in_force" in given:
        given["in_force"] = given["in_force"] == "yes"
    return read_filters(given)


def arguments(verb: argparse.ArgumentParser, *, nargs: str = "+") -> None:
    """The question and all filters, the same for every verb that asks; `nargs`: how many words the question has."""
    verb.add_argument("question", nargs=nargs, metavar="QUESTION")
    verb.add_argument("--limit", type=int, default=50, metavar="N", help="rows to print (default 50; `remedies --json` gives all)")
    verb.add_argument("--json", action="store_true", help="plain data for other programs")
    add = verb.add_argument_group("filters (those of lists may be given several times)").add_argument

    def listed(option: str, field: str, choices: tuple[str, ...], words: str) -> None:
        add(option, action="append", dest=field, choices=choices, help=words)

    listed("--basis", "basis", get_args(Basis), "only links of this basis")
    listed("--kind", "kinds", get_args(DocumentKind), "kind of source")
    listed("--level", "levels", get_args(Level), "level of the issuer")
    listed("--force", "forces", get_args(Force), "force of the measure")
    listed("--voice", "voices", get_args(Voice), "whose claim it is")
    listed("--dim", "dims", get_args(Dim), "which side of the matter it concerns")
    listed("--actor", "actors", get_args(EntityType), "kind of who takes the measure or faces the problem")
    listed("--review", "review", ("open", "accepted"), "accepted: only what a person has vouched for")
    for option, field, words in (
        ("--region", "regions", "place that the document is about or comes from"),
        ("--issuer", "issuers", "body that issued the document"),
        ("--document", "documents", "id of a document"),
        ("--concept", "concepts", "id of a concept that the statement is about"),
        ("--problem", "problems", "id of a concept that the dilemma is about"),
    ):
        add(option, action="append", dest=field, metavar="NAME", help=words)
    add("--year-from", type=int, metavar="YEAR")
    add("--year-to", type=int, metavar="YEAR")
    add("--min-confidence", type=float, metavar="0–1")
    add("--in-force", choices=("yes", "no"), help="only texts that are in force today, or only those that are not")
    add("--today", metavar="DAY", help="the day that --in-force goes by (default: today), 2026-01-31")
    add("--samples", choices=("auto", "only", "without"), help="auto: samples answer only while nothing else was added")
    add("--internal", choices=("without", "with", "only"), help="documents marked internal answer only when asked for (default: without)")


def ask(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """The answer to a question as people put it: its remedies, or causes, precedents, what nobody answers."""
    question = " ".join(args.question)
    answer = workspace.ask(question, filters_of(args), limit=args.limit)
    if args.json:
        return _print_data({"kind": intent(question), "answer": msgspec.to_builtins(answer)})
    print(text(f"cli.asks_{intent(question)}", language))
    _print_answer(answer, language)
    return 0


def remedies(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Dilemmas of a concept with their remedies, each with its sentence, place and author."""
    question = " ".join(args.question)
    if args.json:
        return _print_data(workspace.remedies_json(question, filters_of(args)))
    _print_answer(workspace.remedies(question, filters_of(args), limit=args.limit), language)
    return 0


def precedents(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Who met a problem before and what they did: one line a practice, with place, time, results and limits."""
    answer = workspace.precedents(" ".join(args.question), filters_of(args), limit=args.limit)
    if args.json:
        return _print_data(msgspec.to_builtins(answer))
    _print_answer(answer, language)
    return 0


def unanswered(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """Dilemmas of a concept for which their document offers no remedy, and how much was searched."""
    answer = workspace.unanswered(" ".join(args.question), filters_of(args), limit=args.limit)
    if args.json:
        return _print_data(msgspec.to_builtins(answer))
    _print_answer(answer, language)
    return 0


def brief(workspace: Workspace, args: argparse.Namespace, language: Language) -> int:
    """A brief about a concept in Markdown, with numbered sources; samples are refused."""
    made = workspace.brief(" ".join(args.question), filters_of(args))
    if args.json:
        return _print_data(msgspec.to_builtins(made))
    print("\n".join(_brief_lines(made, language)))
    return 0


VERBS: tuple[tuple[str, Command, str], ...] = (
    ("ask", ask, "ask 数据孤岛为什么难以打破？"),
    ("remedies", remedies, 'remedies "data silos" --json'),
    ("precedents", precedents, "precedents 数据共享 --force reported"),
    ("unanswered", unanswered, "unanswered 数据孤岛"),
    ("brief", brief, "brief 数据孤岛 --year-from 2018"),
)


def _print_data(data: Any) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=1))
    return 0


def _print_answer(answer: RemedyAnswer | LinkAnswer | PrecedentAnswer | FactorAnswer, language: Language) -> None:
    if isinstance(answer, PrecedentAnswer):
        print(text("cli.about", language, names="、".join(ref.name for ref in answer.concepts) or answer.question))
        for row in answer.rows:
            _print_precedent(row, language)
        print("\n" + text("cli.found", language, total=answer.total, **_base(answer.base)))
        return
    if answer.concept:
        print(text("cli.understood", language, name=answer.concept.name, english=answer.concept.english or "–"))
    else:
        print(text("cli.by_words", language, question=answer.question))
    tier = ""
    for found in answer.rows:
        if found.tier != tier:
            tier = found.tier
            print(f"\n== {label('tier', tier, language)} ==")
        if isinstance(found, FactorRow):
            print(f"\n{found.quote.text}{_sample(found.source, language)}\n    {found.quote.sentence}\n    —— {_cited(found.source)}")
        else:
            _print_link(found, language)
    if isinstance(answer, RemedyAnswer):
        base = _base(answer.base)
        print("\n" + text("cli.base", language, total=answer.total, works=answer.works, unanswered=answer.unanswered_total, **base))
        for gap in answer.unanswered:
            print(f"    ? {gap.quote.text} —— {_cited(gap.source)}")
    else:
        print("\n" + text("cli.found", language, total=answer.total, **_base(answer.base)))


def _print_link(row: RemedyRow | LinkRow, language: Language) -> None:
    source = row.source if isinstance(row, RemedyRow) else row.document
    one, other = (row.dilemma, row.remedy) if isinstance(row, RemedyRow) else (row.source, row.target)
    arrow = "→" if isinstance(row, RemedyRow) else "←"
    print(f"\n[{label('basis', row.basis, language)} {row.confidence:.2f}] {one.text} {arrow} {other.text}{_sample(source, language)}")
    if one.sentence != other.sentence:
        print(f"    {one.sentence}")
    print(f"    {other.sentence}")
    reviewed = "" if row.review == "open" else label("review", row.review, language)
    print(f"    —— {_cited(source)} [{other.start}, {other.end}) {row.author} {source.document} {row.link} {reviewed}")


def _print_precedent(row: Precedent, language: Language) -> None:
    force = label("force", row.force, language) or "–"
    actors = "、".join(dict.fromkeys(act.actor for act in row.actors)) or "–"
    print(f"\n[{force}] {row.measure.text}{_sample(row.source, language)}")
    print(f"    {text('cli.practice', language, actors=actors, places='、'.join(row.places) or '–', when=row.when or '–')}")
    for key, quotes in (("problems", row.problems), ("results", row.results), ("limits", row.limits)):
        if quotes:
            print(f"    {text(f'cli.practice_{key}', language, words='；'.join(quote.text for quote in quotes))}")
    print(f"    {row.measure.sentence}\n    —— {_cited(row.source)} [{row.measure.start}, {row.measure.end}) {row.source.document}")


def _brief_lines(made: Brief, language: Language) -> list[str]:
    """The brief as Markdown; a number in brackets names a source of the list at its end."""
    lines = ["# " + text("brief.title", language, name=made.concept.name if made.concept else made.question), ""]
    lines += [text("brief.base", language, **_base(made.base)), ""]
    shown = len(made.remedies)
    lines += ["## " + text("brief.remedies", language, shown=shown, total=made.remedies_total), ""]
    for row in made.remedies:
        marks = "，".join(part for part in (label("basis", row.basis, language), label("force", row.force, language)) if part)
        lines.append(f"- {_plain(row.dilemma.text)} → **{_plain(row.remedy.text)}**（{marks}）[{made.number(row.source)}]")
        lines.append(f"  > {_plain(row.remedy.sentence)}")
    for title, links in (("brief.causes", made.causes),):
        if links:
            lines += ["", "## " + text(title, language), ""]
            lines += [f"- {_plain(link.source.text)} ← {_plain(link.target.text)} [{made.number(link.document)}]" for link in links]
    if made.precedents:
        lines += ["", "## " + text("brief.precedents", language), ""]
        for practice in made.precedents:
            where = "、".join(practice.places) or "–"
            lines.append(f"- {_plain(practice.measure.text)}（{where}，{practice.when or '–'}）[{made.number(practice.source)}]")
    if made.unanswered:
        lines += ["", "## " + text("brief.unanswered", language, total=made.unanswered_total), ""]
        lines += [f"- {_plain(gap.quote.text)} [{made.number(gap.source)}]" for gap in made.unanswered]
    lines += ["", "## " + text("brief.sources", language), ""]
    lines += [f"{made.number(source)}. {_plain(_cited(source))}" for source in made.sources]
    return lines


def _plain(words: str) -> str:
    """Words of a document, none of whose signs is Markdown: `*附件*` → `\\*附件\\*`."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in " ".join(words.split()))


def _cited(source: SourceRef) -> str:
    return f"{source.title} ({source.year or '–'})"


def _sample(source: SourceRef, language: Language) -> str:
    return f" {text('sample.mark', language)}" if source.sample else ""


def _base(base: SearchBase) -> dict[str, object]:
    return {"documents": base.documents, "years": f"{base.year_from}–{base.year_to}" if base.year_from else "–"}
