"""questions: what people ask of the graph, each a function over a store that gives typed rows with their words.

They know the store by its operations alone, so an answer is the same from every store. Nothing here writes.
"""

from __future__ import annotations

from graph.questions._asked import MOST_ROWS, checked, meaning, read_filters
from graph.questions._concepts import as_remedy, causes, dilemmas, linked, remedies, statements, unanswered
from graph.questions._documents import HIDDEN, document_view, hanging, statistics
from graph.questions._inferred import inferred
from graph.questions._map import More, neighbourhood
from graph.questions._overview import gaps, matrix, trend
from graph.questions._paths import paths
from graph.questions._precedents import precedents
from graph.questions._search import search
from graph.questions._sides import compare, disagreement

__all__ = [
    "HIDDEN",
    "MOST_ROWS",
    "More",
    "as_remedy",
    "causes",
    "checked",
    "compare",
    "dilemmas",
    "disagreement",
    "document_view",
    "gaps",
    "hanging",
    "inferred",
    "linked",
    "matrix",
    "meaning",
    "neighbourhood",
    "paths",
    "precedents",
    "read_filters",
    "remedies",
    "search",
    "statements",
    "statistics",
    "trend",
    "unanswered",
]
