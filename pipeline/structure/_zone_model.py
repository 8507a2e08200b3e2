"""The linear model that gives every heading its zone, run with numpy alone.

A section is scored by itself; then the zones of a whole document are chosen together, so that the best sum of the scores and of how
well each zone lies under its parent's wins (max-sum over the tree of headings). Trained by `python -m training.zones`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Zone
from pipeline.structure._cues import ZONES
from pipeline.structure._sections import Group, Section
from pipeline.structure._zone_features import section_features

__all__ = ["ZoneModel", "choose_zones"]

_FILE = "zones.npz"
_FIXED: dict[str, Zone] = {"附则": "other"}
"""what a heading of these words holds is laid down: terms, date of force and repeal (立法技术规范（试行）（一）)"""
_NEVER = -1000.0
Floats = NDArray[np.float64]


class ZoneModel:
    """Weights by feature name, and how readily a zone lies under another."""

    def __init__(self, names: list[str], weights: Floats, bias: Floats, under: Floats) -> None:
        self.rows = {name: i for i, name in enumerate(names)}
        self.weights = weights
        self.bias = bias
        self.under = under
        """`under[i, j]`: what a section of zone j gains when its parent has zone i"""

    @classmethod
    def from_bytes(cls, data: bytes) -> ZoneModel:
        """The model from the bytes of its file."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            names = arrays["names"].tobytes().decode("utf-8").split("\n")
            return cls(names, arrays["weights"].astype(np.float64), arrays["bias"].astype(np.float64), arrays["under"].astype(np.float64))

    def scores(self, features: dict[str, float]) -> Floats:
        """Log probability of every zone for a section by itself."""
        found = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
        total = self.bias.copy()
        if found:
            rows = np.fromiter((row for row, _ in found), dtype=np.intp)
            values = np.fromiter((value for _, value in found), dtype=np.float64)
            total += values @ self.weights[rows]
        total -= total.max()
        return np.asarray(total - np.log(np.exp(total).sum()), dtype=np.float64)


@cache
def _model() -> ZoneModel:
    return ZoneModel.from_bytes(files("pipeline.structure").joinpath(_FILE).read_bytes())


def choose_zones(sections: list[Section], group: Group, *, model: ZoneModel | None = None) -> list[Zone]:
    """Zone of every section, chosen together."""
    if not sections:
        return []
    model = model or _model()
    best = [model.scores(found) for found in section_features(sections, group)]
    for section, scores in zip(sections, best, strict=True):
        if section.words in _FIXED:
            scores[:] = np.where(np.array(ZONES) == _FIXED[section.words], 0.0, _NEVER)
    choice: dict[int, NDArray[np.intp]] = {}
    for k in range(len(sections) - 1, -1, -1):
        parent = sections[k].parent
        if parent is not None:
            together = best[k][None, :] + model.under
            choice[k] = together.argmax(axis=1)
            best[parent] = best[parent] + together.max(axis=1)
    zones: list[int] = []
    for k, section in enumerate(sections):
        zones.append(int(best[k].argmax()) if section.parent is None else int(choice[k][zones[section.parent]]))
    return [ZONES[z] for z in zones]
