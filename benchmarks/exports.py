"""Exports of a thousand generated documents in every form, opened again by a reader that is not ours: counts and places equal? `python -m benchmarks exports`.

A place is equal where the reader gives the very words that stand there in the cleaned text. With `--neo4j bolt://…` (an empty database) the
Cypher script is run too. Documents come out of the generator of `benchmarks.graph_documents`, with 24 statements each unless `--statements`
says otherwise: readers of linked data hold everything in memory.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.graph_documents import Generator
from corpus.concepts import load
from graph.export import FORMATS, Choice, ExportedDocument, Manifest, Material, gather
from graph.export.network import edges, nodes
from graph.project import project
from graph.questions import document_view
from graph.sqlite import SqliteStore

PLACES = {"csv", "xlsx", "jsonl", "qdpx", "graphml", "gexf", "cypher", "jsonld"}


@dataclass
class Found:
    """What a reader found: records by kind, and how many places hold the words that stand there."""

    counts: dict[str, int]
    places: int = 0
    wrong: int = 0

    def place(self, text: str, start: int, end: int, words: str) -> None:
        self.places += 1
        self.wrong += text[start:end] != words


class Opened:
    """One reader a form."""

    def __init__(self, material: Material, neo4j: str | None) -> None:
        self.material, self.neo4j = material, neo4j
        self.texts = {document.id: document.view.clean_text for document in material.documents()}

    def csv(self, file: Path) -> Found:
        import pandas

        table = pandas.read_csv(file, encoding="utf-8-sig", keep_default_na=False, dtype=str)
        found = Found({"links": int((table["link"] != "").sum())})
        ends: set[tuple[str, str, str]] = set()
        for row in table.itertuples():
            for end in ("from", "to") if row.link else ("from",):
                start, stop, words = getattr(row, f"{end}_start"), getattr(row, f"{end}_end"), getattr(row, f"{end}_text")
                found.place(self.texts[row.document], int(start), int(stop), words.removeprefix("'"))
                ends.add((row.document, start, words + getattr(row, f"{end}_type")))
        found.counts["statements"] = len(ends)
        return found

    def xlsx(self, file: Path) -> Found:
        import openpyxl

        book = openpyxl.load_workbook(file, read_only=True)
        found = Found({"links": sum(1 for _ in book["links"].iter_rows(min_row=2)), "documents": sum(1 for _ in book["documents"].iter_rows(min_row=2))})
        rows = book["statements"].iter_rows(values_only=True)
        at = {name: number for number, name in enumerate(next(rows))}
        found.counts["statements"] = 0
        for row in rows:
            found.counts["statements"] += 1
            found.place(self.texts[row[at["document"]]], row[at["start"]], row[at["end"]], row[at["text"]].removeprefix("'"))
        return found

    def docx(self, file: Path) -> Found:
        import docx

        paragraphs = docx.Document(str(file)).paragraphs
        titles = sum(one.style.name.lower() == "heading 1" for one in paragraphs)
        return Found({"documents": titles - 1, "links": sum("）→ " in one.text and one.style.name == "Normal" for one in paragraphs)})

    def jsonl(self, file: Path) -> Found:
        counts: dict[str, int] = {}
        found = Found(counts)
        text = ""
        for line in file.open(encoding="utf-8"):
            record = json.loads(line)
            counts[record["record"]] = counts.get(record["record"], 0) + 1
            if record["record"] == "document":
                text = record["read"]["clean_text"]
            elif record["record"] == "statement":
                found.place(text, record["start"], record["end"], record["text"])
        found.counts = {"documents": counts["document"], "statements": counts["statement"], "links": counts["link"]}
        return found

    def qdpx(self, file: Path) -> Found:
        from pyrefiqda import RefiProject

        with tempfile.TemporaryDirectory() as folder:
            read = RefiProject.load(file, extract_dir=folder)
            sources = read.sources.text_source
            found = Found({"documents": len(sources), "links": len(read.links.link), "statements": 0})
            words = {(document.id, factor.id): factor.text for document in self.material.documents() for factor in document.view.factors}
            for source in sources:
                text = (Path(folder) / "Sources" / source.plain_text_path.removeprefix("internal://")).read_text(encoding="utf-8")
                for place in source.plain_text_selection:
                    found.counts["statements"] += 1
                    document, _, factor = re.search(r"id: (\S+)", place.description).group(1).partition("/")  # type: ignore[union-attr]
                    found.place(text, place.start_position, place.end_position, words[document, factor])
        return found

    def _graph(self, graph: Any) -> Found:
        kinds = [data["kind"] for _, data in graph.nodes(data=True)]
        links = sum("basis" in data for _, _, data in graph.edges(data=True))
        found = Found({"documents": kinds.count("document"), "links": links, "nodes": len(kinds), "edges": graph.number_of_edges()})
        for _, data in graph.nodes(data=True):
            if "start" in data:
                found.place(self.texts[data["document"]], data["start"], data["end"], data["text"])
        found.counts["statements"] = found.places
        return found

    def graphml(self, file: Path) -> Found:
        import networkx

        return self._graph(networkx.read_graphml(file))

    def gexf(self, file: Path) -> Found:
        import networkx

        return self._graph(networkx.read_gexf(file))

    def cypher(self, file: Path) -> Found | None:
        if self.neo4j is None:
            return None
        import neo4j

        from graph.neo4j import read_address

        address = read_address(self.neo4j)
        lines = [line.rstrip(";\n") for line in file.open(encoding="utf-8", newline="\n") if not line.startswith("//")]
        with (
            neo4j.GraphDatabase.driver(address.url, auth=(address.user, address.password), notifications_min_severity="OFF") as server,
            server.session() as session,
        ):
            schema = [line for line in lines if line.startswith("CREATE CONSTRAINT")]
            for line in schema:
                session.run(line).consume()
            rest = lines[len(schema) :]
            for at in range(0, len(rest), 50):
                with session.begin_transaction() as transaction:
                    for line in rest[at : at + 50]:
                        transaction.run(line).consume()
            count = {name: session.run(f"MATCH {pattern} RETURN count(*) AS n").single(strict=True)["n"] for name, pattern in _PATTERNS.items()}
            found = Found(count)
            for row in session.run("MATCH (f:Factor) RETURN f.document AS document, f.start AS start, f.end AS end, f.text AS text"):
                found.place(self.texts[row["document"]], row["start"], row["end"], row["text"])
            session.run("MATCH (n) WHERE n.key IS NOT NULL CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS").consume()
            for name in ("concept", "document", "factor", "actor"):
                session.run(f"DROP CONSTRAINT {name}_key IF EXISTS").consume()
        return found

    def jsonld(self, file: Path) -> Found:
        import rdflib

        graph = rdflib.Graph()
        with warnings.catch_warnings():
            # rdflib 7.6 builds its own deprecated class while it parses
            warnings.simplefilter("ignore", DeprecationWarning)
            graph.parse(file, format="json-ld")
        oa, zm = rdflib.Namespace("http://www.w3.org/ns/oa#"), rdflib.Namespace("urn:zhengmai:vocabulary:")
        found = Found({"documents": len(set(graph.subjects(rdflib.RDF.type, zm.Document))), "links": len(set(graph.subjects(rdflib.RDF.type, zm.Link)))})
        for annotation in graph.subjects(oa.motivatedBy, oa.classifying):
            target = graph.value(annotation, oa.hasTarget)
            parts = {part: value for one in graph.objects(target, oa.hasSelector) for part, value in graph.predicate_objects(one)}
            document = str(graph.value(target, oa.hasSource)).rpartition(":")[2]
            found.place(self.texts[document], int(parts[oa.start]), int(parts[oa.end]), str(parts[oa.exact]))
        found.counts["statements"] = found.places
        return found

    def codebook(self, file: Path) -> Found:
        return Found({"codes": len(re.findall(r"^## .* `[^`]+`$", file.read_text(encoding="utf-8"), re.MULTILINE))})

    def codebook_csv(self, file: Path) -> Found:
        return Found({"codes": sum(1 for _ in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))})

    def gbt7714(self, file: Path) -> Found:
        return Found({"documents": len(file.read_text(encoding="utf-8").splitlines())})

    gbt7714_2025 = gbt7714

    def ris(self, file: Path) -> Found:
        import rispy

        return Found({"documents": len(rispy.loads(file.read_text(encoding="utf-8")))})

    def bibtex(self, file: Path) -> Found:
        import bibtexparser

        read = bibtexparser.parse_string(file.read_text(encoding="utf-8"))
        return Found({"documents": len(read.entries) - len(read.failed_blocks)})


_PATTERNS = {"documents": "(n:Document)", "statements": "(n:Factor)", "links": "()-[r]->() WHERE r.basis IS NOT NULL"}
READERS = {
    "csv": "pandas",
    "xlsx": "openpyxl",
    "docx": "python-docx",
    "jsonl": "json",
    "qdpx": "pyrefiqda",
    "graphml": "networkx",
    "gexf": "networkx",
    "cypher": "Neo4j",
    "jsonld": "rdflib",
    "codebook": "re",
    "codebook-csv": "csv",
    "ris": "rispy",
    "bibtex": "bibtexparser",
}


def made(folder: Path, documents: int, statements: int) -> tuple[SqliteStore, Material]:
    """A store with generated documents, and all of it as material."""
    register = load()
    generator = Generator(register)
    store = SqliteStore(folder / "graph.sqlite")
    every = sorted((generator.document(number, wanted=statements) for number in range(documents)), key=lambda pair: pair[0].id)
    for record, read in every:
        store.upsert_document(project(read, record, (), register))

    def documents_() -> Iterator[ExportedDocument]:
        for record, read in every:
            yield ExportedDocument(record=record, work=record.id, statements=read, view=document_view(store, record.id))

    manifest = Manifest(program="Zhengmai", form="", date="2026-01-01T00:00:00Z", corpus="generated", register=register.digest, reader="generator")
    return store, gather(documents_, choice=Choice(), concepts=register, decisions=(), manifest=manifest)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks exports", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--statements", type=int, default=24, help="statements a document (default 24)")
    parser.add_argument("--neo4j", metavar="URL", help="an empty database to run the Cypher script in")
    parser.add_argument("--only", choices=FORMATS, action="append")
    args = parser.parse_args(arguments)
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, material = made(folder, args.documents, args.statements)
        counts = material.manifest.counts
        wanted = {"documents": counts.documents, "statements": counts.statements, "links": counts.links}
        wanted |= {"nodes": sum(1 for _ in nodes(material)), "edges": sum(1 for _ in edges(material)), "codes": counts.concepts + 4}
        print(f"{wanted}\n\n| form | MiB | written in s | opened by | in s | counts | places equal |\n| --- | --- | --- | --- | --- | --- | --- |")
        opened = Opened(material, args.neo4j)
        for form in args.only or FORMATS:
            file = folder / f"all.{FORMATS[form].ending}"
            began = time.perf_counter()
            with file.open("wb") as out:
                FORMATS[form].write(material, out)
            written = time.perf_counter() - began
            began = time.perf_counter()
            found: Found | None = getattr(opened, form.replace("-", "_"))(file)
            took = time.perf_counter() - began
            if form == "qdpx":
                zipfile.ZipFile(file).testzip()
            if found is None:
                print(f"| {form} | {file.stat().st_size / 2**20:.1f} | {written:.1f} | – (no --neo4j) | – | – | – |")
                continue
            different = {name: count for name, count in found.counts.items() if count != wanted[name]}
            bad += bool(different) or found.wrong > 0 or (form in PLACES and not found.places)
            places = f"{found.places - found.wrong} of {found.places}" if found.places else "–"
            said = "equal" if not different else f"DIFFERENT {different}"
            reader = READERS.get(form, "lines")
            print(f"| {form} | {file.stat().st_size / 2**20:.1f} | {written:.1f} | {reader} | {took:.1f} | {said} | {places} |", flush=True)
        store.close()
    print(f"\n{'all equal' if not bad else f'{bad} forms differ'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
