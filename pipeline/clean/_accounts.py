"""Where every character of a source text went: kept, replaced or dropped, each with its raw place. What the laws of cleaning are tested by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from corpus.records import SourceText
from pipeline.clean._draft import Draft


@dataclass(frozen=True, slots=True)
class Account:
    """How many characters of the source were kept as they are, and in how many stretches the others were changed or dropped."""

    kept: int
    changed: int
    faults: tuple[str, ...]
    """what breaks the law: a character that vanished unseen, a place that runs backwards, an entry outside the text"""


def account_for(draft: Draft, source: SourceText) -> Account:
    """The account of `draft`; without faults if each character of `source` is in the draft or named by an entry of the journal."""
    size = len(source.text)
    faults: list[str] = []
    if not len(draft.text) == len(draft.starts) == len(draft.ends):
        faults.append(f"{len(draft.text)} characters, but {len(draft.starts)} and {len(draft.ends)} places")
        return Account(0, len(draft.journal), tuple(faults))
    named = bytearray(size)
    for change in draft.journal:
        start, end = change.raw
        if not 0 <= start <= end <= size:
            faults.append(f"{change.kind} at {change.raw}: outside the source of {size} characters")
            continue
        named[start:end] = b"\1" * (end - start)
    before = [0, *accumulate(named)]
    kept = 0
    last_start = last_end = 0
    for i, character in enumerate(draft.text):
        start, end = draft.starts[i], draft.ends[i]
        if start < last_start or end < last_end:
            faults.append(f"character {i} came from [{start}, {end}), before the one in front of it from [{last_start}, {last_end})")
        last_start, last_end = start, end
        if not 0 <= start <= end <= size:
            faults.append(f"character {i}: [{start}, {end}) is outside the source of {size} characters")
        elif end == start + 1 and source.text[start] == character:
            kept += 1
            named[start] = 1
        elif before[end] - before[start] < end - start:
            faults.append(f"character {i} {character!r} came from {source.text[start:end]!r} without an entry in the journal")
    lost = named.find(0)
    if lost >= 0:
        faults.append(f"character {lost} {source.text[lost]!r} of the source is neither kept nor in the journal ({named.count(0)} such)")
    return Account(kept, len(draft.journal), tuple(faults))
