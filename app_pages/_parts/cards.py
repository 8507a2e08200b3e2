"""Cards: one dilemma of one document with the remedies that answer it, each in its own sentence.

What the document says stands in a serif face, what the machine says of it in a sans face: a reader sees at a glance whose words they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app_pages._parts.act_links import links
from app_pages._parts.address import DocumentAddress
from app_pages._parts.html import Html, el, join
from app_pages._parts.language import author, named, t, to
from app_pages._parts.marks import Mark, excerpt, marked
from graph.records import FactorRow, Quote, RemedyRow, SourceRef, supplied_title
from zhengmai.sureness import sure


@dataclass(frozen=True, slots=True)
class Group:
    """Remedies of the dilemmas of one sentence, by one basis, all sure or all less certain; in the order of the rows."""

    rows: tuple[RemedyRow, ...]

    @property
    def first(self) -> RemedyRow:
        return self.rows[0]

    @property
    def sure(self) -> bool:
        return sure(self.first)


def grouped(rows: Iterable[RemedyRow]) -> list[Group]:
    """Rows put together that answer dilemmas of the same sentence of the same document, in order of first appearance."""
    found: dict[tuple[str, int, str, str, bool], list[RemedyRow]] = {}
    for row in rows:
        found.setdefault((row.source.document, row.dilemma.sentence_start, row.tier, row.basis, sure(row)), []).append(row)
    return [Group(tuple(together)) for together in found.values()]


def chip(kind: str) -> Html:
    """The small label of a factor type, in its colour."""
    return el("span", named("type", kind), cls=f"zm-chip zm-{kind}")


def sample_mark() -> Html:
    """示例（虚构）"""
    return el("span", t("sample.mark"), cls="zm-sample")


def open_link(link: str, words: str = "") -> Html:
    """The link that leads to the words in their document."""
    return el("a", words or t("quote.open"), cls="zm-open", href=link)


def place(source: SourceRef, quote: Quote) -> str:
    """Address of a quote in its document."""
    return to("document", DocumentAddress(doc=source.document, at=(quote.start, quote.end)).params())


def acts(source: SourceRef, quote: Quote, *, about: str = "") -> Html:
    """What can be done at a quote: read it in its text, cite or keep it, report it (`about`: the link, where it is the connection that is shown)."""
    others = links(source.document, quote.start, quote.end, words=quote.text, about=about or quote.factor)
    return el("span", open_link(place(source, quote)), others, cls="zm-acts")


def mark_of(quote: Quote, *, offset: int, link: str = "") -> Mark:
    """The mark of a quote in a text that begins at `offset` of the document."""
    return Mark(
        start=quote.start - offset,
        end=quote.end - offset,
        type=quote.type,
        letter=named("letter", quote.type),
        title=f"{named('type', quote.type)} · {author(quote.author)}",
        href=link,
        rejected=quote.review == "rejected",
    )


def sentence(source: SourceRef, *quotes: Quote) -> Html:
    """The sentence of the first quote with all of them marked; a very long one is cut around the marks, and says so."""
    first = quotes[0]
    start = min(quote.start for quote in quotes) - first.sentence_start
    end = max(quote.end for quote in quotes) - first.sentence_start
    left, right = excerpt(first.sentence, start, end)
    text = marked(first.sentence[left:right], [mark_of(quote, offset=first.sentence_start + left, link=place(source, quote)) for quote in quotes])
    cut = el("span", "⋯", cls="zm-cut", title=t("quote.cut"))
    return join([cut if left else "", text, cut if right < len(first.sentence) else ""])


def titled(source: SourceRef) -> str:
    """The title; where a document has none of its own, its file, said to be that: 无题名 · 公文0012."""
    return untitled(source.title, source.file)


def untitled(title: str, file: str) -> str:
    """`title`, unless it is only supplied from the name of the file (`supplied_title`)."""
    return t("source.untitled", file=file) if title == supplied_title(file) else title


def source_line(source: SourceRef) -> Html:
    """Title, year, kind and who wrote or issued it, with the mark of a sample."""
    who = source.issuer or t("list.join").join(source.authors[:3])
    facts = [source.date or str(source.year or ""), named("kind", source.kind), who]
    return el(
        "header",
        el("span", titled(source), cls="zm-title"),
        *(el("span", fact) for fact in facts if fact),
        sample_mark() if source.sample else "",
        cls="zm-source",
    )


def confidence(value: float) -> Html:
    """Confidence as a short bar and a number."""
    share = round(max(0.0, min(1.0, value)) * 100)
    bar = el("span", el("i", style=f"width:{share}%"), cls="zm-conf", title=t("confidence.help"))
    return join([bar, el("span", t("confidence.is", value=f"{value:.2f}"))])


def _small(*parts: str) -> Html:
    return el("div", *parts, cls="zm-facts")


def _who(code: str) -> Html:
    return el("span", author(code), title=t("author.help", name=code))


def _state(review: str, *, weak: bool) -> Html:
    """Whether a person looked at it, and whether the concept stands only in the heading above."""
    looked = el("span", named("review", review), cls=f"zm-review zm-{review}") if review != "open" else ""
    return join([looked, el("span", t("quote.weak"), title=t("quote.weak_help")) if weak else ""])


def _section(quote: Quote) -> str:
    return el("span", quote.section, cls="zm-section") if quote.section else ""


def _basis(basis: str) -> Html:
    return el("span", named("basis", basis), cls=f"zm-basis zm-{basis}")


def _force(row: RemedyRow) -> str:
    return el("span", named("force", row.force)) if row.force else ""


def _voice(row: RemedyRow) -> str:
    """转引自其他学者: whose claim the remedy is, where it is not the author's own."""
    if row.voice == "own":
        return ""
    return el("span", t("quote.cited", who=named("cited_who", row.voice)), title=t("quote.cited_help"), cls="zm-voice")


def _short(text: str, most: int = 18) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _line(facts: Html, row: RemedyRow) -> Html:
    return el("div", facts, acts(row.source, row.remedy, about=row.link), cls="zm-line zm-under")


def _unders(rows: Sequence[RemedyRow], *, several: bool) -> Iterator[Html]:
    """Small print of the remedies of one sentence: basis, force, confidence, who found it, whether a person looked at it, where it stands.

    One line where all is the same; else what is common first, then a line for each, behind the words that it is about.
    `several`: the card has more than one dilemma, so that each remedy says which of them it is for.
    """
    row = rows[0]
    kinds = {(one.basis, round(one.confidence, 2), one.author, one.review, one.weak, one.force, one.voice) for one in rows}
    if len(kinds) == 1 and not several:
        state = _state(row.review, weak=row.weak)
        yield _line(_small(_basis(row.basis), _voice(row), _force(row), confidence(row.confidence), _who(row.author), state, _section(row.remedy)), row)
        return
    yield el("div", _small(_basis(row.basis), _section(row.remedy)), cls="zm-line zm-under")
    for one in rows:
        remedy = _short(one.remedy.text)
        which = t("quote.for", dilemma=_short(one.dilemma.text, 12), remedy=remedy) if several else remedy
        yield _line(
            _small(
                el("span", which, cls="zm-which"), _voice(one), _force(one), confidence(one.confidence), _who(one.author), _state(one.review, weak=one.weak)
            ),
            one,
        )


def _quoted(chips: Iterable[str], words: Html, cls: str = "") -> Html:
    return el("div", el("div", *(chip(kind) for kind in chips), cls="zm-chips"), el("blockquote", words), cls=f"zm-line {cls}".strip())


def _by_sentence(rows: Iterable[RemedyRow]) -> list[list[RemedyRow]]:
    """Rows whose remedies stand in one sentence together, in order of first appearance."""
    found: dict[int, list[RemedyRow]] = {}
    for row in rows:
        found.setdefault(row.remedy.sentence_start, []).append(row)
    return list(found.values())


def remedies_card(group: Group) -> Html:
    """One card: source, the dilemmas in their sentence, then the remedies in theirs. A sentence that says several things is shown once."""
    row = group.first
    dilemmas = list({one.dilemma.factor: one.dilemma for one in group.rows}.values())
    several = len(dilemmas) > 1
    sentences = _by_sentence(group.rows)
    same = next((rows for rows in sentences if rows[0].remedy.sentence_start == row.dilemma.sentence_start), [])
    quotes = [*dilemmas, *_remedies(same)]
    parts = [source_line(row.source), _quoted(dict.fromkeys(quote.type for quote in quotes), sentence(row.source, *quotes))]
    parts += _unders(same, several=several) if same else ()
    for rows in sentences:
        if rows is not same:
            parts += [_quoted([rows[0].remedy.type], sentence(row.source, *_remedies(rows)), "zm-remedy"), *_unders(rows, several=several)]
    return el("article", *parts, cls="zm-card")


def _remedies(rows: Iterable[RemedyRow]) -> list[Quote]:
    return list({row.remedy.factor: row.remedy for row in rows}.values())


def factor_card(row: FactorRow) -> Html:
    """A card of one factor alone: a dilemma that no remedy was found for."""
    quote = row.quote
    facts = _small(confidence(quote.confidence), _who(quote.author), _state(quote.review, weak=row.weak), _section(quote))
    under = el("div", facts, acts(row.source, quote), cls="zm-line zm-under")
    return el("article", source_line(row.source), _quoted([quote.type], sentence(row.source, quote)), under, cls="zm-card zm-small")
