"""Typed rows: what questions ask with and what they answer. View models of the pages and of `--json` are made of these alone."""

from __future__ import annotations

from typing import Literal

import msgspec

from corpus.records import Access
from pipeline.records import Basis, Block, Dim, FactorType, Force, LinkType, Place, RunnerUp, Sentence, Voice

Tier = Literal["concept", "narrower", "related", "near"]
Review = Literal["open", "accepted", "rejected"]


class Filters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Narrowing of a question; a field at its default narrows nothing.

    Some look at documents (year_from, year_to, kinds, documents, levels, regions, issuers, in_force, samples, internal), and these alone
    narrow the base of an answer; the others at single statements: of a text they leave the statements that fit, also in counts and in the
    sentences that a search finds. `basis` looks at links alone.
    """

    basis: tuple[Basis, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    kinds: tuple[str, ...] = ()
    """kinds of source: academic, official, law, report, news, essay, other"""
    documents: tuple[str, ...] = ()
    min_confidence: float = 0.0
    samples: Literal["only", "without", "auto"] = "auto"
    """`auto`: samples only while nothing else was added, so that they are never counted together"""
    review: tuple[Review, ...] = ()
    """`rejected` is never answered, whatever stands here"""
    levels: tuple[str, ...] = ()
    """levels of the issuer: central, ministry, province, city, county, township, …"""
    regions: tuple[str, ...] = ()
    """places that the document is about or comes from, as it names them"""
    forces: tuple[Force, ...] = ()
    """force of the measure"""
    voices: tuple[Voice, ...] = ()
    """whose claim: of the measure; where there is none, of the factor itself"""
    dims: tuple[Dim, ...] = ()
    actors: tuple[str, ...] = ()
    """kinds of actor that take the measure or face the problem: government, enterprise, …"""
    issuers: tuple[str, ...] = ()
    """bodies that issued the document, by name"""
    in_force: bool | None = None
    """true: only texts in force on the day `today`; false: only those that are not yet, or no longer"""
    today: str | None = None
    """ISO date that `in_force` is judged by; without it every text counts as in force"""
    concepts: tuple[str, ...] = ()
    """ids of concepts: statements about one of them, in their own words or those of their heading; of a link, at either end"""
    problems: tuple[str, ...] = ()
    """ids of concepts: dilemmas about one of them, links with such a dilemma at an end, and the statements at the other end of these"""
    internal: Literal["without", "with", "only"] = "without"
    """documents that are marked internal answer only when they are asked for"""

    @property
    def of_statements(self) -> bool:
        """Whether any filter looks at single statements. `basis` does not: a factor has none."""
        return bool(self.min_confidence > 0 or self.review or self.forces or self.voices or self.dims or self.actors or self.concepts or self.problems)


class SourceRef(msgspec.Struct, frozen=True, kw_only=True):
    """The document behind a row, as a page or citation names it."""

    document: str
    file: str
    """stem of the file as received"""
    title: str
    year: int | None
    date: str | None
    kind: str
    issuer: str | None
    authors: tuple[str, ...] = ()
    sample: bool = False
    access: Access = "open"
    """`quotes`: no more of it may be shown than its statements with their sentences"""


def supplied_title(file: str) -> str:
    """What a document without a title goes by: the name of its file in brackets, as cataloguers set what a text does not say of itself (ISBD, GB/T 3792)."""
    return f"[{file}]"


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Exact words with their place: `clean_text[start:end] == text` and `[sentence_start, sentence_end)` is the sentence around them."""

    factor: str
    type: FactorType
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    author: str
    confidence: float
    review: Review = "open"
    section: str = ""
    """heading path, outermost first, joined by ` / `"""


class RemedyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One remedy of one dilemma, by one link of one document."""

    link: str
    source: SourceRef
    dilemma: Quote
    remedy: Quote
    basis: Basis
    confidence: float
    author: str
    evidence: tuple[Place, ...]
    concept: str
    """id of the register's concept that the dilemma names"""
    tier: Tier = "concept"
    review: Review = "open"
    weak: bool = False
    """the concept stands in the heading above the dilemma, not in its own words"""
    force: Force | None = None
    """force of the remedy"""
    voice: Voice = "own"
    """whose claim the remedy is"""


class FactorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A factor of a concept, with or without a link: dilemmas without a remedy are rows of this kind."""

    source: SourceRef
    quote: Quote
    concept: str
    tier: Tier = "concept"
    weak: bool = False


class ConceptRef(msgspec.Struct, frozen=True, kw_only=True):
    """A concept as an answer names it."""

    id: str
    name: str
    english: str | None = None


class ConceptTier(msgspec.Struct, frozen=True, kw_only=True):
    """Concepts that an answer draws on in one step: the one asked for, narrower ones, neighbours, near misses."""

    tier: Tier
    concepts: tuple[str, ...]


class TierCount(msgspec.Struct, frozen=True, kw_only=True):
    """How much one tier brings: rows, and the distinct works behind them."""

    tier: Tier
    rows: int
    works: int
    stated: int = 0
    aligned: int = 0


class SearchBase(msgspec.Struct, frozen=True, kw_only=True):
    """What was searched, so that an empty answer says how much was looked at."""

    documents: int
    works: int
    year_from: int | None
    year_to: int | None
    sentences: int
    samples: bool
    """the documents are samples written for this project"""


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """One link between two factors of a document, with the words at both ends."""

    link: str
    type: LinkType
    document: SourceRef
    source: Quote
    target: Quote
    basis: Basis
    confidence: float
    author: str
    evidence: tuple[Place, ...]
    concept: str
    tier: Tier
    review: Review
    weak: bool
    force: Force | None
    voice: Voice
    """force and voice are those of the measure, where one end is a measure; else those of the target"""


class MapQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that a node of a map stands for."""

    source: SourceRef
    quote: Quote


class MapNode(msgspec.Struct, frozen=True, kw_only=True):
    """A concept, an actor, or the statements of one type that name one concept and little else, or have the same words."""

    id: str
    label: str
    kind: str
    """concept, driver, dilemma, countermeasure, goal or actor"""
    x: float
    y: float
    weight: int
    concept: str | None = None
    """id of the concept whose name the label is"""
    quotes: tuple[MapQuote, ...] = ()
    """of statements: all that are joined here, in the order of the answers"""


class MapEdge(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    target: str
    type: LinkType | Literal["about", "takes", "faces"]
    basis: Basis | None = None
    """`stated` where one of the links is"""
    weight: int = 1
    links: tuple[LinkRow, ...] = ()
    """between statements: the links that are joined here, with their words"""


class Neighbourhood(msgspec.Struct, frozen=True, kw_only=True):
    """A map around one concept with positions; `shown` of `total` links, ties and dilemmas without a remedy."""

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    shown: int
    total: int
    hidden: dict[str, int] = {}
    """what is not shown, by the kind of node that it would lead to: countermeasure, driver, goal, dilemma, concept"""


class LinkPage(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[LinkRow, ...]
    counts: tuple[TierCount, ...]

    @property
    def total(self) -> int:
        return sum(count.rows for count in self.counts)


class FactorPage(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[FactorRow, ...]
    counts: tuple[TierCount, ...]

    @property
    def total(self) -> int:
        return sum(count.rows for count in self.counts)


class RemedyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to "how does this concept link to proposed remedies?"."""

    question: str
    concept: ConceptRef | None
    """none where the register has no entry: the rows then come from the words themselves"""
    tiers: tuple[ConceptTier, ...]
    rows: tuple[RemedyRow, ...]
    counts: tuple[TierCount, ...]
    total: int
    works: int
    """distinct works of the first tier that has any"""
    unanswered: tuple[FactorRow, ...]
    """dilemmas of the concept that no remedy answers, the first of them"""
    unanswered_total: int
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class FactorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Factors of a concept: dilemmas, or those without a remedy."""

    question: str
    concept: ConceptRef | None
    tiers: tuple[ConceptTier, ...]
    rows: tuple[FactorRow, ...]
    counts: tuple[TierCount, ...]
    total: int
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class LinkAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Links of a concept: causes of a dilemma, goals of a measure."""

    question: str
    concept: ConceptRef | None
    tiers: tuple[ConceptTier, ...]
    rows: tuple[LinkRow, ...]
    counts: tuple[TierCount, ...]
    total: int
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a decision when the graph was made."""

    decision: str
    document: str
    state: Literal["applied", "queued", "undone"]
    reason: Literal["place_gone", "end_gone", "span_changed", "nothing_to_undo", "document_absent", "document_purged"] | None = None
    """why it is queued, or, of a document that was purged, undone"""
    target: str | None = None
    """factor or link that it was applied to; of a decision about a concept the factor"""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """decisions = applied + queued + undone, always."""

    decisions: int
    applied: int
    queued: int
    undone: int
    queue: tuple[Outcome, ...] = ()

    @property
    def balanced(self) -> bool:
        return self.decisions == self.applied + self.queued + self.undone


class DocumentSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the graph in one line."""

    source: SourceRef
    work: str
    stamp: str
    sentences: int
    factors: int
    links: int
    live: bool
    """false for a version that a later one supersedes: readable, in no answer"""
    supersedes: str | None = None


class ActorOf(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes a measure or faces a problem, as rows need it beside a factor of any document."""

    document: str
    factor: str
    actor: str
    kind: str
    type: Literal["takes", "faces"]
    role: str | None
    confidence: float


class FactorView(msgspec.Struct, frozen=True, kw_only=True):
    """A factor on the page of its document, rejected ones too."""

    id: str
    type: FactorType
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    section: str
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
    concepts: tuple[str, ...] = ()
    """ids of the concepts in its own words"""


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """A link on the page of its document, rejected ones too."""

    id: str
    type: LinkType
    source: str
    target: str
    basis: Basis
    confidence: float
    evidence: tuple[Place, ...]
    author: str
    review: Review
    live: bool
    """false where it, or an end of it, was rejected"""


class ActView(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes a measure or faces a problem."""

    actor: str
    kind: str
    factor: str
    type: Literal["takes", "faces"]
    role: str | None
    evidence: tuple[Place, ...]
    confidence: float
    author: str


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page of a document shows: `clean_text[start:end]` is the text of each block, sentence and factor."""

    source: SourceRef
    clean_text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    factors: tuple[FactorView, ...]
    links: tuple[LinkView, ...]
    acts: tuple[ActView, ...]
    outcomes: tuple[Outcome, ...]
    live: bool


class TermCount(msgspec.Struct, frozen=True, kw_only=True):
    """One word of a search: in how many sentences and documents it stands by itself."""

    term: str
    sentences: int
    documents: int


class SearchRow(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with the words searched for; `marks` are places of the words inside `text`."""

    source: SourceRef
    start: int
    text: str
    marks: tuple[Place, ...]
    section: str
    factors: tuple[FactorType, ...]
    """types of the factors in this sentence, in order"""
    hits: int
    """sentences of this document that were found"""


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences with all words of the question; where no sentence has all, those of documents that have all."""

    question: str
    terms: tuple[str, ...]
    apart: tuple[TermCount, ...]
    """each word by itself, where no sentence has them all"""
    left_out: tuple[str, ...]
    """words behind the most that are looked up at once"""
    within: Literal["sentence", "document"]
    rows: tuple[SearchRow, ...]
    total: int
    documents: int
    works: int
    base: SearchBase
    filters: Filters
    limit: int
    offset: int


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the graph, samples and added documents apart as the filters say."""

    base: SearchBase
    factors: dict[str, int]
    links: dict[str, int]
    """`addressed_by stated` → 12"""
    entities: dict[str, int]
    years: dict[str, int]
    """works by year; `""` for those without a date"""
    kinds: dict[str, int]
    concepts: tuple[ConceptCount, ...]
    """the commonest, by works"""
    reviews: dict[str, int]
    """factors by review state"""


class ConceptCount(msgspec.Struct, frozen=True, kw_only=True):
    concept: ConceptRef
    works: int
    rows: int


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that `check` found wrong, and what to do."""

    code: Literal["damaged", "edge_without_end", "quote_differs", "index_differs", "answers_differ", "orphan", "decisions"]
    what: str
    document: str | None = None
    remedy: str = "run `python -m zhengmai rebuild`"
