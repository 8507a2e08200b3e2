"""Whether the corpus is whole: the last check, one that runs now, and the button that starts one. It runs by itself; the page may be left."""

from __future__ import annotations

import streamlit as st

from app_pages._parts import chrome
from app_pages._parts.html import block, el
from app_pages._parts.inventory import moment
from app_pages._parts.language import language, t
from app_pages._parts.session import workspace
from zhengmai import messages
from zhengmai.health import Health

_BEFORE = "health.before"
"""session key: when the check before the one just started was made"""
_TICKS = "health.ticks"
_STARTING = 30
"""looks, one a second, before a check that does not begin is given up"""
_SHOWN = 30


def _begin() -> None:
    last = workspace().health()
    st.session_state[_BEFORE], st.session_state[_TICKS] = f"{last.process}-{last.at}" if last else "", 0
    workspace().start_check()


def _begun(health: Health | None) -> bool:
    before = st.session_state.get(_BEFORE)
    return before is None or (health is not None and f"{health.process}-{health.at}" != before)


@st.fragment(run_every=1.0)
def _watch() -> None:
    """Where the check stands, looked at every second; the page is drawn anew when it ends."""
    health = workspace().health()
    if not _begun(health):
        st.session_state[_TICKS] = st.session_state.get(_TICKS, 0) + 1
        if st.session_state[_TICKS] > _STARTING:
            st.session_state.pop(_BEFORE, None)
            chrome.problem(t("overview.health_not_begun"))
            return
        st.progress(0.0, t("overview.health_starting"))
        return
    if health is None or health.step != "running":
        st.session_state.pop(_BEFORE, None)
        st.rerun()
    else:
        st.progress(min(1.0, health.done / health.total) if health.total else 0.0, t("overview.health_running", done=health.done, total=health.total))


def _outcome(health: Health) -> None:
    if health.step == "stopped":
        st.html(block(el("p", t("overview.health_stopped", done=health.done, total=health.total), cls="zm-how zm-bad")))
        return
    at = moment(health.at)
    words = t("overview.health_faults", at=at, n=len(health.faults)) if health.faults else t("overview.health_whole", at=at, n=health.total)
    older = el("p", t("overview.health_older"), cls="zm-how") if health.version != workspace().version() else ""
    lines = []
    for fault in health.faults[:_SHOWN]:
        known = messages.known(f"fault.{fault.code}")
        said = messages.text(f"fault.{fault.code}", language(), what=fault.what, subject=fault.subject or fault.what) if known else fault.what
        advice = messages.text(f"advice.{fault.code}", language(), advice=fault.advice) if messages.known(f"advice.{fault.code}") else fault.advice
        lines.append(el("li", el("span", said), el("small", advice)))
    rest = len(health.faults) - _SHOWN
    more = el("p", t("overview.more_faults", n=rest), cls="zm-how") if rest > 0 else ""
    st.html(block(el("p", words, cls="zm-state zm-bad" if health.faults else "zm-state"), older, el("ul", *lines, cls="zm-faults"), more))


def draw() -> None:
    """The section."""
    health = workspace().health()
    if not _begun(health) or (health is not None and health.step == "running"):
        _watch()
        return
    if health is None:
        st.html(block(el("p", t("overview.health_never"), cls="zm-how")))
    else:
        _outcome(health)
    st.button(t("overview.health_again" if health else "overview.health_start"), key="health.start", on_click=_begin)
