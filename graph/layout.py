"""Positions of nodes: the same graph lies in the same place tomorrow."""

from __future__ import annotations

import networkx as nx

__all__ = ["positions"]

_SEED = 7
_ROUNDS = 80
_PLACES = 3
"""enough for any screen, and no last bit that hangs on the processor"""


def positions(graph: nx.Graph, *, centre: str | None = None) -> dict[str, tuple[float, float]]:
    """Places in [-1, 1] by a spring layout of fixed seed; `centre`, if given, lies at (0, 0)."""
    if len(graph) == 0:
        return {}
    places = nx.spring_layout(graph, seed=_SEED, iterations=_ROUNDS, weight="weight") if len(graph) > 1 else dict.fromkeys(graph, (0.0, 0.0))
    middle = places[centre] if centre is not None else (0.0, 0.0)
    moved = {node: (float(x - middle[0]), float(y - middle[1])) for node, (x, y) in places.items()}
    widest = max((abs(value) for place in moved.values() for value in place), default=0.0) or 1.0
    # adding zero turns -0.0 into 0.0
    return {node: (round(x / widest, _PLACES) + 0.0, round(y / widest, _PLACES) + 0.0) for node, (x, y) in moved.items()}
