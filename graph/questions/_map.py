"""A map around one concept, with positions: small enough to be read, and in the same place tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from graph.overviews import ConceptTie
from graph.questions._asked import check_page, checked, meaning
from graph.questions._picture import Picture
from graph.records import Filters, Neighbourhood
from graph.register import Concepts
from graph.store import GraphStore
from pipeline.records import LinkType

__all__ = ["More", "neighbourhood"]

More = Literal["countermeasure", "driver", "goal", "dilemma", "concept"]
"""kinds of which a reader can ask for more"""


class _Share(NamedTuple):
    link: LinkType
    share: float
    """of the room on the map"""


_OPEN = Filters()
_MOST_TIES = 30
# remedies are what is asked for; causes and goals explain them; concepts lead on, actors name who
_SHARES: dict[More, _Share] = {"countermeasure": _Share("addressed_by", 0.45), "driver": _Share("caused_by", 0.12), "goal": _Share("achieves", 0.12)}
_CONCEPTS, _ACTORS, _GAPS = 0.16, 0.08, 0.07
_ADDED = 15
"""nodes that one more kind, or the second step, brings"""
_BESIDE = 5
"""concepts of the first step that the second starts from"""
_A_NODE, _MOST_LINKS = 2, 1000
"""links that are looked at for each node, for several of them join in one; and in all"""


def neighbourhood(
    store: GraphStore,
    register: Concepts,
    question: str,
    *,
    filters: Filters = _OPEN,
    nodes: int = 45,
    relations: Sequence[LinkType] = (),
    more: More | None = None,
    steps: Literal[1, 2] = 1,
) -> Neighbourhood:
    """The concept, dilemmas that name it, their remedies and causes, what measures about it are for, concepts that links tie it to,
    and who takes these measures; at most `nodes` of them, and 15 more for `more` of one kind and for the second of two `steps`.

    Statements of one type that name one concept and little else, or that have the same words, are one node with all their quotes: 数据孤岛 and 信息孤岛
    of seven documents are one dilemma. The links come in the order of the lists of answers, so map and list show the same; `relations` leaves those of
    other kinds out. Positions lie in [-1, 1], the concept in the middle, and depend on nothing but the nodes and edges; what `more` and `steps` add is
    put around what is there, which stays in its place. The caller keeps the map for as long as `store.version` stays.
    """
    check_page(limit=nodes, offset=0)
    asked = meaning(register, question)
    filters = checked(filters)
    concept = asked.concept.id if asked.concept else None
    picture = Picture(register, concept or question, asked.concept.name if asked.concept else question, most=max(1, nodes))
    own, room = asked.tiers[:1], nodes - 1
    looked_at = min(_A_NODE * max(0, room), _MOST_LINKS)
    shares = {kind: share for kind, share in _SHARES.items() if not relations or share.link in relations}
    pages = {kind: store.links_about(own, share.link, filters=filters, limit=looked_at, offset=0) for kind, share in shares.items()}
    gaps = store.factors_about(own, ("dilemma",), answered=False, filters=filters, limit=looked_at, offset=0)
    ties = tuple(tie for tie in _ties(store, concept, filters) if not relations or tie.type in relations)
    for kind, (_, share) in shares.items():
        picture.add_links(pages[kind].rows, kind=kind, room=round(room * share))
    picture.add_ties(ties, room=round(room * _CONCEPTS))
    picture.add_actors(store.actors_of(picture.measures()), room=round(room * _ACTORS))
    picture.add_gaps(gaps.rows, room=round(room * _GAPS))
    # room that one kind does not need is the others', in the same order
    for kind, page in pages.items():
        picture.add_links(page.rows, kind=kind, room=room)
    picture.add_gaps(gaps.rows, room=room)
    picture.settle()
    if more is not None:
        picture.widen(_ADDED)
        picture.add_links(pages[more].rows if more in pages else (), kind=more, room=_ADDED)
        picture.add_gaps(gaps.rows if more == "dilemma" else (), room=_ADDED)
        picture.add_ties(ties if more == "concept" else (), room=_ADDED)
    if steps == 2:
        picture.widen(_ADDED)
        for beside in picture.beside()[:_BESIDE]:
            picture.add_ties(_ties(store, beside, filters), room=_ADDED // _BESIDE, centre=beside)
    totals: dict[str, int] = {kind: page.total for kind, page in pages.items()}
    totals |= {"dilemma": gaps.total, "concept": len(ties)}
    return picture.drawn(totals)


def _ties(store: GraphStore, concept: str | None, filters: Filters) -> tuple[ConceptTie, ...]:
    return store.ties(concept, filters=filters, limit=_MOST_TIES) if concept else ()
