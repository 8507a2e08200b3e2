"""Which character a lost byte leaves: candidates that share the other byte, ranked by what stands around them.

Weighed together: the character model, what the document itself writes elsewhere in the same surroundings, words of jieba's dictionary,
quotation marks and brackets that would stay open, and the script of the document. The weights of this log-linear choice were fitted
on papers that the model had not seen (`python -m training.characters`); its shares are probabilities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, log1p

from pipeline.clean._language import EDGE, FLOOR, Characters, characters, fold, simplified, traditional, words

WEIGHTS = (0.77, 1.23, 1.06, 0.04, -0.99, 0.52, 4.39, 3.52, 2.57, 0.13, 0.24, 0.81, 0.08, -5.65, -5.84)
"""by the order of `features`"""
REACH = 6
_OPENING, _CLOSING = "“‘（《〈【〔「『", "”’）》〉】〕」』"
_PARTNER = {**dict(zip(_OPENING, _CLOSING, strict=True)), **dict(zip(_CLOSING, _OPENING, strict=True))}
_HALF = {"（": "(", "）": ")"}
_MARKS = {ord("?"): "\0", 0xFFFD: "\0"}
_RUNS = re.compile(r"\n{2,}")
_HOPELESS = 14.0
"""candidates whose logarithm lies so far below the best one's are not weighed further"""
_NEAR = 200_000
"""characters of the document that are counted; a longer one repeats itself"""


@dataclass(frozen=True)
class Surroundings:
    """What a document says of its own habits, asked for only where something is damaged."""

    text: str

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each stretch of two to four characters occurs, places of damage left out."""
        folded = fold(_RUNS.sub("\n", self.text[:_NEAR].translate(_MARKS)))
        return Counter(folded[i : i + n] for n in (2, 3, 4) for i in range(len(folded) - n + 1))

    @cached_property
    def is_traditional(self) -> bool:
        """Whether traditional characters outnumber simplified ones."""
        part = Counter(self.text[:_NEAR])
        old, new = simplified(), traditional()
        return sum(n for c, n in part.items() if ord(c) in old) > sum(n for c, n in part.items() if c in new)


def features(candidate: str, left: str, right: str, line: str, around: Surroundings, model: Characters) -> tuple[float, ...]:
    """What speaks for `candidate` between the folded `left` and `right`, in `line` (which lacks it)."""
    shown = fold(candidate)
    counts = around.counts
    before, behind = left[-2:].rjust(2, EDGE), right[:2]
    near = [
        log1p(max(0, counts[piece]))
        for piece in (
            before[-1:] + shown,
            shown + behind[:1],
            before + shown,
            before[-1:] + shown + behind[:1],
            shown + behind,
            before + shown + behind[:1],
            before[-1:] + shown + behind,
        )
    ]
    window, place = left[-3:] + shown + right[:3], len(left[-3:])
    found = words()
    best = [0.0, 0.0, 0.0]
    for n in (2, 3, 4):
        for start in range(max(0, place - n + 1), place + 1):
            best[n - 2] = max(best[n - 2], found.get(window[start : start + n], 0.0))
    seen = model.one[model.index[shown]] if shown in model.index else 0
    foreign = candidate in traditional() if around.is_traditional else ord(candidate) in simplified()
    return (
        model.score(before + shown + right[:3]),
        *near,
        _balance(candidate, line),
        *best,
        log(exp(-seen / 12) if shown in model.index else FLOOR),
        float(shown not in model.index),
        float(foreign),
    )


def _balance(candidate: str, line: str) -> float:
    """2 where the candidate closes or opens what the line leaves open, -3 where it leaves more open."""
    other = _PARTNER.get(candidate)
    if other is None:
        return 0.0
    return 2.0 if _count(line, other) == _count(line, candidate) + 1 else -3.0


def _count(line: str, mark: str) -> int:
    return line.count(mark) + line.count(_HALF.get(mark, "\0"))


def ranked(candidates: Sequence[str], left: str, right: str, line: str, around: Surroundings) -> list[tuple[float, str]]:
    """(probability, candidate), likeliest first; `left` and `right` as the document has them, without what is damaged."""
    if len(candidates) == 1:
        return [(1.0, candidates[0])]
    model = characters()
    near_left, near_right = fold(left[-4 * REACH :])[-REACH:], fold(right[: 4 * REACH])[:REACH]
    before = near_left[-2:].rjust(2, EDGE)
    bare = [model.score(before + fold(candidate) + near_right[:2]) for candidate in candidates]
    best = max(bare)
    likely = [candidate for candidate, score in zip(candidates, bare, strict=True) if score > best - _HOPELESS]
    scores = [
        sum(weight * value for weight, value in zip(WEIGHTS, features(candidate, near_left, near_right, line, around, model), strict=True))
        for candidate in likely
    ]
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    # of two equals the one that GBK has first, so that two runs choose alike
    order = sorted(range(len(likely)), key=lambda i: (-shares[i], i))
    return [(shares[i] / total, likely[i]) for i in order]
