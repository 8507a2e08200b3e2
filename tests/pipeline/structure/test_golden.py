"""The structure of the project's own sample documents, block by block, as readable files."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers import read
from pipeline.clean import clean
from pipeline.structure import Structure, read_structure

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "structure"
SAMPLES = sorted(
    p for p in (Path(__file__).resolve().parents[3] / "corpus" / "samples").iterdir() if p.suffix in (".txt", ".md", ".html") and p.name != "README.md"
)


def outline(structure: Structure) -> str:
    """One line a block: role or reason, level, zone, number, and the beginning and end of its text."""
    rows = []
    for block in structure.blocks:
        text = block.text if len(block.text) <= 50 else f"{block.text[:30]}……{block.text[-15:]}"
        rows.append(" | ".join((block.reason or block.role, str(block.level or ""), block.zone or "", block.number or "", text.replace("\t", "⇥"))))
    return "\n".join([*rows, *(f"reference | {r.text}" for r in structure.references)]) + "\n"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples(path: Path, accept: bool) -> None:
    source = read(path.read_bytes(), name=path.name)
    found = outline(read_structure(clean(source), source))
    expected = GOLDEN / f"{path.stem}.expected"
    if accept:
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")
