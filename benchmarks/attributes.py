"""Who, where, when, with what force, in whose voice: `python -m benchmarks attributes [--all [--final]]`.

Force, voice, where and when with annotated factors given; the kind of each document by its group in SPLIT.tsv. `--show` prints what was
read wrongly (train and dev only). `--all` adds names, acts and dim as the whole line finds them, with the targets beside.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attributes_table import table
from benchmarks.shared import BENCHMARK
from pipeline.extract.attributes import Reading, readings
from pipeline.records import DocumentInfo, DocumentKind, Factor
from training.annotated import Annotated, keys_of, read_annotated

WHERE_WHEN = Path(__file__).resolve().parent.parent / "tests" / "pipeline" / "extract" / "where_when.tsv"
KINDS: dict[str, DocumentKind] = {"paper": "academic", "official": "official", "essay": "essay", "law": "law"}


def sampled(benchmark: Path, labels: str, parts: tuple[str, ...]) -> Iterator[tuple[dict[str, str], Annotated, Factor, Reading]]:
    """Rows of a sample with the document, the factor and what is read of it."""
    group = {key: g for part in parts for key, g in keys_of(benchmark, part)}  # type: ignore[arg-type]
    documents: dict[str, tuple[Annotated, dict[str, Reading]]] = {}
    with (benchmark / labels).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            key = row["document"]
            if key not in group:
                continue
            if key not in documents:
                document = read_annotated(benchmark / "gold", key, group=group[key])
                info = DocumentInfo(id=key, kind=KINDS[document.group])
                found = {r.factor: r for r in readings(document.factors, document.structure, document.sentences, info)}
                documents[key] = document, found
            document, found = documents[key]
            factor = next(f for f in document.factors if f.id == row["factor"])
            yield row, document, factor, found[factor.id]


def places_and_dates(benchmark: Path, sample: Path = WHERE_WHEN) -> Iterator[tuple[dict[str, str], Factor, Reading]]:
    """Rows of the checked sample of measures (train and dev) with the factor and what is read of it; `where` is joined by 、."""
    group = {key: g for part in ("train", "dev") for key, g in keys_of(benchmark, part)}  # type: ignore[arg-type]
    with sample.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    for key in dict.fromkeys(row["document"] for row in rows):
        document = read_annotated(benchmark / "gold", key, group=group[key])
        factors = {factor.id: factor for factor in document.factors}
        info = DocumentInfo(id=key, kind=KINDS[document.group])
        found = {r.factor: r for r in readings(document.factors, document.structure, document.sentences, info)}
        yield from ((row, factors[row["factor"]], found[row["factor"]]) for row in rows if row["document"] == key)


def alternative(note: str) -> str:
    """`alt:own; [n] only` → own."""
    return note.removeprefix("alt:").split(";")[0].strip() if note.startswith("alt:") else ""


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of the labelled samples, 0 to 1, as the table of `--all` shows them; `wrong` says line by line what was read otherwise."""

    force: float
    force_lenient: float
    voice: float
    source: float
    where: float
    when: float
    lines: list[str]
    wrong: list[str]


def measure(benchmark: Path, parts: tuple[str, ...]) -> Measured:
    """Force, voice, where and when of annotated factors against the samples; where and when always on their own sample of train and dev."""
    lines: list[str] = []
    wrong: list[str] = []
    strict, lenient = _force(benchmark, parts, lines, wrong)
    voice, source = _voice(benchmark, parts, lines, wrong)
    checked = list(places_and_dates(benchmark))
    right: dict[str, float] = {}
    for name, said in (("where", lambda read: "、".join(read.where)), ("when", lambda read: read.when or "")):
        other = [(row, factor, said(read)) for row, factor, read in checked if said(read) != row[name]]
        named = sum(bool(said(read)) for *_, read in checked)
        false = sum(bool(value) for *_, value in other)
        right[name] = 1 - len(other) / len(checked)
        lines.append(f"{name}: {right[name]:.3f} right of {len(checked)}; said {named} times, {named - false} of them right")
        wrong += [f"{name} {row[name] or 'none'} read as {value or 'none'}: {factor.text} | {factor.sentence[:120]}" for row, factor, value in other]
    return Measured(strict, lenient, voice, source, right["where"], right["when"], lines, wrong)


def _force(benchmark: Path, parts: tuple[str, ...], lines: list[str], wrong: list[str]) -> tuple[float, float]:
    strict = lenient = total = 0
    confused: Counter[tuple[str, str]] = Counter()
    for row, _, factor, read in sampled(benchmark, "force.tsv", parts):
        total += 1
        right = read.force == row["force"]
        strict += right
        lenient += right or read.force == alternative(row["note"])
        if not right:
            confused[row["force"], str(read.force)] += 1
            wrong.append(f"force {row['force']} read as {read.force}: {factor.text} | {factor.sentence[:120]} | {row['note']}")
    lines.append(f"force: {strict / total:.3f} strictly, {lenient / total:.3f} with alternatives, of {total}; {dict(confused.most_common(6))}")
    return strict / total, lenient / total


def _voice(benchmark: Path, parts: tuple[str, ...], lines: list[str], wrong: list[str]) -> tuple[float, float]:
    right = found = wanted = lenient_wrong = words = worded = 0
    for row, document, factor, read in sampled(benchmark, "voice.tsv", parts):
        alt = alternative(row["note"])
        found += read.voice != "own"
        wanted += row["voice"] != "own"
        hit = read.voice == row["voice"] != "own"
        right += hit
        lenient_wrong += read.voice != row["voice"] and read.voice != alt
        if hit and row["source"] and read.voice_at:
            worded += 1
            said = document.structure.clean_text[read.voice_at[0] : read.voice_at[1]]
            shared = len(row["source"]) if row["source"] in said else 0
            words += 2 * shared >= len(row["source"])
        if read.voice != row["voice"]:
            wrong.append(f"voice {row['voice']} read as {read.voice}: {factor.type} {factor.text} | {factor.sentence[:160]} | {row['source']} | {row['note']}")
    f = 2 * right / max(1, found + wanted)
    precision, recall = right / max(1, found), right / max(1, wanted)
    lines.append(f"voice: F1 of not own {f:.3f} (P {precision:.3f} R {recall:.3f} of {wanted}); with alternatives {lenient_wrong} wrong")
    lines.append(f"voice: source words {words} of {worded}")
    return f, words / max(1, worded)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m benchmarks attributes --all")
    parser.add_argument("benchmark", type=Path, nargs="?", default=BENCHMARK)
    parser.add_argument("--part", nargs="+", choices=("train", "dev", "test"), default=["train", "dev"])
    parser.add_argument("--show", action="store_true", help="print what was read otherwise than labelled")
    parser.add_argument("--all", action="store_true", help="the whole table, with names and acts as the whole line finds them in *dev*")
    parser.add_argument("--final", action="store_true", help="with --all: *test* instead of *dev*")
    parser.add_argument("--statements", type=Path, help="with --all: a folder of statement files already made; no speed is told then")
    args = parser.parse_args(arguments)
    if args.show and "test" in args.part:
        parser.error("--show: *test* is reported, never looked at")
    if args.all:
        part = "test" if args.final else "dev"
        print("\n".join(table(part, measure(args.benchmark, (part,)), statements=args.statements)))
        return 0
    measured = measure(args.benchmark, tuple(args.part))
    print("\n".join([*(f"  {line}" for line in measured.wrong if args.show), *measured.lines]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
