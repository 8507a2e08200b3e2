"""Links to the other pages of a list."""

from __future__ import annotations

from collections.abc import Callable

from app_pages._parts.html import Html, block, el
from app_pages._parts.language import t

AROUND = 2
"""pages before and behind the present one that have a link of their own"""


def turning(page: int, pages: int, link: Callable[[int], str]) -> Html:
    """`‹ 1 … 4 [5] 6 … 12 ›`, each number a link."""
    shown = sorted({1, pages, *range(max(1, page - AROUND), min(pages, page + AROUND) + 1)})
    parts: list[Html] = []
    if page > 1:
        parts.append(el("a", "‹", href=link(page - 1), title=t("turning.previous")))
    last = 0
    for number in shown:
        if number > last + 1:
            parts.append(el("span", "…"))
        parts.append(el("span", str(number), cls="zm-here") if number == page else el("a", str(number), href=link(number)))
        last = number
    if page < pages:
        parts.append(el("a", "›", href=link(page + 1), title=t("turning.next")))
    return block(el("nav", *parts, cls="zm-turning"))
