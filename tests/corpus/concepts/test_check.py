"""What `check` finds, and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import concepts
from corpus.__main__ import main
from corpus.concepts import check
from corpus.concepts.offices import offices


def test_the_packaged_register_has_nothing_to_mend(register: concepts.Register) -> None:
    assert check(register) == ()


def test_the_packaged_offices_have_nothing_to_mend() -> None:
    assert list(offices().check()) == []


def test_an_office_is_followed_through_its_renaming() -> None:
    assert [office.name for office in offices().line("卫健委")][-1] == "国家卫生健康委员会"
    assert "卫生部" in {office.name for office in offices().line("National Health Commission")}
    assert offices().line("没有的局") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[a-b]\nnames = ["甲乙丙"]\nenglish = ["a b"]\ndefinition = "。"\nbroader = ["poverty"]\n', "does not name it back"),
        ('[a-b]\nnames = ["甲乙丙"]\nenglish = ["a b"]\n', "has no definition"),
        ('[a-b]\nnames = ["甲乙丙"]\ndefinition = "。"\n', "has no English name"),
        ('[a-b]\nnames = ["甲乙丙"]\nenglish = ["a b"]\ndefinition = "。"\nnear = ["甲乙丙"]\n', "is one of its own names"),
        ('[a-b]\nnames = ["甲乙丙丁戊"]\nenglish = ["a b"]\ndefinition = "。"\nnear = ["丁戊甲乙丙"]\n', "is understood as the concept itself"),
        ('[a-b]\nnames = ["甲乙丙", "乙"]\nenglish = ["a b"]\ndefinition = "。"\n', "too short"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    found = [str(trouble) for trouble in check(concepts.load(tmp_path)) if trouble.file == "x.toml"]
    assert len(found) == 1
    assert words in found[0]


def test_check_exits_with_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concepts", "check"]) == 0
    (tmp_path / "x.toml").write_text("[a\n", encoding="utf-8")
    assert main(["concepts", "check", "--folder", str(tmp_path)]) == 1
    assert "x.toml:1" in capsys.readouterr().out


def test_show_takes_any_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concepts", "show", "信息孤岛"]) == 0
    said = capsys.readouterr().out
    assert "数据孤岛 [data-silos]" in said
    assert "data silos" in said


def test_show_suggests_where_nothing_has_that_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concepts", "show", "数据孤倒"]) == 1
    assert "data-silos" in capsys.readouterr().err


def test_list_and_ask_give_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concepts", "list", "--domain", "数据治理", "--json"]) == 0
    assert "data-silos" in {row["id"] for row in json.loads(capsys.readouterr().out)}
    assert main(["concepts", "ask", "数据孤岛怎么办", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["concept"] == "data-silos"
    assert main(["concepts", "list", "--domain", "没有"]) == 1


def test_find_prints_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("打破数据孤岛。", encoding="utf-8")
    assert main(["concepts", "find", str(file)]) == 0
    assert capsys.readouterr().out == "2\t6\t数据孤岛\tdata-silos\tname\n"
    assert main(["concepts", "find", str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err
