"""Whether an answer that was frozen once still stands: in its file, and in this corpus."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from graph.export.frozen import State, frozen_state, rows_of
from graph.questions import read_filters
from zhengmai import asking
from zhengmai.holdings import Holdings

__all__ = ["Verified", "verify"]


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """`state` of the file; `now` says whether the corpus gives the same rows to the same question with the same filters."""

    state: State
    now: Literal["same", "different", "unasked"]
    rows: int
    rows_now: int
    cite: str


def verify(holdings: Holdings, data: bytes, *, name: str) -> Verified:
    """What became of a frozen answer; a file that was altered is not asked again.

    Raises:
        BrokenLines: it is no frozen answer.
        UnknownFilter: its filters are not those of this program.
    """
    state, answer = frozen_state(data, name=name)
    rows, cite = len(answer["rows"]), str(answer.get("cite", ""))
    manifest: dict[str, Any] = answer["manifest"]
    if state != "unchanged" or not manifest.get("question"):
        return Verified(state=state, now="unasked", rows=rows, rows_now=0, cite=cite)
    found = asking.remedies(holdings, manifest["question"], read_filters(manifest.get("filters", {})), limit=asking.MOST_ROWS)
    fresh = {"rows": [*map(asking.flat, found.rows)]}
    return Verified(state=state, now="same" if rows_of(fresh) == rows_of(answer) else "different", rows=rows, rows_now=len(found.rows), cite=cite)
