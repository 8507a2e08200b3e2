"""Force and voice against the labelled samples: `python -m benchmarks.attributes ../shared/benchmark --part dev train`.

Annotated factors given; the kind of each document by its group in SPLIT.tsv. `--show` prints what was read wrongly (train and dev only).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.extract.attributes import Reading, readings
from pipeline.records import DocumentInfo, DocumentKind, Factor
from training.annotated import Annotated, keys_of, read_annotated

WHERE_WHEN = Path(__file__).resolve().parent.parent / "tests" / "pipeline" / "extract" / "where_when.tsv"
KINDS: dict[str, DocumentKind] = {"paper": "academic", "official": "official", "essay": "essay", "law": "law"}


def sampled(benchmark: Path, table: str, parts: tuple[str, ...]) -> Iterator[tuple[dict[str, str], Annotated, Factor, Reading]]:
    """Rows of a sample with the document, the factor and what is read of it."""
    group = {key: g for part in parts for key, g in keys_of(benchmark, part)}  # type: ignore[arg-type]
    documents: dict[str, tuple[Annotated, dict[str, Reading]]] = {}
    with (benchmark / table).open(encoding="utf-8", newline="") as file:
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


def places_and_dates(benchmark: Path, table: Path = WHERE_WHEN) -> Iterator[tuple[dict[str, str], Factor, Reading]]:
    """Rows of the checked sample of measures (train and dev) with the factor and what is read of it; `where` is joined by 、."""
    group = {key: g for part in ("train", "dev") for key, g in keys_of(benchmark, part)}  # type: ignore[arg-type]
    with table.open(encoding="utf-8", newline="") as file:
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


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m benchmarks.attributes ../shared/benchmark --part dev")
    parser.add_argument("benchmark", type=Path, nargs="?", default=Path(__file__).resolve().parent.parent.parent / "shared" / "benchmark")
    parser.add_argument("--part", nargs="+", choices=("train", "dev", "test"), default=["train", "dev"])
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args(arguments)
    if args.show and "test" in args.part:
        parser.error("--show: *test* is reported, never looked at")
    strict = lenient = total = 0
    confused: Counter[tuple[str, str]] = Counter()
    for row, _, factor, read in sampled(args.benchmark, "force.tsv", tuple(args.part)):
        total += 1
        right = read.force == row["force"]
        strict += right
        lenient += right or read.force == alternative(row["note"])
        if not right:
            confused[row["force"], str(read.force)] += 1
            if args.show:
                print(f"  force {row['force']} read as {read.force}: {factor.text} | {factor.sentence[:120]} | {row['note']}")
    print(f"force: {strict / total:.3f} strictly, {lenient / total:.3f} with alternatives, of {total}; {dict(confused.most_common(6))}")
    right = found = wanted = lenient_wrong = words = worded = 0
    for row, document, factor, read in sampled(args.benchmark, "voice.tsv", tuple(args.part)):
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
        if args.show and read.voice != row["voice"]:
            print(f"  voice {row['voice']} read as {read.voice}: {factor.type} {factor.text} | {factor.sentence[:160]} | {row['source']} | {row['note']}")
    f = 2 * right / max(1, found + wanted)
    print(f"voice: F1 of not own {f:.3f} (P {right / max(1, found):.3f} R {right / max(1, wanted):.3f} of {wanted}); with alternatives {lenient_wrong} wrong")
    print(f"voice: source words {words} of {worded}")
    checked = list(places_and_dates(args.benchmark))
    for name, said in (("where", lambda read: "、".join(read.where)), ("when", lambda read: read.when or "")):
        wrong = [(row, factor, said(read)) for row, factor, read in checked if said(read) != row[name]]
        named = sum(bool(said(read)) for *_, read in checked)
        false = sum(bool(value) for *_, value in wrong)
        print(f"{name}: {1 - len(wrong) / len(checked):.3f} right of {len(checked)}; said {named} times, {named - false} of them right")
        if args.show:
            for row, factor, value in wrong:
                print(f"  {name} {row[name] or 'none'} read as {value or 'none'}: {factor.text} | {factor.sentence[:120]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
