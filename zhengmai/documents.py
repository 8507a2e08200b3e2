"""Documents in and out: add, list, withdraw; the samples that a fresh corpus starts with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from corpus.errors import CorpusError
from corpus.readers import members, read
from corpus.records import DocumentRecord
from pipeline.explain import repairs_by_block as repairs_by_block
from pipeline.records import Statements, from_json
from zhengmai.errors import AmbiguousName, NothingFound
from zhengmai.holdings import Holdings

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: its record, or the error that refused it. `namesakes` are documents of the same name that were there."""

    name: str
    record: DocumentRecord | None
    error: CorpusError | None = None
    namesakes: tuple[DocumentRecord, ...] = ()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a document has no statements, and what read it then."""

    code: str
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the corpus in one line; `title` and `year` are known once it was read."""

    record: DocumentRecord
    title: str
    year: int | None
    kind: str
    factors: int
    links: int
    status: Literal["ready", "pending", "failed", "withdrawn"]
    message: str = ""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def file(self) -> str:
        return self.record.stem

    @property
    def sample(self) -> bool:
        return self.record.sample


def now() -> datetime:
    """The time of this moment, UTC: the only clock of the layer, for records of who did what when."""
    return datetime.now(UTC)


def add_document(holdings: Holdings, name: str, data: bytes, *, sample: bool = False, supersedes: str | None = None) -> Added:
    """Take one file in. What cannot be read is refused at once, an exact copy by the name of what is there."""
    namesakes = tuple(record for record in holdings.catalogue.list() if record.name == name and not record.withdrawn)
    try:
        read(data, name=name)
        record = holdings.catalogue.add(data, name=name, sample=sample, supersedes=supersedes, now=now())
    except CorpusError as error:
        return Added(name, None, error)
    return Added(name, record, None, tuple(other for other in namesakes if other.id != record.id))


def add_archive(holdings: Holdings, name: str, data: bytes) -> Iterator[Added]:
    """Take the files of a zip archive in, each under its own name; one that cannot be unpacked or read costs itself alone.

    Raises:
        BrokenContainer, TooLarge: the archive as a whole is damaged or too large.
    """
    for member in members(data, name=name):
        inner = member.name.rpartition("/")[2]
        yield Added(member.name, None, member.error) if member.error else add_document(holdings, inner, member.data)


def statements_path(holdings: Holdings, document: str) -> Path:
    """Where the statement file of a document lies, whether or not it is there."""
    return holdings.settings.statements / f"{document}.json"


def failure_path(holdings: Holdings, document: str) -> Path:
    """Where it is written down why a document has no statements."""
    return holdings.settings.statements / f"{document}.failed.json"


def read_statements(holdings: Holdings, document: str) -> Statements:
    """Statements of a document.

    Raises:
        NothingFound: it has none (yet).
    """
    path = statements_path(holdings, document)
    if not path.exists():
        raise NothingFound("statement file of document", document, known="run `python -m zhengmai sync` first")
    return from_json(path.read_bytes())


def find_document(holdings: Holdings, name: str) -> DocumentRecord:
    """The document of that id, file name or stem.

    Raises:
        NothingFound, AmbiguousName: none or several fit.
    """
    records = holdings.catalogue.list()
    for record in records:
        if record.id == name:
            return record
    fitting = [record for record in records if name in (record.name, record.stem)]
    if len(fitting) > 1:
        raise AmbiguousName(name, tuple(record.id for record in fitting))
    if not fitting:
        raise NothingFound("document", name, known="`python -m zhengmai list` shows what there is")
    return fitting[0]


def list_documents(holdings: Holdings) -> Iterator[Held]:
    """All documents, added ones before samples, each by the time it came."""
    in_graph = {summary.source.document: summary for summary in holdings.store.documents()}
    for record in sorted(holdings.catalogue.list(), key=_order):
        summary = in_graph.get(record.id)
        failed = failure_path(holdings, record.id)
        status: Literal["ready", "pending", "failed", "withdrawn"] = "ready" if summary else "pending"
        message = ""
        if record.withdrawn:
            status = "withdrawn"
        elif not summary and failed.exists():
            status = "failed"
            message = msgspec.json.decode(failed.read_bytes(), type=Failure).message
        yield Held(
            record,
            title=summary.source.title if summary else record.stem,
            year=summary.source.year if summary else None,
            kind=summary.source.kind if summary else "",
            factors=summary.factors if summary else 0,
            links=summary.links if summary else 0,
            status=status,
            message=message,
        )


def _order(record: DocumentRecord) -> tuple[bool, str, str]:
    return record.sample, record.added, record.name


def sample_files() -> list[Path]:
    """The documents written for this project, in the order of their names."""
    return sorted(path for path in SAMPLES.iterdir() if path.name != "README.md" and path.is_file())


def load_samples_once(holdings: Holdings) -> int:
    """Number of samples taken in: all of them into a corpus that was never opened before, none ever after."""
    marker = holdings.settings.data / "corpus.json"
    if marker.exists() or holdings.catalogue.list():
        return 0
    holdings.settings.data.mkdir(parents=True, exist_ok=True)
    taken = sum(add_document(holdings, path.name, path.read_bytes(), sample=True).record is not None for path in sample_files())
    marker.write_text(json.dumps({"samples": "loaded"}) + "\n", encoding="utf-8")
    return taken


def samples_of(holdings: Holdings) -> list[DocumentRecord]:
    """The samples that are in the corpus."""
    return [record for record in holdings.catalogue.list() if record.sample]
