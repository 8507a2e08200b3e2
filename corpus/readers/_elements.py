"""Open elements of a page while it is read: their path, class and id words, and what they mean for the text inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import TypeVar

T = TypeVar("T")

# fmt: off
BLOCKS = frozenset(
    (
        "address", "article", "aside", "audio", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "legend", "li", "listing", "main", "marquee", "menu", "nav", "noframes", "object", "ol", "optgroup", "option", "p",
        "plaintext", "pre", "search", "section", "select", "summary", "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead",
        "tr", "ul", "video", "xmp",
    )
)
# fmt: on
"""elements that stand on lines of their own, as the HTML standard renders them, and form controls, whose words are not part of a sentence"""
SKIPPED = frozenset({"script", "style", "template", "noscript", "iframe", "noembed", "title"})
"""elements whose text a reader of the page never sees"""
MARKS = frozenset({"sup", "rt", "rp", "rtc"})
"""raised numbers and phonetic guides stand beside the sentence, not in it"""
_PREFORMATTED = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_REVEALED = frozenset({"js_content", "img-content", "js_article"})
"""WeChat hides the whole article until its script has run; in a saved page it never runs"""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))(?![\w-])", re.IGNORECASE)

_OUTER, _INNER = 8, 24
"""of deeper paths the outermost 8 and the innermost 24 levels are kept, so that 10,000 nested tags cost no more than 32"""
_WORDS, _WORD = 8, 64
_ATTRIBUTE = 2000


class Element:
    """An open element. `block` is the innermost block element that holds its text, itself included."""

    __slots__ = ("_labels", "_path", "block", "hidden", "levels", "link", "mark", "preformatted", "tag", "words")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Element | None) -> None:
        self.tag = tag
        is_block = parent is None or tag in BLOCKS
        self.block: Element = self if is_block or parent is None else parent.block
        own = _own_words(attributes)
        if parent is None:
            self.levels: tuple[str, ...] = () if tag == "html" else (tag,)
            self.words: tuple[tuple[str, ...], ...] = (own,) if own else ()
            self.hidden, self.link, self.preformatted, self.mark = False, False, False, ""
        else:
            self.levels = _capped((*parent.levels, tag)) if is_block else parent.levels
            self.words = _capped((*parent.words, own)) if own else parent.words
            self.hidden, self.link, self.preformatted, self.mark = parent.hidden, parent.link, parent.preformatted, parent.mark
        if attributes:
            if attributes.get("id") in _REVEALED:
                self.hidden = False
            elif "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"][:_ATTRIBUTE])):
                self.hidden = True
        if tag == "a":
            self.link = True
        elif tag in _PREFORMATTED:
            self.preformatted = True
        elif tag in MARKS and not self.mark:
            self.mark = tag
        self._path: str | None = None
        self._labels: str | None = None

    @property
    def path(self) -> str:
        """Block elements from the outside in: `body/div/article/p`."""
        if self._path is None:
            self._path = "/".join(self.levels)
        return self._path

    @property
    def labels(self) -> str:
        """Words of class and id from the outside in."""
        if self._labels is None:
            self._labels = " ".join(chain.from_iterable(self.words))
        return self._labels


def _own_words(attributes: Mapping[str, str]) -> tuple[str, ...]:
    if not attributes:
        return ()
    named = f"{attributes.get('id', '')[:_ATTRIBUTE]} {attributes.get('class', '')[:_ATTRIBUTE]}"
    return tuple(word[:_WORD] for word in named.split()[:_WORDS])


def _capped(levels: tuple[T, ...]) -> tuple[T, ...]:
    return levels if len(levels) <= _OUTER + _INNER else levels[:_OUTER] + levels[-_INNER:]
