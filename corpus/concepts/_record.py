"""Records of the register: a concept with its names, a match in a text, an answer to "which concept is meant?".

Frozen, and empty of behaviour beyond what the fields say. Offsets are half-open `[start, end)` in code points of the text given.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Dim = Literal["idea", "structure", "institution", "mechanism", "technology", "data", "talent", "security", "finance", "service", "participation"]
Kind = Literal["concept", "technology", "case", "policy", "office"]
State = Literal["lack", "weak", "hard", "missing", "unclear", "uneven", "conflict", "excess", "cut", "split", "bad", "loss"]
MatchHow = Literal["name", "pattern", "head"]
ResolveHow = Literal["name", "script", "order", "inflection", "containment", "acronym", "short form", "typo", "pattern", "wording", "meaning"]


class Problem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A concept of the form X + deficiency word: `{of = ["人才"], state = ["lack"]}` is named by 人才不足, 缺乏人才, 专业人才匮乏."""

    of: tuple[str, ...] = ()
    """what is lacking, weak, split …: the head words"""
    state: tuple[State, ...] = ()
    """classes of deficiency words, from `states.toml`"""
    alone: tuple[str, ...] = ()
    """heads that suffice by themselves in a text that states a problem: 监管真空 for 监管不足"""


class Concept(msgspec.Struct, frozen=True, kw_only=True):
    """A canonical concept with its names; relations are ids, in the sense of SKOS (broader, narrower, related)."""

    id: str
    """ASCII slug of the English name, stable: `data-silos`"""
    names: tuple[str, ...]
    """Chinese names, the canonical one first: simplified, Taiwan wordings, short forms"""
    english: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    """names that are **not** it: 数据壁垒 is no name of 数据孤岛"""
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    kind: Kind = "concept"
    dim: Dim | None = None
    domain: str = ""
    definition: str = ""
    asked: tuple[str, ...] = ()
    """how people put it who do not know the name: 部门之间数据不通"""
    examples: tuple[str, ...] = ()
    problem: tuple[Problem, ...] = ()
    """forms by which a problem is named beside its names"""

    @property
    def name(self) -> str:
        """The canonical name: the first Chinese one, else the first English one."""
        return self.names[0] if self.names else self.english[0]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """`text[start:end]` names `concept`; `name` is the name of the register, or the head word, by which it was found."""

    start: int
    end: int
    concept: str
    name: str
    how: MatchHow = "name"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A concept that a question may mean: why, by which name, and how sure (0 to 1; comparable within one resolution only)."""

    concept: str
    how: ResolveHow
    name: str
    score: float


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """What a question means. `concept` is none where the best candidate is a guess by wording or meaning: offer the candidates then."""

    question: str
    concept: str | None = None
    """the one to answer with: the first candidate, if a rule found it that does not guess"""
    candidates: tuple[Candidate, ...] = ()
    """at most three, best first; those found by `wording` and `meaning` are suggestions, to be offered and not answered"""
    words: tuple[str, ...] = ()
    """content of the question without its question words, for a plain text search where no concept is meant"""


class Relatives(msgspec.Struct, frozen=True, kw_only=True):
    """Ids around a concept, for the tiers of an answer: narrower (all levels down), related, and concepts among its near misses."""

    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something of the register that an editor should mend, with its place: `data.toml:12`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"
