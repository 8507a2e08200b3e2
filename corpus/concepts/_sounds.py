"""How alike two characters sound: most slips of Chinese typing are another character of the same reading (数字正府 for 数字政府)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

# readings that many speakers and input methods mix up: flat and curled initials, front and back nasals
_MIXED = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def _rough(reading: str) -> str:
    for curled, flat in _MIXED:
        if reading.startswith(curled):
            reading = flat + reading[len(curled) :]
    return reading[:-1] if reading.endswith("ng") else reading


@lru_cache(maxsize=1)
def _readings() -> dict[str, frozenset[str]]:
    rows = files("corpus.concepts").joinpath("sounds.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.startswith("#"):
            continue
        reading, _, characters = row.partition(" ")
        for character in characters:
            found.setdefault(character, set()).add(_rough(reading))
    return {character: frozenset(readings) for character, readings in found.items()}


def sound_alike(first: str, second: str) -> bool:
    """Whether two folded characters share a reading, tones and mixed initials aside: 正 and 政, 计 and 机; not 数 and 据."""
    readings = _readings()
    return not readings.get(first, frozenset()).isdisjoint(readings.get(second, frozenset()))
