"""Names of files as people gave them, fit to be kept and shown."""

from __future__ import annotations

import unicodedata

from corpus.readers import decode_name

__all__ = ["document_name"]

_LONGEST = 255


def document_name(received: str) -> str:
    """The file name without folders, whatever system it comes from, without what cannot be shown.

    `C:\\文件\\通知.txt` → 通知.txt. A name in GBK on a disk that holds UTF-8 comes as half surrogates, one a byte, and is read as GBK.
    A name that is too long loses of its middle, never its ending.
    """
    name = received.replace("\\", "/").rstrip("/").rpartition("/")[2]
    if any("\udc80" <= char <= "\udcff" for char in name) and not any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in name):
        name = decode_name(name.encode("utf-8", "surrogateescape"))
    name = name.encode("utf-8", "replace").decode("utf-8")
    name = "".join(char for char in unicodedata.normalize("NFC", name) if char.isprintable() or char == "\u3000").strip()
    if len(name) > _LONGEST:
        name = name[: _LONGEST - 21] + "…" + name[-20:]
    return name or "unnamed"
