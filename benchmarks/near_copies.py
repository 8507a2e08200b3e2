"""Copies found among real texts: of the pairs that are known, how many; of all others, how many that are none.

`python -m benchmarks near_copies` reads the papers, laws and notices beside the repository and `near_copies.tsv`, then grows the number of documents to
10,000 by texts put together from halves of real ones, and prints what a new document costs.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.shared import REPOSITORY
from corpus.near_copies import NearCopies, NearCopy, likeness, sketch

TEXTS = REPOSITORY.parent / "shared" / "texts"
WANTED = 0.8
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Searched:
    """Texts, the pairs that are known with their measured likeness, the pairs found, and seconds to sketch and to search."""

    texts: dict[str, str]
    known: dict[frozenset[str], float]
    found: dict[frozenset[str], NearCopy]
    sketched: float
    searched: float

    @property
    def wanted(self) -> list[frozenset[str]]:
        return [pair for pair, measured in self.known.items() if measured >= WANTED]

    @property
    def missed(self) -> list[frozenset[str]]:
        return [pair for pair in self.wanted if pair not in self.found]

    @property
    def others(self) -> list[frozenset[str]]:
        """Pairs found that nobody listed."""
        return [pair for pair in self.found if pair not in self.known]


def search() -> Searched:
    """Every text compared with every other through the sketches; ends the program where the texts are absent."""
    if not (TEXTS / "near_copies.tsv").exists():
        raise SystemExit(f"near_copies: no texts at {TEXTS}")
    known = {}
    for line in (TEXTS / "near_copies.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        measured, one, other = line.split("\t")
        known[frozenset((one, other))] = float(measured)
    files: list[Path] = [*sorted((TEXTS / "papers").glob("*.md")), *sorted((TEXTS / "laws").glob("*.md")), *sorted((TEXTS / "gov60" / "text").glob("*.txt"))]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    began = time.perf_counter()
    sketches = {name: sketch(text) for name, text in texts.items()}
    sketched = time.perf_counter() - began
    copies = NearCopies()
    for name, made in sketches.items():
        copies.add(name, made)
    began = time.perf_counter()
    found = {frozenset((copy.document, copy.other)): copy for name, text in texts.items() for copy in copies.find(name, text, text_of=texts.__getitem__)}
    return Searched(texts, known, found, sketched, time.perf_counter() - began)


def main(arguments: list[str]) -> int:
    """Print the figures; `--quick` leaves out the 10,000 documents."""
    done = search()
    texts, found, wanted, others = done.texts, done.found, done.wanted, done.others
    below = [pair for pair in done.known if pair not in wanted]
    print(f"{len(texts)} texts, {sum(map(len, texts.values())) / 1e6:.1f} M characters")
    lower = sum(pair in found for pair in below)
    print(f"pairs of {WANTED} and more: {len(wanted) - len(done.missed)} of {len(wanted)} found; below: {lower} of {len(below)}")
    for pair in done.missed:
        print("  missed:", *sorted(pair), done.known[pair])
    print(f"pairs that are not listed: {len(others)} found")
    for pair in others:
        copy = found[pair]
        print(f"  {copy.relation} {copy.likeness.jaccard:.2f} {copy.likeness.contained:.2f}:", *sorted(pair))
    kinds = [found[pair].relation for pair in done.known if pair in found]
    print("as:", ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds))))
    print(f"sketch: {1000 * done.sketched / len(texts):.1f} ms a text; find, with exact comparison: {1000 * done.searched / len(texts):.1f} ms a text")
    if "--quick" not in arguments:
        _many(texts)
    return 0


def _many(texts: dict[str, str]) -> None:
    names = sorted(texts)
    copies = NearCopies()
    made: dict[str, str] = {}
    for number in range(MANY):
        one, other = texts[names[number % len(names)]], texts[names[(number * 7 + number // len(names)) % len(names)]]
        made[f"d{number}"] = one[: len(one) // 2] + other[len(other) // 2 :]
    began = time.perf_counter()
    for name, text in made.items():
        copies.add(name, sketch(text))
    filled = time.perf_counter() - began
    began = time.perf_counter()
    asked = names[:: max(1, len(names) // 50)]
    candidates = [len(copies.candidates(sketch(texts[name]))) for name in asked]
    spent = time.perf_counter() - began
    data = copies.to_json()
    began = time.perf_counter()
    NearCopies.from_json(data)
    read = time.perf_counter() - began
    one, other = texts[names[0]], texts[names[1]]
    timed = time.perf_counter()
    likeness(one, other)
    compared = time.perf_counter() - timed
    print(f"{MANY} texts: {filled:.1f} s to sketch them all, {len(data) / 1e6:.1f} MB kept, {read:.1f} s to read that back")
    print(f"a new text among them: {1000 * spent / len(asked):.1f} ms to sketch and look up", end=", ")
    print(f"{sum(candidates) / len(asked):.0f} candidates, {1000 * compared:.1f} ms each")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
