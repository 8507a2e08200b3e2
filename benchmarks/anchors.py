"""How many quotes are found again after a text changed, and how many at a wrong place.

Quotes of 4 to 40 characters are drawn from real texts; the text then gets edits as a mended cleaner makes them (a few characters put in, taken out or
replaced, a line dropped), whose places are known, so that the right answer is known for every quote whose own characters did not change.
`python -m benchmarks anchors [FOLDER]` prints the figures.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from benchmarks.shared import REPOSITORY
from corpus.decisions import anchor, find_again

TEXTS = REPOSITORY.parent / "shared" / "texts" / "laws"
QUOTES = 40
NOISE = "数据共享平台建设的，。（1）\n "


def edited(text: str, edits: int, chance: random.Random) -> tuple[str, list[int]]:
    """A changed text, and for each character of the old one its new place, -1 if it is gone."""
    marks = sorted(chance.sample(range(len(text)), min(edits, len(text))))
    pieces: list[str] = []
    places: list[int] = []
    length = at = 0
    for mark in marks:
        if mark < at:
            continue
        pieces.append(text[at:mark])
        places += range(length, length + mark - at)
        length += mark - at
        kind = chance.choice(("in", "out", "line"))
        gone = 0 if kind == "in" else chance.randint(1, 6)
        if kind == "line":
            end = text.find("\n", mark)
            gone = (len(text) if end < 0 else end) - mark
        put = "".join(chance.choices(NOISE, k=chance.randint(1, 6))) if kind == "in" else ""
        places += [-1] * gone
        pieces.append(put)
        length += len(put)
        at = mark + gone
    pieces.append(text[at:])
    places += range(length, length + len(text) - at)
    return "".join(pieces), places


def main(arguments: list[str]) -> int:
    """Print the figures for the texts of a folder."""
    folder = Path(arguments[0]) if arguments else TEXTS
    chance = random.Random(7)
    files = sorted(folder.glob("*.md"))[::3]
    asked = found = wrong = gone = invented = 0
    seconds = 0.0
    for file in files:
        text = file.read_text(encoding="utf-8")
        changed, places = edited(text, max(2, len(text) // 400), chance)
        for _ in range(QUOTES):
            start = chance.randrange(len(text) - 5)
            end = min(len(text), start + chance.randint(4, 40))
            if not text[start:end].strip():
                continue
            mark = anchor("d1", text, start, end, raw=(start, end))
            before = time.perf_counter()
            place = find_again(mark, changed)
            seconds += time.perf_counter() - before
            kept = places[start:end]
            if -1 not in kept and kept == list(range(kept[0], kept[0] + len(kept))):
                asked += 1
                right = (kept[0], kept[-1] + 1)
                found += place == right
                if place is not None and place != right:
                    wrong += 1
                    print("wrong", file.name, repr(text[start:end]), right, place)
            elif all(new < 0 for new in kept):
                gone += 1
                if place is not None:
                    invented += 1
                    print("taken for another", file.name, repr(text[start:end]), repr(changed[place[0] - 9 : place[1] + 9]))
    print(f"{len(files)} texts, {asked} quotes that are still there: {found / asked:.4f} found at their place, {wrong} at a wrong one")
    print(f"{gone} quotes that are gone: {invented} found elsewhere")
    print(f"{1000 * seconds / (asked + gone):.2f} ms a quote")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
