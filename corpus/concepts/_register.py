"""The register: every concept with its names, how texts are searched for them, how questions are understood."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import msgspec

from corpus.concepts._fold import key, version
from corpus.concepts._load import Loaded, drop_loose_relations, drop_taken_names, packaged, read_files
from corpus.concepts._match import Matcher
from corpus.concepts._record import Concept, Match, Relatives, Resolution, Trouble
from corpus.concepts._resolve import Resolver
from corpus.concepts._states import lexicon


class Register:
    """Concepts by id, read-only. Built by `load`; the same files give the same register, byte for byte.

    `problems` says what of the files was passed over, one line each with file and line number.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._concepts = dict(sorted(loaded.concepts.items()))
        self._places = dict(loaded.places)
        self.problems: tuple[Trouble, ...] = tuple(sorted(loaded.problems, key=lambda t: (t.file, t.line, t.message)))

    def __len__(self) -> int:
        return len(self._concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def __contains__(self, identity: object) -> bool:
        return identity in self._concepts

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, by id."""
        return tuple(self._concepts.values())

    @cached_property
    def digest(self) -> str:
        """Hash of all concepts, of the folding behind their names and of the deficiency words: what the graph was joined with."""
        return sha256(version().encode() + lexicon() + msgspec.json.encode(self.concepts)).hexdigest()[:16]

    def get(self, identity: str) -> Concept | None:
        """The concept of that id, or none."""
        return self._concepts.get(identity)

    def place(self, identity: str) -> tuple[str, int]:
        """File and line in which the concept stands.

        Raises:
            KeyError: no concept has that id.
        """
        return self._places[identity]

    def named(self, name: str) -> Concept | None:
        """The concept that bears exactly this name (width, script, letter case, number and signs folded), or none."""
        identity = self._names.get(key(name))
        return self._concepts[identity] if identity else None

    def find(self, text: str, *, problem: bool = False) -> tuple[Match, ...]:
        """Names of concepts in `text`, longest first chosen, in order of place: `text[m.start:m.end]` names `m.concept`.

        `problem`: the text is itself the statement of a problem (a dilemma's words). Then a head word of a problem concept is enough
        (监管真空 for 监管不足). Without it a head counts only with a deficiency word beside it (人才储备不足 for 人才短缺).
        """
        return self._matcher.find(text, problem=problem)

    def resolve(self, question: str) -> Resolution:
        """Which concept is meant by what somebody typed: at most three candidates, best first, each with how it was found."""
        return self._resolver.resolve(question)

    def identify(self, name: str) -> str | None:
        """Id of the one concept that a *name* (no question) stands for, by rules that never guess: script, Taiwan wording, word
        order, number of English nouns, acronym; none where the register does not know it.
        """
        found = self._resolver.identify(name)
        return found.concept if found else None

    def same(self, first: str, second: str) -> bool:
        """Whether two names are names of one concept: both known and one, or the same characters once folded."""
        left, right = self.identify(first), self.identify(second)
        if left is None and right is None:
            return key(first) == key(second)
        return left == right

    def relatives(self, identity: str) -> Relatives:
        """Ids around a concept for the tiers of an answer, sorted; empty where the register does not hold it."""
        concept = self._concepts.get(identity)
        if concept is None:
            return Relatives()
        down: dict[str, None] = {}
        work = [identity]
        while work:
            for other in self._down.get(work.pop(), ()):
                if other != identity and other not in down:
                    down[other] = None
                    work.append(other)
        missed = (self.named(name) for name in concept.near)
        near = {other.id for other in missed if other is not None and other.id != identity}
        near |= self._near_of.get(identity, set())
        related = self._beside.get(identity, set())
        return Relatives(
            narrower=tuple(sorted(down)),
            related=tuple(sorted(related - set(down))),
            near=tuple(sorted(near - set(down) - related)),
            broader=tuple(sorted(self._up.get(identity, ()))),
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for concept in self._concepts.values():
            for name in (*concept.names, *concept.english):
                names.setdefault(key(name), concept.id)
        return names

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._concepts.values())

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.concepts, self._matcher)

    @cached_property
    def _down(self) -> dict[str, set[str]]:
        down: dict[str, set[str]] = {}
        for concept in self._concepts.values():
            down.setdefault(concept.id, set()).update(concept.narrower)
            for above in concept.broader:
                down.setdefault(above, set()).add(concept.id)
        return down

    @cached_property
    def _up(self) -> dict[str, set[str]]:
        up: dict[str, set[str]] = {}
        for above, lower in self._down.items():
            for identity in lower:
                up.setdefault(identity, set()).add(above)
        return up

    @cached_property
    def _beside(self) -> dict[str, set[str]]:
        beside: dict[str, set[str]] = {}
        for concept in self._concepts.values():
            for other in concept.related:
                beside.setdefault(concept.id, set()).add(other)
                beside.setdefault(other, set()).add(concept.id)
        return beside

    @cached_property
    def _near_of(self) -> dict[str, set[str]]:
        """Concepts that count this one's name among their near misses."""
        near: dict[str, set[str]] = {}
        for concept in self._concepts.values():
            for name in concept.near:
                other = self._names.get(key(name))
                if other and other != concept.id:
                    near.setdefault(other, set()).add(concept.id)
        return near


@lru_cache(maxsize=1)
def _packaged() -> Loaded:
    """The packaged files, read once in a process; to be copied, never changed."""
    return read_files(sorted((f for f in packaged().iterdir() if f.name.endswith(".toml")), key=lambda f: f.name), Loaded())


def load(*folders: Path | str) -> Register:
    """The packaged register with the `*.toml` files of `folders` over it: a concept of the same id replaces the one before.

    A folder that does not exist adds nothing. What is wrong in a file costs a line in `register.problems`; the rest is used.
    """
    base = _packaged()
    loaded = Loaded(dict(base.concepts), dict(base.places), list(base.problems))
    for folder in folders:
        over = Loaded()
        path = Path(folder)
        read_files(sorted(path.glob("*.toml")) if path.is_dir() else (), over)
        for identity, concept in over.concepts.items():
            # taken out first so that it stands last: a name that both claim then stays with the packaged concept it was in
            loaded.concepts.pop(identity, None)
            loaded.concepts[identity] = concept
        loaded.places.update(over.places)
        loaded.problems.extend(over.problems)
    drop_taken_names(loaded)
    drop_loose_relations(loaded)
    return Register(loaded)
