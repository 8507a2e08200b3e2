"""Mentions → entities: overlaps settled, mentions of one name joined, aliases kept inside the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.extract.entities._mention import Mention, bare
from pipeline.records import Entity, EntityType, content_id


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in order, none overlapping another: the longer stays, of equals the surer, then the earlier."""
    taken: list[tuple[int, int]] = []
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.size, -m.confidence, m.start, m.type)):
        at = bisect_right(taken, (mention.start, 1 << 60))
        before = at and taken[at - 1][1] > mention.start
        behind = at < len(taken) and taken[at][0] < mention.end
        if not before and not behind:
            taken.insert(at, (mention.start, mention.end))
            out.append(mention)
    return sorted(out, key=lambda m: m.start)


def gather(text: str, mentions: Iterable[Mention], *, author: str) -> tuple[Entity, ...]:
    """Entities in order of their first mention; `name` is the full name, `aliases` what else the document calls it."""
    groups: dict[tuple[EntityType, str], list[Mention]] = {}
    for mention in mentions:
        name = bare(mention.name or text[mention.start : mention.end])
        if name:
            groups.setdefault((mention.type, name), []).append(mention)
    out = []
    for (kind, name), found in groups.items():
        surfaces = [bare(text[m.start : m.end]) for m in found]
        out.append(
            Entity(
                id=content_id("e", kind, name),
                type=kind,
                name=name,
                aliases=tuple(dict.fromkeys(s for s in surfaces if s and s != name)),
                mentions=tuple((m.start, m.end) for m in found),
                confidence=round(max(m.confidence for m in found), 4),
                author=author,
            )
        )
    return tuple(sorted(out, key=lambda e: (e.mentions[0], e.type)))
