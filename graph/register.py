"""What the graph needs of the concept register: four questions, which `corpus.concepts.Register` answers.

Protocols alone, so that tests and other registers can stand in. Offsets are half-open, in code points of the text given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

__all__ = ["Concepts", "Meanings", "NamedConcept", "NamedStretch", "Relatives"]


class NamedStretch(Protocol):
    """`text[start:end]` names `concept`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def concept(self) -> str: ...


class NamedConcept(Protocol):
    """A concept as answers name it."""

    @property
    def id(self) -> str: ...
    @property
    def names(self) -> Sequence[str]: ...
    @property
    def english(self) -> Sequence[str]: ...


class Relatives(Protocol):
    """Ids of the concepts around one: what is below it, what is beside it, and what is often taken for it but is not."""

    @property
    def narrower(self) -> Sequence[str]: ...
    @property
    def related(self) -> Sequence[str]: ...
    @property
    def near(self) -> Sequence[str]: ...


class Meanings(Protocol):
    """What a question means."""

    @property
    def concept(self) -> str | None:
        """The concept to answer with; none where the register does not know or could only guess."""
        ...


class Concepts(Protocol):
    """The register, as far as the graph looks into it."""

    def find(self, text: str, *, problem: bool = False) -> Iterable[NamedStretch]:
        """Places of `text` that name a concept, in order: 打破**数据孤岛** → data-silos. `problem`: the text states a problem."""
        ...

    def relatives(self, identity: str, /) -> Relatives:
        """What stands around a concept; empty where there is nothing."""
        ...

    def get(self, identity: str, /) -> NamedConcept | None:
        """The concept of that id, or none."""
        ...

    def resolve(self, question: str, /) -> Meanings:
        """Which concept a question means."""
        ...
