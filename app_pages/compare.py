"""Two sides of a matter: two concepts, periods, regions or kinds of source side by side; remedy here and problem there; the way between two."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import streamlit as st

from app_pages._parts import asked, chrome, contrast, narrowing, pairs, saved, surveyed, tables, wide
from app_pages._parts.address import LONGEST_QUESTION
from app_pages._parts.answer import head, searched
from app_pages._parts.html import block, el
from app_pages._parts.language import go, t, to
from app_pages._parts.session import remember_question, workspace
from app_pages._parts.views import CompareAddress, Way
from graph.records import ConceptRef, LinkPage

SHOWN = 10
EXAMPLES = (("数据孤岛", "数据共享"), ("数据孤岛", "条块分割"), ("一网通办", "最多跑一次"))


def now() -> CompareAddress:
    """The view that the address names."""
    return CompareAddress.read(st.query_params)


def ask() -> None:
    state = st.session_state
    go(replace(now(), q=state["compare.q"].strip(), other=state["compare.with"].strip()).params())


def turn() -> None:
    go(replace(now(), way=st.session_state["compare.way"]).params())


def narrow() -> None:
    view, years = now(), surveyed.spans()
    right = narrowing.chosen("compare.right", view.right, years=years) if "compare.right.kinds" in st.session_state and view.way == "sides" else view.right
    go(replace(view, left=narrowing.chosen("compare.left", view.left, years=years), right=right).params())


def boxes(address: CompareAddress) -> None:
    """Two boxes; the second one left empty compares one concept with itself under two narrowings."""
    state = st.session_state
    state["compare.q"], state["compare.with"] = address.q, address.other
    with st.container(key="question-wide"), st.form("compare", border=False):
        left, right, button = st.columns([1, 1, 0.28], vertical_alignment="bottom", gap="small")
        left.text_input(t("compare.one"), key="compare.q", placeholder=t("compare.one_placeholder"), max_chars=LONGEST_QUESTION)
        right.text_input(t("compare.other"), key="compare.with", placeholder=t("compare.other_placeholder"), max_chars=LONGEST_QUESTION)
        button.form_submit_button(t("nav_wide.show"), type="primary", on_click=ask, width="stretch")


def controls(address: CompareAddress) -> None:
    """What is compared, and the narrowing of each side."""
    st.session_state["compare.way"] = address.way
    years, regions = surveyed.spans(), asked.regions()
    with st.container(horizontal=True, vertical_alignment="center", key="narrow"):
        st.segmented_control(
            t("compare.way"),
            get_args(Way),
            format_func=lambda way: t(f"compare.{way}"),
            required=True,
            key="compare.way",
            on_change=turn,
            label_visibility="collapsed",
        )
        st.space("stretch")
        saved.draw("compare", address.params())
        sides = address.way == "sides"
        narrowing.draw("compare.left", address.left, years=years, regions=regions, changed=narrow, title=t("compare.left") if sides else "")
        if sides:
            narrowing.draw("compare.right", address.right, years=years, regions=regions, changed=narrow, title=t("compare.right"))
    chips = [narrowing.chips(address.left, lambda without: to("compare", replace(address, left=without).params()))]
    if sides:
        chips.append(narrowing.chips(address.right, lambda without: to("compare", replace(address, right=without).params())))
    for column, shown in zip(st.columns(len(chips)), chips, strict=True):
        if shown:
            column.html(shown)


def side_by_side(address: CompareAddress) -> None:
    """Figures, years and ties of each side, what remedies join to one or both of them, and all ties as a table."""
    left, right = address.left.filters(), address.right.filters()
    found = surveyed.surveyed("compare", lambda: workspace().compare(address.q, address.other or None, left, right), address.q, address.other, left, right)
    for side, question in ((found.left, address.q), (found.right, address.other or address.q)):
        if side.concept is None:
            st.html(wide.unknown(question, "compare", address.params()))
            return
    if not address.other and address.left == address.right:
        st.html(block(el("p", t("compare.same"), cls="zm-how")))
    sides = ((found.left, address.q, address.left), (found.right, address.other or address.q, address.right))
    for column, (side, question, narrow_) in zip(st.columns(2, gap="large"), sides, strict=True):
        link = to("", {"q": question, **narrow_.params()})
        column.html(contrast.side_card(side, found, told=narrowing.told(narrow_), link=link))

    def path_to(question: str, ref: ConceptRef) -> str:
        return to("compare", {"q": question, "with": wide.ref_name(ref), "way": "path"})

    st.html(block(head(t("compare.remedies_title"), note=t("compare.remedies_note"))))
    st.html(contrast.three(found, path_to))
    rows = contrast.ties(found)
    if rows:
        header = [t(f"compare.column_{name}") for name in contrast.TIES]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.html(block(head(t("compare.ties_title"), f"{len(rows):,}")), width="content")
            st.space("stretch")
            tables.download(f"compare-{address.q[:20]}", lambda: (header, rows), key="compare.save")
        st.dataframe(tables.frame(header, rows, numbers=range(2, 6)), hide_index=True, height=min(420, 38 + 35 * len(rows)), alt=t("compare.ties_alt"))


def _section(name: str, page: LinkPage) -> None:
    st.html(block(head(t(f"compare.{name}"), f"{page.total:,}", t(f"compare.{name}_note"))))
    if page.rows:
        st.html(pairs.few_cards(page.rows, SHOWN))
        if page.total > SHOWN:
            st.html(block(el("p", t("answer.some", shown=min(SHOWN, len(page.rows)), total=page.total), cls="zm-how")))
    else:
        st.html(block(el("p", t("compare.none_here"), cls="zm-how")))


def disagreement(address: CompareAddress) -> None:
    """Who proposes the concept, who blames it, and where such measures fell short."""
    filters = address.left.filters()
    found = surveyed.surveyed("disagreement", lambda: workspace().disagreement(address.q, filters, limit=SHOWN), address.q, filters)
    if found.concept is None:
        st.html(wide.unknown(address.q, "compare", address.params()))
        return
    st.html(wide.named_concept(address.q, found.concept))
    lead = t("compare.disagreement_lead", n=found.remedy.total, m=found.cause.total, k=found.limited.total)
    st.html(block(el("p", t("base.noted", searched=searched(found.base), note=lead), cls="zm-how")))
    one, other = st.columns(2, gap="large")
    with one:
        _section("proposes", found.remedy)
    with other:
        _section("blames", found.cause)
        _section("falls_short", found.limited)


def path(address: CompareAddress) -> None:
    """The shortest ways between the two concepts, every step with its quote."""
    if not address.other:
        st.html(wide.note(t("compare.path_wants_two")))
        return
    filters = address.left.filters()
    found = surveyed.surveyed("paths", lambda: workspace().paths(address.q, address.other, filters, limit=5), address.q, address.other, filters)
    for concept, question in ((found.source, address.q), (found.target, address.other)):
        if concept is None:
            st.html(wide.unknown(question, "compare", address.params()))
            return
    assert found.source is not None
    assert found.target is not None
    names = {"source": wide.ref_name(found.source), "target": wide.ref_name(found.target)}
    if not found.paths:
        ways = [(t("filter.without"), to("compare", narrowing.plain(address.params())))] if address.left.some else []
        words = (
            t("compare.path_same") if found.source.id == found.target.id else t("compare.no_path", looked_at=found.looked_at, longest=found.longest, **names)
        )
        st.html(wide.note(words, *ways, (t("compare.sides"), to("compare", replace(address, way="sides").params()))))
        return
    st.html(block(head(t("compare.path_title", **names), f"{len(found.paths)}", t("compare.path_note", n=len(found.paths[0].steps)))))
    for way in found.paths:
        st.html(contrast.chain(way))


def answered(address: CompareAddress) -> None:
    """Everything below the boxes once something was asked."""
    chrome.who_answers(surveyed.whole())
    st.html(wide.other_views(address.params(), "compare"))
    controls(address)
    with st.spinner(t("ask.searching")):
        if address.way == "disagreement":
            disagreement(address)
        elif address.way == "path":
            path(address)
        else:
            side_by_side(address)


def page() -> None:
    """Draw the page."""
    wide.style()
    address = now()
    if not address.q:
        wide.title(t("nav_wide.compare"), t("compare.lead"))
    boxes(address)
    if not address.q:
        pairs = [(wide.example(one), wide.example(other)) for one, other in EXAMPLES]
        links = [el("a", f"{one} · {other}", href=to("compare", {"q": one, "with": other})) for one, other in pairs]
        st.html(block(el("div", el("span", t("ask.try")), *links, cls="zm-try")))
        return
    remember_question(to("compare", address.params()))
    with chrome.errors_in_words():
        answered(address)


page()
