"""concepts: the register that joins the many names of one concept. TOML files by domain, matching in texts, questions → concepts.

Imports the standard library and name matching alone. Adding a name never moves a word boundary: texts are searched beside any tokenizer.
"""

from __future__ import annotations

from corpus.concepts._record import Candidate, Concept, Match, Problem, Relatives, Resolution, Suggestion, Trouble
from corpus.concepts._register import Register, load

__all__ = ["Candidate", "Concept", "Match", "Problem", "Register", "Relatives", "Resolution", "Suggestion", "Trouble", "load"]
