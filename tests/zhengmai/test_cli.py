"""The command line: whole lines for people, plain data for programs, one clear line for what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
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
    assert main(["--data", data, "decide", "reject", name, link, "--who", "王编辑", "--dry-run"]) == 0
    assert "→" in capsys.readouterr().out
    assert not Path(data, "decisions", "decisions.jsonl").exists()
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


def test_an_archive_gives_its_good_files_and_names_the_bad_one(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "文献.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("夹/关于共享的通知.txt", "针对数据孤岛，应当建立统一的共享平台。")
        packed.writestr("夹/空.txt", "")
    assert main(["--data", data, "add", str(archive)]) == 1
    captured = capsys.readouterr()
    assert "关于共享的通知.txt" in captured.out
    assert "空.txt" in captured.err


def test_a_near_copy_is_named_and_counts_once_when_a_person_says_so(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "".join(f"针对第{n}项数据孤岛，各部门应当建立第{n}个统一的共享平台，并明确第{n}项责任。\n" for n in range(40))
    for name, end in (("甲.txt", ""), ("乙.txt", "（来源：示例网）\n")):
        (tmp_path / name).write_text("关于数据共享的通知\n" + words + end, encoding="utf-8")
        assert main(["--data", data, "add", str(tmp_path / name)]) == 0
    capsys.readouterr()
    assert main(["--data", data, "sync"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "zhengmai join" in line)
    document, work = line.split("join ")[1].split()
    assert main(["--data", data, "join", document, work]) == 0
    assert main(["--data", data, "sync"]) == 0
    assert main(["--data", data, "remedies", "数据孤岛"]) == 0
    assert "出自 1 篇" in capsys.readouterr().out
