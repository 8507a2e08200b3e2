"""link: factors of one document → links between them, each with basis, calibrated confidence, evidence places and author.

Owns the pair scorer (within reach), the pairing by the document's plan, and `part_of` by headings. Reads records alone; knows
nothing of the graph. The shipped scorers are made by `python -m training.links`.
"""

from __future__ import annotations

from pipeline.link._find import AUTHORS, find_links

__all__ = ["AUTHORS", "find_links"]
