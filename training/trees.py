"""Boosted trees from scikit-learn to the arrays that `pipeline.trees` runs, and calibration of what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from pipeline.trees import Trees

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Growth:
    """How many trees, how large, and how hard they are held back."""

    iterations: int = 120
    rate: float = 0.08
    leaves: int = 16
    depth: int = 8
    in_a_leaf: int = 20
    pull: float = 1.0


_USUAL = Growth()


def fit_trees(rows: NDArray[np.float32], label: Floats, weight: Floats, growth: Growth = _USUAL) -> HistGradientBoostingClassifier:
    """Shallow trees, the same for the same input."""
    return HistGradientBoostingClassifier(
        max_iter=growth.iterations,
        learning_rate=growth.rate,
        max_leaf_nodes=growth.leaves,
        max_depth=growth.depth,
        l2_regularization=growth.pull,
        min_samples_leaf=growth.in_a_leaf,
        early_stopping=False,
        random_state=0,
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
