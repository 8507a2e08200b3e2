"""What cleaning kept, left out and mended, block by block with its reason: nothing of a document vanishes unseen."""

from __future__ import annotations

from collections import Counter

from app_pages._parts.html import Html, block, el
from app_pages._parts.language import named, t
from pipeline.records import Block, Repair, Statements
from zhengmai.documents import repairs_by_block

REPAIRS_OF_A_BLOCK = 8
MOST = 3000
"""blocks of one view"""


def _repair(repair: Repair) -> Html:
    became = el("ins", repair.text) if repair.text.strip() else t("cleaning.dropped")
    place = t("cleaning.place", start=repair.raw[0], end=repair.raw[1])
    return el("small", f"{named('repair', repair.kind)}{place} → ", became, "" if repair.certain else f" {t('cleaning.unsure')}")


def _row(one: Block, repairs: list[Repair]) -> Html:
    zone = f" · {named('zone', one.zone)}" if one.zone and one.kept else ""
    role, reason = named("role", one.role), named("reason", one.reason)
    state = el(
        "td",
        el("b", t("cleaning.kept") if one.kept else t("cleaning.left_out")),
        el("small", role + zone),
        el("small", reason) if reason and reason != role else "",
    )
    more = len(repairs) - REPAIRS_OF_A_BLOCK
    words = el("td", one.text, *map(_repair, repairs[:REPAIRS_OF_A_BLOCK]), el("small", t("cleaning.more", n=more)) if more > 0 else "", cls="zm-words")
    return el("tr", state, words, cls="" if one.kept else "zm-left")


def _counted(counts: Counter[str]) -> str:
    return t("list.join").join(f"{name} {count:,}" for name, count in counts.most_common())


def overview(statements: Statements) -> Html:
    """How much was kept, what was left out for which reason, what was mended how often."""
    left = [one for one in statements.blocks if not one.kept]
    lines = [t("cleaning.sum", kept=f"{len(statements.clean_text):,}", n=len(left), left=f"{sum(len(one.text) for one in left):,}")]
    if left:
        lines.append(t("cleaning.reasons", list=_counted(Counter(named("reason", one.reason) or named("role", one.role) for one in left))))
    if statements.repairs:
        lines.append(t("cleaning.repairs", list=_counted(Counter(named("repair", repair.kind) for repair in statements.repairs))))
    if warnings := dict.fromkeys(named("warning", warning.code) for warning in statements.document.warnings):
        lines.append(t("cleaning.warnings", list=t("list.semicolon").join(warnings)))
    return block(el("div", *(el("p", line) for line in lines), cls="zm-note"))


def table(statements: Statements, *, only_changes: bool) -> Html:
    """All blocks in the order of the source, or only those left out or mended."""
    repairs = repairs_by_block(statements)
    blocks = [one for one in statements.blocks if not only_changes or not one.kept or one.id in repairs]
    rows = [_row(one, repairs.get(one.id, [])) for one in blocks[:MOST]]
    more = el("p", t("cleaning.more_blocks", n=len(blocks) - MOST), cls="zm-how") if len(blocks) > MOST else ""
    heads = el("thead", el("tr", el("th", t("cleaning.what")), el("th", t("cleaning.words"))))
    return block(el("table", heads, el("tbody", *rows), cls="zm-clean"), more)
