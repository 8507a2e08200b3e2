"""The widgets that narrow a page over many documents, and what is in force as links that take it off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from app_pages._parts.address import Params
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t
from app_pages._parts.views import Narrowing
from pipeline.records import Basis, DocumentKind, Level

_FIELDS: tuple[tuple[str, str, Sequence[str]], ...] = (
    ("kinds", "kind", get_args(DocumentKind)),
    ("levels", "level", get_args(Level)),
    ("basis", "basis", get_args(Basis)),
)


def _words(family: str) -> Callable[[str], str]:
    return lambda code: named(family, code)


def draw(
    prefix: str, narrow: Narrowing, *, years: tuple[int, int], regions: Sequence[str], changed: Callable[[], None], title: str = "", basis: bool = True
) -> None:
    """One button that counts what is in force, and behind it the widgets; their keys begin with `prefix`."""
    state = st.session_state
    label = t("narrow.on", n=narrow.some) if narrow.some else t("narrow.button")
    with st.popover(f"{title} · {label}" if title else label):
        for name, family, codes in _FIELDS:
            if name == "basis" and not basis:
                continue
            state[f"{prefix}.{name}"] = list(getattr(narrow, name))
            st.multiselect(
                t(f"narrow.{name}"),
                codes,
                format_func=_words(family),
                key=f"{prefix}.{name}",
                on_change=changed,
                placeholder=t("filter.all"),
            )
        state[f"{prefix}.regions"] = list(narrow.regions)
        listed = list(dict.fromkeys([*narrow.regions, *regions]))
        st.multiselect(t("narrow.regions"), listed, key=f"{prefix}.regions", on_change=changed, placeholder=t("filter.all"))
        first, last = years
        if first < last:
            low, high = narrow.year_from or first, narrow.year_to or last
            state[f"{prefix}.years"] = (min(max(low, first), last), max(min(high, last), first))
            st.slider(t("narrow.years"), first, last, key=f"{prefix}.years", on_change=changed)
        state[f"{prefix}.confidence"] = narrow.confidence
        st.slider(t("narrow.confidence"), 0, 100, step=5, format="%d%%", key=f"{prefix}.confidence", on_change=changed)


def chosen(prefix: str, *, years: tuple[int, int]) -> Narrowing:
    """The narrowing as the widgets have it; a range over all years is none."""
    state = st.session_state
    low, high = state.get(f"{prefix}.years", (None, None))
    return Narrowing(
        kinds=tuple(state[f"{prefix}.kinds"]),
        levels=tuple(state[f"{prefix}.levels"]),
        regions=tuple(state[f"{prefix}.regions"]),
        basis=tuple(state.get(f"{prefix}.basis", ())),
        year_from=None if low is None or low <= years[0] else low,
        year_to=None if high is None or high >= years[1] else high,
        confidence=state[f"{prefix}.confidence"],
    )


def _active(narrow: Narrowing) -> Iterator[tuple[str, Narrowing]]:
    for name, family, _ in _FIELDS:
        codes: tuple[str, ...] = getattr(narrow, name)
        for code in codes:
            rest: Any = {name: tuple(other for other in codes if other != code)}
            yield named(family, code), replace(narrow, **rest)
    for region in narrow.regions:
        yield region, replace(narrow, regions=tuple(other for other in narrow.regions if other != region))
    if narrow.year_from is not None or narrow.year_to is not None:
        yield f"{narrow.year_from or ''}–{narrow.year_to or ''}", replace(narrow, year_from=None, year_to=None)
    if narrow.confidence:
        yield t("narrow.from_confidence", n=narrow.confidence), replace(narrow, confidence=0)


def told(narrow: Narrowing) -> str:
    """What is in force in words, or nothing: `公文、2018–2020`."""
    return t("list.join").join(words for words, _ in _active(narrow))


def chips(narrow: Narrowing, link: Callable[[Narrowing], str]) -> Html:
    """What is in force, each a link to the same view without it; nothing where nothing is."""
    made = [
        el("a", words, el("span", " ×", aria_hidden="true"), href=link(without), title=t("narrow.remove"), aria_label=f"{t('narrow.remove')}: {words}")
        for words, without in _active(narrow)
    ]
    return block(el("div", el("span", t("narrow.in_force")), *made, cls="zm-try")) if made else Html("")


def plain(params: Params) -> Params:
    """Parameters without any narrowing."""
    names = {"kind", "level", "region", "from", "to", "basis", "conf"}
    return {name: value for name, value in params.items() if name.removesuffix("2") not in names}
