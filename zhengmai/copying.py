"""The same graph in another store: from a file onto a server, or back. The corpus stays where it is; only answers come from elsewhere then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from graph.ahead import projections
from graph.build import rebuild
from graph.opening import is_server, open_store, shown
from graph.projection import DocumentProjection
from zhengmai.documents import statements_path
from zhengmai.errors import BadSetting, GraphsDiffer
from zhengmai.holdings import Holdings
from zhengmai.syncing import job_of

__all__ = ["Copied", "copy"]


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy holds."""

    documents: int
    store: str
    """where it is, without a password"""
    digest: str
    """of both graphs"""


def copy(holdings: Holdings, to: str, *, tell: Callable[[int, int], None] | None = None) -> Copied:
    """Make the store at `to` hold this corpus and nothing else, from its statements, decisions and register, and compare the two graphs.

    Raises:
        BadSetting: `to` is the store that the corpus has already.
        GraphsDiffer: the two graphs are not the same: this one is behind its statements.
        StoreError: one of the two cannot be opened, read or written.
        SyncRunning: another process is writing.
    """
    target: Path | str = to if is_server(to) else Path(to).absolute()
    own = holdings.settings.store or holdings.settings.graph
    if target == own or shown(target) == shown(own):
        raise BadSetting("--to", shown(target), "the corpus has its graph there already")
    with holdings.writing(), open_store(target, password=holdings.settings.store_password) as store:
        count = rebuild(store, _documents(holdings, tell))
        found, wanted = store.digest(), holdings.store.digest()
    if found != wanted:
        raise GraphsDiffer(shown(target))
    return Copied(documents=count, store=shown(target), digest=found)


def _documents(holdings: Holdings, tell: Callable[[int, int], None] | None) -> Iterator[DocumentProjection]:
    decisions = holdings.log.read()
    records = [record for record in holdings.catalogue.list() if not record.withdrawn and statements_path(holdings, record.id).exists()]
    jobs = (job_of(holdings, record, statements_path(holdings, record.id).read_bytes(), decisions) for record in records)
    for number, projection in enumerate(projections(jobs, holdings.register, concepts=holdings.settings.concepts), 1):
        yield projection
        if tell:
            tell(number, len(records))
