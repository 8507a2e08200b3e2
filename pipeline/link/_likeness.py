"""How alike two statements or two sections are, by the words and character pairs they share; common ones of the document weigh little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.grams import hashed_grams
from pipeline.link._layout import Layout
from pipeline.link._regions import BUCKETS

Floats = NDArray[np.float32]

WIDTH = 2048
_HEAD_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Vectors:
    """Unit rows: one a factor, one a section (its heading, its factors and those of its sub-sections), one a heading alone."""

    factors: Floats
    sections: Floats
    titles: Floats


def vectors(layout: Layout) -> Vectors:
    """Vectors of hashed character pairs and triples, weighted by how few factors of the document hold them."""
    n = len(layout.factors)
    grams = hashed_grams(layout.text, BUCKETS)[1:]
    counts = np.zeros((n, WIDTH), dtype=np.float32)
    for m in range(n):
        for size, row in zip((2, 3), grams, strict=True):
            part = row[layout.start[m] : layout.end[m] - size + 1] % WIDTH
            np.add.at(counts[m], part, 1.0 if size == 2 else 0.5)
    rarity = np.log1p(n / (1.0 + (counts > 0).sum(axis=0, dtype=np.float32)))
    weighted = np.minimum(counts, 2.0) * rarity
    sections = np.zeros((len(layout.sections), WIDTH), dtype=np.float32)
    titles = np.zeros_like(sections)
    for section in reversed(layout.sections):
        if section.role == "heading":
            for size, row in zip((2, 3), grams, strict=True):
                part = row[section.start : section.start + len(section.title) - size + 1] % WIDTH
                np.add.at(titles[section.index], part, 1.0 if size == 2 else 0.5)
            titles[section.index] *= rarity
        if section.heads:
            titles[section.index] += weighted[section.heads].sum(axis=0)
        sections[section.index] += _HEAD_WEIGHT * titles[section.index]
        if section.members:
            sections[section.index] += weighted[section.members].sum(axis=0)
        if section.parent >= 0:
            sections[section.parent] += sections[section.index]
    return Vectors(_unit(weighted), _unit(sections), _unit(titles))


def _unit(rows: Floats) -> Floats:
    norms = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(norms, 1e-6), dtype=np.float32)
