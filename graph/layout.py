"""Positions of nodes: the same graph lies in the same place tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import networkx as nx

__all__ = ["positions"]

_SEED = 7
_ROUNDS = 80
_PLACES = 3
"""enough for any screen, and no last bit that hangs on the processor"""


def positions(graph: nx.Graph, *, centre: str | None = None, kept: Mapping[str, tuple[float, float]] = MappingProxyType({})) -> dict[str, tuple[float, float]]:
    """Places in [-1, 1] by a spring layout of fixed seed; `centre`, if given, lies at (0, 0). Nodes of `kept` stay where they are."""
    if len(graph) == 0:
        return {}
    if kept:
        return _around(graph, kept)
    places = nx.spring_layout(graph, seed=_SEED, iterations=_ROUNDS, weight="weight") if len(graph) > 1 else dict.fromkeys(graph, (0.0, 0.0))
    middle = places[centre] if centre is not None else (0.0, 0.0)
    moved = {node: (float(x - middle[0]), float(y - middle[1])) for node, (x, y) in places.items()}
    widest = max((abs(value) for place in moved.values() for value in place), default=0.0) or 1.0
    return {node: (_rounded(x / widest), _rounded(y / widest)) for node, (x, y) in moved.items()}


def _around(graph: nx.Graph, kept: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Places for nodes that came later, between and around those that stay."""
    staying = [node for node in graph if node in kept]
    if len(staying) == len(graph):
        return {node: kept[node] for node in graph}
    places = nx.spring_layout(graph, pos={node: kept[node] for node in staying}, fixed=staying, seed=_SEED, iterations=_ROUNDS, weight="weight")
    return {node: kept[node] if node in kept else (_within(x), _within(y)) for node, (x, y) in places.items()}


def _within(value: float) -> float:
    return _rounded(min(1.0, max(-1.0, float(value))))


def _rounded(value: float) -> float:
    # adding zero turns -0.0 into 0.0
    return round(value, _PLACES) + 0.0
