"""Ways from one concept to another, level by level from both ends, each step with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from graph.overviews import Path, PathAnswer, PathStep
from graph.questions._asked import check_page, checked, meaning
from graph.records import Filters
from graph.register import Concepts
from graph.store import GraphStore

__all__ = ["paths"]

_OPEN = Filters()
_LONGEST = 4
_MOST_LOOKED_AT = 2_000
_MOST_WAYS = 200

Ways = dict[str, list[tuple[str, ...]]]


def paths(store: GraphStore, register: Concepts, source: str, target: str, *, filters: Filters = _OPEN, limit: int = 5, longest: int = _LONGEST) -> PathAnswer:
    """The shortest ways by which links join two concepts (at most `longest` steps), those through the best supported steps first.

    A step is a link between factors whose own words name its two concepts; it shows the surest such link and says how many works
    have one. Nothing is found where nothing joins them: then `looked_at` says how many concepts were tried.
    """
    check_page(limit=limit, offset=0)
    filters = checked(filters)
    one, other = meaning(register, source).concept, meaning(register, target).concept
    found: list[tuple[str, ...]] = []
    looked_at = 0
    if one and other and one.id != other.id:
        found, looked_at = _ways(store, one.id, other.id, filters, longest)
    steps = _steps(store, found, filters) if found else {}
    # a step that somebody took out of the graph meanwhile takes its way with it
    answers = [Path(steps=tuple(steps[pair] for pair in pairwise(way))) for way in found if all(pair in steps for pair in pairwise(way))]
    # a way is as strong as its weakest step
    answers.sort(key=lambda path: (-min(step.works for step in path.steps), [step.target.id for step in path.steps]))
    return PathAnswer(source=one, target=other, paths=tuple(answers[:limit]), looked_at=looked_at, longest=longest, base=store.base(filters), filters=filters)


def _ways(store: GraphStore, one: str, other: str, filters: Filters, longest: int) -> tuple[list[tuple[str, ...]], int]:
    """All shortest ways between two concepts, and how many concepts were looked at."""
    sides: tuple[Ways, Ways] = ({one: [(one,)]}, {other: [(other,)]})
    fronts: list[Ways] = [dict(sides[0]), dict(sides[1])]
    for _ in range(longest):
        # the smaller front grows: a hub is opened only when nothing else is left
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        tied = store.tied(sorted(fronts[side]), filters=filters)
        fronts[side] = _grown(fronts[side], tied, sides[side])
        sides[side].update(fronts[side])
        looked_at = len(sides[0]) + len(sides[1])
        meeting = sorted(set(fronts[side]) & set(sides[1 - side]))
        if meeting:
            ways = [(*start, *reversed(end[:-1])) for middle in meeting for start in sides[0][middle] for end in sides[1][middle]]
            shortest = min(map(len, ways))
            return sorted(way for way in ways if len(way) == shortest)[:_MOST_WAYS], looked_at
        if not fronts[side] or looked_at > _MOST_LOOKED_AT:
            return [], looked_at
    return [], len(sides[0]) + len(sides[1])


def _grown(front: Ways, tied: Mapping[str, tuple[str, ...]], seen: Ways) -> Ways:
    grown: Ways = {}
    for concept in sorted(front):
        for neighbour in tied.get(concept, ()):
            if neighbour not in seen:
                ways = grown.setdefault(neighbour, [])
                ways.extend((*way, neighbour) for way in front[concept][: max(0, _MOST_WAYS - len(ways))])
    return grown


def _steps(store: GraphStore, ways: Sequence[tuple[str, ...]], filters: Filters) -> dict[tuple[str, str], PathStep]:
    """Every step of the ways with its surest link."""
    names = {ref.id: ref for ref in store.concepts(sorted({concept for way in ways for concept in way}))}
    pairs = sorted({pair for way in ways for pair in pairwise(way) if pair[0] in names and pair[1] in names})
    found = store.links_between(pairs, filters=filters)
    return {
        (here, there): PathStep(source=names[here], target=names[there], forward=between.forward, link=between.link, works=between.works)
        for (here, there), between in found.items()
    }
