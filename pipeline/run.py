"""One document from its source text to its statements: clean → structure → metadata → segment → extract → link."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from spacy.language import Language

from corpus.readers import read
from corpus.records import SourceText
from pipeline.clean import Draft, clean
from pipeline.components import COMPONENTS, build_language
from pipeline.metadata import read_metadata
from pipeline.model import model_name
from pipeline.records import Repair, Run, Statements
from pipeline.structure import Structure, read_structure

__all__ = ["VERSION", "build_language", "extract", "extract_bytes", "fingerprint", "fingerprint_of"]

VERSION = "2"
"""grows when cleaning, structure or metadata change what comes out; components carry their versions in their names"""


def fingerprint() -> str:
    """What would read a document now: pipeline version, components and model. A statement file with another one is stale."""
    return fingerprint_of(_run())


def fingerprint_of(run: Run) -> str:
    """What read a document then, by what its statement file says of itself."""
    return sha256("\n".join([run.pipeline, *run.components, run.model or ""]).encode()).hexdigest()[:16]


def _run() -> Run:
    return Run(pipeline=VERSION, components=tuple(row.name for row in COMPONENTS), model=model_name())


def document_id(digest: str) -> str:
    """Content id of a document from the SHA-256 of its bytes, the same that the catalogue gives."""
    return "d" + digest[:16]


def extract(source: SourceText, *, digest: str, language: Language) -> Statements:
    """Statements of one document; the same source gives the same statements, whatever was read before.

    `digest` is the SHA-256 of the file's bytes, `language` what `build_language()` made.
    """
    draft = clean(source)
    structure = read_structure(draft, source)
    info = read_metadata(structure, source, document_id=document_id(digest), sha256=digest)
    doc = language.make_doc(structure.clean_text)
    doc._.structure, doc._.info = structure, info
    # defaults, for a text without anything: components only run over what has tokens
    doc._.sentences = doc._.factors = doc._.entities = doc._.links = doc._.acts = ()
    for _, component in language.pipeline:
        doc = component(doc)
    return Statements(
        document=info,
        clean_text=structure.clean_text,
        repairs=tuple(_repairs(draft, structure)),
        blocks=structure.blocks,
        sentences=doc._.sentences,
        factors=doc._.factors,
        links=doc._.links,
        entities=doc._.entities,
        acts=doc._.acts,
        references=structure.references,
        run=_run(),
    )


def _repairs(draft: Draft, structure: Structure) -> Iterator[Repair]:
    """What cleaning changed, then the marks that structure read and left out of the blocks: `# ` of a heading."""
    for change in draft.journal:
        yield Repair(kind=change.kind, raw=change.raw, text=change.text, certain=change.certain)
    for place in structure.marks:
        yield Repair(kind="markup", raw=place, text="")


def extract_bytes(data: bytes, *, name: str, language: Language) -> Statements:
    """Statements of a file's bytes.

    Raises:
        CorpusError: the bytes cannot be read as text of a known format; the message names the file.
    """
    return extract(read(data, name=name), digest=sha256(data).hexdigest(), language=language)
