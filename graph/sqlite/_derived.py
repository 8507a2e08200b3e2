"""Tables made from the graph, a document at a time, so that answers are walks along an index: what each row stands for.

A document that answers do not use (a superseded version) has no rows in them. `check` makes all of them again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import apsw

from graph._codes import ACCESSES, BITS, DIMS, EDGE_TYPES, FORCES, VOICES
from graph.sqlite._ask import Row, every
from graph.sqlite._packed import PACKED, pack

__all__ = ["DERIVED", "FINDABLE", "MADE", "PREPARED", "derive", "derive_all", "doubt", "drop", "force_of", "made_from", "traits_of_factor", "traits_of_link"]

_ABOUT, _ACHIEVES, _LIMITED = (EDGE_TYPES.index(kind) for kind in ("about", "achieves", "limited_by"))
_OWN = f"BETWEEN document.id << {BITS} AND (document.id + 1 << {BITS}) - 1"
# part_of (4) is no answer to anything: it says where a clause belongs
_ANSWERING = "edge.type IN (0, 1, 2, 3, 5) AND edge.live = 1"
PREPARED = (EDGE_TYPES.index("addressed_by"), EDGE_TYPES.index("caused_by"), EDGE_TYPES.index("limited_by"))
"""types of links that `link_answer` holds: those that questions page through; the others are looked up from their factors"""
# what a person accepted comes first, then the surest; whole thousandths, so that order never hangs on the last bit
_DOUBT = "CASE {0}.review WHEN 1 THEN 0 ELSE 1000 - max(0, min(1000, CAST(round({0}.confidence * 1000) AS INTEGER))) END"
_FORCE = "CASE {0}.force " + " ".join(f"WHEN '{force}' THEN {n}" for n, force in enumerate(FORCES)) + " ELSE -1 END"
_VOICE = "CASE {0}.voice " + " ".join(f"WHEN '{voice}' THEN {n}" for n, voice in enumerate(VOICES)) + " ELSE -1 END"
_DIM = "CASE {0}.dim " + " ".join(f"WHEN '{dim}' THEN {1 << n}" for n, dim in enumerate(DIMS)) + " ELSE 0 END"


def force_of(factor: str) -> str:
    """The expression that gives the number of a factor's force, -1 for none."""
    return _FORCE.format(factor)


def traits_of_factor(factor: str) -> str:
    """Force, voice, bit of dim and bits of actors of a row of `factor`, as filters compare them."""
    return ", ".join((f"{_FORCE.format(factor)} AS force", f"{_VOICE.format(factor)} AS voice", f"{_DIM.format(factor)} AS dims", f"{factor}.actors AS actors"))


def traits_of_link(edge: str, source: str, target: str) -> str:
    """Force and voice of the measure (of achieves and limited_by the source, else the target), dims and actors of both ends."""
    measured = f"{edge}.type IN ({_ACHIEVES}, {_LIMITED})"
    return ", ".join(
        (
            f"CASE WHEN {measured} THEN {_FORCE.format(source)} ELSE {_FORCE.format(target)} END AS force",
            f"CASE WHEN {measured} THEN {_VOICE.format(source)} ELSE {_VOICE.format(target)} END AS voice",
            f"{_DIM.format(source)} | {_DIM.format(target)} AS dims",
            f"{source}.actors | {target}.actors AS actors",
        )
    )


_OF_DOCUMENT = "document.id, document.work, document.kind, document.shelf"


def doubt(table: str) -> str:
    """The expression that puts what people accepted first, then the surest, for rows of `table`."""
    return _DOUBT.format(table)


class Derived(NamedTuple):
    """How the rows of a table are made, and which of its columns name a row."""

    select: str
    key: str

    def rows(self) -> str:
        """The statement that gives the key of every row of a document."""
        return f"SELECT {self.key} FROM ({self.select})"


DERIVED: dict[str, Derived] = {
    # links by the concepts at their source (side 0) and at their target (side 1)
    "link_answer": Derived(
        f"""SELECT about.target AS concept, edge.type AS type, side.value AS side, about.weak, edge.basis, {_DOUBT.format("edge")}, document.age, document.tie,
            edge.source AS source, edge.target AS target, edge.ordinal AS ordinal, {_OF_DOCUMENT}, edge.review, edge.confidence,
            {traits_of_link("edge", "source", "target")}
        FROM document
        JOIN edge ON edge.source {_OWN} AND edge.type IN {PREPARED} AND edge.live = 1
        JOIN factor AS source ON source.id = edge.source JOIN factor AS target ON target.id = edge.target
        JOIN (SELECT 0 AS value UNION ALL SELECT 1) AS side
        JOIN edge AS about ON about.source = CASE side.value WHEN 0 THEN edge.source ELSE edge.target END AND about.type = {_ABOUT}
        WHERE document.live = 1 AND document.id = ?1""",
        "concept, type, side, source, target, ordinal",
    ),
    # factors by the concepts they are about
    "factor_answer": Derived(
        f"""SELECT about.target AS concept, factor.type AS type, factor.answered, about.weak, {_DOUBT.format("factor")}, document.age, document.tie,
            factor.id AS factor, {_OF_DOCUMENT}, factor.review, factor.confidence, {traits_of_factor("factor")}
        FROM document
        JOIN factor ON factor.id {_OWN} AND factor.review <> 2
        JOIN edge AS about ON about.source = factor.id AND about.type = {_ABOUT}
        WHERE document.live = 1 AND document.id = ?1""",
        "concept, type, factor",
    ),
    # what stands of a concept in a document, in the factors' own words
    "concept_document": Derived(
        f"""SELECT about.target AS concept, document.id AS document, document.work, document.age, document.kind, document.shelf,
            sum(factor.type = 0), sum(factor.type = 1), sum(factor.type = 2), sum(factor.type = 3), sum(factor.type = 1 AND factor.answered = 0)
        FROM document
        JOIN factor ON factor.id {_OWN} AND factor.review <> 2
        JOIN edge AS about ON about.source = factor.id AND about.type = {_ABOUT} AND about.weak = 0
        WHERE document.live = 1 AND document.id = ?1
        GROUP BY about.target, document.id""",
        "concept, document",
    ),
    # links whose ends name two concepts in their own words: what joins concept to concept
    "concept_link": Derived(
        f"""SELECT one.target AS one, edge.type, other.target AS other, edge.basis, {_DOUBT.format("edge")}, document.age, document.tie,
            edge.source AS source, edge.target AS target, edge.ordinal AS ordinal, {_OF_DOCUMENT}, edge.review, edge.confidence,
            {traits_of_link("edge", "source", "target")}
        FROM document
        JOIN edge ON edge.source {_OWN} AND {_ANSWERING}
        JOIN factor AS source ON source.id = edge.source JOIN factor AS target ON target.id = edge.target
        JOIN edge AS one ON one.source = edge.source AND one.type = {_ABOUT} AND one.weak = 0
        JOIN edge AS other ON other.source = edge.target AND other.type = {_ABOUT} AND other.weak = 0 AND other.target <> one.target
        WHERE document.live = 1 AND document.id = ?1""",
        "one, source, target, ordinal, other",
    ),
}


FINDABLE = f"""((SELECT access FROM document WHERE id = {{0}}) <> {ACCESSES.index("quotes")}
    OR EXISTS (SELECT 1 FROM factor AS f WHERE f.sentence = s.id AND f.review <> 2))"""
"""which sentences `s` of document {0} the full-text index holds: of one of which only quotes may be shown, those with a statement"""


MADE = (*DERIVED, *PACKED)
"""all tables that are made from the graph"""


def made_from(connection: apsw.Connection, table: str, document: int) -> list[Row]:
    """The rows that `table` has to hold of a document."""
    if table in PACKED:
        return list(pack(connection, document, (table,)).values())
    return list(every(connection, DERIVED[table].select, (document,)))


def derive(connection: apsw.Connection, document: int) -> None:
    """Put the rows of a document into all derived tables."""
    for table, derived in DERIVED.items():
        connection.execute(f"INSERT INTO {table} {derived.select}", (document,))
    _insert_packed(connection, document)


def derive_all(connection: apsw.Connection, documents: Iterable[int]) -> None:
    """As `derive`, of many documents: rows of a table go in by its key, so that each page of it is touched once and not once a document."""
    connection.execute("CREATE TEMP TABLE fresh (id INTEGER PRIMARY KEY)")
    try:
        connection.executemany("INSERT INTO temp.fresh VALUES (?)", [(document,) for document in sorted(documents)])
        for table, derived in DERIVED.items():
            select = derived.select.replace("document.id = ?1", "document.id IN (SELECT id FROM temp.fresh)")
            connection.execute(f"INSERT INTO {table} {select} ORDER BY {derived.key}")
        for document in sorted(documents):
            _insert_packed(connection, document)
    finally:
        connection.execute("DROP TABLE temp.fresh")


def _insert_packed(connection: apsw.Connection, document: int) -> None:
    for table, row in pack(connection, document).items():
        connection.execute(f"INSERT INTO {table} (document, {PACKED[table]}) VALUES ({', '.join('?' * len(row))})", row)


def drop(connection: apsw.Connection, document: int) -> None:
    """Take the rows of a document out of all derived tables, while what they were made from is still there."""
    for table, derived in DERIVED.items():
        columns = derived.key.split(", ")
        where = " AND ".join(f"{column} = ?" for column in columns)
        connection.executemany(f"DELETE FROM {table} WHERE {where}", list(every(connection, derived.rows(), (document,))))
    for table in PACKED:
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
