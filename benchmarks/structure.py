"""Prints how well structure and metadata read the annotated documents and the saved pages of the State Council portal.

    python -m benchmarks.structure [--part train|dev] [--final]

Figures come from the scorer of the annotated documents; groups apart. `--final` reports *test* and is for the very end.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from rapidfuzz.distance import LCSseq

from benchmarks.shared import BENCHMARK, GROUPS, documents, require_benchmark, scorer
from corpus.readers import read
from pipeline.clean import clean
from pipeline.metadata import read_metadata
from pipeline.structure import read_structure

ROWS = ("noise lines removed", "good lines kept", "headings", "headings+level", "zone dilemma", "zone countermeasure", "zone driver")


def predict(path: Path) -> dict[str, Any]:
    """Clean text and blocks of one document in the form that the scorer reads."""
    source = read(path.read_bytes(), name=path.name)
    structure = read_structure(clean(source), source)
    blocks = [{"text": b.text, "role": b.role, "level": b.level, "zone": b.zone} for b in structure.blocks]
    return {"clean_text": structure.clean_text, "blocks": blocks, "factors": [], "links": [], "entities": [], "acts": []}


def measure(score: ModuleType, part: str, group: str | None, *, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """Counts summed over the documents of a part and group."""
    gold_dir = BENCHMARK / "gold"
    sums: dict[str, Any] = {}
    edits = size = 0
    for key in score.keys_of(gold_dir, part, group):
        if only and key not in only:
            continue
        path = next((BENCHMARK / "documents").glob(f"{key}.*"))
        counts, wrong, characters = score.score_document(score.Gold(gold_dir, key), predict(path))
        edits, size = edits + wrong, size + characters
        for name, c in counts.items():
            sums.setdefault(name, score.Count()).add(c.tp_p, c.n_p, c.tp_g, c.n_g)
    return {"cer": edits / max(1, size), **{name: sums[name] for name in ROWS if name in sums}}


def print_part(score: ModuleType, part: str) -> None:
    """The table of one part, all groups together and each apart; the first four documents, saved pages of papers, apart too."""
    first = measure(score, part, None, only=("000", "001", "002", "003"))
    if part == "train":
        print(f"\ntrain · 000 to 003: clean text character error rate {first['cer']:.4f}")
    for group in (None, *GROUPS):
        table = measure(score, part, group)
        print(f"\n{part} · {group or 'all'}: clean text character error rate {table.pop('cer'):.4f}")
        for name, count in table.items():
            p, r, f = count.prf()
            if name in ("noise lines removed", "good lines kept"):
                print(f"  {name:22} {r:.3f}  of {count.n_g}{'  few' if count.n_g < 150 else ''}")
                continue
            print(f"  {name:22} P {p:.3f}  R {r:.3f}  F1 {f:.3f}  predicted {count.n_p:5d}  gold {count.n_g:5d}{'  few' if count.n_g < 150 else ''}")


def measure_portal(score: ModuleType) -> dict[str, float]:
    """Saved pages of the State Council portal: body against the text as issued (mean character F1), and the share of exact fields of the card."""
    folder = BENCHMARK.parent / "texts" / "gov60"
    with (folder / "gold.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right = dict.fromkeys(("number", "office", "title", "written", "published"), 0)
    shares = []
    for row in rows:
        path = folder / "page" / f"{row['id']}.html"
        source = read(path.read_bytes(), name=path.name)
        structure = read_structure(clean(source), source)
        info = read_metadata(structure, source, document_id="d", sha256="")
        dates = {date.kind: date.value for date in reversed(info.dates)}
        found = {"number": info.number, "office": "、".join(one.name for one in info.issuers), "title": info.title, **dates}
        for name in right:
            right[name] += found.get(name) == row[name]
        body = score.norm("".join(b.text for b in structure.blocks if b.role != "noise" and b.reason != "card"))
        wanted = score.norm((folder / "text" / f"{row['id']}.txt").read_text(encoding="utf-8"))
        shares.append(2 * LCSseq.similarity(body, wanted) / max(1, len(body) + len(wanted)))
    return {"pages": len(rows), "body": sum(shares) / len(shares), **{name: count / len(rows) for name, count in right.items()}}


def print_portal(score: ModuleType) -> None:
    """The figures of the portal on two lines."""
    found = measure_portal(score)
    print(f"\ngov60 · {found.pop('pages')} pages: body, character F1 {found.pop('body'):.4f}")
    print("  exact: " + "  ".join(f"{name} {share:.3f}" for name, share in found.items()))


def print_speed() -> None:
    """Processor seconds a million characters for structure and metadata, over the annotated documents put together in one text."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents("train"))
    for size in (5_000, 5_000, 500_000):
        source = read(text[:size].encode(), name="a.md")
        draft = clean(source)
        begin = time.process_time()
        structure = read_structure(draft, source)
        middle = time.process_time()
        read_metadata(structure, source, document_id="d", sha256="")
        end = time.process_time()
        print(f"{size:7d} characters: structure {(middle - begin) / size * 1e6:.2f} s, metadata {(end - middle) / size * 1e6:.2f} s a million")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("train", "dev"))
    parser.add_argument("--final", action="store_true", help="report test")
    args = parser.parse_args(argv)
    require_benchmark()
    score = scorer()
    for part in ("test",) if args.final else (args.part,) if args.part else ("train", "dev"):
        print_part(score, part)
    print_portal(score)
    print_speed()
    return 0


if __name__ == "__main__":
    sys.exit(main())
