"""Zip containers whose bytes hang on their content alone: fixed order, the day of the manifest as time, no system marks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

__all__ = ["add", "rewritten"]

_FIRST_YEAR = 1980
"""a zip knows no earlier day"""
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")


def add(archive: zipfile.ZipFile, name: str, data: bytes, date: str) -> None:
    """Put `data` into `archive` under `name`, as of the ISO time `date`."""
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:10])
    info = zipfile.ZipInfo(name, (max(year, _FIRST_YEAR), month, day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


@contextmanager
def rewritten(out: BinaryIO, date: str) -> Iterator[BinaryIO]:
    """A buffer for an Office file of another library, which goes to `out` with `date` in the place of the time of day."""
    whole = io.BytesIO()
    yield whole
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(out, "w") as archive:
        for name in sorted(made.namelist()):
            data = made.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + date.encode() + rb"\g<3>", data)
            add(archive, name, data, date)
