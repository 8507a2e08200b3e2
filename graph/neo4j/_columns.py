"""Rows that the server keeps, read once and kept as columns, for as long as their documents answer.

What is kept of a document never changes: a document that is put in again has another number. So after a write only what is new is
fetched. Whether what was read is one state of the graph is not left to chance: the numbers of the documents have to add up to what
`ZhengmaiGraph` says, and a concept's rows have to come from exactly the documents that name it; else the question is asked again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph._codes import BITS
from graph.neo4j._connect import Ask, TakenAway, Torn
from graph.neo4j._prepared import DTYPES
from graph.records import ConceptRef

__all__ = ["Card", "Columns", "Looking", "Rows"]

_MOST_BYTES = 256 * 2**20
"""of rows that are kept; what was not asked for longest goes first"""
_FEW = 200
"""documents that are fetched one by one; more by a walk over all"""
_BATCH = 1_000

Array = NDArray[Any]


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
    """Rows of many documents: `at` is the place of each row's document in the columns of documents, `base` what makes its places ids."""

    rows: Array
    at: Array
    base: Array

    def __getitem__(self, name: str) -> Array:
        column: Array = self.rows[name]
        return column

    def ids(self, name: str) -> Array:
        """Ids of factors or sentences, from their places in the document."""
        ids: Array = self.base | self.rows[name].astype(np.int64)
        return ids

    def where(self, picked: Array) -> Rows:
        """Rows by a mask, or by their places in the order wanted."""
        return Rows(self.rows[picked], self.at[picked], self.base[picked])

    @staticmethod
    def join(parts: Sequence[Rows]) -> Rows:
        """All rows of the parts, one part after the other."""
        return Rows(*(np.concatenate(columns) for columns in zip(*((part.rows, part.at, part.base) for part in parts), strict=True)))

    def __len__(self) -> int:
        return len(self.rows)


class _State(NamedTuple):
    version: int
    numbers: Array
    heads: Array


class _Kept:
    """Document → bytes of one family, or of one part of a concept."""

    def __init__(self) -> None:
        self.held: dict[int, bytes] = {}
        self.joined: tuple[int, Rows] | None = None

    @property
    def size(self) -> int:
        # joined once more as columns
        return 2 * sum(map(len, self.held.values())) + 64 * len(self.held)


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
        rows = ask("MATCH (g:ZhengmaiGraph {name: 'graph'}) RETURN g.version, g.live, g.sum")
        if not rows:
            raise TakenAway("the graph was taken away")
        version, live, total = rows[0]
        with self._lock:
            state = self._state
            if state is None or state.version != version:
                state = self._state = self._read_state(ask, version, live, total)
        return Looking(self, ask, state)

    def _read_state(self, ask: Ask, version: int, live: int, total: int) -> _State:
        ((found,),) = ask("MATCH (a:Answers) RETURN collect(a.number)")
        numbers = np.array(sorted(found), dtype=np.int64)
        if len(numbers) != live or int(numbers.sum()) != total:
            raise Torn(f"{len(numbers)} documents answer, {live} should")
        heads = self._family(ask, numbers, "head")
        state = _State(version, numbers, np.frombuffer(b"".join(heads.held[number] for number in numbers.tolist()), DTYPES["head"]))
        gone = self._cards.keys() - set(found)
        for number in gone:
            del self._cards[number]
        self._concepts = None
        return state

    def _family(self, ask: Ask, numbers: Array, family: str) -> _Kept:
        kept = self._kept.setdefault((family, 0), _Kept())
        self._kept.move_to_end((family, 0))
        wanted = numbers.tolist()
        for number in kept.held.keys() - set(wanted):
            del kept.held[number]
        missing = [number for number in wanted if number not in kept.held]
        big = family.startswith("all_")
        if len(missing) > _FEW and not big:
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
        for (listed,) in pairs:
            kept.held.update((number, data) for number, data in listed if data is not None)
        if any(number not in kept.held for number in missing):
            raise Torn(f"a document went while its {family} were read")
        return kept

    def _part(self, ask: Ask, expected: Sequence[int], concept: int, part: str) -> _Kept:
        kept = self._kept.setdefault((part, concept), _Kept())
        self._kept.move_to_end((part, concept))
        missing = [number for number in expected if number not in kept.held]
        if len(missing) > _FEW:
            pairs = ask(f"MATCH (:Concept {{number: $concept}})<-[r:ANSWERS_ABOUT]-() RETURN collect([r.number, r.{part}])", concept=concept)
        elif missing:
            pairs = ask(
                "UNWIND $numbers AS number MATCH (a:Answers {number: number})-[r:ANSWERS_ABOUT]->(c:Concept) WHERE c.number = $concept"
                f" RETURN collect([r.number, r.{part}])",
                numbers=missing,
                concept=concept,
            )
        else:
            pairs = []
        found: dict[int, bytes] = {}
        for (listed,) in pairs:
            found.update((number, data) for number, data in listed if data is not None)
        if any(number not in found for number in missing):
            raise Torn(f"a document went while its {part} were read")
        kept.held = {number: kept.held[number] if number in kept.held else found[number] for number in expected}
        return kept

    def _make_room(self) -> None:
        sizes = {key: kept.size for key, kept in self._kept.items()}
        total = sum(sizes.values())
        while total > _MOST_BYTES and len(self._kept) > 2:
            key = next(iter(self._kept))
            total -= sizes[key]
            del self._kept[key]


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

    def family(self, family: str) -> Rows:
        """Rows of all documents: `named`, `counts`, `entities`, `all_factors`, `all_links`, `all_about`, `all_ties`."""
        with self._columns._lock:
            kept = self._columns._kept.get((family, 0))
            if kept is None or not kept.joined or kept.joined[0] != self.version:
                kept = self._columns._family(self.ask, self.numbers, family)
            return self._joined(kept, family, self.numbers)

    def part(self, concept: int, part: str) -> Rows:
        """Rows of one concept: `factors`, `links`, `ties`."""
        with self._columns._lock:
            held = self._columns._kept.get((part, concept))
            if held is not None and held.joined and held.joined[0] == self.version:
                self._columns._kept.move_to_end((part, concept))
                return held.joined[1]
        named = self.family("named")
        at = named.at[named["concept"] == concept]
        numbers = self.numbers[at]
        with self._columns._lock:
            kept = self._columns._part(self.ask, numbers.tolist(), concept, part)
            return self._joined(kept, part, numbers)

    def _joined(self, kept: _Kept, family: str, numbers: Array) -> Rows:
        if kept.joined is None or kept.joined[0] != self.version:
            kind = DTYPES[family]
            parts = [kept.held[number] for number in numbers.tolist()]
            counts = np.array([len(part) // kind.itemsize for part in parts], dtype=np.int64)
            at = np.repeat(np.searchsorted(self.numbers, numbers), counts)
            kept.joined = self.version, Rows(np.frombuffer(b"".join(parts), kind), at, np.repeat(numbers << BITS, counts))
            self._columns._make_room()
        return kept.joined[1]

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
        return dict(self.concepts().values())

    def column(self, rows: Rows, name: str) -> Array:
        """A property of the document of each row."""
        column: Array = self.heads[name][rows.at]
        return column
