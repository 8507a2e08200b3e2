"""Practices: measures that match what was asked on up to four faces, each with what belongs to it. As the SQLite store does it, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph._codes import BITS, DIMS, EDGE_TYPES, ENTITY_TYPES, FACTOR_TYPES, FORCES, REVIEWS, VOICES
from graph._fold import fold
from graph.neo4j._columns import Looking, Rows
from graph.neo4j._connect import Torn
from graph.neo4j._distinct import among, distinct
from graph.neo4j._facts import Facts, facts_of
from graph.neo4j._prepared import DTYPES, doubt_of
from graph.neo4j._rows import sources
from graph.neo4j._schema import ENTITY_LABELS
from graph.neo4j._where import factor_mask
from graph.overviews import Face, Precedent, PrecedentPage
from graph.precedence import DONE_FIRST, FACES, MOST_DETAILS, MOST_MEASURES, outermost
from graph.records import ConceptRef, Filters, SourceRef

__all__ = ["precedent_page"]

_ADDRESSED, _DRIVES = EDGE_TYPES.index("addressed_by"), EDGE_TYPES.index("drives")
_MEASURE, _DRIVER = FACTOR_TYPES.index("countermeasure"), FACTOR_TYPES.index("driver")
_REJECTED = REVIEWS.index("rejected")
_LOW = (1 << BITS) - 1
_COLUMNS = ("confidence", "doubt", "dims", "actors", "review", "force", "voice")
_RANKS = np.array([DONE_FIRST.index(force) if force in DONE_FIRST else len(DONE_FIRST) for force in FORCES] + [len(DONE_FIRST)])
"""rank of a force by its number; the last one, at -1, is that of none"""


class _Match(NamedTuple):
    """A measure with the faces it matches on: face and concept (number), or name of the actor."""

    measure: int
    shared: tuple[tuple[int, int | str], ...]
    work: int


class _Member(NamedTuple):
    match: _Match
    root: int


def precedent_page(looking: Looking, concepts: Sequence[str], actors: Sequence[str], *, filters: Filters, limit: int, offset: int) -> PrecedentPage:
    """Practices in order: most faces, done before planned before advised, more shared concepts, surest, newest."""
    found, complete = _measures(looking, concepts, actors, filters)
    practices = _practices(looking, found)
    page = practices[offset : offset + limit]
    documents = sources(looking, {member.root >> BITS for members in page for member in members}) if page else {}
    facts = facts_of(looking, {members[0].root >> BITS for members in page})
    refs = looking.refs()
    rows = tuple(_precedent(documents, facts[members[0].root >> BITS], refs, members) for members in page)
    return PrecedentPage(rows=rows, total=len(practices), works=len({member.match.work for members in practices for member in members}), complete=complete)


def _measures(looking: Looking, concepts: Sequence[str], actors: Sequence[str], filters: Filters) -> tuple[list[_Match], bool]:
    """The best matches, and whether these are all."""
    parts: list[tuple[Rows, NDArray[np.int64], int, int]] = []
    """rows with the columns of the measure, their ids, face, concept"""
    numbers = looking.numbers_of(dict.fromkeys(concepts))
    for concept, links, factors in zip(numbers, looking.parts(numbers, "links"), looking.parts(numbers, "factors"), strict=True):
        for face, mask in (
            (0, (links["type"] == _ADDRESSED) & (links["side"] == 0)),
            (2, (links["type"] == _DRIVES) & (links["side"] == 0) & (links["near"] == _DRIVER)),
        ):
            far = links.where(mask & (links["far_type"] == _MEASURE))
            parts.append((_as_factors(far, "far_"), far.ids("target"), face, concept))
        own = factors.where(factors["type"] == _MEASURE)
        parts.append((_as_factors(own, ""), own.ids("factor"), 1, concept))
    names: dict[int, str] = {}
    if actors:
        rows, keys = _taken_by(looking, actors)
        names = dict(enumerate(sorted(set(keys))))
        places_ = {name: number for number, name in names.items()}
        parts.append((rows, rows.ids("factor"), 3, -1))
        taken = np.array([places_[key] for key in keys], dtype=np.int64)
    if not parts:
        return [], True
    columns = Rows.join([rows for rows, *_ in parts])
    ids = np.concatenate([ids for _, ids, _, _ in parts])
    faces = np.concatenate([np.full(len(ids_), face) for _, ids_, face, _ in parts])
    shared = np.concatenate([taken if face == 3 else np.full(len(ids_), concept) for _, ids_, face, concept in parts])
    mask = (columns["review"] != _REJECTED) & factor_mask(looking, columns, filters)
    columns, ids, faces, shared = columns.where(mask), ids[mask], faces[mask], shared[mask]
    # the same measure by the same face and concept counts once
    measures, first, at = np.unique(ids, return_index=True, return_inverse=True)
    matters, codes = np.unique(shared, return_inverse=True)
    keys_ = distinct((at.ravel() * 4 + faces) * max(len(matters), 1) + codes.ravel())
    once = np.stack((measures[keys_ // max(len(matters), 1) // 4], keys_ // max(len(matters), 1) % 4, matters[keys_ % max(len(matters), 1)]))
    places = np.searchsorted(measures, once[0])
    bits = np.zeros(len(measures), dtype=np.int64)
    np.bitwise_or.at(bits, places, 1 << once[1])
    matched = sum((bits >> face) & 1 for face in range(4))
    best = columns.where(first)
    order = np.lexsort(
        (
            *(measures, looking.column(best, "tie"), looking.column(best, "age"), best["doubt"]),
            *(-np.bincount(places, minlength=len(measures)), _RANKS[best["force"]], -np.asarray(matched)),
        )
    )
    by_measure: dict[int, list[tuple[int, int | str]]] = {}
    wanted = order[:MOST_MEASURES]
    chosen = np.isin(once[0], measures[wanted])
    for measure, face, concept in once[:, chosen].T.tolist():
        by_measure.setdefault(measure, []).append((face, names[concept] if face == 3 else concept))
    works = looking.column(best, "work")
    return [_Match(int(measures[n]), tuple(by_measure[int(measures[n])]), int(works[n])) for n in wanted.tolist()], len(order) <= MOST_MEASURES


def _as_factors(rows: Rows, prefix: str) -> Rows:
    packed = np.zeros(len(rows.rows), dtype=DTYPES["all_factors"])
    for name in _COLUMNS:
        packed[name] = rows[prefix + name]
    packed["factor"] = rows["target" if prefix else "factor"]
    return Rows(packed, rows.at, rows.numbers)


def _taken_by(looking: Looking, actors: Sequence[str]) -> tuple[Rows, list[str]]:
    """Measures that any of these names takes, whatever it is, and the key of who takes each."""
    keys = [f"{kind}:{actor}" for actor in actors for kind in ENTITY_TYPES]
    ((listed,),) = looking.ask(
        "UNWIND $keys AS key MATCH (n:Entity {id: key})-[:TAKES]->(f:Countermeasure)"
        " WITH DISTINCT f, n RETURN collect([f.id, n.id, f.confidence, f.review, f.dim, f.actors, f.force, f.voice])",
        keys=keys,
    )
    numbers = np.array([row[0] >> BITS for row in listed], dtype=np.int64)
    packed = np.zeros(len(listed), dtype=DTYPES["all_factors"])
    for n, (factor, _, confidence, review, dim, bits, force, voice) in enumerate(listed):
        packed["factor"][n], packed["confidence"][n], packed["actors"][n] = factor & _LOW, confidence, bits
        packed["review"][n], packed["doubt"][n] = REVIEWS.index(review), doubt_of(confidence, REVIEWS.index(review))
        packed["dims"][n] = 1 << DIMS.index(dim) if dim in DIMS else 0
        packed["force"][n] = FORCES.index(force) if force in FORCES else -1
        packed["voice"][n] = VOICES.index(voice) if voice in VOICES else -1
    here = among(numbers, looking.numbers)
    rows = Rows(packed[here], np.searchsorted(looking.numbers, numbers[here]), looking.numbers)
    return rows, [row[1] for row, kept in zip(listed, here.tolist(), strict=True) if kept]


def _practices(looking: Looking, found: Sequence[_Match]) -> list[list[_Member]]:
    """Measures put together: clauses with their heading, and tellings of one work or under one name. Each in the order of its best match."""
    roots = _roots(looking, [match.measure for match in found])
    everything = sorted({*roots, *roots.values()})
    cases = _case_names(looking, everything)
    words: dict[int, str] = (
        dict(looking.ask("UNWIND $ids AS id MATCH (f:Factor {id: id}) RETURN collect([f.id, f.text])", ids=sorted(set(roots.values())))[0][0]) if roots else {}
    )
    practices: dict[str, list[_Member]] = {}
    for match in found:
        root = roots[match.measure]
        if words.get(root) is None:
            raise Torn("a document went while practices were put together")
        own = cases.get(match.measure) or cases.get(root)
        # a practice that has a name of its own is one, whoever tells of it; else it is what one work says of it
        key = f"case:{fold(own[0])}" if own else f"{match.work}:{fold(words[root])}"
        practices.setdefault(key, []).append(_Member(match, root))
    return list(practices.values())


def _roots(looking: Looking, measures: Sequence[int]) -> dict[int, int]:
    """Measure → the measure whose heading it stands under at the outermost, or itself."""
    above: dict[int, int] = {}
    waiting = set(measures)
    while waiting:
        ((rows,),) = looking.ask(
            "UNWIND $ids AS id MATCH (f:Factor {id: id})-[e:PART_OF]->(p:Countermeasure) WHERE e.live AND p.review <> 'rejected'"
            " WITH f.id AS id, min(p.id) AS parent RETURN collect([id, parent])",
            ids=sorted(waiting),
        )
        found: dict[int, int] = dict(rows)
        above.update(found)
        waiting = set(found.values()) - set(above)
    return {measure: outermost(measure, above) for measure in measures}


def _case_names(looking: Looking, factors: Sequence[int]) -> dict[int, list[str]]:
    """Factor → names of cases that stand in its own words, in order."""
    if not factors:
        return {}
    ((rows,),) = looking.ask(
        f"UNWIND $ids AS id MATCH (f:Factor {{id: id}})-[:STATED_IN]->()-[e:MENTIONS]->(n:{ENTITY_LABELS['case']})"
        " WITH f, e, n ORDER BY f.id, e.ordinal RETURN collect([f.id, n.name, e.evidence, f.start, f.end])",
        ids=factors,
    )
    names: dict[int, dict[str, None]] = {}
    for factor, name, evidence, start, end in rows:
        if any(start <= begin and stop <= end for begin, stop in zip(evidence[::2], evidence[1::2], strict=True)):
            names.setdefault(factor, {})[name] = None
    return {factor: list(found) for factor, found in names.items()}


def _precedent(documents: dict[int, SourceRef], facts: Facts, refs: dict[int, ConceptRef], members: Sequence[_Member]) -> Precedent:
    lead, document = members[0].root & _LOW, members[0].root >> BITS
    node, source = facts.nodes[lead], documents[document]
    tellers = dict.fromkeys(member.root >> BITS for member in members)
    own = [member.match.measure & _LOW for member in members if member.match.measure >> BITS == document and member.match.measure != members[0].root]
    details = list(dict.fromkeys([*own, *facts.ends(lead, "part_of", back=True)]))[:MOST_DETAILS]
    everything = [lead, *details]
    spots = list(dict.fromkeys(spot for place in everything for spot in facts.nodes[place].where))
    moment = next((facts.nodes[place].when for place in everything if facts.nodes[place].when), None)
    places = sorted(facts.projection.places)
    return Precedent(
        source=source,
        measure=facts.quote(lead),
        details=tuple(facts.quote(place) for place in details),
        faces=_faces(refs, members),
        force=node.force or next((facts.nodes[place].force for place in details if facts.nodes[place].force), None),
        voice=node.voice,
        places=tuple(spots or places),
        places_from="measure" if spots else "document" if places else None,
        when=moment or source.date,
        when_from="measure" if moment else "document" if source.date else None,
        actors=facts.takers(everything),
        instruments=facts.names(everything, "policy"),
        cases=facts.names(everything, "case"),
        problems=facts.quotes(everything, "addressed_by", back=True),
        drivers=facts.quotes(everything, "drives", back=True),
        results=facts.quotes(everything, "achieves", back=False),
        limits=facts.quotes(everything, "limited_by", back=False),
        told_by=tuple(documents[teller] for teller in tellers if teller != document),
    )


def _faces(refs: dict[int, ConceptRef], members: Sequence[_Member]) -> tuple[Face, ...]:
    shared: dict[int, dict[Any, None]] = {}
    for member in members:
        for face, concept in member.match.shared:
            shared.setdefault(face, {})[concept] = None
    faces = []
    for face, found in sorted(shared.items()):
        if FACES[face] == "actor":
            named = [ConceptRef(id=key, name=key.partition(":")[2]) for key in found]
        else:
            named = [refs[number] for number in found if number in refs]
        faces.append(Face(face=FACES[face], shared=tuple(sorted(named, key=_key))))
    return tuple(faces)


def _key(ref: ConceptRef) -> str:
    return ref.id
