"""Short names that a document gives itself: 甲省政务服务和数据管理局（以下简称数管局）. They hold in this document alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.entities._mention import LONGEST, Mention, places_of

_GIVEN = re.compile(
    r"[（(](?:以下|下文|下称|简称|以下统称|统称|以下合称)(?:统称|合称|简称|称)?(?:为|：|:)?[“”\"‘’《]?"
    r"([^（()）“”\"‘’《》，。；\n]{1,20})[“”\"’》]?[^（()）\n]{0,6}[）)]"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """`short` stands for the mention `of` from offset `since` on."""

    short: str
    of: Mention
    since: int


def find_aliases(text: str, mentions: Sequence[Mention]) -> Iterator[Alias]:
    """Short names given in brackets behind a mention, or behind the same 《》 title; nothing where no mention ends there."""
    by_end = {mention.end: mention for mention in mentions}
    for match in _GIVEN.finditer(text):
        mention = by_end.get(match.start())
        short = match.group(1).strip()
        if mention is not None and 1 < len(short) <= LONGEST and short != text[mention.start : mention.end]:
            yield Alias(short, mention, match.start(1))


def mentions_of(text: str, aliases: Sequence[Alias]) -> Iterator[Mention]:
    """Later places of the short names, each standing for the full name."""
    for alias in aliases:
        full = text[alias.of.start : alias.of.end]
        for start, end in places_of(text, alias.short, alias.since):
            yield Mention(start=start, end=end, type=alias.of.type, confidence=0.9, name=full)
