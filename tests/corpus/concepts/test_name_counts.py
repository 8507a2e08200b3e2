"""The table of how often names stand in texts counts what `find` finds: places, texts, longest names, near misses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.concepts import NameCount, coverage, main, name_counts, write_table
from corpus.concepts import Concept, Register
from corpus.concepts._load import Loaded

PRIVACY = Concept(id="privacy", names=("隐私",), english=("privacy",), near=("隐私计算",), domain="数据")
PROTECTION = Concept(id="privacy-protection", names=("隐私保护", "保护隐私"), english=("privacy protection",), domain="数据")
SHORTAGE = Concept(id="talent-shortage", names=("人才短缺",), english=("talent shortage",), domain="人才")


def register() -> Register:
    return Register(Loaded(concepts={concept.id: concept for concept in (PRIVACY, PROTECTION, SHORTAGE)}))


def test_places_and_texts_are_counted_apart() -> None:
    counts = {count.name: count for count in name_counts(register(), ["隐私与隐私，人才短缺。", "人才短缺。"])}
    assert counts["隐私"] == NameCount("隐私", "privacy", documents=1, occurrences=2)
    assert counts["人才短缺"] == NameCount("人才短缺", "talent-shortage", documents=2, occurrences=2)


def test_a_longer_name_and_a_near_miss_take_the_place_from_the_shorter_name() -> None:
    counts = {count.name: count.occurrences for count in name_counts(register(), ["加强隐私保护，推广隐私计算。"])}
    assert counts["隐私保护"] == 1
    assert counts["隐私"] == 0


def test_names_in_no_text_are_there_with_nought_and_last() -> None:
    counts = name_counts(register(), ["Privacy protection and 人才短缺", "人才短缺"])
    assert [count.name for count in counts[:2]] == ["人才短缺", "privacy protection"]
    assert {count.name for count in counts if not count.occurrences} == {"隐私", "privacy", "隐私保护", "保护隐私", "talent shortage"}
    assert len(counts) == 7


def test_no_text_gives_noughts_only() -> None:
    assert {(count.documents, count.occurrences) for count in name_counts(register(), [])} == {(0, 0)}


def test_the_table_can_be_read_back(tmp_path: Path) -> None:
    counts = name_counts(register(), ["隐私"])
    write_table(counts, tmp_path / "names.tsv")
    with (tmp_path / "names.tsv").open(encoding="utf-8", newline="") as file:
        back = list(csv.DictReader(file, delimiter="\t"))
    assert back[0] == {"name": "隐私", "concept": "privacy", "documents": "1", "occurrences": "1"}
    assert len(back) == len(counts)


def test_totals_and_unseen_names_of_each_domain_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.md").write_text("保护隐私", encoding="utf-8")
    coverage(register(), tmp_path, tmp_path / "names.tsv")
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 texts of 4 characters: 1 of 3 concepts seen, 1 of 7 names"
    assert printed[1] == "occurrences of names: 1"
    assert printed[2:] == ["数据: 2 Chinese names in no text, the first 2: 隐私、隐私保护", "人才: 1 Chinese names in no text, the first 1: 人才短缺"]


def test_a_table_without_coverage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--table", str(tmp_path / "names.tsv")])
    assert stop.value.code == 2
    assert not (tmp_path / "names.tsv").exists()
