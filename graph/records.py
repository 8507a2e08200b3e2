"""Typed rows: what questions ask with and what they answer. View models of the pages and of `--json` are made of these alone."""

from __future__ import annotations

from typing import Literal

import msgspec

from pipeline.records import Basis, FactorType, LinkType, Place

Tier = Literal["concept", "narrower", "related", "near"]
Review = Literal["open", "accepted", "rejected"]


class Filters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Narrowing of a question; a field at its default narrows nothing."""

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


class FactorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A factor of a concept, with or without a link: dilemmas without a remedy are rows of this kind."""

    source: SourceRef
    quote: Quote
    concept: str
    tier: Tier = "concept"


class MapNode(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    label: str
    kind: str
    """concept, driver, dilemma, countermeasure, goal or actor"""
    x: float
    y: float
    weight: int
    document: str | None = None
    start: int | None = None


class MapEdge(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    target: str
    type: LinkType | Literal["about", "takes", "faces"]
    basis: Basis | None = None
    weight: int = 1


class Neighbourhood(msgspec.Struct, frozen=True, kw_only=True):
    """A map around one concept with positions; `shown` of `total` neighbours."""

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    shown: int
    total: int
