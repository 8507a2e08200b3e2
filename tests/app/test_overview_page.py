"""The overview: what is loaded, how well it is read, what changed, whether it is whole; and an empty corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from corpus.concepts import Register
from tests.app.conftest import OpenApp, behind_the_pages, shown_html, shown_text
from tests.app.double import notice, paper
from tests.app.wide_double import WideWorkspace
from zhengmai.changes import Change
from zhengmai.checking import Fault
from zhengmai.health import Health
from zhengmai.reporting import Report

HOSTILE = "<script>alert(1)</script> :red[x] **y** [z](http://x) =1+1 5~7"


@pytest.fixture
def corpus(tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[WideWorkspace]:
    with behind_the_pages(WideWorkspace(tmp_path, register, [paper(), notice()]), monkeypatch) as double:
        yield double


def test_what_is_loaded_is_counted_by_kind_level_and_year(open_app: OpenApp) -> None:
    text = shown_text(open_app("overview"))
    for words in ("2作品", "论文1", "公文1", "省级1", "未注明1", "2018", "2021"):
        assert words in text, words
    assert "示例（虚构）" not in text


def test_an_empty_corpus_says_what_to_do_next(open_app: OpenApp, corpus: WideWorkspace) -> None:
    for document in list(corpus.records):
        corpus.store.delete_document(document)
    corpus.records.clear()
    text = shown_text(open_app("overview"))
    assert "库里还没有文献" in text
    assert "make run" in text


def test_the_figures_of_the_model_are_told_in_plain_words(open_app: OpenApp) -> None:
    text = shown_text(open_app("overview"))
    assert "大体可靠，引用前看原句" in text
    assert "只作线索" in text
    assert "benchmarks/RESULTS.md" in text


def test_the_last_changes_lead_to_their_words_and_are_shown_as_text(open_app: OpenApp, corpus: WideWorkspace) -> None:
    document = next(iter(corpus.records))
    corpus.changed = (
        Change(at="2026-11-26T10:00:00.000000Z", kind="accept", who=HOSTILE, document=document, name="x", words=(HOSTILE,), place=(3, 9)),
        Change(at="2026-11-25T10:00", kind="added", name=HOSTILE),
        Change(at="2026-11-24T10:00", kind="added", n=12),
    )
    app = open_app("overview")
    text = shown_text(app)
    assert f"{HOSTILE} 认可" in text
    assert f"加入《{HOSTILE}》" in text
    assert "加入 12 篇文献" in text
    assert "<script" not in shown_html(app)
    assert "at=3-9" in shown_html(app)


def test_a_check_is_started_by_the_button_and_its_outcome_is_told(open_app: OpenApp, corpus: WideWorkspace) -> None:
    app = open_app("overview")
    assert "还没有检查过" in shown_text(app)
    app.get_by_key("health.start").click().run()
    assert corpus.checks == 1
    corpus.checked = Health(step="done", at="2026-11-26T10:00:00Z", done=2, total=2, version=corpus.version(), process=1)
    assert "2026-11-26 10:00 检查：2 篇文献，未见问题" in shown_text(open_app("overview"))


def test_a_fault_says_what_to_do(open_app: OpenApp, corpus: WideWorkspace) -> None:
    fault = Fault(code="stale", what="x", advice="run sync", subject=HOSTILE)
    corpus.checked = Health(step="done", at="2026-11-26T10:00:00Z", done=2, total=2, faults=(fault,), version=1, process=1)
    app = open_app("overview")
    text = shown_text(app)
    assert f"{HOSTILE}：还没有由这一版程序读取" in text
    assert "python -m zhengmai sync" in text
    assert "<script" not in shown_html(app)


def test_a_running_check_shows_how_far_it_is(open_app: OpenApp, corpus: WideWorkspace) -> None:
    corpus.checked = Health(step="running", at="2026-11-26T10:00:00Z", done=30, total=120, process=1)
    assert "30 / 120" in open_app("overview").get("progress")[0].proto.text


def test_the_english_page_is_english(open_app: OpenApp, corpus: WideWorkspace) -> None:
    corpus.changed = (Change(at="2026-11-24T10:00", kind="added", n=12),)
    text = shown_text(open_app("overview", lang="en"))
    for words in ("What is loaded", "12 documents were added", "fairly reliable", "It was never checked", "official documents"):
        assert words in text
    assert "概览" not in text


def test_reports_are_shown_open_and_answered_as_text(open_app: OpenApp, corpus: WideWorkspace) -> None:
    assert "没有人报告有误" in shown_text(open_app("overview"))
    document = next(iter(corpus.records))
    said = {"at": "2026-11-26T10:00:00.000000Z", "target": "place", "type": None, "document": document, "place": (3, 9), "statement": None, "found": True}
    corpus.reported = (
        Report(id="c1", who="", note=HOSTILE, quotes=(HOSTILE,), **said),  # type: ignore[arg-type]
        Report(id="c2", who="周", note="", quotes=("数据孤岛",), answer="c3", verdict="accept", answered_by="吴", **said),  # type: ignore[arg-type]
    )
    app = open_app("overview")
    text = shown_text(app)
    assert "待答复 1 条 · 已答复 1 条" in text
    assert "确有错误，已否定" in text
    assert HOSTILE in text
    assert "<script" not in shown_html(app)


def test_reports_of_internal_documents_show_no_words(open_app: OpenApp, corpus: WideWorkspace) -> None:
    document = next(iter(corpus.records))
    corpus.records[document] = msgspec.structs.replace(corpus.records[document], access="internal")
    corpus.reported = (
        Report(
            id="c1",
            at="2026-11-26T10:00",
            who="",
            note="甲的意见",
            target="place",
            type=None,
            quotes=("机密之语",),
            document=document,
            place=(3, 9),
            statement=None,
            found=True,
        ),
    )
    text = shown_text(open_app("overview"))
    assert "机密之语" not in text
    assert "甲的意见" not in text
    assert "标为内部的文献" in text
