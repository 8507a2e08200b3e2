"""What a reader can do at every quote, on every page: cite it, keep it, report it as wrong.

The links beside a quote name the act in the address; the dialog is drawn by `app.py` over whatever page it is.
"""

from __future__ import annotations

import streamlit as st

from app_pages._parts import chrome
from app_pages._parts.act_links import Wanted, absolute, close, document_link
from app_pages._parts.cards import titled
from app_pages._parts.html import block, el
from app_pages._parts.language import t
from app_pages._parts.session import workspace
from zhengmai.baskets import LONGEST_NAME, LONGEST_NOTE
from zhengmai.reporting import LONGEST_NOTE as LONGEST_REPORT

FAULTS = ("type", "span", "link", "missing", "text")
"""what a reader can say is wrong without writing: keys of `wrong.*`"""
_LAST = "acts.last_basket"
_SAID = "acts.said"


def show() -> None:
    """Draw the dialog that the address asks for, if any."""
    wanted = Wanted.read(st.query_params)
    if wanted is None:
        return
    title = t("acts.cite_title") if wanted.act == "cite" else t("acts.wrong_title")
    draw = _cite if wanted.act == "cite" else _wrong
    st.dialog(title, width="medium", on_dismiss=close)(draw)(wanted)


def _words(wanted: Wanted) -> str:
    """The words that are meant: those at the place, or both ends of a link."""
    view = workspace().document(wanted.document)
    texts = {factor.id: factor.text for factor in view.factors}
    link = next((link for link in view.links if link.id == wanted.about), None)
    words = f"{texts[link.source]} → {texts[link.target]}" if link else view.clean_text[wanted.at[0] : wanted.at[1]]
    st.html(block(el("blockquote", words), el("p", titled(view.source), cls="zm-how"), cls="zm-quoted"))
    return words


def _cite(wanted: Wanted) -> None:
    with chrome.errors_in_words():
        _words(wanted)
        citation = workspace().cite(wanted.document, *wanted.at)
        st.html(block(el("p", t("acts.reference"), cls="zm-how")))
        st.code(citation.text, language=None, wrap_lines=True)
        if citation.second_hand:
            st.html(block(el("p", t("acts.second_hand"), cls="zm-how")))
        st.html(block(el("p", t("acts.link"), cls="zm-how")))
        st.code(absolute(document_link(wanted.document, wanted.at)), language=None, wrap_lines=True)
        names = [basket.name for basket in workspace().baskets()] or [t("acts.default_basket")]
        last = st.session_state.get(_LAST)
        with st.form("acts.keep", border=False):
            name = st.selectbox(
                t("acts.basket"),
                names,
                index=names.index(last) if last in names else 0,
                key="acts.basket",
                accept_new_options=True,
                help=t("acts.basket_help"),
            )
            note = st.text_input(t("acts.note"), key="acts.note", max_chars=LONGEST_NOTE)
            sent = st.form_submit_button(t("acts.keep"), type="primary")
        if sent and name:
            kept_in = name[:LONGEST_NAME]
            workspace().keep(kept_in, wanted.document, *wanted.at, note=note or "")
            st.session_state[_LAST] = kept_in
            _done(t("acts.kept", name=kept_in))


def _wrong(wanted: Wanted) -> None:
    with chrome.errors_in_words():
        _words(wanted)
        st.html(block(el("p", t("acts.wrong_lead"), cls="zm-how")))
        with st.form("acts.report", border=False):
            fault = st.pills(t("acts.what"), FAULTS, format_func=lambda code: t(f"wrong.{code}"), key="acts.fault")
            note = st.text_area(t("acts.wrong_note"), key="acts.wrong_note", max_chars=LONGEST_REPORT - 40, height="content")
            who = st.text_input(t("acts.who"), key="acts.who", max_chars=60)
            sent = st.form_submit_button(t("acts.send"), type="primary")
        if not sent:
            return
        said = t("list.colon").join(part for part in (t(f"wrong.{fault}") if fault else "", (note or "").strip()) if part)
        if not said:
            chrome.problem(t("acts.nothing"))
            return
        statement, place = (wanted.about, None) if wanted.about else (None, wanted.at)
        workspace().report(wanted.document, statement=statement, place=place, who=who or "", note=said)
        _done(t("acts.sent"))


def _done(words: str) -> None:
    """Close the dialog; the words are shown by the run that follows."""
    close()
    # a basket's name is a reader's: its signs are no Markdown
    st.session_state[_SAID] = "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+-.!|~$:" else sign for sign in words)
    st.rerun()


def tell() -> None:
    """Say what was done in the run before."""
    if words := st.session_state.pop(_SAID, ""):
        st.toast(words, icon=":material/check:")
