"""The address: the whole state of a view in the URL, read into frozen records and written back.

The URL is the only truth: each run reads it first and sets the widgets by it, a widget's callback writes it. So a reload, a bookmark, Back
and Forward show the same view, and a link to another page carries only what that page was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from app_pages._parts.query import Query, choice, number, one, several
from graph.questions import More
from graph.records import Filters
from pipeline.records import FACTOR_TYPES, Basis, DocumentKind, FactorType, Force, Level, Voice

Params = dict[str, str | list[str]]
Page = Literal["", "document", "documents", "overview", "links", "compare", "matrix", "basket", "reports"]
"""URL path of a page; the question page stands at the root"""

View = Literal["quotes", "table", "chain"]
Tab = Literal["text", "cleaning", "source"]
Relation = Literal["addressed_by", "caused_by", "achieves"]
"""links that the map can be narrowed to"""
MapKind = Literal["concept", "driver", "dilemma", "countermeasure", "goal", "actor"]
"""kinds of nodes that the map can leave out"""
InForce = Literal["", "yes", "no"]
Looked = Literal["open", "accepted"]
"""review states that an answer can have: what was rejected is in none"""

LONGEST_QUESTION = 300
LONGEST_NAME, MOST_NAMES = 60, 20
"""of places in an address"""
FIRST_YEAR, LAST_YEAR = 1900, 2100

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


def _names(query: Query, key: str) -> tuple[str, ...]:
    """Names that no list of ours fixes, each once, in the order of the address."""
    return tuple(dict.fromkeys(name for word in query.get_all(key) if (name := word.strip()[:LONGEST_NAME])))[:MOST_NAMES]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAddress:
    """A view of the question page. What does not fit is left out in reading, never an error: people edit and cut URLs."""

    q: str = ""
    basis: tuple[Basis, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    levels: tuple[Level, ...] = ()
    regions: tuple[str, ...] = ()
    forces: tuple[Force, ...] = ()
    voices: tuple[Voice, ...] = ()
    review: tuple[Looked, ...] = ()
    in_force: InForce = ""
    year_from: int | None = None
    year_to: int | None = None
    confidence: int = 0
    """least confidence in per cent"""
    unsure: bool = False
    """less certain rows are shown too"""
    view: View = "quotes"
    page: int = 1
    node: str = ""
    """chosen node of the map"""
    relations: tuple[Relation, ...] = ()
    """links on the map; none means all"""
    more: More | Literal[""] = ""
    """kind of which the map shows more"""
    hidden: tuple[MapKind, ...] = ()
    """kinds of nodes that the map leaves out"""
    steps: Literal[1, 2] = 1
    card: bool = False
    """the card of the concept is open"""

    @classmethod
    def read(cls, query: Query) -> QuestionAddress:
        """The view that an address names: `?q=数据孤岛&basis=stated`."""
        return cls(
            q=one(query, "q").strip()[:LONGEST_QUESTION],
            basis=several(query, "basis", get_args(Basis)),
            kinds=several(query, "kind", get_args(DocumentKind)),
            levels=several(query, "level", get_args(Level)),
            regions=_names(query, "region"),
            forces=several(query, "force", get_args(Force)),
            voices=several(query, "voice", get_args(Voice)),
            review=several(query, "review", get_args(Looked)),
            in_force=choice(query, "valid", get_args(InForce)),
            year_from=number(query, "from", FIRST_YEAR, LAST_YEAR),
            year_to=number(query, "to", FIRST_YEAR, LAST_YEAR),
            confidence=number(query, "conf", 0, 100) or 0,
            unsure=one(query, "unsure") == "1",
            view=choice(query, "view", get_args(View)),
            page=number(query, "page", 1, 10_000) or 1,
            node=one(query, "node")[:100],
            relations=several(query, "rel", get_args(Relation)),
            more=choice(query, "more", ("", *get_args(More))),
            hidden=several(query, "hide", get_args(MapKind)),
            steps=2 if one(query, "steps") == "2" else 1,
            card=one(query, "card") == "1",
        )

    def params(self) -> Params:
        """The address again; what is at its default is left out, so that one view has one address."""
        all_of_them: Params = {
            "q": self.q,
            "basis": list(self.basis),
            "kind": list(self.kinds),
            "level": list(self.levels),
            "region": list(self.regions),
            "force": list(self.forces),
            "voice": list(self.voices),
            "review": list(self.review),
            "valid": self.in_force,
            "from": str(self.year_from or ""),
            "to": str(self.year_to or ""),
            "conf": str(self.confidence or ""),
            "unsure": "1" if self.unsure else "",
            "view": "" if self.view == "quotes" else self.view,
            "page": "" if self.page == 1 else str(self.page),
            "node": self.node,
            "rel": list(self.relations),
            "more": self.more,
            "hide": list(self.hidden),
            "steps": "" if self.steps == 1 else str(self.steps),
            "card": "1" if self.card else "",
        }
        return {name: value for name, value in all_of_them.items() if value}

    def filters(self) -> Filters:
        """The narrowing that the graph understands."""
        return Filters(
            basis=self.basis,
            kinds=self.kinds,
            levels=self.levels,
            regions=self.regions,
            forces=self.forces,
            voices=self.voices,
            review=self.review,
            in_force={"yes": True, "no": False}.get(self.in_force),
            year_from=self.year_from,
            year_to=self.year_to,
            min_confidence=self.confidence / 100,
        )

    @property
    def narrowed(self) -> bool:
        return self.filters() != Filters()

    def plain(self) -> QuestionAddress:
        """The same question in the same view without any filter."""
        return QuestionAddress(q=self.q, view=self.view, unsure=self.unsure)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAddress:
    """A view of one document: `?doc=d0123456789abcdef&at=120-131`."""

    doc: str = ""
    at: tuple[int, int] | None = None
    """place that is shown first, `[start, end)` of the cleaned text"""
    tab: Tab = "text"
    types: tuple[FactorType, ...] = ()
    """factor types that are marked; none means all"""

    @classmethod
    def read(cls, query: Query) -> DocumentAddress:
        """The view that an address names; a place that is none (`at=9-3`) is left out."""
        place = _PLACE.fullmatch(one(query, "at"))
        at = (int(place[1]), int(place[2])) if place and int(place[1]) < int(place[2]) else None
        return cls(doc=one(query, "doc")[:100], at=at, tab=choice(query, "tab", get_args(Tab)), types=several(query, "type", FACTOR_TYPES))

    def params(self) -> Params:
        all_of_them: Params = {
            "doc": self.doc,
            "at": f"{self.at[0]}-{self.at[1]}" if self.at else "",
            "tab": "" if self.tab == "text" else self.tab,
            "type": list(self.types),
        }
        return {name: value for name, value in all_of_them.items() if value}

    @property
    def place(self) -> str:
        """Name of the place that is scrolled to, or nothing; another place, another name."""
        return f"{self.doc}:{self.at[0]}-{self.at[1]}" if self.at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsAddress:
    """A view of the list of documents: `?find=共享&page=2`."""

    find: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Query) -> DocumentsAddress:
        return cls(find=one(query, "find").strip()[:LONGEST_QUESTION], page=number(query, "page", 1, 100_000) or 1)

    def params(self) -> Params:
        all_of_them: Params = {"find": self.find, "page": "" if self.page == 1 else str(self.page)}
        return {name: value for name, value in all_of_them.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketAddress:
    """A view of the quotes kept: `?name=开题`."""

    name: str = ""

    @classmethod
    def read(cls, query: Query) -> BasketAddress:
        return cls(name=one(query, "name")[:LONGEST_NAME])

    def params(self) -> Params:
        return {"name": self.name} if self.name else {}


def href(page: Page, params: Params) -> str:
    """A link within the page, `&`, `#`, `%` and `+` encoded: `href("document", {"doc": "d1", "at": "3-9"})` → `document?doc=d1&at=3-9`."""
    query = urlencode(params, doseq=True)
    return f"{page or './'}?{query}" if query else page or "./"
