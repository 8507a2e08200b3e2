"""`make bench`: the whole line on the annotated documents: quality by group, the question itself, speed, memory.

    python -m benchmarks [--final] [--keep DIR]

*dev* is for choosing, *test* (`--final`) for reporting; `--final` appends date, commit and figures to RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jieba

from benchmarks import shared
from pipeline.batch import Job, run_job
from pipeline.run import build_language
from zhengmai.settings import Settings
from zhengmai.workspace import open_workspace

MEASURES = (
    *("noise lines removed", "good lines kept", "headings", "headings+level", "zone dilemma", "zone countermeasure", "zone driver"),
    *("sentence ALL", "factor ALL", "factor driver", "factor dilemma", "factor countermeasure", "factor goal", "dim of found factors"),
    *("link addressed_by", "link addressed_by stated", "link addressed_by aligned", "link caused_by", "link achieves", "link drives", "link part_of"),
    *("basis of right links", "entity actor", "entity policy", "entity technology", "entity case", "entity concept", "acts"),
)


def extract_timed(files: list[Path], out: Path) -> dict[str, float]:
    """Characters, seconds of the pipeline (model loaded before) by the clock and of the processor, seconds of `jieba.lcut` on the same text
    in the same run, peak memory in MiB."""
    language = build_language()
    jieba.initialize()
    characters = 0
    seconds = processor = jieba_seconds = 0.0
    for file in files:
        begun, used = time.perf_counter(), time.process_time()
        outcome = run_job(Job(file, file.name, out / f"{file.stem}.json"), language=language)
        seconds += time.perf_counter() - begun
        processor += time.process_time() - used
        if outcome.error:
            print(f"bench: {outcome.error}", file=sys.stderr)
            continue
        text = json.loads((out / f"{file.stem}.json").read_text(encoding="utf-8"))["clean_text"]
        characters += len(text)
        begun = time.perf_counter()
        jieba.lcut(text)
        jieba_seconds += time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"characters": characters, "seconds": seconds, "processor": processor, "jieba": jieba_seconds, "peak": peak}


def ask(files: list[Path], data: Path, out: Path) -> Path:
    """File of answers to the questions of `answers_concepts.tsv`, over a corpus of `files` in the fresh folder `data`."""
    workspace = open_workspace(Settings(data=data))
    for file in files:
        workspace.add(file.name, file.read_bytes())
    workspace.sync()
    target = out / "answers.jsonl"
    with target.open("w", encoding="utf-8") as lines:
        for row in (shared.BENCHMARK / "answers_concepts.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            question = row.split("\t")[0]
            lines.write(json.dumps(workspace.remedies_json(question), ensure_ascii=False) + "\n")
    return target


def table(part: str, out: Path) -> list[str]:
    """Rows of F1 by measure: all documents, then each group."""
    score = shared.scorer()
    gold = shared.BENCHMARK / "gold"
    columns: dict[str, dict[str, Any]] = {"all": score.score(gold, out, part=part)}
    for group in shared.GROUPS:
        columns[group] = score.score(gold, out, part=part, group=group)
    lines = [f"| {part} | {' | '.join(columns)} |", "| --- |" + " --- |" * len(columns)]
    error = "clean text character error rate"
    lines.append(f"| {error} | " + " | ".join(f"{column[error]:.4f}" for column in columns.values()) + " |")
    for name in MEASURES:
        cells = []
        for column in columns.values():
            row = column.get(name)
            few = " few" if row and row["gold"] < 150 else ""
            # of lines only the recall is known
            figure = "r" if "lines" in name else "f"
            cells.append(f"{row[figure]:.3f}{few}" if row and row["gold"] else "–")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n")[0])
    parser.add_argument("--final", action="store_true", help="show the part kept for reporting and append it to RESULTS.md")
    parser.add_argument("--keep", type=Path, help="keep statement files and answers in this folder")
    args = parser.parse_args(arguments)
    shared.require_benchmark()
    parts = ("test",) if args.final else ("dev", "train")
    with tempfile.TemporaryDirectory() as scratch:
        out = args.keep or Path(scratch) / "statements"
        out.mkdir(parents=True, exist_ok=True)
        measured = extract_timed(shared.documents(parts[0]), out)
        lines = table(parts[0], out)
        question = ["", "| the question itself | precision | recall | rows | expected |", "| --- | --- | --- | --- | --- |"]
        answered = ask(shared.documents(*parts), Path(scratch) / "data", out)
        for part in parts:
            row = shared.answers(answered, part=part)["ALL"]
            question.append(f"| {part} | {row['p']:.3f} | {row['r']:.3f} | {row['rows']} | {row['expected']} |")
    speed = [
        "",
        f"{measured['characters'] / measured['seconds']:,.0f} characters a second ({measured['characters']:,.0f} in {measured['seconds']:.1f} s, one worker); "
        f"jieba.lcut on the same text in the same run {measured['jieba']:.2f} s; peak memory {measured['peak']:.0f} MiB",
    ]
    print("\n".join([*lines, *question, *speed]))
    if args.final:
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=shared.REPOSITORY, check=False).stdout.strip()
        head = ["", f"## {datetime.now(UTC):%Y-%m-%d}, commit {commit}: `make bench ARGS=--final`", ""]
        with (shared.REPOSITORY / "benchmarks" / "RESULTS.md").open("a", encoding="utf-8") as results:
            results.write("\n".join([*head, *lines, *question, *speed]) + "\n")
    return 0
