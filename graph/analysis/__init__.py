"""analysis: algorithms of networkx on a bounded part of the graph; the caller keeps what they find for as long as `store.version` stays."""

from __future__ import annotations

from graph.analysis._atlas import atlas

__all__ = ["atlas"]
