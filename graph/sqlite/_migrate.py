"""How an older file becomes one of today: a step a schema, each inside the one transaction that also writes the new number."""

from __future__ import annotations

from collections.abc import Callable

import apsw

from graph.sqlite._ask import every
from graph.sqlite._derived import DERIVED
from graph.sqlite._schema import COUNTS

__all__ = ["MIGRATIONS"]


def _add_counts(connection: apsw.Connection) -> None:
    """1 → 2: counts by document, and links from concept to concept."""
    connection.execute(COUNTS)
    documents = [row[0] for row in every(connection, "SELECT id FROM document")]
    for table in ("concept_document", "concept_link", "document_count"):
        connection.executemany(f"INSERT INTO {table} {DERIVED[table].select}", [(document,) for document in documents])


MIGRATIONS: dict[int, Callable[[apsw.Connection], None]] = {1: _add_counts}
"""schema → what makes it the next one"""
