"""How an older file becomes one of today: what changed in the graph itself, a step a schema; what is made from it is made anew.

All of it is one transaction, that also writes the new number.
"""

from __future__ import annotations

from collections.abc import Callable

import apsw
import msgspec

from graph._codes import bare_blocks
from graph.sqlite._ask import every
from graph.sqlite._derived import MADE, derive
from graph.sqlite._schema import ACCESS, ANSWERS, CHANGED, EDGE_BACK, IN_ORDER, NO_MERGING, SCHEMA, SHELF
from pipeline.records import Block

__all__ = ["migrate"]


def migrate(connection: apsw.Connection, *, schema: int) -> None:
    """Bring the tables of `schema` up to date."""
    for step in range(schema, SCHEMA):
        _STEPS[step](connection)
    if schema >= _MADE_ALIKE:
        return
    for table in (*_FORMER, *MADE):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(ANSWERS)
    for (document,) in list(every(connection, "SELECT id FROM document")):
        derive(connection, document)


def _find_by_sentence(connection: apsw.Connection) -> None:
    """1 → 2: factors of a sentence are found at once."""
    connection.execute("CREATE INDEX factor_sentence ON factor (sentence)")


def _lay_with_documents(connection: apsw.Connection) -> None:
    """2 → 3: acts lie with their document, concepts count the documents that name them, words of the text are not kept twice."""
    connection.execute(
        f"""
        ALTER TABLE concept ADD COLUMN documents INTEGER NOT NULL DEFAULT 0;
        UPDATE concept SET documents = (SELECT count(DISTINCT document) FROM edge WHERE target = concept.id AND type = 6);
        DROP INDEX edge_back;
        CREATE TEMP TABLE act AS SELECT * FROM edge WHERE type IN (7, 8);
        DELETE FROM edge WHERE type IN (7, 8);
        INSERT INTO edge SELECT target, type, source, ordinal, document, key, basis, confidence, author, evidence, review, live, weak, role FROM act;
        DROP TABLE act;
        {EDGE_BACK}
        UPDATE edge SET key = '' WHERE type IN (6, 9);
        """
    )
    for document, blocks in list(every(connection, "SELECT document, blocks FROM document_text")):
        bare = bare_blocks(msgspec.json.decode(blocks, type=tuple[Block, ...]))
        connection.execute("UPDATE document_text SET blocks = ? WHERE document = ?", (bare, document))


def _know_actors(connection: apsw.Connection) -> None:
    """3 → 4: a factor knows the kinds of its actors."""
    connection.execute(
        """
        ALTER TABLE factor ADD COLUMN actors INTEGER NOT NULL DEFAULT 0;
        UPDATE factor SET actors = (
            SELECT coalesce(sum(DISTINCT 1 << entity.type), 0) FROM edge JOIN entity ON entity.id = edge.target
            WHERE edge.source = factor.id AND edge.type IN (7, 8)
        );
        """
    )


def _find_back_fewer(connection: apsw.Connection) -> None:
    """4 → 5: mentions are not found backwards."""
    connection.execute(f"DROP INDEX edge_back; {EDGE_BACK}")


def _know_access(connection: apsw.Connection) -> None:
    """5 → 6: a document knows how far it may be shown; until then all were open. Deleting does not merge the index any more."""
    connection.execute(f"ALTER TABLE document ADD COLUMN {ACCESS}; ALTER TABLE document ADD COLUMN {SHELF}; {NO_MERGING}")


def _nothing_but_what_is_made(_: apsw.Connection) -> None:
    """6 → 7: what tables and statistics count is packed, a document in a few bytes."""


def _know_when(connection: apsw.Connection) -> None:
    """7 → 8: a document knows the version of the graph that changed it last, so that what is held in memory is kept in step with the file."""
    connection.execute(f"ALTER TABLE document ADD COLUMN {CHANGED}; {IN_ORDER}")
    connection.execute("UPDATE document SET changed = (SELECT value FROM meta WHERE name = 'version')")


_MADE_ALIKE = 7
"""schema since which what is made from the graph is made as today"""
_FORMER = ("document_entity", "document_count")
"""tables that were made from the graph once"""

_STEPS: dict[int, Callable[[apsw.Connection], None]] = {
    1: _find_by_sentence,
    2: _lay_with_documents,
    3: _know_actors,
    4: _find_back_fewer,
    5: _know_access,
    6: _nothing_but_what_is_made,
    7: _know_when,
}
"""schema → what makes its tables those of the next one"""
