"""All finders over one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import rjieba

from pipeline.extract.entities._aliases import find_aliases, mentions_of
from pipeline.extract.entities._concepts import find_concepts
from pipeline.extract.entities._gather import gather, settle
from pipeline.extract.entities._lexicon import lexicon
from pipeline.extract.entities._mention import LONGEST
from pipeline.extract.entities._organisations import Word, find_organisations
from pipeline.extract.entities._policies import find_policies
from pipeline.extract.entities._scholars import find_scholars
from pipeline.records import Entity, Sentence
from pipeline.structure import Structure

AUTHOR = "entities.rules.v1"


def find_entities(structure: Structure, sentences: Sequence[Sentence]) -> tuple[Entity, ...]:
    """Entities in order of first mention; `clean_text[start:end]` is the name or an alias for every mention.

    甲省政务服务和数据管理局（以下简称数管局）应当牵头。 → government 甲省政务服务和数据管理局, alias 数管局.
    """
    text = structure.clean_text
    found = [*lexicon().find(text), *find_policies(text), *find_scholars(text), *find_concepts(text, structure.blocks)]
    for sentence in sentences:
        found.extend(find_organisations(list(tagged(text[sentence.start : sentence.end], sentence.start))))
    found = [mention for mention in found if mention.size <= LONGEST or text[mention.start] == "《"]
    aliases = list(find_aliases(text, settle(found)))
    return gather(text, settle([*found, *mentions_of(text, aliases)]), author=AUTHOR)


def tagged(text: str, start: int) -> Iterator[Word]:
    """Words of `text` with jieba's part of speech and their place; `start` is the place of its first character."""
    at = 0
    for word, tag in rjieba.tag(text):
        # the segmenter may normalise nothing but never drops characters; a word that is not found again would break every offset after it
        place = text.find(word, at)
        if place < 0:
            continue
        yield word, tag, start + place
        at = place + len(word)


def place_mentions(text: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` of named places in a short stretch of text: 浙江省杭州市 → 浙江省, 杭州市."""
    for word, tag, start in tagged(text, 0):
        if tag == "ns" and len(word) > 1:
            yield start, start + len(word)
