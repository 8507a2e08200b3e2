"""The lexicon of deficiency words: what stands beside a head word to name a problem (人才 + 匮乏, 缺乏 + 资金)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.concepts._fold import fold


@dataclass(frozen=True, slots=True)
class States:
    """Deficiency words by class, folded; and the words that may stand between them and their head."""

    after: dict[str, frozenset[str]]
    """word that stands behind its head → its classes"""
    before: dict[str, frozenset[str]]
    """word that stands before its head → its classes"""
    bridge: re.Pattern[str]
    """matches what may stand between head and word behind it, from its start to its end"""
    tail: re.Pattern[str]
    """matches behind a head that ends the phrase after a word before it: 缺乏人才|的问题, not 缺乏人才|评价机制"""
    closing: frozenset[str]
    """words that stand behind their head only where they end the phrase: those of one character, and those that take an object"""
    close: re.Pattern[str]
    """matches behind such a word where the phrase ends: 成本高|、 but not 成本高|低"""


def lexicon() -> bytes:
    """The packaged file as it stands."""
    return files("corpus.concepts").joinpath("states.toml").read_bytes()


@lru_cache(maxsize=1)
def states() -> States:
    """The packaged lexicon (`states.toml`), read once."""
    data = tomllib.loads(lexicon().decode("utf-8"))
    bridge = data.pop("bridge")
    transitive = frozenset(map(fold, data.pop("object")["words"]))
    sides: dict[str, dict[str, set[str]]] = {"after": {}, "before": {}}
    for name, lists in data.items():
        for side, words in lists.items():
            for word in words:
                sides[side].setdefault(fold(word), set()).add(name)
    nouns = "|".join(sorted(map(fold, bridge["nouns"]), key=len, reverse=True))
    between = "|".join(sorted(map(fold, [*bridge["adverbs"], *bridge["nouns"]]), key=len, reverse=True))
    return States(
        after={word: frozenset(classes) for word, classes in sides["after"].items()},
        before={word: frozenset(classes) for word, classes in sides["before"].items()},
        closing=transitive | {word for word in sides["after"] if len(word) == 1},
        bridge=re.compile(rf"(?:{between}){{0,4}}"),
        close=re.compile(r"$|[^\u3400-\u9fff]|的|和|与|且|而|并|又|也|等|及|以及|问题|是|导致|使|了"),
        tail=re.compile(
            rf"(?:{nouns})?(?:的?(?:问题|情况|困境|现象|局面|状况|矛盾|短板|难题)|$|[,;:.!?()\"'\n]|等|、|和|与|及|以及|而|并|又|也|时|是|成为|导致|造成|使|，)"
        ),
    )
