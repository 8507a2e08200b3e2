"""Statements: everything that the pipeline says of one document, in the form of the contract (`statements/*.json`).

Field names are those of the JSON file. Offsets are half-open `[start, end)` in code points of `clean_text`;
`raw` places are offsets into the source text. Everywhere `clean_text[start:end] == text`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

import msgspec

SCHEMA = 1

FactorType = Literal["driver", "dilemma", "countermeasure", "goal"]
LinkType = Literal["addressed_by", "caused_by", "achieves", "drives", "part_of", "limited_by"]
Basis = Literal["stated", "aligned"]
Role = Literal["title", "abstract", "keywords", "heading", "body", "byline", "references", "foreign", "noise"]
Zone = Literal["introduction", "literature", "framework", "driver", "goal", "practice", "dilemma", "countermeasure", "case", "conclusion", "other"]
Dim = Literal["idea", "structure", "institution", "mechanism", "technology", "data", "talent", "security", "finance", "service", "participation"]
Force = Literal["mandated", "advised", "encouraged", "piloted", "reported", "planned", "failed"]
Voice = Literal["own", "scholar", "policy", "speech", "other"]
ActorType = Literal["government", "office_holder", "enterprise", "public", "society"]
EntityType = Literal["government", "office_holder", "enterprise", "public", "society", "scholar", "place", "policy", "case", "technology", "concept"]
DocumentKind = Literal["academic", "official", "law", "report", "news", "essay", "other"]
Level = Literal["central", "ministry", "province", "city", "county", "township", "party", "people's congress", "court", "other"]

FACTOR_TYPES: tuple[FactorType, ...] = ("driver", "dilemma", "countermeasure", "goal")
ACTOR_TYPES: tuple[ActorType, ...] = ("government", "office_holder", "enterprise", "public", "society")
KEPT_ROLES: tuple[Role, ...] = ("title", "abstract", "keywords", "heading", "body")

Place = tuple[int, int]


def content_id(prefix: str, *parts: object) -> str:
    """Id made of the content alone, so that a second run writes the same graph: `content_id("f", "数据孤岛", 4)` → `f…` and 12 digits."""
    return prefix + sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all statement records."""


class DocumentDate(Record, frozen=True, kw_only=True):
    value: str
    """ISO with the precision that the text has: `2018`, `2018-05`, `2018-05-30`"""
    precision: Literal["year", "month", "day"]
    kind: Literal["written", "published", "in_force"]


class Issuer(Record, frozen=True, kw_only=True):
    name: str
    level: Level


class NamedPlace(Record, frozen=True, kw_only=True):
    name: str
    code: str | None = None
    """GB/T 2260 code, or none"""


class Citation(Record, frozen=True, kw_only=True):
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    url: str | None = None
    article: str | None = None
    """文章编号 of a Chinese journal, as it stands"""


class Warning(Record, frozen=True, kw_only=True):
    code: str
    message: str


class DocumentInfo(Record, frozen=True, kw_only=True):
    """What the document says of itself. A field that the text does not give is absent, never guessed."""

    id: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    date: DocumentDate | None = None
    dates: tuple[DocumentDate, ...] = ()
    """all dates of the document itself; `date` is the one to sort by"""
    outlet: str | None = None
    source: str | None = None
    kind: DocumentKind = "other"
    number: str | None = None
    issuers: tuple[Issuer, ...] = ()
    recipients: tuple[str, ...] = ()
    in_force: str | None = None
    expires: str | None = None
    basis: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    """titles of the texts that it repeals"""
    licence: str | None = None
    places: tuple[NamedPlace, ...] = ()
    citation: Citation = Citation()
    keywords: tuple[str, ...] = ()
    script: Literal["hans", "hant", "mixed"] = "hans"
    encoding: str = "utf-8"
    sha256: str = ""
    warnings: tuple[Warning, ...] = ()
    read_from: dict[str, Place] = {}
    """field → place in the source text that it was read from; (0, 0) for what only the container says (a `<meta>`, a script)"""


class Repair(Record, frozen=True, kw_only=True):
    kind: str
    raw: Place
    text: str
    """what the stretch became; empty where it was dropped"""
    certain: bool = True


class Block(Record, frozen=True, kw_only=True):
    """A heading or paragraph. `start` and `end` are none for what is left out of `clean_text`; `reason` then says why."""

    id: str
    text: str
    start: int | None
    end: int | None
    raw: Place
    role: Role
    reason: str | None = None
    level: int | None = None
    zone: Zone | None = None
    number: str | None = None

    @property
    def kept(self) -> bool:
        return self.start is not None


class Sentence(Record, frozen=True, kw_only=True):
    id: str
    start: int
    end: int
    block: str


class RunnerUp(Record, frozen=True, kw_only=True):
    type: FactorType | Literal["none"]
    confidence: float


class Factor(Record, frozen=True, kw_only=True):
    id: str
    type: FactorType
    text: str
    sentence: str
    start: int
    end: int
    scope: Literal["heading", "clause"]
    dim: Dim | None = None
    force: Force | None = None
    voice: Voice = "own"
    where: tuple[str, ...] = ()
    when: str | None = None
    confidence: float
    runner_up: RunnerUp | None = None
    author: str

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"factor {self.id}: [{self.start}, {self.end}) is not as long as {self.text!r}")


class Link(msgspec.Struct, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    id: str
    type: LinkType
    source: str
    """id of the factor it leads from (JSON: `from`)"""
    target: str
    """id of the factor it leads to (JSON: `to`)"""
    basis: Basis
    confidence: float
    evidence: tuple[Place, ...]
    author: str


class Entity(Record, frozen=True, kw_only=True):
    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Place, ...] = ()
    confidence: float
    author: str


class Act(Record, frozen=True, kw_only=True):
    id: str
    actor: str
    factor: str
    type: Literal["takes", "faces"]
    role: Literal["lead", "join", "carry_out", "supervise", "appraise"] | None = None
    evidence: tuple[Place, ...]
    confidence: float
    author: str


class Reference(Record, frozen=True, kw_only=True):
    text: str
    raw: Place


class Run(Record, frozen=True, kw_only=True):
    pipeline: str
    components: tuple[str, ...]
    model: str | None = None


class Statements(msgspec.Struct, frozen=True, kw_only=True):
    """One document, read: the whole of what the graph may load."""

    schema: int = SCHEMA
    document: DocumentInfo
    clean_text: str
    repairs: tuple[Repair, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    factors: tuple[Factor, ...] = ()
    links: tuple[Link, ...] = ()
    entities: tuple[Entity, ...] = ()
    acts: tuple[Act, ...] = ()
    references: tuple[Reference, ...] = ()
    run: Run


def to_json(statements: Statements) -> bytes:
    """The statement file: UTF-8, indented, same input → same bytes."""
    return msgspec.json.format(msgspec.json.encode(statements), indent=1) + b"\n"


def from_json(data: bytes) -> Statements:
    """Statements from a file that `to_json` wrote.

    Raises:
        msgspec.ValidationError: the file does not follow the contract; the message names the field.
    """
    return msgspec.json.decode(data, type=Statements)
