"""Register files with faults: one line with file and line, the rest used; an editor's folder over the packaged files."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import concepts

GOOD = """domain = "试验"

[blue-algae]
names = ["蓝藻水华", "水华"]
english = ["blue algae bloom"]
definition = "湖水里藻类过多。"
"""


def register_of(folder: Path, **files: str) -> concepts.Register:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return concepts.load(folder)


def lines(register: concepts.Register, file: str) -> list[str]:
    return [str(problem) for problem in register.problems if problem.file == file]


def test_a_folder_adds_concepts(tmp_path: Path) -> None:
    register = register_of(tmp_path / "concepts", lake=GOOD)
    assert register.named("水华") is register.get("blue-algae")
    assert register.problems == ()


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert len(concepts.load(tmp_path / "none")) == len(concepts.load())


def test_a_concept_of_the_same_id_replaces_the_packaged_one(tmp_path: Path) -> None:
    register = register_of(tmp_path / "c", own='[data-silos]\nnames = ["数据孤岛", "数据竖井"]\nenglish = ["data silos"]\ndefinition = "不通。"\n')
    assert register.identify("数据竖井") == "data-silos"
    assert register.identify("信息孤岛") is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD + '\n[red-tide]\nnames = ["赤潮"\nenglish = ["red tide"]\n', 10, "bad TOML (unclosed array)"),
        (GOOD + '\n[red-tide]\nnames = ["赤潮"]\ncolour = "red"\n', 10, "unknown field 'colour'"),
        (GOOD + '\n[red-tide]\nnames = ["赤潮", "水华"]\n', 8, "'水华' is a name of [blue-algae] already"),
        (GOOD + '\n[blue-algae]\nnames = ["赤潮"]\n', 8, "this id is taken by x.toml:3"),
        (GOOD + '\n[Red Tide]\nnames = ["赤潮"]\n', 8, "an id is made of a-z"),
        (GOOD + "\n[red-tide]\nnames = []\n", 8, "has no name"),
        (GOOD + '\n[red-tide]\nnames = "赤潮"\n', 9, "expected `array`"),
        (GOOD + '\n[red-tide]\nnames = ["赤潮", " "]\n', 9, "an empty or a repeated entry"),
        (GOOD + '\n[red-tide]\nnames = ["赤潮"]\nbroader = ["no-such"]\n', 8, "a concept that the register does not hold"),
        (GOOD + '\n[red-tide]\nnames = ["赤潮"]\nbroader = ["red-tide"]\n', 8, "itself"),
        (GOOD + '\n[a]\nnames = ["甲甲"]\nbroader = ["b"]\n\n[b]\nnames = ["乙乙"]\nbroader = ["a"]\n', 12, "run in a circle"),
        ('colour = "red"\n' + GOOD, 1, "unknown key 'colour' at the top"),
        (GOOD + '\n[red-tide]\nnames = ["赤潮"]\ndim = "water"\n', 10, "invalid enum value"),
    ],
)
def test_a_fault_is_one_line_with_its_place_and_the_rest_is_used(tmp_path: Path, text: str, line: int, words: str) -> None:
    register = register_of(tmp_path / "c", x=text)
    (said,) = lines(register, "x.toml")
    assert said.startswith(f"x.toml:{line}: ")
    assert words in said
    assert "\n" not in said
    assert register.identify("蓝藻水华") == "blue-algae"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "x.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "y.toml").write_text(GOOD, encoding="utf-8")
    register = concepts.load(folder)
    assert lines(register, "x.toml") == ["x.toml:1: is no UTF-8 text (byte 0); save it as UTF-8"]
    assert "blue-algae" in register


def test_loading_twice_gives_the_same(register: concepts.Register) -> None:
    assert concepts.load().concepts == register.concepts


def test_the_packaged_register_is_sound_and_large(register: concepts.Register) -> None:
    assert register.problems == ()
    assert len(register) >= 400
    assert sum(concept.domain in {"数字政府", "数据治理"} for concept in register) >= 120


def test_relatives_are_the_tiers_of_an_answer(register: concepts.Register) -> None:
    around = register.relatives("environmental-pollution")
    assert "water-pollution" in around.narrower
    assert "environmental-pollution" in register.relatives("water-pollution").broader
    silos = register.relatives("data-silos")
    assert "data-barriers" in {*silos.near, *silos.related}
    assert not {*silos.narrower} & {*silos.related}
    assert register.relatives("no-such") == concepts.Relatives()
