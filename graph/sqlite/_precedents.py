"""Practices: measures that match what was asked on up to four faces, each with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import apsw
import msgspec
import numpy as np
from numpy.typing import NDArray

from graph._codes import BITS, EDGE_TYPES, ENTITY_TYPES, FORCES
from graph._fold import fold
from graph.overviews import Face, Precedent, PrecedentPage
from graph.precedence import DONE_FIRST, FACES, MOST_DETAILS, MOST_MEASURES, outermost
from graph.records import ConceptRef, Filters, Quote
from graph.sqlite._ask import Row, every, first
from graph.sqlite._derived import doubt, force_of, traits_of_factor
from graph.sqlite._documents import actors_of
from graph.sqlite._rows import Assembly
from graph.sqlite._where import factor_where, samples_of

__all__ = ["precedent_page"]

Array = NDArray[Any]

_ADDRESSED, _ACHIEVES, _DRIVES, _PART_OF, _LIMITED = (EDGE_TYPES.index(kind) for kind in ("addressed_by", "achieves", "drives", "part_of", "limited_by"))
_TAKES, _MENTIONS = EDGE_TYPES.index("takes"), EDGE_TYPES.index("mentions")
_MEASURE, _DRIVER = 2, 0
_ACTOR = FACES.index("actor")
_AT_ONCE = 500
"""measures that are read first"""


def precedent_page(connection: apsw.Connection, concepts: Sequence[str], actors: Sequence[str], *, filters: Filters, limit: int, offset: int) -> PrecedentPage:
    """Practices in order: most faces, done before planned before advised, more shared concepts, surest, newest."""
    found, complete = _measures(connection, concepts, actors, filters)
    practices = _practices(connection, found)
    assembly = Assembly(connection)
    shown = practices[offset : offset + limit]
    names = _concept_names(connection, {concept for members in shown for member in members for face, concept in member.shared if face != _ACTOR})
    rows = [_precedent(connection, assembly, names, members) for members in shown]
    works = {member.work for members in practices for member in members}
    return PrecedentPage(rows=tuple(rows), total=len(practices), works=len(works), complete=complete)


class _Match(NamedTuple):
    """A measure with the faces and concepts (or actors) that it shares with the question, and the measure whose heading it stands under."""

    measure: int
    shared: tuple[tuple[int, int], ...]
    work: int
    root: int


def _measures(connection: apsw.Connection, concepts: Sequence[str], actors: Sequence[str], filters: Filters) -> tuple[list[_Match], bool]:
    """The best matches, each as its own root, and whether they are all.

    What a match is worth (faces, force, shared concepts) is known from the rows of the concepts. The measures themselves, which lie all over
    the file, are read best first, until there are enough of them: of a common concept a quarter.
    """
    samples = samples_of(connection, filters)
    where = factor_where(filters, samples=samples)
    candidates = _candidates(connection, concepts, actors, filters, samples)
    # those of one worth side by side, best first
    order = np.argsort(candidates.worth, kind="stable")
    begin = np.flatnonzero(np.diff(candidates.worth[order], prepend=-1))
    found: list[_Match] = []
    at, most = 0, _AT_ONCE
    while at < len(order) and len(found) <= MOST_MEASURES:
        # all of one worth are read together: which of them comes first, they say themselves
        end = int(next(iter(begin[begin >= at + most]), len(order)))
        some = {int(candidates.measures[n]): n for n in order[at:end].tolist()}
        read = every(connection, _EXACTLY.format(where), [msgspec.json.encode(sorted(some)).decode(), *where.values])
        rows = sorted((int(candidates.worth[some[measure]]), doubt_, age, tie, measure, work) for measure, work, doubt_, age, tie in read)
        found += [_Match(measure, candidates.shared_by(some[measure]), work, measure) for *_, measure, work in rows[: MOST_MEASURES + 1 - len(found)]]
        at, most = end, most * 4
    return found[:MOST_MEASURES], len(found) <= MOST_MEASURES


_EXACTLY = f"""SELECT a.factor, a.work, a.doubt, a.age, a.tie FROM (
    SELECT f.id AS factor, f.type, f.review, f.confidence, d.id AS document, d.work, d.kind, d.shelf, d.age, d.tie,
           {doubt("f")} AS doubt, {traits_of_factor("f")}
    FROM json_each(?) AS j CROSS JOIN factor AS f ON f.id = j.value AND f.type = {_MEASURE} AND f.review <> 2
    CROSS JOIN document AS d ON d.id = f.id >> {BITS} AND d.live = 1
) AS a WHERE {{0}}"""
_OF_CONCEPTS = "concept AS n CROSS JOIN {0} AS a ON a.concept = n.id AND a.type = {1} WHERE n.key IN (SELECT value FROM json_each(?))"
_RANKS = np.array([DONE_FIRST.index(force) if force in DONE_FIRST else len(DONE_FIRST) for force in (*FORCES, "")])
"""rank of a force by its number; the last one, at -1, is that of none"""


class _Candidates(NamedTuple):
    """Measures that share something with the question: what each is worth (the least is the best), and (face, concept) of what it shares."""

    measures: Array
    worth: Array
    shared: Array
    first: Array
    counts: Array

    def shared_by(self, n: int) -> tuple[tuple[int, int], ...]:
        """What the measure at place `n` shares."""
        return tuple((face, concept) for face, concept in self.shared[self.first[n] : self.first[n] + self.counts[n]].tolist())


def _candidates(connection: apsw.Connection, concepts: Sequence[str], actors: Sequence[str], filters: Filters, samples: bool) -> _Candidates:
    """By the rows of `concepts` and `actors`. Filters that only the measure itself can answer are left to it."""
    bare = msgspec.structs.replace(filters, min_confidence=0.0, review=(), dims=(), actors=(), concepts=(), problems=())
    where = factor_where(bare, samples=samples)
    listed = msgspec.json.encode(list(concepts)).decode()
    # force and voice of an addressed_by are those of its measure
    links, measures = _OF_CONCEPTS.format("link_answer", _ADDRESSED), _OF_CONCEPTS.format("factor_answer", _MEASURE)
    drivers = _OF_CONCEPTS.format("factor_answer", _DRIVER)
    rows = list(every(connection, f"SELECT a.target, 0, a.concept, a.force FROM {links} AND a.side = 0 AND {where}", (listed, *where.values)))
    rows += every(connection, f"SELECT a.factor, 1, a.concept, a.force FROM {measures} AND {where}", (listed, *where.values))
    rows += every(
        connection,
        f"""SELECT e.target, 2, a.concept, {force_of("f")} FROM (SELECT a.factor, a.concept FROM {drivers}) AS a
        CROSS JOIN edge AS e ON e.source = a.factor AND e.type = {_DRIVES} AND e.live = 1 CROSS JOIN factor AS f ON f.id = e.target""",
        (listed,),
    )
    if actors:
        rows += every(
            connection,
            f"""SELECT e.source, {_ACTOR}, e.target, {force_of("f")} FROM json_each(?) AS j
            CROSS JOIN edge AS e ON e.target = j.value AND e.type = {_TAKES} AND e.type NOT IN (6, 9) CROSS JOIN factor AS f ON f.id = e.source""",
            (msgspec.json.encode(_actor_ids(connection, actors)).decode(),),
        )
    found = np.array(rows, np.int64).reshape(-1, 4)
    # the same measure by the same face and concept counts once
    found = found[np.lexsort(found.T[2::-1])]
    found = found[np.any(np.diff(found[:, :3], axis=0, prepend=-1) != 0, axis=1)]
    ids, first, counts = np.unique(found[:, 0], return_index=True, return_counts=True)
    faces = sum(np.logical_or.reduceat(found[:, 1] == face, first) for face in range(len(FACES))) if len(ids) else first
    worth = (len(FACES) + 1 - faces) * 100 + _RANKS[found[first, 3]] << 32
    return _Candidates(ids, worth - counts, found[:, 1:3], first, counts)


def _actor_ids(connection: apsw.Connection, actors: Sequence[str]) -> list[int]:
    """Entities that bear one of these names, whatever they are."""
    keys = [f"{kind}:{actor}" for actor in actors for kind in ENTITY_TYPES]
    rows = every(connection, "SELECT id FROM entity WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key", (msgspec.json.encode(keys).decode(),))
    return [number for (number,) in rows]


def _practices(connection: apsw.Connection, found: Sequence[_Match]) -> list[list[_Match]]:
    """Measures put together: clauses with their heading, and tellings of one work or under one name. Each in the order of its best match."""
    roots = _roots(connection, [match.measure for match in found])
    cases = _names(connection, {*roots, *roots.values()}, ("case",))
    named = {match.measure: cases.get(match.measure) or cases.get(roots[match.measure]) for match in found}
    # words are compared inside one work alone: most works tell of one practice
    told: dict[int, set[int]] = {}
    for match in found:
        told.setdefault(match.work, set()).add(roots[match.measure])
    words = _words(connection, {root for several in told.values() if len(several) > 1 for root in several})
    practices: dict[str, list[_Match]] = {}
    for match in found:
        root, own = roots[match.measure], named[match.measure]
        # a practice that has a name of its own is one, whoever tells of it; else it is what one work says of it
        key = f"case:{fold(own[0])}" if own else f"{match.work}:{words.get(root, '')}"
        practices.setdefault(key, []).append(match._replace(root=root))
    return list(practices.values())


def _roots(connection: apsw.Connection, measures: Sequence[int]) -> dict[int, int]:
    """Measure → the measure whose heading it stands under at the outermost, or itself."""
    above: dict[int, int] = {}
    waiting = set(measures)
    while waiting:
        step = f"""SELECT e.source, min(f.id) FROM json_each(?) AS j JOIN edge AS e ON e.source = j.value AND e.type = {_PART_OF} AND e.live = 1
            JOIN factor AS f ON f.id = e.target AND f.type = {_MEASURE} AND f.review <> 2 GROUP BY e.source"""
        found = {row[0]: row[1] for row in every(connection, step, (msgspec.json.encode(sorted(waiting)).decode(),))}
        above.update(found)
        waiting = set(found.values()) - set(above)
    return {measure: outermost(measure, above) for measure in measures}


def _words(connection: apsw.Connection, factors: Iterable[int]) -> dict[int, str]:
    rows = every(
        connection,
        "SELECT f.id, substr(t.clean_text, f.start + 1, f.stop - f.start) FROM json_each(?) AS j JOIN factor AS f ON f.id = j.value"
        f" JOIN document_text AS t ON t.document = f.id >> {BITS}",
        (msgspec.json.encode(sorted(factors)).decode(),),
    )
    return {factor: fold(text) for factor, text in rows}


def _names(connection: apsw.Connection, factors: Iterable[int], types: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Factor → names of entities of `types` that stand in its own words, in order."""
    numbers = ", ".join(str(ENTITY_TYPES.index(kind)) for kind in types)
    rows = every(
        connection,
        f"""SELECT f.id, n.name FROM json_each(?) AS j JOIN factor AS f ON f.id = j.value
        JOIN edge AS e ON e.source = f.sentence AND e.type = {_MENTIONS} JOIN entity AS n ON n.id = e.target AND n.type IN ({numbers})
        JOIN json_each(e.evidence) AS place ON place.value ->> 0 >= f.start AND place.value ->> 1 <= f.stop ORDER BY f.id, e.ordinal""",
        (msgspec.json.encode(sorted(factors)).decode(),),
    )
    names: dict[int, dict[str, None]] = {}
    for factor, name in rows:
        names.setdefault(factor, {})[name] = None
    return {factor: tuple(found) for factor, found in names.items()}


def _precedent(connection: apsw.Connection, assembly: Assembly, names: dict[int, ConceptRef], members: Sequence[_Match]) -> Precedent:
    lead = members[0].root
    document = lead >> BITS
    row = assembly.factor(lead)
    source = assembly.source(document)
    tellers = dict.fromkeys(member.root >> BITS for member in members)
    own = [member.measure for member in members if member.measure >> BITS == document and member.measure != lead]
    clauses = [part for (part,) in _ends(connection, lead, _PART_OF, back=True)]
    details = list(dict.fromkeys([*own, *clauses]))[:MOST_DETAILS]
    everything = [lead, *details]
    spots, moment = _where_and_when(connection, everything)
    places = [name for (name,) in every(connection, "SELECT name FROM place WHERE document = ? ORDER BY name", (document,))]
    actors = actors_of(connection, [(source.document, assembly.factor(factor)[1]) for factor in everything])
    return Precedent(
        source=source,
        measure=assembly.quote(row),
        details=tuple(assembly.quote(assembly.factor(factor)) for factor in details),
        faces=_faces(connection, names, members),
        force=row[10] or next((force for force in (assembly.factor(factor)[10] for factor in details) if force), None),
        voice=row[11],
        places=tuple(spots or places),
        places_from="measure" if spots else "document" if places else None,
        when=moment or source.date,
        when_from="measure" if moment else "document" if source.date else None,
        actors=tuple(act for act in actors if act.type == "takes"),
        instruments=_all_names(connection, everything, "policy"),
        cases=_all_names(connection, everything, "case"),
        problems=_quotes(connection, assembly, everything, _ADDRESSED, back=True),
        drivers=_quotes(connection, assembly, everything, _DRIVES, back=True),
        results=_quotes(connection, assembly, everything, _ACHIEVES, back=False),
        limits=_quotes(connection, assembly, everything, _LIMITED, back=False),
        told_by=tuple(assembly.source(teller) for teller in tellers if teller != document),
    )


def _all_names(connection: apsw.Connection, factors: Sequence[int], kind: str) -> tuple[str, ...]:
    names = _names(connection, factors, (kind,))
    return tuple(dict.fromkeys(name for factor in factors for name in names.get(factor, ())))


def _concept_names(connection: apsw.Connection, concepts: Iterable[int]) -> dict[int, ConceptRef]:
    rows = every(
        connection,
        "SELECT n.id, n.key, n.name, n.english FROM json_each(?) AS j JOIN concept AS n ON n.id = j.value",
        (msgspec.json.encode(list(concepts)).decode(),),
    )
    return {row[0]: ConceptRef(id=row[1], name=row[2], english=row[3]) for row in rows}


def _faces(connection: apsw.Connection, names: dict[int, ConceptRef], members: Sequence[_Match]) -> tuple[Face, ...]:
    shared: dict[int, dict[int, None]] = {}
    for member in members:
        for face, concept in member.shared:
            shared.setdefault(face, {})[concept] = None
    faces = []
    for face in sorted(shared):
        if FACES[face] == "actor":
            actors = [first(connection, "SELECT key, name FROM entity WHERE id = ?", (number,)) for number in shared[face]]
            refs = tuple(sorted((ConceptRef(id=row[0], name=row[1]) for row in actors if row), key=_key))
        else:
            refs = tuple(sorted((names[number] for number in shared[face] if number in names), key=_key))
        faces.append(Face(face=FACES[face], shared=refs))
    return tuple(faces)


def _key(ref: ConceptRef) -> str:
    return ref.id


def _where_and_when(connection: apsw.Connection, factors: Sequence[int]) -> tuple[list[str], str | None]:
    spots: dict[str, None] = {}
    moment: str | None = None
    for factor in factors:
        row = first(connection, "SELECT spots, moment FROM factor WHERE id = ?", (factor,))
        if row:
            spots.update(dict.fromkeys(msgspec.json.decode(row[0], type=list[str])))
            moment = moment or row[1]
    return list(spots), moment


def _quotes(connection: apsw.Connection, assembly: Assembly, factors: Sequence[int], kind: int, *, back: bool) -> tuple[Quote, ...]:
    ends = dict.fromkeys(end for factor in factors for (end,) in _ends(connection, factor, kind, back=back))
    return tuple(assembly.quote(assembly.factor(end)) for end in list(ends)[:MOST_DETAILS])


def _ends(connection: apsw.Connection, factor: int, kind: int, *, back: bool) -> list[Row]:
    near, far = ("target", "source") if back else ("source", "target")
    hint = " AND e.type NOT IN (6, 9)" if back else ""
    return list(
        every(
            connection,
            f"SELECT f.id FROM edge AS e JOIN factor AS f ON f.id = e.{far} AND f.review <> 2"
            f" WHERE e.{near} = ? AND e.type = ?{hint} AND e.live = 1 ORDER BY f.id LIMIT {MOST_DETAILS}",
            (factor, kind),
        )
    )
