"""Threads that ask one store while processes write to it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence

from graph.questions import remedies, search
from graph.store import GraphStore
from tests.graph.statement_maker import REGISTER


def read_while(store: GraphStore, processes: Sequence[subprocess.Popen[str] | subprocess.Popen[bytes]], *, whole: int, timeout: float) -> set[int]:
    """Totals that three readers saw until all `processes` ended, each well; every answer held whole documents of `whole` rows only."""
    failures: list[Exception] = []
    seen: set[int] = set()
    finished = threading.Event()

    def read() -> None:
        try:
            while not finished.is_set():
                answer = remedies(store, REGISTER, "数据孤岛", limit=5)
                # an answer is about one state: rows, counts and base agree, every document is whole
                assert answer.total % whole == 0
                seen.add(answer.total)
                assert search(store, "孤岛").total % whole == 0
        except Exception as error:  # noqa: BLE001  whatever it is, the test names it
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for process in processes:
        process.communicate(timeout=timeout)
    finished.set()
    for reader in readers:
        reader.join()
    assert [process.returncode for process in processes] == [0, 0]
    assert failures == []
    return seen
