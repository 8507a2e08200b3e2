"""Filters of an answer: the widgets that choose them, and the chips that show each active one and take it off again.

Widgets are set by the address and write into it; a chip is a link to the same view without its filter, so it works by keyboard and with Back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from app_pages._parts.address import InForce, Looked, QuestionAddress
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t, to
from pipeline.records import Basis, DocumentKind, Force, Level, Voice

VOICES: tuple[Voice, ...] = ("own", "scholar", "policy")
"""voices that stand beside the answer; the others are behind the button"""

_FAMILIES: tuple[tuple[str, str], ...] = (
    ("basis", "basis"),
    ("voices", "voice_short"),
    ("kinds", "kind"),
    ("levels", "level"),
    ("forces", "force"),
    ("review", "review"),
)
"""fields of an address that hold codes, and the family of messages that names them; in the order of the chips"""


def _words(code: str) -> str:
    return t(f"filter.in_force_{code or 'any'}")


def _years(address: QuestionAddress) -> str:
    if address.year_from is not None and address.year_to is not None:
        return t("filter.chip_years", from_=address.year_from, to=address.year_to)
    if address.year_from is not None:
        return t("filter.chip_from", from_=address.year_from)
    return t("filter.chip_to", to=address.year_to)


def active(address: QuestionAddress) -> Iterator[tuple[str, QuestionAddress]]:
    """Words of each active filter, and the view without it."""
    first = replace(address, page=1)
    for field, family in _FAMILIES:
        codes: tuple[str, ...] = getattr(address, field)
        for code in codes:
            rest: Any = {field: tuple(other for other in codes if other != code)}
            yield named(family, code), replace(first, **rest)
    for region in address.regions:
        yield region, replace(first, regions=tuple(other for other in address.regions if other != region))
    if address.in_force:
        yield _words(address.in_force), replace(first, in_force="")
    if address.year_from is not None or address.year_to is not None:
        yield _years(address), replace(first, year_from=None, year_to=None)
    if address.confidence:
        yield t("filter.chip_confidence", n=address.confidence), replace(first, confidence=0)


def chips(address: QuestionAddress) -> Html:
    """The active filters, each a link that takes it off; nothing where none is."""
    made = [
        el(
            "a",
            words,
            el("span", "×", aria_hidden="true"),
            href=to("", without.params()),
            title=t("filter.remove"),
            aria_label=f"{t('filter.remove')}：{words}",
        )
        for words, without in active(address)
    ]
    if not made:
        return Html("")
    clear = el("a", t("filter.clear"), href=to("", address.plain().params()), cls="zm-clear") if len(made) > 1 else ""
    return block(el("div", el("span", t("filter.on")), *made, clear, cls="zm-filters"))


def _several(key: str, label: str, options: Sequence[str], words: Callable[[str], str], changed: Callable[[], None], **more: Any) -> None:
    st.multiselect(t(label), options, format_func=words, key=key, on_change=changed, placeholder=t("filter.all"), **more)


def draw(address: QuestionAddress, *, years: tuple[int, int], regions: Sequence[str], changed: Callable[[], None]) -> None:
    """Basis and voice beside the answer, the others behind one button that counts those in force; `changed` writes them into the address."""
    state = st.session_state
    for field in ("basis", "kinds", "levels", "regions", "forces", "review"):
        state[f"ask.{field}"] = list(getattr(address, field))
    state["ask.confidence"], state["ask.in_force"] = address.confidence, address.in_force
    state["ask.voices"] = [voice for voice in VOICES if voice in address.voices]
    state["ask.more_voices"] = [voice for voice in address.voices if voice not in VOICES]
    beside = len(address.basis) + sum(voice in VOICES for voice in address.voices)
    behind = sum(1 for _ in active(address)) - beside
    for key, options, family in (("basis", get_args(Basis), "basis"), ("voices", VOICES, "voice_short")):
        st.pills(
            t(f"filter.{key}"),
            options,
            selection_mode="multi",
            format_func=lambda code, family=family: named(family, code),
            key=f"ask.{key}",
            on_change=changed,
            label_visibility="collapsed",
        )
    with st.popover(t("filter.more_on", n=behind) if behind else t("filter.more")):
        left, right = st.columns(2)
        with left:
            _several("ask.kinds", "filter.kinds", get_args(DocumentKind), lambda code: named("kind", code), changed)
            _several("ask.levels", "filter.levels", get_args(Level), lambda code: named("level", code), changed)
            listed = list(dict.fromkeys([*address.regions, *regions]))
            _several("ask.regions", "filter.regions", listed, str, changed, help=t("filter.regions_help"))
        with right:
            _several("ask.forces", "filter.forces", get_args(Force), lambda code: named("force", code), changed)
            _several("ask.review", "filter.review", get_args(Looked), lambda code: named("review", code), changed)
            others = [voice for voice in get_args(Voice) if voice not in VOICES]
            _several("ask.more_voices", "filter.voices", others, lambda code: named("voice_short", code), changed)
        st.segmented_control(t("filter.in_force"), get_args(InForce), format_func=_words, required=True, key="ask.in_force", on_change=changed)
        first, last = years
        if first < last:
            low, high = address.year_from or first, address.year_to or last
            state["ask.years"] = (min(max(low, first), last), max(min(high, last), first))
            st.slider(t("filter.years"), first, last, key="ask.years", on_change=changed)
        st.slider(t("filter.confidence"), 0, 100, step=5, format="%d%%", key="ask.confidence", on_change=changed)


def chosen(address: QuestionAddress, *, years: tuple[int, int]) -> QuestionAddress:
    """The view with the filters as the widgets have them; a range over all years is no filter."""
    state = st.session_state
    if "ask.years" in state:
        (low, high), (first, last) = state["ask.years"], years
        address = replace(address, year_from=None if low <= first else low, year_to=None if high >= last else high)
    picked = {*state["ask.voices"], *state["ask.more_voices"]}
    return replace(
        address,
        basis=tuple(state["ask.basis"]),
        kinds=tuple(state["ask.kinds"]),
        levels=tuple(state["ask.levels"]),
        regions=tuple(state["ask.regions"]),
        forces=tuple(state["ask.forces"]),
        voices=tuple(voice for voice in get_args(Voice) if voice in picked),
        review=tuple(state["ask.review"]),
        in_force=state["ask.in_force"] or "",
        confidence=state["ask.confidence"],
        page=1,
    )
