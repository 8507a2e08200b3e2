"""Annotated documents → windows with what every head should say, and batches of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from pipeline.model._heads import DIMS, TAGS, ZONES
from pipeline.model._pieces import PAD, Pieces
from pipeline.model._windows import BUDGET, CONTEXT, Line, Window, segmented_lines, windows
from pipeline.records import FACTOR_TYPES, Factor
from training.annotated import Annotated

IGNORE = -100
PIECES = 1920
"""padded pieces of every batch: matrix kernels are compiled for each new shape (ten seconds for a training step), so there are few"""
LENGTHS = (120, 192, 240, 320, 384, 480)
"""its divisors that windows are padded to"""


@dataclass(frozen=True)
class Example:
    """A window with its targets: for each piece a tag, a dim, named-by-a-heading, a zone (at markers); for each piece its row in `holds`."""

    window: Window
    tags: np.ndarray
    dims: np.ndarray
    named: np.ndarray
    zones: np.ndarray
    sentences: np.ndarray
    holds: np.ndarray
    taught: np.ndarray | None = None
    """what a teacher says instead of an annotation: for each piece the probabilities of the tags"""


@dataclass(frozen=True)
class Prepared:
    """A document segmented once; windows are cut anew each epoch."""

    document: Annotated
    lines: list[Line]
    title: str | None
    zones: dict[str, int]
    """block id → zone of the section it stands in"""
    factors: dict[int, list[Factor]]
    """by sentence"""


def prepared(document: Annotated, pieces: Pieces) -> Prepared:
    structure = document.structure
    lines = segmented_lines(structure.clean_text, structure.blocks, document.sentences, pieces)
    title = next((block.text for block in structure.blocks if block.role == "title"), None)
    zones, zone = {}, None
    for block in structure.blocks:
        if block.role == "heading":
            zone = block.zone
        if block.role in ("heading", "body") and zone in ZONES:
            zones[block.id] = ZONES.index(zone)
    index = {sentence.start: n for n, sentence in enumerate(document.sentences)}
    starts = sorted(index)
    factors: dict[int, list[Factor]] = {}
    for factor in document.factors:
        at = starts[int(np.searchsorted(starts, factor.start, side="right")) - 1]
        factors.setdefault(index[at], []).append(factor)
    return Prepared(document, lines, title, zones, factors)


def examples(document: Prepared, pieces: Pieces, *, rng: random.Random | None = None) -> list[Example]:
    """The document's windows with targets. With `rng` their size varies and context is now and then left out, as a damaged document would."""
    budget, title, lines = BUDGET, document.title, document.lines
    if rng is not None:
        budget = rng.randint(BUDGET // 2, BUDGET)
        title = title if rng.random() < 0.8 else None
        lines = [line if rng.random() < 0.9 else Line(line.block, line.path[1:], line.parts) for line in lines]
    return [_example(window, document) for window in windows(lines, pieces, title=title, budget=budget)]


def _example(window: Window, document: Prepared) -> Example:
    length = len(window.ids)
    tags, dims, zones = (np.full(length, IGNORE) for _ in range(3))
    named = np.full(length, -1.0, dtype=np.float32)
    held = sorted({sentence for sentence in window.sentences if sentence != CONTEXT})
    rows = {sentence: n for n, sentence in enumerate(held)}
    holds = np.zeros((len(held), len(FACTOR_TYPES)), dtype=np.float32)
    for at, block in window.markers:
        zones[at] = document.zones.get(block.id, IGNORE)
    starts, ends, sentences = (np.array(values) for values in (window.starts, window.ends, window.sentences))
    tags[sentences != CONTEXT] = 0
    for sentence in held:
        for factor in sorted(document.factors.get(sentence, ()), key=_longest_first):
            holds[rows[sentence], FACTOR_TYPES.index(factor.type)] = 1
            shared = np.minimum(ends, factor.end) - np.maximum(starts, factor.start)
            inside = np.flatnonzero((sentences == sentence) & (ends > starts) & (shared > 0.5 * (ends - starts)))
            if len(inside) and (tags[inside] == 0).all():
                tags[inside] = TAGS.index(f"I-{factor.type}")
                tags[inside[0]] = TAGS.index(f"B-{factor.type}")
                named[inside] = factor.scope == "heading"
                if factor.dim in DIMS:
                    dims[inside] = DIMS.index(factor.dim)
    places = np.array([rows.get(sentence, -1) for sentence in window.sentences])
    return Example(window, tags, dims, named, zones, places, holds)


def taught(example: Example, tags: np.ndarray, holds: np.ndarray) -> Example:
    """The example with what a teacher says in the place of an annotation: probabilities of tags by piece, and of types by sentence."""
    nothing = np.full(len(example.tags), IGNORE)
    return replace(example, tags=nothing, dims=nothing, zones=nothing, named=np.full(len(nothing), -1.0, dtype=np.float32), holds=holds, taught=tags)


def _longest_first(factor: Factor) -> tuple[int, int]:
    return factor.start - factor.end, factor.start


@dataclass(frozen=True)
class Batch:
    ids: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    dims: torch.Tensor
    named: torch.Tensor
    zones: torch.Tensor
    sentences: torch.Tensor
    """row of `holds` of each piece, counted over the batch; -1 outside"""
    holds: torch.Tensor
    taught: torch.Tensor
    """probabilities of tags `[pieces that a teacher speaks of, tags]`"""
    told: torch.Tensor
    """mask of those pieces"""


def batched(found: Sequence[Example], *, rng: random.Random | None = None) -> list[list[int]]:
    """Indices of windows that fit one shape, as many as it has rows; shuffled where `rng` is given."""
    order = list(range(len(found)))
    if rng is not None:
        rng.shuffle(order)
    by_length: dict[int, list[int]] = {}
    for i in order:
        by_length.setdefault(_length(len(found[i].window.ids)), []).append(i)
    out = [some[at : at + PIECES // length] for length, some in sorted(by_length.items()) for at in range(0, len(some), PIECES // length)]
    if rng is not None:
        rng.shuffle(out)
    return out


def _length(size: int) -> int:
    return next(length for length in LENGTHS if length >= size)


def collated(found: Sequence[Example]) -> Batch:
    """Tensors of one of the few shapes; rows that are left over stand open and are ignored."""
    length = _length(max(len(example.window.ids) for example in found))
    shape = (PIECES // length, length)
    ids = torch.full(shape, PAD)
    mask = torch.zeros(shape, dtype=torch.bool)
    mask[len(found) :] = True
    tags, dims, zones = (torch.full(shape, IGNORE) for _ in range(3))
    sentences = torch.full(shape, -1)
    named = torch.full(shape, -1.0)
    told = torch.zeros(shape, dtype=torch.bool)
    taught, holds, base = [torch.zeros(0, len(TAGS))], [], 0
    for row, example in enumerate(found):
        n = len(example.window.ids)
        ids[row, :n] = torch.tensor(example.window.ids)
        mask[row, :n] = True
        for target, values in ((tags, example.tags), (dims, example.dims), (zones, example.zones), (named, example.named)):
            target[row, :n] = torch.from_numpy(values)
        sentences[row, :n] = torch.from_numpy(np.where(example.sentences >= 0, example.sentences + base, -1))
        if example.taught is not None:
            told[row, :n] = torch.from_numpy(example.sentences >= 0)
            taught.append(torch.from_numpy(example.taught[example.sentences >= 0]))
        holds.append(torch.from_numpy(example.holds))
        base += len(example.holds)
    return Batch(ids, mask, tags, dims, named, zones, sentences, torch.cat(holds), torch.cat(taught), told)
