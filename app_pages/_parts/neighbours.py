"""The card of a chosen node of the map: its whole name, and its neighbours as a list that a keyboard can walk."""

from __future__ import annotations

from dataclasses import replace

from app_pages._parts.address import DocumentAddress, QuestionAddress
from app_pages._parts.cards import chip, open_link
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import named, t, to
from graph.records import MapEdge, MapNode, Neighbourhood
from pipeline.records import FACTOR_TYPES

MOST_ALIKE = 20
"""nodes of one name that have a link of their own"""
ORDER = ("dilemma", "countermeasure", "driver", "goal", "actor", "concept")


def document_link(node: MapNode) -> str:
    """Address of a factor's words in its document, or nothing."""
    if node.document is None or node.start is None:
        return ""
    return to("document", DocumentAddress(doc=node.document, at=(node.start, node.start + max(1, len(node.label)))).params())


def neighbours(around: Neighbourhood, chosen: str) -> list[tuple[MapEdge, MapNode, bool]]:
    """Edges of a node with the node at the other end, and whether the edge leads away from the chosen one; by kind, then weight."""
    nodes = {node.id: node for node in around.nodes}
    found = []
    for edge in around.edges:
        if chosen == edge.source and edge.target in nodes:
            found.append((edge, nodes[edge.target], True))
        elif chosen == edge.target and edge.source in nodes:
            found.append((edge, nodes[edge.source], False))
    return sorted(found, key=lambda one: (ORDER.index(one[1].kind) if one[1].kind in ORDER else len(ORDER), -one[1].weight, one[1].label, one[1].id))


def _by_name(around: Neighbourhood, chosen: str) -> list[tuple[Html, list[MapNode]]]:
    """Relations in words with the neighbours of one name together: a dilemma that twelve texts name alike is one line, not twelve."""
    found: dict[tuple[Html, str, str], list[MapNode]] = {}
    for edge, other, away in neighbours(around, chosen):
        relation = join([named("link_away" if away else "link_back", edge.type), el("small", named("basis", edge.basis)) if edge.basis else ""])
        together = found.setdefault((relation, other.kind, other.label), [])
        if other not in together:
            together.append(other)
    return [(relation, others) for (relation, _, _), others in found.items()]


def _item(others: list[MapNode], address: QuestionAddress) -> Html:
    """One name with a link to its node; where several nodes bear it, a number for each of the others."""
    first = others[0]
    label = el("mark", first.label, cls=f"zm-m zm-{first.kind}", data_letter=named("letter", first.kind)) if first.kind in FACTOR_TYPES else first.label
    lead = el("a", label, href=_node(first, address))
    if len(others) == 1:
        return lead
    numbers = [el("a", str(number), href=_node(one, address), title=first.label) for number, one in enumerate(others[1:MOST_ALIKE], 2)]
    return el("div", lead, el("small", t("map.times", n=len(others)), " ", *numbers, cls="zm-times"))


def _node(node: MapNode, address: QuestionAddress) -> str:
    return to("", replace(address, node=node.id).params())


def node_card(around: Neighbourhood, chosen: str, address: QuestionAddress) -> Html:
    """The card; a factor leads to its words in the document, a concept other than the middle one to its own question."""
    node = next(one for one in around.nodes if one.id == chosen)
    lead: str = ""
    if node.kind == "concept" and node is not around.nodes[0]:
        lead = open_link(to("", QuestionAddress(q=node.label).params()), t("map.ask"))
    elif link := document_link(node):
        lead = open_link(link)
    rows: list[Html] = []
    last = ""
    for relation, others in _by_name(around, chosen):
        # a relation is named once, at the first of its neighbours
        words, last = ("" if relation == last else relation), relation
        rows.append(el("li", el("span", words), _item(others, address)))
    return block(el("div", el("div", chip(node.kind), lead, cls="zm-railhead"), el("h3", node.label), el("ul", *rows), cls="zm-node"))
