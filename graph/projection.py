"""What one document adds to the graph: its nodes and edges, the same for every store.

Built by `graph.project`, taken by a store's `upsert_document`. Offsets are half-open, in code points of `clean_text`.
An edge names its ends by id; of which label an end is follows from the edge's type (`ENDS`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from graph.records import Outcome, Review, SourceRef
from pipeline.records import Basis, Block, Dim, EntityType, FactorType, Force, LinkType, Place, RunnerUp, Voice, Zone

__all__ = ["ENDS", "LINK_ENDS", "ConceptNode", "DocumentProjection", "Edge", "EdgeType", "EntityNode", "FactorNode", "SectionNode", "SentenceNode"]

EdgeType = Literal[LinkType, "about", "takes", "faces", "mentions"]
Label = Literal["factor", "concept", "entity", "sentence"]

ENDS: dict[EdgeType, tuple[Label, Label]] = {
    "addressed_by": ("factor", "factor"),
    "caused_by": ("factor", "factor"),
    "achieves": ("factor", "factor"),
    "drives": ("factor", "factor"),
    "part_of": ("factor", "factor"),
    "limited_by": ("factor", "factor"),
    "about": ("factor", "concept"),
    "takes": ("entity", "factor"),
    "faces": ("entity", "factor"),
    "mentions": ("sentence", "entity"),
}
"""edge type → labels of where it comes from and where it goes to"""


LINK_ENDS: dict[LinkType, tuple[tuple[FactorType, ...], tuple[FactorType, ...]]] = {
    "addressed_by": (("dilemma",), ("countermeasure",)),
    "caused_by": (("dilemma",), ("driver", "dilemma")),
    "achieves": (("countermeasure",), ("goal",)),
    "drives": (("driver",), ("countermeasure", "goal")),
    "limited_by": (("countermeasure",), ("dilemma",)),
}
"""link type → types of factors that it leads from and to, by what it means; a link between others stays in its document and answers nothing"""


class SectionNode(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with what stands beneath it."""

    id: str
    title: str
    path: str
    """headings from the outside in, this one last, joined by ` / `"""
    level: int
    zone: Zone | None
    start: int
    end: int


class SentenceNode(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    start: int
    end: int
    section: str | None


class FactorNode(msgspec.Struct, frozen=True, kw_only=True):
    """A factor with what people decided about it."""

    id: str
    type: FactorType
    start: int
    end: int
    sentence: str
    """id of the sentence that holds it"""
    section: str | None
    """id of the section it stands in; for a heading the one above it"""
    scope: Literal["heading", "clause"]
    dim: Dim | None
    force: Force | None
    voice: Voice
    where: tuple[str, ...]
    when: str | None
    confidence: float
    runner_up: RunnerUp | None
    author: str
    review: Review
    answered: bool
    """whether it, its heading or one of its clauses has a remedy (dilemmas; else false)"""


class EntityNode(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or other thing with a name; one node however many documents name it."""

    id: str
    """type and name: `government:国务院办公厅`"""
    type: EntityType
    name: str


class ConceptNode(msgspec.Struct, frozen=True, kw_only=True):
    """A concept of the register that the document names."""

    id: str
    name: str
    english: str | None


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """An edge with its evidence, its author and how sure that author is."""

    id: str
    """empty for `about` and `mentions`: type and ends name them"""
    type: EdgeType
    source: str
    target: str
    author: str
    evidence: tuple[Place, ...] = ()
    confidence: float = 1.0
    basis: Basis | None = None
    review: Review = "open"
    live: bool = True
    """false where it, or an end of it, was rejected: it stays in the document, and leaves all answers"""
    weak: bool = False
    """an `about` that rests on the heading alone"""
    role: str | None = None


class DocumentProjection(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one document adds to the graph."""

    source: SourceRef
    work: str
    """reposts of one text have one work; answers count works"""
    supersedes: str | None
    level: str | None
    """level of the first issuer"""
    places: tuple[str, ...]
    in_force: str | None
    expires: str | None
    stamp: str
    """what the graph was made from, as the caller names it; another stamp means that the document is stale"""
    clean_text: str
    blocks: tuple[Block, ...]
    sections: tuple[SectionNode, ...]
    sentences: tuple[SentenceNode, ...]
    factors: tuple[FactorNode, ...]
    entities: tuple[EntityNode, ...]
    concepts: tuple[ConceptNode, ...]
    edges: tuple[Edge, ...]
    outcomes: tuple[Outcome, ...]
    """what became of each decision about this document"""
