"""Rows that the server keeps, read once and kept as columns, for as long as their documents answer.

What is kept of a document never changes: a document that is put in again has another number. So after a write only what is new is
fetched: `ZhengmaiGraph` says which documents came and went with its last versions. Whether what was read is one state of the graph is not
left to chance: the numbers of the documents have to add up to what it says, and a concept's rows have to come from exactly the documents
that name it; else the question is asked again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph._codes import BITS
from graph.neo4j._changes import Changes, changes_since
from graph.neo4j._connect import Ask, Row, TakenAway, Torn
from graph.neo4j._prepared import DTYPES
from graph.records import ConceptRef

__all__ = ["Card", "Columns", "Looking", "Rows"]

_MOST_BYTES = 320 * 2**20
"""of rows that are kept; what was not asked for longest goes first. All rows of 10,000 documents are 280 MiB."""
_FEW = 200
"""documents that are fetched one by one; more by a walk over all"""
_BATCH = 1_000

Array = NDArray[Any]
Made = TypeVar("Made")


class Card(NamedTuple):
    """A document by name, as filters and tables ask for it."""

    document: str
    issuer: str | None
    places: tuple[str, ...]
    in_force: str | None
    expires: str | None


_card = msgspec.msgpack.Decoder(Card)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of many documents: `at` is the place of each row's document among `numbers`, which together with a row's places make ids."""

    rows: Array
    at: Array
    numbers: Array

    def __getitem__(self, name: str) -> Array:
        column: Array = self.rows[name]
        return column

    def ids(self, name: str) -> Array:
        """Ids of factors or sentences, from their places in the document."""
        ids: Array = (self.numbers[self.at] << BITS) | self.rows[name].astype(np.int64)
        return ids

    def where(self, picked: Array) -> Rows:
        """Rows by a mask, or by their places in the order wanted."""
        return Rows(self.rows[picked], self.at[picked], self.numbers)

    @staticmethod
    def join(parts: Sequence[Rows]) -> Rows:
        """All rows of the parts, one part after the other."""
        return Rows(np.concatenate([part.rows for part in parts]), np.concatenate([part.at for part in parts]), parts[0].numbers)

    def __len__(self) -> int:
        return len(self.rows)


class _State:
    """The documents that answer at a version, in the order of their numbers, and one row of each."""

    def __init__(self, version: int, numbers: Array, heads: Array) -> None:
        self.version, self.numbers, self.heads = version, numbers, heads
        self.made: dict[str, Any] = {}
        """what questions reckon once from all of it"""

    @cached_property
    def works(self) -> Array:
        """The work of each document as a small number: pairs of it and something else are one number then, which numpy sorts at once."""
        codes: Array = np.unique(self.heads["work"], return_inverse=True)[1].ravel()
        return codes


class _Kept:
    """One family, or one part of a concept: rows of documents side by side as bytes, and as columns of the state that last asked for them."""

    def __init__(self) -> None:
        self.numbers: Array = np.zeros(0, np.int64)
        self.sizes: Array = np.zeros(0, np.int64)
        self.data = b""
        self.fresh: dict[int, bytes] = {}
        """of documents that came since, before anybody asked"""
        self.joined: tuple[_State, Rows] | None = None

    @property
    def size(self) -> int:
        return len(self.data) + sum(map(len, self.fresh.values())) + (self.joined[1].at.nbytes if self.joined else 0) + 32 * len(self.numbers)

    def missing(self, numbers: Array) -> list[int]:
        """Those of `numbers` that are not here."""
        return [number for number in np.setdiff1d(numbers, self.numbers, assume_unique=True).tolist() if number not in self.fresh]

    def bring_up(self, numbers: Array, found: Mapping[int, bytes]) -> bool:
        """Hold exactly `numbers`, which ascend: what is here of them, and what was `found` of the others. Whether these are all.

        What is there of them is kept where some went meanwhile, so that whoever asks again has only those to read that came since: among ten
        thousand documents and several writers a question would never be answered otherwise.
        """
        missing = [number for number in self.missing(numbers) if number not in found]
        if missing:
            numbers = np.setdiff1d(numbers, np.array(missing, np.int64), assume_unique=True)
        if np.array_equal(numbers, self.numbers):
            return not missing
        known = np.isin(numbers, self.numbers, assume_unique=True)
        place = np.searchsorted(self.numbers, numbers)
        ends = np.concatenate([[0], np.cumsum(self.sizes)])
        # what stands side by side goes over in one piece
        breaks = np.flatnonzero((np.diff(place) != 1) | ~known[1:] | ~known[:-1]) + 1
        pieces: list[bytes | memoryview] = []
        sizes = np.zeros(len(numbers), np.int64)
        sizes[known] = self.sizes[place[known]]
        whole = memoryview(self.data)
        for first, behind in pairwise([0, *breaks.tolist(), len(numbers)]):
            if behind > first:
                if known[first]:
                    pieces.append(whole[ends[place[first]] : ends[place[behind - 1] + 1]])
                else:
                    number = int(numbers[first])
                    pieces.append(found[number] if number in found else self.fresh[number])
                    sizes[first] = len(pieces[-1])
        self.numbers, self.sizes, self.data, self.fresh, self.joined = numbers, sizes, b"".join(pieces), {}, None
        return not missing

    def rows(self, state: _State, kind: np.dtype[Any]) -> Rows:
        if self.joined is None or self.joined[0] is not state:
            places = np.searchsorted(state.numbers, self.numbers).astype(np.int32)
            self.joined = state, Rows(np.frombuffer(self.data, kind), np.repeat(places, self.sizes // kind.itemsize), state.numbers)
        return self.joined[1]


class Columns:
    """What one opened store has read so far; shared by its threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: _State | None = None
        self._kept: OrderedDict[tuple[str, int], _Kept] = OrderedDict()
        self._cards: dict[int, Card] = {}
        self._concepts: tuple[int, dict[str, tuple[int, ConceptRef]]] | None = None

    def looking(self, ask: Ask) -> Looking:
        """The columns as of now, for one question."""
        version, live, total, changes = _now(ask)
        with self._lock:
            state = self._state
            if state is None or state.version != version:
                state = self._state = self._next(ask, version, live, total, changes) or self._read(ask, version, live, total)
        return Looking(self, ask, state)

    def _next(self, ask: Ask, version: int, live: int, total: int, changes: Sequence[int] | None) -> _State | None:
        """The state of `version`, made of the one before and what came and went since; none where it is not said what that was."""
        had = self._state
        since = None if had is None else changes_since(changes, had.version, version)
        if had is None or since is None:
            return None
        came = [number for number in since.came if number not in since.gone]
        numbers = _moved(had.numbers, since)
        if not _adds_up(numbers, live, total):
            return None
        # all that was asked for of the others, in one go
        families = [family for family, concept in self._kept if not concept]
        listed = ask(
            f"UNWIND $numbers AS number MATCH (a:Answers {{number: number}}) RETURN a.number, a.card, [{', '.join(f'a.{family}' for family in families)}]",
            numbers=came,
        )
        if len(listed) != len(came) or any(card is None or None in parts for _, card, parts in listed):
            raise Torn("a document went while it was read")
        for at, family in enumerate(families):
            kept = self._kept[family, 0]
            kept.fresh.update((number, parts[at]) for number, _, parts in listed)
            if len(kept.fresh) > _FEW:
                # nobody has asked for it for long
                kept.fresh = {}
        self._cards.update((number, _card.decode(card)) for number, card, _ in listed)
        return self._made(version, numbers, self._family(ask, numbers, "head"))

    def _read(self, ask: Ask, version: int, live: int, total: int) -> _State:
        # the index knows the numbers: no node is looked at
        ((listed,),) = ask("MATCH (a:Answers) WHERE a.number > 0 RETURN collect(a.number)")
        numbers = np.array(sorted(listed), dtype=np.int64)
        if not _adds_up(numbers, live, total):
            # somebody wrote meanwhile; while many write, that is so each time, and what came and went has to be asked for
            before = version
            version, live, total, changes = _now(ask)
            since = changes_since(changes, before, version)
            if since is None:
                raise Torn("more was written meanwhile than is told")
            numbers = _moved(numbers, since)
            if not _adds_up(numbers, live, total):
                raise Torn(f"{len(numbers)} documents answer, {live} should")
        return self._made(version, numbers, self._family(ask, numbers, "head"))

    def _made(self, version: int, numbers: Array, heads: _Kept) -> _State:
        for number in self._cards.keys() - set(numbers.tolist()):
            del self._cards[number]
        self._concepts = None
        return _State(version, numbers, np.frombuffer(heads.data, DTYPES["head"]))

    def _family(self, ask: Ask, numbers: Array, family: str) -> _Kept:
        kept = self._kept.setdefault((family, 0), _Kept())
        self._kept.move_to_end((family, 0))
        missing = kept.missing(numbers)
        if len(missing) > _FEW and not family.startswith("all_"):
            pairs = ask(f"MATCH (a:Answers) RETURN collect([a.number, a.{family}])")
        else:
            pairs = [
                row
                for start in range(0, len(missing), _BATCH)
                for row in ask(
                    f"UNWIND $numbers AS number MATCH (a:Answers {{number: number}}) RETURN collect([a.number, a.{family}])",
                    numbers=missing[start : start + _BATCH],
                )
            ]
        if not kept.bring_up(numbers, _found(pairs)):
            raise Torn(f"a document went while {family} were read")
        return kept

    def _parts(self, ask: Ask, wanted: Mapping[int, Array], part: str) -> None:
        """Rows of concepts, of the documents named with each; what is not here of any of them is fetched in two statements at most."""
        concepts: dict[int, list[int]] = {}
        for concept, numbers in wanted.items():
            kept = self._kept.setdefault((part, concept), _Kept())
            self._kept.move_to_end((part, concept))
            concepts[concept] = kept.missing(numbers)
        many = [concept for concept, missing in concepts.items() if len(missing) > _FEW]
        few = [[number, concept] for concept, missing in concepts.items() if len(missing) <= _FEW for number in missing]
        listed: dict[int, list[Row]] = {concept: [] for concept in concepts}
        if many:
            for concept, rows in ask(
                f"UNWIND $concepts AS concept MATCH (:Concept {{number: concept}})<-[r:ANSWERS_ABOUT]-() RETURN concept, collect([r.number, r.{part}])",
                concepts=many,
            ):
                listed[concept].append((rows,))
        for start in range(0, len(few), _BATCH):
            for concept, rows in ask(
                "UNWIND $pairs AS pair MATCH (a:Answers {number: pair[0]})-[r:ANSWERS_ABOUT]->(c:Concept) WHERE c.number = pair[1]"
                f" RETURN pair[1], collect([r.number, r.{part}])",
                pairs=few[start : start + _BATCH],
            ):
                listed[concept].append((rows,))
        whole = [self._kept[part, concept].bring_up(wanted[concept], _found(listed[concept])) for concept in concepts]
        if not all(whole):
            raise Torn(f"a document went while its {part} were read")

    def _make_room(self) -> None:
        sizes = {key: kept.size for key, kept in self._kept.items()}
        total = sum(sizes.values())
        for key in [key for key in self._kept if key != ("head", 0)]:
            if total <= _MOST_BYTES:
                break
            total -= sizes[key]
            del self._kept[key]


def _now(ask: Ask) -> tuple[int, int, int, Sequence[int] | None]:
    """Version of the graph, how many documents answer, the sum of their numbers, and what came and went with the last versions."""
    rows = ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) RETURN g.version, g.live, g.sum, g.changes")
    if not rows:
        raise TakenAway("the graph was taken away")
    version, live, total, changes = rows[0]
    return version, live, total, changes


def _moved(numbers: Array, since: Changes) -> Array:
    """Numbers of documents after what came and went."""
    return np.setdiff1d(np.union1d(numbers, np.array(since.came, np.int64)), np.array(since.gone, np.int64))


def _adds_up(numbers: Array, live: int, total: int) -> bool:
    """Whether these are the documents of which the graph says how many they are and what their numbers sum up to."""
    return len(numbers) == live and int(numbers.sum()) == total


def _found(pairs: Sequence[Row]) -> dict[int, bytes]:
    return {number: data for (listed,) in pairs for number, data in listed if data is not None}


class Looking:
    """One question's view: statements to ask, and the columns of one state of the graph."""

    def __init__(self, columns: Columns, ask: Ask, state: _State) -> None:
        self.ask, self._columns, self._state = ask, columns, state

    @property
    def version(self) -> int:
        return self._state.version

    @property
    def heads(self) -> Array:
        """One row a document that answers, in the order of their numbers."""
        return self._state.heads

    @property
    def numbers(self) -> Array:
        return self._state.numbers

    @property
    def works(self) -> Array:
        """The work of each document, counted from 0."""
        return self._state.works

    def family(self, family: str) -> Rows:
        """Rows of all documents: `named`, `counts`, `entities`, `all_factors`, `all_links`, `all_about`, `all_ties`."""
        with self._columns._lock:
            kept = self._columns._family(self.ask, self.numbers, family)
            rows = kept.rows(self._state, DTYPES[family])
            self._columns._make_room()
            return rows

    def part(self, concept: int, part: str) -> Rows:
        """Rows of one concept: `factors`, `links`."""
        return self.parts([concept], part)[0]

    def parts(self, concepts: Sequence[int], part: str) -> list[Rows]:
        """Rows of each concept."""
        kept = self._columns._kept
        with self._columns._lock:
            held = [kept.get((part, concept)) for concept in concepts]
            ready = [one.joined[1] for one in held if one and one.joined and one.joined[0] is self._state]
            if len(ready) == len(concepts):
                for concept in concepts:
                    kept.move_to_end((part, concept))
                return ready
        named = self.family("named")
        named = named.where(np.isin(named["concept"], np.array(concepts, np.int64)))
        wanted = {concept: self.numbers[named.at[named["concept"] == concept]] for concept in concepts}
        with self._columns._lock:
            self._columns._parts(self.ask, wanted, part)
            rows = [kept[part, concept].rows(self._state, DTYPES[part]) for concept in concepts]
            self._columns._make_room()
            return rows

    def cards(self) -> dict[int, Card]:
        """Number of a document → its names, for all that answer."""
        columns = self._columns
        with columns._lock:
            missing = [number for number in self.numbers.tolist() if number not in columns._cards]
            for start in range(0, len(missing), 10 * _BATCH):
                ((listed,),) = self.ask(
                    "UNWIND $numbers AS number MATCH (a:Answers {number: number}) RETURN collect([number, a.card])",
                    numbers=missing[start : start + 10 * _BATCH],
                )
                columns._cards.update((number, _card.decode(card)) for number, card in listed if card is not None)
            if any(number not in columns._cards for number in missing):
                raise Torn("a document went while its names were read")
            return dict(columns._cards)

    def concepts(self) -> Mapping[str, tuple[int, ConceptRef]]:
        """Id → number and names, of every concept that a document names."""
        columns = self._columns
        with columns._lock:
            if columns._concepts is None or columns._concepts[0] != self.version:
                rows = self.ask("MATCH (c:Concept) WHERE c.documents > 0 RETURN collect([c.number, c.id, c.name, c.english])")
                found = {key: (number, ConceptRef(id=key, name=name, english=english)) for number, key, name, english in rows[0][0]}
                columns._concepts = self.version, found
            return columns._concepts[1]

    def numbers_of(self, keys: Iterable[str]) -> list[int]:
        """Numbers of those concepts that any document names."""
        known = self.concepts()
        return [known[key][0] for key in keys if key in known]

    def refs(self) -> dict[int, ConceptRef]:
        """Number → names."""
        return self.once("refs", lambda: dict(self.concepts().values()))

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, reckoned once for this state; two threads may do so at the same time, to the same end."""
        made: dict[str, Any] = self._state.made
        if name not in made:
            made[name] = make()
        found: Made = made[name]
        return found

    def column(self, rows: Rows, name: str) -> Array:
        """A property of the document of each row."""
        column: Array = self.heads[name][rows.at]
        return column
