"""What narrows a view: the widgets that choose it, and chips that show each part in force and take it off again.

Widgets are set by the address and write into it; a chip is a link to the same view without its part, so it works by keyboard and with Back. The question
page narrows by more than the pages over many documents do; both are views with fields of the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar, get_args

import streamlit as st

from app_pages._parts import asked
from app_pages._parts.address import InForce, Looked, Params, QuestionAddress
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t
from app_pages._parts.views import Narrowing
from app_pages._parts.years import counted
from pipeline.records import Basis, DocumentKind, Force, Level, Voice

View = TypeVar("View", QuestionAddress, Narrowing)

VOICES: tuple[Voice, ...] = ("own", "scholar", "policy")
"""voices that stand beside an answer; the others are behind the button"""


class _Codes(NamedTuple):
    """A field that holds codes: the family of messages that names them, and the codes there are."""

    field: str
    family: str
    codes: Sequence[str]


_FAMILIES = (
    _Codes("basis", "basis", get_args(Basis)),
    _Codes("voices", "voice_short", get_args(Voice)),
    _Codes("kinds", "kind", get_args(DocumentKind)),
    _Codes("levels", "level", get_args(Level)),
    _Codes("forces", "force", get_args(Force)),
    _Codes("review", "review", get_args(Looked)),
)
"""in the order of the chips"""
_NARROWING = ("kind", "level", "region", "from", "to", "basis", "conf")
"""parameters of an address that narrow; those of a second side end in 2"""


def _has(view: QuestionAddress | Narrowing, field: str) -> bool:
    return any(one.name == field for one in fields(view))


def _words(family: str) -> Callable[[str], str]:
    return lambda code: named(family, code)


def _in_force(code: str) -> str:
    return t(f"filter.in_force_{code or 'any'}")


def _years(view: QuestionAddress | Narrowing) -> str:
    if view.year_from is not None and view.year_to is not None:
        return t("filter.chip_years", from_=view.year_from, to=view.year_to)
    if view.year_from is not None:
        return t("filter.chip_from", from_=view.year_from)
    return t("filter.chip_to", to=view.year_to)


def active(view: View) -> Iterator[tuple[str, View]]:
    """Words of each part in force, and the view without it."""
    for field, family, _ in _FAMILIES:
        codes: tuple[str, ...] = getattr(view, field, ())
        for code in codes:
            rest: Any = {field: tuple(other for other in codes if other != code)}
            yield named(family, code), replace(view, **rest)
    for region in view.regions:
        yield region, replace(view, regions=tuple(other for other in view.regions if other != region))
    if isinstance(view, QuestionAddress) and view.in_force:
        yield _in_force(view.in_force), replace(view, in_force="")
    if view.year_from is not None or view.year_to is not None:
        yield _years(view), replace(view, year_from=None, year_to=None)
    if view.confidence:
        yield t("filter.chip_confidence", n=view.confidence), replace(view, confidence=0)


def told(view: View) -> str:
    """What is in force in words: `论文、2018–2020年`."""
    return t("list.join").join(words for words, _ in active(view))


def chips(view: View, link: Callable[[View], str], clear: str = "") -> Html:
    """What is in force, each a link (`link` gives its address) to the view without it; `clear` leads to the one without any. Nothing where nothing is."""
    remove = t("filter.remove")
    made = [
        el("a", words, el("span", "×", aria_hidden="true"), href=link(without), title=remove, aria_label=f"{remove}{t('list.colon')}{words}")
        for words, without in active(view)
    ]
    if not made:
        return Html("")
    last = el("a", t("filter.clear"), href=clear, cls="zm-clear") if clear and len(made) > 1 else ""
    return block(el("div", el("span", t("filter.on")), *made, last, cls="zm-filters"))


def plain(params: Params) -> Params:
    """Parameters of a page over many documents without any narrowing."""
    return {name: value for name, value in params.items() if name.removesuffix("2") not in _NARROWING}


def beside(prefix: str, view: QuestionAddress, changed: Callable[[], None]) -> None:
    """Basis and voice, which stand beside an answer and not behind a button."""
    state = st.session_state
    state[f"{prefix}.basis"] = list(view.basis)
    state[f"{prefix}.voices"] = [voice for voice in VOICES if voice in view.voices]
    for field, options, family in (("basis", get_args(Basis), "basis"), ("voices", VOICES, "voice_short")):
        st.pills(
            t(f"filter.{field}"),
            options,
            selection_mode="multi",
            format_func=_words(family),
            key=f"{prefix}.{field}",
            on_change=changed,
            label_visibility="collapsed",
        )


def draw(
    prefix: str, view: View, *, years: tuple[int, int], regions: Sequence[str], changed: Callable[[], None], title: str = "", apart: Sequence[str] = ()
) -> None:
    """One button that counts what is in force, and behind it the widgets, whose keys begin with `prefix`; `changed` writes them into the address.

    `apart`: fields that stand elsewhere on the page, or that it does not narrow by.
    """
    behind = sum(1 for _ in active(view)) - sum(len(getattr(view, field)) for field in apart if field != "voices")
    if "voices" in apart:
        behind -= sum(voice in VOICES for voice in getattr(view, "voices", ()))
    label = t("filter.more_on", n=behind) if behind else t("filter.more")
    with st.popover(f"{title} · {label}" if title else label):
        left, right = st.columns(2)
        # voices that do not stand beside the answer stay here
        shown = [one for one in _FAMILIES if _has(view, one.field) and (one.field not in apart or one.field == "voices")]
        for index, (field, family, codes) in enumerate(shown):
            column, key = (left, right)[index % 2], f"{prefix}.{field}"
            if field == "voices" and field in apart:
                key, codes = f"{prefix}.more_voices", [code for code in codes if code not in VOICES]
            st.session_state[key] = [code for code in getattr(view, field) if code in codes]
            column.multiselect(t(f"filter.{field}"), codes, format_func=_words(family), key=key, on_change=changed, placeholder=t("filter.all"))
        st.session_state[f"{prefix}.regions"] = list(view.regions)
        listed = list(dict.fromkeys([*view.regions, *regions]))
        st.multiselect(t("filter.regions"), listed, key=f"{prefix}.regions", on_change=changed, placeholder=t("filter.all"), help=t("filter.regions_help"))
        if isinstance(view, QuestionAddress):
            st.session_state[f"{prefix}.in_force"] = view.in_force
            st.segmented_control(t("filter.in_force"), get_args(InForce), format_func=_in_force, required=True, key=f"{prefix}.in_force", on_change=changed)
        first, last = years
        if first < last:
            low, high = view.year_from or first, view.year_to or last
            within = (min(max(low, first), last), max(min(high, last), first))
            st.session_state[f"{prefix}.years"] = within
            st.html(counted(asked.statistics().years, years, within))
            st.slider(t("filter.years"), first, last, key=f"{prefix}.years", on_change=changed)
        st.session_state[f"{prefix}.confidence"] = view.confidence
        st.slider(t("filter.confidence"), 0, 100, step=5, format="%d%%", key=f"{prefix}.confidence", on_change=changed)


def chosen(prefix: str, view: View, *, years: tuple[int, int]) -> View:
    """The view as the widgets have it; a field without a widget stays, and a range over all years is none."""
    state = st.session_state
    found: dict[str, Any] = {}
    for field, _, codes in _FAMILIES:
        keys = [key for key in (f"{prefix}.{field}", f"{prefix}.more_{field}") if key in state]
        if _has(view, field) and keys:
            picked = {code for key in keys for code in state[key]}
            found[field] = tuple(code for code in codes if code in picked)
    for field in ("regions", "confidence", "in_force"):
        if _has(view, field) and f"{prefix}.{field}" in state:
            found[field] = tuple(state[f"{prefix}.{field}"]) if field == "regions" else state[f"{prefix}.{field}"] or type(getattr(view, field))()
    if f"{prefix}.years" in state:
        (low, high), (first, last) = state[f"{prefix}.years"], years
        found["year_from"], found["year_to"] = (None if low <= first else low), (None if high >= last else high)
    return replace(view, **found)
