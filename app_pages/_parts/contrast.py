"""Blocks of the comparison: one side with its figures and years, what both sides share, a way between two concepts step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app_pages._parts.cards import remedies_card
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import named, t, to
from app_pages._parts.pairs import groups
from app_pages._parts.wide import ref_name
from app_pages._parts.years import bars
from graph.overviews import Comparison, Path, PathStep, Side
from graph.records import ConceptRef
from pipeline.records import FACTOR_TYPES
from zhengmai.spreadsheet import Cell

TIES = ("concept", "relation", "left", "right", "left_rows", "right_rows")
"""columns of the table of ties, by their message keys `compare.column_*`"""
_CLOSEST = 8


def _years(side: Side, span: tuple[int, int], most: int) -> Html:
    """Works by year on the scale of both sides, so that the two can be held against each other."""
    works = {year.year: year.works for year in side.years if year.year is not None}
    undated = sum(year.works for year in side.years if year.year is None)
    strip = bars(works, span, most=most) if works and span[0] != span[1] else ""
    return join([strip, el("p", t("compare.undated", n=undated), cls="zm-how") if undated else ""])


def _remedies(side: Side) -> tuple[int, int]:
    first = next((count for count in side.remedies if count.tier == "concept"), None)
    return (first.rows, first.works) if first else (0, 0)


def span_of(comparison: Comparison) -> tuple[int, int]:
    """First and last year of both sides together; equal where there are none."""
    years = [year.year for side in (comparison.left, comparison.right) for year in side.years if year.year is not None]
    return (min(years), max(years)) if years else (0, 0)


def side_card(side: Side, comparison: Comparison, *, told: str, link: str) -> Html:
    """One side: its concept and narrowing, works and statements, remedies, years, and the concepts that are tied to it most closely."""
    most = max([1, *(year.works for one in (comparison.left, comparison.right) for year in one.years if year.year is not None)])
    name = ref_name(side.concept) if side.concept else side.question
    rows, works = _remedies(side)
    cells = [(t("overview.works"), side.works), *((named("type", kind), side.factors.get(kind, 0)) for kind in FACTOR_TYPES)]
    cells += [(t("compare.gaps"), side.gaps), (t("compare.remedies"), rows), (t("compare.remedy_works"), works)]
    figures = join(el("div", el("dt", words), el("dd", f"{number:,}")) for words, number in cells)
    ties = [
        el(
            "li",
            el("a", ref_name(tie.concept), href=to("compare", {"q": side.question, "with": ref_name(tie.concept), "way": "path"})),
            el("small", _tie(tie.type, tie.outward, tie.works)),
        )
        for tie in side.ties[:_CLOSEST]
    ]
    closest = join([el("h3", t("compare.closest")), el("ul", *ties, cls="zm-ties")]) if ties else ""
    return block(
        el("h2", el("a", name, href=link)),
        el("p", told or t("compare.all"), " · ", t("base.searched", n=side.base.documents, sentences=f"{side.base.sentences:,}"), cls="zm-how"),
        el("dl", figures, cls="zm-facts-list"),
        _years(side, span_of(comparison), most),
        closest,
        cls="zm-side",
    )


def _tie(kind: str, outward: bool, works: int) -> str:
    return t("compare.tie", relation=named("link_away" if outward else "link_back", kind), n=works)


def shared(title: str, note: str, refs: Sequence[ConceptRef], link: Callable[[ConceptRef], str]) -> Html:
    """Concepts that both sides, or one of them, are tied to by a remedy."""
    names = [el("a", ref_name(ref), href=link(ref)) for ref in refs]
    return el(
        "section",
        el("h3", title, " ", el("span", f"{len(refs):,}", cls="zm-n")),
        el("p", note, cls="zm-how"),
        el("div", *names, cls="zm-try") if names else el("p", "—"),
    )


def three(comparison: Comparison, link: Callable[[str, ConceptRef], str]) -> Html:
    """What remedies join to the left side alone, to both, to the right side alone."""
    left, right = comparison.left.question, comparison.right.question
    # that a side speaks of the other one is told by its closest concepts and by the path; here it would read as if the other had not thought of itself
    own = {side.concept.id for side in (comparison.left, comparison.right) if side.concept}

    def others(refs: Sequence[ConceptRef]) -> list[ConceptRef]:
        return [ref for ref in refs if ref.id not in own]

    return block(
        el(
            "div",
            shared(t("compare.left_only"), t("compare.only_note"), others(comparison.left_only), lambda ref: link(left, ref)),
            shared(t("compare.both"), t("compare.both_note"), others(comparison.both), lambda ref: link(left, ref)),
            shared(t("compare.right_only"), t("compare.only_note"), others(comparison.right_only), lambda ref: link(right, ref)),
            cls="zm-three",
        )
    )


def ties(comparison: Comparison) -> list[list[Cell]]:
    """One row a concept and relation, with the works and links of each side, in the order of `TIES`."""
    found: dict[tuple[str, str, bool], list[Cell]] = {}
    for place, side in enumerate((comparison.left, comparison.right)):
        for tie in side.ties:
            relation = named("link_away" if tie.outward else "link_back", tie.type)
            row = found.setdefault((tie.concept.id, tie.type, tie.outward), [ref_name(tie.concept), relation, 0, 0, 0, 0])
            row[2 + place], row[4 + place] = tie.works, tie.rows
    return list(found.values())


def _arrow(step: PathStep) -> Html:
    return (
        el("span", "—", named("link_away", step.link.type), "→" if step.forward else "—", cls="zm-leads")
        if step.forward
        else el("span", "←", named("link_away", step.link.type), "—", cls="zm-leads")
    )


def chain(path: Path) -> Html:
    """The way in one line, and under it the quote of every step."""
    line: list[str] = [el("b", ref_name(path.steps[0].source))]
    for step in path.steps:
        line += [_arrow(step), el("b", ref_name(step.target))]
    quotes = [
        el(
            "li",
            el("p", t("compare.step", source=ref_name(step.source), target=ref_name(step.target), n=step.works), cls="zm-how"),
            *map(remedies_card, groups([step.link])),
        )
        for step in path.steps
    ]
    return block(el("p", *line, cls="zm-way"), el("ol", *quotes, cls="zm-steps"))
