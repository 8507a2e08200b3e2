"""TOML files of concepts → checked records. A fault costs one line of report and, at most, the concept that it stands in.

A file is one domain: top keys `domain` (and `kind`, `dim` as defaults), then one table a concept whose name is the concept's id.
The file is read a table at a time, so that every fault is named with its own line and a broken table leaves the others whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from corpus.concepts._fold import key
from corpus.concepts._record import Concept, Trouble

_HEADER = re.compile(r"^\[([^\[\]]*)\][ \t]*(?:#.*)?$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_FIELDS = frozenset(Concept.__struct_fields__) - {"id"}
_LISTS = ("names", "english", "near", "broader", "narrower", "related", "asked", "examples")
_TOP = frozenset({"domain", "kind", "dim", "title"})


@dataclass(slots=True)
class Loaded:
    """What was read: concepts by id in the order of the files, their places, and what was wrong."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: list[Trouble] = field(default_factory=list)

    def trouble(self, file: str, line: int, message: str) -> None:
        self.problems.append(Trouble(file=file, line=line, message=message))


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of one TOML table and the number of its first line."""

    name: str | None
    line: int
    text: str


def packaged() -> Traversable:
    """Folder of the register that comes with the product."""
    return files("corpus.concepts").joinpath("register")


def _tables(text: str) -> Iterator[_Table]:
    lines = text.split("\n")
    begin, name = 0, None
    for number, line in enumerate(lines):
        header = _HEADER.match(line.rstrip("\r"))
        if header:
            yield _Table(name, begin + 1, "\n".join(lines[begin:number]))
            begin, name = number, header.group(1).strip().strip("\"'")
    yield _Table(name, begin + 1, "\n".join(lines[begin:]))


def read_files(paths: Iterable[Traversable | Path], loaded: Loaded) -> Loaded:
    """`loaded` with the concepts of `paths`; a concept of an id that an earlier *folder* held is to be taken out of it beforehand."""
    for path in paths:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            loaded.trouble(path.name, 1, f"cannot be read ({error.strerror or error}); check the file and its rights")
            continue
        except UnicodeDecodeError as error:
            loaded.trouble(path.name, 1, f"is no UTF-8 text (byte {error.start}); save it as UTF-8")
            continue
        _read_text(path.name, text, loaded)
    return loaded


def _read_text(file: str, text: str, loaded: Loaded) -> None:
    top: dict[str, Any] = {}
    for table in _tables(text):
        if table.name is not None and not _SLUG.fullmatch(table.name):
            loaded.trouble(file, table.line, f"[{table.name}]: an id is made of a-z, 0-9 and '-' between them, like [data-silos]; the concept is left out")
            continue
        try:
            data = tomllib.loads(table.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            at = _PLACE.search(str(error))
            line = table.line + (int(at.group(1)) - 1 if at and at.group(1) else 0)
            name = f"[{table.name}]: " if table.name else ""
            loaded.trouble(file, line, f"{name}bad TOML ({_PLACE.sub('', str(error)).lower()}); the table is left out")
            continue
        if table.name is None:
            top = data
            for name in sorted(set(data) - _TOP):
                loaded.trouble(file, _line_of(table, name), f"unknown key {name!r} at the top; known are {', '.join(sorted(_TOP))}")
            continue
        inner = data[table.name]
        _read_concept(file, table, {**{k: top[k] for k in ("domain", "kind", "dim") if k in top}, **inner}, loaded)


def _line_of(table: _Table, name: str) -> int:
    for number, line in enumerate(table.text.split("\n")):
        if re.match(rf"\s*{re.escape(name)}\s*=", line):
            return table.line + number
    return table.line


def _read_concept(file: str, table: _Table, data: dict[str, Any], loaded: Loaded) -> None:
    assert table.name is not None
    identity = table.name
    for name in sorted(set(data) - _FIELDS):
        loaded.trouble(file, _line_of(table, name), f"[{identity}]: unknown field {name!r} is passed over; known are {', '.join(sorted(_FIELDS))}")
        del data[name]
    for name in _LISTS:
        values = data.get(name)
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            kept = list(dict.fromkeys(value.strip() for value in values if value.strip()))
            if len(kept) != len(values):
                loaded.trouble(file, _line_of(table, name), f"[{identity}]: {name} holds an empty or a repeated entry; it is used once")
            data[name] = kept
    try:
        concept = msgspec.convert({**data, "names": data.get("names", []), "id": identity}, Concept)
    except msgspec.ValidationError as error:
        wrong = re.search(r"\$\.([a-z]+)", str(error))
        line = _line_of(table, wrong.group(1)) if wrong else table.line
        loaded.trouble(file, line, f"[{identity}]: {str(error).lower()}; the concept is left out")
        return
    if not concept.names and not concept.english:
        loaded.trouble(file, table.line, f'[{identity}]: has no name; give names = ["…"] or english = ["…"]; the concept is left out')
        return
    if identity in loaded.concepts:
        where = loaded.places[identity]
        loaded.trouble(file, table.line, f"[{identity}]: this id is taken by {where[0]}:{where[1]}; the second one is left out")
        return
    loaded.concepts[identity] = concept
    loaded.places[identity] = (file, table.line)


def drop_taken_names(loaded: Loaded) -> None:
    """Take a name from the concept that claims it second, and say so: one name, one concept."""
    owner: dict[str, str] = {}
    for identity, concept in list(loaded.concepts.items()):
        kept: dict[str, tuple[str, ...]] = {}
        for part in ("names", "english"):
            free: list[str] = []
            for name in getattr(concept, part):
                folded = key(name)
                first = owner.setdefault(folded, identity)
                if first == identity:
                    free.append(name)
                    continue
                file, line = loaded.places[identity]
                where = loaded.places[first]
                loaded.trouble(file, line, f"[{identity}]: {name!r} is a name of [{first}] already ({where[0]}:{where[1]}); it stays there")
            kept[part] = tuple(free)
        if not kept["names"] and not kept["english"]:
            del loaded.concepts[identity]
            continue
        loaded.concepts[identity] = msgspec.structs.replace(concept, **kept)


def drop_loose_relations(loaded: Loaded) -> None:
    """Take out relations to concepts that do not exist, to the concept itself, and those that close a circle of broader concepts."""
    for identity, concept in list(loaded.concepts.items()):
        kept: dict[str, tuple[str, ...]] = {}
        for part in ("broader", "narrower", "related"):
            good = []
            for other in getattr(concept, part):
                if other in loaded.concepts and other != identity:
                    good.append(other)
                    continue
                file, line = loaded.places[identity]
                reason = "itself" if other == identity else "a concept that the register does not hold"
                loaded.trouble(file, line, f"[{identity}]: {part} names {other!r}, {reason}; it is passed over")
            kept[part] = tuple(good)
        loaded.concepts[identity] = msgspec.structs.replace(concept, **kept)
    _break_circles(loaded)


def _break_circles(loaded: Loaded) -> None:
    """Walk upwards from every concept; an edge that leads back into the walk is taken out (three colours, no recursion)."""
    up: dict[str, list[str]] = {identity: list(concept.broader) for identity, concept in loaded.concepts.items()}
    for identity, concept in loaded.concepts.items():
        for lower in concept.narrower:
            if identity not in up[lower]:
                up[lower].append(identity)
    done: set[str] = set()
    for root in up:
        path: list[str] = []
        on_path: set[str] = set()
        work: list[tuple[str, bool]] = [(root, False)]
        while work:
            node, leaving = work.pop()
            if leaving:
                path.pop()
                on_path.discard(node)
                done.add(node)
                continue
            if node in done or node in on_path:
                continue
            path.append(node)
            on_path.add(node)
            work.append((node, True))
            for above in up[node]:
                if above in on_path:
                    circle = " → ".join([*path[path.index(above) :], above])
                    file, line = loaded.places[node]
                    loaded.trouble(file, line, f"[{node}]: broader concepts run in a circle ({circle}); {node} → {above} is passed over")
                    loaded.concepts[node] = _without(loaded.concepts[node], "broader", above)
                    loaded.concepts[above] = _without(loaded.concepts[above], "narrower", node)
                elif above not in done:
                    work.append((above, False))


def _without(concept: Concept, part: str, other: str) -> Concept:
    return msgspec.structs.replace(concept, **{part: tuple(value for value in getattr(concept, part) if value != other)})
