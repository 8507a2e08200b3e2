"""The store that an address names: a file, or a server."""

from __future__ import annotations

from pathlib import Path

from graph.store import GraphStore

__all__ = ["is_server", "open_store", "shown"]


def is_server(address: str) -> bool:
    """Whether an address names a server (`bolt://…`, `neo4j+s://…`) and not a file."""
    return "://" in address


def open_store(address: Path | str, *, password: str = "", wait: float = 30.0) -> GraphStore:
    """The store in a file, made where there is none, or on a server (`bolt://user:password@host:7687/database`).

    `password` is used where the address has none; `wait`: seconds that a write waits for other writers.

    Raises:
        StoreError: it cannot be opened; the kind of error says why.
    """
    if isinstance(address, str) and is_server(address):
        # whoever keeps the graph in a file never loads the library of the server
        from graph.neo4j import Neo4jStore

        return Neo4jStore(address, password=password, wait=wait)
    from graph.sqlite import SqliteStore

    return SqliteStore(address, wait=wait)


def shown(address: Path | str) -> str:
    """The address as people may read it: without a password."""
    if isinstance(address, str) and is_server(address):
        from graph.neo4j import read_address

        return read_address(address).shown
    return str(address)
