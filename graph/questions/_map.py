"""A map around one concept, with positions: small enough to be read, and in the same place tomorrow."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from graph.layout import positions
from graph.overviews import ConceptTie
from graph.questions._asked import check_page, checked, meaning
from graph.records import ActorOf, FactorRow, Filters, LinkRow, MapEdge, MapNode, Neighbourhood, Quote, SourceRef
from graph.register import Concepts
from graph.store import GraphStore
from pipeline.records import LinkType

__all__ = ["neighbourhood"]

_OPEN = Filters()
_MOST_TIES = 30
# of the room on the map: remedies are what is asked for; causes and goals explain them; concepts lead on, actors name who
_SHARES: dict[LinkType, float] = {"addressed_by": 0.45, "caused_by": 0.12, "achieves": 0.12}
_CONCEPTS, _ACTORS, _GAPS = 0.16, 0.08, 0.07


def neighbourhood(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, nodes: int = 45) -> Neighbourhood:
    """The concept, dilemmas that name it, their remedies and causes, what measures about it are for, concepts that links tie it to,
    and who takes these measures; at most `nodes` of them.

    The links come in the order of the lists of answers, so map and list show the same. Positions lie in [-1, 1], the concept in
    the middle, and depend on nothing but the nodes and edges. The caller keeps the map for as long as `store.version` stays.
    """
    check_page(limit=nodes, offset=0)
    asked = meaning(register, question)
    filters = checked(filters)
    picture = _Picture(asked.concept.id if asked.concept else question, asked.concept.name if asked.concept else question, most=max(1, nodes))
    own, room = asked.tiers[:1], nodes - 1
    pages = {kind: store.links_about(own, kind, filters=filters, limit=max(0, room), offset=0) for kind in _SHARES}
    gaps = store.factors_about(own, ("dilemma",), answered=False, filters=filters, limit=max(0, room), offset=0)
    ties = store.ties(asked.concept.id, filters=filters, limit=_MOST_TIES) if asked.concept else ()
    for kind, share in _SHARES.items():
        picture.add_links(pages[kind].rows, room=round(room * share))
    picture.add_ties(ties, room=round(room * _CONCEPTS))
    picture.add_actors(store.actors_of(picture.measures()), room=round(room * _ACTORS))
    picture.add_gaps(gaps.rows, room=round(room * _GAPS))
    # room that one kind does not need is the others', in the same order
    for page in pages.values():
        picture.add_links(page.rows, room=room)
    picture.add_gaps(gaps.rows, room=room)
    total = sum(page.total for page in pages.values()) + len(ties) + gaps.total
    return picture.drawn(total=total)


class _Picture:
    """Nodes and edges as they are found, until there is no more room."""

    def __init__(self, concept: str, name: str, *, most: int) -> None:
        self._centre = f"concept:{concept}"
        self._most = most
        self._nodes: dict[str, MapNode] = {self._centre: MapNode(id=self._centre, label=name, kind="concept", x=0.0, y=0.0, weight=1)}
        self._edges: dict[tuple[str, str, str], MapEdge] = {}
        self._measures: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._nodes)

    def measures(self) -> list[tuple[str, str]]:
        """Document and factor of the measures on the map."""
        return self._measures

    def add_links(self, rows: Iterable[LinkRow], *, room: int) -> None:
        """Links with both their ends, as long as there is room for these."""
        most = min(self._most, len(self._nodes) + room)
        for row in rows:
            ends = [f"{row.document.document}:{quote.factor}" for quote in (row.source, row.target)]
            if len(self._nodes) + sum(end not in self._nodes for end in ends) > most:
                return
            source = self.add_factor(row.document, row.source, about=True)
            target = self.add_factor(row.document, row.target, about=False)
            self._edges.setdefault((source, target, row.type), MapEdge(source=source, target=target, type=row.type, basis=row.basis))

    def add_ties(self, ties: Iterable[ConceptTie], *, room: int) -> None:
        """Concepts with the kind of link that ties them to the middle; their weight is the works that do."""
        most = min(self._most, len(self._nodes) + room)
        for tie in ties:
            node = f"concept:{tie.concept.id}"
            if node not in self._nodes and len(self._nodes) >= most:
                continue
            self._nodes.setdefault(node, MapNode(id=node, label=tie.concept.name, kind="concept", x=0.0, y=0.0, weight=tie.works))
            ends = (self._centre, node) if tie.outward else (node, self._centre)
            self._edges.setdefault((*ends, tie.type), MapEdge(source=ends[0], target=ends[1], type=tie.type, weight=tie.works))

    def add_actors(self, acts: Iterable[ActorOf], *, room: int) -> None:
        """Actors of the factors on the map, those of most factors first."""
        by_actor: dict[str, list[ActorOf]] = {}
        for act in acts:
            by_actor.setdefault(act.actor, []).append(act)
        for actor, own in sorted(by_actor.items(), key=lambda pair: (-len(pair[1]), pair[0]))[: max(0, min(room, self._most - len(self._nodes)))]:
            node = f"actor:{actor}"
            self._nodes[node] = MapNode(id=node, label=actor, kind="actor", x=0.0, y=0.0, weight=len(own))
            for act in own:
                factor = f"{act.document}:{act.factor}"
                self._edges.setdefault((node, factor, act.type), MapEdge(source=node, target=factor, type=act.type))

    def add_gaps(self, rows: Iterable[FactorRow], *, room: int) -> None:
        """Dilemmas that nobody answers."""
        most = min(self._most, len(self._nodes) + room)
        for row in rows:
            if len(self._nodes) >= most:
                return
            self.add_factor(row.source, row.quote, about=True)

    def add_factor(self, document: SourceRef, quote: Quote, *, about: bool) -> str:
        """Id of the factor's node; `about`: it names the concept."""
        node = f"{document.document}:{quote.factor}"
        if quote.type == "countermeasure" and node not in self._nodes:
            self._measures.append((document.document, quote.factor))
        self._nodes.setdefault(node, MapNode(id=node, label=quote.text, kind=quote.type, x=0.0, y=0.0, weight=1, document=document.document, start=quote.start))
        if about:
            self._edges.setdefault((node, self._centre, "about"), MapEdge(source=node, target=self._centre, type="about"))
        return node

    def drawn(self, *, total: int) -> Neighbourhood:
        graph = nx.Graph()
        graph.add_nodes_from(self._nodes)
        graph.add_edges_from((edge.source, edge.target) for edge in self._edges.values())
        places = positions(graph, centre=self._centre)
        degrees = dict(graph.degree())
        nodes = tuple(
            MapNode(
                id=node.id,
                label=node.label,
                kind=node.kind,
                x=places[node.id][0],
                y=places[node.id][1],
                weight=max(node.weight, degrees[node.id]),
                document=node.document,
                start=node.start,
            )
            for node in self._nodes.values()
        )
        return Neighbourhood(nodes=nodes, edges=tuple(self._edges.values()), shown=len(self._edges), total=max(total, len(self._edges)))
