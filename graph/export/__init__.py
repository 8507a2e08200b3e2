"""export: the corpus, a part of it, or an answer in the forms that other tools open. One format a module; the same input gives the same bytes.

material.py: what is exported, with its manifest · choice.py: whole, filters or basket · formats.py: the table of formats, where a new one is added ·
evidence.py: the rows of an answer as a table · gbt7714.py: a document as a reference · sources.py: as RIS and BibTeX ·
frozen.py: an answer with its hash, to be cited · refi.py, jsonl.py: read again what other programs, or we, have written
"""

from __future__ import annotations

from graph.export.choice import Choice
from graph.export.evidence import COLUMNS, evidence
from graph.export.formats import FORMATS, Format
from graph.export.frozen import freeze, frozen_state
from graph.export.gbt7714 import gbt7714
from graph.export.material import Counts, ExportedDocument, Manifest, Material, gather, shown_statements
from graph.export.sources import bibtex, ris

__all__ = [
    "COLUMNS",
    "FORMATS",
    "Choice",
    "Counts",
    "ExportedDocument",
    "Format",
    "Manifest",
    "Material",
    "bibtex",
    "evidence",
    "freeze",
    "frozen_state",
    "gather",
    "gbt7714",
    "ris",
    "shown_statements",
]
