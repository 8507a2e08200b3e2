"""Addresses of the pages over many documents: causes and limits, comparison, matrix; with the narrowing that all of them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from app_pages._parts.address import FIRST_YEAR, LAST_YEAR, LONGEST_QUESTION, Params
from app_pages._parts.query import Query, choice, number, one, several
from graph.records import Filters
from pipeline.records import Basis, DocumentKind, Level

Side = Literal["causes", "effects", "limits", "limited"]
"""which end of which links: what a concept comes of, what comes of it, what measures about it meet, which measures meet it"""
Shape = Literal["quotes", "table"]
Way = Literal["sides", "disagreement", "path"]
By = Literal["year", "kind", "issuer", "level", "place"]
Rows = Literal["concepts", "dims"]

_LONGEST_NAME = 60
_MOST_NAMES = 20


def _names(query: Query, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word[:_LONGEST_NAME] for word in query.get_all(key)[:_MOST_NAMES] if word.strip()))


def _asked(query: Query, key: str) -> str:
    return one(query, key).strip()[:LONGEST_QUESTION]


def _given(params: Params) -> Params:
    return {name: value for name, value in params.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which documents and links are looked at; a suffix in the address keeps the two sides of a comparison apart."""

    kinds: tuple[DocumentKind, ...] = ()
    levels: tuple[Level, ...] = ()
    regions: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    basis: tuple[Basis, ...] = ()
    confidence: int = 0

    @classmethod
    def read(cls, query: Query, suffix: str = "") -> Narrowing:
        return cls(
            kinds=several(query, f"kind{suffix}", get_args(DocumentKind)),
            levels=several(query, f"level{suffix}", get_args(Level)),
            regions=_names(query, f"region{suffix}"),
            year_from=number(query, f"from{suffix}", FIRST_YEAR, LAST_YEAR),
            year_to=number(query, f"to{suffix}", FIRST_YEAR, LAST_YEAR),
            basis=several(query, f"basis{suffix}", get_args(Basis)),
            confidence=number(query, f"conf{suffix}", 0, 100) or 0,
        )

    def params(self, suffix: str = "") -> Params:
        values: Params = {
            "kind": list(self.kinds),
            "level": list(self.levels),
            "region": list(self.regions),
            "from": str(self.year_from or ""),
            "to": str(self.year_to or ""),
            "basis": list(self.basis),
            "conf": str(self.confidence or ""),
        }
        return _given({f"{name}{suffix}": value for name, value in values.items()})

    def filters(self) -> Filters:
        return Filters(
            kinds=self.kinds,
            levels=self.levels,
            regions=self.regions,
            year_from=self.year_from,
            year_to=self.year_to,
            basis=self.basis,
            min_confidence=self.confidence / 100,
        )

    @property
    def some(self) -> int:
        """How many kinds of narrowing are in force."""
        years = self.year_from is not None or self.year_to is not None
        return sum((bool(self.kinds), bool(self.levels), bool(self.regions), years, bool(self.basis), self.confidence > 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksAddress:
    """Causes and limits: `links?q=数据孤岛&side=effects`."""

    q: str = ""
    side: Side = "causes"
    narrow: Narrowing = field(default_factory=Narrowing)
    shape: Shape = "quotes"
    page: int = 1

    @classmethod
    def read(cls, query: Query) -> LinksAddress:
        return cls(
            q=_asked(query, "q"),
            side=choice(query, "side", get_args(Side)),
            narrow=Narrowing.read(query),
            shape=choice(query, "view", get_args(Shape)),
            page=number(query, "page", 1, 10_000) or 1,
        )

    def params(self) -> Params:
        return _given(
            {
                "q": self.q,
                "side": "" if self.side == "causes" else self.side,
                **self.narrow.params(),
                "view": "" if self.shape == "quotes" else self.shape,
                "page": "" if self.page == 1 else str(self.page),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareAddress:
    """Two sides of a matter: `compare?q=数据孤岛&with=数据共享`; without `with` one concept under two narrowings."""

    q: str = ""
    other: str = ""
    way: Way = "sides"
    left: Narrowing = field(default_factory=Narrowing)
    right: Narrowing = field(default_factory=Narrowing)

    @classmethod
    def read(cls, query: Query) -> CompareAddress:
        return cls(
            q=_asked(query, "q"),
            other=_asked(query, "with"),
            way=choice(query, "way", get_args(Way)),
            left=Narrowing.read(query),
            right=Narrowing.read(query, "2"),
        )

    def params(self) -> Params:
        way = "" if self.way == "sides" else self.way
        return _given({"q": self.q, "with": self.other, "way": way, **self.left.params(), **self.right.params("2")})


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixAddress:
    """A table of concepts or dims: `matrix?q=数据孤岛、人才短缺&by=kind&row=data-silos&col=official`."""

    q: str = ""
    """concepts of the rows, joined by 、; none: the commonest"""
    rows: Rows = "concepts"
    by: By = "year"
    narrow: Narrowing = field(default_factory=Narrowing)
    sort: str = ""
    """column that the rows are sorted by, the largest first; none: as they were asked for"""
    row: str = ""
    col: str = ""
    """the cell that is open"""

    @classmethod
    def read(cls, query: Query) -> MatrixAddress:
        return cls(
            q=_asked(query, "q"),
            rows=choice(query, "rows", get_args(Rows)),
            by=choice(query, "by", get_args(By)),
            narrow=Narrowing.read(query),
            sort=one(query, "sort")[:_LONGEST_NAME],
            row=one(query, "row")[:100],
            col=one(query, "col")[:_LONGEST_NAME],
        )

    def params(self) -> Params:
        return _given(
            {
                "q": self.q,
                "rows": "" if self.rows == "concepts" else self.rows,
                "by": "" if self.by == "year" else self.by,
                **self.narrow.params(),
                "sort": self.sort,
                "row": self.row,
                "col": self.col,
            }
        )
