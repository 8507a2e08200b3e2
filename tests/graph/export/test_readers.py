"""Every form opened again by a reader that is not ours: the same nodes, edges, rows and places."""

from __future__ import annotations

import csv
import io
import json

import bibtexparser
import networkx
import openpyxl
import pandas
import pytest
import rdflib
import rispy

from graph.export import Material
from graph.export.network import edges, nodes
from graph.sqlite import SqliteStore
from tests.graph.export.handed import handed
from tests.graph.statement_maker import StatementMaker

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")


@pytest.fixture
def undated() -> StatementMaker:
    """A document without a year, whose quotes hold signs that mean something somewhere."""
    maker = StatementMaker("无年", date=None)
    maker.block("=HYPERLINK(\"x\")与'数据孤岛'并存\\u0027。<b>共享平台</b>&𠮷。")
    silos = maker.factor("=HYPERLINK(\"x\")与'数据孤岛'并存\\u0027", "dilemma")
    maker.link(silos, maker.factor("<b>共享平台</b>&𠮷", "countermeasure"), basis="aligned")
    maker.block("#N/A")
    maker.factor("#N/A", "goal")
    return maker


@pytest.fixture
def material(file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker, undated: StatementMaker) -> Material:
    return handed(file_store, paper, notice, undated)


@pytest.mark.parametrize(("form", "opened"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_reads_the_same_graph(material: Material, written, form: str, opened) -> None:
    graph = opened(io.BytesIO(written(material, form)))
    wanted = dict(nodes(material))
    assert set(graph.nodes) == set(wanted)
    assert graph.number_of_edges() == len(list(edges(material)))
    assert graph.is_directed()
    read_links = sorted((source, target, data["type"], data["basis"]) for source, target, data in graph.edges(data=True) if "basis" in data)
    assert read_links == sorted((source, target, values["type"], values["basis"]) for _, source, target, values in edges(material) if "basis" in values)
    node = graph.nodes["d无年/f0"]
    assert (node["start"], node["end"], node["confidence"], node["kind"]) == (0, 30, 0.9, "dilemma")
    assert "year" not in graph.nodes["d无年"], "what is absent stays absent"
    assert graph.nodes["d论文"]["year"] == 2018
    assert graph.nodes["c:data-silos"]["names"] == "数据孤岛 | 信息孤岛 | 數據孤島"
    assert not any(value in ("None", "") for _, data in graph.nodes(data=True) for value in data.values())


def test_gexf_has_colours(material: Material, written) -> None:
    graph = networkx.read_gexf(io.BytesIO(written(material, "gexf")))
    colours = {data["kind"]: tuple(data["viz"]["color"][part] for part in "rgb") for _, data in graph.nodes(data=True)}
    assert len(set(colours.values())) == len(colours)
    assert {"driver", "dilemma", "countermeasure", "goal", "concept", "document", "actor"} == set(colours)


# rdflib 7.6 builds its own deprecated class while it parses
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_rdflib_reads_concepts_and_quotes(material: Material, written) -> None:
    graph = rdflib.Graph().parse(data=written(material, "jsonld"), format="json-ld")
    concept = rdflib.URIRef("urn:zhengmai:concept:data-silos")
    labels = {(label.language, str(label)) for label in graph.objects(concept, SKOS.prefLabel)}
    assert labels == {("zh-Hans", "数据孤岛"), ("en", "data silos")}
    assert (concept, SKOS.related, rdflib.URIRef("urn:zhengmai:concept:data-sharing")) in graph
    quotes = 0
    by_title = {document.view.source.title: document for document in material.documents()}
    title = {source: str(name) for source, name in graph.subject_objects(rdflib.DCTERMS.title)}
    for annotation in graph.subjects(OA.motivatedBy, OA.classifying):
        target = graph.value(annotation, OA.hasTarget)
        selectors = list(graph.objects(target, OA.hasSelector))
        exact = next(str(value) for one in selectors for value in graph.objects(one, OA.exact))
        start, end = (int(next(value for one in selectors for value in graph.objects(one, part))) for part in (OA.start, OA.end))
        document = by_title[title[graph.value(target, OA.hasSource)]]
        assert document.view.clean_text[start:end] == exact
        quotes += 1
    assert quotes == material.manifest.counts.statements
    assert len(list(graph.subjects(OA.motivatedBy, OA.linking))) == material.manifest.counts.links


def test_pandas_and_openpyxl_read_the_same_tables(material: Material, written) -> None:
    table = pandas.read_csv(io.BytesIO(written(material, "csv")), encoding="utf-8-sig", dtype={"from_text": str}, keep_default_na=False)
    assert (table["link"] != "").sum() == material.manifest.counts.links
    texts = {document.id: document.view.clean_text for document in material.documents()}
    for row in table.to_dict("records"):
        assert texts[row["document"]][int(row["from_start"]) : int(row["from_end"])] == row["from_text"].removeprefix("'")
    book = openpyxl.load_workbook(io.BytesIO(written(material, "xlsx")))
    assert book.sheetnames == ["links", "statements", "documents", "manifest"]
    rows = list(book["statements"].iter_rows(values_only=True))
    assert len(rows) - 1 == material.manifest.counts.statements
    names = rows[0]
    for values in rows[1:]:
        row = dict(zip(names, values, strict=True))
        assert texts[row["document"]][row["start"] : row["end"]] == row["text"].removeprefix("'")
    assert book["links"].freeze_panes == "A2"
    assert all(sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)
    assert (book["links"].page_setup.fitToWidth, book["links"].page_setup.fitToHeight, book["links"].print_title_rows) == (1, 0, "$1:$1")
    assert book["links"].auto_filter.ref == f"A1:V{material.manifest.counts.links + 1}"
    assert {row[0]: row[1] for row in book["manifest"].iter_rows(values_only=True)}["program"] == "Zhengmai 0.1.0"


def test_no_cell_of_a_workbook_runs_and_numbers_are_numbers(material: Material, written) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(material, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    guarded = next(cell for cell in cells if str(cell.value).startswith("'=HYPERLINK"))
    assert guarded.value == "'=HYPERLINK(\"x\")与'数据孤岛'并存\\u0027"
    confidences = [row[3] for row in book["links"].iter_rows(min_row=2, values_only=True)]
    assert all(isinstance(value, float) for value in confidences)


def test_a_cell_longer_than_excel_allows_is_cut_and_says_so(file_store: SqliteStore, written) -> None:
    maker = StatementMaker("长")
    maker.block("数据孤岛" * 10_000)
    maker.factor("数据孤岛" * 10_000, "dilemma")
    book = openpyxl.load_workbook(io.BytesIO(written(handed(file_store, maker), "xlsx")))
    text = book["statements"]["C2"].value
    assert (len(text), text[-1]) == (32_767, "…")
    assert book["statements"]["G2"].value == 40_000


def test_reference_managers_read_one_record_a_document(material: Material, written) -> None:
    records = rispy.loads(written(material, "ris").decode("utf-8"))
    library = bibtexparser.parse_string(written(material, "bibtex").decode("utf-8"))
    assert library.failed_blocks == []
    titles = sorted(document.view.source.title for document in material.documents())
    assert sorted(record["title"] for record in records) == titles
    assert sorted(entry["title"].strip("{}") for entry in library.entries) == titles


def test_the_codebook_says_what_counts_what_does_not_and_quotes_twice(material: Material, written) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(written(material, "codebook-csv").decode("utf-8-sig"), newline=""))}
    silos = rows["data-silos"]
    assert (silos["definition"], silos["exclude"]) == ("数据彼此隔绝。", "数据壁垒")
    assert silos["include"] == "数据孤岛、信息孤岛、數據孤島、data silos"
    assert silos["quote_1"] != silos["quote_2"] != ""
    assert {"driver", "dilemma", "countermeasure", "goal"} < set(rows)
    assert all(rows[kind][part] for kind in ("driver", "dilemma", "countermeasure", "goal") for part in ("definition", "include", "exclude", "quote_1"))
    text = written(material, "codebook").decode("utf-8")
    assert "## 数据孤岛 data silos `data-silos`" in text
    assert "- 不计入 exclude：数据壁垒" in text
    assert "never-named" not in text


def test_jsonl_is_plain_json(material: Material, written) -> None:
    kinds = [json.loads(line)["record"] for line in written(material, "jsonl").splitlines()]
    assert kinds[0] == "manifest"
    assert kinds.count("statement") == material.manifest.counts.statements
    assert kinds.count("link") == material.manifest.counts.links
    assert kinds.count("concept") == 5
