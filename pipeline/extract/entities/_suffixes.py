"""Names by their last word, with every stretch of modifiers before it: 智库, 高校智库, 地方高校智库. Which of them is a name, others decide.

`data/heads.toml` says what a compound ends in when it names an actor, a place, a policy, a case or a technology.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import cast

from pipeline.extract.entities._mention import Mention
from pipeline.records import EntityType

_OUTSIDE = frozenset({"p", "c", "u", "uj", "ul", "uz", "ud", "y", "e", "o"})
"""parts of speech that no name holds: prepositions, conjunctions, particles"""
_NEVER = frozenset('的了和与及等是在将把对向从为由使让于被以，。；：、！？（）()《》\n\t ,;:.“”"‘’')
_MOST_WORDS, _LONGEST = 6, 20


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[EntityType, ...]]:
    data = tomllib.loads((files("pipeline.extract.entities") / "data" / "heads.toml").read_text(encoding="utf-8"))
    out: dict[str, list[EntityType]] = {}
    for kind, words in data.items():
        for word in words:
            out.setdefault(word, []).append(cast(EntityType, kind))
    return {word: tuple(kinds) for word, kinds in out.items()}


def by_suffix(words: Sequence[tuple[str, str, int]]) -> Iterator[Mention]:
    """Stretches of words that end as names do, once for each kind; left ends at every modifier.

    地方 | 高校 | 智库 → 智库, 高校智库, 地方高校智库, each as society.
    """
    heads = _heads()
    for at, (word, _, start) in enumerate(words):
        kinds = heads.get(word) or next((heads[word[-n:]] for n in (4, 3, 2, 1) if len(word) > n and word[-n:] in heads), None)
        if not kinds:
            continue
        end = start + len(word)
        for first in range(at, max(-1, at - _MOST_WORDS), -1):
            text, tag, begin = words[first]
            if first < at and (tag in _OUTSIDE or set(text) & _NEVER or begin + len(text) != words[first + 1][2]):
                break
            if end - begin > _LONGEST:
                break
            if end - begin > 1:
                for kind in kinds:
                    yield Mention(start=begin, end=end, type=kind, confidence=0.3)
