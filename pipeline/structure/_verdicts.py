"""What the passes over the lines have settled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.records import Role

if TYPE_CHECKING:
    from pipeline.structure._tables import Cell

__all__ = ["Verdicts", "squeeze"]

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Verdicts:
    """A role and, for what is left out, a reason by line index; `body` lists the lines that are left for headings and text."""

    role: list[Role | None]
    reason: list[str | None]
    body: list[int] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    """lines that name a row of a table written out line by line; they head what follows them"""

    rows_kept: dict[int, tuple[Cell, ...]] = field(default_factory=dict)
    """cells of the rows of tables that argue"""

    @classmethod
    def of(cls, size: int) -> Verdicts:
        """Nothing settled for `size` lines."""
        return cls([None] * size, [None] * size)

    def settle(self, line: int, role: Role, reason: str | None = None) -> None:
        """Gives `line` its role unless it has one."""
        if self.role[line] is None:
            self.role[line], self.reason[line] = role, reason

    def overrule(self, line: int, role: Role, reason: str | None = None) -> None:
        """Gives `line` a role whatever it had."""
        self.role[line], self.reason[line] = role, reason


def squeeze(text: str) -> str:
    """Letters and digits of `text` alone, for comparing lines."""
    return _BETWEEN.sub("", text)
