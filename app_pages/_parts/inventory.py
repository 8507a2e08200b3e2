"""Blocks of the overview: what is loaded as counted bars, how well it is read, what changed last, which errors were reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from app_pages._parts.address import DocumentAddress
from app_pages._parts.cards import sample_mark
from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t, to
from zhengmai.changes import Change
from zhengmai.coverage import Coverage
from zhengmai.quality import GROUPS, Figure, Quality
from zhengmai.reporting import Report
from zhengmai.spreadsheet import Cell

GOOD, FAIR, HALF = 0.85, 0.7, 0.45
"""F1 from which reading is called mostly reliable, fairly reliable, half right"""
_SHOWN = 24
"""characters of a quote in a list"""
_REPORTS = 8
_COLUMNS = (("kinds", "by_kind", "kind"), ("levels", "by_level", "level"), ("places", "by_place", ""), ("years", "by_year", ""))


def _word(family: str, value: str) -> str:
    return (named(family, value) if family else value) if value else t("overview.unsaid")


def _bars(told: Coverage, field: str, title: str, family: str) -> Html:
    """Values with their counts, each a bar as long as its share of the largest."""
    counts: dict[str, int] = getattr(told, field)
    if not counts:
        return Html("")
    most = max(counts.values(), default=1)
    rows = [
        el("li", el("span", _word(family, value)), el("i", el("b", style=f"width:{max(1, round(100 * count / most))}%")), el("span", f"{count:,}", cls="zm-n"))
        for value, count in counts.items()
    ]
    more = told.places_total > len(told.places) and field == "places"
    note = el("p", t("overview.more_places", shown=len(told.places), total=told.places_total), cls="zm-how") if more else ""
    return el("section", el("h3", t(f"overview.{title}")), el("ul", *rows, cls="zm-bars"), note)


def _years(told: Coverage) -> Html:
    """One column a year, so that the run of the years is seen; the numbers stand in each column's words."""
    years = [(year, count) for year, count in told.years.items() if year]
    if len(years) < 2:
        return _bars(told, "years", "by_year", "")
    most = max(count for _, count in years)
    columns = [
        el(
            "li",
            el("b", str(count) if count else "", cls="zm-n"),
            el("i", style=f"height:{round(4.2 * count / most, 2) if count else 0}rem"),
            el("span", year if len(years) <= 12 or number % 5 == 0 or number == len(years) - 1 else ""),
            title=t("overview.bar", name=year, n=count),
        )
        for number, (year, count) in enumerate(years)
    ]
    undated = el("p", t("overview.bar", name=t("overview.unsaid"), n=told.years[""]), cls="zm-how") if "" in told.years else ""
    return el("section", el("h3", t("overview.by_year")), el("ol", *columns, cls="zm-columns"), undated, cls="zm-across")


def loaded(told: Coverage, *, samples: bool) -> Html:
    """One set of documents: its sums, and its works by kind, level, region and year."""
    base = told.base
    figures = [
        el("div", el("b", f"{base.works:,}"), el("span", t("overview.works"), title=t("overview.works_help"))),
        *(
            el("div", el("b", f"{number:,}"), el("span", words))
            for number, words in (
                (base.sentences, t("overview.sentences")),
                (sum(told.factors.values()), t("overview.factors")),
                (told.links, t("overview.links")),
            )
        ),
    ]
    title = sample_mark() if samples else t("overview.added")
    note = el("p", t("overview.samples_note"), cls="zm-how") if samples else ""
    bars = [_bars(told, *column) for column in _COLUMNS if column[0] != "years"]
    return block(el("h3", title, cls="zm-set"), note, el("div", *figures, cls="zm-figures"), el("div", *bars, _years(told), cls="zm-sets"))


def counted(sets: Iterable[tuple[bool, Coverage]]) -> Iterator[list[Cell]]:
    """The same counts as rows of a table: set, dimension, value, works."""
    for samples, told in sets:
        for field, title, family in _COLUMNS:
            for value, count in getattr(told, field).items():
                yield [t("overview.samples" if samples else "overview.added"), t(f"overview.{title}"), _word(family, value), count]


def plain(figure: Figure) -> str:
    """What a row of figures comes to, by its mean over the groups that were annotated enough, else over all."""
    values = [value for value, few in zip(figure.values, figure.few, strict=True) if value is not None and not few]
    values = values or [value for value in figure.values if value is not None]
    mean = sum(values) / len(values) if values else 0.0
    return t(
        "overview.plain_good" if mean >= GOOD else "overview.plain_fair" if mean >= FAIR else "overview.plain_half" if mean >= HALF else "overview.plain_weak"
    )


def _measured(value: float | None, *, few: bool) -> Html:
    if value is None:
        return el("td", "—")
    return el("td", f"{value:.2f}", el("sup", "*") if few else "", cls="zm-few" if few else "", title=t("overview.few") if few else "")


def quality(told: Quality) -> Html:
    """The figures by kind of document, each row with what it comes to in plain words."""
    head = el("tr", *(el("th", words, scope="col") for words in (t("overview.what"), *(t(f"overview.group_{group}") for group in GROUPS), t("overview.plain"))))
    rows = [
        el(
            "tr",
            el("th", t(f"overview.figure_{figure.key}"), scope="row"),
            *(_measured(value, few=few) for value, few in zip(figure.values, figure.few, strict=True)),
            el("td", plain(figure), cls="zm-words"),
        )
        for figure in told.figures
    ]
    notes = [t("overview.quality_help")]
    if told.calibration_error is not None:
        notes.append(t("overview.calibration", model=told.model, n=round(100 * told.calibration_error)))
    notes.append(t("overview.quality_source", heading=told.heading.replace("`", "")))
    old = "" if told.same_model else el("p", t("overview.quality_old"), cls="zm-bad")
    table = el("div", el("table", el("thead", head), el("tbody", *rows), cls="zm-grid"), cls="zm-scroll", tabindex="0")
    return block(el("p", t("overview.quality_lead"), cls="zm-how"), old, table, *(el("p", note, cls="zm-how") for note in notes))


def moment(at: str) -> str:
    """`2026-11-26T12:01:05.000000Z` → `2026-11-26 12:01`."""
    return at[:16].replace("T", " ")


def _short(words: Sequence[str]) -> str:
    cut = [text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…" for text in words]
    return " → ".join(cut) if cut else t("overview.hidden_words")


def _change(change: Change) -> Html:
    if change.kind in ("added", "version", "withdrawn"):
        key = "overview.change_added_many" if change.n > 1 else f"overview.change_{change.kind}"
        words = t(key, n=change.n) if change.n > 1 else t(key, name=change.name)
    else:
        known = change.kind if change.kind in ("accept", "reject", "undo", "report", "answer") else "other"
        words = t(f"overview.change_{known}", who=change.who or t("overview.somebody"), words=_short(change.words))
    link = to("document", DocumentAddress(doc=change.document, at=change.place).params()) if change.document else ""
    said = el("a", words, href=link) if link else el("span", words)
    return el("li", el("time", moment(change.at)), said, sample_mark() if change.sample else "")


def changes(found: Sequence[Change]) -> Html:
    """What happened last; each leads to the words it is about."""
    if not found:
        return block(el("p", t("overview.no_changes"), cls="zm-how"))
    return block(el("ul", *map(_change, found), cls="zm-changes"))


def _report(report: Report, internal: Collection[str]) -> Html:
    words = _short(() if report.document in internal else report.quotes)
    link = to("document", DocumentAddress(doc=report.document, at=report.place).params()) if report.found else ""
    state = t(f"overview.report_state_{report.verdict or 'open'}")
    return el(
        "li",
        el("time", moment(report.at), " · ", el("span", state, cls="zm-bad" if report.open else "")),
        el("a", words, href=link) if link else el("span", words),
        el("small", report.note) if report.note and report.document not in internal else "",
    )


def reports(found: Sequence[Report], *, internal: Collection[str]) -> Html:
    """How many reports are open and answered, and the first of them, open ones first; of `internal` documents no words."""
    if not found:
        return block(el("p", t("overview.no_reports"), cls="zm-how"))
    still_open = sum(report.open for report in found)
    counts = [t("overview.reports_open", n=still_open), t("overview.reports_answered", n=len(found) - still_open)]
    return block(el("p", " · ".join(counts), cls="zm-state"), el("ul", *(_report(one, internal) for one in found[:_REPORTS]), cls="zm-changes"))
