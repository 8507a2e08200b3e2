"""One document in, one document out: rows of a projection, and the answers made from them. Always inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
import msgspec

from graph._codes import ACCESSES, BASES, BITS, EDGE_TYPES, ENTITY_TYPES, FACTOR_TYPES, FLIPPED, KINDS, LEVELS, REVIEWS, age_of, bare_blocks, number_of
from graph._fold import index_texts
from graph.errors import EdgeWithoutEnd, ProjectionError
from graph.projection import ENDS, DocumentProjection
from graph.sqlite._ask import Row, every, first, only
from graph.sqlite._derived import FINDABLE, derive, derive_all, drop
from pipeline.records import Place

__all__ = ["enliven_all", "insert_document", "merge_words", "remove_document", "remove_strangers"]

_ABOUT = EDGE_TYPES.index("about")
_TYPE = {kind: number for number, kind in enumerate(EDGE_TYPES)}
_encode = msgspec.json.encode
# the transaction that is open counts it up when it is done
_THIS_VERSION = "(SELECT value + 1 FROM meta WHERE name = 'version')"


def insert_document(connection: apsw.Connection, projection: DocumentProjection, *, later: set[int] | None = None) -> None:
    """Add a document that is not in the graph. `later`: documents whose answers `enliven_all` makes before the transaction ends; this one comes to them.

    Raises:
        EdgeWithoutEnd: an edge names a node that the projection does not hold.
    """
    document = _insert_head(connection, projection)
    base = document << BITS
    nodes = [*projection.sections, *projection.sentences, *projection.factors]
    if len(nodes) >= 1 << BITS:
        raise ProjectionError(f"document {projection.source.document} has {len(nodes)} sections, sentences and factors: more than {(1 << BITS) - 1}")
    ids = {
        "section": {node.id: base + n for n, node in enumerate(projection.sections)},
        "sentence": {node.id: base + len(projection.sections) + n for n, node in enumerate(projection.sentences)},
        "factor": {node.id: base + len(projection.sections) + len(projection.sentences) + n for n, node in enumerate(projection.factors)},
        "entity": _shared_entities(connection, projection),
        "concept": _shared_concepts(connection, projection),
    }
    _insert_nodes(connection, projection, ids)
    _insert_edges(connection, projection, ids, document)
    connection.executemany(
        "INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?)",
        [(document, n, o.decision, o.state, o.reason, o.target) for n, o in enumerate(projection.outcomes)],
    )
    if projection.supersedes:
        _retire(connection, projection.supersedes, later)
    if later is None:
        enliven(connection, document)
    else:
        later.add(document)


def remove_document(connection: apsw.Connection, key: str, *, later: set[int] | None = None) -> bool:
    """Take a document out with everything that only it supports; a version that it superseded answers again. Whether it was there.

    Entities that nobody speaks of any more stay until `remove_strangers`; nothing shows them.
    """
    row = first(connection, "SELECT id, supersedes FROM document WHERE key = ?", (key,))
    if row is None:
        return False
    document, supersedes = row
    _silence(connection, document, later)
    low, high = _range(document)
    named = f"SELECT DISTINCT target FROM edge WHERE source BETWEEN ? AND ? AND type = {_ABOUT}"
    connection.execute(f"UPDATE concept SET documents = documents - 1 WHERE id IN ({named})", (low, high))
    connection.execute(f"DELETE FROM concept WHERE documents = 0 AND id IN ({named})", (low, high))
    connection.execute("DELETE FROM edge WHERE source BETWEEN ? AND ?", (low, high))
    for table in ("section", "sentence", "factor"):
        connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (low, high))
    for table in ("place", "outcome", "document_text"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
    connection.execute("DELETE FROM document WHERE id = ?", (document,))
    if supersedes and not first(connection, "SELECT 1 FROM document WHERE supersedes = ?", (supersedes,)):
        before = first(connection, "SELECT id FROM document WHERE key = ? AND live = 0", (supersedes,))
        if before:
            _set_live(connection, before[0], 1)
            if later is None:
                enliven(connection, before[0])
            else:
                later.add(before[0])
    return True


def remove_strangers(connection: apsw.Connection) -> None:
    """Take out entities that no document speaks of any more. Looks at every edge: nothing that a sync should do for each document."""
    spoken_of = f"SELECT target FROM edge WHERE type > {_ABOUT}"
    connection.execute(f"DELETE FROM entity WHERE id NOT IN ({spoken_of})")


def enliven(connection: apsw.Connection, document: int) -> None:
    """Bring a document into the answers and the full-text index, if it is one that answers use."""
    if not only(connection, "SELECT live FROM document WHERE id = ?", (document,))[0]:
        return
    derive(connection, document)
    _index(connection, document)


def enliven_all(connection: apsw.Connection, documents: Iterable[int]) -> None:
    """As `enliven`, of many documents."""
    listed = ", ".join(map(str, sorted(documents)))
    living = [document for (document,) in every(connection, f"SELECT id FROM document WHERE live = 1 AND id IN ({listed}) ORDER BY id")]
    derive_all(connection, living)
    for document in living:
        _index(connection, document)


def _index(connection: apsw.Connection, document: int) -> None:
    (text,) = only(connection, "SELECT clean_text FROM document_text WHERE document = ?", (document,))
    findable = f"SELECT id, start, stop FROM sentence AS s WHERE id BETWEEN ? AND ? AND {FINDABLE.format(document)} ORDER BY id"
    rows = list(every(connection, findable, _range(document)))
    texts = index_texts(text, ((start, stop) for _, start, stop in rows))
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", [(row, words) for (row, *_), words in zip(rows, texts, strict=True)])


def merge_words(connection: apsw.Connection) -> None:
    """The full-text index in one piece: words of deleted sentences are gone for good, and what is added has nothing large to merge with."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def _silence(connection: apsw.Connection, document: int, later: set[int] | None = None) -> None:
    """Take a document out of the answers and the full-text index; its nodes and edges stay."""
    if later is not None and document in later:
        later.remove(document)
    elif only(connection, "SELECT live FROM document WHERE id = ?", (document,))[0]:
        drop(connection, document)
        connection.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM sentence WHERE id BETWEEN ? AND ?)", _range(document))


def _retire(connection: apsw.Connection, key: str, later: set[int] | None) -> None:
    row = first(connection, "SELECT id FROM document WHERE key = ? AND live = 1", (key,))
    if row:
        _silence(connection, row[0], later)
        _set_live(connection, row[0], 0)


def _set_live(connection: apsw.Connection, document: int, live: int) -> None:
    connection.execute(f"UPDATE document SET live = ?, changed = {_THIS_VERSION} WHERE id = ?", (live, document))


def _range(document: int) -> tuple[int, int]:
    return document << BITS, ((document + 1) << BITS) - 1


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _insert_head(connection: apsw.Connection, projection: DocumentProjection) -> int:
    source = projection.source
    superseded = first(connection, "SELECT 1 FROM document WHERE supersedes = ?", (source.document,)) is not None
    links = sum(ENDS[edge.type] == ("factor", "factor") for edge in projection.edges)
    (document,) = only(
        connection,
        f"INSERT INTO document VALUES ((SELECT coalesce(max(id), 0) + 1 FROM document), {_marks(23)}, {_THIS_VERSION}) RETURNING id",
        (
            *(source.document, source.file, source.title, _encode(source.authors).decode()),
            *(source.year, source.date, KINDS.index(source.kind), source.issuer, None if projection.level is None else LEVELS.index(projection.level)),
            *(int(source.sample), number_of(projection.work), projection.work, age_of(source.date), number_of(source.document)),
            *(projection.in_force, projection.expires, projection.supersedes, int(not superseded)),
            *(len(projection.sentences), len(projection.factors), links, projection.stamp, ACCESSES.index(source.access)),
        ),
    )
    connection.execute("INSERT INTO document_text VALUES (?, ?, ?)", (document, projection.clean_text, bare_blocks(projection.blocks)))
    connection.executemany("INSERT INTO place VALUES (?, ?)", [(document, name) for name in projection.places])
    return int(document)


def _shared_entities(connection: apsw.Connection, projection: DocumentProjection) -> dict[str, int]:
    rows = [(node.id, ENTITY_TYPES.index(node.type), node.name) for node in projection.entities]
    return _shared(connection, "entity", "id, key, type, name", rows)


def _shared_concepts(connection: apsw.Connection, projection: DocumentProjection) -> dict[str, int]:
    rows = [(node.id, node.name, node.english) for node in projection.concepts]
    ids = _shared(connection, "concept", "id, key, name, english", rows)
    # the register may call it otherwise since it was first put in
    connection.executemany(
        "UPDATE concept SET documents = documents + 1, name = ?2, english = ?3 WHERE id = ?1", [(ids[key], name, english) for key, name, english in rows]
    )
    return ids


def _shared(connection: apsw.Connection, table: str, columns: str, rows: Sequence[Row]) -> dict[str, int]:
    """Ids of nodes that documents share, made where they are not there yet. Entities and concepts never share an id."""
    keys = _encode([row[0] for row in rows]).decode()
    ids = {row[0]: row[1] for row in every(connection, f"SELECT key, id FROM {table} WHERE key IN (SELECT value FROM json_each(?))", (keys,))}
    fresh = [row for row in rows if row[0] not in ids]
    if fresh:
        last = only(connection, "SELECT max(coalesce((SELECT max(id) FROM entity), 0), coalesce((SELECT max(id) FROM concept), 0))")[0]
        ids.update({row[0]: last + n for n, row in enumerate(fresh, 1)})
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({_marks(1 + len(fresh[0]))})", [(ids[row[0]], *row) for row in fresh])
    return ids


def _insert_nodes(connection: apsw.Connection, projection: DocumentProjection, ids: dict[str, dict[str, int]]) -> None:
    section, sentence, factor = ids["section"], ids["sentence"], ids["factor"]
    connection.executemany(
        f"INSERT INTO section VALUES ({_marks(7)})", [(section[n.id], n.id, n.path, n.level, n.zone, n.start, n.end) for n in projection.sections]
    )
    connection.executemany(
        f"INSERT INTO sentence VALUES ({_marks(5)})",
        [(sentence[n.id], n.id, n.start, n.end, section.get(n.section or "")) for n in projection.sentences],
    )
    bits = {node.id: 1 << ENTITY_TYPES.index(node.type) for node in projection.entities}
    actors: dict[str, int] = {}
    for edge in projection.edges:
        if edge.type in FLIPPED:
            actors[edge.target] = actors.get(edge.target, 0) | bits.get(edge.source, 0)
    rows = [
        (
            *(factor[n.id], n.id, FACTOR_TYPES.index(n.type), n.start, n.end, sentence[n.sentence], section.get(n.section or "")),
            *(n.scope, n.dim, n.force, n.voice, _encode(n.where).decode(), n.when),
            *(n.confidence, None if n.runner_up is None else _encode(n.runner_up).decode(), n.author, REVIEWS.index(n.review), int(n.answered)),
            actors.get(n.id, 0),
        )
        for n in projection.factors
    ]
    connection.executemany(f"INSERT INTO factor VALUES ({_marks(19)})", rows)


def _insert_edges(connection: apsw.Connection, projection: DocumentProjection, ids: dict[str, dict[str, int]], document: int) -> None:
    rows = []
    places: dict[tuple[Place, ...], str] = {}
    for n, edge in enumerate(projection.edges):
        from_label, to_label = ENDS[edge.type]
        source, target = ids[from_label].get(edge.source), ids[to_label].get(edge.target)
        if source is None or target is None:
            end = f"{from_label} {edge.source}" if source is None else f"{to_label} {edge.target}"
            raise EdgeWithoutEnd(projection.source.document, f"{edge.type} {edge.id}", end)
        if edge.type in FLIPPED:
            source, target = target, source
        if edge.evidence not in places:
            places[edge.evidence] = _encode(edge.evidence).decode()
        rows.append(
            (
                *(source, _TYPE[edge.type], target, n, document, edge.id, None if edge.basis is None else BASES.index(edge.basis), edge.confidence),
                *(edge.author, places[edge.evidence], REVIEWS.index(edge.review), edge.live, edge.weak, edge.role),
            )
        )
    # in the order of the table: each page of it is touched once
    rows.sort()
    connection.executemany(f"INSERT INTO edge VALUES ({_marks(14)})", rows)
