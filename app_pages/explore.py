"""The question page: which remedies are proposed for a problem, in which texts, with which words.

Question box, how the question was understood, remedies by tier and basis with their quotes, dilemmas that nobody answers, and the map.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import msgspec
import streamlit as st

from app_pages._parts import answer as said
from app_pages._parts import asked, chain_view, chrome, concept_card, downloads, graph_view, narrowing, picture, saved, surveyed, tables, wide
from app_pages._parts.address import LONGEST_QUESTION, QuestionAddress, View
from app_pages._parts.cards import grouped
from app_pages._parts.html import block, el
from app_pages._parts.language import author, go, language, named, t, to
from app_pages._parts.neighbours import map_choices, map_legend, map_table, node_card, node_of
from app_pages._parts.session import remember_question, workspace
from app_pages._parts.turning import turning
from graph.records import Neighbourhood, RemedyAnswer, RemedyRow
from pipeline.records import Basis
from zhengmai.sureness import sure

# rows asked for at once; cards of a page; nodes of the map
MOST, A_PAGE, NODES = 1000, 10, 45
TABLE = ("dilemma", "remedy", "basis", "year", "title", "kind", "confidence", "author", "tier", "sample")
WIDTHS = {"dilemma": 180, "remedy": 220, "title": 220}
"""pixels of columns with long words, so that the others are seen without scrolling"""
EXAMPLES = {
    "zh": ("数据孤岛", "信息孤岛", "data silos", "怎样破解数据孤岛问题？", "人才短缺", "形式主义"),
    "en": ("data silos", "数据孤岛", "how do counties deal with data silos?", "talent shortage", "fingertip formalism"),
}


def now() -> QuestionAddress:
    """The view that the address names."""
    return QuestionAddress.read(st.query_params)


def ask() -> None:
    go(replace(now(), q=st.session_state["ask.q"].strip(), page=1, node="").params())


def years() -> tuple[int, int]:
    """First and last year of the documents, whatever is narrowed; equal where there is no choice."""
    base = asked.statistics().base
    return (base.year_from, base.year_to) if base.year_from is not None and base.year_to is not None else (0, 0)


def narrow() -> None:
    """Write the filters into the address."""
    go(replace(narrowing.chosen("ask", now(), years=years()), page=1).params())


def look() -> None:
    go(replace(now(), view=st.session_state["ask.view"], page=1).params())


def pick(node: str) -> None:
    go(replace(now(), node=node).params())


def question_box(address: QuestionAddress) -> None:
    """The box; Enter asks. A half-composed pinyin word sends nothing (Streamlit waits for the end of the composition)."""
    st.session_state["ask.q"] = address.q
    with st.container(key="question"), st.form("ask", border=False):
        box, button = st.columns([1, 0.14], vertical_alignment="bottom", gap="small")
        box.text_input(t("ask.label"), key="ask.q", placeholder=t("ask.placeholder"), max_chars=LONGEST_QUESTION, label_visibility="collapsed")
        button.form_submit_button(t("ask.button"), type="primary", on_click=ask, width="stretch")


def opening() -> None:
    st.html(block(el("div", el("h1", t("ask.headline")), el("p", t("ask.lead")), cls="zm-hero")))


def below_the_box() -> None:
    """What helps a first question: examples, what the marks mean, and what the documents speak of most."""
    st.html(block(el("div", el("span", t("ask.try")), *map(said.ask_link, EXAMPLES[language()]), cls="zm-try")))
    with chrome.errors_in_words():
        figures = asked.statistics()
        chrome.who_answers(figures.base)
        st.html(said.introduction(figures))
        if views := workspace().views():
            st.html(said.kept_views([(view.name, saved.link_of(view)) for view in views]))


def controls(address: QuestionAddress, answer: RemedyAnswer) -> None:
    """Filters with the active ones as chips; the choice of view; the view and its rows to be kept."""
    with st.container(horizontal=True, vertical_alignment="center", key="narrow"):
        narrowing.beside("ask", address, narrow)
        narrowing.draw("ask", address, years=years(), regions=asked.regions(), changed=narrow, apart=("basis", "voices"))
    if shown := narrowing.chips(address, lambda without: to("", replace(without, page=1).params()), to("", address.plain().params())):
        st.html(shown)
    st.session_state["ask.view"] = address.view
    with st.container(horizontal=True, vertical_alignment="center", key="view"):
        st.segmented_control(
            t("view.label"),
            get_args(View),
            format_func=lambda code: t(f"view.{code}"),
            required=True,
            key="ask.view",
            on_change=look,
            label_visibility="collapsed",
        )
        st.space("stretch")
        saved.draw("", address.params())
        if rows := listed(address, answer):
            header = [t(f"column.{column}") for column in tables.COLUMNS]
            tables.download(address.q[:20], lambda: (header, tables.evidence(rows, name=named, sample=t("sample.mark"))), key="ask.save")
            downloads.menu("ask.export", filters=address.filters(), question=address.q)


def quotes(address: QuestionAddress, answer: RemedyAnswer) -> None:
    """A page of cards, and under the last one the dilemmas without a remedy."""
    groups = [group for group in said.in_order(grouped(answer.rows)) if group.sure or address.unsure]
    pages = max(1, -(-len(groups) // A_PAGE))
    page = min(address.page, pages)
    first = st.container()
    st.html(said.cards(groups[(page - 1) * A_PAGE : page * A_PAGE], answer.rows))
    if elsewhere := said.other_tiers(groups, lambda index: to("", replace(address, page=index // A_PAGE + 1).params())):
        first.html(elsewhere)
    if answer.total > len(answer.rows):
        st.html(block(el("p", t("answer.some", shown=len(answer.rows), total=answer.total), cls="zm-how")))
    if pages > 1:
        st.html(turning(page, pages, lambda number: to("", replace(address, page=number).params())))
    if less := said.folded(address, answer.rows, alone=not groups):
        st.html(less)
    if answer.unanswered:
        st.html(said.unanswered(answer.unanswered, answer.unanswered_total, answer.base))


def listed(address: QuestionAddress, answer: RemedyAnswer) -> list[RemedyRow]:
    """The rows of the answer that are shown and saved: less certain ones only when they are asked for."""
    return [row for row in answer.rows if address.unsure or sure(row)]


def table(address: QuestionAddress, answer: RemedyAnswer) -> None:
    """The same rows as a table to be sorted; its years are numbers, blanks last."""
    header = [t(f"column.{column}") for column in tables.COLUMNS]
    numbers = [tables.COLUMNS.index("year"), tables.COLUMNS.index("confidence")]
    shown = listed(address, answer)
    rows = tables.evidence(shown, name=named, sample=t("sample.mark"))
    frame = tables.frame(header, rows, numbers=numbers)
    found_by = t("column.author")
    frame[found_by] = [author(row.author) for row in shown]
    frame[t("quote.open")] = tables.links(shown)
    st.dataframe(
        frame,
        hide_index=True,
        height=min(620, 38 + 35 * len(rows)),
        column_config={
            **{t(f"column.{column}"): st.column_config.Column(width=width) for column, width in WIDTHS.items()},
            header[numbers[0]]: st.column_config.NumberColumn(format="%d"),
            header[numbers[1]]: st.column_config.NumberColumn(format="%.2f"),
            t("quote.open"): st.column_config.LinkColumn(display_text=t("quote.open")),
        },
        column_order=[*(t(f"column.{column}") for column in TABLE[:2]), t("quote.open"), *(t(f"column.{column}") for column in TABLE[2:])],
        placeholder="—",
        alt=t("table.alt"),
    )
    if less := said.folded(address, answer.rows, alone=not shown):
        st.html(less)


def chain(address: QuestionAddress, question: str) -> None:
    """Driver → dilemma → remedy → goal as a drawing, the fullest first."""
    made = asked.chains(question, address.filters(), limit=MOST)
    if not made:
        st.html(block(el("p", t("unsure.only"), cls="zm-how")))
        return
    st.html(block(el("p", t("chain.note", n=len(made)), cls="zm-how")))
    st.html(chain_view.drawing(made))


def english(around: Neighbourhood) -> Neighbourhood:
    """The map with the English names of its concepts, where the register has them; what documents say stays as they say it."""
    register = workspace().register
    named_ = {node.id: concept.english[0] for node in around.nodes if node.concept and (concept := register.get(node.concept)) and concept.english}
    nodes = tuple(msgspec.structs.replace(node, label=named_.get(node.id, node.label)) for node in around.nodes)
    return msgspec.structs.replace(around, nodes=nodes)


@st.fragment
def neighbourhood_map(concept: str, address: QuestionAddress) -> None:
    """The map with the chosen node's card; a click runs this part alone."""
    address = replace(address, node=now().node)
    around = asked.neighbourhood(concept, address.filters(), limit=NODES, relations=address.relations, more=address.more or None, steps=address.steps)
    if language() == "en":
        around = english(around)
    if len(around.nodes) < 2 and not address.relations:
        return
    seen = graph_view.without(around, address.hidden)
    centre = around.nodes[0]
    chosen = node_of(seen, address.node) or centre
    with st.container(key="rail-map"):
        count = t("map.shown", shown=around.shown, total=around.total)
        if left_out := len(around.nodes) - len(seen.nodes):
            count += t("map.left_out", n=left_out)
        st.html(block(el("div", el("h2", t("map.title")), el("span", count), cls="zm-railhead")))
        with st.container(gap=None):
            graph_view.draw(
                around,
                centre=centre.id,
                chosen=chosen.id,
                language=language(),
                kind_names=lambda kind: named("type", kind),
                alt=t("map.alt"),
                on_click=pick,
                width=graph_view.WIDTH if address.view == "quotes" else graph_view.WHOLE,
                hidden=address.hidden,
            )
            st.html(map_legend(around, address))
        lines = [el("span", el("i", cls=f"zm-{basis}"), named("basis", basis)) for basis in get_args(Basis)]
        st.html(picture.button("map"))
        st.html(block(el("div", *lines, cls="zm-key"), map_choices(around, address), node_card(seen, chosen, address)))
        tables.download(f"map-{address.q[:20]}", lambda: map_table(seen), key="ask.save_map", label=t("map.save"))


def concept_and_counts(identity: str, address: QuestionAddress) -> None:
    """The card of the concept, folded until it is asked for: what it counts is not counted before."""
    corpus, filters = workspace(), address.filters()
    concept = corpus.register.get(identity)
    if concept is None:
        return
    st.html(concept_card.turn(address))
    if address.card:
        counted = [surveyed.matrix([identity], filters, by) for by in concept_card.COUNTED]
        st.html(concept_card.card(concept, corpus.register.relatives(identity), corpus.register.get, counted))


def answered(address: QuestionAddress) -> None:
    """Everything below the box once something was asked."""
    corpus = workspace()
    # tables and chains want the whole width: the map stands under them
    with st.container(key="beside"):
        main, rail = st.columns([1.72, 1], gap="large") if address.view == "quotes" else (st.container(), st.container())
    with main:
        with st.spinner(t("ask.searching")):
            resolution = asked.resolution(address.q)
            answer = asked.remedies(resolution.concept or address.q, address.filters(), limit=MOST)
        concept = answer.concept
        chrome.who_answers(asked.statistics().base)
        st.html(said.understanding(address, resolution, corpus.register))
        if concept is not None:
            concept_and_counts(concept.id, address)
        wide.style()
        st.html(wide.other_views(address.params(), ""))
        if answer.rows or answer.unanswered or address.narrowed:
            first = answer.counts[0].tier if answer.counts else "concept"
            st.html(said.figures(answer, unsure=sum(row.tier == first and not sure(row) for row in answer.rows)))
            controls(address, answer)
        if not answer.rows:
            relatives = corpus.register.relatives(concept.id) if concept else None
            nearby = [corpus.register.get(one) for one in (*relatives.broader, *relatives.related, *relatives.narrower)[:8]] if relatives else []
            st.html(said.widen(address, answer, of_all=asked.statistics().base.documents, nearby=[one for one in nearby if one]))
        if address.view == "table" and answer.rows:
            table(address, answer)
        elif address.view == "chain" and answer.rows:
            chain(address, resolution.concept or address.q)
        elif answer.rows or answer.unanswered:
            quotes(address, answer)
        if concept is None or not (answer.rows or answer.unanswered):
            found = corpus.search(address.q, address.filters(), limit=10)
            if found.rows:
                st.html(said.found_sentences(found))
    if concept is not None:
        with rail:
            neighbourhood_map(concept.id, address)


def page() -> None:
    """Draw the page."""
    address = now()
    if not address.q:
        opening()
    question_box(address)
    if not address.q:
        below_the_box()
        return
    remember_question(to("", address.params()))
    with chrome.errors_in_words():
        answered(address)


page()
