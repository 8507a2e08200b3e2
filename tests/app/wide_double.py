"""The small corpus with what the pages over many documents ask of it besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from graph.overviews import Comparison, Disagreement, Matrix, PathAnswer, Trend
from graph.records import FactorAnswer, Filters, LinkAnswer
from tests.app.double import DoubleWorkspace
from zhengmai import asking, coverage
from zhengmai.changes import Change
from zhengmai.health import Health
from zhengmai.quality import Quality, quality
from zhengmai.reporting import Report

OPEN = Filters()


@dataclass
class WideWorkspace(DoubleWorkspace):
    """`zhengmai.asking` and `zhengmai.coverage` need a store and a register alone, and this has both."""

    changed: Sequence[Change] = ()
    reported: Sequence[Report] = ()
    checked: Health | None = None
    checks: int = 0
    wide: Any = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.wide = SimpleNamespace(store=self.store, register=self.register)

    def causes(self, question: str, filters: Filters = OPEN, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        return asking.causes(self.wide, question, filters, limit=limit, offset=offset)

    def effects(self, question: str, filters: Filters = OPEN, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        return asking.effects(self.wide, question, filters, limit=limit, offset=offset)

    def limits(self, question: str, filters: Filters = OPEN, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        return asking.limits(self.wide, question, filters, limit=limit, offset=offset)

    def limited(self, question: str, filters: Filters = OPEN, *, limit: int = 50, offset: int = 0) -> LinkAnswer:
        return asking.limited(self.wide, question, filters, limit=limit, offset=offset)

    def stated_about(self, question: str | Sequence[str] | None, filters: Filters = OPEN, *, limit: int = 50, offset: int = 0) -> FactorAnswer:
        return asking.stated_about(self.wide, question, filters, limit=limit, offset=offset)

    def trend(self, question: str, filters: Filters = OPEN, *, narrower: bool = True) -> Trend:
        return asking.trend(self.wide, question, filters, narrower=narrower)

    def matrix(self, rows: Sequence[str] | None = None, filters: Filters = OPEN, *, by: Any = "year") -> Matrix:
        return asking.matrix(self.wide, rows, filters, by=by)

    def paths(self, source: str, target: str, filters: Filters = OPEN, *, limit: int = 5) -> PathAnswer:
        return asking.paths(self.wide, source, target, filters, limit=limit)

    def compare(self, left: str, right: str | None = None, filters: Filters = OPEN, right_filters: Filters | None = None) -> Comparison:
        return asking.compare(self.wide, left, right, filters, right_filters)

    def disagreement(self, question: str, filters: Filters = OPEN, *, limit: int = 20) -> Disagreement:
        return asking.disagreement(self.wide, question, filters, limit=limit)

    def coverage(self, *, samples: bool = False) -> coverage.Coverage:
        return coverage.coverage(self.wide, samples=samples)

    def quality(self) -> Quality:
        return quality()

    def last_changes(self, *, limit: int = 20) -> tuple[Change, ...]:
        return tuple(self.changed[:limit])

    def reports(self) -> tuple[Report, ...]:
        return (*self.reported, *super().reports())

    def start_check(self) -> None:
        self.checks += 1

    def health(self) -> Health | None:
        return self.checked
