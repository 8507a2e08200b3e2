"""Tables that are saved from a page: the same guarded cells as in exports."""

from __future__ import annotations

from graph.export.cells import Cell, guarded, restored, to_csv

__all__ = ["Cell", "guarded", "restored", "to_csv"]
