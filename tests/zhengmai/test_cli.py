"""The command line: whole lines for people, plain data for programs, one clear line for what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from zhengmai.cli import main, parser
from zhengmai.workspace import Workspace


@pytest.fixture
def data(workspace: Workspace) -> str:
    """Data folder of a corpus of the samples."""
    workspace.close()
    return str(workspace.settings.data)


def test_remedies_prints_each_with_its_sentence_source_and_the_mark_of_samples(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "remedies", "data", "silos"]) == 0
    out = capsys.readouterr().out
    assert "针对数据孤岛问题，应当建设县级统一的数据共享平台" in out
    assert "示例（虚构）" in out
    assert "明述" in out
    assert "对应" in out


def test_remedies_as_data_is_one_json_object(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "remedies", "信息孤岛", "--json", "--basis", "stated"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == "信息孤岛"
    assert {row["basis"] for row in answer["rows"]} == {"stated"}


def test_add_takes_the_good_file_and_names_each_bad_one(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "好.txt"
    good.write_text("针对数据孤岛，应当建立共享平台。", encoding="utf-8")
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    folder = tmp_path / "夹"
    folder.mkdir()
    assert main(["--data", data, "add", str(empty), str(folder), str(tmp_path / "无.txt"), str(good), str(good)]) == 1
    captured = capsys.readouterr()
    assert "好.txt" in captured.out
    lines = captured.err.strip().splitlines()
    assert len(lines) == 4
    for name in ("空.txt", "夹", "无.txt", "好.txt"):
        assert any(name in line for line in lines)
    assert "Traceback" not in captured.err
    assert main(["--data", data, "sync"]) == 0
    assert main(["--data", data, "list", "--json"]) == 0
    assert sum(not row["sample"] for row in json.loads(capsys.readouterr().out.split("\n", 1)[1])) == 1


def test_a_dry_run_changes_nothing(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "好.txt"
    good.write_text("针对数据孤岛，应当建立共享平台。", encoding="utf-8")
    before = sorted(path.name for path in Path(data).rglob("*"))
    assert main(["--data", data, "add", "--dry-run", str(good)]) == 0
    assert sorted(path.name for path in Path(data).rglob("*")) == before
    assert "好.txt" in capsys.readouterr().out


def test_decide_and_undo_by_the_ids_that_show_lists(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = "县域公共数据共享的困境与对策"
    assert main(["--data", data, "show", name, "--json"]) == 0
    view = json.loads(capsys.readouterr().out)
    link = view["links"][0]["id"]
    assert main(["--data", data, "decide", "reject", name, link, "--who", "王编辑"]) == 0
    assert main(["--data", data, "show", name]) == 0
    out = capsys.readouterr().out
    assert link in out
    assert main(["--data", data, "check"]) == 0


def test_a_question_of_signs_alone_gets_one_clear_line(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "remedies", "*"]) == 1
    error = capsys.readouterr().err
    assert len(error.strip().splitlines()) == 1
    assert "Traceback" not in error


def test_an_unknown_document_gets_one_clear_line(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "show", "没有这篇"]) == 1
    assert "没有这篇" in capsys.readouterr().err


def test_a_wrong_setting_is_named_with_what_there_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengmai", "list"],
        env={"PATH": "/usr/bin:/bin", "ZHENGMAI_DATTA": str(tmp_path)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "ZHENGMAI_DATA" in done.stderr


def test_every_verb_ends_its_help_with_an_example() -> None:
    actions = [action for action in parser()._actions if action.dest == "verb"]
    for name, verb in actions[0].choices.items():  # type: ignore[union-attr]
        assert f"example: python -m zhengmai {name}" in " ".join(verb.format_help().split()), name
