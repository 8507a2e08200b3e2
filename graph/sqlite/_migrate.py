"""How an older file becomes one of today: a step a schema, each inside the one transaction that also writes the new number."""

from __future__ import annotations

from collections.abc import Callable

import apsw
import msgspec

from graph.sqlite._ask import every
from graph.sqlite._derived import DERIVED, PREPARED
from graph.sqlite._schema import COUNTS, EDGE_BACK
from graph.sqlite._write import bare_blocks
from pipeline.records import Block

__all__ = ["MIGRATIONS"]


def _add_counts(connection: apsw.Connection) -> None:
    """1 → 2: counts by document, and links from concept to concept."""
    connection.execute(COUNTS)
    documents = [row[0] for row in every(connection, "SELECT id FROM document")]
    for table in ("concept_document", "concept_link", "document_count"):
        connection.executemany(f"INSERT INTO {table} {DERIVED[table].select}", [(document,) for document in documents])


def _lay_with_documents(connection: apsw.Connection) -> None:
    """2 → 3: acts lie with their document, concepts count the documents that name them, prepared links are those that are paged through,
    and words that stand in the text are not kept a second time."""
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
        DELETE FROM link_answer WHERE type NOT IN {PREPARED};
        """
    )
    for document, blocks in list(every(connection, "SELECT document, blocks FROM document_text")):
        connection.execute(
            "UPDATE document_text SET blocks = ? WHERE document = ?", (bare_blocks(msgspec.json.decode(blocks, type=tuple[Block, ...])), document)
        )


MIGRATIONS: dict[int, Callable[[apsw.Connection], None]] = {1: _add_counts, 2: _lay_with_documents}
"""schema → what makes it the next one"""
