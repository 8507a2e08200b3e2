"""Records of the corpus: what a reader found in a file, what the catalogue keeps, what people decided.

Frozen and checked when built. Offsets are half-open `[start, end)` in code points of the text they name.
Nothing here reads a file or knows how statements are extracted.
"""

from __future__ import annotations

from typing import Literal

import msgspec

DecisionKind = Literal["accept", "reject", "undo", "report", "answer"]
"""`report`: a reader says that something is wrong, which changes nothing by itself; `answer`: what an editor said to a report"""
TargetKind = Literal["factor", "link", "concept", "place"]
"""`concept`: that a factor is about a concept of the register; `place`: words alone, whatever stands or fails to stand there, only reports are about these"""
Verdict = Literal["accept", "reject", "dismiss"]
"""of a report: it is right; it is not; it is set aside (nothing to be judged in it)"""
Access = Literal["open", "quotes", "internal"]
"""how far a document may be shown: all of it; its statements with their sentences alone; only to who asks for internal documents"""


PURGED = "purged"
"""key of `Decision.before` that says that the words of a decision were removed with its document, and on which day"""


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the source text with what its container says of it (one a line of a saved page; none in plain text)."""

    start: int
    end: int
    tag: str
    """innermost block element, lower case: `h1`, `p`, `td`, `li`, `title`, `script`; in mhtml the same"""
    path: str = ""
    """block elements from the outside in, joined by `/`: `body/div/article/p`"""
    labels: str = ""
    """class and id words of the element and its ancestors, outermost first, joined by a blank"""
    link_share: float = 0.0
    """share of its characters that stand inside `<a>`, 0 to 1"""
    hidden: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"node {self.tag!r}: [{self.start}, {self.end}) is no stretch of text")


class MetaItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the container says about the document beside its text: a `<meta>` tag, a date in a WeChat script."""

    name: str
    value: str


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the source text that stands for bytes which could not be read."""

    start: int
    end: int
    byte: int
    """offset of the first unreadable byte in the file"""


class SourceText(msgspec.Struct, frozen=True, kw_only=True):
    """Every character that a reader found in a file, in reading order; `raw` places everywhere are offsets into `text`."""

    text: str
    format: Literal["txt", "md", "html", "mhtml"]
    encoding: str
    nodes: tuple[Node, ...] = ()
    meta: tuple[MetaItem, ...] = ()
    damages: tuple[Damage, ...] = ()
    warnings: tuple[str, ...] = ()


class DocumentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue keeps of a document beside its bytes."""

    id: str
    """`d` and the first 16 hexadecimal digits of the SHA-256 of the bytes: same bytes, same document"""
    name: str
    """file name as received, without folders"""
    sha256: str
    size: int
    added: str
    """ISO 8601, UTC, whole seconds"""
    sample: bool = False
    """written for this project (示例（虚构）); never counted together with added documents"""
    version: int = 1
    supersedes: str | None = None
    withdrawn: str | None = None
    """ISO date of withdrawal, or none"""
    work: str | None = None
    """id of the document that leads the work which this one is a copy of (a repost, another format), or none; a work counts once"""
    access: Access = "open"

    @property
    def stem(self) -> str:
        """File name without its last ending: `关于数据共享的通知.html` → `关于数据共享的通知`."""
        head, dot, _ = self.name.rpartition(".")
        return head if dot and head else self.name

    @property
    def suffix(self) -> str:
        """Ending in lower case with its dot, or an empty string: `通知.HTML` → `.html`."""
        head, dot, tail = self.name.rpartition(".")
        return f".{tail.lower()}" if dot and head else ""


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a document that was purged: that it was there, who had it removed, when and why. No word of it, not even its name."""

    id: str
    who: str
    reason: str
    at: str
    """ISO date"""

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.reason.strip():
            raise ValueError(f"document {self.id}: a purge names a person and a reason")


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """A quoted place that can be found again after a re-extraction: the words, and 30 characters on either side."""

    document: str
    quote: str
    before: str
    after: str
    start: int
    end: int
    raw: tuple[int, int]

    def __post_init__(self) -> None:
        if not self.quote:
            raise ValueError(f"anchor in {self.document}: an empty quote cannot be found again")
        if self.end - self.start != len(self.quote):
            raise ValueError(f"anchor in {self.document}: [{self.start}, {self.end}) is not as long as its quote {self.quote!r}")


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a factor or a link, or reported of them. Never changed once written; taken back by a later `undo`."""

    id: str
    at: str
    """ISO 8601, UTC, microseconds: orders decisions"""
    who: str
    """nobody only where a reader reports something"""
    kind: DecisionKind
    target: TargetKind | None = None
    type: str | None = None
    """factor type or link type that the person saw; of a concept its id"""
    anchors: tuple[Anchor, ...] = ()
    """one for a factor or what is about a concept; two for a link: where it comes from, where it goes to"""
    before: dict[str, str | float | None] = {}
    """the value before: type, basis, confidence, author as the machine had them"""
    undoes: str | None = None
    note: str | None = None
    answers: str | None = None
    """id of the report that this answers; it has the anchors of that report"""
    verdict: Verdict | None = None

    def __post_init__(self) -> None:
        if not self.who.strip() and self.kind != "report":
            raise ValueError(f"decision {self.id}: nobody is named as its author")
        if self.kind == "undo":
            if not self.undoes:
                raise ValueError(f"decision {self.id}: an undo names the decision that it takes back")
            return
        if (self.kind == "answer") != bool(self.answers and self.verdict):
            raise ValueError(f"decision {self.id}: an answer names a report and a verdict, and nothing else does")
        if self.target == "place" and self.kind not in ("report", "answer"):
            raise ValueError(f"decision {self.id}: there is nothing to {self.kind} about words alone")
        wanted = {"factor": 1, "link": 2, "concept": 1, "place": 1}.get(self.target or "", 0)
        if wanted == 0 or len(self.anchors) != wanted:
            raise ValueError(f"decision {self.id}: a {self.kind} of a {self.target} needs {wanted} anchors, not {len(self.anchors)}")
