"""`python -m benchmarks cleaning`: damage made by a generator and restored; annotated sentences found again; characters a second.

    python -m benchmarks cleaning [--cases 10000] [--show N] [--final]

The damage is made on documents that neither the character model nor its weights have seen: *dev*, the official pages of `texts/gov60`
(and *test* with `--final`), half of them written in traditional script first.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Literal

import opencc

from benchmarks.shared import BENCHMARK, documents, scorer
from corpus.records import SourceText
from pipeline.clean import Draft, _bytes, _gbk, _lost, _pinyin, clean
from training.damage import KINDS, NATURAL, Damaged, cut, gained, lost

SHARED = Path("../shared")
SHORTEST = 12


def main(arguments: list[str]) -> int:
    ap = argparse.ArgumentParser(prog="python -m benchmarks cleaning", description=__doc__.split("\n")[0], epilog="example: python -m benchmarks cleaning")
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--cases", type=int, default=10_000)
    ap.add_argument("--show", type=int, default=0, help="so many cases that went wrong, printed")
    ap.add_argument("--final", action="store_true", help="also the test part")
    args = ap.parse_args(arguments)
    found_again(final=args.final)
    restored(args.shared, args.cases, show=args.show, final=args.final)
    speed()
    return 0


def found_again(*, final: bool) -> None:
    """Share of the annotated sentences that are to be kept which the cleaned text holds letter for letter, as the scorer compares texts.

    The annotation keeps formulas as the converter wrote them (`\\mathrm { k m }`); they are read on both sides for the second figure.
    """
    score = scorer()
    for part in ("train", "dev", "test") if final else ("train", "dev"):
        exact = read = total = 0
        for path in documents(part):
            form: Literal["md", "txt"] = "md" if path.suffix == ".md" else "txt"
            text = score.norm(clean(SourceText(text=path.read_text(encoding="utf-8-sig"), format=form, encoding="utf-8")).text)
            gold = score.Gold(BENCHMARK / "gold", path.stem)
            for line in (BENCHMARK / "gold" / f"{path.stem}.sents.tsv").read_text(encoding="utf-8").splitlines():
                _, block, sentence = line.split("\t", 2)
                if gold.roles[int(block)]["role"] in ("noise", "references", "foreign", "byline"):
                    continue
                total += 1
                as_given = score.norm(sentence) in text
                exact += as_given
                read += as_given or score.norm(clean(SourceText(text="。" + sentence.lstrip("# "), format=form, encoding="utf-8")).text) in text
        print(f"{part:5} kept sentences found again: {exact / total:.4f} as annotated, {read / total:.4f} with formulas read, of {total}")


def restored(shared: Path, cases: int, *, show: int, final: bool) -> dict[str, float]:
    """Share of damaged paragraphs that come out as they were, by kind; and how right the repairs marked as certain are.

    Printed, and what counts given back: `even` over the kinds, `natural` in their proportions in real documents, right of what is marked as
    `certain`, and `told`: restored, or marked as doubtful.
    """
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    sure: Counter[tuple[str, bool]] = Counter()
    wrong: list[tuple[Damaged, str]] = []
    for damaged, got, mark in _cases(shared, cases, final=final):
        total[damaged.kind] += 1
        right[damaged.kind] += got == damaged.whole
        sure[mark, got == damaged.whole] += 1
        if got != damaged.whole:
            wrong.append((damaged, got))
    for kind in total:
        print(f"damage {kind:8} {total[kind]:6} cases, restored exactly {right[kind] / total[kind]:.4f}")
    shares = {kind.__name__: right[kind.__name__] / max(1, total[kind.__name__]) for kind in KINDS}
    natural = sum(shares[kind.__name__] * weight for kind, weight in zip(KINDS, NATURAL, strict=True)) / sum(NATURAL)
    print(f"damage all      {total.total():6} cases, restored exactly {right.total() / total.total():.4f}; in the proportions of real documents {natural:.4f}")
    count = total.total()
    told = sum(number for (mark, whole), number in sure.items() if whole or mark == "doubtful")
    marked = sure["certain", True] + sure["certain", False]
    certain = sure["certain", True] / max(1, marked)
    print(f"repaired and marked as certain: {marked / count:.4f} of them; right {certain:.4f}")
    print(
        f"restored exactly or marked as doubtful: {told / count:.4f}; not restored: marked {sure['doubtful', False] / count:.4f},"
        f" wrongly taken for certain {sure['certain', False] / count:.4f}, unseen {sure['unseen', False] / count:.4f}"
    )
    for damaged, got in Random(0).sample(wrong, min(show, len(wrong))):
        at = next((i for i, (a, b) in enumerate(zip(damaged.whole, got, strict=False)) if a != b), 0)
        print(damaged.kind, "|", damaged.text[max(0, at - 8) : at + 16], "|", got[max(0, at - 8) : at + 12], "|", damaged.whole[max(0, at - 8) : at + 12])
    return {"even": right.total() / total.total(), "natural": natural, "certain": certain, "told": told / count}


def _cases(shared: Path, cases: int, *, final: bool) -> Iterator[tuple[Damaged, str, str]]:
    """(damage, what the repair made of it, how it is marked: `certain`, `doubtful`, `unseen`): a document at a time, so that a repair sees its surroundings."""
    texts = [*_documents(shared, ("dev", "test") if final else ("dev",))]
    to_traditional = opencc.OpenCC("s2t")
    rng = Random(20)
    made = passes = 0
    while made < cases and passes < 200:
        for number, text in enumerate(texts):
            whole = to_traditional.convert(text) if (number + passes) % 2 else text
            paragraphs = [line for line in whole.split("\n") if _fit(line)]
            # pinyin is the work of converters that write traditional script
            kinds = KINDS if (number + passes) % 2 else (cut, lost, gained)
            parts = [rng.choice(kinds)(line, rng) or line for line in paragraphs]
            source = SourceText(text="\n".join(part.text if isinstance(part, Damaged) else part for part in parts), format="txt", encoding="utf-8")
            draft = Draft.of(source.text)
            for step in (_bytes.step, _lost.step, _pinyin.step):
                draft = draft.apply(step(draft.text, source))
            marks = [(change.raw[0], change.certain) for change in draft.journal]
            at = 0
            for part, got in zip(parts, draft.text.split("\n"), strict=True):
                length = len(part.text if isinstance(part, Damaged) else part)
                if isinstance(part, Damaged):
                    made += 1
                    here = [certain for place, certain in marks if at <= place < at + length]
                    yield part, got, "unseen" if not here else "certain" if all(here) else "doubtful"
                    if made >= cases:
                        return
                elif got != part:
                    yield Damaged("none", part, part), got, "certain"
                at += length + 1
        passes += 1


def _fit(line: str) -> bool:
    """Whether a paragraph can be damaged so: Chinese of some length that GBK can hold, with no mark in it."""
    return len(line) >= SHORTEST and not set("?\ufffd(") & set(line) and all(c < "\x80" or _gbk.pair(c) for c in line) and max(line) >= "\u4e00"


def _documents(shared: Path, parts: tuple[str, ...]) -> Iterator[str]:
    split = dict(row.split("\t")[:2] for row in (shared / "benchmark/SPLIT.tsv").read_text(encoding="utf-8").splitlines())
    paths = [path for path in sorted((shared / "benchmark/documents").iterdir()) if split.get(path.stem) in parts]
    paths += sorted((shared / "texts/gov60/text").iterdir())
    for path in paths:
        yield clean(SourceText(text=path.read_text(encoding="utf-8"), format="md" if path.suffix == ".md" else "txt", encoding="utf-8")).text


def speed() -> None:
    """Seconds a million characters, and how they grow with the length of the text."""
    paragraph = "针对数据孤岛突出的问题[12]，各部门应当打破壁垒，建立跨部门的数据共享机制，占比达到 $1 6 . 1 5 \\%$ 。\n\n"
    times: defaultdict[int, float] = defaultdict(lambda: 1e9)
    clean(SourceText(text=paragraph, format="md", encoding="utf-8"))
    for length in (5_000, 500_000, 1_000_000):
        text = (paragraph * (length // len(paragraph) + 1))[:length]
        for _ in range(5 if length < 10_000 else 2):
            begin = time.process_time()
            clean(SourceText(text=text, format="md", encoding="utf-8"))
            times[length] = min(times[length], time.process_time() - begin)
    print(f"clean: {times[1_000_000]:.2f} s a million characters; from 5,000 to 500,000 the time grows {times[500_000] / times[5_000] / 100:.2f} times as fast")
