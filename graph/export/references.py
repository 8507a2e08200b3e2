"""Lists of references of exported documents, one entry a work as received, in the order of the documents."""

from __future__ import annotations

from typing import BinaryIO

from graph.export.material import Material
from graph.export.sources import bibtex, ris
from pipeline.records import DocumentInfo

__all__ = ["write_bibtex", "write_gbt7714", "write_ris"]


def _infos(material: Material) -> list[DocumentInfo]:
    return [document.statements.document for document in material.documents()]


def _samples(material: Material) -> frozenset[str]:
    return frozenset(document.statements.document.id for document in material.documents() if document.view.source.sample)


def write_gbt7714(material: Material, out: BinaryIO) -> None:
    """Numbered references: `[1] 林知远. 跨部门数据共享的困境与对策[J]. …`."""
    for number, document in enumerate(material.documents(), 1):
        out.write(f"[{number}] {document.citation}\n".encode("utf-8", "replace"))


def write_ris(material: Material, out: BinaryIO) -> None:
    """Reference Manager records."""
    out.write(ris(_infos(material), samples=_samples(material)).encode("utf-8", "replace"))


def write_bibtex(material: Material, out: BinaryIO) -> None:
    """BibTeX entries."""
    out.write(bibtex(_infos(material), samples=_samples(material)).encode("utf-8", "replace"))
