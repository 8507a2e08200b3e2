"""Remains of HTML in plain text and markdown: stray tags, entities, comments, and tables.

A row of a table becomes a line that begins with a tab, with a tab before every cell; no other line of a draft holds a tab.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_NAMES = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|form"
    "|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|meta|nav|nobr|o:p|ol|option|p|pre|q|s|samp|section|select|small|span|strike"
    "|strong|style|script|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr|st1:[a-z]+|v:[a-z]+|w:[a-z]+"
)
_REMAIN = re.compile(
    rf"<(?P<close>/?)(?P<name>{_NAMES})(?P<rest>\s[^<>]*|/)?>"
    r"|(?P<comment><!--)"
    r"|(?P<entity>&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});(?:nbsp;|[a-z]{2,6};)?)"
    r"|(?P<space>&nbsp)(?![a-z;])"
    r"|(?P<id>(?<![^\n])[ ]{0,9}(?=\d{0,63}[a-f])(?=[a-f]{0,63}\d)[0-9a-f]{24,64}[ ]{0,9}(?![^\n]))",
    re.IGNORECASE,
)
_LINES = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "ul",
    ]
)
_SILENT = ("script", "style", "textarea", "svg")
_RAISED = re.compile(r"(?P<bracket>[\[［〔(（]?)\s*\d{1,3}(?:\s*[-–—~,，、]\s*\d{1,3})*\s*[\]］〕)）]?|[①-⑳]")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that drop tags (`机制。</p>` → 机制。), read entities (`&nbsp;`) and lay table rows out as lines of tab-parted cells."""
    del source
    merged: Edit | None = None
    for edit in _edits(text):
        if merged is not None and merged.end == edit.start and merged.kind == edit.kind:
            merged = Edit(merged.start, edit.end, _joined(merged.text, edit.text), edit.kind)
            continue
        if merged is not None:
            yield merged
        merged = edit
    if merged is not None:
        yield merged


def _joined(left: str, right: str) -> str:
    """Two replacements in a row: one line end is enough, and a row begins after it."""
    if left.endswith("\n") and right.startswith("\n"):
        right = right[1:]
    return left + right


def _edits(text: str) -> Iterator[Edit]:
    at = 0
    in_table = 0
    no_more: set[str] = set()
    while found := _REMAIN.search(text, at):
        start, at = found.start(), found.end()
        if found["comment"]:
            end = -1 if "-->" in no_more else text.find("-->", at)
            if end < 0:
                no_more.add("-->")
                continue
            at = end + 3
            yield Edit(start, at, "", "markup")
        elif found["id"]:
            # what a converter calls a picture or block
            yield Edit(start, at, "", "markup")
        elif found["entity"] or found["space"]:
            yield from _entity(found)
        else:
            name, opening = found["name"].lower(), not found["close"]
            if name in _SILENT and opening and name not in no_more and not (found["rest"] or "").endswith("/"):
                closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
                if closing is None:
                    no_more.add(name)
                else:
                    at = closing.end()
                yield Edit(start, at, "", "markup")
            elif name == "sup" and opening and (raised := _raised(text, start, at)) is not None:
                at = raised.end
                yield raised
            else:
                if name == "table":
                    in_table = max(0, in_table + (1 if opening else -1))
                yield Edit(start, at, _blank_for(name, opening=opening, in_table=in_table > 0), "image" if name == "img" else "markup")


def _blank_for(name: str, *, opening: bool, in_table: bool) -> str:
    if name == "tr":
        return "\n" if opening else ""
    if name in ("td", "th"):
        return "\t" if opening else ""
    if in_table and name not in ("table", "caption"):
        return " " if name in ("br", "p") and not opening else ""
    return "\n" if name in _LINES else ""


def _entity(found: re.Match[str]) -> Iterator[Edit]:
    new = html.unescape(html.unescape(found[0] + ("" if found[0].endswith(";") else ";")))
    if new.rstrip(";") != found[0].rstrip(";"):
        new = new.replace("\xa0", " ").replace("\xad", "").replace("\u200b", "").replace("\r", "\n").replace("\t", " ")
        yield Edit(found.start(), found.end(), "".join(c if c == "\n" or c >= " " else "" for c in new), "entity")


def _raised(text: str, start: int, inside: int) -> Edit | None:
    """The raised number of `<sup>2</sup>`: part of a unit behind a letter, a citation elsewhere; none where it is longer text."""
    end = text.find("</", inside, inside + 60)
    if end < 0 or text[end : end + 6].lower() != "</sup>":
        return None
    body = text[inside:end].strip()
    number = _RAISED.fullmatch(body)
    if number is None:
        return None
    before = text[start - 1 : start]
    if before.isascii() and before.isalnum() and not number["bracket"]:
        return Edit(start, end + 6, body.translate(_RAISED_DIGITS), "markup")
    return Edit(start, end + 6, "", "citation")
