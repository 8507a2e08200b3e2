"""A real Neo4j for tests and benchmarks: the one that `NEO4J_TEST_URL` names, or one that is started here on loopback and ended with the process.

`python -m tests.integration.engine start FOLDER` starts one that stays, and prints its URL; `… stop FOLDER` ends it by its process id.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import neo4j

from graph.neo4j import read_address

HERE = Path(__file__).resolve().parent / "neo4j"
VARIABLE = "NEO4J_TEST_URL"
PASSWORD = "for-tests-alone"
_DOWNLOAD_S = 480.0
_START_S = 120.0
_STARTED: list[subprocess.Popen[bytes]] = []
"""held, so that Python does not take an engine that goes on for one that was forgotten"""


class NoEngine(Exception):
    """There is none, and none can be started here; the message says why."""


def engine_url() -> str:
    """`bolt://user:password@127.0.0.1:port` of an engine whose database tests may empty.

    Raises:
        NoEngine: no variable, no Java, no mvn, or it did not start.
    """
    given = os.environ.get(VARIABLE)
    if given:
        return given
    folder = Path(tempfile.mkdtemp(prefix="neo4j-for-tests-"))
    url, process = start(folder)
    atexit.register(_end, process, folder)
    # others that ask in this process, and the processes that it starts, get the same one
    os.environ[VARIABLE] = url
    return url


def start(folder: Path) -> tuple[str, int]:
    """URL and process id of an engine with its data under `folder`.

    Raises:
        NoEngine: no Java, no mvn, or it did not start.
    """
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    if os.name != "posix" or missing:
        raise NoEngine(f"Neo4j is not tested here: {' and '.join(missing) or 'a POSIX shell'} is missing (set {VARIABLE} to an empty database instead)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "engine.log"
    with log.open("wb") as out:
        command = [str(HERE / "start.sh"), str(folder / "home"), str(port), PASSWORD]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + _DOWNLOAD_S + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise NoEngine(f"Neo4j did not start: {log.read_text(encoding='utf-8', errors='replace').strip()[-500:]}")
        if "bolt ready" in log.read_text(encoding="utf-8", errors="replace"):
            _STARTED.append(process)
            return f"bolt://neo4j:{PASSWORD}@127.0.0.1:{port}", process.pid
        time.sleep(0.2)
    _end(process.pid, None)
    raise NoEngine(f"Neo4j did not answer within {_DOWNLOAD_S + _START_S:.0f} s")


def empty(url: str) -> None:
    """Take all documents out of the database. The schema stays where it is ours: making it anew takes longer than most tests."""
    address = read_address(url)
    with (
        neo4j.GraphDatabase.driver(address.url, auth=(address.user, address.password), notifications_min_severity="OFF") as server,
        server.session() as session,
    ):
        session.run("MATCH (n) WHERE NOT n:ZhengmaiGraph CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS").consume()
        session.run("MATCH (g:ZhengmaiGraph) SET g.version = g.version + 1, g.live = 0, g.sum = 0").consume()


def _end(process: int, folder: Path | None) -> None:
    try:
        os.kill(process, signal.SIGTERM)
        for _ in range(100):
            if os.waitpid(process, os.WNOHANG)[0]:
                break
            time.sleep(0.1)
    except (ProcessLookupError, ChildProcessError):
        pass  # it has ended already, or belongs to another process
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    verb, folder = arguments[0], Path(arguments[1])
    note = folder / "engine.pid"
    if verb == "start":
        try:
            url, process = start(folder)
        except NoEngine as error:
            sys.stderr.write(f"{error}\n")
            return 1
        note.write_text(str(process), encoding="utf-8")
        sys.stdout.write(f"{url}\n")
        return 0
    if note.exists():
        _end(int(note.read_text(encoding="utf-8")), None)
        note.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
