"""The reader alone, `make bench-quality`: factors found in the annotated documents, by group, with calibration, confusions and speed.

Everything predicted (cleaning and structure too) unless `--structure annotated`; *dev* unless `--final`. `--keep DIR` keeps what was
found; `--against DIR` says by a paired bootstrap over documents whether what was kept there was worse or better.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.shared import GROUPS, documents, require_benchmark, scorer, split
from corpus.readers import read
from pipeline.clean import clean
from pipeline.extract.factors import FactorReader, find_factors
from pipeline.records import FACTOR_TYPES, Factor, Sentence
from pipeline.segment import split_sentences
from pipeline.structure import Structure, read_structure

MEASURES = ("sentence ALL", "factor ALL", *(f"factor {kind}" for kind in FACTOR_TYPES), "dim of found factors")
SECOND = {"sentence ALL": 0.94, "factor ALL": 0.90, "factor driver": 0.72, "factor dilemma": 0.91, "factor countermeasure": 0.93, "factor goal": 0.89}
"""agreement of a second annotator, from the notes beside the annotated documents"""
Read = tuple[str, Structure, tuple[Sentence, ...]]


def predicted(parts: Sequence[str]) -> Iterator[Read]:
    """Key, structure and sentences of each document as the pipeline reads it from the bytes."""
    for path in documents(*parts):
        source = read(path.read_bytes(), name=path.name)
        structure = read_structure(clean(source), source)
        yield path.stem, structure, tuple(split_sentences(structure.blocks))


def annotated(parts: Sequence[str]) -> Iterator[Read]:
    """The same with the annotated structure given."""
    from training.annotated import annotated_documents

    for part in parts:
        for document in annotated_documents(require_benchmark(), part):  # type: ignore[arg-type]
            yield document.key, document.structure, document.sentences


def write(folder: Path, key: str, structure: Structure, factors: Sequence[Factor]) -> None:
    content = {"clean_text": structure.clean_text, "blocks": structure.blocks, "factors": factors, "links": [], "entities": [], "acts": []}
    (folder / f"{key}.json").write_bytes(msgspec.json.encode(content))


def report(score: Any, gold: Path, folder: Path, part: str) -> None:
    """The table of all documents of `part`, then of each group."""
    keys = split()
    for group in (None, *GROUPS):
        if group and (part, group) not in keys.values():
            continue
        table = score.score(gold, folder, part=part, group=group, interval=group is None)
        print(f"{group or 'all'}{'':24}     P      R     F1   gold  second annotator")
        for name in MEASURES:
            row = table.get(name)
            if row is None:
                continue
            few = "  few" if row["gold"] < 150 else ""
            between = f"  {row['low']:.3f}-{row['high']:.3f}" if "low" in row else ""
            second = f"  {SECOND[name]:.2f}" if name in SECOND else ""
            print(f"  {name:24} {row['p']:6.3f} {row['r']:6.3f} {row['f']:6.3f} {row['gold']:6d}{second}{between}{few}")


def judged(score: Any, gold: Any, factors: Sequence[dict[str, Any]]) -> tuple[list[tuple[float, bool]], Counter[str]]:
    """Confidence and rightness of each found factor, and what the wrong ones were taken for."""
    found = {f["id"]: {**f, "at": gold.locate(f["text"], f["sentence"])} for f in factors}
    hits = score.match(gold.factors, found)
    sure = [(f["confidence"], key in hits) for key, f in found.items()]
    taken = set(hits.values())
    confused: Counter[str] = Counter()
    met: set[str] = set()
    for key, f in found.items():
        if key in hits:
            continue
        near = [(score.overlap((g["start"], g["end"]), f["at"]), other, g["type"]) for other, g in gold.factors.items()] if f["at"] else []
        share, other, kind = max(near, default=(0.0, "", "none"))
        if share <= 0:
            confused[f"{f['type']} where the annotation has nothing"] += 1
        elif kind != f["type"]:
            confused[f"{f['type']} for {kind}{'' if share >= 0.5 else ', other edges'}"] += 1
            met.add(other)
        else:
            confused[f"{kind} with other edges"] += 1
            met.add(other)
    for other, g in gold.factors.items():
        if other not in taken and other not in met:
            confused[f"{g['type']} missed"] += 1
    return sure, confused


def calibration_error(sure: Sequence[tuple[float, bool]], *, bins: int = 10) -> float:
    """Mean distance of confidence and share right, over bins of equal size."""
    ordered = sorted(sure)
    total = 0.0
    for n in range(bins):
        part = ordered[n * len(ordered) // bins : (n + 1) * len(ordered) // bins]
        if part:
            total += abs(sum(c for c, _ in part) - sum(r for _, r in part))
    return total / max(1, len(ordered))


def compare(score: Any, gold: Path, before: Path, after: Path, part: str, *, draws: int = 2000) -> None:
    """Gain of `after` over `before` with its 90 % interval: paired bootstrap over documents."""
    rows = []
    for key in score.keys_of(gold, part, None):
        one = score.Gold(gold, key)
        rows.append([score.score_document(one, msgspec.json.decode((folder / f"{key}.json").read_bytes()))[0] for folder in (before, after)])
    rng = random.Random(0)
    for name in MEASURES[:6]:
        gains = sorted(_gain(rng.choices(rows, k=len(rows)), name) for _ in range(draws))
        low, high = gains[draws // 20], gains[-draws // 20 - 1]
        verdict = "better" if low > 0 else "worse" if high < 0 else "no difference shown"
        print(f"  {name:24} {_gain(rows, name):+.3f}  {low:+.3f} to {high:+.3f}  {verdict}")


def _gain(rows: Sequence[Any], name: str) -> float:
    sides = []
    for side in (0, 1):
        p = sum(row[side][name].tp_p for row in rows), sum(row[side][name].n_p for row in rows)
        r = sum(row[side][name].tp_g for row in rows), sum(row[side][name].n_g for row in rows)
        precision, recall = p[0] / max(1, p[1]), r[0] / max(1, r[1])
        sides.append(2 * precision * recall / max(1e-9, precision + recall))
    return sides[1] - sides[0]


def main(argv: Sequence[str] | None = None) -> int:
    ap = argparse.ArgumentParser(prog="make bench-quality", description=__doc__, epilog="example: python -m benchmarks quality --structure annotated")
    ap.add_argument("--structure", choices=("predicted", "annotated"), default="predicted")
    ap.add_argument("--final", action="store_true", help="*test* instead of *dev*: for reporting, never for choosing")
    ap.add_argument("--model", type=Path, help="folder of another model than the shipped one")
    ap.add_argument("--keep", type=Path, help="folder to keep what was found in")
    ap.add_argument("--against", type=Path, help="folder kept earlier: print the difference with its interval")
    args = ap.parse_args(argv)
    gold, part, score = require_benchmark() / "gold", "test" if args.final else "dev", scorer()
    source: Callable[[Sequence[str]], Iterator[Read]] = predicted if args.structure == "predicted" else annotated
    reader = FactorReader.load(args.model)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        characters, seconds = 0, 0.0
        sure: list[tuple[float, bool]] = []
        confused: Counter[str] = Counter()
        for key, structure, sentences in source([part]):
            begun = time.process_time()
            factors = tuple(find_factors(structure, sentences, reader=reader))
            seconds += time.process_time() - begun
            characters += len(structure.clean_text)
            write(folder, key, structure, factors)
            more, taken = judged(score, score.Gold(gold, key), msgspec.json.decode(msgspec.json.encode(factors)))
            sure += more
            confused += taken
        report(score, gold, folder, part)
        print(f"calibration error {calibration_error(sure):.3f} over {len(sure)} factors")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{characters / max(1e-9, seconds):,.0f} characters a second of processor time, peak memory {peak} MB")
        print("commonest faults:", *(f"{n:5d} {name}" for name, n in confused.most_common(20)), sep="\n  ")
        if args.against:
            print(f"against {args.against.name}:")
            compare(score, gold, args.against, folder, part)
    return 0
