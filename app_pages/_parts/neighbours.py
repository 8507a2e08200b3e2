"""The card of a chosen node of the map: its whole name, the statements that are joined in it, and its neighbours as a list that a keyboard can walk.

Each tie opens the sentences that say it, with their source, place and author.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from app_pages._parts.address import MapKind, QuestionAddress, Relation
from app_pages._parts.cards import chip, open_link, place, sentence, titled
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import author, named, t, to
from app_pages._parts.query import turned
from graph.questions import More
from graph.records import LinkRow, MapEdge, MapNode, Neighbourhood, Quote, SourceRef
from pipeline.records import FACTOR_TYPES
from zhengmai.spreadsheet import Cell

ORDER = ("dilemma", "countermeasure", "driver", "goal", "actor", "concept")
QUOTES, SAID = 40, 6
"""statements of a node that are listed; links of a tie that are shown with their sentences"""
COLUMNS = ("from_type", "from", "relation", "to_type", "to", "basis", "links")
"""columns of the map as a table, by their message keys `map.column_*`"""


def node_of(around: Neighbourhood, wanted: str) -> MapNode | None:
    """The node of that id, or the one that the statement `document:factor` is joined in."""
    return next(
        (node for node in around.nodes if node.id == wanted),
        next((node for node in around.nodes if any(f"{one.source.document}:{one.quote.factor}" == wanted for one in node.quotes)), None),
    )


def map_legend(around: Neighbourhood, address: QuestionAddress) -> Html:
    """What the colours and shapes of the map mean; each kind is a link that leaves its nodes out or brings them back."""
    kinds = {node.kind for node in around.nodes[1:]}
    items = [el("span", el("i", cls="zm-concept"), named("type", "concept"))] if "concept" not in kinds else []
    for kind in get_args(MapKind):
        if kind in kinds:
            on = kind not in address.hidden
            words = t("map.hide" if on else "map.show", kind=named("type", kind))
            link = to("", replace(address, hidden=turned(get_args(MapKind), address.hidden, kind)).params())
            items.append(el("a", el("i", cls=f"zm-{kind}"), named("type", kind), href=link, title=words, aria_label=words, aria_current="true" if on else ""))
    return block(el("nav", *items, cls="zm-legend", aria_label=t("map.legend")))


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


def map_table(around: Neighbourhood) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows of the map, one an edge: what it leads from, what it is, what it leads to."""
    nodes = {node.id: node for node in around.nodes}
    rows: list[list[Cell]] = []
    for edge in around.edges:
        source, target = nodes.get(edge.source), nodes.get(edge.target)
        if source and target:
            words = (named("type", source.kind), source.label, named("link_away", edge.type), named("type", target.kind), target.label)
            rows.append([*words, named("basis", edge.basis) if edge.basis else "", edge.weight])
    return [t(f"map.column_{column}") for column in COLUMNS], rows


def _about(source: SourceRef, quote: Quote) -> Html:
    """Where a sentence stands and who found it: 《…》 2018-05 · 第 120–131 字 · 程序识别."""
    facts = [source.date or str(source.year or ""), t("map.place", start=quote.start, end=quote.end), author(quote.author)]
    facts += [named("review", quote.review)] if quote.review != "open" else []
    return el("small", titled(source), *(f" · {fact}" for fact in facts if fact), " ", open_link(place(source, quote)))


def _said(link: LinkRow) -> Html:
    """The sentence or sentences of one link."""
    together = link.source.sentence_start == link.target.sentence_start
    quotes = ((link.source, link.target),) if together else ((link.source,), (link.target,))
    words = join([el("p", sentence(link.document, *some)) for some in quotes])
    return el("div", el("blockquote", words), _about(link.document, link.target))


def _sentences(edge: MapEdge, other: MapNode) -> Html:
    """What says a tie, folded: its links, or the statements of the node that speaks of the concept."""
    said: Iterable[Html]
    if edge.links:
        number, said = len(edge.links), map(_said, edge.links[:SAID])
    elif edge.type == "about" and other.quotes:
        number = len(other.quotes)
        said = (el("div", el("blockquote", sentence(one.source, one.quote)), _about(one.source, one.quote)) for one in other.quotes[:SAID])
    else:
        return Html("")
    more = el("small", t("answer.some", shown=SAID, total=number)) if number > SAID else ""
    return el("details", el("summary", t("map.sentences", n=number)), *said, more)


def _tie_link(edge: MapEdge, other: MapNode, chosen: MapNode) -> Html:
    """Where the sentences of a tie between two concepts are: the way between both."""
    if chosen.kind != "concept" or other.kind != "concept":
        return Html("")
    return el("a", t("map.works", n=edge.weight), href=to("compare", {"q": chosen.label, "with": other.label, "way": "path"}))


def _item(edge: MapEdge, other: MapNode, chosen: MapNode, address: QuestionAddress) -> Html:
    label = el("mark", other.label, cls=f"zm-m zm-{other.kind}", data_letter=named("letter", other.kind)) if other.kind in FACTOR_TYPES else other.label
    times = el("small", t("map.times", n=len(other.quotes))) if len(other.quotes) > 1 else ""
    tie = _tie_link(edge, other, chosen)
    return el("div", el("a", label, href=to("", replace(address, node=other.id).params())), times, join([" ", tie]) if tie else "", _sentences(edge, other))


def _quotes(node: MapNode) -> Html:
    """The statements that are joined in a node, each a link to its words."""
    if len(node.quotes) < 2:
        return Html("")
    items = [
        el("li", el("a", one.quote.text, href=place(one.source, one.quote)), el("small", titled(one.source), f" · {one.source.year or '—'}"))
        for one in node.quotes[:QUOTES]
    ]
    more = el("small", t("answer.some", shown=QUOTES, total=len(node.quotes))) if len(node.quotes) > QUOTES else ""
    return el("details", el("summary", t("map.joined", n=len(node.quotes))), el("ul", *items, cls="zm-joined"), more)


def _toggle(words: str, address: QuestionAddress, *, on: bool) -> Html:
    return el("a", words, href=to("", address.params()), aria_current="true" if on else "")


def map_choices(around: Neighbourhood, address: QuestionAddress) -> Html:
    """What the map shows, as links: which relations, one or two steps, and more of the kinds of which some are hidden."""
    rows = []
    for relation in get_args(Relation):
        on = relation in address.relations
        wanted = turned(get_args(Relation), address.relations, relation)
        rows.append(_toggle(t(f"map.relation_{relation}"), replace(address, relations=wanted, more="", node=""), on=on))
    steps = [_toggle(t(f"map.steps_{steps}"), replace(address, steps=steps, node=""), on=address.steps == steps) for steps in (1, 2)]
    more = [
        _toggle(t("map.more", kind=named("type", kind), n=f"{around.hidden[kind]:,}"), replace(address, more=kind, node=""), on=address.more == kind)
        for kind in get_args(More)
        if around.hidden.get(kind)
    ]
    if address.more:
        more.append(_toggle(t("map.less"), replace(address, more="", node=""), on=False))
    parts = [(t("map.relations"), rows), (t("map.steps"), steps), (t("map.hidden"), more)]
    lines = (el("div", el("span", words), *links, cls="zm-types") for words, links in parts if links)
    return el("nav", *lines, cls="zm-mapnav", aria_label=t("map.choose"))


def node_card(around: Neighbourhood, chosen: MapNode, address: QuestionAddress) -> Html:
    """The card; a statement leads to its words in the document, a concept other than the middle one to its own question."""
    lead: str = ""
    if chosen.kind == "concept" and chosen is not around.nodes[0]:
        lead = open_link(to("", QuestionAddress(q=chosen.label).params()), t("map.ask"))
    elif len(chosen.quotes) == 1:
        lead = open_link(place(chosen.quotes[0].source, chosen.quotes[0].quote))
    rows: list[Html] = []
    last = ""
    for edge, other, away in neighbours(around, chosen.id):
        relation = join([named("link_away" if away else "link_back", edge.type), el("small", named("basis", edge.basis)) if edge.basis else ""])
        # a relation is named once, at the first of its neighbours
        words, last = ("" if relation == last else relation), relation
        rows.append(el("li", el("span", words), _item(edge, other, chosen, address)))
    return block(el("div", el("div", chip(chosen.kind), lead, cls="zm-railhead"), el("h3", chosen.label), _quotes(chosen), el("ul", *rows), cls="zm-node"))
