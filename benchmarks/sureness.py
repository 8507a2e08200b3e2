"""How often remedy links of a given confidence are right: what the page folds away, and the figures that it tells its readers.

    python -m benchmarks sureness [--part dev] [--statements DIR]

Reads the annotated documents of a part with everything predicted, leaves out the remedy links below each confidence, and lets the scorer beside the
annotation judge the rest: a link is right where both its ends and its basis agree. The row of `zhengmai.sureness` is marked.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from benchmarks import shared
from benchmarks.overall import extract_timed
from pipeline.records import Basis
from zhengmai.sureness import SURENESS

CONFIDENCES = (0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
SAID: tuple[Basis, ...] = tuple(basis for basis in get_args(Basis) if basis != "inferred")


def surer(source: Path, target: Path, least: float) -> None:
    """Copies the statement files of `source` without the remedy links below `least`."""
    for file in sorted(source.glob("*.json")):
        statements = json.loads(file.read_text(encoding="utf-8"))
        statements["links"] = [link for link in statements["links"] if link["type"] != "addressed_by" or link["confidence"] >= least]
        (target / file.name).write_text(json.dumps(statements, ensure_ascii=False), encoding="utf-8")


def rows(part: str, statements: Path, confidences: Sequence[float] = CONFIDENCES) -> list[str]:
    """Lines of a table: confidence, then for each basis how many links are shown and how many of 100 are right."""
    score = shared.scorer()
    lines = [f"| {part}: least confidence | " + " | ".join(f"{basis}: shown | right of 100" for basis in SAID) + " |", "| --- |" + " --- | --- |" * len(SAID)]
    for least in confidences:
        with tempfile.TemporaryDirectory() as scratch:
            surer(statements, Path(scratch), least)
            found = score.score(shared.BENCHMARK / "gold", Path(scratch), part=part)
        cells = []
        for basis in SAID:
            row = found.get(f"link addressed_by {basis}", {"predicted": 0, "p": 0.0})
            mark = " (folded below)" if least == SURENESS[basis].least else ""
            cells += [str(row["predicted"]), (f"{100 * row['p']:.0f}" if row["predicted"] else "–") + mark]
        lines.append(f"| {least:.2f} | {' | '.join(cells)} |")
    return lines


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sureness", description=__doc__.split("\n")[0])
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--statements", type=Path, help="statement files that are there already (`make bench ARGS='--keep DIR'`)")
    args = parser.parse_args(arguments)
    shared.require_benchmark()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.statements or Path(scratch)
        if not args.statements:
            extract_timed(shared.documents(args.part), folder)
        print("\n".join(rows(args.part, folder)))
    return 0
