"""Practices: measures that match what was asked on up to four faces, each with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
import msgspec

from graph._codes import BITS, EDGE_TYPES, ENTITY_TYPES
from graph._fold import fold
from graph.overviews import Face, Precedent, PrecedentPage
from graph.precedence import DONE_FIRST, FACES, MOST_DETAILS, MOST_MEASURES, outermost
from graph.records import ConceptRef, Filters, Quote
from graph.sqlite._ask import Row, every, first
from graph.sqlite._derived import doubt, traits_of_factor
from graph.sqlite._documents import actors_of
from graph.sqlite._rows import Assembly
from graph.sqlite._where import Where, factor_where, samples_of

__all__ = ["precedent_page"]

_ADDRESSED, _ACHIEVES, _DRIVES, _PART_OF, _LIMITED = (EDGE_TYPES.index(kind) for kind in ("addressed_by", "achieves", "drives", "part_of", "limited_by"))
_TAKES, _MENTIONS = EDGE_TYPES.index("takes"), EDGE_TYPES.index("mentions")
_MEASURE, _DRIVER = 2, 0


def precedent_page(connection: apsw.Connection, concepts: Sequence[str], actors: Sequence[str], *, filters: Filters, limit: int, offset: int) -> PrecedentPage:
    """Practices in order: most faces, done before planned before advised, more shared concepts, surest, newest."""
    where = factor_where(filters, samples=samples_of(connection, filters))
    found, complete = _measures(connection, concepts, actors, where)
    practices = _practices(connection, found)
    assembly = Assembly(connection)
    names = {row[0]: ConceptRef(id=row[1], name=row[2], english=row[3]) for row in every(connection, "SELECT id, key, name, english FROM concept")}
    rows = [_precedent(connection, assembly, names, members) for members in practices[offset : offset + limit]]
    works = {row[2] for members in practices for row in members}
    return PrecedentPage(rows=tuple(rows), total=len(practices), works=len(works), complete=complete)


def _measures(connection: apsw.Connection, concepts: Sequence[str], actors: Sequence[str], where: Where) -> tuple[list[Row], bool]:
    """(measure, faces, work, names of actors) of the best matches. `faces` lists `face:concept`, joined by blanks."""
    wanted = Where()
    wanted.among("n.key", concepts)
    matched = f"""
        SELECT l.target AS measure, 0 AS face, l.concept FROM concept AS n CROSS JOIN link_answer AS l
            ON l.concept = n.id AND l.type = {_ADDRESSED} AND l.side = 0 WHERE {wanted}
        UNION SELECT m.factor, 1, m.concept FROM concept AS n CROSS JOIN factor_answer AS m ON m.concept = n.id AND m.type = {_MEASURE} WHERE {wanted}
        UNION SELECT e.target, 2, m.concept FROM concept AS n CROSS JOIN factor_answer AS m ON m.concept = n.id AND m.type = {_DRIVER}
            CROSS JOIN edge AS e ON e.source = m.factor AND e.type = {_DRIVES} AND e.live = 1 WHERE {wanted}"""
    values = wanted.values * 3
    if actors:
        matched += f""" UNION SELECT e.source, 3, e.target FROM json_each(?) AS j
            CROSS JOIN edge AS e ON e.target = j.value AND e.type = {_TAKES} AND e.type NOT IN (6, 9)"""
        values.append(msgspec.json.encode(_actor_ids(connection, actors)).decode())
    ranks = " ".join(f"WHEN '{force}' THEN {n}" for n, force in enumerate(DONE_FIRST))
    statement = f"""
    WITH best AS MATERIALIZED (
        SELECT measure, max(face = 0) + max(face = 1) + max(face = 2) + max(face = 3) AS faces, count(*) AS shared,
               group_concat(face || ':' || concept, ' ') AS listed
        FROM ({matched}) GROUP BY measure
    )
    SELECT a.factor, a.listed, a.work FROM (
        SELECT f.id AS factor, f.type, f.review, f.confidence, d.id AS document, d.work, d.kind, d.shelf, d.age, d.tie, best.faces, best.shared, best.listed,
               CASE f.force {ranks} ELSE {len(DONE_FIRST)} END AS rank, {doubt("f")} AS doubt, {traits_of_factor("f")}
        FROM best CROSS JOIN factor AS f ON f.id = best.measure AND f.type = {_MEASURE} AND f.review <> 2
        CROSS JOIN document AS d ON d.id = f.id >> {BITS} AND d.live = 1
    ) AS a WHERE {where}
    ORDER BY a.faces DESC, a.rank, a.shared DESC, a.doubt, a.age, a.tie, a.factor LIMIT {MOST_MEASURES + 1}"""
    rows = list(every(connection, statement, [*values, *where.values]))
    return rows[:MOST_MEASURES], len(rows) <= MOST_MEASURES


def _actor_ids(connection: apsw.Connection, actors: Sequence[str]) -> list[int]:
    """Entities that bear one of these names, whatever they are."""
    keys = [f"{kind}:{actor}" for actor in actors for kind in ENTITY_TYPES]
    rows = every(connection, "SELECT id FROM entity WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key", (msgspec.json.encode(keys).decode(),))
    return [number for (number,) in rows]


def _practices(connection: apsw.Connection, found: Sequence[Row]) -> list[list[Row]]:
    """Measures put together: clauses with their heading, and tellings of one work or under one name. Each in the order of its best match."""
    roots = _roots(connection, [row[0] for row in found])
    everything = {*roots, *roots.values()}
    cases = _names(connection, everything, ("case",))
    words = _words(connection, set(roots.values()))
    practices: dict[str, list[Row]] = {}
    for measure, listed, work in found:
        root = roots[measure]
        own = cases.get(measure) or cases.get(root)
        # a practice that has a name of its own is one, whoever tells of it; else it is what one work says of it
        key = f"case:{fold(own[0])}" if own else f"{work}:{words[root]}"
        practices.setdefault(key, []).append((measure, listed, work, root))
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


def _precedent(connection: apsw.Connection, assembly: Assembly, names: dict[int, ConceptRef], members: Sequence[Row]) -> Precedent:
    lead = members[0][3]
    document = lead >> BITS
    row = assembly.factor(lead)
    source = assembly.source(document)
    tellers = dict.fromkeys(member[3] >> BITS for member in members)
    own = [member[0] for member in members if member[0] >> BITS == document and member[0] != lead]
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


def _faces(connection: apsw.Connection, names: dict[int, ConceptRef], members: Sequence[Row]) -> tuple[Face, ...]:
    shared: dict[int, dict[int, None]] = {}
    for member in members:
        for pair in member[1].split(" "):
            face, _, concept = pair.partition(":")
            shared.setdefault(int(face), {})[int(concept)] = None
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
