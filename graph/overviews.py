"""Records of answers that look over many documents: trends, ties between concepts, tables, ways, comparisons, practices.

Like `graph.records`, what questions answer with and what pages and `--json` are made of.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from graph.records import ActorOf, ConceptRef, Filters, LinkPage, LinkRow, Quote, SearchBase, SourceRef, TierCount
from pipeline.records import Force, LinkType, Voice


class YearCount(msgspec.Struct, frozen=True, kw_only=True):
    """What the works of one year say about a concept; statements are counted, works distinct."""

    year: int | None
    """none for works without a date"""
    works: int
    drivers: int
    dilemmas: int
    measures: int
    goals: int
    gaps: int
    """dilemmas without a remedy"""


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """A concept over the years, oldest first, years without a work in between at zero; what has no date is the last row."""

    question: str
    concept: ConceptRef | None
    years: tuple[YearCount, ...]
    works: int
    base: SearchBase
    filters: Filters


class ConceptTie(msgspec.Struct, frozen=True, kw_only=True):
    """How one concept is tied to another by links whose ends name them: 数据孤岛 —应对→ 数据共享, in 12 works."""

    concept: ConceptRef
    type: LinkType
    outward: bool
    """true: the link leads from the concept asked about to this one"""
    rows: int
    works: int
    stated: int


class GapCount(msgspec.Struct, frozen=True, kw_only=True):
    """A concept with dilemmas that no remedy answers."""

    concept: ConceptRef
    gaps: int
    dilemmas: int
    """all of the concept, also those of works that answer them"""
    works: int
    """works that leave a dilemma of it without a remedy"""


class GapAnswer(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[GapCount, ...]
    total: int
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a matrix. Opens its quotes: ask for the row's factors with `filters`."""

    row: str
    column: str
    works: int
    statements: int
    filters: Filters


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Concepts or dims by year, kind of source, issuer, level or place. Cells without a work are absent."""

    rows: tuple[ConceptRef, ...]
    """concepts, dims, or rows of a reader's own under their names"""
    columns: tuple[str, ...]
    """values in order: years oldest first, others commonest first; `""` stands for documents that do not say, last"""
    cells: tuple[Cell, ...]
    by: Literal["year", "kind", "issuer", "level", "place"]
    groups: dict[str, tuple[str, ...]] = {}
    """of rows of a reader's own: ids of the concepts that belong to each; a cell opens by asking for these"""
    base: SearchBase
    filters: Filters


class Between(NamedTuple):
    """The surest link between two concepts, one and other."""

    link: LinkRow
    forward: bool
    """false: the link leads from the other to the one"""
    works: int
    """works that have such a link"""


class PathStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a path: the concepts it joins, and the surest link that joins them, with its words."""

    source: ConceptRef
    target: ConceptRef
    forward: bool
    """false: the link leads from `target` to `source`"""
    link: LinkRow
    works: int
    """works that have such a link"""


class Path(msgspec.Struct, frozen=True, kw_only=True):
    steps: tuple[PathStep, ...]


class PathAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Shortest ways from one concept to another; none where nothing joins them within `longest` steps."""

    source: ConceptRef | None
    target: ConceptRef | None
    paths: tuple[Path, ...]
    looked_at: int
    """concepts that were looked at on the way"""
    longest: int
    base: SearchBase
    filters: Filters


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a comparison."""

    question: str
    concept: ConceptRef | None
    filters: Filters
    base: SearchBase
    works: int
    factors: dict[str, int]
    gaps: int
    remedies: tuple[TierCount, ...]
    years: tuple[YearCount, ...]
    ties: tuple[ConceptTie, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two concepts, periods, regions or kinds of source side by side."""

    left: Side
    right: Side
    both: tuple[ConceptRef, ...]
    """concepts that both sides are tied to by a remedy"""
    left_only: tuple[ConceptRef, ...]
    right_only: tuple[ConceptRef, ...]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A concept that some texts propose as a remedy and others name as a problem's cause, or as what a measure fails by."""

    question: str
    concept: ConceptRef | None
    remedy: LinkPage
    """links that lead to a measure about it"""
    cause: LinkPage
    """problems that texts put down to it"""
    limited: LinkPage
    """problems that measures about it meet, leave open or bring"""
    base: SearchBase
    filters: Filters
    limit: int


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """One face on which a practice matches what was asked, with what both share."""

    face: Literal["actor", "driver", "dilemma", "measure"]
    shared: tuple[ConceptRef, ...]
    """concepts; for actors their names"""


class Precedent(msgspec.Struct, frozen=True, kw_only=True):
    """A practice: one measure with what belongs to it, out of one work; other works that tell of it stand in `told_by`."""

    source: SourceRef
    measure: Quote
    details: tuple[Quote, ...]
    """clauses of the measure"""
    faces: tuple[Face, ...]
    force: Force | None
    voice: Voice
    places: tuple[str, ...]
    places_from: Literal["measure", "document"] | None
    when: str | None
    when_from: Literal["measure", "document"] | None
    """`document`: the date of the text, which is not that of the practice"""
    actors: tuple[ActorOf, ...]
    instruments: tuple[str, ...]
    """policies that its sentence names"""
    cases: tuple[str, ...]
    """names that the practice goes by: 最多跑一次"""
    problems: tuple[Quote, ...]
    drivers: tuple[Quote, ...]
    results: tuple[Quote, ...]
    """goals that it is said to reach"""
    limits: tuple[Quote, ...]
    told_by: tuple[SourceRef, ...]


class PrecedentPage(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[Precedent, ...]
    total: int
    works: int
    complete: bool
    """false where more measures match than are looked at; the best of them are"""


class PrecedentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what about it, where, when, with what force: those that share most faces first, done before planned before advised."""

    question: str
    concepts: tuple[ConceptRef, ...]
    """what the question is about, as far as the register knows"""
    rows: tuple[Precedent, ...]
    total: int
    works: int
    complete: bool
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class ConceptPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two concepts that links join, whichever way these lead."""

    one: ConceptRef
    other: ConceptRef
    works: int
    rows: int


class Community(msgspec.Struct, frozen=True, kw_only=True):
    """Concepts that are joined to one another more than to others; it goes by its most central ones."""

    number: int
    name: str
    concepts: tuple[str, ...]


class AtlasNode(msgspec.Struct, frozen=True, kw_only=True):
    concept: ConceptRef
    community: int
    centrality: float
    """share of the shortest ways between other concepts that lead through it, 0 to 1"""
    works: int
    """works of its strongest tie"""
    x: float
    y: float


class Atlas(msgspec.Struct, frozen=True, kw_only=True):
    """The commonest ties between concepts as one map, for orientation: `shown` of `total` pairs."""

    nodes: tuple[AtlasNode, ...]
    pairs: tuple[ConceptPair, ...]
    communities: tuple[Community, ...]
    shown: int
    total: int
    base: SearchBase
    filters: Filters


class InferredAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Remedies that other documents give for the concepts of a dilemma. Nobody says that they are remedies of this one: 推断, shown apart."""

    document: str
    factor: str
    concepts: tuple[ConceptRef, ...]
    """concepts in the dilemma's own words; the rows name which of them they share"""
    rows: tuple[LinkRow, ...]
    total: int
    works: int
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class Support(msgspec.Struct, frozen=True, kw_only=True):
    """A concept that a document speaks of, and the other works that would go on speaking of it without that document."""

    concept: ConceptRef
    statements: int
    """of the document itself"""
    others: int
    """other works; none: the concept would have no support left"""
    remedies: int
    """remedies of its dilemmas in the document"""


class TieSupport(msgspec.Struct, frozen=True, kw_only=True):
    """How a document ties two concepts by links of a kind, and the other works that would go on doing so without it."""

    source: ConceptRef
    type: LinkType
    target: ConceptRef
    rows: int
    """links of the document itself"""
    others: int


class Hanging(msgspec.Struct, frozen=True, kw_only=True):
    """What would lose its last support if a document went, and what would only weaken; the least supported first."""

    document: str
    lost: tuple[Support, ...]
    weakened: tuple[Support, ...]
    lost_ties: tuple[TieSupport, ...] = ()
    """what no other work says: 数据孤岛 —应对→ 首席数据官"""
    weakened_ties: tuple[TieSupport, ...] = ()
