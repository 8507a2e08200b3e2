"""A linear-chain tagger over characters: hashed features → one weight a tag, best path under learnt transitions. numpy alone.

Conditional random field of Lafferty, McCallum and Pereira (2001) over characters with word, part-of-speech and lexicon features, the usual
recipe for Chinese names before encoders; trained by `python -m training.entities` on the annotated documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.entities._mention import Mention
from pipeline.records import Block, EntityType

TYPES: tuple[EntityType, ...] = (
    "government",
    "office_holder",
    "enterprise",
    "public",
    "society",
    "scholar",
    "place",
    "policy",
    "case",
    "technology",
    "concept",
)
TAGS = 1 + 2 * len(TYPES)
"""0 is outside; 1 + 2k begins and 2 + 2k continues a name of TYPES[k]"""
BUCKETS = 1 << 16
_WINDOWS = ((-2, -2), (-1, -1), (0, 0), (1, 1), (2, 2), (-1, 0), (0, 1), (-2, -1), (1, 2), (-1, 1), (-2, 0), (0, 2), (-3, 0), (0, 3))
_BATCH = 64

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the segmenter with its part of speech: `[start, end)` of the text."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Tagger:
    """`weights` `[bucket, tag]` in 8 bits with a scale a tag; `steps` `[tag, tag]`; `first` `[tag]`."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    steps: NDArray[np.float32]
    first: NDArray[np.float32]

    def scores(self, features: Ints) -> NDArray[np.float32]:
        """Array `[place, tag]`."""
        out = np.zeros((len(features), TAGS), dtype=np.int32)
        for column in features.T:
            out += self.weights[column]
        return out * self.scale

    def tag(self, scores: NDArray[np.float32], stretches: Sequence[tuple[int, int]]) -> NDArray[np.int8]:
        """Tags of every place from what `scores` gave; paths run within the half-open `stretches`, outside them is 0."""
        tags = np.zeros(len(scores), dtype=np.int8)
        order = sorted((s for s in stretches if s[1] > s[0]), key=lambda s: (s[1] - s[0], s))
        for begin in range(0, len(order), _BATCH):
            self._paths(scores, order[begin : begin + _BATCH], tags)
        return tags

    def _paths(self, scores: NDArray[np.float32], batch: Sequence[tuple[int, int]], tags: NDArray[np.int8]) -> None:
        starts = np.array([s for s, _ in batch])
        lengths = np.array([e - s for s, e in batch])
        longest = int(lengths.max())
        best = scores[starts] + self.first
        back = np.zeros((longest, len(batch), TAGS), dtype=np.int8)
        for step in range(1, longest):
            going = lengths > step
            reach = best[going][:, :, None] + self.steps
            choice = reach.argmax(axis=1)
            back[step, going] = choice
            best[going] = np.take_along_axis(reach, choice[:, None, :], axis=1)[:, 0] + scores[starts[going] + step]
        here = best.argmax(axis=1)
        for step in range(longest - 1, -1, -1):
            going = lengths > step
            tags[starts[going] + step] = here[going]
            if step:
                here = np.where(going, back[step][np.arange(len(batch)), here], here)


def features(text: str, words: Sequence[Word], lexicon: Sequence[Mention], blocks: Sequence[Block]) -> Ints:
    """Array `[place, feature]` of buckets for every character of `text`."""
    n = len(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    padded = np.concatenate([np.full(4, 1, dtype=np.uint64), codes, np.full(4, 2, dtype=np.uint64)])
    columns: list[NDArray[np.uint64]] = []

    def add(*parts: NDArray[np.uint64]) -> None:
        value = np.full(n, 1469598103934665603 + 7919 * len(columns), dtype=np.uint64)
        for part in parts:
            value = (value ^ part) * np.uint64(1099511628211)
            value ^= value >> np.uint64(29)
        columns.append(value)

    for low, high in _WINDOWS:
        add(*(padded[4 + k : 4 + k + n] for k in range(low, high + 1)))
    word, tag, inside, tail, before, behind, tag_before, tag_behind, count = _word_columns(n, words)
    add(word, inside)
    add(word, before)
    add(word, behind)
    add(before, inside)
    add(behind, inside)
    add(tag, inside)
    add(tag, tag_before, inside)
    add(tag, tag_behind, inside)
    add(tail, inside, tag)
    add(count, tag, inside)
    named, edge = _lexicon_columns(n, lexicon)
    add(named, edge)
    add(named, edge, padded[5 : 5 + n])
    quoted, role, kind = _quoted(text), _roles(n, blocks), _kinds(codes)
    add(quoted, inside)
    add(quoted, role)
    around = np.concatenate([np.zeros(1, dtype=np.uint64), kind, np.zeros(1, dtype=np.uint64)])
    add(around[:-2], kind, around[2:])
    add(role, tag, count)
    return (np.stack(columns, axis=1) % np.uint64(BUCKETS)).astype(np.int64)


def _hash(text: str) -> int:
    value = 2166136261
    for ch in text:
        value = ((value ^ ord(ch)) * 16777619) & 0xFFFFFFFF
    return value


def _word_columns(n: int, words: Sequence[Word]) -> tuple[NDArray[np.uint64], ...]:
    """Nine rows over the characters: what word and tag lie there, where in the word, its last character, its neighbours, how often it stands."""
    out = np.zeros((9, n), dtype=np.uint64)
    if not words:
        return tuple(out)
    known: dict[str, int] = {}
    seen: dict[str, int] = {}
    for word in words:
        seen[word.text] = seen.get(word.text, 0) + 1

    def hashes(texts: Iterable[str]) -> NDArray[np.uint64]:
        return np.array([known[text] if text in known else known.setdefault(text, _hash(text)) for text in texts], dtype=np.uint64)

    starts, ends = (np.array(values, dtype=np.int64) for values in zip(*((word.start, word.end) for word in words), strict=True))
    # a neighbour is a neighbour only where no character lies between
    touch = ends[:-1] == starts[1:]
    of_word, of_tag = hashes(word.text for word in words), hashes(word.tag for word in words)
    edge_before, edge_behind = np.uint64(_hash("^")), np.uint64(_hash("$"))
    columns = [of_word, of_tag, hashes(word.text[-1] for word in words)]
    for values in (of_word, of_tag):
        columns.append(np.concatenate([[edge_before], np.where(touch, values[:-1], edge_before)]))
        columns.append(np.concatenate([np.where(touch, values[1:], edge_behind), [edge_behind]]))
    columns.append(np.array([min(4, seen[word.text].bit_length()) for word in words], dtype=np.uint64))
    lengths = ends - starts
    over = np.repeat(np.arange(len(words)), lengths)
    places = np.arange(len(over)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + starts[over]
    for row, values in zip((0, 1, 3, 4, 5, 6, 7, 8), columns, strict=True):
        out[row, places] = values[over]
    out[2, places] = 2
    out[2, starts] = 1
    out[2, ends - 1] = np.where(lengths > 1, 3, 4)
    return tuple(out)


def _lexicon_columns(n: int, lexicon: Sequence[Mention]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    named, edge = np.zeros(n, dtype=np.uint64), np.zeros(n, dtype=np.uint64)
    for mention in lexicon:
        named[mention.start : mention.end] = 1 + TYPES.index(mention.type)
        edge[mention.start : mention.end] = 2
        edge[mention.start] = 1
        edge[mention.end - 1] += 2
    return named, edge


def _quoted(text: str) -> NDArray[np.uint64]:
    """1 inside “”, 2 inside 《》, 3 inside brackets, 0 elsewhere; a quotation left open ends with its line."""
    out = np.zeros(len(text), dtype=np.uint64)
    here = 0
    opening = {"“": 1, "《": 2, "（": 3, "(": 3}
    closing = {"”": 1, "》": 2, "）": 3, ")": 3}
    for n, ch in enumerate(text):
        if ch in opening:
            here = opening[ch]
        elif ch == "\n" or closing.get(ch) == here:
            here = 0
        elif here:
            out[n] = here
    return out


def _roles(n: int, blocks: Sequence[Block]) -> NDArray[np.uint64]:
    out = np.zeros(n, dtype=np.uint64)
    order = ("title", "abstract", "keywords", "heading", "body")
    for block in blocks:
        if block.start is not None and block.end is not None:
            out[block.start : block.end] = 1 + order.index(block.role)
    return out


def _kinds(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """1 Chinese, 2 Latin, 3 digit, 4 other."""
    out = np.full(len(codes), 4, dtype=np.uint64)
    out[(codes >= 0x4E00) & (codes <= 0x9FFF)] = 1
    out[((codes >= 65) & (codes <= 90)) | ((codes >= 97) & (codes <= 122))] = 2
    out[(codes >= 48) & (codes <= 57)] = 3
    return out


class Margins:
    """How far the tags of a name lie above `outside`, for any stretch at once; running sums of what `Tagger.scores` gave."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        lifted = scores[:, 1:].astype(np.float64) - scores[:, :1]
        self._begins = lifted[:, 0::2]
        self._inner = np.concatenate([np.zeros((1, len(TYPES))), np.cumsum(lifted[:, 1::2], axis=0)])

    def of(self, starts: Ints, ends: Ints) -> NDArray[np.float32]:
        """`[stretch, kind]`: mean over the characters of each half-open stretch."""
        total = self._begins[starts] + self._inner[ends] - self._inner[starts + 1]
        return np.asarray(total / (ends - starts)[:, None], dtype=np.float32)


def mentions(tags: NDArray[np.int8]) -> list[Mention]:
    """Stretches that the tags mark as names, in order."""
    out: list[Mention] = []
    begins = np.flatnonzero(tags % 2 == 1)
    for at in begins.tolist():
        inner = int(tags[at]) + 1
        end = at + 1
        while end < len(tags) and tags[end] == inner:
            end += 1
        out.append(Mention(start=at, end=end, type=TYPES[(inner - 2) // 2], confidence=0.7))
    return out
