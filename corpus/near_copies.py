"""Documents that say the same: the same work twice, a new version of it, or a part of it. For the editor to decide; nothing is joined here.

Likeness is the Jaccard index of the sets of eight characters of Han in a row (words for a text in another script): punctuation, digits, layout, script and
conversion marks do not count. Candidates come from sketches (the smallest 128 of the hashes of these sets, "bottom-k": Cohen and Kaplan 2007; one hash
function, unlike MinHash with many, and sets of unlike size compare too); every candidate is then compared exactly. The hash is computed here, in
64-bit arithmetic that is the same on all machines and in all versions, so that sketches can be kept.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

__all__ = ["Likeness", "NearCopies", "NearCopy", "Relation", "Sketch", "likeness", "sketch"]

Relation = Literal["same_work", "new_version", "part"]
Hashes = NDArray[np.uint64]

GRAM = 8
SIZE = 128

SAME = 0.7
"""Jaccard index from which two texts are one work or versions of it. In 1,128 real texts, reposts and converted twins have 0.75 and more, and the likest
different texts, two cities' regulations on one matter, 0.50"""
VERSION = 0.25
"""from here on a text of the same title is a version of the other"""
PART = 0.9
"""share of the shorter text that stands in the longer one, if it is a part of it"""
TWIN = 0.98
YEARS = 0.5
"""share of the years they name that two copies have in common at least; a new version names its own year, unless next to nothing changed"""

_SHARED = 5
_MOST_CANDIDATES = 50
_SHORTEST = 20
"""a text of fewer sets says too little to be compared"""
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)), (np.uint64(31), np.uint64(1)))
_HAN = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_WORD = re.compile("[^\\W\\d_]+|[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s*[年.\-/])")
_EDITION = re.compile(
    r"[（(【\[〔]\s*(?:\d{4}\s*年?\s*)?(?:修订|修正|修改|修订版|最新|全文|正文|征求意见稿|草案|送审稿)[^）)】\]〕]{0,6}[）)】\]〕]|\.(?:txt|md|html?)$"
)


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a text to find its copies: how many sets of eight it has, and the smallest hashes of them."""

    size: int
    values: str
    """base64 of little-endian 64-bit numbers, ascending"""

    def numbers(self) -> Hashes:
        return np.frombuffer(base64.b64decode(self.values), dtype="<u8").astype(np.uint64)


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How much two texts have in common, measured exactly."""

    jaccard: float
    contained: float
    """share of the shorter text's sets that the longer one has too"""
    years: float
    """Jaccard index of the years that they name; 1 where neither names any"""


class NearCopy(msgspec.Struct, frozen=True, kw_only=True):
    """`other` is like `document`, and how."""

    document: str
    other: str
    relation: Relation
    likeness: Likeness


def sketch(text: str) -> Sketch:
    """The sketch of a cleaned text; the same for the same words in traditional script or another layout."""
    hashes = _hashes(text)
    return Sketch(size=len(hashes), values=base64.b64encode(hashes[:SIZE].astype("<u8").tobytes()).decode("ascii"))


def likeness(one: str, other: str) -> Likeness:
    """What two cleaned texts have in common."""
    first, second = _hashes(one), _hashes(other)
    if not len(first) or not len(second):
        return Likeness(jaccard=0.0, contained=0.0, years=0.0)
    both = len(np.intersect1d(first, second, assume_unique=True))
    years, others = set(_YEAR.findall(_plain(one))), set(_YEAR.findall(_plain(other)))
    return Likeness(
        jaccard=round(both / (len(first) + len(second) - both), 6),
        contained=round(both / min(len(first), len(second)), 6),
        years=round(len(years & others) / len(years | others), 6) if years or others else 1.0,
    )


def relation(like: Likeness, *, same_title: bool = False) -> Relation | None:
    """What two texts of such likeness are to each other, or none if they are different works."""
    if like.jaccard >= SAME:
        return "same_work" if like.years >= YEARS or like.jaccard >= TWIN else "new_version"
    if same_title and like.jaccard >= VERSION:
        return "new_version"
    return "part" if like.contained >= PART else None


class NearCopies:
    """Sketches of the documents at hand, by which those that are like a text are found."""

    def __init__(self) -> None:
        self._sketches: dict[str, Sketch] = {}
        self._holders: dict[int, list[str]] = {}

    def __contains__(self, document: str) -> bool:
        return document in self._sketches

    def __len__(self) -> int:
        return len(self._sketches)

    def documents(self) -> frozenset[str]:
        """Ids of the documents that are known."""
        return frozenset(self._sketches)

    def add(self, document: str, made: Sketch) -> None:
        """Know a document by its sketch; a former sketch of it is forgotten."""
        self.remove(document)
        self._sketches[document] = made
        for value in made.numbers().tolist():
            self._holders.setdefault(value, []).append(document)

    def remove(self, document: str) -> None:
        """Forget a document; one that is not known is no error."""
        made = self._sketches.pop(document, None)
        for value in made.numbers().tolist() if made else ():
            holders = self._holders[value]
            holders.remove(document)
            if not holders:
                del self._holders[value]

    def candidates(self, made: Sketch) -> tuple[str, ...]:
        """Documents worth comparing with a text of that sketch, the likest first, 50 at most."""
        if made.size < _SHORTEST:
            return ()
        shared = Counter(document for value in made.numbers().tolist() for document in self._holders.get(value, ()))
        least = min(_SHARED, made.size)
        rated = [(-self._estimate(made, document), document) for document, count in shared.items() if count >= least]
        return tuple(document for _, document in sorted(rated)[:_MOST_CANDIDATES])

    def find(
        self, document: str, text: str, *, text_of: Callable[[str], str], title: str | None = None, title_of: Callable[[str], str | None] | None = None
    ) -> tuple[NearCopy, ...]:
        """What is like `text`, the likest first; `document` itself is passed over.

        `text_of` gives the cleaned text of a known document, `title_of` its title: texts that share half their words and a title are versions.
        """
        found: list[NearCopy] = []
        own_title = _title_key(title)
        for other in self.candidates(sketch(text)):
            if other == document:
                continue
            like = likeness(text, text_of(other))
            titled = bool(own_title) and title_of is not None and _title_key(title_of(other)) == own_title
            if (kind := relation(like, same_title=titled)) is not None:
                found.append(NearCopy(document=document, other=other, relation=kind, likeness=like))
        return tuple(sorted(found, key=_rank))

    def to_json(self) -> bytes:
        """All sketches, to be kept: same documents → same bytes."""
        return msgspec.json.encode(dict(sorted(self._sketches.items())))

    @classmethod
    def from_json(cls, data: bytes) -> NearCopies:
        """What `to_json` kept.

        Raises:
            msgspec.MsgspecError: the data is damaged; the sketches can be made again from the texts.
        """
        known = cls()
        for document, made in msgspec.json.decode(data, type=dict[str, Sketch]).items():
            known.add(document, made)
        return known

    def _estimate(self, made: Sketch, document: str) -> float:
        """Share of the smaller text that is in the larger one, by their sketches: below the bound that both reach, each holds all that there is."""
        one, other = made.numbers(), self._sketches[document].numbers()
        bound = min(one[-1] if made.size > len(one) else _TOP, other[-1] if self._sketches[document].size > len(other) else _TOP)
        one, other = one[one <= bound], other[other <= bound]
        smaller = min(len(one), len(other))
        return len(np.intersect1d(one, other, assume_unique=True)) / smaller if smaller else 0.0


_TOP = np.uint64(0xFFFFFFFFFFFFFFFF)


def _title_key(title: str | None) -> str:
    """A title without marks of edition, punctuation and width; with its years, for a yearly report is a new work each year."""
    if not title:
        return ""
    plain = _EDITION.sub("", _plain(title))
    return "".join(char for char in plain if char.isalnum()).lower()


def _rank(copy: NearCopy) -> tuple[float, float, str]:
    return -copy.likeness.jaccard, -copy.likeness.contained, copy.other


@cache
def _simplify() -> Callable[[str], str]:
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _hashes(text: str) -> Hashes:
    """Hashes of the sets of eight, ascending, each once. A text in which words outnumber characters of Han is cut into words."""
    plain = _plain(text).encode("utf-8", "ignore").decode("utf-8")
    han = _HAN.findall(plain)
    codes = _word_codes(plain) if len(han) < len(_LATIN_WORD.findall(plain)) else _char_codes(_simplify()("".join(han)))
    if not len(codes):
        return codes
    width = min(GRAM, len(codes))
    count = len(codes) - width + 1
    with np.errstate(over="ignore"):
        hashes = np.zeros(count, dtype=np.uint64)
        for place in range(width):
            hashes = hashes * _PRIME + codes[place : place + count]
        for shift, factor in _MIX:
            hashes = (hashes ^ (hashes >> shift)) * factor
    return np.unique(hashes)


def _char_codes(text: str) -> Hashes:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)


def _word_codes(text: str) -> Hashes:
    return np.array(list(map(_word_code, _words(text))), dtype=np.uint64)


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text.lower()):
        yield found.group()


def _word_code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8"), digest_size=8).digest(), "little")
