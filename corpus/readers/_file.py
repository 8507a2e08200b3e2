"""Bytes of a file on disk, with every way in which a path can be wrong told apart."""

from __future__ import annotations

import stat
from pathlib import Path

from corpus.errors import MissingFile, NoPermission, NotAFile, TooLarge

LARGEST = 64 * 1024 * 1024
"""bytes; a book of a million characters has 3 MB"""


def load(path: Path) -> bytes:
    """All bytes of the file at `path`; errors name the path.

    Raises:
        MissingFile, NotAFile, NoPermission, TooLarge
    """
    name = str(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise NotAFile(name=name)
        if about.st_size > LARGEST:
            raise TooLarge(name=name, size=about.st_size, unit="bytes", limit=LARGEST)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFile(name=name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise NoPermission(name=name, reason=getattr(error, "strerror", None) or str(error)) from error
    if len(data) > LARGEST:
        raise TooLarge(name=name, size=len(data), unit="bytes", limit=LARGEST)
    return data
