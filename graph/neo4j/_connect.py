"""Sessions with one Neo4j server: opened, retried where the error says so, and every error of the library put into our words."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

import neo4j
from neo4j import exceptions

from graph.errors import (
    SchemaTooNew,
    StoreAddressUnknown,
    StoreBusy,
    StoreClosed,
    StoreForeign,
    StoreNotWritable,
    StoreRefused,
    StoreSlow,
    StoreUnreachable,
)
from graph.neo4j._schema import SCHEMA, STATEMENTS, UPGRADES

__all__ = ["Address", "Ask", "Row", "Server", "TakenAway", "Torn", "in_our_words", "read_address"]

Result = TypeVar("Result")
Row = tuple[Any, ...]
Ask = Callable[..., list[Row]]
"""`ask(statement, **parameters)` → all rows"""

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_GONE = (exceptions.ServiceUnavailable, exceptions.SessionExpired)
_GONE_S = 5.0
"""seconds that a server may take to come back; one that restarts takes longer, and people want to know"""
_WENT = "Neo.ClientError.Statement.EntityNotFound"
_PAUSE = 0.05
_LONGEST_PAUSE = 1.0
_TIMED_OUT = ("TransactionTimedOut", "LockAcquisitionTimeout", "LockClientStopped", "TransactionTerminated", "Terminated")
_FULL = (
    "OutOfMemory",
    "MemoryLimit",
    "TransactionLogError",
    "TransactionCommitFailed",
    "FileSystem",
    "ReadOnly",
    "WriteOnReadOnly",
    "NoSpace",
    "StorageDamage",
)
_REFUSED = ("Security", "Forbidden")


class Torn(Exception):
    """What was read belongs to two states of the graph: somebody wrote in between. To be read again."""


class TakenAway(Torn):
    """There is no graph any more: somebody emptied the database."""


class Address(NamedTuple):
    """Where a server is and who asks. `shown` is what messages and logs may hold: never the password."""

    url: str
    user: str
    password: str
    database: str | None
    shown: str


def read_address(url: str, *, password: str = "") -> Address:
    """Parts of `bolt://user:password@host:7687/database`; user and port have the defaults of the server.

    Raises:
        StoreAddressUnknown: it is no such address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 7687
    except ValueError as error:
        raise StoreAddressUnknown(_without_password(url), str(error)) from None
    if parts.scheme not in SCHEMES or not host:
        raise StoreAddressUnknown(_without_password(url), f"it does not begin with one of {', '.join(SCHEMES)} and a host")
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    database = parts.path.strip("/") or None
    return Address(
        url=urlunsplit((parts.scheme, place, "", "", "")),
        user=unquote(parts.username or "neo4j"),
        password=unquote(parts.password or "") or password,
        database=database,
        shown=f"{parts.scheme}://{place}" + (f"/{database}" if database else ""),
    )


def _without_password(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


class Server:
    """One server, with the sessions that are open to it. May be shared by threads.

    Opening makes the schema in an empty database and refuses one that is not ours.
    """

    def __init__(self, address: Address, *, wait: float) -> None:
        self.address, self._wait = address, wait
        self._closed = False
        with in_our_words(address.shown, wait):
            self._server = neo4j.GraphDatabase.driver(
                address.url,
                auth=(address.user, address.password),
                connection_timeout=min(wait, 10.0),
                connection_acquisition_timeout=wait,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
                user_agent="zhengmai",
                fetch_size=-1,
            )
            try:
                # one try: who gives a wrong address or password is told at once
                self._server.verify_connectivity(**self._database())
                self._prepare()
            except BaseException:
                self._server.close()
                raise

    def close(self) -> None:
        """Give all sessions back; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self._server.close()

    def read(self, question: Callable[[Ask], Result]) -> Result:
        """What `question` finds; asked again where somebody wrote meanwhile, or the server says that trying again helps.

        Every statement sees what is committed when it runs. Whether several of them belong together, `question` has to look at, and raise `Torn`.
        """

        def work(session: neo4j.Session) -> Result:
            def ask(statement: str, **parameters: Any) -> list[Row]:
                query = neo4j.Query(statement, timeout=self._wait)
                try:
                    return [tuple(record.values()) for record in session.run(query, parameters)]
                except exceptions.ClientError as error:
                    if error.code == _WENT:
                        # a statement had found it, and somebody else took it out before its properties were read
                        raise Torn("a node went while it was read") from error
                    raise

            return question(ask)

        return self._again_and_again(work, access=neo4j.READ_ACCESS)

    def write(self, change: Callable[[Ask], Result], *, more: float = 0.0) -> Result:
        """What `change` gives, after all of it is committed, or, on any error, nothing of it. `more`: seconds that it may take beyond those of waiting.

        Its first statement is the one that queues behind other writers.
        """

        def work(session: neo4j.Session) -> Result:
            answered = False
            with session.begin_transaction(timeout=self._wait + more) as transaction:

                def ask(statement: str, **parameters: Any) -> list[Row]:
                    nonlocal answered
                    try:
                        rows = [tuple(record.values()) for record in transaction.run(statement, parameters)]
                    except exceptions.Neo4jError as error:
                        if answered and not error.is_retryable() and _timed_out(error):
                            # nobody else was in the way
                            raise StoreSlow(self.address.shown, self._wait + more) from error
                        raise
                    answered = True
                    return rows

                result = change(ask)
                transaction.commit()
            return result

        return self._again_and_again(work, access=neo4j.WRITE_ACCESS)

    def _again_and_again(self, work: Callable[[neo4j.Session], Result], *, access: str) -> Result:
        if self._closed:
            raise StoreClosed(self.address.shown)
        start = time.monotonic()
        until, gone, pause = start + self._wait, start + _GONE_S, _PAUSE
        with in_our_words(self.address.shown, self._wait):
            while True:
                try:
                    with self._server.session(default_access_mode=access, fetch_size=-1, **self._database()) as session:
                        return work(session)
                except Torn as torn:
                    if time.monotonic() > until:
                        raise
                    if isinstance(torn, TakenAway):
                        self._prepare()
                except (exceptions.Neo4jError, exceptions.DriverError) as error:
                    if isinstance(error, _GONE):
                        until = min(until, gone)
                    if not error.is_retryable() or time.monotonic() > until:
                        raise
                # whoever waits for the same lock does not come back at the same moment
                time.sleep(pause * random.uniform(0.5, 1.0))
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _database(self) -> Mapping[str, Any]:
        return {"database": self.address.database} if self.address.database else {}

    def _prepare(self) -> None:
        """Make the schema in an empty database; refuse a newer one, and one that holds the data of others."""
        found = self.read(lambda ask: ask("OPTIONAL MATCH (g:ZhengmaiGraph) RETURN g.schema LIMIT 1"))
        schema = found[0][0]
        if schema is None and self.read(lambda ask: ask("MATCH (n) RETURN 1 LIMIT 1")):
            raise StoreForeign(self.address.shown)
        if schema is not None and schema > SCHEMA:
            raise SchemaTooNew(self.address.shown, found=schema, known=SCHEMA)
        for older in range(schema or SCHEMA, SCHEMA):
            self._again_and_again(lambda session, older=older: session.run(UPGRADES[older]).consume(), access=neo4j.WRITE_ACCESS)  # type: ignore[misc]
            self.write(lambda ask, older=older: ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) SET g.schema = $schema", schema=older + 1))  # type: ignore[misc]
        if schema is None:
            for statement in STATEMENTS:
                self.write(lambda ask, statement=statement: ask(statement))  # type: ignore[misc]
            # a graph that is made anew never has a version that the one before it had: what was computed for that one does not hold
            version = random.SystemRandom().randrange(1 << 30) << 24
            # nor does a document have the number of one that was there before
            last = random.SystemRandom().randrange(1 << 30)
            self.write(
                lambda ask: ask(
                    "MERGE (g:ZhengmaiGraph {name: 'graph'}) ON CREATE SET g.schema = $schema, g.version = $version, g.last = $last, g.live = 0, g.sum = 0",
                    schema=SCHEMA,
                    version=version,
                    last=last,
                )
            )
            self.read(lambda ask: ask("CALL db.awaitIndexes(60)"))


@contextmanager
def in_our_words(shown: str, wait: float) -> Iterator[None]:
    """The one place where errors of the Neo4j library become errors of the graph; faults of this program stay what they are."""
    try:
        yield
    except Torn as error:
        raise StoreBusy(shown, wait) from error
    except exceptions.AuthError as error:
        raise StoreRefused(shown, _line(error)) from error
    except exceptions.Neo4jError as error:
        code = error.code or ""
        if any(name in code for name in _REFUSED):
            raise StoreRefused(shown, _line(error)) from error
        if "DatabaseNotFound" in code or "DatabaseUnavailable" in code:
            raise StoreUnreachable(shown, _line(error)) from error
        if any(name in code for name in _FULL):
            raise StoreNotWritable(shown, _line(error)) from error
        if error.is_retryable() or _timed_out(error):
            raise StoreBusy(shown, wait) from error
        if code.startswith("Neo.DatabaseError"):
            raise StoreNotWritable(shown, _line(error)) from error
        raise
    except exceptions.ConfigurationError as error:
        raise StoreAddressUnknown(shown, _line(error)) from error
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired, exceptions.ConnectionAcquisitionTimeoutError) as error:
        raise StoreUnreachable(shown, _line(error)) from error
    except OSError as error:
        raise StoreUnreachable(shown, error.strerror or str(error)) from error


def _timed_out(error: exceptions.Neo4jError) -> bool:
    return any(name in (error.code or "") for name in _TIMED_OUT)


def _line(error: Exception) -> str:
    """The first line of what the library says, without its codes."""
    said = getattr(error, "message", None) or str(error)
    return (str(said).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
