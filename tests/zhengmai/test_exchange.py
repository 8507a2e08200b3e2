"""Handing on and taking back by the command line: every form from a real corpus, frozen answers, a corpus that moves, codes that come back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from graph.export import FORMATS, Format
from graph.export.qdpx import guid
from zhengmai.cli import main
from zhengmai.documents import now
from zhengmai.settings import Settings
from zhengmai.workspace import Workspace, open_workspace

DATE = ("--date", "2026-11-26")


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_written_with_its_manifest_and_is_the_same_again(
    sample_data: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"all.{form}"
    command = ["--data", str(sample_data), "export", "--all", "--as", form, *DATE, "--out", str(out)]
    assert main(command) == 0
    first = out.read_bytes()
    manifest = json.loads((tmp_path / f"all.{form}.manifest.json").read_text(encoding="utf-8"))
    assert manifest["date"] == "2026-11-26T00:00:00Z"
    assert manifest["counts"]["documents"] == 10
    assert {"program", "corpus", "register", "reader", "model"} <= set(manifest)
    assert "10" in capsys.readouterr().out
    assert main(command) == 0
    assert out.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"all.{form}", f"all.{form}.manifest.json"], "nothing half-written is left"


def test_samples_are_marked_in_references_quotes_and_tables(sample_data: Path, tmp_path: Path) -> None:
    for form in ("gbt7714", "ris", "bibtex", "csv", "codebook"):
        main(["--data", str(sample_data), "export", "--all", "--as", form, "--out", str(tmp_path / form)])
        assert (tmp_path / form).read_text(encoding="utf-8").count("示例（虚构）") >= 10, form


def test_no_sheet_or_heading_shows_a_sample_without_its_mark(workspace: Workspace) -> None:
    book, word = io.BytesIO(), io.BytesIO()
    workspace.export(book, form="xlsx")
    workspace.export(word, form="docx")
    opened = openpyxl.load_workbook(book)
    for sheet, column in (("links", "S"), ("statements", "P"), ("documents", "B")):
        titles = [cell.value for cell in opened[sheet][column]]
        assert titles[0] == "title"
        assert all(title.endswith("示例（虚构）") for title in titles[1:]), sheet
    headings = [one.text for one in docx.Document(word).paragraphs if one.style.name.lower() == "heading 1"]
    assert sum("示例（虚构）" in heading for heading in headings) == 10


def test_a_basket_names_what_it_did_not_find(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = workspace.remedies("数据孤岛").rows[0]
    (tmp_path / "basket.txt").write_text(f"\ufeff{row.source.document}/{row.link}\n\n没有这句话\n", encoding="utf-8")
    command = ["--data", str(workspace.settings.data), "export", "--basket", str(tmp_path / "basket.txt"), "--as", "csv", "--out", str(tmp_path / "o.csv")]
    assert main(command) == 0
    assert "没有这句话" in capsys.readouterr().err
    text = (tmp_path / "o.csv").read_text(encoding="utf-8-sig")
    assert row.remedy.text in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [[], ["数据孤岛", "--all"], ["--all", "--as", "answer"], ["--all", "--date", "gestern"], ["--basket", "nowhere.txt"]],
)
def test_a_call_that_makes_no_sense_is_refused_in_one_line(sample_data: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(sample_data), "export", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_answer_can_be_frozen_cited_and_checked(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, file = str(workspace.settings.data), tmp_path / "答.json"
    assert main(["--data", data, "export", "数据孤岛", "--basis", "stated", "--as", "answer", *DATE, "--out", str(file)]) == 0
    answer = json.loads(file.read_text(encoding="utf-8"))
    assert answer["manifest"]["question"] == "数据孤岛"
    assert answer["manifest"]["filters"] == {"basis": ["stated"]}
    assert re.fullmatch(r"Zhengmai [\d.]+: “数据孤岛”, corpus [0-9a-f]{16}, \d+ rows, 2026-11-26, sha256:[0-9a-f]{16}", answer["cite"])
    assert {row["document"] for row in answer["rows"]} == set(answer["references"])
    capsys.readouterr()
    assert main(["--data", data, "--language", "en", "verify", str(file)]) == 0
    assert "same answer" in capsys.readouterr().out
    # the corpus goes on; the file stays what it was
    row = workspace.remedies("数据孤岛").rows[0]
    workspace.decide(row.source.document, kind="reject", link=row.link, who="王编辑")
    assert main(["--data", data, "--language", "en", "verify", str(file)]) == 0
    assert "answers otherwise" in capsys.readouterr().out
    for old, new in (('"force":', '"force" :'), (answer["rows"][0]["remedy"], "别的对策"), ("2026-11-26", "2020-01-01")):
        changed = tmp_path / "changed.json"
        changed.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert main(["--data", data, "verify", str(changed)]) == (0 if old.strip('":') == "force" else 1), old
    file.write_text("[]", encoding="utf-8")
    assert main(["--data", data, "verify", str(file)]) == 1


def test_the_same_answer_has_the_same_hash_on_any_day(sample_data: Path, tmp_path: Path) -> None:
    hashes = set()
    for day in ("2026-11-26", "2027-01-31"):
        main(["--data", str(sample_data), "export", "数据孤岛", "--as", "answer", "--date", day, "--out", str(tmp_path / day)])
        hashes.add(json.loads((tmp_path / day).read_text(encoding="utf-8"))["sha256"])
    assert len(hashes) == 1


def test_a_corpus_moves_into_an_empty_folder_and_answers_the_same(workspace: Workspace, tmp_path: Path) -> None:
    row = workspace.remedies("数据孤岛").rows[0]
    workspace.decide(row.source.document, kind="accept", factor=row.remedy.factor, who="王编辑")
    data, file = str(workspace.settings.data), tmp_path / "corpus.jsonl"
    assert main(["--data", data, "export", "--all", "--as", "jsonl", "--out", str(file)]) == 0
    assert main(["--data", str(tmp_path / "new"), "import", str(file)]) == 0
    assert main(["--data", str(tmp_path / "new"), "sync"]) == 0
    moved = open_workspace(Settings(data=tmp_path / "new"))
    assert moved.prepare() == 0, "samples are not loaded beside what was imported"
    assert moved.remedies_json("数据孤岛") == workspace.remedies_json("数据孤岛")
    assert moved.holdings.store.digest() == workspace.holdings.store.digest()
    assert moved.decisions() == workspace.decisions()
    assert moved.check() == ()
    moved.close()
    assert main(["--data", str(tmp_path / "new"), "import", str(file)]) == 1, "not into a corpus that has documents"


def test_a_file_with_bad_lines_or_foreign_ids_is_not_taken_in(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "corpus.jsonl"
    main(["--data", str(workspace.settings.data), "export", "--all", "--as", "jsonl", "--out", str(file)])
    lines = file.read_bytes().splitlines()
    (tmp_path / "bad.jsonl").write_bytes(b"\n".join([*lines[:5], b"{oops", *lines[5:]]))
    capsys.readouterr()
    assert main(["--data", str(tmp_path / "new"), "import", str(tmp_path / "bad.jsonl")]) == 1
    assert "bad.jsonl:6: " in capsys.readouterr().err
    document = workspace.documents()[0].id
    (tmp_path / "foreign.jsonl").write_bytes(b"\n".join(lines).replace(document.encode(), b"../../../evil"))
    assert main(["--data", str(tmp_path / "new"), "import", str(tmp_path / "foreign.jsonl")]) == 1
    assert not list((tmp_path / "new").rglob("*.bin"))


def recoded(data: bytes, *, who: str, quote: str, text: str, code: str) -> bytes:
    """The project with one more coded place, as another program saves it after somebody worked on it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = old.read(name)
            if name == "project.qde":
                xml = member.decode("utf-8")
                at = text.index(quote)
                user = guid("test", who)
                place = (
                    f'<PlainTextSelection guid="{guid("test", "p")}" startPosition="{at}" endPosition="{at + len(quote)}">'
                    f'<Coding guid="{guid("test", "c")}" creatingUser="{user}"><CodeRef targetGUID="{guid("code", code)}"/></Coding></PlainTextSelection>'
                )
                source = guid("source", "here")
                xml = xml.replace("</Users>", f'<User guid="{user}" name="{who}"/></Users>').replace("<NoteRef targetGUID", f"{place}<NoteRef targetGUID", 1)
                assert source not in xml
                member = xml.encode()
            new.writestr(name, member)
    return out.getvalue()


def test_codes_of_another_program_come_back_as_decisions_of_who_coded(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, file = str(workspace.settings.data), tmp_path / "all.qdpx"
    assert main(["--data", data, "export", "--all", "--as", "qdpx", "--out", str(file)]) == 0
    untouched = workspace.import_coded(file.read_bytes(), name="all.qdpx", who="周研究员")
    assert untouched.decisions == (), "what our own components coded is nobody's decision"
    factors = [factor for one in workspace.documents() for factor in workspace.document(one.id).factors]
    assert untouched.known == len(factors) + sum(len(factor.concepts) for factor in factors)
    # a quote of the first source of the project that no component marked
    first = min(one.id for one in workspace.documents())
    view = workspace.document(first)
    taken = [(factor.start, factor.end) for factor in view.factors]
    sentence = next(s for s in view.sentences if s.end - s.start > 12 and not any(a < s.end and b > s.start for a, b in taken))
    quote = view.clean_text[sentence.start : sentence.end - 1]
    file.write_bytes(recoded(file.read_bytes(), who="周研究员", quote=quote, text=view.clean_text, code="dilemma"))
    tried = workspace.import_coded(file.read_bytes(), name="all.qdpx", dry_run=True)
    assert len(tried.decisions) == 1
    assert workspace.decisions() == ()
    capsys.readouterr()
    assert main(["--data", data, "--language", "en", "import", str(file)]) == 0
    assert capsys.readouterr().out.startswith("1 decisions")
    again = open_workspace(workspace.settings)
    (decision,) = again.decisions()
    assert (decision.who, decision.kind, decision.type, decision.anchors[0].quote) == ("周研究员", "accept", "dilemma", quote)
    (made,) = (factor for factor in again.document(first).factors if factor.author == "person:周研究员")
    assert (made.text, made.type, made.review) == (quote, "dilemma", "accepted")
    assert again.import_coded(file.read_bytes(), name="all.qdpx").decisions == (), "a second import decides nothing twice"
    assert again.check() == ()
    again.close()


def test_a_project_that_cannot_be_read_is_one_line(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.qdpx").write_bytes(b"PK no")
    assert main(["--data", str(workspace.settings.data), "import", str(tmp_path / "x.qdpx")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_source_of_another_name_is_known_by_its_text(workspace: Workspace) -> None:
    document = workspace.documents()[0].id
    text = workspace.document(document).clean_text
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users><User guid="{guid("test", "u")}" name="周研究员"/></Users>'
        f'<CodeBook><Codes><Code guid="{guid("test", "k")}" name="对策" isCodable="true"/>'
        f'<Code guid="{guid("test", "m")}" name="心情" isCodable="true"/></Codes></CodeBook>'
        f'<Sources><TextSource guid="{guid("test", "s")}" name="改了名" plainTextPath="internal://a.txt">'
        + "".join(
            f'<PlainTextSelection guid="{guid("test", code, "p")}" startPosition="0" endPosition="6"><Coding guid="{guid("test", code, "c")}" '
            f'creatingUser="{guid("test", "u")}"><CodeRef targetGUID="{guid("test", code)}"/></Coding></PlainTextSelection>'
            for code in ("k", "m")
        )
        + "</TextSource></Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("Sources/a.txt", "\ufeff" + text.replace("\n", "\r\n"))
    coded = workspace.import_coded(out.getvalue(), name="p.qdpx")
    (decision,) = workspace.decisions()
    assert coded.decisions == (decision.id,)
    assert (decision.who, decision.type, decision.anchors[0].quote) == ("周研究员", "countermeasure", text[:6])
    assert coded.passed_over == ("改了名: code '心情' is no type of statement and no concept",)


def coded_elsewhere(text: str, *, who: str, places: Sequence[tuple[int, int, str]], name: str = "p") -> bytes:
    """A project of another program: one source with this text, and places of it that somebody coded with codes of these names."""
    codes = "".join(f'<Code guid="{guid("test", "code", code)}" name="{code}" isCodable="true"/>' for code in dict.fromkeys(code for *_, code in places))
    coded = "".join(
        f'<PlainTextSelection guid="{guid("test", str(n), "p")}" startPosition="{start}" endPosition="{end}"><Coding guid="{guid("test", str(n), "c")}" '
        f'creatingUser="{guid("test", who)}"><CodeRef targetGUID="{guid("test", "code", code)}"/></Coding></PlainTextSelection>'
        for n, (start, end, code) in enumerate(places)
    )
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users><User guid="{guid("test", who)}" name="{who}"/></Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
        f'<Sources><TextSource guid="{guid("test", "s")}" name="{name}" plainTextPath="internal://a.txt">{coded}</TextSource></Sources></Project>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("Sources/a.txt", text)
    return out.getvalue()


def test_a_concept_that_was_rejected_does_not_come_back_with_the_same_project(workspace: Workspace) -> None:
    document, factor = next(
        (one.id, factor)
        for one in workspace.documents()
        for factor in workspace.document(one.id).factors
        if factor.type == "dilemma" and "data-silos" not in factor.concepts
    )

    def concepts() -> set[str]:
        return set(next(one for one in workspace.document(document).factors if one.id == factor.id).concepts)

    text = workspace.document(document).clean_text
    data = coded_elsewhere(text, who="周研究员", places=[(factor.start, factor.end, "数据孤岛")])
    workspace.import_coded(data, name="p.qdpx")
    assert "data-silos" in concepts()
    (accepted,) = workspace.decisions()
    workspace.holdings.log.append(kind="reject", who="王编辑", target="concept", type="data-silos", anchors=accepted.anchors, before=accepted.before, now=now())
    workspace.rebuild()
    assert concepts() == set(factor.concepts)
    again = workspace.import_coded(data, name="p.qdpx")
    assert (again.decisions, again.known) == ((), 1)
    assert concepts() == set(factor.concepts)
    # a third person who codes it so afterwards is heard
    assert len(workspace.import_coded(coded_elsewhere(text, who="赵研究员", places=[(factor.start, factor.end, "数据孤岛")]), name="q.qdpx").decisions) == 1
    assert "data-silos" in concepts()
    assert workspace.check() == ()


def test_a_coded_place_is_found_again_in_another_text_or_named_as_gone(workspace: Workspace) -> None:
    """Somebody mended the text in the other program: what still stands here is decided where it stands, what does not is one line each."""
    document, factor = next((one.id, factor) for one in workspace.documents() for factor in workspace.document(one.id).factors if factor.type == "dilemma")
    text = workspace.document(document).clean_text
    theirs = "后来补写的一段话，本库没有。\n" + text
    shift = len(theirs) - len(text)
    data = coded_elsewhere(
        theirs, who="周研究员", places=[(0, 12, "困境"), (0, 12, "数据孤岛"), (factor.start + shift, factor.end + shift, "困境")], name=f"改过的 [{document}]"
    )
    coded = workspace.import_coded(data, name="p.qdpx")
    (decision,) = workspace.decisions()
    assert coded.decisions == (decision.id,)
    assert (decision.anchors[0].start, decision.anchors[0].end, decision.anchors[0].quote) == (factor.start, factor.end, factor.text)
    assert coded.passed_over == (f"改过的 [{document}]: [0, 12) is not found again in the document",)
    assert next(one for one in workspace.document(document).factors if one.id == factor.id).review == "accepted"
    assert workspace.check() == ()


def test_a_code_that_names_a_concept_makes_the_statement_about_it(workspace: Workspace) -> None:
    """A researcher codes a dilemma as 数据孤岛 that does not say these words: it is answered with, hers, and survives a rebuild."""
    document, factor = next(
        (one.id, factor)
        for one in workspace.documents()
        for factor in workspace.document(one.id).factors
        if factor.type == "dilemma" and "data-silos" not in factor.concepts
    )
    text = workspace.document(document).clean_text
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users><User guid="{guid("test", "u")}" name="周研究员"/></Users>'
        f'<CodeBook><Codes><Code guid="{guid("test", "k")}" name="数据孤岛" isCodable="true"/></Codes></CodeBook>'
        f'<Sources><TextSource guid="{guid("test", "s")}" name="p" plainTextPath="internal://a.txt">'
        f'<PlainTextSelection guid="{guid("test", "p")}" startPosition="{factor.start}" endPosition="{factor.end}"><Coding guid="{guid("test", "c")}" '
        f'creatingUser="{guid("test", "u")}"><CodeRef targetGUID="{guid("test", "k")}"/></Coding></PlainTextSelection></TextSource></Sources></Project>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("Sources/a.txt", text)
    coded = workspace.import_coded(out.getvalue(), name="p.qdpx")
    (decision,) = workspace.decisions()
    assert coded.decisions == (decision.id,)
    assert (decision.who, decision.target, decision.type, decision.anchors[0].quote) == ("周研究员", "concept", "data-silos", factor.text)
    workspace.rebuild()
    again = next(one for one in workspace.document(document).factors if one.id == factor.id)
    assert set(again.concepts) == {*factor.concepts, "data-silos"}
    assert workspace.check() == ()
    assert workspace.import_coded(out.getvalue(), name="p.qdpx").decisions == (), "a second import decides nothing twice"


def test_concepts_that_people_changed_move_with_the_corpus(workspace: Workspace, tmp_path: Path) -> None:
    workspace.close()
    concepts = workspace.settings.concepts
    concepts.mkdir(exist_ok=True)
    (concepts / "own.toml").write_text(
        'domain = "own"\n[care-gap]\nnames = ["照料缺口", "\\"引号\\""]\nenglish = ["care gap"]\nproblem = [{ of = ["照料"], state = ["lack"] }]\n',
        encoding="utf-8",
    )
    opened = open_workspace(workspace.settings)
    opened.sync()
    out = io.BytesIO()
    opened.export(out, form="jsonl")
    moved = open_workspace(Settings(data=tmp_path / "new"))
    assert moved.import_corpus(out.getvalue(), name="c.jsonl").concepts == 1
    assert moved.register.problems == opened.register.problems == ()
    assert moved.register.digest == opened.register.digest
    opened.close()
    moved.close()


def test_a_graph_that_changes_while_it_is_exported_is_not_half_written(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = workspace.remedies("数据孤岛").rows[0]

    def changing(material: object, out: io.BytesIO) -> None:
        out.write(b"half")
        workspace.decide(row.source.document, kind="accept", link=row.link, who="王编辑")

    monkeypatch.setitem(FORMATS, "csv", Format("csv", "csv", "", changing))
    assert main(["--data", str(workspace.settings.data), "export", "--all", "--out", str(tmp_path / "out" / "o.csv")]) == 2, "no such folder"
    (tmp_path / "out").mkdir()
    assert main(["--data", str(workspace.settings.data), "export", "--all", "--out", str(tmp_path / "out" / "o.csv")]) == 1
    assert list((tmp_path / "out").iterdir()) == []
