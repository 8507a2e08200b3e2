"""Which of several likely ends a link is meant for: what is far less likely than its best rival is not said beside it.

A pair is judged by itself; a text that answers a problem names one measure or a few of like weight. So of the measures of a problem those
stay that are at least so many times as likely as its likeliest one, and the same the other way round.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SHARES: dict[str, tuple[float, float]] = {"addressed_by": (0.5, 0.0), "aligned": (0.5, 0.5)}
"""share of the best that a pair must reach among those of its first end, of its second end; the first by cross-validation over *train* and
*dev*, the second on *dev* alone"""


def unrivalled(name: str, i: Ints, j: Ints, p: Floats) -> NDArray[np.bool_]:
    """True for each pair that the scorer `name` says nearly as surely as the best pair of either end."""
    of_first, of_second = SHARES.get(name, (0.0, 0.0))
    if not len(p):
        return np.zeros(0, dtype=np.bool_)
    best_first, best_second = (np.zeros(int(max(i.max(), j.max())) + 1) for _ in range(2))
    np.maximum.at(best_first, i, p)
    np.maximum.at(best_second, j, p)
    return np.asarray((p >= of_first * best_first[i]) & (p >= of_second * best_second[j]))
