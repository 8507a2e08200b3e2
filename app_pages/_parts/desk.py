"""The desk beside a text: one factor at a time, to be accepted, rejected or given back, each under a person's name; the same for its links.

Keys: a accept, x reject, u undo, j next, k previous. Streamlit passes no key on that is typed into a field or composes a word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from app_pages._parts import act_links, chrome, queue
from app_pages._parts.address import DocumentAddress
from app_pages._parts.answer import head
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import author, named, t, to
from app_pages._parts.reading import factor_card
from app_pages._parts.session import WHO, workspace
from graph.records import DocumentView, FactorView, LinkView
from zhengmai.reporting import Report

LINKS = 12
"""links of a factor that are shown at once"""
_SAID = "desk.said"


def decision_on(view: DocumentView, target: str) -> str | None:
    """Id of the last decision that is in force on a factor or link, or none; what readers reported is no decision on it."""
    decided = {one.id for one in workspace().decisions() if one.kind in ("accept", "reject")}
    ids = [outcome.decision for outcome in view.outcomes if outcome.state == "applied" and outcome.target == target and outcome.decision in decided]
    return ids[-1] if ids else None


def _who() -> str:
    return str(st.session_state.get(WHO) or "").strip()


def _attempt(act: Callable[[str], object], done: str) -> None:
    """Do it under the person's name; what went wrong is said in words after the run."""
    who = _who()
    if not who:
        st.session_state[_SAID] = t("desk.no_name")
        return
    try:
        act(who)
    except chrome.OURS as error:
        st.session_state[_SAID] = chrome.in_words(error)
        return
    st.toast(t(done), icon=":material/check:")


def decide(document: str, kind: Literal["accept", "reject"], target: Literal["factor", "link"], identity: str) -> None:
    """Store a decision about a factor or a link."""
    factor, link = (identity, None) if target == "factor" else (None, identity)
    _attempt(lambda who: workspace().decide(document, kind=kind, factor=factor, link=link, who=who), f"desk.done_{kind}")


def undo(decision: str) -> None:
    """Take a decision back; the record of both stays."""
    _attempt(lambda who: workspace().undo(decision, who=who), "desk.done_undo")


def steps(address: DocumentAddress, factors: Sequence[FactorView], chosen: FactorView | None) -> Html:
    """Links to the previous and the next factor of the shown types, of which there is one at least, each with its key."""
    index = next((index for index, one in enumerate(factors) if chosen is not None and one.id == chosen.id), None)
    links = []
    for key, words, by in (("k", "desk.previous", -1), ("j", "desk.next", 1)):
        target = factors[min(max(index + by, 0), len(factors) - 1) if index is not None else 0]
        link = to("document", replace(address, at=(target.start, target.end)).params())
        links.append(el("a", t(words), " ", el("kbd", key), href=link, data_key=key))
    return block(el("nav", *links, cls="zm-walk", aria_label=t("desk.walk")))


def _buttons(view: DocumentView, target: Literal["factor", "link"], identity: str) -> None:
    """Accept, reject, undo; the keys of the chosen factor are shown on its buttons."""
    document, decision, keys = view.source.document, decision_on(view, identity), target == "factor"
    with st.container(horizontal=True, gap="small", key=f"desk-{target}-{identity}"):
        for kind, key in (("accept", "a"), ("reject", "x")):
            st.button(
                t(f"desk.{kind}"),
                key=f"desk.{kind}.{identity}",
                on_click=decide,
                args=(document, kind, target, identity),
                shortcut=key if keys else None,
                type="secondary" if keys else "tertiary",
            )
        if decision:
            st.button(t("desk.undo"), key=f"desk.undo.{identity}", on_click=undo, args=(decision,), shortcut="u" if keys else None, type="tertiary")


def _link_words(view: DocumentView, link: LinkView, chosen: FactorView) -> Html:
    away = link.source == chosen.id
    other = next((factor.text for factor in view.factors if factor.id == (link.target if away else link.source)), "")
    facts = [named("basis", link.basis), f"{link.confidence:.2f}", author(link.author), named("review", link.review) if link.review != "open" else ""]
    wrong = act_links.links(view.source.document, chosen.start, chosen.end, words=f"{chosen.text} – {other}", about=link.id, cite=False)
    words = el("span", other, el("small", " · ".join(fact for fact in facts if fact), " ", wrong))
    return el("div", el("span", named("link_away" if away else "link_back", link.type), cls=f"zm-basis zm-{link.basis}"), words, cls="zm-link")


def reported(waiting: Sequence[Report]) -> None:
    """What readers reported in this document and nobody answered yet."""
    if waiting:
        with st.expander(t("reports.here", n=len(waiting)), icon=":material/flag:"):
            queue.draw(waiting, {})
            st.html(block(el("p", el("a", t("reports.all"), href=to("reports", {})), cls="zm-how")))


def draw(view: DocumentView, address: DocumentAddress, chosen: FactorView | None) -> None:
    """The desk of the chosen factor."""
    factors = [factor for factor in view.factors if not address.types or factor.type in address.types]
    if factors:
        st.html(steps(address, factors, chosen))
    if words := st.session_state.pop(_SAID, ""):
        chrome.problem(words)
    waiting = [one for one in workspace().reports() if one.open and one.document == view.source.document]
    if chosen is not None or waiting:
        # only where there is something to decide: each kind of widget is loaded by the browser before it is drawn
        st.text_input(t("desk.who"), key=WHO, persist_state="session", placeholder=t("desk.who_placeholder"), max_chars=60, help=t("desk.who_help"))
    reported(waiting)
    if chosen is None:
        st.html(block(el("p", t("desk.choose"), cls="zm-how")))
        return
    document = view.source.document
    close = el("a", "×", href=to("document", replace(address, at=None).params()), cls="zm-close", title=t("desk.close"), aria_label=t("desk.close"))
    st.html(block(close, factor_card(chosen)))
    st.html(block(el("div", act_links.links(document, chosen.start, chosen.end, words=chosen.text, about=chosen.id), cls="zm-acts")))
    _buttons(view, "factor", chosen.id)
    links = [link for link in view.links if chosen.id in (link.source, link.target)]
    if links:
        st.html(block(head(t("desk.links"), str(len(links)))))
    for link in links[:LINKS]:
        st.html(block(_link_words(view, link, chosen)))
        _buttons(view, "link", link.id)
    if len(links) > LINKS:
        st.html(block(el("p", t("desk.more_links", n=len(links) - LINKS), cls="zm-how")))
