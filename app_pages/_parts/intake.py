"""Taking files in, with steps that can be watched: each file is stored at once, then a process of its own reads what is new.

The reading is found again after a reload of the page: the job file says how far it is. What goes wrong with one file never stops the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages._parts import chrome
from app_pages._parts.html import block, el
from app_pages._parts.language import t
from zhengmai.workspace import Added, SyncJob, Workspace

_BEFORE = "intake.before"
"""session key: the process that did the last reading before this one was started"""
_TICKS = "intake.ticks"
_RESULTS = "intake.results"
STARTING = 60
"""looks at the job file, one a second, before a reading that does not begin is given up"""


def _line(words: str, *, bad: bool = False) -> None:
    st.html(block(el("p", words, cls="zm-how zm-bad" if bad else "zm-how")))


def take_in(corpus: Workspace, files: Sequence[tuple[str, bytes]], *, replace: bool) -> None:
    """Store the files one after another, then start to read; with `replace`, one of the same name as a single document here becomes its new version."""
    results = []
    for name, data in files:
        namesakes = [held.id for held in corpus.documents() if held.record.name == name and held.status != "withdrawn"] if replace else []
        results.append(corpus.add(name, data, supersedes=namesakes[0] if len(namesakes) == 1 else None))
    st.session_state[_RESULTS] = results
    if any(result.record for result in results):
        begin(corpus)


def _outcome(result: Added) -> str:
    if result.error is not None:
        return chrome.in_words(result.error)
    if result.record is not None and result.record.supersedes:
        return t("intake.replaced", name=result.name, n=result.record.version)
    if result.namesakes:
        return t("intake.namesake", name=result.name, n=len(result.namesakes))
    return t("intake.added", name=result.name)


def tell() -> None:
    """One line for every file of the last upload of this session; they stay until the next."""
    results: Sequence[Added] = st.session_state.get(_RESULTS, ())
    if results:
        lines = [el("p", _outcome(result), cls="zm-how zm-bad" if result.error else "zm-how") for result in results]
        st.html(block(*lines, cls="zm-outcomes"))


def begin(corpus: Workspace) -> None:
    """Start reading what is new."""
    job = corpus.job()
    st.session_state[_BEFORE], st.session_state[_TICKS] = job.process if job else 0, 0
    corpus.start_sync()


def _is_running(job: SyncJob | None) -> bool:
    before = st.session_state.get(_BEFORE)
    if before is not None and (job is None or job.process == before):
        return True
    return job is not None and job.step != "done"


@st.fragment(run_every=1.0)
def watch(corpus: Workspace) -> None:
    """Where the reading stands, looked at every second; the page is drawn anew when it ends."""
    job = corpus.job()
    begun = job is not None and job.process != st.session_state.get(_BEFORE)
    if job is not None and begun and job.step == "done":
        st.session_state.pop(_BEFORE, None)
        st.rerun()
    if not begun:
        st.session_state[_TICKS] = st.session_state.get(_TICKS, 0) + 1
        if st.session_state[_TICKS] > STARTING:
            st.session_state.pop(_BEFORE, None)
            chrome.problem(t("intake.not_begun"))
            return
        st.progress(0.0, t("intake.starting"))
        return
    if job is not None:
        share = job.done / job.total if job.total else 0.0
        st.progress(min(1.0, share), t(f"intake.step_{job.step}", done=job.done, total=job.total))
        _line(job.current)
        if job.failed:
            _line(t("intake.failures", n=len(job.failed)), bad=True)


def running(corpus: Workspace) -> bool:
    """Whether something is being read, for this session or any other."""
    return _is_running(corpus.job())
