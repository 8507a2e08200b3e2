"""Factors with their attributes filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.extract.attributes._context import contexts
from pipeline.extract.attributes._force import force_of
from pipeline.extract.attributes._voice import voice_of
from pipeline.extract.attributes._when import when_of
from pipeline.extract.attributes._where import place_mentions, where_of
from pipeline.records import DocumentInfo, Factor, Force, Place, Sentence, Voice
from pipeline.structure import Structure


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The attributes of one factor with the places of the words that say so (none: its section or the document's kind does)."""

    factor: str
    force: Force | None
    force_at: Place | None
    voice: Voice
    voice_at: Place | None
    where: tuple[str, ...]
    where_at: Place | None
    when: str | None
    when_at: Place | None


def readings(factors: Sequence[Factor], structure: Structure, sentences: Sequence[Sentence], info: DocumentInfo) -> Iterator[Reading]:
    """One reading a factor, in the order given. Force, where and when are read of measures alone."""
    areas = _areas(info)
    for context in contexts(factors, structure, sentences, info):
        measure = context.factor.type == "countermeasure"
        force, force_at = force_of(context) if measure else (None, None)
        voice, voice_at = voice_of(context)
        where, where_at = where_of(context, areas) if measure else ((), None)
        when, when_at = when_of(context) if measure else (None, None)
        yield Reading(
            factor=context.factor.id,
            force=force,
            force_at=force_at,
            voice=voice,
            voice_at=voice_at,
            where=where,
            where_at=where_at,
            when=when,
            when_at=when_at,
        )


def _areas(info: DocumentInfo) -> list[str]:
    """The area of whoever issued the document: places in the issuers' names, else the one that its title opens with (浙江省…条例)."""
    issued = [issuer.name[start:end] for issuer in info.issuers for start, end in place_mentions(issuer.name)]
    title = info.title or ""
    opened = [] if info.issuers else [title[start:end] for start, end in place_mentions(title) if start == 0]
    return list(dict.fromkeys(issued or opened))


def complete(factors: Sequence[Factor], structure: Structure, sentences: Sequence[Sentence], info: DocumentInfo) -> tuple[Factor, ...]:
    """The factors with force, voice, where and when; a force that the reader of factors already saw (a ban, a failure) is kept."""
    return tuple(
        msgspec.structs.replace(factor, force=factor.force or read.force, voice=read.voice, where=read.where, when=read.when)
        for factor, read in zip(factors, readings(factors, structure, sentences, info), strict=True)
    )
