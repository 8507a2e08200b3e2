"""Acts: who takes a measure, who faces a problem, as the text itself says it; with the role that an official document gives in brackets."""

from __future__ import annotations

from pipeline.extract.acts._find import AUTHORS, find_acts

__all__ = ["AUTHORS", "find_acts"]
