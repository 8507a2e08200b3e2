"""`python -m pipeline extract`: the contract, bad input, and the same bytes every time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest

from pipeline.__main__ import main
from pipeline.records import Statements, from_json
from tests.conftest import REPOSITORY

SAMPLES = REPOSITORY / "corpus" / "samples"
SCHEMA = REPOSITORY / "pipeline" / "statements.schema.json"


def extract(out: Path, *files: Path, workers: int = 1) -> int:
    return main(["extract", *map(str, files), "--out", str(out), "--workers", str(workers)])


@pytest.fixture(scope="module")
def sample_statements(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Statement files of all samples, by stem."""
    out = tmp_path_factory.mktemp("statements")
    files = sorted(path for path in SAMPLES.iterdir() if path.name != "README.md")
    assert extract(out, *files) == 0
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.json"))}


def test_the_schema_file_is_that_of_the_records(accept: bool) -> None:
    found = json.dumps(msgspec.json.schema(Statements), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if accept:
        SCHEMA.write_text(found, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == found


def test_statement_files_follow_the_schema_and_leave_no_field_of_the_contract_out(sample_statements: dict[str, bytes]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert len(sample_statements) >= 8
    for stem, data in sample_statements.items():
        found = json.loads(data)
        jsonschema.validate(found, schema)
        assert set(found) >= {
            "schema",
            "document",
            "clean_text",
            "repairs",
            "blocks",
            "sentences",
            "factors",
            "links",
            "entities",
            "acts",
            "references",
            "run",
        }, stem
        for factor in found["factors"]:
            assert set(factor) >= {
                "id",
                "type",
                "text",
                "sentence",
                "start",
                "end",
                "scope",
                "dim",
                "force",
                "voice",
                "where",
                "when",
                "confidence",
                "runner_up",
                "author",
            }


def test_every_quote_stands_where_it_says(sample_statements: dict[str, bytes]) -> None:
    for data in sample_statements.values():
        read = from_json(data)
        text = read.clean_text
        blocks = {block.id: block for block in read.blocks}
        for block in read.blocks:
            if block.start is not None and block.end is not None:
                assert text[block.start : block.end] == block.text
        for sentence in read.sentences:
            block = blocks[sentence.block]
            assert block.start is not None
            assert block.end is not None
            assert block.start <= sentence.start < sentence.end <= block.end
        sentences = {text[s.start : s.end] for s in read.sentences}
        for factor in read.factors:
            assert text[factor.start : factor.end] == factor.text
            assert factor.text in factor.sentence
            assert factor.sentence in sentences
        known = {factor.id for factor in read.factors}
        assert len(known) == len(read.factors)
        for link in read.links:
            assert {link.source, link.target} <= known
            assert link.evidence
            assert all(0 <= start < end <= len(text) for start, end in link.evidence)
        entities = {entity.id for entity in read.entities}
        for act in read.acts:
            assert act.actor in entities
            assert act.factor in known


def test_all_four_factor_types_actors_and_both_bases_are_found_in_the_samples(sample_statements: dict[str, bytes]) -> None:
    read = [from_json(data) for data in sample_statements.values()]
    assert {factor.type for s in read for factor in s.factors} == {"driver", "dilemma", "countermeasure", "goal"}
    assert {link.basis for s in read for link in s.links if link.type == "addressed_by"} == {"stated", "aligned"}
    assert "government" in {entity.type for s in read for entity in s.entities}
    assert any(s.acts for s in read)


def test_two_runs_and_two_workers_give_the_same_bytes(sample_statements: dict[str, bytes], tmp_path: Path) -> None:
    files = sorted(path for path in SAMPLES.iterdir() if path.name != "README.md")[:4]
    assert extract(tmp_path, *reversed(files), workers=2) == 0
    for file in files:
        assert (tmp_path / f"{file.stem}.json").read_bytes() == sample_statements[file.stem]


def test_bad_files_get_one_line_each_and_the_good_one_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "好.txt"
    good.write_text("针对数据孤岛，应当建立共享平台。", encoding="utf-8")
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    binary = tmp_path / "坏.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    unknown = tmp_path / "表.xyz"
    unknown.write_text("数据", encoding="utf-8")
    folder = tmp_path / "夹.txt"
    folder.mkdir()
    missing = tmp_path / "无.txt"
    bad = [empty, binary, unknown, folder, missing]
    assert extract(tmp_path / "out", *bad, good) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["好.json"]
    lines = capsys.readouterr().err.strip().splitlines()
    for path in bad:
        assert sum(path.name in line for line in lines) == 1, path
    assert "Traceback" not in "\n".join(lines)


def test_two_files_of_one_stem_are_refused_by_both_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "通知.txt", tmp_path / "通知.md"
    for path in (first, second):
        path.write_text("应当建立共享平台。", encoding="utf-8")
    assert extract(tmp_path / "out", first, second) == 1
    error = capsys.readouterr().err
    assert "通知.txt" in error
    assert "通知.md" in error
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("应当建立共享平台。", encoding="utf-8")
    assert extract(file, file) == 1
    assert "--out" in capsys.readouterr().err


def test_a_wrong_option_ends_with_status_two() -> None:
    done = subprocess.run([sys.executable, "-m", "pipeline", "extract", "--nothing"], capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_line_of_ten_megabytes_is_refused_by_its_number_and_the_other_file_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "长.txt"
    file.write_text("一、问题\n" + "数据" * 1_700_000 + "。", encoding="utf-8")
    good = tmp_path / "好.txt"
    good.write_text("针对数据孤岛，应当建立共享平台。", encoding="utf-8")
    assert extract(tmp_path / "out", file, good) == 1
    error = capsys.readouterr().err
    assert "长.txt: line 2 has" in error
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["好.json"]


def test_explain_tells_each_block_and_each_factor(capsys: pytest.CaptureFixture[str]) -> None:
    file = SAMPLES / "县域公共数据共享的困境与对策.md"
    assert main(["explain", str(file), "--factors"]) == 0
    out = capsys.readouterr().out
    assert "heading" in out
    assert "references" in out
    assert "zone dilemma" in out
    assert "* dilemma" in out


def test_explain_names_every_mark_beside_its_heading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text("# 一、问题\n\n数据孤岛突出，应当打破壁垒。\n\n# 二、对策\n\n建立平台。\n", encoding="utf-8")
    assert main(["explain", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = next(i for i, line in enumerate(lines) if line.endswith("| 二、对策"))
    assert lines[place + 1] == "    ~ [24, 25) markup: (dropped)"
