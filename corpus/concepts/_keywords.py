"""Key words that a paper prints in Chinese and English in one order: pairs that an editor may take for names of one concept.

They are proposals, never names by themselves. Where the two lists cannot be divided by the signs they are printed with, or differ in length,
nothing is proposed: a pair out of step would join what has nothing in common.
Source of the form: GB/T 7713.2—2022 5.8 (关键词 with the English ones in the same order), CY/T 119—2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.concepts._fold import is_han, key
from corpus.concepts._register import Register

_LABEL = re.compile(r"[\s\[【〔（(*#]*key\s*-?\s*words?\s*[\]】〕）)*]*\s*[:：]?\s*", re.IGNORECASE)
_SIGN = re.compile(r"[;；,，、|]+")
_TAIL = re.compile(
    r"\s*(?:(?:[一-鿿]\s*){2}.*|\bDOI\b.*|\bCLC\b.*|\bclass(?:ification)?\s*(?:number|code)\b.*|\bJEL\b.*|\bE-?mail\b.*)$", re.IGNORECASE | re.DOTALL
)
"""what stands behind key words on their line in print: dates of receipt, class numbers, the author's biography"""
_LONGEST = 60
"""characters of one English key word; more is a sentence, or several words whose signs were lost"""
_LONGEST_WORD = 20
"""letters without a blank (internationalization); more is words run together in conversion, and no name to propose"""


class Proposal(NamedTuple):
    """A pair of key words that a paper prints in both languages; `concept` is the id of the concept that bears one of them, or none."""

    chinese: str
    english: str
    concept: str | None
    new: str | None
    """which of the two the concept does not bear yet; none where it bears both, or where no concept bears either"""


def english_keywords(text: str) -> tuple[str, ...]:
    """The key words of an English key-word line, in print order: `Key words: data silos; digital government` gives both.

    Empty where the line is none, has a word of over 60 letters (signs lost in conversion), or is not divided by signs at all.
    """
    label = _LABEL.match(text)
    if label is None:
        return ()
    words = _TAIL.sub("", text[label.end() :])
    parts = [" ".join(part.split()).strip(" .。*") for part in _SIGN.split(words)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(part) > _LONGEST or not part[0].isascii() for part in parts):
        return ()
    return tuple(parts)


def propose_from_keywords(register: Register, chinese: Sequence[str], english: Sequence[str]) -> tuple[Proposal, ...]:
    """Pairs of key words in the order of the paper, with what the register knows of them; nothing where the two lists differ in length.

    >>> propose_from_keywords(register, ["数据孤岛", "联邦计算"], ["data silos", "federated computing"])
    """
    if len(chinese) != len(english):
        return ()
    return tuple(_pairs(register, chinese, english))


def _pairs(register: Register, chinese: Sequence[str], english: Sequence[str]) -> Iterator[Proposal]:
    for han, latin in zip(chinese, english, strict=True):
        word, other = han.strip(), latin.strip()
        if not any(map(is_han, word)) or not other or any(map(is_han, other)) or key(word) == key(other):
            continue
        if any(len(part) > _LONGEST_WORD for part in re.split(r"[\s\-]+", other)):
            continue
        left, right = register.identify(word), register.identify(other)
        if left is not None and right is not None and left != right:
            # the register keeps them apart: a paper's loose translation is no reason to join
            continue
        if left is not None and right is None and _squeezed(other) in {_squeezed(name) for name in _english(register, left)}:
            # its own English name with a lost blank
            right = left
        new = None if left == right else other if left is not None else word
        yield Proposal(word, other, left or right, new)


def _squeezed(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name).casefold()


def _english(register: Register, identity: str) -> tuple[str, ...]:
    concept = register.get(identity)
    return concept.english if concept else ()
