"""Entities of one document: actors of five kinds, scholars, places, policies, cases, technologies, concepts, with all their mentions.

Rules, a trained tagger and terms propose names; trained trees weigh them. Nothing read from one document is known in the next.
"""

from __future__ import annotations

from pipeline.extract.entities._find import AUTHOR, find_entities

__all__ = ["AUTHOR", "find_entities"]
