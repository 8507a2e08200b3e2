"""Trains the scorers of pipeline/link on the annotated documents: `python -m training.links ../shared/benchmark`.

Needs scikit-learn (requirements-train.txt). One scorer a kind of link: a linear model over n-grams around the pair, then boosted
trees over its sums and the features of place, order, cue and likeness. Probabilities are calibrated on out-of-fold scores of
*train*; the threshold of each scorer is the one that is best on *dev*. Same input, same file.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from pipeline.link._candidates import ENDS, pairs_within_reach
from pipeline.link._features import Counts, count, near_features
from pipeline.link._headings import best_parent, parent_features, parents
from pipeline.link._layout import Layout, lay_out
from pipeline.link._likeness import vectors
from pipeline.link._model import SCORERS, Scorer, no_grams, pack
from pipeline.link._plan import grid_ends, grid_features
from pipeline.link._regions import BUCKETS, REGIONS, pair_grams
from pipeline.link._trees import Trees
from pipeline.records import LinkType
from training.annotated import Annotated, annotated_documents

Floats = NDArray[np.float64]
FOLDS = 6


@dataclass(slots=True)
class Pairs:
    """Candidate pairs of one document for one scorer; weight 0 marks pairs that are neither right nor wrong."""

    i: NDArray[np.int64]
    j: NDArray[np.int64]
    label: Floats
    weight: Floats
    gold: int
    """annotated links of the kind, those out of reach included"""


@dataclass(frozen=True, slots=True)
class Document:
    annotated: Annotated
    layout: Layout
    counts: Counts


def documents(benchmark: Path, part: str) -> list[Document]:
    """The annotated documents of `part`, laid out."""
    out = []
    for annotated in annotated_documents(benchmark, part):  # type: ignore[arg-type]
        layout = lay_out(annotated.structure, annotated.sentences, annotated.factors)
        out.append(Document(annotated, layout, count(layout)))
    return out


def candidates(document: Document, name: str) -> Pairs:
    """Pairs of `document` that the scorer `name` judges, with what the annotation says of them."""
    layout = document.layout
    if name == "part_of":
        i, j = parents(layout)
    elif name == "aligned":
        problems, measures = grid_ends(layout)
        i, j = np.repeat(problems, len(measures)), np.tile(measures, len(problems))
    else:
        i, j = pairs_within_reach(layout, name)  # type: ignore[arg-type]
    kind: LinkType = "addressed_by" if name == "aligned" else name  # type: ignore[assignment]
    basis = {"addressed_by": "stated", "aligned": "aligned"}.get(name)
    every = {(link.source, link.target) for link in document.annotated.links if link.type == kind}
    wanted = {(link.source, link.target) for link in document.annotated.links if link.type == kind and basis in (None, link.basis)}
    above = _ancestors(document.annotated)
    ids = [factor.id for factor in layout.factors]
    label, weight = np.zeros(len(i)), np.ones(len(i))
    for n, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        pair = (ids[a], ids[b])
        if pair in wanted:
            label[n] = 1.0
        elif kind != "part_of" and (pair in every or any((x, y) in every for x in above[pair[0]] for y in above[pair[1]])):
            # the annotation says so of a heading above, or with another basis
            weight[n] = 0.0
    return Pairs(i, j, label, weight, len(wanted))


def _ancestors(annotated: Annotated) -> dict[str, list[str]]:
    parent = {link.source: link.target for link in annotated.links if link.type == "part_of"}
    out = {}
    for factor in annotated.factors:
        line = [factor.id]
        while line[-1] in parent and parent[line[-1]] not in line:
            line.append(parent[line[-1]])
        out[factor.id] = line
    return out


def features(document: Document, pairs: Pairs, name: str, grams: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of features for `pairs`, as the linker makes them."""
    layout, counts = document.layout, document.counts
    if not len(pairs.i):
        return np.zeros((0, 1), dtype=np.float32)
    if name == "aligned":
        return grid_features(layout, counts, vectors(layout), *grid_ends(layout))
    near = near_features(layout, counts, pairs.i, pairs.j, grams)
    if name == "part_of":
        return np.concatenate([near, parent_features(layout, counts, vectors(layout), pairs.i, pairs.j)], axis=1)
    return near


def gram_rows(document: Document, pairs: Pairs) -> csr_matrix:
    """Counts of n-grams by region, one row a pair."""
    rows: list[int] = []
    columns: list[int] = []
    for pair, found in pair_grams(document.layout, pairs.i, pairs.j):
        rows += [pair] * len(found)
        columns += found
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(pairs.i), len(REGIONS) * 2 * BUCKETS))


def fit_grams(rows: csr_matrix, label: Floats, weight: Floats) -> NDArray[np.float32]:
    """Weights of the n-grams, `[region, direction, bucket]`, rounded as they are shipped."""
    used = weight > 0
    model = LogisticRegression(C=0.02, max_iter=300).fit(rows[used], label[used])
    return model.coef_[0].reshape(len(REGIONS), 2, BUCKETS).astype(np.float16).astype(np.float32)


def fit_trees(rows: NDArray[np.float32], label: Floats, weight: Floats) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=90, learning_rate=0.09, max_leaf_nodes=14, max_depth=6, l2_regularization=1.5, min_samples_leaf=20, early_stopping=False, random_state=0
    ).fit(rows, label, sample_weight=weight)


def export(model: HistGradientBoostingClassifier) -> Trees:
    """The trees as arrays that numpy runs: nodes of all trees in one row, brothers side by side."""
    roots: list[int] = []
    rows: list[tuple[int, float, int, int, float]] = []
    for stage in model._predictors:
        nodes = stage[0].nodes
        roots.append(len(rows))
        rows.append((0, 0.0, len(rows), 0, 0.0))
        waiting = [(0, roots[-1])]
        while waiting:
            number, place = waiting.pop(0)
            node = nodes[number]
            if node["is_leaf"]:
                rows[place] = (0, 0.0, place, 0, float(node["value"]))
                continue
            left = len(rows)
            rows += [(0, 0.0, 0, 0, 0.0)] * 2
            rows[place] = (int(node["feature_idx"]), float(node["num_threshold"]), left, 1, 0.0)
            waiting += [(int(node["left"]), left), (int(node["right"]), left + 1)]
    feature, threshold, left_child, turn, value = zip(*rows, strict=True)
    return Trees(
        roots=np.array(roots, dtype=np.int32),
        feature=np.array(feature, dtype=np.int32),
        threshold=np.array(threshold, dtype=np.float32),
        left=np.array(left_child, dtype=np.int32),
        turn=np.array(turn, dtype=np.int32),
        value=np.array(value, dtype=np.float32),
        baseline=float(np.ravel(model._baseline_prediction)[0]),
        depth=max(int(stage[0].nodes["depth"].max()) for stage in model._predictors),
    )


def knots(raw: Floats, label: Floats, weight: Floats) -> Floats:
    """Rising steps from raw to calibrated probability."""
    used = weight > 0
    curve = IsotonicRegression(out_of_bounds="clip").fit(raw[used], label[used])
    grid = np.linspace(0.0, 1.0, 41)
    # strictly rising, so that the order of raw scores survives
    return np.stack([grid, 0.98 * curve.predict(grid) + 0.02 * grid])


def f1(p: Floats, pairs: Sequence[Pairs], threshold: float, *, parent: bool) -> tuple[float, float, float]:
    """(F1, precision, recall) of the pairs at or above `threshold`."""
    right = shown = wanted = 0.0
    at = 0
    for part in pairs:
        here = p[at : at + len(part.i)]
        at += len(part.i)
        wanted += part.gold
        chosen = np.array(best_parent(part.i, here, threshold), dtype=int) if parent else np.flatnonzero((here >= threshold) & (part.weight > 0))
        right += part.label[chosen].sum()
        shown += len(chosen)
    return 2 * right / max(1.0, shown + wanted), right / max(1.0, shown), right / max(1.0, wanted)


def train(name: str, train_docs: Sequence[Document], dev_docs: Sequence[Document]) -> Scorer:
    """The scorer `name`, with what it reaches on *dev* printed."""
    pairs = [candidates(document, name) for document in train_docs]
    label, weight = np.concatenate([p.label for p in pairs]), np.concatenate([p.weight for p in pairs])
    fold = np.concatenate([np.full(len(p.i), n % FOLDS) for n, p in enumerate(pairs)])
    near = name in ENDS
    rows = vstack([gram_rows(d, p) for d, p in zip(train_docs, pairs, strict=True)]).tocsr() if near else None
    by_fold = [fit_grams(rows[fold != k], label[fold != k], weight[fold != k]) if rows is not None else no_grams() for k in range(FOLDS)]
    grams = fit_grams(rows, label, weight) if rows is not None else no_grams()
    made = [features(d, p, name, by_fold[n % FOLDS]) for n, (d, p) in enumerate(zip(train_docs, pairs, strict=True))]
    matrix = np.concatenate([m for m in made if len(m)])
    raw = np.zeros(len(label))
    for k in range(FOLDS):
        raw[fold == k] = fit_trees(matrix[fold != k], label[fold != k], weight[fold != k]).predict_proba(matrix[fold == k])[:, 1]
    scorer = Scorer(export(fit_trees(matrix, label, weight)), grams if near else np.zeros(0, dtype=np.float32), knots(raw, label, weight), 0.0)
    dev_pairs = [candidates(document, name) for document in dev_docs]
    p = np.concatenate([scorer.probability(features(d, q, name, grams)) for d, q in zip(dev_docs, dev_pairs, strict=True)])
    cross = np.interp(raw, scorer.knots[0], scorer.knots[1])
    steps = np.arange(0.1, 0.8, 0.02)
    parent = name == "part_of"
    both = [f1(p, dev_pairs, t, parent=parent)[0] + f1(cross, pairs, t, parent=parent)[0] for t in steps]
    threshold = float(steps[int(np.argmax(both))])
    print(f"{name:14} threshold {threshold:.2f}", end="")
    for title, values, where in (("train (cross)", cross, pairs), ("dev", p, dev_pairs)):
        f, precision, recall = f1(values, where, threshold, parent=parent)
        print(f"   {title}: F1 {f:.3f} P {precision:.3f} R {recall:.3f}", end="")
    print()
    return Scorer(scorer.trees, scorer.grams, scorer.knots, threshold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m training.links ../shared/benchmark")
    parser.add_argument("benchmark", type=Path, help="folder of the annotated documents (with gold/ and SPLIT.tsv)")
    parser.add_argument("--out", type=Path, default=Path("pipeline/link/data/links.npz"))
    parser.add_argument("--only", nargs="*", default=SCORERS, choices=SCORERS, help="print the figures of these scorers and write nothing")
    args = parser.parse_args()
    train_docs, dev_docs = documents(args.benchmark, "train"), documents(args.benchmark, "dev")
    scorers = {name: train(name, train_docs, dev_docs) for name in SCORERS if name in args.only}
    if len(scorers) == len(SCORERS):
        args.out.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(args.out, **pack(scorers))  # type: ignore[arg-type]
        print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
