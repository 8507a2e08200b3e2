"""The catalogue: documents as received. Bytes and what is known of them lie side by side under the document's id, never under its own name.

`<id>.bin` is the file as it came, `<id>.json` its record. Both are written whole or not at all; the record comes last, so that a document
without one was never added. Of a document that was purged `<id>.purged.json` is left, so that it never comes back. One process writes
at a time. Where the record of one document is damaged, the others are as usable as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from corpus.errors import AlreadyReplaced, BrokenRecord, ExactCopy, NoSuchDocument, PurgedDocument
from corpus.names import document_name
from corpus.records import Access, DocumentRecord, Tombstone
from corpus.storage import held, write_whole

__all__ = ["Catalogue"]

_ID = "d"
_PURGED = ".purged.json"
_DIGITS = frozenset("0123456789abcdef")


class Catalogue:
    """The documents in one folder. Nothing is read before it is asked for; a folder that is not there is an empty catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document: str) -> Path:
        """Where the bytes of a document lie."""
        return self.folder / f"{document}.bin"

    def add(self, data: bytes, *, name: str, now: datetime, sample: bool = False, supersedes: str | None = None) -> DocumentRecord:
        """The record of a document that was taken in; `name` is its file name as received, `supersedes` the id of what it replaces.

        Two different files of one name are two documents. A document whose bytes or record were damaged is whole again by adding its file again.

        Raises:
            PurgedDocument: the same bytes were here once and were purged.
            ExactCopy: the same bytes are there already; the message names them, also where they were withdrawn.
            NoSuchDocument: there is nothing of the id that it should replace.
            AlreadyReplaced: something else has replaced that one.
            FolderBusy: another process is writing.
        """
        digest = sha256(data).hexdigest()
        document = _ID + digest[:16]
        name = document_name(name)
        with held(self.folder):
            self._refuse_purged(document)
            if (existing := self._known(document)) is not None:
                if self._is_whole(existing):
                    raise ExactCopy(name=name, existing=existing.id, existing_name=existing.name, added=existing.added)
                write_whole(self.path(document), data)
                return existing
            record = DocumentRecord(
                id=document,
                name=name,
                sha256=digest,
                size=len(data),
                added=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                sample=sample,
                version=1 if supersedes is None else self._replaceable(supersedes).version + 1,
                supersedes=supersedes,
            )
            write_whole(self.path(document), data)
            self._write(record)
        return record

    def list(self) -> tuple[DocumentRecord, ...]:
        """All records that can be read, by the time they came and their ids; `damaged` names the others."""
        return tuple(sorted((record for record in self._each() if isinstance(record, DocumentRecord)), key=_when_and_id))

    def damaged(self) -> tuple[BrokenRecord, ...]:
        """What is wrong with records that cannot be read, by id."""
        return tuple(sorted((error for error in self._each() if isinstance(error, BrokenRecord)), key=_document_of))

    def get(self, document: str) -> DocumentRecord:
        """The record of a document.

        Raises:
            NoSuchDocument: there is none of that id; PurgedDocument: there was one once.
            BrokenRecord: its record cannot be read.
        """
        path = self._record_path(document)
        # an id is never a path: what is asked for may come from an address line
        if not (document[:1] == _ID and document[1:] and _DIGITS.issuperset(document[1:])):
            raise NoSuchDocument(document=document)
        self._refuse_purged(document)
        try:
            record = msgspec.json.decode(path.read_bytes(), type=DocumentRecord)
        except FileNotFoundError as error:
            raise NoSuchDocument(document=document) from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise BrokenRecord(document=document, reason=f"its record cannot be read: {error}") from error
        if record.id != document:
            raise BrokenRecord(document=document, reason=f"its record is that of {record.id}")
        return record

    def read(self, document: str) -> bytes:
        """The bytes of a document, as received.

        Raises:
            NoSuchDocument: there is none of that id.
            BrokenRecord: its bytes are gone, or are not those that were received.
        """
        record = self.get(document)
        try:
            data = self.path(document).read_bytes()
        except FileNotFoundError as error:
            raise BrokenRecord(document=document, reason="its bytes are gone") from error
        if sha256(data).hexdigest() != record.sha256:
            raise BrokenRecord(document=document, reason="its bytes are not those that were received")
        return data

    def versions(self, document: str) -> tuple[DocumentRecord, ...]:
        """The document with all that it replaced and all that replaced it, oldest first.

        Raises:
            NoSuchDocument, BrokenRecord
        """
        chain = [self.get(document)]
        records = {record.id: record for record in self.list()}
        followers = {record.supersedes: record for record in records.values() if record.supersedes is not None}
        while (older := records.get(chain[0].supersedes or "")) is not None and older not in chain:
            chain.insert(0, older)
        while (newer := followers.get(chain[-1].id)) is not None and newer not in chain:
            chain.append(newer)
        return tuple(chain)

    def withdraw(self, document: str, *, now: datetime) -> DocumentRecord:
        """The record of a document that is out of all answers from now on; its bytes stay. The first day of withdrawal is kept.

        Raises:
            NoSuchDocument, BrokenRecord, FolderBusy
        """
        with held(self.folder):
            record = self.get(document)
            if record.withdrawn is None:
                record = msgspec.structs.replace(record, withdrawn=now.astimezone(UTC).strftime("%Y-%m-%d"))
                self._write(record)
        return record

    def restore(self, document: str) -> DocumentRecord:
        """The record of a document that was withdrawn and is in again.

        Raises:
            NoSuchDocument, BrokenRecord, FolderBusy
        """
        with held(self.folder):
            record = msgspec.structs.replace(self.get(document), withdrawn=None)
            self._write(record)
        return record

    def join(self, document: str, work: str | None) -> DocumentRecord:
        """The record of a document that is from now on the same work as `work`, a repost of it, say; none: a work of its own again.

        The document that leads is never itself part of another work: joining a member joins its leader, and who led before hands over its members.

        Raises:
            NoSuchDocument, BrokenRecord, FolderBusy
        """
        with held(self.folder):
            record = self.get(document)
            leader = None
            if work is not None:
                named = self.get(work)
                leader = named.work or named.id
            if leader == record.id:
                return record
            if leader is not None:
                for member in self.list():
                    if member.work == record.id:
                        self._write(msgspec.structs.replace(member, work=leader))
            record = msgspec.structs.replace(record, work=leader)
            self._write(record)
        return record

    def remove(self, document: str) -> None:
        """Take a document off the disk. For samples and for what must not be kept; what somebody added is withdrawn as a rule.

        Raises:
            NoSuchDocument, BrokenRecord, FolderBusy
        """
        with held(self.folder):
            self.get(document)
            self._record_path(document).unlink()
            self.path(document).unlink(missing_ok=True)

    def mark(self, document: str, access: Access) -> DocumentRecord:
        """The record of a document that may be shown so far from now on: open, quotes only, internal.

        Raises:
            NoSuchDocument, BrokenRecord, FolderBusy
        """
        with held(self.folder):
            record = msgspec.structs.replace(self.get(document), access=access)
            self._write(record)
        return record

    def purge(self, document: str, *, who: str, reason: str, now: datetime) -> Tombstone:
        """What is left of a document whose bytes and record are gone; called again it removes what a crash left behind, and keeps the first tombstone.

        Copies of it that counted as the same work are led by the one that came first.

        Raises:
            NoSuchDocument, FolderBusy
            ValueError: no person or no reason is named.
        """
        with held(self.folder):
            tombstone = self.tombstone(document)
            if tombstone is None:
                self._existing(document)
                tombstone = Tombstone(id=document, who=who, reason=reason, at=now.astimezone(UTC).strftime("%Y-%m-%d"))
                # first of all: from here on nothing of it is answered, whatever happens
                write_whole(self._tombstone_path(document), msgspec.json.format(msgspec.json.encode(tombstone), indent=1) + b"\n")
            members = [record for record in self.list() if record.work == document]
            for member in members:
                self._write(msgspec.structs.replace(member, work=None if member is members[0] else members[0].id))
            self._record_path(document).unlink(missing_ok=True)
            self.path(document).unlink(missing_ok=True)
        return tombstone

    def files(self, document: str) -> tuple[Path, Path]:
        """Where bytes and record of a document lie, whether or not they are there."""
        return self.path(document), self._record_path(document)

    def tombstone(self, document: str) -> Tombstone | None:
        """What is left of a purged document; none of one that was not purged."""
        try:
            return msgspec.json.decode(self._tombstone_path(document).read_bytes(), type=Tombstone)
        except FileNotFoundError:
            return None

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Of all purged documents, by their ids."""
        found = (self.tombstone(path.name.removesuffix(_PURGED)) for path in sorted(self.folder.glob(f"{_ID}*{_PURGED}")))
        return tuple(tombstone for tombstone in found if tombstone is not None)

    def _refuse_purged(self, document: str) -> None:
        if (tombstone := self.tombstone(document)) is not None:
            raise PurgedDocument(document=document, who=tombstone.who, at=tombstone.at, reason=tombstone.reason)

    def _existing(self, document: str) -> None:
        try:
            self.get(document)
        except BrokenRecord:
            return  # damaged or not, it can go

    def _tombstone_path(self, document: str) -> Path:
        return self.folder / f"{document}{_PURGED}"

    def _each(self) -> Iterator[DocumentRecord | BrokenRecord]:
        if not self.folder.is_dir():
            return
        for path in self.folder.glob(f"{_ID}*.json"):
            try:
                yield self.get(path.stem)
            except BrokenRecord as error:
                yield error
            except NoSuchDocument:
                continue  # taken away while we look, or no record of ours

    def _known(self, document: str) -> DocumentRecord | None:
        try:
            return self.get(document)
        except (NoSuchDocument, BrokenRecord):
            return None

    def _is_whole(self, record: DocumentRecord) -> bool:
        try:
            self.read(record.id)
        except BrokenRecord:
            return False
        return True

    def _replaceable(self, document: str) -> DocumentRecord:
        record = self.get(document)
        for other in self.list():
            if other.supersedes == document:
                raise AlreadyReplaced(document=document, newer=other.version, newer_document=other.id)
        return record

    def _record_path(self, document: str) -> Path:
        return self.folder / f"{document}.json"

    def _write(self, record: DocumentRecord) -> None:
        write_whole(self._record_path(record.id), msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")


def _when_and_id(record: DocumentRecord) -> tuple[str, str]:
    return record.added, record.id


def _document_of(error: BrokenRecord) -> str:
    return error.document
