"""Names that may be entities of a document, with what speaks for each: rules, tagger, places, company. One row a (name, kind)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.entities import _surroundings
from pipeline.extract.entities._mention import LONGEST, Mention, places_of
from pipeline.extract.entities._surroundings import Context, around, grams, of_kind
from pipeline.extract.entities._tagger import TYPES, Margins
from pipeline.records import Block, EntityType

_LOOKED_AT = 6
"""places at which the tagger's scores of a name are read"""
MOST_PLACES = 60
"""places of a name that are looked at; more of them say nothing new"""
EDGES = "《》“”\"‘’' 　（）()【】[]"
_AHEAD = re.compile(r"应|要|需|须|将|可|必|会|能|通过|在|对|把|以|开展|推进|负责|牵头|建立|加强|不断|积极|依法|也|均|都|已")
_BEHIND = re.compile(r"(?:由|让|使|为|向|与|和|及|、|对|给|被|据|按照|根据)$")
_ROLES = ("title", "abstract", "keywords", "heading", "body")
RULES = ("lexicon", "organisation", "policy", "scholar", "keyword", "quoted", "compound", "suffix", "person", "latin", "place", "title", "word", "register")
_WEAK = frozenset({"compound", "suffix", "person", "latin", "word"})
"""rules that propose far more than they mean; what they propose alone is looked at only where the tagger half agrees"""
_HALF = -4.0

NAMES = (
    *(f"kind_{kind}" for kind in TYPES),
    *(f"rule_{rule}" for rule in RULES),
    "rule_other_kind",
    "tagged",
    "tagged_other",
    "share_tagged",
    "margin",
    "margin_best",
    "margin_rival",
    "read",
    "read_other",
    "share_read",
    "read_margin",
    "read_best",
    "read_rival",
    "places",
    "inside_longer",
    "length",
    "latin",
    "digits",
    "in_title_marks",
    "in_quotes",
    "ahead",
    "ahead_of",
    "behind",
    "opens",
    *(f"in_{role}" for role in _ROLES),
    "first_at",
    "spread",
    "size_of_text",
    "rivals",
    "holds_other",
    *_surroundings.NAMES,
)


@dataclass(slots=True)
class Candidate:
    """A name with its places and the kinds that rules and tagger give it."""

    name: str
    places: list[tuple[int, int]] = field(default_factory=list)
    rules: dict[str, set[EntityType]] = field(default_factory=dict)
    tagged: dict[EntityType, int] = field(default_factory=dict)
    """places that the tagger marks, by kind"""
    read: dict[EntityType, int] = field(default_factory=dict)
    """places that the encoder marks, by kind"""


@dataclass(frozen=True, slots=True)
class Table:
    """(candidate, kind) of each row, the rows `[n, NAMES]`, and by candidate what the linear model reads: buckets and weights."""

    keys: list[tuple[int, EntityType]]
    rows: NDArray[np.float32]
    grams: dict[int, tuple[NDArray[np.int64], NDArray[np.float32]]]


def collect(text: str, by_rule: Iterable[tuple[str, Mention]], tagged: Iterable[Mention], read: Iterable[Mention]) -> list[Candidate]:
    """Candidates in order of first place; each name is looked for everywhere in the text. `tagged`, `read`: places that the tagger and the encoder mark."""
    out: dict[str, Candidate] = {}

    def of(mention: Mention) -> Candidate | None:
        name = (mention.name or text[mention.start : mention.end]).strip(EDGES)
        if len(name) < 2 or "\n" in name or (len(name) > LONGEST and text[mention.start] != "《"):
            return None
        return out.setdefault(name, Candidate(name))

    for rule, mention in by_rule:
        candidate = of(mention)
        if candidate:
            candidate.rules.setdefault(rule, set()).add(mention.type)
    for marked, places in ((tagged, attrgetter("tagged")), (read, attrgetter("read"))):
        for mention in marked:
            candidate = of(mention)
            if candidate:
                counts = places(candidate)
                counts[mention.type] = counts.get(mention.type, 0) + 1
    for candidate in out.values():
        candidate.places.extend(islice(places_of(text, candidate.name), MOST_PLACES))
    return sorted((c for c in out.values() if c.places), key=lambda c: (c.places[0], -len(c.name)))


def tabulate(
    text: str, blocks: Sequence[Block], candidates: Sequence[Candidate], margins: Margins, read: Margins, words: Sequence[tuple[str, str, int]]
) -> Table:
    """Rows of the (candidate, kind) pairs that are worth a look; margins of the tagger, and of what the encoder has read."""
    means, bests = _margins(candidates, margins)
    read_means, read_bests = _margins(candidates, read)
    keys: list[tuple[int, EntityType]] = []
    for n, candidate in enumerate(candidates):
        firm = set().union(*(kinds for rule, kinds in candidate.rules.items() if rule not in _WEAK)) | set(candidate.tagged) | set(candidate.read)
        weak = set().union(*candidate.rules.values()) - firm
        keys += [(n, kind) for k, kind in enumerate(TYPES) if kind in firm or (kind in weak and max(bests[n, k], read_bests[n, k]) > _HALF)]
    role_at, covered = _roles(len(text), blocks), _covered(len(text), [candidates[n] for n in sorted({n for n, _ in keys})])
    rivals: dict[EntityType, int] = {}
    names: dict[EntityType, set[str]] = {}
    for n, kind in keys:
        rivals[kind] = rivals.get(kind, 0) + 1
        names.setdefault(kind, set()).add(candidates[n].name)
    context = Context(text, words)
    kept = sorted({n for n, _ in keys})
    shared = {n: _shared(text, candidates[n], role_at, covered) for n in kept}
    near = {n: around(context, candidates[n].places) for n in kept}
    out = np.zeros((len(keys), len(NAMES)), dtype=np.float32)
    last = len(NAMES) - len(_surroundings.OF_KIND)
    marked = {kind: [candidate.tagged.get(kind, 0) for candidate in candidates] for kind in TYPES}
    out[:, last:] = of_kind([kind for _, kind in keys], [len(candidates[n].places) for n, _ in keys], marked, len(text))
    base = len(TYPES)
    best_two, read_two = (np.sort(values, axis=1)[:, -2:] for values in (means, read_means))
    for row, (n, kind) in enumerate(keys):
        candidate, k = candidates[n], TYPES.index(kind)
        out[row, k] = 1
        for place, rule in enumerate(RULES):
            out[row, base + place] = kind in candidate.rules.get(rule, ())
        tagged, seen = candidate.tagged.get(kind, 0), candidate.read.get(kind, 0)
        out[row, base + len(RULES) : last] = (
            any(kinds - {kind} for kinds in candidate.rules.values()),
            np.log1p(tagged),
            np.log1p(sum(candidate.tagged.values()) - tagged),
            min(1.0, tagged / len(candidate.places)),
            means[n, k],
            bests[n, k],
            _rival(means[n, k], best_two[n]),
            np.log1p(seen),
            np.log1p(sum(candidate.read.values()) - seen),
            min(1.0, seen / len(candidate.places)),
            read_means[n, k],
            read_bests[n, k],
            _rival(read_means[n, k], read_two[n]),
            *shared[n],
            rivals[kind],
            _holds(candidate.name, names[kind]),
            *near[n],
        )
    return Table(keys, out, {n: grams(context, candidates[n].name, candidates[n].places) for n in kept})


def _rival(own: np.float32, two: NDArray[np.float32]) -> np.float32:
    """The best of the other kinds, of the best two of all."""
    rival: np.float32 = two[0] if own == two[1] else two[1]
    return rival


def _margins(candidates: Sequence[Candidate], margins: Margins) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and best margin of each candidate for each kind, `[candidate, kind]`."""
    owners = [n for n, c in enumerate(candidates) for _ in c.places[:_LOOKED_AT]]
    places = np.array([place for c in candidates for place in c.places[:_LOOKED_AT]], dtype=np.int64).reshape(-1, 2)
    values = margins.of(places[:, 0], places[:, 1])
    means, bests = np.zeros((len(candidates), len(TYPES)), dtype=np.float32), np.full((len(candidates), len(TYPES)), -99, dtype=np.float32)
    np.add.at(means, owners, values)
    np.maximum.at(bests, owners, values)
    number = np.bincount(np.array(owners, dtype=np.int64), minlength=len(candidates))
    return np.asarray(means / np.maximum(1, number)[:, None], dtype=np.float32), bests


def _shared(text: str, candidate: Candidate, role_at: NDArray[np.int8], covered: NDArray[np.int32]) -> tuple[float, ...]:
    places = candidate.places
    total = len(places)
    ahead = ahead_of = behind = opens = quoted = titled = inside = 0
    roles = [0] * len(_ROLES)
    for start, end in places:
        after, before = text[end : end + 2], text[max(0, start - 2) : start]
        ahead += bool(_AHEAD.match(after))
        ahead_of += after.startswith("的")
        behind += bool(_BEHIND.search(before))
        opens += start == 0 or text[start - 1] in "，。；：、\n,;:"
        quoted += before.endswith(("“", '"')) and after.startswith(("”", '"'))
        titled += before.endswith("《") and after.startswith("》")
        inside += int(covered[start]) > end - start
        if role_at[start] >= 0:
            roles[role_at[start]] += 1
    name = candidate.name
    return (
        float(np.log1p(total)),
        inside / total,
        len(name),
        sum(ch.isascii() and ch.isalpha() for ch in name) / len(name),
        sum(ch.isdigit() for ch in name) / len(name),
        titled / total,
        quoted / total,
        ahead / total,
        ahead_of / total,
        behind / total,
        opens / total,
        *(float(np.log1p(count)) for count in roles),
        places[0][0] / max(1, len(text)),
        (places[-1][0] - places[0][0]) / max(1, len(text)),
        float(np.log1p(len(text))),
    )


def _roles(n: int, blocks: Sequence[Block]) -> NDArray[np.int8]:
    out = np.full(n, -1, dtype=np.int8)
    for block in blocks:
        if block.start is not None and block.end is not None:
            out[block.start : block.end] = _ROLES.index(block.role)
    return out


def _covered(n: int, candidates: Sequence[Candidate]) -> NDArray[np.int32]:
    """Length of the longest candidate over each character."""
    out = np.zeros(n, dtype=np.int32)
    for candidate in candidates:
        size = len(candidate.name)
        for start, end in candidate.places:
            np.maximum(out[start:end], size, out=out[start:end])
    return out


def _holds(name: str, names: set[str]) -> bool:
    """Another name of the kind is part of this one."""
    size = len(name)
    return any(name[a:b] in names for a in range(size) for b in range(a + 2, size + 1) if b - a < size)
