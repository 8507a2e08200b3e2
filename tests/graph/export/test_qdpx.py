"""REFI-QDA projects: valid by the published schema (qdasoftware.org, 18 March 2019, MIT), opened by other readers with every place where it was.

QualCoder 3.6 opens the plain source as text with universal line ends and takes `[startPosition:endPosition]` of it (`refi.py`, load_text_source and
load_codings_for_text); the same is done here.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pyrefiqda import RefiProject

from graph.errors import BrokenProject
from graph.export import Material
from graph.export import refi as reading
from graph.export.qdpx import NAMESPACE, guid
from graph.export.refi import read_project
from graph.sqlite import SqliteStore
from graph.store import GraphStore
from tests.graph.export.handed import handed
from tests.graph.statement_maker import StatementMaker

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schema" / "Project-mrt2019.xsd"))
Q = {"q": NAMESPACE}


@pytest.fixture
def rare() -> StatementMaker:
    """A text with a character outside the first plane, signs that XML escapes or refuses, and a decision with a note."""
    maker = StatementMaker("罕用字", date="2022")
    maker.block("一、问题<&>")
    maker.block("𠮷县的数据孤岛突出。共享\x0b平台“尚缺”。")
    silos = maker.factor("数据孤岛突出", "dilemma")
    maker.link(silos, maker.factor("共享\x0b平台", "countermeasure"))
    return maker


@pytest.fixture
def material(file_store: SqliteStore, paper: StatementMaker, notice: StatementMaker, rare: StatementMaker) -> Material:
    decisions = [rare.decide(1, "accept", ["数据孤岛突出"], "dilemma", note="核对过原文 <1>"), paper.decide(2, "accept", ["基层人才短缺"], "driver")]
    return handed(file_store, paper, notice, rare, decisions=decisions)


def opened(data: bytes) -> tuple[etree._Element, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return etree.fromstring(files["project.qde"]), files


def test_a_project_is_valid_by_the_published_schema(material: Material, written) -> None:
    root, _ = opened(written(material, "qdpx"))
    assert SCHEMA.validate(root), SCHEMA.error_log
    guids = root.xpath("//@guid")
    assert len(guids) == len(set(guids)), "every GUID names one thing"
    assert set(root.xpath("//@targetGUID | //@originGUID | //@creatingUser | //@creatingUserGUID")) <= set(guids)


def test_an_empty_project_is_valid_too(file_store: SqliteStore, written) -> None:
    root, files = opened(written(handed(file_store), "qdpx"))
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert list(files) == ["project.qde"]


def test_another_reader_finds_every_coded_place(material: Material, written, tmp_path: Path) -> None:
    (tmp_path / "a.qdpx").write_bytes(written(material, "qdpx"))
    project = RefiProject.load(tmp_path / "a.qdpx", extract_dir=str(tmp_path / "out"))
    codes = {code.guid: code.name for code in project.code_book.codes.code}
    found = set()
    for source in project.sources.text_source:
        # as QualCoder opens it
        text = (tmp_path / "out" / "Sources" / source.plain_text_path.removeprefix("internal://")).read_text(encoding="utf-8")
        for place in source.plain_text_selection:
            found |= {(source.name, text[place.start_position : place.end_position], codes.get(coding.code_ref.target_guid)) for coding in place.coding}
    wanted = {
        (f"{document.view.source.file} [{document.id}]", factor.text.replace("\x0b", "\ufffd"))
        for document in material.documents()
        for factor in document.view.factors
    }
    assert {row[:2] for row in found} == wanted
    kinds = {row[1]: row[2] for row in found if row[2]}
    assert (kinds["数据孤岛突出"], kinds["实现一网通办"], kinds["条块分割"]) == ("困境 dilemma", "目标 goal", "动因 driver")
    assert len(project.links.link) == material.manifest.counts.links


def test_codes_have_definitions_colours_and_users_names(material: Material, written) -> None:
    root, _ = opened(written(material, "qdpx"))
    concept = root.xpath("//q:Code[starts-with(@name, '数据孤岛')]", namespaces=Q)[0]
    assert concept.get("name") == "数据孤岛 [data-silos]"
    assert concept.get("color").startswith("#")
    assert "数据彼此隔绝" in concept.findtext("q:Description", namespaces=Q)
    assert "不是：数据壁垒" in concept.findtext("q:Description", namespaces=Q)
    assert concept.getparent().get("isCodable") == "false"
    users = {user.get("name"): user.get("guid") for user in root.xpath("//q:User", namespaces=Q)}
    assert set(users) == {"Zhengmai 0.1.0", "factors.test.v1", "李编辑"}
    (own,) = root.xpath("//q:PlainTextSelection[@name='基层人才短缺']", namespaces=Q)
    assert own.get("creatingUser") == users["李编辑"], "a statement that a person made is that person's"
    memo = root.xpath("//q:Note[q:PlainTextContent='核对过原文 <1>']", namespaces=Q)[0]
    (place,) = root.xpath(f"//q:PlainTextSelection[q:NoteRef/@targetGUID='{memo.get('guid')}']", namespaces=Q)
    assert place.get("name") == "数据孤岛突出"


def test_places_count_neither_mark_nor_double_line_ends(store: GraphStore, written) -> None:
    """Row 56 of the collected faults: the raw text is `\\ufeff一、问题\\r\\n数据孤岛突出。\\r\\n`, its cleaned text has neither."""
    maker = StatementMaker("行尾")
    maker.block("一、问题")
    maker.block("数据孤岛突出。")
    maker.factor("数据孤岛突出", "dilemma")
    root, files = opened(written(handed(store, maker), "qdpx"))
    (place,) = root.iter(f"{{{NAMESPACE}}}PlainTextSelection")
    (text,) = (data for name, data in files.items() if name.startswith("Sources/"))
    start, end = int(place.get("startPosition")), int(place.get("endPosition"))
    assert (start, text.decode("utf-8")[start:end]) == (5, "数据孤岛突出")
    assert not text.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in text


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/").replace("_qde", ".qde").replace("_txt", ".txt"), data)
    return out.getvalue()


def project(inside: str, **members: bytes) -> bytes:
    xml = f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{NAMESPACE}" name="p" origin="Other">{inside}</Project>'
    return archive(project_qde=xml.encode(), **members)


USERS = f'<Users><User guid="{guid("user", "周研究员")}" name="周研究员"/></Users>'
BOOK = f'<CodeBook><Codes><Code guid="{guid("x")}" name="困境" isCodable="true"/></Codes></CodeBook>'


def source(path: str, start: int = 2, end: int = 6) -> str:
    coding = f'<Coding guid="{guid("c")}" creatingUser="{{{guid("user", "周研究员").upper()}}}"><CodeRef targetGUID="{guid("x")}"/></Coding>'
    place = f'<PlainTextSelection guid="{guid("p")}" startPosition="{start}" endPosition="{end}">{coding}</PlainTextSelection>'
    return f'<Sources><TextSource guid="{guid("s")}" name="一篇" plainTextPath="{path}">{place}</TextSource></Sources>'


def test_what_another_program_coded_is_read_with_mark_and_double_line_ends() -> None:
    read = read_project(project(USERS + BOOK + source("internal://a.txt"), sources__a_txt="\ufeff一\r\n数据孤岛".encode()), name="p.qdpx")
    (found,) = read.sources
    (place,) = found.places
    assert (found.text[place.start : place.end], place.who, place.name) == ("数据孤岛", "周研究员", "困境")
    assert read.passed_over == ()


@pytest.mark.parametrize(
    "path", ["internal://../../etc/passwd", "internal://..\\a.txt", "absolute:///etc/passwd", "relative://a.txt", "/etc/passwd", "internal://b/a.txt"]
)
def test_no_name_leads_out_of_the_project(path: str) -> None:
    data = project(USERS + BOOK + source(path), **{"Sources/../../etc/passwd": b"root", "Sources__a_txt": b"inside"})
    read = read_project(data, name="p.qdpx")
    assert read.sources == ()
    assert "outside the project" in read.passed_over[0]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 4), (3, 2), (0, 99)])
def test_a_place_outside_its_text_is_named_and_passed_over(start: int, end: int) -> None:
    read = read_project(project(USERS + BOOK + source("internal://a.txt", start, end), Sources__a_txt="数据孤岛".encode()), name="p.qdpx")
    assert read.sources[0].places == ()
    assert f"[{start}, {end})" in read.passed_over[0]


BILLION = b'<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a zip", "no zip archive"),
        (b"", "no zip archive"),
        (archive(other_txt=b"x"), "no project.qde"),
        (archive(project_qde=b"<Project"), "no XML"),
        (archive(project_qde=b"<Other/>"), "begins with"),
        (archive(project_qde=BILLION + f'<Project xmlns="{NAMESPACE}" name="p">&b;</Project>'.encode()), "document type"),
        (archive(project_qde=OUTSIDE + f'<Project xmlns="{NAMESPACE}" name="p">&x;</Project>'.encode()), "document type"),
        (archive(project_qde=b"0" * (8 * 1024 * 1024)), "would unpack"),
        (project(USERS + BOOK + source("internal://a.txt"), Sources__a_txt=b"0" * (8 * 1024 * 1024)), "would unpack"),
    ],
)
def test_a_hostile_or_damaged_project_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(BrokenProject, match=reason) as caught:
        read_project(data, name="p.qdpx")
    assert "\n" not in str(caught.value)


def test_a_header_that_lies_about_its_size_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_MEMBER", 1000)
    data = project(USERS + BOOK + source("internal://a.txt"), Sources__a_txt=bytes(range(256)) * 8)
    with pytest.raises(BrokenProject):
        read_project(data.replace((2048).to_bytes(4, "little"), (10).to_bytes(4, "little")), name="p.qdpx")
