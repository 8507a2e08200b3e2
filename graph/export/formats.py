"""The table of formats: name, ending, what it is, and the function that writes it. A new format is a module and a row here.

A writer takes a `Material` and a binary file, and writes the same bytes for the same material.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from graph.export.codebook import write_csv as codebook_csv
from graph.export.codebook import write_markdown as codebook_markdown
from graph.export.cypher import write as write_cypher
from graph.export.docx import write as write_docx
from graph.export.gexf import write as write_gexf
from graph.export.graphml import write as write_graphml
from graph.export.jsonl import write as write_jsonl
from graph.export.jsonld import write as write_jsonld
from graph.export.material import Material
from graph.export.qdpx import write as write_qdpx
from graph.export.references import write_bibtex, write_gbt7714, write_gbt7714_2025, write_ris
from graph.export.tables import write_csv as tables_csv
from graph.export.tables import write_xlsx as tables_xlsx

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A form that material can be written in."""

    name: str
    ending: str
    what: str
    write: Callable[[Material, BinaryIO], None]


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "csv", "one line a link, then statements without one, with sentence, place and citation", tables_csv),
        Format("xlsx", "xlsx", "the same for Excel, with sheets of statements, documents and the manifest", tables_xlsx),
        Format("docx", "docx", "links with their quotes for Word, sources numbered", write_docx),
        Format("jsonl", "jsonl", "everything, one record a line; `import` reads it", write_jsonl),
        Format("qdpx", "qdpx", "REFI-QDA project: NVivo, MAXQDA, ATLAS.ti, QualCoder", write_qdpx),
        Format("graphml", "graphml", "the graph for Gephi, yEd, Cytoscape, igraph", write_graphml),
        Format("gexf", "gexf", "the graph for Gephi, with colours", write_gexf),
        Format("cypher", "cypher", "a script that makes the graph in Neo4j", write_cypher),
        Format("jsonld", "jsonld", "linked data: SKOS concepts, Web Annotations", write_jsonld),
        Format("codebook", "md", "concepts with definition, what counts, what does not, two quotes each", codebook_markdown),
        Format("codebook-csv", "csv", "the codebook as a table", codebook_csv),
        Format("gbt7714", "txt", "the documents as references, GB/T 7714—2015", write_gbt7714),
        Format("gbt7714-2025", "txt", "the same in the form of GB/T 7714—2025", write_gbt7714_2025),
        Format("ris", "ris", "the documents for Zotero, EndNote, NoteExpress", write_ris),
        Format("bibtex", "bib", "the documents for LaTeX", write_bibtex),
    )
}
