"""The check of the corpus as something that runs by itself: in a process of its own, its state in a file that any page finds again."""

from __future__ import annotations

import os
from datetime import datetime

import msgspec

from corpus.storage import write_whole
from zhengmai.checking import Fault, check
from zhengmai.documents import now
from zhengmai.holdings import Holdings

__all__ = ["Health", "read_health", "run_check"]

_SILENT_S = 120
"""seconds without a word after which a check counts as broken off"""
_EVERY = 10
"""documents between two words"""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Where the last check stands, or what it found; kept in `check.json`."""

    step: str
    """`running`, `done`, or `stopped` where its process ended before it was through"""
    at: str
    done: int
    total: int
    faults: tuple[Fault, ...] = ()
    version: int = 0
    """of the graph that was checked"""
    process: int = 0


def run_check(holdings: Holdings) -> Health:
    """Check the corpus and keep the outcome; while it goes on, keep how far it is."""
    version = holdings.store.version

    def keep(step: str, done: int, total: int, faults: tuple[Fault, ...] = ()) -> Health:
        at = now().isoformat(timespec="seconds").replace("+00:00", "Z")
        health = Health(step=step, at=at, done=done, total=total, faults=faults, version=version, process=os.getpid())
        write_whole(holdings.settings.health, msgspec.json.encode(health))
        return health

    def tell(done: int, total: int) -> None:
        if done % _EVERY == 0:
            keep("running", done, total)

    total = len(holdings.catalogue.list())
    keep("running", 0, total)
    faults = tuple(check(holdings, tell=tell))
    return keep("done", total, total, faults)


def read_health(holdings: Holdings) -> Health | None:
    """The last check, or none if there never was one; one that fell silent counts as stopped."""
    path = holdings.settings.health
    if not path.exists():
        return None
    health = msgspec.json.decode(path.read_bytes(), type=Health)
    if health.step == "running" and (now() - datetime.fromisoformat(health.at)).total_seconds() > _SILENT_S:
        return msgspec.structs.replace(health, step="stopped")
    return health
