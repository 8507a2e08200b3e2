"""What an editor should mend in the register: asymmetric relations, circles, names of two concepts, empty concepts, near misses that match.

Each finding is one line with file and line. What `load` passes over is among them, so that one command says all.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.concepts._fold import is_han, key
from corpus.concepts._record import Concept, Trouble
from corpus.concepts._register import Register

_SHORTEST_LATIN = 2


def check(register: Register) -> tuple[Trouble, ...]:
    """All findings, by file and line; none means that the register is sound."""
    found = [*register.problems]
    for concept in register:
        file, line = register.place(concept.id)
        found += [Trouble(file=file, line=line, message=f"[{concept.id}]: {message}") for message in _faults(register, concept)]
    return tuple(sorted(found, key=_place))


def _place(trouble: Trouble) -> tuple[str, int, str]:
    return trouble.file, trouble.line, trouble.message


def _faults(register: Register, concept: Concept) -> Iterator[str]:
    yield from _asymmetric(register, concept)
    yield from _empty(concept)
    yield from _near(register, concept)
    yield from _names(register, concept)


def _asymmetric(register: Register, concept: Concept) -> Iterator[str]:
    for part, back in (("broader", "narrower"), ("narrower", "broader"), ("related", "related")):
        for other in getattr(concept, part):
            there = register.get(other)
            if there is not None and concept.id not in getattr(there, back):
                yield f"{part} names [{other}], which does not name it back; add {concept.id!r} to its {back}"
    for other in set(concept.broader) & set(concept.related):
        yield f"[{other}] is both broader and related; keep one"


def _empty(concept: Concept) -> Iterator[str]:
    if not concept.definition:
        yield "has no definition; write one sentence in your own words"
    if not concept.english:
        yield "has no English name"
    if not concept.names:
        yield "has no Chinese name"


def _near(register: Register, concept: Concept) -> Iterator[str]:
    own = {key(name) for name in (*concept.names, *concept.english)}
    for name in concept.near:
        if key(name) in own:
            yield f"near miss {name!r} is one of its own names"
        elif register.identify(name) == concept.id:
            yield f"near miss {name!r} is understood as the concept itself"
        elif any(match.concept == concept.id and match.end - match.start == len(name) for match in register.find(name)):
            yield f"near miss {name!r} is found as the concept itself"


def _names(register: Register, concept: Concept) -> Iterator[str]:
    for name in (*concept.names, *concept.english):
        if len(key(name)) < _SHORTEST_LATIN or (len(name) == 1 and is_han(name)):
            yield f"name {name!r} is too short to be told from other words"
        elif register.identify(name) != concept.id:
            yield f"name {name!r} is understood as [{register.identify(name)}]"
        elif not any(match.concept == concept.id for match in register.find(name)):
            found = ", ".join(sorted({match.concept for match in register.find(name)})) or "nothing"
            yield f"name {name!r} is not found in a text that holds it ({found} is)"
