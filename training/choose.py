"""What is chosen on *dev* for a given set of weights: what the confidence of a factor means, and below which a factor is better not said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.extract._factors_confidence import features
from pipeline.extract._factors_edges import trimmed
from pipeline.model._decode import Found, decoded
from pipeline.model._windows import Window
from pipeline.records import FACTOR_TYPES
from training.agreement import Counts, Span, counts, f1
from training.targets import Prepared

LEAST = tuple(n / 100 for n in range(20, 51, 2))


@dataclass(frozen=True)
class Answered:
    """A document with the answers of its windows, and what they say before anything is left out."""

    document: Prepared
    found: list[Found]

    @classmethod
    def of(cls, document: Prepared, windows: Sequence[tuple[Window, np.ndarray]]) -> Answered:
        return cls(document, [found for window, answers in windows for found in decoded(window, answers)])

    @property
    def spans(self) -> list[Span]:
        """Places after the edges are cleaned."""
        text, sentences = self.document.document.structure.clean_text, self.document.document.sentences
        out = []
        for one in self.found:
            sentence = sentences[one.sentence]
            place = trimmed(text, one.start, one.end, within=(sentence.start, sentence.end))
            out.append((*(place or (one.start, one.start)), FACTOR_TYPES[one.type]))
        return out

    @property
    def annotated(self) -> list[Span]:
        return [(factor.start, factor.end, factor.type) for factor in self.document.document.factors]

    def counts(self, said: Sequence[bool]) -> Counts:
        """Counts of those that are said."""
        spans = [span for span, kept in zip(self.spans, said, strict=True) if kept and span[0] < span[1]]
        return counts(spans, self.annotated, [sentence.start for sentence in self.document.document.sentences])


@dataclass(frozen=True)
class Choice:
    """The curve's weights, the least confidence, and what both reach with each document judged by a curve fitted on the others."""

    weights: dict[str, float]
    least: float
    error: float
    """expected calibration error"""
    rows: list[Counts]


def worth(rows: Sequence[Counts]) -> float:
    """What is being maximised: span F1 and sentence F1 alike."""
    return f1(rows, "span all")[2] + f1(rows, "sentence all")[2]


def choose(documents: Sequence[Answered]) -> Choice:
    """The confidence curve over all documents and the least confidence with the best `worth`."""
    x = np.array([list(features(one).values()) for document in documents for one in document.found])
    y = np.array([hit for document in documents for hit in right(document.spans, document.annotated)])
    groups = np.array([n for n, document in enumerate(documents) for _ in document.found])
    if len(set(y.tolist())) < 2:
        # the first epochs of a small run: nothing is found yet, or nothing of it is right, and there is no curve to draw
        return Choice({}, LEAST[0], 0.0, [document.counts([True] * len(document.found)) for document in documents])
    sure = np.zeros(len(y))
    for n in range(len(documents)):
        inside = groups == n
        if inside.any() and len(set(y[~inside].tolist())) == 2:
            sure[inside] = _curve(x[~inside], y[~inside]).predict_proba(x[inside])[:, 1]
    tried = {least: [document.counts(list(sure[groups == n] >= least)) for n, document in enumerate(documents)] for least in LEAST}
    least = max(LEAST, key=lambda share: worth(tried[share]))
    names = features(next(one for document in documents for one in document.found))
    weights = {name: round(float(weight), 5) for name, weight in zip(names, _curve(x, y).coef_[0], strict=True)}
    return Choice(weights, least, calibration_error(sure, y), tried[least])


def _curve(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, fit_intercept=False, max_iter=3000).fit(x, y)


def right(spans: Sequence[Span], annotated: Sequence[Span]) -> list[bool]:
    """For each found span: does it match an annotated one."""
    out = []
    for span in spans:
        close = [b for b in annotated if b[2] == span[2] and b[0] < span[1] and span[0] < b[1]]
        out.append(any((min(span[1], b[1]) - max(span[0], b[0])) * 2 >= max(span[1], b[1]) - min(span[0], b[0]) for b in close))
    return out


def calibration_error(sure: np.ndarray, right: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and share right over bins of equal size."""
    order = np.argsort(sure, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(len(part) * abs(sure[part].mean() - right[part].mean()) for part in parts if len(part)) / len(order))
