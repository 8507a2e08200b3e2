"""Lists of references of exported documents, one entry a work as received, in the order of the documents."""

from __future__ import annotations

from typing import BinaryIO

from graph.export.gbt7714 import Edition
from graph.export.material import Material
from graph.export.sources import bibtex, ris
from pipeline.records import DocumentInfo

__all__ = ["write_bibtex", "write_gbt7714", "write_gbt7714_2025", "write_ris"]


def _infos(material: Material) -> list[DocumentInfo]:
    return [document.statements.document for document in material.documents()]


def _accessed(material: Material) -> dict[str, str]:
    return {document.statements.document.id: document.accessed for document in material.documents()}


def _samples(material: Material) -> frozenset[str]:
    return frozenset(document.statements.document.id for document in material.documents() if document.view.source.sample)


def write_gbt7714(material: Material, out: BinaryIO, *, edition: Edition = "2015") -> None:
    """Numbered references: `[1] 林知远. 跨部门数据共享的困境与对策[J]. …`."""
    for number, document in enumerate(material.documents(), 1):
        out.write(f"[{number}] {document.cited(edition)}\n".encode("utf-8", "replace"))


def write_gbt7714_2025(material: Material, out: BinaryIO) -> None:
    """The same in the form of 2025."""
    write_gbt7714(material, out, edition="2025")


def write_ris(material: Material, out: BinaryIO) -> None:
    """Reference Manager records."""
    out.write(ris(_infos(material), samples=_samples(material), accessed=_accessed(material)).encode("utf-8", "replace"))


def write_bibtex(material: Material, out: BinaryIO) -> None:
    """BibTeX entries."""
    out.write(bibtex(_infos(material), samples=_samples(material), accessed=_accessed(material)).encode("utf-8", "replace"))
