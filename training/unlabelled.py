"""Policy texts without annotation, read as the product reads them, to learn from what a trained reader says of them.

A text that shares more than a few long stretches with a document of *dev* or *test* is left out, and what was marked is no longer unlabelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.annotated import Annotated, keys_of
from training.marked import every_marks, read_text

WORDS = re.compile("政府|治理|政策|对策|建议|问题|困境|挑战|机制|改革|发展")
LEAST = 60
"""such words that a paper must hold: the folder has papers of physics too"""
STRETCH, SHARED = 24, 5
"""characters of a stretch, and how many of them a text may share with a document that is kept apart"""
SHORTEST, LONGEST = 1_500, 30_000
TURN = {"papers": 3, "gov60": 2, "laws": 1}
"""texts that each folder gives in its turn, about as they are mixed in the annotated documents"""


def unlabelled(shared: Path, *, characters: int) -> Iterator[Annotated]:
    """Texts of the folders of `shared/texts` in turn until `characters` are read; factors and the like are empty."""
    apart = _stretches_apart(shared / "benchmark")
    marked = {marks.text for marks in every_marks()}
    total = 0
    for path in _in_turn(shared / "texts"):
        if path.relative_to(shared / "texts").as_posix() in marked:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if not SHORTEST <= len(text) <= LONGEST or len(WORDS.findall(text)) < LEAST:
            continue
        if sum(stretch in apart for stretch in _stretches(text)) > SHARED:
            continue
        structure, sentences = read_text(path)
        yield Annotated(path.stem, "unlabelled", structure, sentences, (), (), (), ())
        total += len(structure.clean_text)
        if total >= characters:
            return


def _in_turn(texts: Path) -> Iterator[Path]:
    waiting = {name: [path for path in sorted((texts / name).rglob("*")) if path.suffix in (".md", ".txt")][::-1] for name in TURN}
    while any(waiting.values()):
        for name, share in TURN.items():
            for _ in range(min(share, len(waiting[name]))):
                yield waiting[name].pop()


def _stretches(text: str) -> Iterator[str]:
    letters = "".join(char for char in text if char.isalnum())
    for at in range(len(letters) - STRETCH):
        yield letters[at : at + STRETCH]


def _stretches_apart(benchmark: Path) -> set[str]:
    """Stretches of the documents of *dev* and *test*, every eighth place: enough to notice a copy."""
    out: set[str] = set()
    for part in ("dev", "test"):
        for key, _ in keys_of(benchmark, part):  # type: ignore[arg-type]
            lines = (benchmark / "gold" / f"{key}.sents.tsv").read_text(encoding="utf-8").splitlines()
            out.update(list(_stretches("".join(line.split("\t")[2] for line in lines)))[::8])
    return out
