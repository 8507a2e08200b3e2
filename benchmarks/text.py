"""`python -m benchmarks text`: how readable the text becomes, every figure beside its target, in one table.

    python -m benchmarks text [--final] [--quick] [--cases 10000]

*train* and *dev*; with `--final` *test* alone. `--quick` leaves out what reads all texts. Speed is that of the machine at hand and of its load,
so it stands beside the time that `jieba.lcut` takes for the same text in the same run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import jieba
from rapidfuzz.distance import Levenshtein

from benchmarks import cleaning, near_copies, structure
from benchmarks.shared import BENCHMARK, documents, require_benchmark, scorer
from corpus.readers import read
from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.metadata import read_metadata
from pipeline.structure import read_structure

SHARED = BENCHMARK.parent
LEFT_OUT = ("noise", "references", "foreign", "byline")
TARGETS = {
    "noise lines removed": 0.97,
    "good lines kept": 0.997,
    "headings": 0.95,
    "headings+level": 0.92,
    "zone dilemma": 0.88,
    "zone countermeasure": 0.90,
    "zone driver": 0.60,
}
FEW = 150
Row = tuple[str, str, str, str]


def main(argv: list[str]) -> int:
    ap = argparse.ArgumentParser(prog="python -m benchmarks text", description=__doc__.split("\n")[0], epilog="example: python -m benchmarks text --quick")
    ap.add_argument("--final", action="store_true", help="*test* instead of *train* and *dev*: for reporting, never for choosing")
    ap.add_argument("--quick", action="store_true", help="without damage, copies and the reading of all texts")
    ap.add_argument("--cases", type=int, default=10_000, help="cases of damage (10,000)")
    args = ap.parse_args(argv)
    require_benchmark()
    score = scorer()
    rows: list[Row] = []
    for part in ("test",) if args.final else ("train", "dev"):
        rows += annotated(score, part)
    rows += portal(score)
    if not args.quick:
        rows += damage(args.cases, final=args.final)
        rows += copies()
        rows += all_texts()
    rows += growth()
    print("\n| figure | found | target | reached |\n| --- | --- | --- | --- |")
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return 0


def _row(name: str, found: float, target: float, *, at_most: bool = False, digits: int = 3, note: str = "") -> Row:
    reached = found <= target if at_most else found >= target
    return name, f"{found:.{digits}f}{note}", f"{'≤' if at_most else '≥'} {target:g}", "yes" if reached else "no"


def annotated(score: ModuleType, part: str) -> Iterator[Row]:
    """Figures of the annotated documents of one part, errors and good lines also with the formulas of the annotation read."""
    counts = structure.measure(score, part, None)
    cer, lines = with_formulas_read(score, part)
    if part == "train":
        first = structure.measure(score, part, None, only=("000", "001", "002", "003"))
        yield _row("train, 000 to 003: character error rate", first["cer"], 0.002, at_most=True, digits=4)
    yield _row(f"{part}: character error rate", counts["cer"], 0.015, at_most=True, digits=4)
    yield _row(f"{part}: the same, formulas read on both sides", cer, 0.015, at_most=True, digits=4)
    for name, target in TARGETS.items():
        count = counts[name]
        p, r, f = count.prf()
        recall = name in ("noise lines removed", "good lines kept")
        note = f" of {count.n_g}{', few' if count.n_g < FEW else ''}" if recall else f" (P {p:.2f}, R {r:.2f}){' few' if count.n_g < FEW else ''}"
        yield _row(f"{part}: {name}", r if recall else f, target, note=note)
        if name == "good lines kept":
            yield _row(f"{part}: the same, formulas read on both sides", lines, target)


def with_formulas_read(score: ModuleType, part: str) -> tuple[float, float]:
    """Character error rate and share of good lines kept where the annotation's formulas are read too.

    The annotation keeps what the converter wrote (`1 0 \\mathrm { k m }`), which is to become 10km: those letters are no errors.
    """
    edits = size = kept = lines = 0
    for path in documents(part):
        gold = score.Gold(BENCHMARK / "gold", path.stem)
        form: Literal["md", "txt"] = "md" if path.suffix == ".md" else "txt"
        text = score.norm(structure.predict(path)["clean_text"])
        wanted = []
        for line in (BENCHMARK / "gold" / f"{path.stem}.sents.tsv").read_text(encoding="utf-8").splitlines():
            _, block, sentence = line.split("\t", 2)
            role = gold.roles[int(block)]["role"]
            if role in LEFT_OUT:
                continue
            plain = score.norm(sentence)
            shown = score.norm(clean(SourceText(text="。" + sentence.lstrip("# "), format=form, encoding="utf-8")).text) if "\\" in sentence else plain
            wanted.append(shown)
            if role in ("body", "heading", "abstract") and len(plain) >= 8:
                lines += 1
                kept += shown in text or plain in text
        whole = "".join(wanted)
        edits += Levenshtein.distance(whole, text)
        size += len(whole)
    return edits / max(1, size), kept / max(1, lines)


def portal(score: ModuleType) -> Iterator[Row]:
    """Saved pages of the State Council portal."""
    found = structure.measure_portal(score)
    pages = found.pop("pages")
    yield _row(f"gov60, {pages} pages: body, character F1", found.pop("body"), 0.98)
    for name, share in found.items():
        yield _row(f"gov60: {name} exact", share, 0.97)


def damage(cases: int, *, final: bool) -> Iterator[Row]:
    """Damage made by a generator from text that the character model has not seen."""
    found = cleaning.restored(SHARED, cases, show=0, final=final)
    yield _row("damage, kinds in the proportions of real documents: restored exactly", found["natural"], 0.99)
    yield _row("damage, kinds mixed evenly: restored exactly", found["even"], 0.99)
    yield _row("damage, mixed evenly: restored exactly or marked as doubtful", found["told"], 0.99)
    yield _row("damage: right of the repairs marked as certain", found["certain"], 0.99)


def copies() -> Iterator[Row]:
    """Near copies among all texts."""
    done = near_copies.search()
    share = 1 - len(done.missed) / len(done.wanted)
    yield _row(f"near copies: of {len(done.wanted)} pairs found", share, 1.0)
    yield (
        "near copies: pairs joined that nobody listed",
        str(len(done.others)),
        "0 unrelated",
        "by eye: " + "; ".join(" = ".join(sorted(p)) for p in done.others),
    )


def all_texts() -> Iterator[Row]:
    """Every text beside the repository through readers, clean, structure and metadata: crashes, and seconds a million characters."""
    crashes: list[str] = []
    spent = words = 0.0
    size = number = 0
    sample = ""
    for path in sorted(path for folder in ("papers", "laws", "gov60/page", "gov60/text") for path in (SHARED / "texts" / folder).iterdir()):
        if path.suffix not in (".md", ".txt", ".html"):
            continue
        number += 1
        try:
            seconds, characters = _read_once(path)
        except Exception as error:  # noqa: BLE001 (a crash of any kind is what is counted here)
            crashes.append(f"{path.name}: {error!r}")
            continue
        spent, size = spent + seconds, size + characters
        if len(sample) < 500_000 and path.suffix == ".md":
            sample += path.read_text(encoding="utf-8")
    jieba.lcut("分词")
    begin = time.process_time()
    jieba.lcut(sample)
    words = (time.process_time() - begin) / len(sample)
    for crash in crashes:
        print("crash:", crash)
    yield f"all texts: crashes in {number} files", str(len(crashes)), "0", "no" if crashes else "yes"
    note = f"; {spent / size / words:.1f} times jieba.lcut"
    yield _row("all texts: processor seconds a million characters, clean and structure", spent / size * 1e6, 8.0, at_most=True, digits=2, note=note)


def _read_once(path: Path) -> tuple[float, int]:
    """Processor seconds of clean and structure for one file, and its characters."""
    source = read(path.read_bytes(), name=path.name)
    begin = time.process_time()
    found = read_structure(clean(source), source)
    seconds = time.process_time() - begin
    read_metadata(found, source, document_id="d", sha256="")
    return seconds, len(source.text)


def growth() -> Iterator[Row]:
    """How the time of clean and structure grows with the length of a text, 1 being linear."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents("train"))
    times: dict[int, float] = {}
    for size, runs in ((5_000, 100), (500_000, 2)):
        # short texts are read from all over the long one, so that both are of the same sort
        spent: list[float] = []
        for run in range(runs):
            begin_at = run * 5_000 if size == 5_000 else 0
            source: Any = read(text[begin_at : begin_at + size].encode(), name="a.md")
            begin = time.process_time()
            read_structure(clean(source), source)
            spent.append(time.process_time() - begin)
        times[size] = sum(spent) / runs if size == 5_000 else min(spent)
    yield _row("growth from 5,000 to 500,000 characters, 1 being linear", times[500_000] / times[5_000] / 100, 1.1, at_most=True, digits=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
