"""A menu that hands on an answer, a basket or the whole corpus in every form of export. What is written is made when the button is pressed, not before."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import streamlit as st

from app_pages._parts.language import t
from app_pages._parts.session import workspace
from graph.records import Filters
from zhengmai.exporting import ENDINGS, NO_QUESTION
from zhengmai.workspace import Workspace

__all__ = ["menu", "writer"]


def menu(key: str, *, filters: Filters, question: str | None = None, basket: Sequence[str] = ()) -> None:
    """Draw the menu: a choice of form and a button. `key` keeps several menus of a page apart; `basket` as `Workspace.export` takes it."""
    with st.popover(t("export.menu"), icon=":material/ios_share:"):
        forms = [form for form in ENDINGS if question is not None or form not in NO_QUESTION]
        form = st.selectbox(t("export.form"), forms, format_func=lambda one: t(f"export.{one.replace('-', '_')}"), key=f"{key}.form")
        make = writer(workspace(), form, filters=filters, question=question, basket=basket)
        name = f"zhengmai-{(question or 'corpus')[:20]}.{ENDINGS[form]}"
        st.download_button(t("export.save"), make, name, "application/octet-stream", on_click="ignore", icon=":material/download:", key=f"{key}.save")


def writer(corpus: Workspace, form: str, *, filters: Filters, question: str | None, basket: Sequence[str]) -> Callable[[], bytes]:
    """What makes the file; called in another thread than the page's, so it takes the corpus along."""

    def make() -> bytes:
        out = io.BytesIO()
        corpus.export(out, form=form, filters=filters, question=question, basket=basket)
        return out.getvalue()

    return make
