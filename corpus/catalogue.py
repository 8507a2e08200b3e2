"""The catalogue: documents as received. Bytes and what is known of them lie side by side under the document's id, never under its own name.

`<id>.bin` is the file as it came, `<id>.json` its record. Both are written whole or not at all; the record comes last, so
that a document without one was never added.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from corpus.errors import AlreadyReplaced, BrokenRecord, ExactCopy, NoSuchDocument
from corpus.records import DocumentRecord
from corpus.storage import write_whole

__all__ = ["Catalogue"]


class Catalogue:
    """The documents in one folder. Nothing is read before it is asked for; a folder that is not there is an empty catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document: str) -> Path:
        """Where the bytes of a document lie."""
        return self.folder / f"{document}.bin"

    def _record_path(self, document: str) -> Path:
        return self.folder / f"{document}.json"

    def add(self, data: bytes, *, name: str, now: datetime, sample: bool = False, supersedes: str | None = None) -> DocumentRecord:
        """The record of a document that was taken in; `name` is its file name as received, `supersedes` the id of what it replaces.

        Raises:
            ExactCopy: the same bytes are there already; the message names them.
            NoSuchDocument: there is nothing of the id that it should replace.
            AlreadyReplaced: something else has replaced that one.
        """
        digest = sha256(data).hexdigest()
        document = f"d{digest[:16]}"
        if self._record_path(document).exists():
            existing = self.get(document)
            raise ExactCopy(name=name, existing=existing.id, existing_name=existing.name, added=existing.added)
        version = 1
        if supersedes is not None:
            version = self.get(supersedes).version + 1
            for other in self.list():
                if other.supersedes == supersedes:
                    raise AlreadyReplaced(document=supersedes, newer=other.id)
        record = DocumentRecord(
            id=document,
            name=name,
            sha256=digest,
            size=len(data),
            added=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            sample=sample,
            version=version,
            supersedes=supersedes,
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.path(document), data)
        self._write(record)
        return record

    def _write(self, record: DocumentRecord) -> None:
        write_whole(self._record_path(record.id), msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")

    def list(self) -> tuple[DocumentRecord, ...]:
        """All records, by the time they came and their ids."""
        if not self.folder.is_dir():
            return ()
        records = [self.get(path.stem) for path in self.folder.glob("d*.json")]
        return tuple(sorted(records, key=_when_and_id))

    def get(self, document: str) -> DocumentRecord:
        """The record of a document.

        Raises:
            NoSuchDocument: there is none of that id.
            BrokenRecord: its record cannot be read.
        """
        path = self._record_path(document)
        # an id is never a path: what is asked for may come from an address line
        if not (document[:1] == "d" and document[1:].isalnum() and document.isascii()) or not path.exists():
            raise NoSuchDocument(document=document)
        try:
            return msgspec.json.decode(path.read_bytes(), type=DocumentRecord)
        except msgspec.MsgspecError as error:
            raise BrokenRecord(document=document, reason=str(error)) from error

    def read(self, document: str) -> bytes:
        """The bytes of a document, as received.

        Raises:
            NoSuchDocument, BrokenRecord: it is not there, or its bytes are gone.
        """
        self.get(document)
        try:
            return self.path(document).read_bytes()
        except FileNotFoundError as error:
            raise BrokenRecord(document=document, reason="its bytes are gone") from error

    def withdraw(self, document: str, *, now: datetime) -> DocumentRecord:
        """The record of a document that is out of all answers from now on; its bytes stay."""
        record = msgspec.structs.replace(self.get(document), withdrawn=now.strftime("%Y-%m-%d"))
        self._write(record)
        return record

    def remove(self, document: str) -> None:
        """Take a document off the disk. For samples; what somebody added is withdrawn."""
        self.get(document)
        self._record_path(document).unlink()
        self.path(document).unlink(missing_ok=True)


def _when_and_id(record: DocumentRecord) -> tuple[str, str]:
    return record.added, record.id
