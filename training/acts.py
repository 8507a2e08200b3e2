"""Trains the judge of pipeline/extract/acts: `python -m training.acts ../shared/benchmark`.

Boosted trees over pairs of an actor and a measure or problem, with the annotated actors and factors of *train*. Probabilities are calibrated
on what trees say that have not seen the document, and the least that is said is best there and on *dev* together. Same input, same file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.acts._judge import Judge, pack
from pipeline.extract.acts._pairs import find_pairs
from pipeline.extract.entities._mention import places_of
from pipeline.records import Block, Entity
from training.annotated import Annotated, annotated_documents
from training.marked import learnt_documents
from training.trees import export, fit_trees, knots

FOLDS = 6
PIECE = 5
"""sentences of a piece"""


@dataclass(frozen=True, slots=True)
class Paired:
    """Rows of the pairs of one document, which of them are annotated, and how many acts are annotated of those that could be paired at all."""

    rows: NDArray[np.float32]
    label: NDArray[np.float64]
    wanted: int


def with_places(document: Annotated) -> tuple[Entity, ...]:
    """The annotated entities with every place of their names and aliases, the longest name first."""
    text = document.structure.clean_text
    taken = np.zeros(len(text), dtype=bool)
    found: dict[str, list[tuple[int, int]]] = {entity.id: [] for entity in document.entities}
    names = {(name, entity.id) for entity in document.entities for name in (entity.name, *entity.aliases) if name}
    for name, entity_id in sorted(names, key=lambda pair: (-len(pair[0]), pair)):
        for start, end in places_of(text, name):
            if not taken[start:end].any():
                taken[start:end] = True
                found[entity_id].append((start, end))
    return tuple(msgspec.structs.replace(entity, mentions=tuple(sorted(found[entity.id]))) for entity in document.entities)


def paired(document: Annotated) -> Paired:
    """The pairs of a document."""
    pairs, rows = find_pairs(document.structure, document.sentences, document.factors, with_places(document))
    acts = {(act.actor, act.factor) for act in document.acts}
    return Paired(rows, np.array([(pair.actor.id, pair.factor.id) in acts for pair in pairs], dtype=np.float64), len(acts))


def pieces(document: Annotated) -> Iterator[Annotated]:
    """Every few sentences of the document as a text of their own: who acts must be known in a notice of three sentences too."""
    for first in range(0, len(document.sentences), PIECE):
        some = document.sentences[first : first + PIECE]
        start, end = some[0].start, some[-1].end
        inside = [factor for factor in document.factors if start <= factor.start and factor.end <= end]
        kept = {factor.id for factor in inside}
        yield replace(
            document,
            structure=replace(
                document.structure, clean_text=document.structure.clean_text[start:end], blocks=tuple(_cut(document.structure.blocks, start, end))
            ),
            sentences=tuple(msgspec.structs.replace(s, start=s.start - start, end=s.end - start) for s in some),
            factors=tuple(msgspec.structs.replace(f, start=f.start - start, end=f.end - start) for f in inside),
            acts=tuple(act for act in document.acts if act.factor in kept),
        )


def _cut(blocks: Sequence[Block], start: int, end: int) -> Iterator[Block]:
    for block in blocks:
        if block.start is not None and block.end is not None and block.start < end and start < block.end:
            low, high = max(block.start, start), min(block.end, end)
            yield msgspec.structs.replace(block, text=block.text[low - block.start : high - block.start], start=low - start, end=high - start)


def f1(documents: Sequence[Paired], probability: Sequence[NDArray[np.float64]], least: float) -> float:
    """F1 of acts among annotated actors and factors."""
    right = sum(float(one.label[p >= least].sum()) for one, p in zip(documents, probability, strict=True))
    shown = sum(int((p >= least).sum()) for p in probability)
    return 2 * right / max(1, shown + sum(one.wanted for one in documents))


def fit(train: Sequence[Paired], short: Sequence[tuple[int, Paired]], dev: Sequence[Paired]) -> Judge:
    """The judge, with what it reaches on documents unseen printed; `short`: pieces with the number of their document in `train`."""
    every = [*enumerate(train), *short]
    rows, label = np.concatenate([one.rows for _, one in every]), np.concatenate([one.label for _, one in every])
    fold = np.concatenate([np.full(len(one.label), n % FOLDS) for n, one in every])
    weight = np.ones(len(label))
    raw = np.zeros(len(label))
    for k in range(FOLDS):
        raw[fold == k] = fit_trees(rows[fold != k], label[fold != k], weight[fold != k]).predict_proba(rows[fold == k])[:, 1]
    judge = Judge(export(fit_trees(rows, label, weight)), knots(raw, label, weight), 0.0)
    cross = np.split(np.interp(raw, *judge.knots), np.cumsum([len(one.label) for one in train]))[: len(train)]
    unseen = [judge.probability(one.rows) for one in dev]
    least = max(np.arange(0.2, 0.7, 0.02), key=lambda t: f1(train, cross, t) + f1(dev, unseen, t))
    print(f"least {least:.2f}  train (out of fold) {f1(train, cross, least):.3f}  dev {f1(dev, unseen, least):.3f}", flush=True)
    return Judge(judge.trees, judge.knots, float(least))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m training.acts ../shared/benchmark")
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/extract/acts/data/acts.npz"))
    args = parser.parse_args()
    train = list(learnt_documents(args.benchmark))
    short = [(n, paired(piece)) for n, document in enumerate(train) for piece in pieces(document)]
    judge = fit([paired(document) for document in train], short, [paired(document) for document in annotated_documents(args.benchmark, "dev")])
    np.savez_compressed(args.out, **pack(judge))  # type: ignore[arg-type]
    print(f"{args.out}: {args.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
