"""What a map shows, as it is found: statements of one concept or of the same words in one node, links between the same nodes in one edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx as nx

from graph._fold import fold
from graph.layout import positions
from graph.overviews import ConceptTie
from graph.project import names_of
from graph.records import ActorOf, FactorRow, LinkRow, MapEdge, MapNode, MapQuote, Neighbourhood, Quote, SourceRef
from graph.register import Concepts
from pipeline.records import Basis

__all__ = ["Picture"]

Statement = tuple[str, str]
"""document and factor"""


@dataclass
class _Node:
    label: str
    kind: str
    concept: str | None = None
    weight: int = 1
    quotes: dict[Statement, MapQuote] = field(default_factory=dict)


@dataclass
class _Edge:
    basis: Basis | None = None
    weight: int = 0
    links: dict[str, LinkRow] = field(default_factory=dict)


class Picture:
    """Nodes and edges around one concept, until there is no more room."""

    def __init__(self, register: Concepts, concept: str, name: str, *, most: int) -> None:
        self._register = register
        self._centre = f"concept:{concept}"
        self._most = most
        self._nodes: dict[str, _Node] = {self._centre: _Node(label=name, kind="concept", concept=concept)}
        self._edges: dict[tuple[str, str, str], _Edge] = {}
        self._node_of: dict[Statement, str] = {}
        self._shown: dict[str, set[object]] = {}
        self._keys: dict[Statement, str] = {}
        self._first: dict[tuple[str, str], str] = {}
        self._settled: dict[str, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def measures(self) -> list[Statement]:
        """Document and factor of the measures on the map."""
        return [statement for node in self._nodes.values() if node.kind == "countermeasure" for statement in node.quotes]

    def beside(self) -> list[str]:
        """Ids of the concepts of the first step, in the order in which they came."""
        return [node.concept for key, node in self._nodes.items() if node.kind == "concept" and node.concept and key != self._centre]

    def add_links(self, rows: Iterable[LinkRow], *, kind: str, room: int) -> None:
        """Links with both their ends, counted as `kind`. A link that needs no new node is always taken, others as long as there is room for their ends."""
        most = min(self._most, len(self._nodes) + room)
        for row in rows:
            fresh = {key for quote in (row.source, row.target) if (key := self._key(row.document, quote)) not in self._nodes}
            if len(self._nodes) + len(fresh) > most:
                continue
            source = self._add(row.document, row.source, about=True)
            target = self._add(row.document, row.target, about=False)
            self._shown.setdefault(kind, set()).add((row.document.document, row.link))
            if source == target:
                continue
            edge = self._edges.setdefault((source, target, row.type), _Edge(basis=row.basis))
            edge.links[f"{row.document.document}:{row.link}"] = row
            edge.weight = len(edge.links)
            if row.basis == "stated":
                edge.basis = "stated"

    def add_ties(self, ties: Iterable[ConceptTie], *, room: int, centre: str | None = None) -> None:
        """Concepts with the kind of link that ties them to the middle, or to another concept on the map; their weight is the works that do."""
        most = min(self._most, len(self._nodes) + room)
        middle = self._centre if centre is None else f"concept:{centre}"
        for tie in ties:
            key = f"concept:{tie.concept.id}"
            if key not in self._nodes and len(self._nodes) >= most:
                continue
            self._nodes.setdefault(key, _Node(label=tie.concept.name, kind="concept", concept=tie.concept.id, weight=tie.works))
            source, target = (middle, key) if tie.outward else (key, middle)
            if centre is None:
                self._shown.setdefault("concept", set()).add((key, tie.type, tie.outward))
            if source != target:
                self._edges.setdefault((source, target, tie.type), _Edge(weight=tie.works))

    def add_actors(self, acts: Iterable[ActorOf], *, room: int) -> None:
        """Actors of the factors on the map, those of most factors first."""
        by_actor: dict[str, list[ActorOf]] = {}
        for act in acts:
            by_actor.setdefault(act.actor, []).append(act)
        for actor, own in sorted(by_actor.items(), key=lambda pair: (-len(pair[1]), pair[0]))[: max(0, min(room, self._most - len(self._nodes)))]:
            key = f"actor:{actor}"
            self._nodes[key] = _Node(label=actor, kind="actor", weight=len(own))
            for act in own:
                edge = self._edges.setdefault((key, self._node_of[act.document, act.factor], act.type), _Edge())
                edge.weight += 1

    def add_gaps(self, rows: Iterable[FactorRow], *, room: int) -> None:
        """Dilemmas that nobody answers; one that is of a node on the map joins it."""
        most = min(self._most, len(self._nodes) + room)
        for row in rows:
            if self._key(row.source, row.quote) in self._nodes or len(self._nodes) < most:
                self._add(row.source, row.quote, about=True)
                self._shown.setdefault("dilemma", set()).add((row.source.document, row.quote.factor))

    def _concept(self, quote: Quote) -> str | None:
        """The concept that a statement names and says little beside, half of its letters being the name's: 信息孤岛问题, not 数据孤岛使群众多跑腿."""
        found = list(self._register.find(quote.text, problem=quote.type == "dilemma"))
        named = sum(one.end - one.start for one in found)
        alone = len({one.concept for one in found}) == 1
        return found[0].concept if alone and 2 * named >= sum(sign.isalnum() for sign in quote.text) else None

    def _key(self, document: SourceRef, quote: Quote) -> str:
        """Id of the node of a statement: its type and concept; else that of the first statement of the same type and words."""
        statement = (document.document, quote.factor)
        if statement not in self._keys:
            concept = self._concept(quote)
            words = (quote.type, fold(quote.text))
            self._keys[statement] = f"{quote.type}:{concept}" if concept else self._first.setdefault(words, ":".join(statement))
        return self._keys[statement]

    def _add(self, document: SourceRef, quote: Quote, *, about: bool) -> str:
        """Id of the statement's node, with the statement in it; `about`: it names the concept in the middle."""
        key, statement = self._key(document, quote), (document.document, quote.factor)
        node = self._nodes.setdefault(key, _Node(label=quote.text, kind=quote.type, weight=0))
        if statement not in node.quotes:
            node.quotes[statement] = MapQuote(source=document, quote=quote)
            node.weight = len(node.quotes)
            self._node_of[statement] = key
            self._name(node, key.removeprefix(f"{quote.type}:"), quote)
            if about:
                edge = self._edges.setdefault((key, self._centre, "about"), _Edge())
                edge.weight += 1
        return key

    def _name(self, node: _Node, concept: str, quote: Quote) -> None:
        """A node goes by the name of its concept once one of its statements is that name and no more."""
        known = self._register.get(concept)
        if known is not None and fold(quote.text) in {fold(name) for name in (*known.names, *known.english)}:
            chinese, english = names_of(known)
            node.label, node.concept = chinese or english or node.label, concept

    def settle(self) -> None:
        """Fix the places of what is there: what is added later is put around it."""
        self._settled = positions(self._graph(), centre=self._centre)

    def widen(self, by: int) -> None:
        """Room for so many nodes more."""
        self._most += by

    def _graph(self) -> nx.Graph:
        graph = nx.Graph()
        graph.add_nodes_from(self._nodes)
        graph.add_edges_from((source, target) for source, target, _ in self._edges)
        return graph

    def drawn(self, totals: Mapping[str, int]) -> Neighbourhood:
        """The map; `totals` says how many links, ties and gaps there are of each kind, shown or not."""
        graph = self._graph()
        places, degrees = positions(graph, centre=self._centre, kept=self._settled), dict(graph.degree())
        nodes = tuple(
            MapNode(
                id=key,
                label=node.label,
                kind=node.kind,
                x=places[key][0],
                y=places[key][1],
                weight=max(1, node.weight, degrees[key]),
                concept=node.concept,
                quotes=tuple(node.quotes.values()),
            )
            for key, node in self._nodes.items()
        )
        edges = tuple(
            MapEdge(source=source, target=target, type=kind, basis=edge.basis, weight=max(1, edge.weight), links=tuple(edge.links.values()))  # type: ignore[arg-type]
            for (source, target, kind), edge in self._edges.items()
        )
        shown = {kind: len(found) for kind, found in self._shown.items()}
        hidden = {kind: total - shown.get(kind, 0) for kind, total in totals.items() if total > shown.get(kind, 0)}
        return Neighbourhood(nodes=nodes, edges=edges, shown=sum(shown.values()), total=sum(shown.values()) + sum(hidden.values()), hidden=hidden)
