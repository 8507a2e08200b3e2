"""The command line: whole lines for people, plain data for programs, one clear line for what is wrong."""

from __future__ import annotations

import ast
import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from graph.records import Filters, Problem
from tests.conftest import REPOSITORY
from zhengmai.cli import main, parser
from zhengmai.cli_answers import _plain
from zhengmai.messages import known
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


def take_in(data: str, folder: Path, name: str, words: str) -> None:
    (folder / name).write_text(words, encoding="utf-8")
    assert main(["--data", data, "add", str(folder / name)]) == 0
    assert main(["--data", data, "sync", "--quiet"]) == 0


NOTICE = "由于部门分割，数据孤岛依然存在。针对数据孤岛，各部门应当建立统一的共享平台，实现一网通办。人才短缺严重。"


def test_a_question_is_answered_as_what_it_asks_for(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    for question, said in (
        ("怎样破解数据孤岛？", "按“有哪些对策”作答"),
        ("数据孤岛为什么难以打破？", "按“成因是什么”作答"),
        ("数据共享有哪些经验做法", "按“谁做过”作答"),
        ("哪些数据孤岛没有对策？", "按“哪些尚无对策”作答"),
    ):
        assert main(["--data", data, "ask", question]) == 0
        out = capsys.readouterr().out
        assert out.startswith(said)
        assert "示例（虚构）" in out
    assert main(["--data", data, "--language", "en", "ask", "why", "data", "silos"]) == 0
    assert capsys.readouterr().out.startswith("answered as: what are the causes")
    assert main(["--data", data, "ask", "数据孤岛", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "remedies"


def test_precedents_and_what_nobody_answers_say_how_much_was_searched(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "precedents", "数据共享"]) == 0
    out = capsys.readouterr().out
    assert "谁：" in out
    assert "在 10 篇文献" in out
    assert main(["--data", data, "unanswered", "数据孤岛", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["total"] == len(answer["rows"])
    assert answer["base"]["documents"] == 10


def test_every_filter_of_an_answer_has_an_option_and_a_wrong_value_is_one_line(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    actions = next(action for action in parser()._actions if action.dest == "verb").choices["remedies"]._actions  # type: ignore[union-attr,index]
    assert set(Filters.__struct_fields__) <= {action.dest for action in actions}
    options = ["--force", "mandated", "--level", "county", "--actor", "government", "--in-force", "yes", "--internal", "with", "--problem", "data-silos"]
    assert main(["--data", data, "remedies", "数据孤岛", *options]) == 0
    capsys.readouterr()
    for wrong in (["--today", "昨天"], ["--year-from", "2020", "--year-to", "2010"], ["--min-confidence", "7"]):
        assert main(["--data", data, "remedies", "数据孤岛", *wrong]) == 1
        error = capsys.readouterr().err
        assert len(error.strip().splitlines()) == 1
        assert "Traceback" not in error


def test_what_is_in_force_goes_by_today_unless_a_day_is_named(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(
        data, tmp_path, "办法.txt", "关于数据共享的办法\n针对数据孤岛，各部门应当建立统一的共享平台。\n本办法自2001年1月1日起施行，有效期至2002年12月31日。\n"
    )
    capsys.readouterr()
    found = {}
    for day in ("2001-06-01", None):
        assert main(["--data", data, "unanswered", "数据孤岛", "--in-force", "yes", "--json", *(["--today", day] if day else [])]) == 0
        found[day] = json.loads(capsys.readouterr().out)["filters"]["today"]
    assert found["2001-06-01"] == "2001-06-01"
    assert found[None] > "2026-01-01"


def test_a_brief_numbers_its_sources_and_refuses_samples(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "brief", "数据孤岛"]) == 1
    assert "示例" in capsys.readouterr().err
    take_in(data, tmp_path, "通知.txt", NOTICE)
    capsys.readouterr()
    assert main(["--data", data, "brief", "数据孤岛"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# 简报：数据孤岛\n")
    assert "**建立统一的共享平台**" in out
    assert "[1]" in out
    assert "\n1. \\[通知\\]" in out
    assert main(["--data", data, "brief", "数据孤岛", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remedies"]


def test_signs_of_a_document_are_no_markdown_in_a_brief() -> None:
    assert _plain("*附件*\n[1]<b>") == "\\*附件\\* \\[1\\]\\<b\\>"


def test_the_life_of_a_document_on_the_command_line(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(data, tmp_path, "通知.txt", NOTICE)
    revised = tmp_path / "修订.txt"
    revised.write_text(NOTICE + "应当设立首席数据官。", encoding="utf-8")
    before = sorted(str(path) for path in Path(data).rglob("*"))
    for verb in (
        ["replace", "通知.txt", str(revised)],
        ["withdraw", "通知.txt"],
        ["restore", "通知.txt"],
        ["mark", "通知.txt", "internal"],
        ["purge", "通知.txt", "--who", "王", "--reason", "错"],
    ):
        capsys.readouterr()
        assert main(["--data", data, *verb, "--dry-run"]) == 0
        assert "将" in capsys.readouterr().out
    assert sorted(str(path) for path in Path(data).rglob("*")) == before
    assert main(["--data", data, "withdraw", "通知.txt", "--dry-run"]) == 0
    assert "人才短缺" in capsys.readouterr().out.split("将失去唯一依据")[1].splitlines()[0]
    assert main(["--data", data, "replace", "通知.txt", str(revised)]) == 0
    assert "第 2 版" in capsys.readouterr().out
    assert main(["--data", data, "replace", "通知.txt", str(tmp_path / "无.txt")]) == 1
    assert main(["--data", data, "sync", "--quiet"]) == 0
    assert main(["--data", data, "mark", "修订.txt", "internal"]) == 0
    assert main(["--data", data, "withdraw", "修订.txt"]) == 0
    assert main(["--data", data, "restore", "修订.txt"]) == 0
    assert main(["--data", data, "purge", "修订.txt", "--who", "王", "--reason", " "]) == 2
    assert main(["--data", data, "purge", "修订.txt", "--who", "王", "--reason", "著作权人要求"]) == 0
    capsys.readouterr()
    assert main(["--data", data, "add", str(revised)]) == 1
    assert "著作权人要求" in capsys.readouterr().err
    assert main(["--data", data, "check"]) == 0


def test_faults_are_told_in_the_language_of_the_reader(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    record = next(Path(data, "documents").glob("d*.bin"))
    record.write_bytes(record.read_bytes() + b"!")
    assert main(["--data", data, "check"]) == 1
    assert "保存的内容与收到时不同 → 请重新加入这个文件" in capsys.readouterr().out
    assert main(["--data", data, "--language", "en", "check"]) == 1
    assert "its bytes are not those that were received → add the file again" in capsys.readouterr().out


def test_every_fault_and_problem_has_its_words() -> None:
    codes = {
        node.value.value
        for node in ast.walk(ast.parse((REPOSITORY / "zhengmai" / "checking.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant)
    }
    problems = get_args(Problem.__annotations__["code"]) or get_args(msgspec.structs.fields(Problem)[0].type)
    for code in codes | set(problems):
        assert known(f"fault.{code}"), code
        assert known(f"advice.{code}"), code


def test_evidence_and_sources_are_handed_on_in_forms_that_other_tools_open(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "证据.csv"
    assert main(["--data", data, "export", "数据孤岛", "--out", str(table)]) == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    assert rows
    manifest = json.loads(Path(f"{table}.manifest.json").read_text(encoding="utf-8"))
    assert (manifest["question"], manifest["concept"], manifest["counts"]["links"]) == ("数据孤岛", "data-silos", len(rows))
    assert all(row["remedy"] in row["remedy_sentence"] and row["citation"].removesuffix(" 示例（虚构）").endswith(".") for row in rows)
    capsys.readouterr()
    for form, begins in (("gbt7714", "[1] "), ("ris", "TY  - "), ("bibtex", "@")):
        assert main(["--data", data, "export", "data silos", "--as", form]) == 0
        assert capsys.readouterr().out.startswith(begins)


def test_a_reader_who_has_had_enough_ends_the_verb_quietly(data: str) -> None:
    verb = subprocess.Popen(
        [sys.executable, "-m", "zhengmai", "--data", data, "remedies", "数据孤岛"], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert verb.stdout is not None
    assert verb.stderr is not None
    with verb, verb.stdout as out:
        out.close()
        error = verb.stderr.read()
    assert (verb.returncode, error) == (0, b"")
