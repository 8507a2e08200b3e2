"""Key concepts of a text: its key words, and named theories and models, where they recur."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.concepts import load
from pipeline.extract.entities._lexicon import Lexicon, lexicon_of
from pipeline.extract.entities._mention import Mention, places_of
from pipeline.records import Block, EntityType

_HEAD = re.compile(r"^\W*(?:\[?关\s*键\s*[词字]\]?|主题词|Key\s*words?)\W*", re.I)
_SPLIT = re.compile(r"[;；,，、\s]+")
_THEORY = re.compile(r"[一-鿿]{2,6}(?:主义|理论)(?!者)|[一-鿿]{2,4}(?:孤岛|鸿沟|陷阱|悖论|锦标赛)")
_TAIL = re.compile(r"(?:中图)?分类号.*$|文献标识码.*$")


REGISTER_KINDS: tuple[EntityType, ...] = ("concept", "technology", "policy", "case")


@lru_cache(maxsize=1)
def _register() -> Lexicon:
    """The Chinese names of the packaged register, offices left out; what people add to theirs changes no statement."""
    return lexicon_of({name: "concept" for concept in load() if concept.kind != "office" for name in concept.names if len(name) > 1})


def registered(text: str) -> Iterator[Mention]:
    """Names of the register, once for each kind that such names are."""
    for match in _register().find(text):
        for kind in REGISTER_KINDS:
            yield Mention(start=match.start, end=match.end, type=kind, confidence=0.4)


def find_concepts(text: str, blocks: Sequence[Block]) -> Iterator[Mention]:
    """Places of the key words everywhere in the text, and of named theories."""
    words = [word for block in blocks if block.role == "keywords" for word in key_words(block.text)]
    for word in dict.fromkeys(words):
        for start, end in places_of(text, word):
            yield Mention(start=start, end=end, type="concept", confidence=0.6)
    for match in _THEORY.finditer(text):
        yield Mention(start=match.start(), end=match.end(), type="concept", confidence=0.5)


def key_words(line: str) -> list[str]:
    """`关键词：数字政府；云长制` → 数字政府, 云长制."""
    line = _TAIL.sub("", _HEAD.sub("", line))
    return [word for word in (part.strip(" .。[]【】") for part in _SPLIT.split(line)) if 2 <= len(word) <= 20]
