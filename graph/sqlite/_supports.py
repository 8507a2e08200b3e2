"""What hangs on one document: concepts and ties between them, with the other works that hold them up too."""

from __future__ import annotations

import apsw

from graph._codes import BITS, EDGE_TYPES
from graph.errors import UnknownDocument
from graph.overviews import Support, TieSupport
from graph.records import ConceptRef
from graph.sqlite._ask import Row, every, first

__all__ = ["supports", "tie_supports"]


def supports(connection: apsw.Connection, key: str) -> tuple[Support, ...]:
    """What a document says about each concept in its own words, and how many other works of its shelf (samples, internal ones, the rest) speak of it.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    rows = every(
        connection,
        f"""SELECT n.key, n.name, n.english, count(DISTINCT about.source),
            (SELECT count(DISTINCT c.work) FROM concept_document AS c WHERE c.concept = n.id AND c.work <> ?2 AND c.shelf = ?3) AS others,
            (SELECT count(*) FROM link_answer AS l WHERE l.concept = n.id AND l.type = {EDGE_TYPES.index("addressed_by")} AND l.side = 0 AND l.weak = 0
                AND l.source BETWEEN ?1 << {BITS} AND (?1 + 1 << {BITS}) - 1)
        FROM edge AS about JOIN concept AS n ON n.id = about.target
        WHERE about.source BETWEEN ?1 << {BITS} AND (?1 + 1 << {BITS}) - 1 AND about.type = {EDGE_TYPES.index("about")} AND about.weak = 0
        GROUP BY n.id ORDER BY others, n.key""",
        _document(connection, key),
    )
    return tuple(
        Support(concept=ConceptRef(id=concept, name=name, english=english), statements=statements, others=others, remedies=remedies)
        for concept, name, english, statements, others, remedies in rows
    )


def tie_supports(connection: apsw.Connection, key: str) -> tuple[TieSupport, ...]:
    """How a document ties concepts to each other, and how many other works of its shelf do the same.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    rows = every(
        connection,
        f"""SELECT n.key, n.name, n.english, tie.type, m.key, m.name, m.english, tie.count,
            (SELECT count(DISTINCT c.work) FROM concept_link AS c
                WHERE c.one = tie.one AND c.other = tie.other AND c.type = tie.type AND c.work <> ?2 AND c.shelf = ?3) AS others
        FROM (
            SELECT own.one, own.type, own.other, count(*) AS count
            FROM (SELECT DISTINCT target FROM edge WHERE source BETWEEN ?1 << {BITS} AND (?1 + 1 << {BITS}) - 1 AND type = {EDGE_TYPES.index("about")}) AS about
            CROSS JOIN concept_link AS own ON own.one = about.target AND own.source BETWEEN ?1 << {BITS} AND (?1 + 1 << {BITS}) - 1
            GROUP BY 1, 2, 3
        ) AS tie JOIN concept AS n ON n.id = tie.one JOIN concept AS m ON m.id = tie.other
        ORDER BY others, n.key, m.key, tie.type""",
        _document(connection, key),
    )
    return tuple(
        TieSupport(
            source=ConceptRef(id=row[0], name=row[1], english=row[2]),
            type=EDGE_TYPES[row[3]],  # type: ignore[arg-type]
            target=ConceptRef(id=row[4], name=row[5], english=row[6]),
            rows=row[7],
            others=row[8],
        )
        for row in rows
    )


def _document(connection: apsw.Connection, key: str) -> Row:
    """Number, work and shelf of a document."""
    found = first(connection, "SELECT id, work, shelf FROM document WHERE key = ?", (key,))
    if found is None:
        raise UnknownDocument(key)
    return found
