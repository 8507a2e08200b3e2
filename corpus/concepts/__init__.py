"""concepts: the register that joins the many names of one concept. TOML files by domain, matching in texts, questions → concepts.

Imports the standard library and name matching alone. Adding a name never moves a word boundary: texts are searched beside any tokenizer.
"""

from __future__ import annotations

from corpus.concepts._aliases import Alias, aliases_of_concepts, document_aliases
from corpus.concepts._check import check
from corpus.concepts._keywords import Proposal, english_keywords, propose_from_keywords
from corpus.concepts._record import Candidate, Concept, Match, Problem, Relatives, Resolution, Trouble
from corpus.concepts._register import Register, load

__all__ = [
    "Alias",
    "Candidate",
    "Concept",
    "Match",
    "Problem",
    "Proposal",
    "Register",
    "Relatives",
    "Resolution",
    "Trouble",
    "aliases_of_concepts",
    "check",
    "document_aliases",
    "english_keywords",
    "load",
    "propose_from_keywords",
]
