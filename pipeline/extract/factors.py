"""Factors: drivers 动因, dilemmas 困境, countermeasures 对策 and goals 目标, found by the shipped encoder.

The encoder marks pieces; what lies between a mark and a statement is here: clean edges, the words that turn a measure into a ban or a
failure, one confidence that means something, and no more than eight factors a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.extract._factors_confidence import confidence, runner_up
from pipeline.extract._factors_dim import dim_of
from pipeline.extract._factors_edges import on_words, trimmed, word_ends
from pipeline.extract._factors_negation import negated
from pipeline.model import Encoder, Found, Reading, load
from pipeline.records import FACTOR_TYPES, Block, Factor, Sentence, content_id
from pipeline.structure import Structure

AUTHOR = "factors.encoder.v5"
MOST = 8
"""factors a sentence, by the annotation guide; the least sure are left out"""


@dataclass(frozen=True, slots=True)
class FactorReader:
    """The shipped encoder, loaded. `FactorReader.load()` takes the one in `pipeline/model`."""

    encoder: Encoder

    @classmethod
    def load(cls, folder: Path | None = None) -> FactorReader:
        """A reader from the model of `folder`.

        Raises:
            ModelMissing: a file of the model is not there.
            ModelDamaged: a file is not the one that the manifest names.
        """
        return cls(load(folder) if folder else load())

    def read(self, structure: Structure, sentences: Sequence[Sentence]) -> Reading:
        """What the encoder says of the text: factors and names come out of it."""
        return self.encoder.read(structure.clean_text, structure.blocks, sentences)


def find_factors(structure: Structure, sentences: Sequence[Sentence], *, reader: FactorReader, reading: Reading | None = None) -> Iterator[Factor]:
    """Factors in text order; none crosses a sentence, none overlaps another. `reading`: what the encoder of `reader` says, where that is known already.

    针对数据孤岛，应建立共享机制，提升治理效能。 → dilemma 数据孤岛, countermeasure 建立共享机制, goal 提升治理效能.
    """
    blocks = {block.id: block for block in structure.blocks}
    firsts: dict[str, int] = {}
    for index, sentence in enumerate(sentences):
        firsts.setdefault(sentence.block, index)
    waiting: list[Factor] = []
    here, ends = -1, [0]
    for found in (reading or reader.read(structure, sentences)).factors:
        if found.sentence != here:
            yield from _surest(waiting)
            waiting, here = [], found.sentence
            ends = word_ends(structure.clean_text[sentences[here].start : sentences[here].end])
        sentence = sentences[found.sentence]
        first = firsts[sentence.block] == found.sentence
        factor = _factor(found, structure.clean_text, sentence, blocks[sentence.block], reader, first=first, ends=ends)
        if factor is None or (waiting and waiting[-1].end > factor.start):
            continue
        if waiting and waiting[-1].end == factor.start and waiting[-1].type == factor.type and waiting[-1].scope == factor.scope:
            waiting[-1] = _joined(waiting[-1], factor)
        else:
            waiting.append(factor)
    yield from _surest(waiting)


def _factor(found: Found, text: str, sentence: Sentence, block: Block, reader: FactorReader, *, first: bool, ends: Sequence[int]) -> Factor | None:
    place = _place(found, text, sentence, ends)
    if place is None:
        return None
    calibration = reader.encoder.manifest.calibration
    sure = confidence(found, calibration.weights)
    if sure < calibration.least:
        return None
    read = negated(text, *place, kind=FACTOR_TYPES[found.type], within=(sentence.start, sentence.end))
    start, end, kind = read.start, read.end, read.kind
    named = block.role == "heading" or (first and block.role == "body" and found.named >= 0.5)
    return Factor(
        id=content_id("f", kind, text[start:end], start),
        type=kind,
        text=text[start:end],
        sentence=text[sentence.start : sentence.end],
        start=start,
        end=end,
        scope="heading" if named else "clause",
        dim=dim_of(text[start:end], found.dims) if kind in ("dilemma", "countermeasure") else None,
        force=read.force,
        confidence=round(sure, 4),
        runner_up=runner_up(found, sure, kind=kind),
        author=AUTHOR,
    )


def _place(found: Found, text: str, sentence: Sentence, ends: Sequence[int]) -> tuple[int, int] | None:
    """Where the statement lies in the cleaned text: whole words, clean edges; none where nothing but punctuation is left."""
    within = (sentence.start, sentence.end)
    if found.start >= found.end:
        return None
    start, end = on_words(text[slice(*within)], found.start - within[0], found.end - within[0], ends=ends)
    return trimmed(text, start + within[0], end + within[0], within=within)


def _joined(left: Factor, right: Factor) -> Factor:
    """One statement that came in two pieces with nothing between them: 对文职人员|实行分级管理; as sure as the surer of them."""
    surer = max(left, right, key=lambda one: one.confidence)
    text = left.text + right.text
    force = left.force or right.force
    return msgspec.structs.replace(surer, id=content_id("f", left.type, text, left.start), text=text, start=left.start, end=right.end, force=force)


def _surest(factors: Sequence[Factor]) -> Iterator[Factor]:
    if len(factors) > MOST:
        least = sorted(factor.confidence for factor in factors)[-MOST]
        factors = [factor for factor in factors if factor.confidence >= least][:MOST]
    yield from factors
