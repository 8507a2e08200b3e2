"""Near copies among the documents: found when a document is read, joined only when a person says so; a joined work counts once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from corpus.near_copies import NearCopies, NearCopy, sketch
from corpus.records import DocumentRecord
from corpus.storage import write_whole
from pipeline.records import from_json
from zhengmai.documents import statements_path
from zhengmai.holdings import Holdings

__all__ = ["find_copies", "forget", "join"]


def find_copies(holdings: Holdings, records: Sequence[DocumentRecord], read: Sequence[str]) -> tuple[NearCopy, ...]:
    """Documents that are like one of those just `read`, each pair once, the newly read one first; samples are not compared."""
    path = holdings.settings.data / "near_copies.json"
    known = _kept(holdings)
    texts: dict[str, tuple[str, str | None]] = {}

    def text_of(document: str) -> str:
        return _read(document)[0]

    def title_of(document: str) -> str | None:
        return _read(document)[1]

    def _read(document: str) -> tuple[str, str | None]:
        if document not in texts:
            statements = from_json(statements_path(holdings, document).read_bytes())
            texts[document] = (statements.clean_text, statements.document.title)
        return texts[document]

    here = {record.id: record for record in records if not record.sample and statements_path(holdings, record.id).exists()}
    for document in sorted(known.documents() - here.keys()):
        known.remove(document)
    for document in here:
        if document not in known and document not in read:
            known.add(document, sketch(text_of(document)))
    found: list[NearCopy] = []
    for document in read:
        if document not in here:
            continue
        text = text_of(document)
        known.remove(document)
        near = known.find(document, text, text_of=text_of, title=title_of(document), title_of=title_of)
        found.extend(copy for copy in near if not _settled(here[document], here[copy.other]))
        known.add(document, sketch(text))
        texts.clear()
    write_whole(path, known.to_json())
    return tuple(found)


def forget(holdings: Holdings, documents: Collection[str]) -> None:
    """Take what is kept of documents for comparison off the disk."""
    known = _kept(holdings)
    if gone := known.documents() & set(documents):
        for document in gone:
            known.remove(document)
        write_whole(holdings.settings.data / "near_copies.json", known.to_json())


def _kept(holdings: Holdings) -> NearCopies:
    path = holdings.settings.data / "near_copies.json"
    if not path.exists():
        return NearCopies()
    try:
        return NearCopies.from_json(path.read_bytes())
    except msgspec.MsgspecError:  # only a cache: made again from the texts
        return NearCopies()


def _settled(one: DocumentRecord, other: DocumentRecord) -> bool:
    """Whether a person has said already what the two are to each other."""
    return (one.work or one.id) == (other.work or other.id) or one.supersedes == other.id or other.supersedes == one.id


def join(holdings: Holdings, document: str, work: str | None) -> DocumentRecord:
    """The record of a document that counts as the same work as `work` from now on, or as a work of its own again."""
    with holdings.writing():
        return holdings.catalogue.join(document, work)
