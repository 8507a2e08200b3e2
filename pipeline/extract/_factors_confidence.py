"""One number from what the heads say of a factor: how often such a factor is right, by a logistic curve fitted on *dev*."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.model import Found
from pipeline.records import FACTOR_TYPES, FactorType, RunnerUp


def features(found: Found) -> dict[str, float]:
    """What the curve looks at: certainty of the type and of the path, what the sentence's head says, length, the type itself."""
    length = float(np.log(max(1, found.end - found.start)))
    return {
        "one": 1.0,
        "type": _logit(float(found.types[found.type + 1])),
        "none": _logit(float(found.types[0])),
        "path": max(-3.0, found.path),
        "held": float(np.clip(found.held[found.type], -6, 6)),
        "length": length,
        "length squared": length * length,
        **{kind: float(found.type == n) for n, kind in enumerate(FACTOR_TYPES)},
    }


def confidence(found: Found, weights: Mapping[str, float]) -> float:
    """Share of such factors that are right, between 0 and 1."""
    total = sum(weights.get(name, 0.0) * value for name, value in features(found).items())
    return float(1 / (1 + np.exp(-total)))


def runner_up(found: Found, sure: float, *, kind: FactorType) -> RunnerUp:
    """The next likeliest reading, another type than `kind` or none, with its share of what confidence leaves."""
    others = [(float(share), n - 1) for n, share in enumerate(found.types) if n == 0 or FACTOR_TYPES[n - 1] != kind]
    share, best = max(others, key=_by_share)
    rest = (1 - sure) * share / max(1e-9, sum(other for other, _ in others))
    return RunnerUp(type=FACTOR_TYPES[best] if best >= 0 else "none", confidence=round(min(rest, sure), 4))


def _by_share(other: tuple[float, int]) -> tuple[float, int]:
    return other[0], -other[1]


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return float(np.log(share / (1 - share)))
