"""A document: its head, its text with headings and marks, and what is said of it.

Long texts are drawn in parts, so that a law of a million characters does not stop a browser.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from app_pages._parts.address import DocumentAddress
from app_pages._parts.cards import chip, open_link, sample_mark
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import author, named, t, to
from app_pages._parts.marks import Mark, marked, moved
from graph.records import DocumentView, FactorView
from pipeline.records import Block, DocumentInfo

PART = 120_000
"""characters of a text that are drawn at once"""
LISTED = 600
"""factors of the list beside a text"""
SMALLEST = 5
"""smallest heading that a text uses: h2 to h5"""


def chosen_factor(view: DocumentView, at: tuple[int, int] | None) -> FactorView | None:
    """The factor that a place means: the one of exactly these edges, else the shortest that begins there, else the shortest around its start."""
    if at is None:
        return None
    exact = [factor for factor in view.factors if (factor.start, factor.end) == at]
    starting = exact or [factor for factor in view.factors if factor.start == at[0]]
    around = starting or [factor for factor in view.factors if factor.start <= at[0] < factor.end]
    return min(around, key=lambda factor: (factor.end - factor.start, factor.id), default=None)


def sentence_at(view: DocumentView, place: int) -> tuple[int, int] | None:
    """The sentence around a place, or none in headings and gaps."""
    index = bisect_right([sentence.start for sentence in view.sentences], place) - 1
    if index < 0:
        return None
    sentence = view.sentences[index]
    return (sentence.start, sentence.end) if sentence.start <= place < sentence.end else None


def part_of(view: DocumentView, at: tuple[int, int] | None, *, size: int = PART) -> tuple[int, int]:
    """The stretch of text that is drawn, with the place in it: `(0, length)` for all but very long texts."""
    length = len(view.clean_text)
    if length <= size:
        return 0, length
    place = min(at[0], length - 1) if at else 0
    first = place // size * size
    return first, min(length, first + size)


def _at(address: DocumentAddress, start: int, end: int) -> str:
    return to("document", replace(address, at=(start, end)).params())


def _marks(view: DocumentView, blocks: Sequence[Block], address: DocumentAddress, chosen: FactorView | None) -> dict[str, list[Mark]]:
    """Marks by block, with places inside the block; each factor is looked at once."""
    starts = [one.start or 0 for one in blocks]
    found: dict[str, list[Mark]] = {}
    for factor in view.factors:
        if address.types and factor.type not in address.types and factor is not chosen:
            continue
        mark = Mark(
            start=factor.start,
            end=factor.end,
            type=factor.type,
            letter=named("letter", factor.type),
            title=f"{named('type', factor.type)} · {factor.confidence:.2f} · {author(factor.author)}",
            href=_at(address, factor.start, factor.end),
            chosen=factor is chosen,
            rejected=factor.review == "rejected",
        )
        for index in range(max(0, bisect_right(starts, factor.start) - 1), len(blocks)):
            if starts[index] >= factor.end:
                break
            if inside := moved(mark, starts[index], len(blocks[index].text)):
                found.setdefault(blocks[index].id, []).append(inside)
    return found


def _with_sentence(text: str, marks: Sequence[Mark], sentence: tuple[int, int] | None, place: str) -> Html:
    """The text of a block with its marks, and the sentence that a reader was sent to on a ground of its own."""
    if sentence is None:
        return marked(text, marks)
    start, end = sentence

    def piece(low: int, high: int) -> Html:
        return marked(text[low:high], [mark for mark in (moved(one, low, high - low) for one in marks) if mark])

    return join([piece(0, start), el("span", piece(start, end), cls="zm-sentence", data_place=place), piece(end, len(text))])


def _sent_to(view: DocumentView, address: DocumentAddress, chosen: FactorView | None) -> tuple[int, int] | None:
    """The stretch that the reader was sent to: the sentence of the place, else the factor or the place itself."""
    if address.at is None:
        return None
    if sentence := sentence_at(view, address.at[0]):
        return sentence
    return (chosen.start, chosen.end) if chosen else address.at


def body(view: DocumentView, address: DocumentAddress) -> Html:
    """The cleaned text with headings; a place named in the address stands on a ground of its own and can be scrolled to."""
    chosen = chosen_factor(view, address.at)
    low, high = part_of(view, address.at)
    place, sent_to = address.place, _sent_to(view, address, chosen)
    drawn = [one for one in view.blocks if one.start is not None and one.end is not None and one.end > low and one.start < high]
    marks = _marks(view, drawn, address, chosen)
    parts = []
    for one in drawn:
        if one.role == "title" and one.text == view.source.title and one.id not in marks:
            continue
        start, end = one.start or 0, one.end or 0
        here = None
        if sent_to and start < sent_to[1] and sent_to[0] < end:
            here = (max(0, sent_to[0] - start), min(len(one.text), sent_to[1] - start))
        text = _with_sentence(one.text, marks.get(one.id, []), here, place)
        if one.role in ("heading", "title"):
            parts.append(el(f"h{2 if one.role == 'title' else min(SMALLEST, 2 + (one.level or 1))}", text))
        else:
            parts.append(el("p", el("span", named("role", one.role), cls="zm-role") if one.role != "body" else "", text))
    turns = []
    if low:
        turns.append(open_link(_at(address, low - 1, low), t("reading.earlier")))
    if high < len(view.clean_text):
        turns.append(open_link(_at(address, high, high + 1), t("reading.later")))
    row = el("div", *turns, cls="zm-meta") if turns else ""
    return block(el("div", row, *parts, row, cls="zm-text"))


def doc_head(view: DocumentView, info: DocumentInfo, *, back: str) -> Html:
    """Title, who, when, what kind; the mark of a sample; the way back."""
    source, comma = view.source, t("list.join")
    facts = [
        comma.join(info.authors),
        comma.join(issuer.name for issuer in info.issuers),
        info.outlet or info.source or "",
        info.date.value if info.date else "",
        info.number or "",
        named("kind", source.kind),
        t("reading.figures", factors=len(view.factors), links=len(view.links), characters=f"{len(view.clean_text):,}"),
    ]
    return block(
        el(
            "div",
            open_link(back, t("reading.back")) if back else "",
            el("h1", source.title),
            el("div", sample_mark() if source.sample else "", *(el("span", fact) for fact in dict.fromkeys(facts) if fact), cls="zm-meta"),
            el("p", t("reading.superseded"), cls="zm-how") if not view.live else "",
            cls="zm-doc",
        )
    )


def _item(factor: FactorView, address: DocumentAddress, *, chosen: bool) -> Html:
    words = el(
        "mark",
        factor.text,
        cls=f"zm-m zm-{factor.type}" + (" zm-rejected" if factor.review == "rejected" else ""),
        data_letter=named("letter", factor.type),
    )
    small = [named("dim", factor.dim), named("review", factor.review) if factor.review != "open" else ""]
    link = el("a", words, *(el("small", one) for one in small if one), href=_at(address, factor.start, factor.end))
    return el("li", link, cls="zm-chosen" if chosen else "")


def factor_list(view: DocumentView, address: DocumentAddress) -> Html:
    """The factors of the shown types in the order of the text, each a link to its words."""
    chosen = chosen_factor(view, address.at)
    factors = [one for one in view.factors if not address.types or one.type in address.types]
    if not factors:
        return block(el("p", t("reading.no_factors"), cls="zm-how"))
    more = el("p", t("reading.more_factors", n=len(factors) - LISTED), cls="zm-how") if len(factors) > LISTED else ""
    return block(el("ul", *(_item(one, address, chosen=one is chosen) for one in factors[:LISTED]), cls="zm-list"), more)


def factor_card(factor: FactorView) -> Html:
    """What is known of one factor: type, words, and every attribute that the text gives."""
    second = factor.runner_up
    facts = {
        "column.confidence": f"{factor.confidence:.2f}",
        "desk.runner_up": f"{named('type', second.type)} {second.confidence:.2f}" if second else "",
        "desk.dim": named("dim", factor.dim),
        "desk.force": named("force", factor.force),
        "desk.voice": named("voice", factor.voice),
        "desk.where": t("list.join").join(factor.where),
        "desk.when": factor.when or "",
        "desk.section": factor.section,
        "column.author": author(factor.author),
        "desk.review": named("review", factor.review),
    }
    rows = [cell for key, value in facts.items() if value for cell in (el("dt", t(key)), el("dd", value))]
    return block(el("div", chip(factor.type), el("h3", factor.text), el("dl", *rows), cls="zm-desk"))
