"""The table of `make bench-graph`: each figure as it is measured, and at the end all of them with their targets, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

__all__ = ["FILE", "Column", "Loaded", "Said", "Table", "Targets", "Times", "p95"]

BULK = 10_000
"""documents of a load that has a target"""


class Targets(NamedTuple):
    """What a store has to keep: milliseconds, p95, of single questions and of all others; seconds of a bulk load."""

    of: Mapping[str, float]
    other: float
    bulk_s: float

    def ms(self, name: str) -> float:
        return self.of.get(name, self.other)


FILE = Targets(of={"remedies of the hub": 50.0, "add one document": 60.0, "atlas": 1_000.0}, other=150.0, bulk_s=240.0)
"""of the file; the atlas is made once a version of the graph, and kept"""


class Column(NamedTuple):
    """Whose figures stand in a column: those of a graph of so many documents, and of which store where there are two."""

    count: int
    store: str = ""

    def __str__(self) -> str:
        return f"{self.count:,}" + (f", {self.store}" if self.store else "")


class Times(NamedTuple):
    """Milliseconds of each call: by the clock on the wall, and of the processor alone (what an idle machine would show)."""

    wall: list[float]
    cpu: list[float]


class Loaded(NamedTuple):
    """Seconds that a bulk load took by the clock, and of the processor in this process and in the one that projects."""

    wall: float
    cpu: float
    other_cpu: float


class Said(NamedTuple):
    """What a check of safety found; everything that is counted in `faults` has the target 0."""

    what: str
    found: str
    faults: int


def p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


class Table:
    """Figures in the order in which they were measured; `missed` counts those that are above their target.

    Figures of the store `beside` are shown for comparison and miss nothing.
    """

    def __init__(self, targets: Targets = FILE, *, beside: str | None = None) -> None:
        self.missed = 0
        self._targets, self._beside = targets, beside
        self._loads: dict[Column, Loaded] = {}
        self._times: dict[str, dict[Column, Times]] = {}
        self._said: list[Said] = []
        self._columns: dict[Column, None] = {}

    def _late(self, column: Column, name: str, times: Times) -> bool:
        return column.store != self._beside and p95(times.wall) > self._targets.ms(name)

    def _loaded_late(self, column: Column, load: Loaded) -> bool:
        return column.store != self._beside and column.count >= BULK and load.wall > self._targets.bulk_s

    def add_load(self, column: Column, load: Loaded) -> None:
        self._loads[column] = load
        late = self._loaded_late(column, load)
        self.missed += late
        print(
            f"  bulk load {column.store:13} {load.wall:9.1f} s   {load.wall / column.count * 1_000:.1f} ms a document; {_shares(load)}{_late(late)}", flush=True
        )

    def head(self, column: Column) -> None:
        name = f"milliseconds{', ' * bool(column.store)}{column.store}"
        print(f"  {name:40} {'p50':>9} {'p95':>9} {'processor p50':>15} {'p95':>9} {'target':>8} {'times':>6}")

    def add(self, column: Column, name: str, times: Times) -> None:
        self._times.setdefault(name, {})[column], self._columns[column] = times, None
        late = self._late(column, name, times)
        self.missed += late
        target = "" if column.store == self._beside else f"{self._targets.ms(name):.0f}"
        figures = f"{median(times.wall):9.1f} {p95(times.wall):9.1f} {median(times.cpu):15.1f} {p95(times.cpu):9.1f} {target:>8} {len(times.wall):6}"
        print(f"  {name:40} {figures}{_late(late)}", flush=True)

    def say(self, said: Said) -> None:
        self._said.append(said)
        self.missed += said.faults

    def print(self) -> None:
        """All figures in milliseconds by the clock; of the last and largest graph those of this side's processor too."""
        columns = sorted(self._columns)
        if columns:
            print("\n| milliseconds |" + "".join(f" {column}: p50 | p95 |" for column in columns) + " processor p50 | p95 | target p95 |")
            print("| --- |" + " --- | --- |" * len(columns) + " --- | --- | --- |")
        for name, by_column in self._times.items():
            cells = "".join(f" {median(by_column[n].wall):.1f} | {p95(by_column[n].wall):.1f} |" if n in by_column else " – | – |" for n in columns)
            largest = by_column[max(by_column)]
            late = any(self._late(column, name, times) for column, times in by_column.items())
            print(f"| {name} |{cells} {median(largest.cpu):.1f} | {p95(largest.cpu):.1f} | {self._targets.ms(name):.0f}{_late(late)} |")
        if self._loads or self._said:
            print("\n| figure | found | target |\n| --- | --- | --- |")
        for column, load in self._loads.items():
            judged = column.count >= BULK and column.store != self._beside
            target = f"{self._targets.bulk_s:.0f} s{_late(self._loaded_late(column, load))}" if judged else "–"
            print(f"| bulk load of {column} | {load.wall:.1f} s; {_shares(load)} | {target} |")
        for said in self._said:
            print(f"| {said.what} | {said.found} | 0{_late(said.faults > 0)} |")


def _shares(load: Loaded) -> str:
    return f"processor {load.cpu:.1f} s and, projecting, {load.other_cpu:.1f} s"


def _late(late: bool) -> str:
    return ", missed" if late else ""
