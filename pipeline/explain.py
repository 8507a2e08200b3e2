"""A statement file told block by block: what was kept, dropped or repaired, and why; with `factors`, who said what and how surely."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from pipeline.records import Block, Factor, Repair, Statements

WIDTH = 100


def _short(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= WIDTH else f"{flat[: WIDTH - 12]} … ({len(flat)})"


def repairs_by_block(statements: Statements) -> dict[str, list[Repair]]:
    """Block id → the repairs whose raw place begins in it; what lies between two blocks goes to the nearer one, so that a `#` stands with its heading."""
    out: dict[str, list[Repair]] = defaultdict(list)
    blocks = sorted(statements.blocks, key=_raw_start)
    firsts = [block.raw[0] for block in blocks]
    for repair in statements.repairs if blocks else ():
        at = max(0, bisect_right(firsts, repair.raw[0]) - 1)
        if at + 1 < len(blocks) and blocks[at + 1].raw[0] - repair.raw[1] < repair.raw[0] - blocks[at].raw[1]:
            at += 1
        out[blocks[at].id].append(repair)
    return dict(out)


def _raw_start(block: Block) -> int:
    return block.raw[0]


def explain(statements: Statements, *, factors: bool = False) -> Iterator[str]:
    """Lines for a person: a head with what the document says of itself, then each block with its fate.

    A kept block begins with `+`, one left out with `-` and its reason; `~` names a repair with its raw place.
    """
    info = statements.document
    date = info.date.value if info.date else "no date"
    yield f"{info.title or '(no title found)'} · {info.kind} · {date} · {info.number or 'no number'} · {info.script} · {info.encoding}"
    for warning in info.warnings:
        yield f"! {warning.code}: {warning.message}"
    repairs = repairs_by_block(statements)
    found: dict[str, list[Factor]] = defaultdict(list)
    starts = [sentence.start for sentence in statements.sentences]
    for factor in statements.factors if factors else ():
        sentence = statements.sentences[bisect_right(starts, factor.start) - 1]
        found[sentence.block].append(factor)
    for block in statements.blocks:
        mark = "+" if block.kept else "-"
        words: list[str] = [block.role]
        if block.level:
            words.append(f"level {block.level}")
        if block.zone:
            words.append(f"zone {block.zone}")
        if block.reason:
            words.append(f"because: {block.reason}")
        yield f"{mark} [{block.raw[0]}, {block.raw[1]}) {', '.join(words)} | {_short(block.text)}"
        for repair in repairs.get(block.id, ()):
            sure = "" if repair.certain else " (not certain)"
            yield f"    ~ [{repair.raw[0]}, {repair.raw[1]}) {repair.kind}{sure}: {_short(repair.text) or '(dropped)'}"
        for factor in found.get(block.id, ()):
            second = f", else {factor.runner_up.type} {factor.runner_up.confidence:.2f}" if factor.runner_up else ""
            yield f"    * {factor.type} [{factor.start}, {factor.end}) {factor.text} · {factor.confidence:.2f}{second} · {factor.author}"
