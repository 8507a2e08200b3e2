"""Whether a store is whole: ends, quotes, index and answers; and a digest that two equal graphs share."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import apsw
import msgspec

from graph._codes import BITS
from graph.records import Problem
from graph.sqlite._ask import every, only
from graph.sqlite._derived import FINDABLE, MADE, made_from

__all__ = ["digest", "problems"]

_LOW = 1 << BITS
_END = (
    "SELECT e.key, d.key FROM edge AS e LEFT JOIN document AS d ON d.id = e.document LEFT JOIN {0} AS n ON n.id = e.{1} WHERE e.type IN ({2}) AND n.id IS NULL"
)
_NAMED = """
SELECT n.key, n.documents, coalesce(found.count, 0) FROM concept AS n
LEFT JOIN (SELECT target, count(DISTINCT document) AS count FROM edge WHERE type = 6 GROUP BY target) AS found ON found.target = n.id
WHERE n.documents <> coalesce(found.count, 0) OR n.documents = 0"""
_WANTED = (
    ("factor", "source", "0, 1, 2, 3, 4, 5, 6, 7, 8"),
    ("factor", "target", "0, 1, 2, 3, 4, 5"),
    ("concept", "target", "6"),
    ("entity", "target", "7, 8, 9"),
    ("sentence", "source", "9"),
)


def problems(connection: apsw.Connection) -> Iterator[Problem]:
    """Everything that is wrong with the store, one line each; nothing for a whole one."""
    for (line,) in every(connection, "PRAGMA quick_check"):
        if line != "ok":
            yield Problem(code="damaged", what=line, remedy="delete the graph and run `python -m zhengmai rebuild`")
    yield from _loose_ends(connection)
    yield from _quotes(connection)
    yield from _orphans(connection)
    yield from _index(connection)
    yield from _versions(connection)
    yield from _answers(connection)


def digest(connection: apsw.Connection) -> str:
    """SHA-256 over all rows by their names, never by their numbers: equal for equal graphs, whatever the order they were built in."""
    total = sha256()
    for row in _named_rows(connection):
        total.update(msgspec.json.encode(row))
        total.update(b"\n")
    return total.hexdigest()


def _loose_ends(connection: apsw.Connection) -> Iterator[Problem]:
    for label, end, types in _WANTED:
        for edge, document in every(connection, _END.format(label, end, types)):
            yield Problem(code="edge_without_end", what=f"edge {edge}: its {end} is no {label} of the graph", document=document)


def _quotes(connection: apsw.Connection) -> Iterator[Problem]:
    for document, key, text in every(
        connection, "SELECT d.id, d.key, t.clean_text FROM document AS d LEFT JOIN document_text AS t ON t.document = d.id ORDER BY d.id"
    ):
        if text is None:
            yield Problem(code="quote_differs", what="its text is missing", document=key)
            continue
        span = (document << BITS, ((document + 1) << BITS) - 1)
        for table in ("factor", "sentence"):
            bad = f"SELECT key, start, stop FROM {table} WHERE id BETWEEN ? AND ? AND (start < 0 OR stop < start OR stop > ?)"
            for name, start, stop in every(connection, bad, (*span, len(text))):
                yield Problem(code="quote_differs", what=f"{table} {name} at [{start}, {stop}) lies outside the text of {len(text)} characters", document=key)
        astray = (
            "SELECT factor.key FROM factor LEFT JOIN sentence ON sentence.id = factor.sentence WHERE factor.id BETWEEN ? AND ?"
            " AND (sentence.id IS NULL OR factor.start < sentence.start OR factor.start >= sentence.stop)"
        )
        for (name,) in every(connection, astray, span):
            yield Problem(code="quote_differs", what=f"factor {name} does not stand in its sentence", document=key)


def _orphans(connection: apsw.Connection) -> Iterator[Problem]:
    for key, said, found in every(connection, _NAMED):
        yield Problem(code="orphan", what=f"concept {key} says that {said} documents name it, {found} do")
    for table, column in (("factor", "id"), ("sentence", "id"), ("section", "id"), ("edge", "document")):
        number = f"{table}.{column} >> {BITS}" if column == "id" else f"{table}.{column}"
        (count,) = only(connection, f"SELECT count(*) FROM {table} WHERE {number} NOT IN (SELECT id FROM document)")
        if count:
            yield Problem(code="orphan", what=f"{count} rows of {table} belong to no document")


def _index(connection: apsw.Connection) -> Iterator[Problem]:
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except apsw.Error as error:
        yield Problem(code="index_differs", what=f"the full-text index is damaged: {error}")
        return
    missing = (
        f"SELECT d.key, count(*) FROM sentence AS s JOIN document AS d ON d.id = s.id >> {BITS} LEFT JOIN words_docsize AS w ON w.id = s.id"
        f" WHERE (w.id IS NULL) = (d.live AND {FINDABLE.format('d.id')}) GROUP BY 1"
    )
    for key, count in every(connection, missing):
        yield Problem(code="index_differs", what=f"{count} sentences and the full-text index disagree", document=key)
    (extra,) = only(connection, "SELECT count(*) FROM words_docsize WHERE id NOT IN (SELECT id FROM sentence)")
    if extra:
        yield Problem(code="index_differs", what=f"{extra} entries of the full-text index belong to no sentence")


def _versions(connection: apsw.Connection) -> Iterator[Problem]:
    """What is held in memory is read again by the version that changed a document; one that lies ahead of the graph would never be."""
    for key, changed, version in every(
        connection, "SELECT d.key, d.changed, m.value FROM document AS d JOIN meta AS m ON m.name = 'version' AND d.changed > m.value"
    ):
        yield Problem(code="answers_differ", what=f"it says that version {changed} changed it, the graph is at {version}", document=key)


def _answers(connection: apsw.Connection) -> Iterator[Problem]:
    """Derived tables are made again in memory, a document at a time, and compared by the sum of their rows' hashes."""
    documents = list(every(connection, "SELECT id, key FROM document ORDER BY id"))
    for table in MADE:
        held: dict[int, int] = {}
        for document, *row in every(connection, f"SELECT document, * FROM {table}"):
            held[document] = held.get(document, 0) + hash(tuple(row))
        for document, key in documents:
            if held.pop(document, 0) != sum(map(hash, made_from(connection, table, document))):
                yield Problem(code="answers_differ", what=f"{table} does not hold what the graph stands for", document=key)
        if held:
            yield Problem(code="answers_differ", what=f"{table} holds rows of {len(held)} documents that are not in the graph")


def _named_rows(connection: apsw.Connection) -> Iterator[tuple[object, ...]]:
    yield from every(connection, "SELECT key, name, english FROM concept ORDER BY key")
    yield from every(connection, "SELECT key, type, name FROM entity WHERE id IN (SELECT target FROM edge WHERE type > 6) ORDER BY key")
    documents = list(
        every(
            connection,
            "SELECT id, key, file, title, authors, year, date, kind, issuer, level, sample, access,"
            " work_key, age, tie, in_force, expires, supersedes, live, stamp FROM document ORDER BY key",
        )
    )
    for document, *columns in documents:
        yield tuple(columns)
        text, blocks = only(connection, "SELECT clean_text, blocks FROM document_text WHERE document = ?", (document,))
        yield text, blocks.decode()
        span = (document << BITS, ((document + 1) << BITS) - 1)
        yield from every(connection, "SELECT name FROM place WHERE document = ? ORDER BY name", (document,))
        yield from every(connection, "SELECT key, path, level, zone, start, stop FROM section WHERE id BETWEEN ? AND ? ORDER BY id", span)
        yield from every(connection, "SELECT key, start, stop, section - ?1 FROM sentence WHERE id BETWEEN ?1 AND ?2 ORDER BY id", span)
        yield from every(
            connection,
            "SELECT key, type, start, stop, sentence - ?1, section - ?1, scope,"
            " dim, force, voice, spots, moment, confidence, runner_up, author, review, answered"
            " FROM factor WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            span,
        )
        # a shared end goes by its name, an own one by its place in the document
        yield from every(
            connection,
            f"""SELECT e.type, e.ordinal, e.key, e.source - ?1,
                CASE WHEN e.target >= {_LOW} THEN e.target - ?1 WHEN e.type = 6 THEN (SELECT key FROM concept WHERE id = e.target)
                     ELSE (SELECT key FROM entity WHERE id = e.target) END,
                e.basis, e.confidence, e.author, e.evidence, e.review, e.live, e.weak, e.role
                FROM edge AS e WHERE e.source BETWEEN ?1 AND ?2 ORDER BY e.ordinal""",
            span,
        )
        yield from every(connection, "SELECT ordinal, decision, state, reason, target FROM outcome WHERE document = ? ORDER BY ordinal", (document,))
