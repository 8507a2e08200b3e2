"""Statements + decisions + register → what one document adds to the graph.

Pure: no store, no file, no clock. Concepts are joined here and nowhere else, so a merge in the register changes answers without
reading a document again. Everything is checked on the way: each quote against the text, each edge for both its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.records import Anchor, Decision, DocumentRecord
from graph._fold import one_spelling
from graph._places import Sections, Sentences
from graph._reviews import FindAgain, Reviewed, review, tally
from graph.errors import EdgeWithoutEnd, QuoteDiffers, SameId, UnreadableText
from graph.projection import ConceptNode, DocumentProjection, Edge, EntityNode, FactorNode
from graph.records import Review, SourceRef, supplied_title
from graph.register import Concepts, NamedConcept
from pipeline.records import Factor, Link, Place, Statements

__all__ = ["names_of", "project", "source_of", "tally"]

_REGISTER = "concepts.register"
"""author of `about` edges: the register, not a component of the pipeline"""


def project(
    statements: Statements,
    record: DocumentRecord,
    decisions: Sequence[Decision],
    register: Concepts,
    *,
    work: str | None = None,
    stamp: str = "",
    find_again: FindAgain | None = None,
) -> DocumentProjection:
    """Nodes and edges of one document, with review states and what became of each decision about it.

    `work` is the id that reposts of one text share (the document's own where it is alone); `stamp` is kept with the document, so
    that a caller can see later what it was made from. Decisions about other documents are passed over.

    Raises:
        EdgeWithoutEnd: a link or act names a factor or actor that the document does not have.
        QuoteDiffers: `clean_text[start:end]` is not the text of a factor, or a place lies outside the text.
        SameId: two sentences, factors, links or entities have one id.
        UnreadableText: the text holds a lone surrogate.
    """
    document, text = record.id, statements.clean_text
    _check_readable(document, statements)
    _check_ids(document, statements)
    _check_places(document, statements)
    sections = Sections(statements.blocks, len(text))
    sentences = Sentences(document, statements, sections)
    reviewed = review(
        document,
        statements.factors,
        statements.links,
        decisions,
        clean_text=text,
        find_again=find_again or _find_again,
        sentence_at=sentences.text_at,
        former=(record.supersedes,) if record.supersedes else (),
    )
    live = _live_links(document, reviewed)
    parents = _parents(reviewed.links)
    about = _About(register, reviewed)
    entities, entity_of = _entities(statements)
    edges = [
        *(_link_edge(link, state, link.id in live) for link, state in reviewed.links),
        *about.edges(parents),
        *_act_edges(document, statements, entity_of, {factor.id: state for factor, state in reviewed.factors}),
        *_mention_edges(statements, entity_of, sentences),
    ]
    answered = _answered(reviewed, live, parents)
    return DocumentProjection(
        source=source_of(statements, record),
        work=work or document,
        supersedes=record.supersedes,
        level=statements.document.issuers[0].level if statements.document.issuers else None,
        places=tuple(dict.fromkeys(place.name for place in statements.document.places)),
        in_force=statements.document.in_force,
        expires=statements.document.expires,
        stamp=stamp,
        clean_text=text,
        blocks=statements.blocks,
        sections=tuple(sections.nodes),
        sentences=sentences.nodes(),
        factors=tuple(_factor_node(factor, state, sentences, factor.id in answered) for factor, state in reviewed.factors),
        entities=_named(entities, edges),
        concepts=about.concepts(),
        edges=tuple(edges),
        outcomes=reviewed.outcomes,
    )


def source_of(statements: Statements, record: DocumentRecord) -> SourceRef:
    """The document as rows and citations name it; without a title of its own it goes by its file name, in brackets."""
    info = statements.document
    date = info.date.value if info.date else None
    year = int(date[:4]) if date and date[:4].isascii() and date[:4].isdigit() and len(date) >= 4 else None
    return SourceRef(
        document=record.id,
        file=record.stem,
        title=info.title or supplied_title(record.stem),
        year=year,
        date=date,
        kind=info.kind,
        issuer=info.issuers[0].name if info.issuers else None,
        authors=info.authors,
        sample=record.sample,
        access=record.access,
    )


def names_of(concept: NamedConcept | None) -> tuple[str | None, str | None]:
    """First Chinese and first English name of a concept; none where it has no such name."""
    if concept is None:
        return None, None
    return (concept.names[0] if concept.names else None), (concept.english[0] if concept.english else None)


def _find_again(anchor: Anchor, clean_text: str, /) -> tuple[int, int] | None:
    # looked up when a decision is there to be placed: most documents have none
    from corpus.decisions import find_again

    return find_again(anchor, clean_text)


def _check_readable(document: str, statements: Statements) -> None:
    parts = [("its text", statements.clean_text), ("its title", statements.document.title or "")]
    parts += [(f"block {block.id}", block.text) for block in statements.blocks if not block.kept]
    parts += [(f"entity {entity.id}", entity.name) for entity in statements.entities]
    for what, text in parts:
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise UnreadableText(document, what, error.start) from None


def _check_ids(document: str, statements: Statements) -> None:
    for what, records in (("sentence", statements.sentences), ("factor", statements.factors), ("link", statements.links), ("entity", statements.entities)):
        seen: set[str] = set()
        for record in records:
            if record.id in seen:
                raise SameId(document, f"{what} {record.id}")
            seen.add(record.id)


def _check_places(document: str, statements: Statements) -> None:
    text = statements.clean_text
    for factor in statements.factors:
        if text[factor.start : factor.end] != factor.text:
            raise QuoteDiffers(document, f"factor {factor.id}", expected=factor.text, found=text[factor.start : factor.end])
    places: list[tuple[str, Place]] = [(f"link {link.id}", place) for link in statements.links for place in link.evidence]
    places += [(f"entity {entity.id}", place) for entity in statements.entities for place in entity.mentions]
    places += [(f"act {act.id}", place) for act in statements.acts for place in act.evidence]
    places += [(f"sentence {sentence.id}", (sentence.start, sentence.end)) for sentence in statements.sentences]
    for what, (start, end) in places:
        if not 0 <= start <= end <= len(text):
            raise QuoteDiffers(document, what, expected=f"[{start}, {end})", found=f"{len(text)} characters")


class _About:
    """Which factor is about which concept: named in its own words, or weaker, in the heading that it is part of; or as a person decided."""

    def __init__(self, register: Concepts, reviewed: Reviewed) -> None:
        self._register = register
        self._factors = [factor for factor, _ in reviewed.factors]
        self._named: dict[str, dict[str, list[Place]]] = {}
        self._decided = {(one.factor, one.concept): one for one in reviewed.concepts}
        for factor in self._factors:
            places: dict[str, list[Place]] = {}
            for match in register.find(factor.text, problem=factor.type == "dilemma"):
                places.setdefault(match.concept, []).append((factor.start + match.start, factor.start + match.end))
            self._named[factor.id] = places
        for one in reviewed.concepts:
            if one.accepted:
                self._named[one.factor].setdefault(one.concept, [one.place])
            else:
                self._named[one.factor].pop(one.concept, None)

    def edges(self, parents: dict[str, list[str]]) -> Iterator[Edge]:
        for factor in self._factors:
            own = self._named[factor.id]
            for concept, places in own.items():
                yield self._edge(factor, concept, places, weak=False)
            above: dict[str, list[Place]] = {}
            for parent in parents.get(factor.id, ()):
                for concept, places in self._named.get(parent, {}).items():
                    if concept not in own and (factor.id, concept) not in self._decided:
                        above.setdefault(concept, places)
            for concept, places in above.items():
                yield self._edge(factor, concept, places, weak=True)

    def concepts(self) -> tuple[ConceptNode, ...]:
        nodes = []
        for concept in sorted({concept for named in self._named.values() for concept in named}):
            names, english = names_of(self._register.get(concept))
            nodes.append(ConceptNode(id=concept, name=names or english or concept, english=english))
        return tuple(nodes)

    def _edge(self, factor: Factor, concept: str, places: Sequence[Place], *, weak: bool) -> Edge:
        # what a person confirms or adds is hers
        decided = None if weak else self._decided.get((factor.id, concept))
        author, review = (f"person:{decided.who}", "accepted") if decided else (_REGISTER, "open")
        return Edge(id="", type="about", source=factor.id, target=concept, author=author, evidence=tuple(places), weak=weak, review=review)  # type: ignore[arg-type]


def _live_links(document: str, reviewed: Reviewed) -> set[str]:
    """Links that answers may use: neither they nor their ends are rejected.

    Raises:
        EdgeWithoutEnd: a link names a factor that the document does not have.
    """
    states = {factor.id: state for factor, state in reviewed.factors}
    live = set()
    for link, state in reviewed.links:
        for end in (link.source, link.target):
            if end not in states:
                raise EdgeWithoutEnd(document, f"link {link.id} ({link.type})", f"factor {end}")
        if "rejected" not in (state, states[link.source], states[link.target]):
            live.add(link.id)
    return live


def _parents(links: Iterable[tuple[Link, Review]]) -> dict[str, list[str]]:
    """Factor → the factors whose heading it is part of."""
    parents: dict[str, list[str]] = {}
    for link, state in links:
        if link.type == "part_of" and state != "rejected":
            parents.setdefault(link.source, []).append(link.target)
    return parents


def _answered(reviewed: Reviewed, live: set[str], parents: dict[str, list[str]]) -> set[str]:
    """Dilemmas that have a remedy: themselves, through the heading they are part of, or through one of their clauses."""
    direct = {link.source for link, _ in reviewed.links if link.type == "addressed_by" and link.id in live}
    answered = set(direct)
    children: dict[str, list[str]] = {}
    for child, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(child)
    for steps in (parents, children):
        reached, waiting = set(direct), list(direct)
        while waiting:
            for other in steps.get(waiting.pop(), ()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        answered |= reached
    return {factor.id for factor, _ in reviewed.factors if factor.type == "dilemma" and factor.id in answered}


def _entities(statements: Statements) -> tuple[tuple[EntityNode, ...], dict[str, str]]:
    nodes: dict[str, EntityNode] = {}
    node_of: dict[str, str] = {}
    for entity in statements.entities:
        name = one_spelling(entity.name)
        key = f"{entity.type}:{name}"
        nodes.setdefault(key, EntityNode(id=key, type=entity.type, name=name))
        node_of[entity.id] = key
    return tuple(nodes.values()), node_of


def _named(entities: Sequence[EntityNode], edges: Iterable[Edge]) -> tuple[EntityNode, ...]:
    """Entities that something in the text speaks of; one without a mention and without an act has no words to show."""
    spoken_of = {edge.target if edge.type == "mentions" else edge.source for edge in edges if edge.type in ("mentions", "takes", "faces")}
    return tuple(entity for entity in entities if entity.id in spoken_of)


def _link_edge(link: Link, state: Review, live: bool) -> Edge:
    return Edge(
        id=link.id,
        type=link.type,
        source=link.source,
        target=link.target,
        author=link.author,
        evidence=link.evidence,
        confidence=link.confidence,
        basis=link.basis,
        review=state,
        live=live,
    )


def _act_edges(document: str, statements: Statements, entity_of: dict[str, str], states: dict[str, Review]) -> Iterator[Edge]:
    for act in statements.acts:
        if act.actor not in entity_of:
            raise EdgeWithoutEnd(document, f"act {act.id} ({act.type})", f"actor {act.actor}")
        if act.factor not in states:
            raise EdgeWithoutEnd(document, f"act {act.id} ({act.type})", f"factor {act.factor}")
        yield Edge(
            id=act.id,
            type=act.type,
            source=entity_of[act.actor],
            target=act.factor,
            author=act.author,
            evidence=act.evidence,
            confidence=act.confidence,
            role=act.role,
            live=states[act.factor] != "rejected",
        )


def _mention_edges(statements: Statements, entity_of: dict[str, str], sentences: Sentences) -> Iterator[Edge]:
    for entity in statements.entities:
        places: dict[str, list[Place]] = {}
        for place in entity.mentions:
            places.setdefault(sentences.at(*place).id, []).append(place)
        for sentence, found in places.items():
            yield Edge(
                id="",
                type="mentions",
                source=sentence,
                target=entity_of[entity.id],
                author=entity.author,
                evidence=tuple(found),
                confidence=entity.confidence,
            )


def _factor_node(factor: Factor, state: Review, sentences: Sentences, answered: bool) -> FactorNode:
    return FactorNode(
        id=factor.id,
        type=factor.type,
        start=factor.start,
        end=factor.end,
        sentence=sentences.at(factor.start, factor.end).id,
        section=sentences.section_at(factor.start),
        scope=factor.scope,
        dim=factor.dim,
        force=factor.force,
        voice=factor.voice,
        where=factor.where,
        when=factor.when,
        confidence=factor.confidence,
        runner_up=factor.runner_up,
        author=factor.author,
        review=state,
        answered=answered,
    )
