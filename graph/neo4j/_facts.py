"""One document as it was put in, looked up by place: what belongs to a measure of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from graph.neo4j._columns import Looking
from graph.neo4j._connect import Torn
from graph.neo4j._write import unpack
from graph.precedence import MOST_DETAILS
from graph.projection import DocumentProjection, Edge, FactorNode
from graph.records import ActorOf, Quote
from pipeline.records import EntityType, LinkType

__all__ = ["Facts", "facts_of"]


class Facts:
    """Factors of a document by their place, with what stands around them and what links lead to them."""

    def __init__(self, projection: DocumentProjection) -> None:
        self.projection = projection
        before = len(projection.sections) + len(projection.sentences)
        self.nodes: dict[int, FactorNode] = {before + n: node for n, node in enumerate(projection.factors)}
        self.place = {node.id: place for place, node in self.nodes.items()}
        self._sentences = {node.id: node for node in projection.sentences}
        self._paths = {node.id: node.path for node in projection.sections}
        self._entities = {node.id: node for node in projection.entities}
        self._from: dict[tuple[str, str], list[Edge]] = {}
        self._to: dict[tuple[str, str], list[Edge]] = {}
        for edge in projection.edges:
            self._from.setdefault((edge.type, edge.source), []).append(edge)
            self._to.setdefault((edge.type, edge.target), []).append(edge)

    def quote(self, place: int) -> Quote:
        node, text = self.nodes[place], self.projection.clean_text
        around = self._sentences[node.sentence]
        return Quote(
            factor=node.id,
            type=node.type,
            text=text[node.start : node.end],
            start=node.start,
            end=node.end,
            sentence=text[around.start : max(around.end, node.end)],
            sentence_start=around.start,
            author=node.author,
            confidence=node.confidence,
            review=node.review,
            section=self._paths.get(node.section or "", ""),
        )

    def ends(self, place: int, kind: LinkType, *, back: bool) -> list[int]:
        """What links of `kind` lead to from here, or come from; those of the smallest places."""
        edges = (self._to if back else self._from).get((kind, self.nodes[place].id), [])
        found = {self.place[edge.source if back else edge.target] for edge in edges if edge.live}
        return sorted(place for place in found if self.nodes[place].review != "rejected")[:MOST_DETAILS]

    def quotes(self, places: Iterable[int], kind: LinkType, *, back: bool) -> tuple[Quote, ...]:
        ends = dict.fromkeys(chain.from_iterable(self.ends(place, kind, back=back) for place in places))
        return tuple(self.quote(end) for end in list(ends)[:MOST_DETAILS])

    def names(self, places: Iterable[int], kind: EntityType) -> tuple[str, ...]:
        """Names of entities that stand in the words of these factors."""
        return tuple(dict.fromkeys(name for place in places for name in self._names(self.nodes[place], kind)))

    def _names(self, node: FactorNode, kind: EntityType) -> Iterator[str]:
        for edge in self._from.get(("mentions", node.sentence), []):
            entity = self._entities[edge.target]
            if entity.type == kind and any(node.start <= start and end <= node.end for start, end in edge.evidence):
                yield entity.name

    def takers(self, places: Sequence[int]) -> tuple[ActorOf, ...]:
        factors = dict.fromkeys(self.nodes[place].id for place in places)
        acts = [edge for factor in factors for edge in self._to.get(("takes", factor), []) if edge.live]
        return tuple(
            ActorOf(
                document=self.projection.source.document,
                factor=edge.target,
                actor=self._entities[edge.source].name,
                kind=self._entities[edge.source].type,
                type="takes",
                role=edge.role,
                confidence=edge.confidence,
            )
            for edge in acts
        )


def facts_of(looking: Looking, numbers: Iterable[int]) -> dict[int, Facts]:
    """Number of a document → its facts."""
    wanted = sorted(numbers)
    rows = looking.ask("UNWIND $numbers AS number MATCH (p:Projection {number: number}) RETURN p.number, p.data", numbers=wanted) if wanted else []
    if len(rows) != len(wanted):
        raise Torn("a document went while practices were put together")
    return {number: Facts(unpack(data)) for number, data in rows}
