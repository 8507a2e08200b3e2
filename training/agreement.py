"""Sentence and span F1 of found factors against annotated ones, over places in the same cleaned text.

A quick stand-in for the benchmark's own scorer (same rule: same type, overlap at least half of the union, one to one) that needs no
files and keeps the counts of each document, so that two models can be compared by a paired bootstrap over documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.records import FACTOR_TYPES

Span = tuple[int, int, str]
Counts = dict[str, np.ndarray]
"""measure → right, found, annotated"""


def counts(found: Sequence[Span], annotated: Sequence[Span], starts: Sequence[int]) -> Counts:
    """Counts of one document. `starts`: where its sentences begin."""
    pairs = sorted(
        ((overlap(a[:2], b[:2]), n, m) for n, a in enumerate(found) for m, b in enumerate(annotated) if a[2] == b[2] and a[0] < b[1] and b[0] < a[1]),
        reverse=True,
    )
    hits: set[int] = set()
    taken: set[int] = set()
    for share, n, m in pairs:
        if share >= 0.5 and n not in hits and m not in taken:
            hits.add(n)
            taken.add(m)
    out = {f"{measure} {kind}": np.zeros(3) for measure in ("span", "sentence") for kind in ("all", *FACTOR_TYPES)}
    for kind in FACTOR_TYPES:
        mine, theirs = [n for n, span in enumerate(found) if span[2] == kind], [span for span in annotated if span[2] == kind]
        spans = np.array([sum(n in hits for n in mine), len(mine), len(theirs)])
        here, there = ({int(np.searchsorted(starts, span[0], side="right")) for span in some} for some in ([found[n] for n in mine], theirs))
        sentences = np.array([len(here & there), len(here), len(there)])
        for name in (kind, "all"):
            out[f"span {name}"] += spans
            out[f"sentence {name}"] += sentences
    return out


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Share of both places together that both cover; below 0 where they lie apart."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def f1(rows: Iterable[Counts], measure: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over documents."""
    right, found, annotated = sum((row[measure] for row in rows), np.zeros(3))
    return float(right / max(1, found)), float(right / max(1, annotated)), float(2 * right / max(1, found + annotated))


def summary(rows: Sequence[Counts]) -> str:
    """One line: sentence F1, span F1 with precision and recall, span F1 by type."""
    p, r, f = f1(rows, "span all")
    kinds = " ".join(f"{f1(rows, f'span {kind}')[2]:.3f}" for kind in FACTOR_TYPES)
    return f"sentence {f1(rows, 'sentence all')[2]:.4f} span {f:.4f} (P {p:.3f} R {r:.3f}) by type {kinds}"


def difference(before: Sequence[Counts], after: Sequence[Counts], measure: str, *, draws: int = 2000) -> tuple[float, float, float]:
    """Gain in F1 with its 90 % interval: paired bootstrap over documents."""
    rng, gains = random.Random(0), []
    order = range(len(before))
    for _ in range(draws):
        drawn = rng.choices(order, k=len(before))
        gains.append(f1([after[i] for i in drawn], measure)[2] - f1([before[i] for i in drawn], measure)[2])
    gains.sort()
    return f1(after, measure)[2] - f1(before, measure)[2], gains[draws // 20], gains[-draws // 20 - 1]
