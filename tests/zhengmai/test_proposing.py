"""Key words that papers print in two languages reach an editor, with the places of both."""

from __future__ import annotations

import json

import pytest

from zhengmai.cli import main
from zhengmai.workspace import Workspace

PAPER = """乡村共享菜园的治理

摘要：本文讨论共享菜园。

关键词：数据孤岛；共享菜园；数字政府

Key words: data chimneys; shared vegetable gardens; digital government

一、问题

共享菜园缺乏管理人员，各村的数据孤岛没有打通。

二、对策

应当建立统一的登记平台，配备专职管理人员。
"""


@pytest.fixture
def with_paper(workspace: Workspace) -> Workspace:
    """The samples and a paper with key words in two languages, in the answers."""
    assert workspace.add("菜园.txt", PAPER.encode()).record is not None
    assert workspace.sync().failed == {}
    return workspace


def test_a_pair_of_key_words_is_proposed_with_both_places(with_paper: Workspace) -> None:
    rows = {row.chinese: row for row in with_paper.proposed_names()}
    assert (rows["数据孤岛"].concept, rows["数据孤岛"].new) == ("data-silos", "data chimneys")
    assert (rows["共享菜园"].concept, rows["共享菜园"].english) == (None, "shared vegetable gardens")
    assert "数字政府" not in rows  # the register has both
    (printed,) = rows["共享菜园"].printed
    assert "共享菜园" in PAPER[slice(*printed.chinese)]
    assert "shared vegetable gardens" in PAPER[slice(*printed.english)]


def test_what_is_kept_internal_or_withdrawn_proposes_nothing(with_paper: Workspace) -> None:
    paper = with_paper.find("菜园.txt").id
    with_paper.mark(paper, "internal")
    with_paper.sync()
    assert "共享菜园" not in {row.chinese for row in with_paper.proposed_names()}
    with_paper.mark(paper, "open")
    with_paper.withdraw(paper)
    with_paper.sync()
    assert "共享菜园" not in {row.chinese for row in with_paper.proposed_names()}


def test_the_verb_prints_pairs_and_gives_them_as_data(with_paper: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(with_paper.settings.data)
    with_paper.close()
    assert main(["--data", data, "names", "--known"]) == 0
    out = capsys.readouterr().out
    assert "数据孤岛 = data chimneys" in out
    assert "[data-silos]" in out
    assert "共享菜园" not in out
    assert main(["--data", data, "names", "--json"]) == 0
    assert {"数据孤岛", "共享菜园"} <= {row["chinese"] for row in json.loads(capsys.readouterr().out)}
