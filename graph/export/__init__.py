"""export: answers and their sources in the forms that other tools open. One format a module; the same input gives the same bytes.

evidence.py: the rows of an answer as a table · sources.py: the documents behind them as GB/T 7714, RIS, BibTeX
"""

from __future__ import annotations

from graph.export.evidence import COLUMNS, evidence
from graph.export.sources import bibtex, gbt7714, ris

__all__ = ["COLUMNS", "bibtex", "evidence", "gbt7714", "ris"]
