"""All concepts at a glance: which belong together, and which lie on the ways between others."""

from __future__ import annotations

import networkx as nx

from graph.errors import BadPage
from graph.layout import positions
from graph.overviews import Atlas, AtlasNode, Community, ConceptPair
from graph.questions import checked
from graph.records import ConceptRef, Filters
from graph.store import GraphStore

__all__ = ["atlas"]

_SEED = 7
_MOST_NODES = 150
_NAMED_BY = 3
_MOST_PAIRS = 3_000
_OPEN = Filters()


def atlas(store: GraphStore, *, filters: Filters = _OPEN, nodes: int = 120) -> Atlas:
    """The strongest ties between concepts (by works), with communities named by their most central concepts, and positions.

    Raises:
        BadPage: more nodes than a person can read (150).
    """
    if not 0 <= nodes <= _MOST_NODES:
        raise BadPage(limit=nodes, offset=0, most=_MOST_NODES)
    filters = checked(filters)
    pairs, total = store.pairs(filters=filters, limit=_MOST_PAIRS)
    kept = _strongest(pairs, nodes)
    graph = nx.Graph()
    names: dict[str, ConceptRef] = {}
    for pair in kept:
        names[pair.one.id], names[pair.other.id] = pair.one, pair.other
        graph.add_edge(pair.one.id, pair.other.id, weight=pair.works)
    central: dict[str, float] = nx.betweenness_centrality(graph) if len(graph) else {}
    communities = _communities(graph, central, names)
    member = {concept: community.number for community in communities for concept in community.concepts}
    places = positions(graph)
    return Atlas(
        nodes=tuple(
            AtlasNode(
                concept=names[concept],
                community=member[concept],
                centrality=round(central[concept], 4),
                works=max(data["weight"] for _, _, data in graph.edges(concept, data=True)),
                x=places[concept][0],
                y=places[concept][1],
            )
            for concept in sorted(graph, key=lambda concept: (-central[concept], concept))
        ),
        pairs=tuple(kept),
        communities=tuple(communities),
        shown=len(kept),
        total=total,
        base=store.base(filters),
        filters=filters,
    )


def _strongest(pairs: tuple[ConceptPair, ...], nodes: int) -> list[ConceptPair]:
    """Pairs in order of their works, as long as their concepts fit."""
    seen: set[str] = set()
    kept = []
    for pair in pairs:
        fresh = {pair.one.id, pair.other.id} - seen
        if len(seen) + len(fresh) <= nodes:
            seen |= fresh
            kept.append(pair)
    return kept


def _communities(graph: nx.Graph, central: dict[str, float], names: dict[str, ConceptRef]) -> list[Community]:
    found: list[set[str]] = nx.community.louvain_communities(graph, weight="weight", seed=_SEED) if len(graph) else []
    ordered = [sorted(group, key=lambda concept: (-central[concept], concept)) for group in found]
    ordered.sort(key=lambda group: (-len(group), group[0]))
    return [
        Community(number=number, name="、".join(names[concept].name for concept in group[:_NAMED_BY]), concepts=tuple(group))
        for number, group in enumerate(ordered)
    ]
