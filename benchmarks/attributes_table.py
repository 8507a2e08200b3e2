"""The table of who, where, when, force and voice with its targets: what `python -m benchmarks attributes --all` prints."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Protocol

from benchmarks import shared
from benchmarks.overall import extract_timed


class Samples(Protocol):
    """Figures of the labelled samples, 0 to 1."""

    @property
    def force(self) -> float: ...
    @property
    def force_lenient(self) -> float: ...
    @property
    def voice(self) -> float: ...
    @property
    def source(self) -> float: ...
    @property
    def where(self) -> float: ...
    @property
    def when(self) -> float: ...


FOUND = (
    ("actors", "entity actor", 0.80),
    ("policies", "entity policy", 0.86),
    ("technologies", "entity technology", 0.72),
    ("cases", "entity case", 0.62),
    ("concepts", "entity concept", 0.55),
    ("acts, found factors", "acts", 0.55),
    ("dim of found factors", "dim of found factors", 0.72),
)
"""row of the table, measure of the scorer, target"""
SPEED = 5000
"""characters a second of one processor"""


def table(part: str, samples: Samples, *, statements: Path | None = None) -> list[str]:
    """Rows of Markdown: figure, what was found on `part` and on how much, target, whether it is reached.

    The documents are read anew by the whole line, unless `statements` holds their files.
    """
    if statements:
        found, speed = _scored(part, statements), None
    else:
        with tempfile.TemporaryDirectory() as scratch:
            files = shared.documents(part)
            measured = extract_timed(files, Path(scratch))
            if unread := [file.name for file in files if not (Path(scratch) / f"{file.stem}.json").exists()]:
                raise SystemExit(f"attributes: not read: {', '.join(unread)}")
            speed = measured["characters"] / measured["processor"]
            found = _scored(part, Path(scratch))
    rows: list[tuple[str, str, float, float]] = [
        (name, f"of {found[measure]['gold']}; P {found[measure]['p']:.3f} R {found[measure]['r']:.3f}", found[measure]["f"], target)
        for name, measure, target in FOUND
    ]
    rows += [
        ("force, strictly", "labelled", samples.force, 0.82),
        ("force, alternatives counted", "labelled", samples.force_lenient, 0.90),
        ("voice, F1 of not own", "labelled", samples.voice, 0.70),
        ("voice, source words", "labelled", samples.source, 0.85),
        ("where of measures", "150 checked, train and dev", samples.where, 0.80),
        ("when of measures", "150 checked, train and dev", samples.when, 0.80),
    ]
    lines = [f"| {part} | found | target | | of what |", "| --- | --- | --- | --- | --- |"]
    # judged as printed: 0.7999 is shown as 0.800 and counts as that
    lines += [f"| {name} | {value:.3f} | {target:.2f} | {'reached' if round(value, 3) >= target else 'missed'} | {of} |" for name, of, value, target in rows]
    if speed is not None:
        lines.append(f"| characters a processor second | {speed:,.0f} | {SPEED:,} | {'reached' if speed >= SPEED else 'missed'} | the whole line |")
    return lines


def _scored(part: str, out: Path) -> dict[str, Any]:
    scored: dict[str, Any] = shared.scorer().score(shared.BENCHMARK / "gold", out, part=part)
    return scored
