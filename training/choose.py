"""What is chosen on *dev* for a given set of weights: how much a factor must be worth to be said, and what its confidence means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.extract._factors_confidence import features
from pipeline.extract._factors_edges import trimmed
from pipeline.model._decode import Found, Weighing, decoded
from pipeline.model._windows import Window
from pipeline.records import FACTOR_TYPES
from training.agreement import Counts, Span, counts, f1
from training.targets import Prepared

HELD = (0.0, 0.2, 0.4)


@dataclass(frozen=True)
class Answered:
    """A document with the answers of its windows, so that decoding can be tried again and again."""

    document: Prepared
    windows: list[tuple[Window, np.ndarray]]

    def found(self, weighing: Weighing) -> list[Found]:
        return [found for window, answers in self.windows for found in decoded(window, answers, weighing=weighing)]

    def spans(self, found: Sequence[Found]) -> list[Span]:
        """Places after the edges are cleaned."""
        document = self.document.document
        out = []
        for one in found:
            sentence = document.sentences[one.sentence]
            place = trimmed(document.structure.clean_text, one.start, one.end, within=(sentence.start, sentence.end))
            out.append((*(place or (one.start, one.start)), FACTOR_TYPES[one.type]))
        return out

    def counts(self, weighing: Weighing) -> Counts:
        spans = [span for span in self.spans(self.found(weighing)) if span[0] < span[1]]
        return counts(spans, self.annotated, [sentence.start for sentence in self.document.document.sentences])

    @property
    def annotated(self) -> list[Span]:
        return [(factor.start, factor.end, factor.type) for factor in self.document.document.factors]


def worth(rows: Sequence[Counts]) -> float:
    """What is being maximised: span F1, and half as much sentence F1."""
    return f1(rows, "span all")[2] + 0.5 * f1(rows, "sentence all")[2]


def weighing_of(documents: Sequence[Answered]) -> Weighing:
    """The weighing with the best `worth`, by going up one coordinate at a time."""
    best = max((Weighing(held=held) for held in HELD), key=lambda weighing: worth([document.counts(weighing) for document in documents]))
    score = worth([document.counts(best) for document in documents])
    for step in (0.5, 0.2):
        for n in range(len(FACTOR_TYPES)):
            for sign in (-1, 1):
                while True:
                    offsets = tuple(value + sign * step * (n == m) for m, value in enumerate(best.offsets))
                    tried = replace(best, offsets=offsets)
                    gained = worth([document.counts(tried) for document in documents])
                    if gained <= score + 1e-4:
                        break
                    best, score = tried, gained
    return best


def confidence_of(documents: Sequence[Answered], weighing: Weighing) -> tuple[dict[str, float], float]:
    """Weights of the confidence curve, and its calibration error (ten bins of equal size, each document judged by a curve fitted on the others)."""
    rows, right, group = [], [], []
    for n, document in enumerate(documents):
        found = document.found(weighing)
        spans = document.spans(found)
        hits = _right(spans, document.annotated)
        rows += [list(features(one).values()) for one in found]
        right += hits
        group += [n] * len(found)
    x, y, groups = np.array(rows), np.array(right), np.array(group)
    held_out = np.zeros(len(y))
    for n in range(len(documents)):
        inside = groups == n
        if inside.any():
            held_out[inside] = _curve(x[~inside], y[~inside]).predict_proba(x[inside])[:, 1]
    curve = _curve(x, y)
    names = features_names(documents, weighing)
    return {name: round(float(weight), 5) for name, weight in zip(names, curve.coef_[0], strict=True)}, calibration_error(held_out, y)


def _curve(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(x, y)


def features_names(documents: Sequence[Answered], weighing: Weighing) -> list[str]:
    return list(features(next(one for document in documents for one in document.found(weighing))))


def _right(spans: Sequence[Span], annotated: Sequence[Span]) -> list[bool]:
    """For each found span: does it match an annotated one."""
    right = []
    for span in spans:
        close = [b for b in annotated if b[2] == span[2] and b[0] < span[1] and span[0] < b[1]]
        right.append(any((min(span[1], b[1]) - max(span[0], b[0])) * 2 >= max(span[1], b[1]) - min(span[0], b[0]) for b in close))
    return right


def calibration_error(sure: np.ndarray, right: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and share right over bins of equal size."""
    order = np.argsort(sure, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(len(part) * abs(sure[part].mean() - right[part].mean()) for part in parts if len(part)) / len(order))
