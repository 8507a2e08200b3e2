"""The answer to a question as HTML: how it was understood, its figures, its cards in sections, and what to do where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from app_pages._parts import act_links
from app_pages._parts.address import DocumentAddress, QuestionAddress
from app_pages._parts.cards import Group, chip, factor_card, open_link, remedies_card, source_line
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import language, named, t, to
from app_pages._parts.marks import Mark, marked, words_marked
from app_pages._parts.session import ConceptLike, RegisterLike, ResolutionLike
from graph.records import FactorRow, RemedyAnswer, RemedyRow, SearchAnswer, SearchBase, SearchRow, Statistics, Tier, TierCount
from pipeline.records import FACTOR_TYPES, Basis
from zhengmai.sureness import SURENESS
from zhengmai.sureness import sure as is_sure

OTHER_NAMES = 6
COMMONEST = 9
CERTAIN = ("name", "script")
"""ways to know a concept that leave nothing to offer instead"""
GUESSES = ("wording", "meaning")
"""ways that only suggest a concept"""
TIERS = ("concept", "narrower", "related", "near")


def concept_name(concept: ConceptLike) -> str:
    """The name that a reader of this language looks for."""
    return concept.english[0] if language() == "en" and concept.english else concept.name


def ask_link(words: str) -> Html:
    """A link that asks these words."""
    return el("a", words, href=to("", QuestionAddress(q=words).params()))


def _offers(lead: str, names: Sequence[str]) -> Html:
    return el("div", el("span", lead), *map(ask_link, names), cls="zm-try") if names else Html("")


def understanding(address: QuestionAddress, resolution: ResolutionLike, register: RegisterLike) -> Html:
    """Which concept was taken, by which of its names, what else it is called, and what else could have been meant.

    Where no concept is meant: which ones lie near, as links.
    """
    known = [(one, concept) for one in resolution.candidates if (concept := register.get(one.concept)) is not None]
    taken = next((pair for pair in known if pair[0].concept == resolution.concept), None)
    if taken is None:
        how = el("div", el("p", t("understood.none")), _offers(t("understood.did_you_mean"), [concept_name(concept) for _, concept in known]), cls="zm-how")
        return block(el("div", el("h1", address.q), cls="zm-named"), how)
    candidate, concept = taken
    instead = [] if candidate.how in CERTAIN else [concept_name(other) for one, other in known if other is not concept and one.how not in GUESSES]
    name = concept_name(concept)
    second = concept.name if name != concept.name else concept.english[0] if concept.english else ""
    others = [other for other in (*concept.names, *concept.english) if other not in (name, second)][:OTHER_NAMES]
    words = t("understood.as", question=address.q, name=candidate.name, how=named("how", candidate.how))
    if others:
        words += (" " if language() == "en" else "") + t("understood.others", names=t("list.join").join(others))
    how = el(
        "div",
        el("p", words),
        # an open card has it
        el("p", concept.definition) if concept.definition and language() == "zh" and not address.card else "",
        _offers(t("understood.instead"), instead),
        cls="zm-how",
    )
    return block(el("div", el("h1", name), el("span", second, cls="zm-en"), cls="zm-named"), how)


def introduction(figures: Statistics) -> Html:
    """What the four marks mean, in a sentence made for it, and the concepts that most documents speak of."""
    example, pieces = t("intro.example"), [(t(f"intro.example_{kind}"), kind) for kind in FACTOR_TYPES]
    marks = [Mark(start=at, end=at + len(words), type=kind, letter=named("letter", kind)) for words, kind in pieces if (at := example.find(words)) >= 0]
    meanings = [cell for kind in FACTOR_TYPES for cell in (el("dt", chip(kind)), el("dd", t(f"type_note.{kind}")))]
    left = el("section", el("h2", t("intro.marks")), el("blockquote", marked(example, marks)), el("dl", *meanings))
    concepts = [
        el("li", el("a", el("b", name), el("span", t("intro.works", n=one.works)), href=to("", QuestionAddress(q=name).params())))
        for one in figures.concepts[:COMMONEST]
        if (name := one.concept.english if language() == "en" and one.concept.english else one.concept.name)
    ]
    if not concepts:
        return block(el("div", left, cls="zm-intro"))
    return block(el("div", left, el("section", el("h2", t("intro.commonest")), el("ol", *concepts)), cls="zm-intro"))


def kept_views(views: Sequence[tuple[str, str]]) -> Html:
    """Views that were kept, each name a link."""
    return block(el("div", el("span", t("view.saved")), *(el("a", name, href=link) for name, link in views), cls="zm-try"))


def years(base: SearchBase) -> str:
    """`2018–2024`, one year, or nothing where no document has a date."""
    if base.year_from is None or base.year_to is None:
        return ""
    return str(base.year_from) if base.year_from == base.year_to else f"{base.year_from}–{base.year_to}"


def searched(base: SearchBase) -> str:
    """How much was looked at: `检索了 12 篇文献、1,204 句（2018–2024）`."""
    span = years(base)
    words = t("base.searched", n=base.documents, sentences=f"{base.sentences:,}")
    return t("base.with_years", words=words, years=span) if span else words


def _figure(number: int, words: str, link: str = "") -> Html:
    parts = [el("b", f"{number:,}"), el("span", words)]
    return el("div", el("a", *parts, href=link) if link else join(parts))


def figures(answer: RemedyAnswer, *, unsure: int) -> Html:
    """How many remedies, stated and aligned, from how many works; how many of them are less certain; dilemmas left open; what was searched.

    Of the first tier only: tiers are never summed.
    """
    first = answer.counts[0] if answer.counts else TierCount(tier="concept", rows=0, works=0)
    gaps = answer.unanswered_total
    return block(
        el(
            "div",
            _figure(first.rows, t("figure.remedies", n=first.rows)),
            _figure(first.stated, t("basis.stated")),
            _figure(first.aligned, t("basis.aligned")),
            _figure(answer.works, t("figure.works", n=answer.works)),
            _figure(unsure, t("figure.unsure"), "#unsure") if unsure else "",
            _figure(gaps, t("figure.unanswered", n=gaps), "#unanswered" if gaps else ""),
            el("div", el("span", searched(answer.base))),
            cls="zm-figures",
        )
    )


def head(title: str, count: str = "", note: str = "", anchor: str = "") -> Html:
    """The head of a section."""
    return el("div", el("h2", title), el("span", count, cls="zm-n"), el("p", note), cls="zm-head", id=anchor)


def in_order(groups: Sequence[Group]) -> list[Group]:
    """Groups by tier, then basis, then the sure ones first; inside, the order of the answer."""
    return sorted(groups, key=lambda group: (TIERS.index(group.first.tier), group.first.basis != "stated", not group.sure))


def _right(basis: Basis) -> str:
    """How often sure links of a basis are right, in plain words."""
    low, high = SURENESS[basis].right
    return t("right.one", low=low) if low == high else t("right.range", low=low, high=high)


def _section(basis: Basis, n: int, *, sure: bool) -> Html:
    words = f"{n:,}"
    if sure:
        return head(named("basis", basis), words, t("list.semicolon").join((t(f"basis_note.{basis}"), _right(basis))))
    return head(t("unsure.section", basis=named("basis", basis)), words, t("unsure.note", least=SURENESS[basis].least))


def cards(groups: Iterable[Group], rows: Sequence[RemedyRow]) -> Html:
    """Cards in sections: tiers apart, in each what the text states before what its plan aligns, and what is sure before what is less certain.

    `rows`: all of the answer, for the counts of the sections.
    """
    counts = Counter((row.tier, row.basis, is_sure(row)) for row in rows)
    parts: list[Html] = []
    last = "concept"
    for (tier, basis, sure), together in groupby(groups, key=lambda group: (group.first.tier, group.first.basis, group.sure)):
        if tier != last:
            parts.append(el("div", head(named("tier", tier), note=t(f"tier_note.{tier}")), cls="zm-tier"))
            last = tier
        parts.append(_section(basis, counts[tier, basis, sure], sure=sure))
        parts += map(remedies_card, together)
    return block(*parts)


def folded(address: QuestionAddress, rows: Sequence[RemedyRow], *, alone: bool) -> Html:
    """How many rows are less certain, by basis, with the link that shows them or folds them away; nothing where all are sure.

    `alone`: there is nothing else to be shown.
    """
    counts = Counter(row.basis for row in rows if not is_sure(row))
    if not counts:
        return Html("")
    listed = t("list.join").join(t("unsure.counted", basis=named("basis", basis), n=n, least=SURENESS[basis].least) for basis, n in sorted(counts.items()))
    turn = el("a", t("unsure.close" if address.unsure else "unsure.open"), href=to("", replace(address, unsure=not address.unsure, page=1).params()))
    # the figures above the answer count its first tier alone
    first = min((row.tier for row in rows), key=TIERS.index)
    apart = sum(row.tier != first for row in rows if not is_sure(row))
    listed += t("unsure.apart", n=apart) if apart else ""
    words = (t("unsure.only") + " " if alone else "") + t("unsure.folded", list=listed)
    return block(el("div", el("h2", t("unsure.title", n=f"{sum(counts.values()):,}")), el("p", words), turn, cls="zm-fold", id="unsure"))


def other_tiers(groups: Sequence[Group], link: Callable[[int], str]) -> Html:
    """Where the tiers beside the first begin, each a link to its page; `groups` are the cards in order, `link` takes a card's place."""
    rows: Counter[Tier] = Counter(row.tier for group in groups for row in group.rows)
    tiers = [group.first.tier for group in groups]
    others = [tier for tier in dict.fromkeys(tiers) if tier != "concept"]
    if not others:
        return Html("")
    links = [el("a", t("tier_link.other", tier=named("tier", tier), n=f"{rows[tier]:,}"), href=link(tiers.index(tier))) for tier in others]
    return block(el("div", el("span", t("tier_link.lead")), *links, cls="zm-try"))


def unanswered(rows: Sequence[FactorRow], total: int, base: SearchBase) -> Html:
    """Dilemmas of the concept that no remedy of the documents answers: a gap that somebody may fill; with how much was searched."""
    note = t("unanswered.note") if len(rows) == total else t("unanswered.some", shown=len(rows), total=total)
    return block(head(t("unanswered.title"), f"{total:,}", t("base.noted", searched=searched(base), note=note), "unanswered"), *map(factor_card, rows))


def widen(address: QuestionAddress, answer: RemedyAnswer, *, of_all: int, nearby: Sequence[ConceptLike] = ()) -> Html:
    """No remedy was found: what was searched (`of_all`: documents there are without filters), and how to widen it.

    Finding nothing here does not mean that there is nothing.
    """
    gaps = answer.unanswered_total
    ways: list[Html] = []
    if address.narrowed:
        ways.append(el("a", t("empty.without_filters"), href=to("", address.plain().params())))
    if nearby:
        ways.append(join([t("empty.nearby"), " ", Html(t("list.join").join(ask_link(concept_name(one)) for one in nearby))]))
    ways.append(el("a", t("empty.add"), href=to("documents", {})))
    title = t("empty.no_remedy", n=gaps) if gaps else t("empty.title", question=address.q)
    whole = t("empty.of_all", n=of_all) if answer.base.documents < of_all else ""
    text = el("p", searched(answer.base) + whole + t("empty.caution"))
    return block(el("div", el("h3", title), text, el("ul", *(el("li", way) for way in ways)), cls="zm-note"))


def _found(row: SearchRow) -> Html:
    link = to("document", DocumentAddress(doc=row.source.document, at=(row.start, row.start + len(row.text))).params())
    others = act_links.links(row.source.document, row.start, row.start + len(row.text), words=row.text)
    kinds = t("list.join").join(named("type", kind) for kind in dict.fromkeys(row.factors))
    return el(
        "article",
        source_line(row.source),
        el("div", el("blockquote", words_marked(row.text, row.marks)), cls="zm-line"),
        el("div", el("div", kinds, cls="zm-facts"), el("span", open_link(link), others, cls="zm-acts"), cls="zm-line zm-under"),
        cls="zm-card zm-small",
    )


def found_sentences(found: SearchAnswer) -> Html:
    """Sentences that hold the words of the question, for a question that names no concept."""
    return block(head(t("search.title"), f"{found.total:,}", t("search.note")), *map(_found, found.rows))
