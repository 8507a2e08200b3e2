"""What stands around a candidate name and what it is made of: subject or object, before a verb or a noun, in a list; by jieba's parts of speech.

A name that acts opens its clause or follows 由 让 使 and their like, and a verb, an auxiliary or a preposition stands behind it (朱德熙, 语法讲义,
1982, on subjects and 递系结构); a name before 的 or before a noun only describes. Read at no more than sixty places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.records import EntityType

Words = Sequence[tuple[str, str, int]]
"""(word, part of speech, place) of the whole text in order"""

_PLACES = 60
_GRAM_PLACES = 40
_OPENS = frozenset("，。；：、\n,;:“”（(《》")
_BEFORE_SUBJECT = frozenset(
    [
        "由",
        "让",
        "使",
        "要求",
        "鼓励",
        "支持",
        "引导",
        "督促",
        "和",
        "与",
        "及",
        "以及",
        "或",
        "但",
        "而",
        "目前",
        "当前",
        "因此",
        "所以",
        "其中",
        "近年来",
        "如果",
        "通过",
        "为",
        "令",
        "帮助",
        "推动",
        "促使",
    ]
)
_LETS = frozenset(("由", "让", "使", "令"))
_VERBS = frozenset(("v", "vd", "vi", "vg", "df"))
_MODAL = re.compile("应|要|需|须|必|可|能|会|将|不|没|未|已|也|都|均|正|还|就|才|仍|依法|积极|主动")

AROUND = (
    *("verb_behind", "modal_behind", "noun_behind", "verbal_noun_behind", "of_behind", "preposition_behind", "mark_behind"),
    *(
        "of_before",
        "noun_before",
        "verb_before",
        "preposition_before",
        "joined_before",
        "joined_behind",
        "subject",
        "object",
        "whole_words",
        "in_brackets",
        "let",
    ),
)
"""shares of the places of a name"""
MADE = ("subjects", "listed", "words", "ends_n", "ends_v", "ends_vn", "ends_ns", "ends_nt", "ends_j", "begins_v", "begins_ns", "begins_b")
OF_KIND = ("rarer", "density", "variety")
NAMES = (*AROUND, *MADE, *OF_KIND)
"""`rarer`: share of names of the kind that stand more often; `density`, `variety`: places and names of it that the tagger marks in a thousand characters"""

GRAM_BITS = 16


class Context:
    """Words of one text by the place where they begin, end and lie."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self._begin = np.full(len(text) + 1, -1, dtype=np.int32)
        self._end = np.full(len(text) + 1, -1, dtype=np.int32)
        self._over = np.full(len(text) + 1, -1, dtype=np.int32)
        for n, (word, _, start) in enumerate(words):
            self._begin[start] = n
            self._end[start + len(word)] = n
            self._over[start : start + len(word)] = n

    def behind(self, end: int) -> tuple[str, str]:
        """Word and part of speech that begin at `end`; empty where none does."""
        at = int(self._begin[end])
        return self.words[at][:2] if at >= 0 else ("", "")

    def before(self, start: int) -> tuple[str, str]:
        """Word and part of speech that end at `start`; empty where none does."""
        at = int(self._end[start])
        return self.words[at][:2] if at >= 0 else ("", "")

    def whole(self, start: int, end: int) -> bool:
        """Whether words begin at `start` and end at `end`."""
        return bool(self._begin[start] >= 0 and self._end[end] >= 0)

    def inside(self, start: int, end: int) -> Words:
        """Words that lie over `[start, end)`."""
        first, last = int(self._over[start]), int(self._over[end - 1])
        return self.words[first : last + 1] if first >= 0 and last >= first else ()


def around(context: Context, places: Sequence[tuple[int, int]]) -> list[float]:
    """Features `AROUND` and `MADE` of a name with its places."""
    total = np.zeros(len(AROUND))
    number = 0
    for start, end in islice(places, _PLACES):
        total += _at(context, start, end)
        number += 1
    shares = total / number
    words = context.inside(*places[0])
    first, last = (words[0][1], words[-1][1]) if words else ("", "")
    joined = max(shares[AROUND.index("joined_before")], shares[AROUND.index("joined_behind")])
    made = [float(np.log1p(total[AROUND.index("subject")])), joined, len(words)]
    made += [last == "n", last == "v", last == "vn", last == "ns", last in ("nt", "nz"), last == "j", first in _VERBS, first == "ns", first == "b"]
    return [*shares.tolist(), *made]


def _at(context: Context, start: int, end: int) -> tuple[bool, ...]:
    text = context.text
    (word_before, before), (_, behind) = context.before(start), context.behind(end)
    last, following = text[start - 1 : start] if start else "\n", text[end : end + 1]
    modal = bool(_MODAL.match(text, end))
    verb = behind in _VERBS or behind == "d"
    subject = (last in _OPENS or word_before in _BEFORE_SUBJECT) and (modal or verb or behind == "p") and following != "的"
    return (
        verb,
        modal,
        behind.startswith("n"),
        behind == "vn",
        following == "的",
        behind == "p",
        following in _OPENS,
        last == "的",
        before.startswith("n"),
        before in _VERBS,
        before == "p",
        last in "、和与及或" or word_before in ("以及", "会同"),
        following != "" and following in "、和与及或",
        subject,
        before in _VERBS and not subject,
        context.whole(start, end),
        last in "（(",
        word_before in _LETS,
    )


def grams(context: Context, name: str, places: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Buckets and weights of what a linear model reads of a name: its characters, words and ends, and the words beside it."""
    size = len(name)
    own = {f"N{name}", f"l{min(size, 12)}"}
    for k in range(1, min(4, size) + 1):
        own |= {"E" + name[-k:], "S" + name[:k]}
    for k in (1, 2):
        own |= {"c" + name[n : n + k] for n in range(size - k + 1)}
    words = context.inside(*places[0])
    if words:
        own |= {"P" + " ".join(tag for _, tag, _ in words), "H" + words[-1][0], "F" + words[0][0], *("w" + word for word, _, _ in words)}
    beside: dict[str, int] = {}
    number = 0
    text = context.text
    for start, end in islice(places, _GRAM_PLACES):
        number += 1
        word_behind, word_before = context.behind(end)[0], context.before(start)[0]
        last, following = text[max(0, start - 1) : start], text[end : end + 1]
        for gram in (">" + (word_behind or following), "<" + (word_before or last), ")" + following, "(" + last, "}" + text[end : end + 2]):
            beside[gram] = beside.get(gram, 0) + 1
    every = [*sorted(own), *beside]
    buckets = np.array([crc32(gram.encode("utf-8", "surrogatepass")) & ((1 << GRAM_BITS) - 1) for gram in every], dtype=np.int64)
    values = np.array([1.0] * len(own) + [(count / number) ** 0.5 for count in beside.values()], dtype=np.float32)
    return buckets, values / np.float32(len(every) ** 0.5)


def of_kind(kinds: Sequence[EntityType], counts: Sequence[int], marked: Mapping[EntityType, Sequence[int]], size: int) -> NDArray[np.float32]:
    """`[row, 3]`: rarer, density, variety; `kinds` and `counts` (places of the name) one a row, `marked` the tagger's places of each name by kind."""
    by_kind: dict[EntityType, list[int]] = {}
    for kind, count in zip(kinds, counts, strict=True):
        by_kind.setdefault(kind, []).append(count)
    ordered = {kind: np.sort(values) for kind, values in by_kind.items()}
    thousand = 1000 / max(200, size)
    density = {kind: (thousand * sum(places), thousand * sum(place > 0 for place in places)) for kind, places in marked.items()}
    out = np.zeros((len(kinds), 3), dtype=np.float32)
    for row, (kind, count) in enumerate(zip(kinds, counts, strict=True)):
        more = len(ordered[kind]) - np.searchsorted(ordered[kind], count, side="right")
        out[row] = more / len(ordered[kind]), *density.get(kind, (0.0, 0.0))
    return out
