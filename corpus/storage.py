"""Files that are written whole or not at all, and folders that one process writes to at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import FolderBusy

__all__ = ["append_line", "held", "write_whole"]

_PATIENCE = 10
"""seconds; a write takes milliseconds, so a folder held for longer is held by something that hangs"""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold `folder`, made if it is not there, against other processes and threads.

    Raises:
        FolderBusy: something else has held it for ten seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise FolderBusy(folder=str(folder), seconds=_PATIENCE) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds all of it or what it held before, also after a crash."""
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append `line` and a line end to `path`; it is on the disk when this returns."""
    new = not path.exists()
    with path.open("ab") as out:
        out.write(line + b"\n")
        out.flush()
        os.fsync(out.fileno())
    if new:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Put the names in `folder` on the disk; a system that cannot open folders (Windows) does that by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
