"""What readers keep: quotes under a name, cited, found again, gone with a purge; views under a name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.decisions import anchor
from zhengmai.baskets import MOST_KEPT, Basket, Baskets, cleaned_name
from zhengmai.errors import KeptDamaged, NothingFound
from zhengmai.settings import Settings
from zhengmai.workspace import Workspace, open_workspace

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEXT = "针对数据孤岛，应当建立统一的共享平台。本通知共印三十份。"
QUOTE = "建立统一的共享平台"


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def mark(words: str, document: str = "d1"):
    start, end = place(words)
    return anchor(document, TEXT, start, end, raw=(start, end))


@pytest.fixture
def document(workspace: Workspace) -> str:
    added = workspace.add("通知.txt", TEXT.encode())
    assert added.record is not None
    workspace.sync()
    return added.record.id


def test_quotes_are_kept_in_order_under_their_name_and_outlive_the_program(tmp_path: Path) -> None:
    baskets = Baskets(tmp_path / "kept")
    assert baskets.list() == ()
    first = baskets.keep("开题", mark(QUOTE), type="countermeasure", now=NOW)
    second = baskets.keep("开题", mark("数据孤岛"), note="核心概念", now=NOW)
    baskets.keep("<b>另一个</b>", mark("本通知"), now=NOW)
    again = Baskets(tmp_path / "kept")
    assert [one.name for one in again.list()] == ["<b>另一个</b>", "开题"]
    assert again.get("开题").kept == (first, second)
    assert again.get("没有") == Basket(name="没有")
    again.drop("开题", first.id)
    assert baskets.get("开题").kept == (second,)
    baskets.delete("开题")
    assert [one.name for one in again.list()] == ["<b>另一个</b>"]


def test_the_same_place_is_kept_once_with_the_later_note(tmp_path: Path) -> None:
    baskets = Baskets(tmp_path)
    baskets.keep("开题", mark(QUOTE), note="一", now=NOW)
    baskets.keep("开题", mark(QUOTE), note="二", now=NOW)
    assert [one.note for one in baskets.get("开题").kept] == ["二"]


def test_names_are_one_line_that_can_be_seen() -> None:
    assert cleaned_name(" 开题\n报告\u202e\x00 ") == "开题 报告"
    assert cleaned_name("\u200b\n") == ""
    assert len(cleaned_name("长" * 500)) == 60


def test_a_basket_without_a_name_or_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baskets = Baskets(tmp_path)
    with pytest.raises(ValueError, match="name"):
        baskets.keep(" \n", mark(QUOTE), now=NOW)
    monkeypatch.setattr("zhengmai.baskets.MOST_KEPT", 1)
    baskets.keep("开题", mark(QUOTE), now=NOW)
    with pytest.raises(ValueError, match="holds 1"):
        baskets.keep("开题", mark("本通知"), now=NOW)
    assert MOST_KEPT > 100


def test_readers_who_keep_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: Baskets(tmp_path).keep(f"篮{n % 3}", mark("数据孤岛", f"d{n}"), now=NOW), range(12)))
    assert sum(len(one.kept) for one in Baskets(tmp_path).list()) == 12


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    baskets = Baskets(tmp_path)
    baskets.keep("开题", mark(QUOTE), now=NOW)
    baskets.path.write_bytes(b'{"baskets": [')
    with pytest.raises(KeptDamaged):
        baskets.list()
    with pytest.raises(KeptDamaged):
        baskets.keep("开题", mark(QUOTE), now=NOW)
    assert baskets.path.read_bytes() == b'{"baskets": ['


def test_views_are_kept_under_a_name_beside_baskets(tmp_path: Path) -> None:
    baskets = Baskets(tmp_path)
    baskets.keep("开题", mark(QUOTE), now=NOW)
    baskets.keep_view("孤岛", "", "q=%E5%AD%A4")
    baskets.keep_view("孤岛", "", "q=%E5%B2%9B&basis=stated")
    assert [(one.name, one.query) for one in baskets.views()] == [("孤岛", "q=%E5%B2%9B&basis=stated")]
    baskets.drop_view("孤岛")
    assert baskets.views() == ()
    assert len(baskets.list()) == 1
    with pytest.raises(ValueError, match="name"):
        baskets.keep_view("", "", "")


def test_a_kept_quote_is_cited_and_found_again_after_the_text_moved(workspace: Workspace, document: str) -> None:
    workspace.keep("开题", document, *place(QUOTE), note="可引")
    (quote,) = workspace.basket("开题")
    assert (quote.place, quote.sentence, quote.kept.note) == (place(QUOTE), "针对数据孤岛，应当建立统一的共享平台。", "可引")
    assert quote.citation is not None
    assert "通知" in quote.citation.text
    opened = open_workspace(Settings(data=workspace.settings.data))
    assert opened.basket("开题")[0].kept == quote.kept
    opened.close()
    workspace.withdraw(document)
    (gone,) = workspace.basket("开题")
    assert (gone.source, gone.place, gone.sentence) == (None, None, QUOTE)


def test_what_is_not_there_or_may_not_be_shown_is_not_kept(workspace: Workspace, document: str) -> None:
    for wrong in ((3, 3), (0, 10_000)):
        with pytest.raises(NothingFound):
            workspace.keep("开题", document, *wrong)
    workspace.mark(document, "quotes")
    workspace.sync()
    with pytest.raises(NothingFound):
        workspace.keep("开题", document, *place("本通知共印三十份"))
    workspace.keep("开题", document, *place(QUOTE))
    assert "三十份" not in (workspace.settings.kept / "kept.json").read_text(encoding="utf-8")


def test_a_purge_takes_kept_quotes_with_it(workspace: Workspace, document: str) -> None:
    workspace.keep("开题", document, *place(QUOTE))
    workspace.purge(document, who="王编辑", reason="著作权人要求")
    assert workspace.basket("开题") == ()
    assert QUOTE not in (workspace.settings.kept / "kept.json").read_text(encoding="utf-8")
    assert workspace.check() == ()


def test_a_reference_to_a_sample_says_that_it_is_one(workspace: Workspace) -> None:
    sample = next(one for one in workspace.documents() if one.sample)
    assert workspace.cite(sample.id, 0, 1).text.startswith("示例（虚构） ")
