"""The menu of exports: every form has a name in both languages, nothing is made before the button is pressed."""

from __future__ import annotations

from typing import Any, BinaryIO

import pytest
from streamlit.testing.v1 import AppTest

from app_pages._parts import downloads
from graph.records import Filters
from zhengmai.exporting import ENDINGS, FORMS
from zhengmai.messages import known


class Recorder:
    """A corpus that writes down what it is asked to export."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def export(self, out: BinaryIO, **asked: Any) -> None:
        self.asked.append(asked)
        out.write(b"made")


def test_every_form_has_a_name_and_an_ending() -> None:
    assert set(ENDINGS) == set(FORMS)
    for form in FORMS:
        assert known(f"export.{form.replace('-', '_')}"), form


def script() -> None:
    from app_pages._parts import downloads
    from graph.records import Filters

    downloads.menu("here", filters=Filters(basis=("stated",)), question="数据孤岛")


def script_without_question() -> None:
    from app_pages._parts import downloads
    from graph.records import Filters

    downloads.menu("here", filters=Filters())


def test_nothing_is_made_before_the_button_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Recorder()
    monkeypatch.setattr(downloads, "workspace", lambda: corpus)
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert len(app.selectbox[0].options) == len(FORMS)
    assert corpus.asked == []
    make = downloads.writer(corpus, "qdpx", filters=Filters(), question=None, basket=("d1/f1",))  # type: ignore[arg-type]
    assert make() == b"made"
    assert corpus.asked == [{"form": "qdpx", "filters": Filters(), "question": None, "basket": ("d1/f1",)}]


def test_a_frozen_answer_is_offered_where_there_is_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "workspace", Recorder)
    app = AppTest.from_function(script_without_question).run()
    assert not app.exception
    assert len(app.selectbox[0].options) == len(FORMS) - 1
