"""Zip archives: the files in them, one by one, each under its own name; one that cannot be unpacked costs itself alone."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import BrokenContainer, CorpusError, TooLarge
from corpus.readers._encoding import decode_name
from corpus.readers._file import LARGEST

_MOST_MEMBERS = 5000
_MOST_BYTES = 512 * 1024 * 1024
"""of all files of an archive together, unpacked"""
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075
"""extra field of Info-ZIP that repeats the name in UTF-8 (APPNOTE 4.6.9)"""
_LITTER = ("__MACOSX/", "._", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name with folders, and its bytes or the reason why there are none."""

    name: str
    data: bytes = b""
    error: CorpusError | None = None


def members(data: bytes, *, name: str) -> Iterator[Member]:
    """Files of the zip archive `data` in its order, without folders and what systems leave behind (`__MACOSX`, `Thumbs.db`).

    Names without the mark of UTF-8 are read in GBK or whatever makes sense of all of them together: `╣╪╙┌` → 关于.

    Raises:
        BrokenContainer: it is no zip archive, or its table of contents is damaged.
        TooLarge: more than 5,000 files, or more than 512 MB unpacked; nothing more is unpacked then.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise BrokenContainer(name=name, reason="it is no zip archive, or its table of contents is damaged") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > _MOST_MEMBERS:
            raise TooLarge(name=name, size=len(infos), unit="files", limit=_MOST_MEMBERS)
        names = _names(infos)
        left = _MOST_BYTES
        for info, member in zip(infos, names, strict=True):
            if any(part.startswith(_LITTER) for part in (member, member.rpartition("/")[2])):
                continue
            unpacked = _unpacked(archive, info, name=f"{name}/{member}")
            left -= len(unpacked) if isinstance(unpacked, bytes) else 0
            if left < 0:
                raise TooLarge(name=name, size=f"more than {_MOST_BYTES}", unit="bytes unpacked", limit=_MOST_BYTES)
            yield Member(member, unpacked) if isinstance(unpacked, bytes) else Member(member, error=unpacked)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, name: str) -> bytes | CorpusError:
    if info.flag_bits & _ENCRYPTED_FLAG:
        return BrokenContainer(name=name, reason="it is locked with a password")
    try:
        with archive.open(info) as file:
            # what the table says of sizes may be a lie; what comes out is counted
            data = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error):
        return BrokenContainer(name=name, reason="its packed bytes are cut off or altered")
    except (NotImplementedError, RuntimeError):
        return BrokenContainer(name=name, reason="it is packed in a way that is not read")
    if len(data) > LARGEST:
        return TooLarge(name=name, size=f"more than {LARGEST}", unit="bytes", limit=LARGEST)
    return data


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    raw = [None if info.flag_bits & _UTF8_FLAG else _raw_name(info) for info in infos]
    plain = [name for name in raw if name is not None and not name.isascii()]
    together = decode_name(b"\n".join(plain)).split("\n") if plain else []
    # one encoding for all names of an archive: a short name alone says too little
    decoded = iter(together if len(together) == len(plain) else map(decode_name, plain))
    names = []
    for info, name in zip(infos, raw, strict=True):
        if (utf8 := _unicode_path(info)) is not None:
            found = utf8
            if name is not None and not name.isascii():
                next(decoded)
        elif name is None or name.isascii():
            found = info.orig_filename
        else:
            found = next(decoded)
        names.append(found.replace("\\", "/"))
    return names


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    """The bytes of the name, which `zipfile` has read in code page 437."""
    try:
        return info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename.encode("utf-8", "replace")


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if struct.unpack_from("<L", field, 1)[0] != zlib.crc32(_raw_name(info)):
                return None
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None
