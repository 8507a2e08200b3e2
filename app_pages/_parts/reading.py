"""A document: its head, its text with headings and marks, and what is said of it.

Long texts are drawn in parts, so that a law of a million characters does not stop a browser.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app_pages._parts.address import DocumentAddress
from app_pages._parts.cards import chip, open_link, sample_mark, titled
from app_pages._parts.html import Html, block, el, join
from app_pages._parts.language import author, named, t, to
from app_pages._parts.marks import Mark, marked, moved
from graph.records import DocumentView, FactorView
from pipeline.records import Block, DocumentInfo, FactorType

PART = 120_000
"""characters of a text that are drawn at once"""
LISTED = 60
"""factors of the list beside a text that are drawn at once"""
BEFORE = 10
"""of them, those before the chosen one"""
LEAST_HEADINGS = 3
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


def _marks(view: DocumentView, blocks: Sequence[Block], types: Sequence[FactorType], chosen: FactorView | None) -> dict[str, list[Mark]]:
    """Marks by block, with places inside the block; each factor is looked at once."""
    starts = [one.start or 0 for one in blocks]
    first, last = (starts[0], blocks[-1].end or 0) if blocks else (0, 0)
    found: dict[str, list[Mark]] = {}
    for factor in view.factors:
        if factor.end <= first or factor.start >= last or (types and factor.type not in types and factor is not chosen):
            continue
        mark = Mark(
            start=factor.start,
            end=factor.end,
            type=factor.type,
            letter=named("letter", factor.type),
            at=f"{factor.start}-{factor.end}",
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


def _block(view: DocumentView, one: Block, marks: Sequence[Mark], here: tuple[int, int] | None = None, place: str = "") -> Html:
    """One block; the title that stands above the text already is not repeated, unless something is marked in it."""
    if one.role == "title" and one.text == view.source.title and not marks:
        return Html("")
    text = _with_sentence(one.text, marks, here, place)
    if one.role in ("heading", "title"):
        return el(f"h{2 if one.role == 'title' else min(SMALLEST, 2 + (one.level or 1))}", text)
    return el("p", el("span", named("role", one.role), cls="zm-role") if one.role != "body" else "", text)


def texts(view: DocumentView, types: Sequence[FactorType]) -> dict[str, Html]:
    """The blocks of a text by their ids as they stand when nothing is chosen; to be kept, for a long text has a thousand marks."""
    blocks = [one for one in view.blocks if one.start is not None and one.end is not None]
    marks = _marks(view, blocks, types, None)
    return {one.id: _block(view, one, marks.get(one.id, [])) for one in blocks}


def body(view: DocumentView, address: DocumentAddress, drawn: Mapping[str, Html]) -> Html:
    """The cleaned text with headings; a place named in the address stands on a ground of its own and can be scrolled to.

    `drawn`: what `texts` gives for the view and the types of the address.
    """
    chosen = chosen_factor(view, address.at)
    low, high = part_of(view, address.at)
    place, sent_to = address.place, _sent_to(view, address, chosen)
    blocks = [one for one in view.blocks if one.start is not None and one.end is not None and one.end > low and one.start < high]
    ends = [stretch for stretch in (sent_to, (chosen.start, chosen.end) if chosen else None) if stretch]
    touched = [one for one in blocks if any((one.start or 0) < end and start < (one.end or 0) for start, end in ends)]
    anew: dict[str, Html] = {}
    marks = _marks(view, touched, address.types, chosen)
    for one in touched:
        start, end, here = one.start or 0, one.end or 0, None
        if sent_to and start < sent_to[1] and sent_to[0] < end:
            here = (max(0, sent_to[0] - start), min(len(one.text), sent_to[1] - start))
        anew[one.id] = _block(view, one, marks.get(one.id, []), here, place)
    parts = [anew.get(one.id, drawn[one.id]) for one in blocks]
    turns = []
    if low:
        turns.append(open_link(_at(address, low - 1, low), t("reading.earlier")))
    if high < len(view.clean_text):
        turns.append(open_link(_at(address, high, high + 1), t("reading.later")))
    row = el("div", *turns, cls="zm-meta") if turns else ""
    return block(el("div", row, *parts, row, cls="zm-text", data_base=to("document", replace(address, at=None).params())))


def outline(view: DocumentView, address: DocumentAddress) -> Html:
    """The headings of a text, folded, each a link that goes there; nothing where there are fewer than three."""
    headings = [one for one in view.blocks if one.role == "heading" and one.start is not None and one.end is not None]
    if len(headings) < LEAST_HEADINGS:
        return Html("")
    items = [
        el("li", el("a", one.text, href=_at(address, one.start or 0, one.end or 0)), cls=f"zm-level{min(SMALLEST - 2, one.level or 1)}") for one in headings
    ]
    return block(el("details", el("summary", t("reading.outline", n=len(items))), el("ol", *items), cls="zm-outline"))


def doc_head(view: DocumentView, info: DocumentInfo, *, back: str) -> Html:
    """Title, who, when, what kind; the mark of a sample; the way back; what may not be shown, and why."""
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
            el("h1", titled(source)),
            el("div", sample_mark() if source.sample else "", *(el("span", fact) for fact in dict.fromkeys(facts) if fact), cls="zm-meta"),
            el("p", t("reading.superseded"), cls="zm-how") if not view.live else "",
            el("p", t(f"reading.access_{source.access}"), cls="zm-how") if source.access != "open" else "",
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


def listed(factors: Sequence[FactorView], chosen: FactorView | None) -> tuple[int, int]:
    """The stretch of a long list that is drawn, the chosen factor in it, `[start, end)`."""
    if len(factors) <= LISTED:
        return 0, len(factors)
    index = next((index for index, one in enumerate(factors) if one is chosen), 0)
    start = min(max(0, index - BEFORE), len(factors) - LISTED)
    return start, start + LISTED


def factor_list(view: DocumentView, address: DocumentAddress) -> Html:
    """The factors of the shown types in the order of the text, each a link to its words; of many those around the chosen one, with links to the others."""
    chosen = chosen_factor(view, address.at)
    factors = [one for one in view.factors if not address.types or one.type in address.types]
    if not factors:
        return block(el("p", t("reading.no_factors"), cls="zm-how"))
    start, end = listed(factors, chosen)
    turns = []
    if start:
        earlier = factors[max(0, start - LISTED + BEFORE)]
        turns.append(el("a", t("reading.earlier_factors"), href=_at(address, earlier.start, earlier.end)))
    if end < len(factors):
        later = factors[min(end + BEFORE, len(factors) - 1)]
        turns.append(el("a", t("reading.later_factors"), href=_at(address, later.start, later.end)))
    more = el("p", t("reading.some_factors", first=start + 1, last=end, n=len(factors)), *(join([" ", turn]) for turn in turns), cls="zm-how") if turns else ""
    return block(more, el("ul", *(_item(one, address, chosen=one is chosen) for one in factors[start:end]), cls="zm-list"))


def factor_card(factor: FactorView) -> Html:
    """What is known of one factor: type, words, and every attribute that the text gives."""
    second = factor.runner_up
    facts = {
        "column.confidence": f"{factor.confidence:.2f}",
        "desk.runner_up": f"{t('desk.no_factor') if second.type == 'none' else named('type', second.type)} {second.confidence:.2f}" if second else "",
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
