"""An annotator's sheet becomes places in a text, and the places become the records that training reads."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from training import marked, sheet

TEXT = """# 乡镇数据共享的困境与对策

# 一、数据共享的困境

部门之间存在数据孤岛，基层重复填表。由于缺乏统一标准，信息难以互通。

# 二、对策

县政府建立统一的共享平台，以打破数据孤岛，提高办事效率。
"""
FILLED = """
# 一行以井号开头的是说明
Z 1 dilemma 1
Z 4 countermeasure 1
F1 1 D h data 数据共享的困境
F2 2 D c data 数据孤岛
F3 2 D c service 基层重复填表
F4 3 V c - 缺乏统一标准
F5 3 D c data 信息难以互通
F6 5 M c technology 建立…平台
F7 5 G c - 提高办事效率
CB 5 4
PO 2,3,5 1
AC 6 7
AA 2 6
E government 5 县政府
E concept 2 数据孤岛 | 信息孤岛
T 县政府 6
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "texts" / "papers" / "x.md"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *args: object) -> int:
    monkeypatch.setattr(sys, "argv", ["sheet", *map(str, args)])
    return sheet.main()


def test_the_sheet_numbers_sentences_beneath_their_blocks(text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "show", text) == 0
    shown = capsys.readouterr().out
    assert "2\t部门之间存在数据孤岛，基层重复填表。" in shown
    assert "[heading level 1 zone dilemma]\n1\t一、数据共享的困境" in shown


def test_what_was_marked_comes_back_at_its_place(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, folder = tmp_path / "x.ann", tmp_path / "annotations"
    filled.write_text(FILLED, encoding="utf-8")
    assert run(monkeypatch, "take", text, filled, "--by", "测试员", "--out", folder / "x.tsv") == 0
    stored = (folder / "x.tsv").read_text(encoding="utf-8")
    assert "数据孤岛" not in stored, "places, no text"
    assert marked.dump(marked.load(stored)) == stored
    monkeypatch.setattr(marked, "ANNOTATIONS", folder)
    (document,) = marked.marked_documents(tmp_path / "texts")
    by_id = {factor.id: factor for factor in document.factors}
    assert {name: (factor.type, factor.text, factor.scope, factor.dim) for name, factor in by_id.items()} == {
        "F1": ("dilemma", "数据共享的困境", "heading", "data"),
        "F2": ("dilemma", "数据孤岛", "clause", "data"),
        "F3": ("dilemma", "基层重复填表", "clause", "service"),
        "F4": ("driver", "缺乏统一标准", "clause", None),
        "F5": ("dilemma", "信息难以互通", "clause", "data"),
        "F6": ("countermeasure", "建立统一的共享平台", "clause", "technology"),
        "F7": ("goal", "提高办事效率", "clause", None),
    }
    clean = document.structure.clean_text
    assert all(clean[factor.start : factor.end] == factor.text and factor.text in factor.sentence for factor in by_id.values())
    assert {(link.type, link.basis, link.source, link.target) for link in document.links} == {
        ("caused_by", "stated", "F5", "F4"),
        ("achieves", "stated", "F6", "F7"),
        ("addressed_by", "aligned", "F2", "F6"),
        *(("part_of", "aligned", f"F{n}", "F1") for n in (2, 3, 5)),
    }
    assert [(entity.name, entity.aliases) for entity in document.entities] == [("县政府", ()), ("数据孤岛", ())], "an alias that the text lacks has no place"
    assert [(act.type, act.actor, act.factor) for act in document.acts] == [("takes", document.entities[0].id, "F6")]
    assert [block.zone for block in document.structure.blocks if block.role == "heading"] == ["dilemma", "countermeasure"]


def test_a_block_that_is_noise_after_all_gives_no_sentence(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, folder = tmp_path / "x.ann", tmp_path / "annotations"
    filled.write_text("R 5 noise\nF1 2 D c data 数据孤岛\n", encoding="utf-8")
    assert run(monkeypatch, "take", text, filled, "--by", "测试员", "--out", folder / "x.tsv") == 0
    monkeypatch.setattr(marked, "ANNOTATIONS", folder)
    (document,) = marked.marked_documents(tmp_path / "texts")
    assert [factor.id for factor in document.factors] == ["F1"]
    assert not any("平台" in document.structure.clean_text[s.start : s.end] for s in document.sentences)


def test_a_paragraph_that_holds_statements_stays_where_one_of_its_sentences_is_noise(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, folder = tmp_path / "x.ann", tmp_path / "annotations"
    filled.write_text("R 2 noise\nF1 3 D c data 信息难以互通\n", encoding="utf-8")
    assert run(monkeypatch, "take", text, filled, "--by", "测试员", "--out", folder / "x.tsv") == 0
    monkeypatch.setattr(marked, "ANNOTATIONS", folder)
    (document,) = marked.marked_documents(tmp_path / "texts")
    assert [factor.text for factor in document.factors] == ["信息难以互通"]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("F1 2 D c data 数据壁垒", "not in that sentence"),
        ("F1 2 D c money 数据孤岛", "none of"),
        ("F1 99 D c data 数据孤岛", "out of range"),
        ("F1 2 D c data 数据孤岛\nF2 2 D c data 存在数据", "overlaps"),
        ("F1 2 D c data 数据孤岛\nF1 2 D c - 重复填表", "twice"),
        ("F1 2 D c data 数据孤岛\nF2 2 D c - 重复填表\nAS 1 2", "F2 is dilemma"),
        ("F1 2 D c data 数据孤岛\nF2 3 V c - 缺乏统一标准\nPO 1 2", "one type"),
        ("F6 5 M c - 共享平台\nT 省政府 6", "省政府"),
        ("Q 2", "Q 2"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_nothing_is_written(
    line: str, wrong: str, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = tmp_path / "x.ann"
    filled.write_text(line, encoding="utf-8")
    assert run(monkeypatch, "take", text, filled, "--by", "测试员", "--out", tmp_path / "x.tsv") == 1
    assert wrong in capsys.readouterr().err
    assert not (tmp_path / "x.tsv").exists()


def test_a_text_that_has_changed_is_refused(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "annotations"
    folder.mkdir()
    (folder / "x.tsv").write_text(marked.dump(marked.Marks("papers/x.md", "0" * 64, "测试员", "paper")), encoding="utf-8")
    monkeypatch.setattr(marked, "ANNOTATIONS", folder)
    with pytest.raises(ValueError, match="hash differs"):
        list(marked.marked_documents(tmp_path / "texts"))


def test_a_line_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="none of text, by"):
        marked.load("factor\tF1\t3")


def test_every_mark_is_found_in_its_text(shared: Path) -> None:
    marks, documents = list(marked.every_marks()), list(marked.marked_documents(shared / "texts"))
    assert len(marks) == len(documents) >= 69
    for one, document in zip(marks, documents, strict=True):
        lost = {name for name, *_ in one.factors} - {factor.id for factor in document.factors}
        assert len(lost) <= 0.02 * len(one.factors), f"{one.text}: the cleaning no longer keeps {len(lost)} of its statements"
