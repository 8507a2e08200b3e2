"""Tables of problem, cause and measure: linked row by row, never across rows. What a column holds, the structure has read from its header."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from pipeline.link._layout import Layout
from pipeline.records import LinkType
from pipeline.structure import Structure

_LINKS: dict[tuple[str, str], LinkType] = {
    ("dilemma", "countermeasure"): "addressed_by",
    ("dilemma", "driver"): "caused_by",
    ("countermeasure", "goal"): "achieves",
}
_FIT = {"dilemma": ("dilemma",), "countermeasure": ("countermeasure",), "driver": ("dilemma", "driver"), "goal": ("goal",)}
"""types of factor that a column speaks of: what a column of reasons (driver) names may itself be a problem"""


def rows_of(structure: Structure, layout: Layout) -> list[str]:
    """For each factor the id of the table row (a block) that holds it; empty outside tables."""
    blocks = [block for block in structure.blocks if block.start is not None]
    return [blocks[block].id if blocks[block].id in structure.rows else "" for block in layout.block]


def links_in_rows(structure: Structure, layout: Layout, of: list[str]) -> Iterator[tuple[LinkType, int, int]]:
    """(type, i, j) of the pairs that stand in the columns of one row.

    数据孤岛 | 部门分割 | 建立共享平台 under 问题, 原因, 措施 → caused_by and addressed_by of 数据孤岛.
    """
    begins = {block.id: block.start or 0 for block in structure.blocks}
    members: dict[str, list[int]] = {}
    for n, row in enumerate(of):
        if row:
            members.setdefault(row, []).append(n)
    for row, found in members.items():
        cells = structure.rows[row]
        edges = [begins[row] + cell.start for cell in cells]
        placed = []
        for n in found:
            at = max(0, bisect_right(edges, layout.factors[n].start) - 1)
            kind, column = layout.factors[n].type, cells[at].column
            # a column without a telling header holds what the factor is; a measure in the column of problems is none to its row
            what = column if kind in _FIT.get(column, ()) else kind if column not in _FIT else ""
            placed.append((n, at, what))
        for i, cell_i, what_i in placed:
            for j, cell_j, what_j in placed:
                link = _LINKS.get((what_i, what_j))
                if link and cell_i != cell_j:
                    yield link, i, j
