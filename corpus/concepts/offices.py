"""Offices and their renaming: what an office was called before, what it became, whom it belongs to, what rank it has.

Kept in `offices.toml`, apart from the concepts, because they are facts with dates: 国家林业局 (to 2018) → 国家林业和草原局.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

from corpus.concepts._fold import key

Rank = Literal["central", "ministry", "vice-ministry", "bureau", "other"]
_YEAR = re.compile(r"\d{4}(?:-\d{2}){0,2}")


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office under one name, from a year to another."""

    name: str
    short: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    since: str | None = None
    """year (or date) from which it bears this name"""
    until: str | None = None
    """year (or date) in which it lost the name or its tasks"""
    before: tuple[str, ...] = ()
    """offices whose name or tasks it took over"""
    after: tuple[str, ...] = ()
    """offices that took over its name or tasks"""
    superior: str | None = None
    rank: Rank = "other"

    def __post_init__(self) -> None:
        for value in (self.since, self.until):
            if value is not None and not _YEAR.fullmatch(value):
                raise ValueError(f"office {self.name}: {value!r} is no year or date like 2018 or 2018-03")


class Offices:
    """Offices by every name that they bear."""

    def __init__(self, offices: tuple[Office, ...]) -> None:
        self._offices = offices
        self._by_name: dict[str, Office] = {}
        for office in offices:
            for name in (office.name, *office.short, *office.english):
                self._by_name.setdefault(key(name), office)

    def __iter__(self) -> Iterator[Office]:
        return iter(self._offices)

    def __len__(self) -> int:
        return len(self._offices)

    def named(self, name: str) -> Office | None:
        """The office of that full, short or English name, or none."""
        return self._by_name.get(key(name))

    def line(self, name: str) -> tuple[Office, ...]:
        """All offices that renaming and merging connect with `name`, the oldest first; empty where none has that name."""
        start = self.named(name)
        if start is None:
            return ()
        found: dict[str, Office] = {}
        work = [start]
        while work:
            office = work.pop()
            if office.name in found:
                continue
            found[office.name] = office
            work += [other for near in (*office.before, *office.after) if (other := self.named(near)) is not None]
        return tuple(sorted(found.values(), key=_age))

    def check(self) -> Iterator[str]:
        """What does not fit: a successor that does not name its forerunner, an unknown office, a name twice."""
        seen: dict[str, str] = {}
        for office in self._offices:
            for name in (office.name, *office.short, *office.english):
                first = seen.setdefault(key(name), office.name)
                if first != office.name:
                    yield f"{name}: a name of {first} and of {office.name}"
            for part, back in (("before", "after"), ("after", "before")):
                for other in getattr(office, part):
                    there = self.named(other)
                    if there is None:
                        yield f"{office.name}: {part} names {other}, which is not in the file"
                    elif office.name not in getattr(there, back):
                        yield f"{office.name}: {part} names {other}, which does not name it back in {back}"
            if office.superior is not None and self.named(office.superior) is None:
                yield f"{office.name}: superior {office.superior} is not in the file"


def _age(office: Office) -> tuple[str, str]:
    return office.since or "0000", office.name


@lru_cache(maxsize=1)
def offices() -> Offices:
    """The packaged offices, read once."""
    data = tomllib.loads(files("corpus.concepts").joinpath("offices.toml").read_text(encoding="utf-8"))
    return Offices(tuple(msgspec.convert(row, Office) for row in data["office"]))
