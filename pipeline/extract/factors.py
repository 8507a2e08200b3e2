"""Factors: drivers 动因, dilemmas 困境, countermeasures 对策 and goals 目标, found by the shipped encoder.

The encoder marks pieces; what lies between a mark and a statement is here: clean edges, the words that turn a measure into a ban or a
failure, one confidence that means something, and no more than eight factors a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipeline.extract._factors_confidence import confidence, runner_up
from pipeline.extract._factors_edges import trimmed
from pipeline.extract._factors_negation import negated
from pipeline.model import Encoder, Found, load
from pipeline.records import FACTOR_TYPES, Block, Dim, Factor, Sentence, content_id
from pipeline.structure import Structure

AUTHOR = "factors.encoder.v1"
MOST = 8
"""factors a sentence, by the annotation guide; the least sure are left out"""
_DIMS: tuple[Dim, ...] = get_args(Dim)


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


def find_factors(structure: Structure, sentences: Sequence[Sentence], *, reader: FactorReader) -> Iterator[Factor]:
    """Factors in text order; none crosses a sentence, none overlaps another.

    针对数据孤岛，应建立共享机制，提升治理效能。 → dilemma 数据孤岛, countermeasure 建立共享机制, goal 提升治理效能.
    """
    blocks = {block.id: block for block in structure.blocks}
    firsts: dict[str, int] = {}
    for index, sentence in enumerate(sentences):
        firsts.setdefault(sentence.block, index)
    waiting: list[Factor] = []
    here = -1
    for found in reader.encoder.read(structure.clean_text, structure.blocks, sentences):
        if found.sentence != here:
            yield from _surest(waiting)
            waiting, here = [], found.sentence
        sentence = sentences[found.sentence]
        factor = _factor(found, structure.clean_text, sentence, blocks[sentence.block], reader, first=firsts[sentence.block] == found.sentence)
        if factor is not None and not (waiting and waiting[-1].end > factor.start):
            waiting.append(factor)
    yield from _surest(waiting)


def _factor(found: Found, text: str, sentence: Sentence, block: Block, reader: FactorReader, *, first: bool) -> Factor | None:
    place = trimmed(text, found.start, found.end, within=(sentence.start, sentence.end))
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
        dim=_DIMS[int(found.dims.argmax())] if kind in ("dilemma", "countermeasure") else None,
        force=read.force,
        confidence=round(sure, 4),
        runner_up=runner_up(found, sure, kind=kind),
        author=AUTHOR,
    )


def _surest(factors: Sequence[Factor]) -> Iterator[Factor]:
    if len(factors) > MOST:
        least = sorted(factor.confidence for factor in factors)[-MOST]
        factors = [factor for factor in factors if factor.confidence >= least][:MOST]
    yield from factors
