"""What a corpus holds: documents, statements, decisions, register and graph, opened when first used and passed around."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock

from filelock import FileLock, Timeout

from corpus.catalogue import Catalogue
from corpus.concepts import Register, load
from corpus.decisions import DecisionLog
from graph.opening import open_store
from graph.store import GraphStore
from zhengmai.baskets import Baskets
from zhengmai.errors import SyncRunning
from zhengmai.settings import Settings


@dataclass
class Holdings:
    """Everything that the operations of this folder need; cheap to open, nothing is loaded before it is used."""

    settings: Settings
    _loading: RLock = field(default_factory=RLock, repr=False, compare=False)
    """held while the register is made ready, so that who asks meanwhile waits for it and does not do the same work again"""

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.settings.documents)

    @cached_property
    def log(self) -> DecisionLog:
        return DecisionLog(self.settings.decisions)

    @cached_property
    def baskets(self) -> Baskets:
        return Baskets(self.settings.kept)

    @property
    def register(self) -> Register:
        with self._loading:
            return self._register

    @cached_property
    def _register(self) -> Register:
        return load(self.settings.concepts)

    def warm(self) -> None:
        """Make ready what the first question needs beside the store: the register and everything that it looks up (two seconds)."""
        with self._loading:
            self._register.resolve("数据孤岛怎样破解")

    @cached_property
    def store(self) -> GraphStore:
        self.settings.data.mkdir(parents=True, exist_ok=True)
        return open_store(self.settings.store or self.settings.graph, password=self.settings.store_password)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the corpus for writing; one process at a time.

        Raises:
            SyncRunning: another process holds it.
        """
        self.settings.data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.settings.data / ".sync.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise SyncRunning from error
        try:
            yield
        finally:
            lock.release()

    def close(self) -> None:
        """Give the store back."""
        if "store" in self.__dict__:
            self.store.close()
            del self.__dict__["store"]
