"""Connections to one SQLite file: opened, lent to one thread at a time, and every error of the library put into our words.

Writers of all processes queue at one lock file beside the graph; readers never wait. The write-ahead log is copied back only by
who holds that lock. No memory mapping: together with the log it has been blamed for damaged files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock

import apsw
from filelock import FileLock, Timeout

from graph.errors import GraphError, SchemaTooNew, StoreBusy, StoreClosed, StoreCorrupt, StoreNotWritable
from graph.sqlite._migrate import migrate
from graph.sqlite._schema import APPLICATION, SCHEMA, TABLES

__all__ = ["Connections", "files_of", "remove_files"]

_IDLE = 8
_READ_WAIT_MS = 5_000
_POLL = 0.01
"""seconds between two looks at the lock: a writer that never rests leaves it free for milliseconds"""
_CACHE_KIB = 65_536
_LOG_PAGES = 16_000
"""pages of the log before they are copied back: many documents touch the same pages of the commonest concepts"""


def files_of(path: Path) -> tuple[Path, ...]:
    """The graph and everything that SQLite and the lock put beside it."""
    return path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def remove_files(path: Path) -> None:
    """Take the graph away; whoever still reads it keeps what it had. Statements and decisions are not touched."""
    with FileLock(lock_of(path)):
        for file in files_of(path):
            file.unlink(missing_ok=True)


def lock_of(path: Path) -> Path:
    """The file that writers of all processes queue at."""
    return path.with_name(path.name + ".lock")


class Connections:
    """A few connections to one file; `reading()` and `writing()` lend one to the thread that asks."""

    def __init__(self, path: Path, *, wait: float) -> None:
        self.path, self._wait = path, wait
        self._lock = FileLock(lock_of(path), timeout=wait)
        self._idle: deque[apsw.Connection] = deque()
        self._file: tuple[int, int] | None = None
        self._guard = Lock()
        self._closed = False
        if not path.parent.is_dir():
            raise StoreNotWritable(path, f"there is no folder {path.parent}")
        self._open()

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """A connection whose statements all see one and the same state, whatever others write meanwhile."""
        with self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self, *, overwrite: bool = False) -> Iterator[apsw.Connection]:
        """A connection inside the one write transaction that there is: all of it happens, or, on any error, nothing.

        `overwrite`: what is deleted is overwritten in the file, which nothing but a purge needs.

        Raises:
            StoreBusy: another process has held the lock for too long.
        """
        with self._locked(), self._lent() as connection:
            connection.pragma("secure_delete", int(overwrite))
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'version'")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def locked(self) -> Iterator[apsw.Connection]:
        """A connection outside any transaction, while no other process writes: for checkpoints and the like."""
        with self._locked(), self._lent() as connection:
            yield connection

    def empty_log(self) -> None:
        """Copy the log into the file and cut it to nothing, waiting for readers of older states.

        Raises:
            StoreBusy: a reader, or another process, does not let go.
        """
        with self.locked() as connection:
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def close(self) -> None:
        """Give back all connections; the log is copied into the file if nobody is writing."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            idle = list(self._idle)
            self._idle.clear()
        if not idle:
            return
        try:
            with self._lock.acquire(timeout=0.5), _in_our_words(self.path, self._wait):
                idle[0].wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        except (Timeout, GraphError):
            # somebody else is at work on the file: that one, or the next, copies the log
            pass
        for connection in idle:
            connection.close()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=self._wait, poll_interval=_POLL):
                yield
        except Timeout:
            raise StoreBusy(self.path, self._wait) from None
        except (PermissionError, FileNotFoundError) as error:
            raise StoreNotWritable(self.path, error.strerror or str(error)) from error

    @contextmanager
    def _lent(self) -> Iterator[apsw.Connection]:
        with _in_our_words(self.path, self._wait):
            if self._closed:
                raise StoreClosed(self.path)
            if self._identity() != self._file:
                self._open()
            with self._guard:
                file = self._file
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                connection = self._connect()
            try:
                yield connection
            finally:
                with self._guard:
                    keep = not self._closed and len(self._idle) < _IDLE and file == self._file
                    if keep:
                        self._idle.append(connection)
                if not keep:
                    connection.close()

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _open(self) -> None:
        """Take hold of the file that is there now: at the start, and when somebody has removed it and made it anew since."""
        with self._locked(), _in_our_words(self.path, self._wait):
            connection = self._connect()
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            with self._guard:
                old = list(self._idle)
                self._idle = deque([connection])
                self._file = self._identity()
        for connection in old:
            connection.close()

    def _connect(self) -> apsw.Connection:
        connection = apsw.Connection(str(self.path))
        connection.set_busy_timeout(_READ_WAIT_MS)
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        connection.pragma("cache_size", -_CACHE_KIB)
        connection.pragma("temp_store", 2)
        connection.wal_autocheckpoint(_LOG_PAGES)
        return connection

    def _prepare(self, connection: apsw.Connection) -> None:
        """Make the tables in an empty file, bring an older one up to date, refuse a newer or a foreign one."""
        schema, application = connection.pragma("user_version"), connection.pragma("application_id")
        if application not in (0, APPLICATION) or (application == 0 and connection.execute("SELECT 1 FROM sqlite_schema").fetchone()):
            raise StoreCorrupt(self.path, "it is a database of another program")
        if schema > SCHEMA:
            raise SchemaTooNew(self.path, found=schema, known=SCHEMA)
        connection.pragma("journal_mode", "wal")
        # a power cut may lose the last documents, which the next sync adds again; it cannot damage the file
        connection.pragma("synchronous", 1)
        if application == 0:
            self._in_one_go(connection, _make_tables)
        elif schema < SCHEMA:
            self._in_one_go(connection, partial(migrate, schema=schema))

    @staticmethod
    def _in_one_go(connection: apsw.Connection, step: Callable[[apsw.Connection], None]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(connection)
            connection.pragma("application_id", APPLICATION)
            connection.pragma("user_version", SCHEMA)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _make_tables(connection: apsw.Connection) -> None:
    connection.execute(TABLES)


@contextmanager
def _in_our_words(path: Path, wait: float) -> Iterator[None]:
    """The one place where errors of apsw become errors of the graph."""
    try:
        yield
    except (apsw.BusyError, apsw.LockedError, apsw.ProtocolError) as error:
        raise StoreBusy(path, wait) from error
    except (apsw.CorruptError, apsw.NotADBError, apsw.FormatError, apsw.EmptyError) as error:
        raise StoreCorrupt(path, str(error)) from error
    except (
        *(apsw.ReadOnlyError, apsw.CantOpenError, apsw.FullError, apsw.PermissionsError, apsw.IOError, apsw.AuthError),
        *(apsw.NoLFSError, apsw.NoMemError, apsw.TooBigError),
    ) as error:
        raise StoreNotWritable(path, str(error)) from error
    except apsw.ConnectionClosedError as error:
        raise StoreClosed(path) from error
