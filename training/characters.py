"""`python -m training.characters ../shared`: the character model and the table of readings that repairs of damaged text ask.

Counts of three characters over the papers, laws and training documents (the papers whose turn is one in twenty are left out, for
`benchmarks/cleaning.py` and for the weights of the choice), smoothed by interpolated Kneser-Ney; readings from the data of
pypinyin 0.55.0 (MIT; from Unihan), which this script alone needs.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np

from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.clean._choice import REACH, Surroundings, features
from pipeline.clean._gbk import pair, with_lead, with_trail
from pipeline.clean._language import EDGE, FLOOR, MAGIC, STEP, characters, fold

LEAST = {2: 1, 3: 2}
"""how often a stretch of so many characters must occur to be kept"""
DISCOUNT = {1: 0.5, 2: 0.7, 3: 0.75}
HELD_OUT = 20
SMALLEST_LINE = 4
_HAN = re.compile(r"[\u3400-\u9fff]")


def main() -> int:
    ap = argparse.ArgumentParser(prog="python -m training.characters", description=__doc__, epilog="example: python -m training.characters ../shared")
    ap.add_argument("shared", type=Path)
    ap.add_argument("--out", type=Path, default=Path("pipeline/clean"))
    args = ap.parse_args()
    data = model(lines(args.shared))
    (args.out / "characters.bin").write_bytes(data)
    print(f"characters.bin: {len(data):,} bytes")
    choice(args.shared)
    table = readings()
    (args.out / "readings.txt").write_text(table, encoding="utf-8")
    print(f"readings.txt: {len(table.encode()):,} bytes")
    return 0


def lines(shared: Path) -> Iterator[str]:
    """Lines of Chinese prose, folded, none of a document that is held out for choosing or reporting."""
    split = dict(row.split("\t")[:2] for row in (shared / "benchmark/SPLIT.tsv").read_text(encoding="utf-8").splitlines())
    documents = sorted((shared / "benchmark/documents").iterdir())
    held = {piece for path in documents if split.get(path.stem) != "train" for piece in _pieces(path.read_text(encoding="utf-8"))}
    papers = [path for number, path in enumerate(sorted((shared / "texts/papers").iterdir())) if number % HELD_OUT]
    files = [*papers, *sorted((shared / "texts/laws").iterdir()), *(path for path in documents if split.get(path.stem) == "train")]
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        letters = re.sub(r"\W", "", text)
        if any(piece in letters for piece in held) or damaged(text):
            continue
        source = SourceText(text=text, format="md" if path.suffix == ".md" else "txt", encoding="utf-8")
        for line in clean(source).text.split("\n"):
            folded = fold(line)
            if len(_HAN.findall(folded)) > max(SMALLEST_LINE - 1, len(folded) / 2):
                yield folded


def damaged(text: str) -> bool:
    """Whether pinyin stands behind characters, or text was decoded askew: no model of clean text may learn from it."""
    return len(re.findall(r"[\u3400-\u9fff]\([a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\)", text)) > 3


def _pieces(text: str) -> set[str]:
    letters = re.sub(r"\W", "", text)
    return {letters[i : i + 30] for i in range(200, min(len(letters), 6000), 500)}


def model(texts: Iterator[str]) -> bytes:
    """The file that `pipeline.clean._language.Characters` reads."""
    triples: Counter[str] = Counter()
    for line in texts:
        padded = EDGE * 2 + line + EDGE
        triples.update(padded[i : i + 3] for i in range(len(padded) - 2))
    pairs: Counter[str] = Counter(gram[1:] for gram in triples)
    singles: Counter[str] = Counter(gram[1:] for gram in pairs)
    totals = {n: Counter[str]() for n in (1, 2, 3)}
    for n, grams in ((1, singles), (2, pairs), (3, triples)):
        for gram, count in grams.items():
            totals[n][gram[:-1]] += count
    kept = {1: dict(singles), 2: {g: c for g, c in pairs.items() if c >= LEAST[2]}, 3: {g: c for g, c in triples.items() if c >= LEAST[3]}}
    chances = {n: {g: (c - DISCOUNT[n]) / totals[n][g[:-1]] for g, c in grams.items()} for n, grams in kept.items()}
    masses: defaultdict[str, float] = defaultdict(float)
    for grams in chances.values():
        for gram, chance in grams.items():
            masses[gram[:-1]] += chance
    rest = {context: 1 - mass for context, mass in masses.items()}
    vocabulary = sorted(set(singles) | {EDGE})
    index = {character: i for i, character in enumerate(vocabulary)}
    size = len(vocabulary)
    two = sorted(kept[2], key=lambda g: index[g[0]] * size + index[g[1]])
    place = {gram: i for i, gram in enumerate(two)}
    three = sorted((g for g in kept[3] if g[:2] in place), key=lambda g: place[g[:2]] * size + index[g[2]])
    letters = "".join(vocabulary).encode("utf-8")
    body = [
        array("I", [len(letters), len(two), len(three), 0]).tobytes(),
        letters,
        bytes(_byte(chances[1].get(c, FLOOR * FLOOR)) for c in vocabulary),
        bytes(_byte(rest.get(c, 1.0)) for c in vocabulary),
        _delta([index[g[0]] * size + index[g[1]] for g in two]),
        bytes(_byte(chances[2][g]) for g in two),
        bytes(_byte(rest.get(g, 1.0)) for g in two),
        _delta([place[g[:2]] * size + index[g[2]] for g in three]),
        bytes(_byte(chances[3][g]) for g in three),
        bytes([_byte(rest[""])]),
    ]
    print(f"{size:,} characters, {len(two):,} pairs, {len(three):,} triples")
    return MAGIC + lzma.compress(b"".join(body), preset=9 | lzma.PRESET_EXTREME)


def _byte(chance: float) -> int:
    return min(255, max(0, round(-log(chance) * STEP)))


def _delta(keys: list[int]) -> bytes:
    steps = np.diff(np.array(keys, dtype=np.uint64), prepend=np.uint64(0))
    return b"".join(((steps >> (8 * plane)) & 0xFF).astype(np.uint8).tobytes() for plane in range(4))


def readings() -> str:
    """Lines `tǒng 统統桶…`: the readings of every character of GBK, tones marked."""
    from pypinyin.pinyin_dict import pinyin_dict

    table: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        for reading in str(pinyin_dict.get(code, "")).split(","):
            if reading:
                table[reading.replace("ɡ", "g")].append(chr(code))
    return "".join(f"{reading} {''.join(characters)}\n" for reading, characters in sorted(table.items()))


def choice(shared: Path, *, each: int = 160) -> None:
    """Fit the weights of `pipeline.clean._choice` on the papers held out, half of them written in traditional script, and print them."""
    import opencc
    from scipy.optimize import minimize

    papers = [path for number, path in enumerate(sorted((shared / "texts/papers").iterdir())) if number % HELD_OUT == 0]
    rng = random.Random(1)
    rows: list[np.ndarray] = []
    right: list[int] = []
    for number, path in enumerate(papers):
        text = clean(SourceText(text=path.read_text(encoding="utf-8"), format="md", encoding="utf-8")).text
        if number % 2:
            text = opencc.OpenCC("s2t").convert(text)
        around = Surroundings(text)
        around_counts = around.counts
        places = [i for i, c in enumerate(text) if _HAN.match(c) or c in "，。；：“”（）、《》！？"]
        for i in rng.sample(places, min(each, len(places))):
            encoded = pair(text[i])
            if encoded is None:
                continue
            candidates = with_trail(encoded[1]) if rng.random() < 0.8 else with_lead(encoded[0])
            begin, end = text.rfind("\n", 0, i) + 1, text.find("\n", i)
            line = text[begin:i] + text[i + 1 : end if end >= 0 else len(text)]
            left, behind = fold(text[max(begin, i - 24) : i])[-REACH:], fold((text + EDGE)[i + 1 : i + 25].split(EDGE)[0] + EDGE)[:REACH]
            # the damaged document does not hold the lost character here
            before2, shown, after2 = left[-2:].rjust(2, EDGE), fold(text[i]), behind[:2]
            pieces = [before2[-1:] + shown, shown + after2[:1], before2 + shown, before2[-1:] + shown + after2[:1], shown + after2]
            pieces += [before2 + shown + after2[:1], before2[-1:] + shown + after2]
            for piece in pieces:
                around_counts[piece] -= 1
            rows.append(np.array([features(c, left, behind, line, around, characters()) for c in candidates]))
            right.append(candidates.index(text[i]))
            for piece in pieces:
                around_counts[piece] += 1
    sizes = np.array([len(row) for row in rows])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    values = np.concatenate(rows)
    scale = values.std(0) + 1e-9
    values = values / scale
    wanted = starts + np.array(right)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = values @ weights
        top = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - np.repeat(top, sizes))
        totals = np.add.reduceat(shares, starts)
        shares /= np.repeat(totals, sizes)
        gradient = (np.add.reduceat(values * shares[:, None], starts) - values[wanted]).mean(0)
        return float((np.log(totals) + top - scores[wanted]).mean() + 1e-4 * weights @ weights), gradient + 2e-4 * weights

    weights = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x / scale
    hits = [int(np.argmax(row @ weights)) == want for row, want in zip(rows, right, strict=True)]
    print("WEIGHTS =", tuple(round(float(w), 2) for w in weights), f"right in {np.mean(hits):.4f} of {len(hits)} places")


if __name__ == "__main__":
    raise SystemExit(main())
