"""Trains the scorers of pipeline/link on the annotated documents: `python -m training.links ../shared/benchmark`.

Needs scikit-learn (requirements-train.txt). One scorer a kind of link: a linear model over n-grams around the pair, then boosted
trees over its sums and the features of place, order, cue and likeness. It learns from the annotated factors and from those that the
shipped reader finds in the same texts, so that it knows what a doubtful factor is worth. Probabilities are calibrated, and the threshold
of each scorer chosen, on the factors found in *dev*. Same input, same file.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from pipeline.extract.cues import find_cued_statements
from pipeline.extract.factors import FactorReader, find_factors
from pipeline.link._candidates import ENDS, pairs_within_reach
from pipeline.link._features import Counts, count, near_features
from pipeline.link._headings import best_parent, parent_features, parents
from pipeline.link._layout import Layout, lay_out
from pipeline.link._likeness import vectors
from pipeline.link._model import SCORERS, Scorer, no_grams, pack, read
from pipeline.link._plan import grid_ends, grid_features
from pipeline.link._regions import BUCKETS, REGIONS, pair_grams
from pipeline.link._rivals import unrivalled
from pipeline.records import Factor, LinkType
from training.agreement import overlap
from training.annotated import Annotated, annotated_documents
from training.marked import learnt_documents
from training.trees import Growth, export, fit_trees, knots
from training.unseen import CrosswiseReaders

Floats = NDArray[np.float64]
FOLDS = 6
PLAN = Growth(iterations=160, rate=0.05, leaves=10, depth=5, in_a_leaf=40, pull=10.0)
"""trees of the plan: two thousand right pairs among half a million are soon learnt by heart"""
LARGER = Growth(iterations=200, leaves=24)
GROWTH = {"addressed_by": LARGER, "caused_by": LARGER, "aligned": PLAN}
"""of the scorers that are not grown as usual"""
THINNED = 6
"""of the wrong pairs of the plan every so many-th is learnt from, and counts for all of them"""


@dataclass(slots=True)
class Pairs:
    """Candidate pairs of one document for one scorer; weight 0 marks pairs that are neither right nor wrong."""

    i: NDArray[np.int64]
    j: NDArray[np.int64]
    label: Floats
    weight: Floats
    stands_for: list[frozenset[tuple[str, str]]]
    """annotated links that the pair stands for: its ends are theirs, or belong to theirs"""
    gold: int
    """annotated links of the kind, those out of reach included"""


@dataclass(frozen=True, slots=True)
class Document:
    """One document with one set of factors: the annotated ones, or those that the reader finds."""

    annotated: Annotated
    layout: Layout
    counts: Counts
    reach: Mapping[str, frozenset[str]]
    """id of a factor → annotated factors that it is, or is a part of"""
    same: Mapping[str, str]
    """id of a factor → the annotated factor that it is"""


def documents(every: Iterable[Annotated]) -> list[Document]:
    """The documents with their annotated factors."""
    out = []
    for annotated in every:
        above = _ancestors(annotated)
        layout = lay_out(annotated.structure, annotated.sentences, annotated.factors)
        out.append(Document(annotated, layout, count(layout), {key: frozenset(line) for key, line in above.items()}, {key: key for key in above}))
    return out


def as_found(document: Document, found: Sequence[Factor]) -> Document:
    """The same document with the factors that the reader finds in it."""
    annotated = document.annotated
    layout = lay_out(annotated.structure, annotated.sentences, found)
    overlaps = sorted(
        (
            (overlap((f.start, f.end), (g.start, g.end)), f.id, g.id)
            for f in found
            for g in annotated.factors
            if f.type == g.type and f.start < g.end and g.start < f.end
        ),
        reverse=True,
    )
    same: dict[str, str] = {}
    taken: set[str] = set()
    for share, mine, theirs in overlaps:
        if share >= 0.5 and mine not in same and theirs not in taken:
            same[mine] = theirs
            taken.add(theirs)
    reach: dict[str, frozenset[str]] = {}
    for share, mine, theirs in overlaps:
        # what matches none of them stands for those it overlaps by a third, as the scorer of the annotation has it
        if same.get(mine, theirs) == theirs and (mine in same or share >= 0.3):
            reach[mine] = reach.get(mine, frozenset()) | document.reach[theirs]
    return Document(annotated, layout, count(layout), reach, same)


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
    ids = [factor.id for factor in layout.factors]
    label, weight = np.zeros(len(i)), np.ones(len(i))
    stands_for: list[frozenset[tuple[str, str]]] = []
    for n, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        ends = (document.same.get(ids[a]), document.same.get(ids[b]))
        if kind == "part_of":
            right = frozenset((ends,)) & every  # type: ignore[arg-type]
        else:
            right = frozenset((x, y) for x in document.reach.get(ids[a], ()) for y in document.reach.get(ids[b], ()) if (x, y) in every)
        stands_for.append(right & wanted)
        label[n] = ends in wanted
        # the annotation says so of a heading above, or with another basis: neither right nor wrong to learn from
        weight[n] = not right or ends in wanted
    return Pairs(i, j, label, weight, stands_for, len(wanted))


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


def f1(
    p: Floats, pairs: Sequence[Pairs], threshold: float, *, parent: bool, beta: float = 1.0, free: NDArray[np.bool_] | None = None
) -> tuple[float, float, float]:
    """(F, precision, recall) of the pairs at or above `threshold`, of those only that are `free` of rivals; `beta` under 1 prefers precision.

    Pairs that stand for one annotated link count once.
    """
    right = wrong = wanted = 0
    at = 0
    for part in pairs:
        here = p[at : at + len(part.i)] if free is None else np.where(free[at : at + len(part.i)], p[at : at + len(part.i)], 0.0)
        at += len(part.i)
        wanted += part.gold
        chosen = best_parent(part.i, here, threshold) if parent else np.flatnonzero(here >= threshold).tolist()
        right += len(frozenset[tuple[str, str]]().union(*(part.stands_for[n] for n in chosen)))
        wrong += sum(not part.stands_for[n] and part.weight[n] > 0 for n in chosen)
    shown = right + wrong
    return (1 + beta**2) * right / max(1.0, shown + beta**2 * wanted), right / max(1, shown), right / max(1, wanted)


def train(name: str, given: Sequence[Document], found: Sequence[Document], dev: Sequence[Document], dev_given: Sequence[Document]) -> Scorer:
    """The scorer `name`, learnt from annotated and from found factors of *train*; calibrated and cut on found ones of *dev*."""
    plan = name == "aligned"
    docs = list(given) if plan else [*given, *found]
    pairs = [candidates(document, name) for document in docs]
    label, weight = np.concatenate([p.label for p in pairs]), np.concatenate([p.weight for p in pairs])
    fold = np.concatenate([np.full(len(p.i), n % len(given) % FOLDS) for n, p in enumerate(pairs)])
    near = name in ENDS
    rows = vstack([gram_rows(d, p) for d, p in zip(docs, pairs, strict=True)]).tocsr() if near else None
    by_fold = [fit_grams(rows[fold != k], label[fold != k], weight[fold != k]) if rows is not None else no_grams() for k in range(FOLDS)]
    grams = fit_grams(rows, label, weight) if rows is not None else no_grams()
    made = [features(d, p, name, by_fold[n % len(given) % FOLDS]) for n, (d, p) in enumerate(zip(docs, pairs, strict=True))]
    matrix = np.concatenate([m for m in made if len(m)])
    kept = (label > 0) | (np.arange(len(label)) % THINNED == 0) if plan else np.ones(len(label), dtype=np.bool_)
    weight = np.where(plan & (label == 0), weight * THINNED, weight)
    trees = export(fit_trees(matrix[kept], label[kept], weight[kept], growth=GROWTH.get(name, Growth())))
    plain = Scorer(trees, grams if near else np.zeros(0, dtype=np.float32), np.array([[0.0, 1.0], [0.0, 1.0]]), 0.0)
    parent = name == "part_of"

    def judged(documents: Sequence[Document], scorer: Scorer) -> tuple[Floats, list[Pairs]]:
        asked = [candidates(document, name) for document in documents]
        return np.concatenate([scorer.raw(features(d, q, name, grams)) for d, q in zip(documents, asked, strict=True)]), asked

    def free_of_rivals(raw: Floats, asked: Sequence[Pairs]) -> NDArray[np.bool_]:
        ends = np.cumsum([len(part.i) for part in asked])[:-1]
        return np.concatenate([unrivalled(name, part.i, part.j, here) for part, here in zip(asked, np.split(raw, ends), strict=True)])

    raw, asked = judged(dev, plain)
    truth = np.array([bool(some) for part in asked for some in part.stands_for], dtype=np.float64)
    scorer = Scorer(trees, plain.grams, knots(raw, truth, np.concatenate([part.weight for part in asked])), 0.0)
    p, free = scorer.calibrate(raw), free_of_rivals(raw, asked)
    # a remedy that only the plan suggests is shown where it is rather right than wrong: one that is not meant costs a reader more than one not shown
    beta = 0.5 if plan else 1.0
    threshold = float(max(np.arange(0.06, 0.8, 0.02), key=lambda t: f1(p, asked, t, parent=parent, beta=beta, free=free)[0]))
    print(f"{name:14} threshold {threshold:.2f}", end="")
    for title, (values, where) in (("dev, found", (raw, asked)), ("dev, annotated", judged(dev_given, scorer))):
        f, precision, recall = f1(scorer.calibrate(values), where, threshold, parent=parent, free=free_of_rivals(values, where))
        print(f"   {title}: F1 {f:.3f} P {precision:.3f} R {recall:.3f}", end="")
    print(flush=True)
    return Scorer(scorer.trees, scorer.grams, scorer.knots, threshold)


def read_all(documents: Sequence[Document], reader_of: Callable[[int], FactorReader]) -> list[Document]:
    """The documents with the factors that a reader finds, each text read once; `reader_of` gives the reader of the n-th."""
    out = []
    for n, document in enumerate(documents):
        reader = reader_of(n)
        annotated = document.annotated
        own = list(find_factors(annotated.structure, annotated.sentences, reader=reader))
        found = sorted([*own, *find_cued_statements(annotated.structure, annotated.sentences, own)], key=lambda factor: (factor.start, factor.end))
        out.append(as_found(document, found))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m training.links ../shared/benchmark")
    parser.add_argument("benchmark", type=Path, help="folder of the annotated documents (with gold/ and SPLIT.tsv)")
    parser.add_argument("--out", type=Path, default=Path("pipeline/link/data/links.npz"))
    parser.add_argument("--only", nargs="*", default=SCORERS, choices=SCORERS, help="make these scorers alone anew, the others stay as `--out` has them")
    parser.add_argument("--readers", type=Path, nargs="+", help="folders of readers that each know a part of *train* (see training/unseen.py)")
    args = parser.parse_args()
    given, dev_given = documents(learnt_documents(args.benchmark)), documents(annotated_documents(args.benchmark, "dev"))
    shipped = FactorReader.load()
    crosswise = CrosswiseReaders.load(args.readers) if args.readers else None
    dev = read_all(dev_given, lambda _: shipped)
    # the plan learns from annotated statements alone
    found = read_all(given, crosswise.of if crosswise else lambda _: shipped) if set(args.only) - {"aligned"} else []
    kept = {} if set(args.only) == set(SCORERS) else read(args.out)
    made = {name: train(name, given, found, dev, dev_given) for name in SCORERS if name in args.only}
    scorers = {name: made.get(name) or _bare(kept[name]) for name in SCORERS}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(args.out, **pack(scorers))  # type: ignore[arg-type]
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")


def _bare(scorer: Scorer) -> Scorer:
    """As it is trained: without the weights of n-grams that say nothing, which reading the file fills in."""
    return scorer if scorer.grams.any() else replace(scorer, grams=np.zeros(0, dtype=np.float32))


if __name__ == "__main__":
    main()
