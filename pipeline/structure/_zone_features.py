"""What the zone model looks at in a heading: its words, those of the headings around it, its place, and the bearing of the text beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.structure._cues import bearing, heading_cues
from pipeline.structure._sections import Group, Section

__all__ = ["section_features"]

_WEIGHT = 2.0
"""a cue in the heading itself or in its parent counts for more than a sequence of characters"""
_GRAM_CHARACTERS = 60


def section_features(sections: list[Section], group: Group) -> Iterator[dict[str, float]]:
    """Features of every section in order: name → value. Zones of other sections are not among them, so that all can be decided at once."""
    cues = [tuple(dict.fromkeys(heading_cues(s.words))) for s in sections]
    siblings: dict[int | None, list[int]] = {}
    for k, section in enumerate(sections):
        siblings.setdefault(section.parent, []).append(k)
    counts = {parent: Counter(cue for k in row for cue in cues[k]) for parent, row in siblings.items()}
    for k, section in enumerate(sections):
        row = siblings[section.parent]
        found: dict[str, float] = {}
        for name in _own(section, cues[k], group, len(row)):
            found[name] = _WEIGHT if "cue" in name or name == "act" else 1.0
        if section.parent is not None:
            for cue in cues[section.parent]:
                found[f"p:{cue}"] = _WEIGHT
            for gram in _grams(sections[section.parent].words, 2, 2):
                found[f"p:{gram}"] = 1.0
            for cue, number in counts[section.parent].items():
                if (number - (cue in cues[k])) * 2 >= max(1, len(row) - 1):
                    found[f"s:{cue}>half"] = 1.0
        if section.place > 0:
            found |= {f"b:{cue}": 1.0 for cue in cues[row[section.place - 1]]}
        if section.place + 1 < len(row):
            found |= {f"n:{cue}": 1.0 for cue in cues[row[section.place + 1]]}
        for cue, number in Counter(cue for c in section.children for cue in cues[c]).items():
            found[f"c:{cue}"] = _WEIGHT
            if number * 2 >= len(section.children):
                found[f"c:{cue}>half"] = _WEIGHT
        found |= dict.fromkeys(bearing(section.text), 1.0)
        yield found


def _own(section: Section, cues: tuple[str, ...], group: Group, siblings: int) -> Iterator[str]:
    words, level = section.words, section.level
    yield from cues
    for cue in cues:
        yield f"{cue},L{min(level, 2)}"
    yield f"g={group}"
    yield f"g={group},L{level}"
    yield f"kind={section.kind}"
    yield f"pos={int(section.position * 6)}"
    yield f"pos={int(section.position * 6)},L{min(level, 2)}"
    yield f"first={section.place == 0},L{level}"
    yield f"last={section.place + 1 == siblings},L{level}"
    if section.parent is None:
        yield f"place={min(section.place, 6)}of{min(siblings, 7)}"
    for gram in _grams(words, 2, 3):
        yield f"w:{gram}"
    yield f"w^{words[:2]}"
    yield f"w${words[-2:]}"
    yield f"w${words[-3:]}"
    yield f"w1${words[-1:]}"


def _grams(words: str, low: int, high: int) -> Iterator[str]:
    words = words[:_GRAM_CHARACTERS]
    for size in range(low, high + 1):
        for i in range(len(words) - size + 1):
            yield words[i : i + size]
