"""The list of documents and the taking in of files."""

from __future__ import annotations

from corpus.records import DocumentRecord
from tests.app.conftest import OpenApp, shown_html, shown_text
from tests.app.double import DoubleWorkspace


def _upload(app: object, *files: tuple[str, bytes]) -> None:
    app.get_by_key("documents.files").set_value([(name, data, "text/plain") for name, data in files])  # type: ignore[attr-defined]
    next(button for button in app.button if button.label == "加入并读取").click().run()  # type: ignore[attr-defined]


def test_every_document_is_listed_with_what_was_found(open_app: OpenApp) -> None:
    text = shown_text(open_app("documents"))
    assert "论县域数据共享" in text
    assert "要素 6 · 关联 3" in text
    assert "2 篇文献" in text


def test_a_document_that_could_not_be_read_says_why(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    record = DocumentRecord(id="dbad", name="坏.html", sha256="2" * 64, size=1, added="2026-01-01T00:00:00Z")
    corpus.records["dbad"], corpus.failures["dbad"] = record, "坏.html: no text in <b>it</b>"
    app = open_app("documents")
    assert "坏.html: no text in <b>it</b>" in shown_text(app)
    assert "未能读取" in shown_text(app)
    assert "<b>it" not in shown_html(app)


def test_finding_narrows_the_list_and_stands_in_the_address(open_app: OpenApp) -> None:
    app = open_app("documents")
    app.get_by_key("documents.find").set_value("通知").run()
    assert app.query_params["find"] == "通知"
    assert "论县域数据共享" not in shown_text(app)
    assert "论通知" in shown_text(app)


def test_a_file_is_taken_in_once_however_often_the_page_runs(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    app = open_app("documents")
    _upload(app, ("新.txt", "为破解数据孤岛，应当建平台。".encode()))
    assert "新.txt：已收下" in shown_text(app)
    for _ in range(5):
        app.run()
    assert [name for name, _, _ in corpus.received] == ["新.txt"]
    assert corpus.started == 1


def test_the_same_bytes_under_another_name_are_refused_by_name(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    app = open_app("documents")
    _upload(app, ("通知.txt", b"one"))
    _upload(app, ("通知(1).txt", b"one"))
    assert "通知(1).txt：库中已有，名为 通知.txt" in shown_text(app)
    assert len(corpus.received) == 1


def test_one_name_with_other_text_is_another_document_or_a_new_version_when_chosen(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    app = open_app("documents")
    _upload(app, ("通知.txt", b"other text"))
    assert "各自独立" in shown_text(app)
    app.get_by_key("documents.replace").set_value(True)
    _upload(app, ("县域数据共享.txt", b"third text"))
    assert "作为第 2 版替代旧版" in shown_text(app)
    assert [supersedes for _, _, supersedes in corpus.received] == [None, "d县域数据共享"]


def test_a_bad_file_never_stops_the_others(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    app = open_app("documents")
    _upload(app, ("空.txt", b" "), ("好.txt", b"text"))
    text = shown_text(app)
    assert "空.txt：文件里没有文字" in text
    assert "好.txt：已收下" in text


def test_sending_nothing_is_said_in_words(open_app: OpenApp) -> None:
    app = open_app("documents")
    next(button for button in app.button if button.label == "加入并读取").click().run()
    assert "还没有选择文件" in shown_text(app)


def test_samples_go_at_one_button(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    record = next(iter(corpus.records.values()))
    corpus.records[record.id] = DocumentRecord(**{name: getattr(record, name) for name in record.__struct_fields__} | {"sample": True})
    app = open_app("documents")
    assert "示例（虚构）" in shown_text(app)
    app.get_by_key("documents.remove_samples").click().run()
    assert record.id not in corpus.records
