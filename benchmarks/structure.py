"""Prints how well structure and metadata read the annotated documents and the saved pages of the State Council portal.

    python -m benchmarks.structure [--part train|dev] [--final]

Figures come from the scorer of the annotated documents; groups apart. `--final` reports *test* and is for the very end.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.shared import BENCHMARK, GROUPS, require_benchmark, scorer
from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.structure import read_structure

ROWS = ("noise lines removed", "good lines kept", "headings", "headings+level", "zone dilemma", "zone countermeasure", "zone driver")


def read_source(path: Path) -> SourceText:
    """The text of a plain or markdown file in UTF-8."""
    return SourceText(text=path.read_text(encoding="utf-8-sig"), format="md" if path.suffix == ".md" else "txt", encoding="utf-8")


def predict(path: Path) -> dict[str, Any]:
    """Clean text and blocks of one document in the form that the scorer reads."""
    source = read_source(path)
    structure = read_structure(clean(source), source)
    blocks = [{"text": b.text, "role": b.role, "level": b.level, "zone": b.zone} for b in structure.blocks]
    return {"clean_text": structure.clean_text, "blocks": blocks, "factors": [], "links": [], "entities": [], "acts": []}


def measure(score: ModuleType, part: str, group: str | None) -> dict[str, Any]:
    """Counts summed over the documents of a part and group."""
    gold_dir = BENCHMARK / "gold"
    sums: dict[str, Any] = {}
    edits = size = 0
    for key in score.keys_of(gold_dir, part, group):
        path = next((BENCHMARK / "documents").glob(f"{key}.*"))
        counts, wrong, characters = score.score_document(score.Gold(gold_dir, key), predict(path))
        edits, size = edits + wrong, size + characters
        for name, c in counts.items():
            sums.setdefault(name, score.Count()).add(c.tp_p, c.n_p, c.tp_g, c.n_g)
    return {"cer": edits / max(1, size), **{name: sums[name] for name in ROWS if name in sums}}


def print_part(score: ModuleType, part: str) -> None:
    """The table of one part, all groups together and each apart."""
    for group in (None, *GROUPS):
        table = measure(score, part, group)
        print(f"\n{part} · {group or 'all'}: clean text character error rate {table.pop('cer'):.4f}")
        for name, count in table.items():
            p, r, f = count.prf()
            print(f"  {name:22} P {p:.3f}  R {r:.3f}  F1 {f:.3f}  predicted {count.n_p:5d}  gold {count.n_g:5d}{'  few' if count.n_g < 150 else ''}")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("train", "dev"))
    parser.add_argument("--final", action="store_true", help="report test")
    args = parser.parse_args(argv)
    require_benchmark()
    score = scorer()
    begin = time.perf_counter()
    for part in ("test",) if args.final else (args.part,) if args.part else ("train", "dev"):
        print_part(score, part)
    print(f"\n{time.perf_counter() - begin:.1f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
