"""How well the register joins names, understands questions, finds problems in annotated dilemmas, and how fast it reads.

    python benchmarks/concepts.py [--shared ../shared] [--part dev] [--show] [--speed] [--coverage [--table FILE]]

Prints one line a figure. `--show` lists every miss; `--coverage --table FILE` writes how often every name stands in the real texts.
Nothing here is part of the product.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import concepts
from corpus.concepts import Register

UNSEEN_SHOWN = 20
"""names without a place that `--coverage` prints for each domain"""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def pairs(register: Register, folder: Path, *, show: bool) -> None:
    """Same names found, near and different ones kept apart."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows(folder / "pairs.tsv"):
        kind = "same" if row["relation"] == "same" else "apart"
        said = register.same(row["a"], row["b"])
        total[kind] += 1
        right[kind] += said == (kind == "same")
        if show and said != (kind == "same"):
            print(f"  pair {row['relation']:9} {row['a']} | {row['b']} → {register.identify(row['a'])} {register.identify(row['b'])}")
    print(f"pairs: same found {right['same'] / total['same']:.3f} ({total['same']}), kept apart {right['apart'] / total['apart']:.3f} ({total['apart']})")


def questions(register: Register, folder: Path, *, show: bool) -> None:
    """Right concept first, and among the first three, by kind of question."""
    first: Counter[str] = Counter()
    three: Counter[str] = Counter()
    total: Counter[str] = Counter()
    unknown = 0
    for row in rows(folder / "questions.tsv"):
        wanted = register.identify(row["concept"])
        unknown += wanted is None
        found = register.resolve(row["question"]).candidates
        ids = [candidate.concept for candidate in found]
        for kind in (row["kind"], "ALL"):
            total[kind] += 1
            first[kind] += bool(ids) and ids[0] == wanted
            three[kind] += wanted in ids
        if show and (not ids or ids[0] != wanted):
            print(f"  question {row['kind']:11} {row['question']} → wanted {wanted}; got {[(c.concept, c.how, c.score) for c in found]}")
    for kind in sorted(total):
        print(f"questions {kind:12} first {first[kind] / total[kind]:.3f} in three {three[kind] / total[kind]:.3f} ({total[kind]})")
    if unknown:
        print(f"questions whose concept the register does not hold: {unknown}")


def problems(register: Register, folder: Path, part: str, *, show: bool) -> None:
    """Annotated addressed_by links whose dilemma names a concept: found by the register, against the names of answers_concepts.tsv."""
    split = {row["document"]: row["part"] for row in rows(folder / "SPLIT.tsv")}
    spans: list[tuple[str, str]] = []
    for key, belongs in sorted(split.items()):
        if belongs != part:
            continue
        gold = json.loads((folder / "gold" / f"{key}.gold.json").read_text(encoding="utf-8"))
        texts = {factor["id"]: factor["span"] for factor in gold["factors"]}
        spans += [(key, texts[link["from"]]) for link in gold["links"] if link["type"] == "addressed_by"]
    found = [{match.concept for match in register.find(span, problem=True)} for _, span in spans]
    sums = [0, 0, 0, 0]
    for row in rows(folder / "answers_concepts.tsv"):
        identity = register.resolve(row["concept"]).concept
        if identity is None:
            print(f"  {row['concept']}: not understood")
            continue
        around = register.relatives(identity)
        wide = {identity, *around.narrower, *around.related, *around.near}
        names = row["names"].split("|")
        wanted = [any(name in span for name in names) for _, span in spans]
        strict = [identity in ids for ids in found]
        tiered = [bool(wide & ids) for ids in found]
        hit, got, want, hit_wide = (
            sum(a and b for a, b in zip(wanted, strict, strict=True)),
            sum(strict),
            sum(wanted),
            sum(a and b for a, b in zip(wanted, tiered, strict=True)),
        )
        for at, number in enumerate((hit, got, want, hit_wide)):
            sums[at] += number
        if want or got:
            precision, recall, wider = hit / got if got else 1, hit / want if want else 1, hit_wide / want if want else 1
            print(f"  {row['concept']:8} precision {precision:.2f} recall {recall:.2f} with tiers {wider:.2f} found {got} wanted {want} ({identity})")
        if show:
            for (_, span), a, b in zip(spans, wanted, strict, strict=True):
                if a != b:
                    print(f"      {'missed' if a else 'extra '} {span[:90]}")
    hit, got, want, wide_hit = sums
    print(f"problems in dilemmas, {part}: precision {hit / max(1, got):.3f} recall {hit / max(1, want):.3f} with tiers {wide_hit / max(1, want):.3f}")


def entities(register: Register, folder: Path, part: str, *, show: bool) -> None:
    """Share of annotated concepts, technologies, cases and policies whose name the register holds, or holds a part of."""
    split = {row["document"]: row["part"] for row in rows(folder / "SPLIT.tsv")}
    whole: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    total: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for key, belongs in sorted(split.items()):
        if belongs != part:
            continue
        gold = json.loads((folder / "gold" / f"{key}.gold.json").read_text(encoding="utf-8"))
        for entity in gold["entities"]:
            if entity["type"] in {"concept", "technology", "case", "policy"}:
                names = [entity["name"], *entity.get("aliases", [])]
                total[entity["type"]] += 1
                known = any(register.identify(name) for name in names)
                whole[entity["type"]] += known
                inside[entity["type"]] += known or any(register.find(name) for name in names)
                if not known:
                    missing[entity["name"]] += 1
    for kind in sorted(total):
        print(f"annotated {kind:10} whole name held {whole[kind] / total[kind]:.2f}, a name inside {inside[kind] / total[kind]:.2f} ({total[kind]})")
    if show:
        print("  most often missing:", "、".join(f"{name}×{count}" for name, count in missing.most_common(80)))


def texts(shared: Path) -> Iterator[str]:
    """Real texts beside the repository."""
    for path in sorted((shared / "texts").rglob("*")):
        if path.is_file() and path.suffix in {".md", ".txt", ""}:
            yield path.read_text(encoding="utf-8", errors="replace")


def speed(register: Register, shared: Path) -> None:
    """Characters a second of processor time on one core with the packaged register, against spaCy's PhraseMatcher."""
    text = "\n".join(t for _, t in zip(range(60), texts(shared), strict=False))[:2_000_000]
    register.find("warm")
    begin = time.process_time()
    count = len(register.find(text))
    took = time.process_time() - begin
    names = sum(len(c.names) + len(c.english) for c in register)
    print(f"find: {len(text) / took / 1e6:.2f} M characters a second, {names} names, {count} matches in {len(text)} characters")
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("zh")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("names", [nlp.make_doc(name) for concept in register for name in concept.names])
    sample = text[:200_000]
    begin = time.process_time()
    docs = [nlp.make_doc(line) for line in sample.split("\n") if line]
    made = time.process_time() - begin
    begin = time.process_time()
    count = sum(len(matcher(doc)) for doc in docs)
    took = time.process_time() - begin
    alone, whole = len(sample) / took / 1e6, len(sample) / (took + made) / 1e6
    print(f"spaCy PhraseMatcher (characters as tokens): matching {alone:.2f} M a second, with the Doc {whole:.2f} M, {count} matches")


class NameCount(NamedTuple):
    """How often a name of a concept stands in texts."""

    name: str
    concept: str
    documents: int
    """texts in which it is found at least once"""
    occurrences: int


def name_counts(register: Register, documents: Iterable[str]) -> list[NameCount]:
    """Every name of the register, Chinese and English, with the texts and the places where `find` finds it: most texts first, then by name.

    Counted is what an answer would count: the longest name wins, near misses block, so that 隐私保护 is no occurrence of 隐私. Names never found are there
    with 0. A match by a pattern of a problem is no occurrence of a name.
    """
    places: Counter[tuple[str, str]] = Counter()
    holding: Counter[tuple[str, str]] = Counter()
    for text in documents:
        here = Counter((match.concept, match.name) for match in register.find(text) if match.how == "name")
        places.update(here)
        holding.update(here.keys())
    counts = (
        NameCount(name, concept.id, holding[concept.id, name], places[concept.id, name])
        for concept in register
        for name in dict.fromkeys((*concept.names, *concept.english))
    )
    return sorted(counts, key=_most_first)


def _most_first(count: NameCount) -> tuple[int, int, str, str]:
    return -count.documents, -count.occurrences, count.name, count.concept


def write_table(counts: Iterable[NameCount], path: Path) -> None:
    """The counts as a tab-separated file with a header: name, concept, documents, occurrences."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(NameCount._fields)
        out.writerows(counts)


def coverage(register: Register, shared: Path, table: Path | None = None) -> None:
    """How often each name stands in the real texts: totals, and for each domain names that stand in none; `table` takes all counts."""
    size = number = 0

    def read() -> Iterator[str]:
        nonlocal size, number
        for text in texts(shared):
            size, number = size + len(text), number + 1
            yield text

    counts = name_counts(register, read())
    if table is not None:
        write_table(counts, table)
    seen = {count.concept for count in counts if count.occurrences}
    found = sum(count.occurrences > 0 for count in counts)
    print(f"{number} texts of {size} characters: {len(seen)} of {len(register)} concepts seen, {found} of {len(counts)} names")
    print(f"occurrences of names: {sum(count.occurrences for count in counts)}")
    domains: dict[str, list[str]] = {}
    for concept in register:
        domains.setdefault(concept.domain, [])
    chinese = {(concept.id, name): concept.domain for concept in register for name in concept.names}
    for count in counts:
        if not count.occurrences and (domain := chinese.get((count.concept, count.name))) is not None:
            domains[domain].append(count.name)
    for domain, names in domains.items():
        print(f"{domain}: {len(names)} Chinese names in no text, the first {min(len(names), UNSEEN_SHOWN)}:", "、".join(names[:UNSEEN_SHOWN]))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parent.parent.parent / "shared")
    parser.add_argument("--part", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--show", action="store_true", help="list every miss")
    parser.add_argument("--speed", action="store_true", help="only the speed of matching")
    parser.add_argument("--coverage", action="store_true", help="only how often names stand in the real texts")
    parser.add_argument("--table", type=Path, metavar="FILE", help="with --coverage: write name, concept, documents, occurrences as tab-separated values")
    args = parser.parse_args(arguments)
    if args.table and not args.coverage:
        parser.error("--table belongs to --coverage; give both")
    register = concepts.load()
    if args.speed:
        speed(register, args.shared)
        return 0
    if args.coverage:
        coverage(register, args.shared, args.table)
        return 0
    print(f"register: {len(register)} concepts, {sum(len(c.names) for c in register)} Chinese and {sum(len(c.english) for c in register)} English names")
    pairs(register, args.shared / "benchmark", show=args.show)
    questions(register, args.shared / "benchmark", show=args.show)
    problems(register, args.shared / "benchmark", args.part, show=args.show)
    entities(register, args.shared / "benchmark", args.part, show=args.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
