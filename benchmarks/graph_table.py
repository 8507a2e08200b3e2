"""The table of `make bench-graph`: each figure as it is measured, and at the end all of them with their targets, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

__all__ = ["Loaded", "Said", "Table", "Times", "p95"]

TARGETS = {"remedies of the hub": 50.0, "add one document": 60.0, "atlas": 1_000.0}
"""milliseconds; the atlas is made once a version of the graph, and kept"""
OTHER_TARGET = 150.0
BULK_TARGET_S, BULK = 240.0, 10_000


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
    """Figures in the order in which they were measured; `missed` counts those that are above their target."""

    def __init__(self) -> None:
        self.missed = 0
        self._loads: dict[int, Loaded] = {}
        self._times: dict[str, dict[int, Times]] = {}
        self._said: list[Said] = []
        self._counts: dict[int, None] = {}

    def add_load(self, count: int, load: Loaded) -> None:
        self._loads[count], self._counts[count] = load, None
        late = count >= BULK and load.wall > BULK_TARGET_S
        self.missed += late
        shares = f"processor {load.cpu:.1f} s and, projecting, {load.other_cpu:.1f} s"
        print(f"  bulk load               {load.wall:9.1f} s   {load.wall / count * 1_000:.1f} ms a document; {shares}{_late(late)}", flush=True)

    def head(self) -> None:
        print(f"  {'milliseconds':40} {'p50':>9} {'p95':>9} {'processor p50':>15} {'p95':>9} {'target':>8} {'times':>6}")

    def add(self, count: int, name: str, times: Times) -> None:
        self._times.setdefault(name, {})[count], self._counts[count] = times, None
        target = TARGETS.get(name, OTHER_TARGET)
        late = p95(times.wall) > target
        self.missed += late
        figures = f"{median(times.wall):9.1f} {p95(times.wall):9.1f} {median(times.cpu):15.1f} {p95(times.cpu):9.1f} {target:8.0f} {len(times.wall):6}"
        print(f"  {name:40} {figures}{_late(late)}", flush=True)

    def say(self, said: Said) -> None:
        self._said.append(said)
        self.missed += said.faults

    def print(self) -> None:
        """All figures in milliseconds by the clock; of the largest graph those of the processor too."""
        counts = sorted(self._counts)
        if counts:
            print("\n| milliseconds |" + "".join(f" {count:,}: p50 | p95 |" for count in counts) + " processor p50 | p95 | target p95 |")
            print("| --- |" + " --- | --- |" * len(counts) + " --- | --- | --- |")
        for name, by_count in self._times.items():
            target = TARGETS.get(name, OTHER_TARGET)
            cells = "".join(f" {median(by_count[n].wall):.1f} | {p95(by_count[n].wall):.1f} |" if n in by_count else " – | – |" for n in counts)
            largest = by_count[max(by_count)]
            late = any(p95(times.wall) > target for times in by_count.values())
            print(f"| {name} |{cells} {median(largest.cpu):.1f} | {p95(largest.cpu):.1f} | {target:.0f}{_late(late)} |")
        if self._loads or self._said:
            print("\n| figure | found | target |\n| --- | --- | --- |")
        for count, load in self._loads.items():
            target_ = f"{BULK_TARGET_S:.0f} s{_late(load.wall > BULK_TARGET_S)}" if count >= BULK else "–"
            print(f"| bulk load of {count:,} | {load.wall:.1f} s; processor {load.cpu:.1f} s and, projecting, {load.other_cpu:.1f} s | {target_} |")
        for said in self._said:
            print(f"| {said.what} | {said.found} | 0{_late(said.faults > 0)} |")


def _late(late: bool) -> str:
    return ", missed" if late else ""
