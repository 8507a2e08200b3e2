"""Names that the language fixes: generic actors, technologies, countries and regions. One pass over the text for all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import ahocorasick_rs

from corpus.concepts.offices import offices
from pipeline.extract.entities._mention import Mention
from pipeline.records import EntityType

_CONFIDENCE = {"technology": 0.75, "place": 0.6}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """An automaton over all names; the longest name at a place wins, so that 政府 is not read inside 政府部门."""

    automaton: Any
    names: tuple[str, ...]
    types: tuple[EntityType, ...]

    def find(self, text: str) -> Iterator[Mention]:
        """Mentions in order, none inside another."""
        for number, start, end in self.automaton.find_matches_as_indexes(text):
            kind = self.types[number]
            yield Mention(start=start, end=end, type=kind, confidence=_CONFIDENCE.get(kind, 0.7))


def lines(name: str) -> tuple[str, ...]:
    """Entries of a list beside this module; `#` begins a comment."""
    text = (files("pipeline.extract.entities") / "data" / name).read_text(encoding="utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def generic_actors() -> dict[EntityType, tuple[str, ...]]:
    """Generic names of actors by kind."""
    return _by_kind("actors.toml")


def named_bodies() -> dict[EntityType, tuple[str, ...]]:
    """Bodies known by name, by kind: the offices of the register with their short forms, and those of `bodies.toml`."""
    data = _by_kind("bodies.toml")
    names = (name for office in offices() for name in (office.name, *office.short) if len(name) > 2)
    return {**data, "government": (*data["government"], *names)}


@lru_cache(maxsize=1)
def bodies() -> Lexicon:
    """The named bodies alone: whoever writes such a name means that body."""
    return lexicon_of({name: kind for kind, names in named_bodies().items() for name in names})


def _by_kind(name: str) -> dict[EntityType, tuple[str, ...]]:
    data = tomllib.loads((files("pipeline.extract.entities") / "data" / name).read_text(encoding="utf-8"))
    return {cast(EntityType, kind): tuple(names) for kind, names in data.items()}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with the package, built once."""
    table: dict[str, EntityType] = {}
    for kind, names in generic_actors().items():
        table.update(dict.fromkeys(names, kind))
    for kind, names in named_bodies().items():
        table.update(dict.fromkeys(names, kind))
    table.update(dict.fromkeys(lines("technologies.txt"), "technology"))
    for name in lines("countries.txt"):
        table.setdefault(name, "place")
    return lexicon_of(table)


def lexicon_of(table: Mapping[str, EntityType]) -> Lexicon:
    """A lexicon of names with their kinds."""
    names = tuple(table)
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return Lexicon(automaton, names, tuple(table.values()))
