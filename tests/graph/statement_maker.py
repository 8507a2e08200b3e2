"""Statement files made by hand: paragraphs of a document, and quotes out of them as factors, links, actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from corpus.records import Anchor, Decision, DocumentRecord
from graph.project import project
from graph.projection import DocumentProjection
from graph.store import GraphStore
from pipeline.records import Act, Block, DocumentDate, DocumentInfo, Entity, Factor, Issuer, Link, NamedPlace, Run, Sentence, Statements

OpenStore = Callable[[], GraphStore]


class Named(msgspec.Struct, frozen=True):
    start: int
    end: int
    concept: str


class Around(msgspec.Struct, frozen=True, kw_only=True):
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    names: tuple[str, ...]
    english: tuple[str, ...] = ()
    around: Around = Around()


class Meant(msgspec.Struct, frozen=True):
    concept: str | None = None


class SmallRegister:
    """A register of a handful of concepts: every name found wherever it stands, longest first."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._names = sorted(((name, entry.id) for entry in entries for name in entry.names), key=lambda pair: -len(pair[0]))

    def find(self, text: str, *, problem: bool = False) -> list[Named]:
        found: list[Named] = []
        at = 0
        while at < len(text):
            name, concept = next(((name, concept) for name, concept in self._names if text.startswith(name, at)), ("", ""))
            if name:
                found.append(Named(at, at + len(name), concept))
            at += len(name) or 1
        return found

    def relatives(self, identity: str) -> Around:
        entry = self._entries.get(identity)
        return entry.around if entry else Around()

    def get(self, identity: str) -> Entry | None:
        return self._entries.get(identity)

    def resolve(self, question: str) -> Meant:
        lower = question.lower()
        ids = (e.id for e in self._entries.values() if any(name in question for name in e.names) or any(name in lower for name in e.english))
        return Meant(next(ids, None))


REGISTER = SmallRegister(
    Entry(
        id="data-silos",
        names=("数据孤岛", "信息孤岛", "數據孤島"),
        english=("data silos",),
        around=Around(narrower=("system-silos",), related=("data-sharing",), near=("data-barriers",)),
    ),
    Entry(id="system-silos", names=("系统孤岛",)),
    Entry(id="data-sharing", names=("数据共享", "共享平台"), english=("data sharing",)),
    Entry(id="data-barriers", names=("数据壁垒",)),
    Entry(id="talent-shortage", names=("人才短缺",), english=("talent shortage",)),
)


class StatementMaker:
    """Builds the statements of one document: `block` adds a paragraph, `factor` marks a quote of it, `link` joins two quotes."""

    def __init__(
        self,
        name: str,
        *,
        date: str | None = "2020-05",
        kind: str = "academic",
        issuer: tuple[str, str] | None = None,
        places: Sequence[str] = (),
        sample: bool = False,
        supersedes: str | None = None,
    ) -> None:
        self.record = DocumentRecord(
            id="d" + name, name=f"{name}.txt", sha256="0" * 64, size=1, added="2026-01-01T00:00:00Z", sample=sample, supersedes=supersedes
        )
        self.text = ""
        self._blocks: list[Block] = []
        self._sentences: list[Sentence] = []
        self._factors: dict[str, Factor] = {}
        self._links: list[Link] = []
        self._entities: dict[str, Entity] = {}
        self._acts: list[Act] = []
        precision = ("year", "month", "day")[date.count("-")] if date else "year"
        self.info = DocumentInfo(
            id=self.record.id,
            title=f"论{name}",
            date=DocumentDate(value=date, precision=precision, kind="published") if date else None,  # type: ignore[arg-type]
            kind=kind,  # type: ignore[arg-type]
            issuers=(Issuer(name=issuer[0], level=issuer[1]),) if issuer else (),  # type: ignore[arg-type]
            places=tuple(NamedPlace(name=place) for place in places),
        )

    def block(self, text: str, *, role: str = "body", level: int | None = None, zone: str | None = None) -> StatementMaker:
        """A paragraph, cut into sentences behind 。"""
        if self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += text
        number = f"b{len(self._blocks)}"
        self._blocks.append(
            Block(id=number, text=text, start=start, end=len(self.text), raw=(start, len(self.text)), role=role, level=level, zone=zone)  # type: ignore[arg-type]
        )
        at = start
        for piece in text.replace("。", "。\0").split("\0"):
            if piece:
                self._sentences.append(Sentence(id=f"s{len(self._sentences)}", start=at, end=at + len(piece), block=number))
                at += len(piece)
        return self

    def heading(self, text: str, *, level: int = 1, zone: str | None = None) -> StatementMaker:
        return self.block(text, role="heading", level=level, zone=zone)

    def factor(self, quote: str, kind: str, *, confidence: float = 0.9, scope: str = "clause", **more: object) -> str:
        """Id of the factor whose words are `quote`, at its last place in the text so far."""
        start = self.text.rindex(quote)
        sentence = next(s for s in self._sentences if s.start <= start < s.end)
        identity = f"f{len(self._factors)}"
        self._factors[identity] = Factor(
            id=identity,
            type=kind,  # type: ignore[arg-type]
            text=quote,
            sentence=self.text[sentence.start : sentence.end],
            start=start,
            end=start + len(quote),
            scope=scope,  # type: ignore[arg-type]
            confidence=confidence,
            author="factors.test.v1",
            **more,  # type: ignore[arg-type]
        )
        return identity

    def link(self, source: str, target: str, kind: str = "addressed_by", *, basis: str = "stated", confidence: float = 0.8) -> str:
        identity = f"l{len(self._links)}"
        ends = [self._factors[end] for end in (source, target) if end in self._factors]
        self._links.append(
            Link(
                id=identity,
                type=kind,  # type: ignore[arg-type]
                source=source,
                target=target,
                basis=basis,  # type: ignore[arg-type]
                confidence=confidence,
                evidence=tuple((f.start, f.end) for f in ends),
                author="links.test.v1",
            )
        )
        return identity

    def actor(self, name: str, kind: str = "government") -> str:
        identity = f"e{len(self._entities)}"
        at = self.text.find(name)
        mentions = ((at, at + len(name)),) if at >= 0 else ()
        self._entities[identity] = Entity(id=identity, type=kind, name=name, mentions=mentions, confidence=0.9, author="entities.test.v1")  # type: ignore[arg-type]
        return identity

    def act(self, actor: str, factor: str, kind: str = "takes", role: str | None = None) -> None:
        self._acts.append(
            Act(id=f"a{len(self._acts)}", actor=actor, factor=factor, type=kind, role=role, evidence=(), confidence=0.9, author="acts.test.v1")  # type: ignore[arg-type]
        )

    def made(self) -> Statements:
        return Statements(
            document=self.info,
            clean_text=self.text,
            blocks=tuple(self._blocks),
            sentences=tuple(self._sentences),
            factors=tuple(self._factors.values()),
            links=tuple(self._links),
            entities=tuple(self._entities.values()),
            acts=tuple(self._acts),
            run=Run(pipeline="test", components=()),
        )

    def anchor(self, quote: str) -> Anchor:
        at = self.text.rindex(quote)
        end = at + len(quote)
        return Anchor(
            document=self.record.id, quote=quote, before=self.text[max(0, at - 30) : at], after=self.text[end : end + 30], start=at, end=end, raw=(at, end)
        )

    def decide(self, number: int, kind: str, quotes: Sequence[str], type: str, **more: object) -> Decision:
        """A decision of the `number`-th second about one quote (a factor) or two (a link)."""
        return Decision(
            id=f"c{number}",
            at=f"2026-02-01T00:00:{number:02}.000000Z",
            who="李编辑",
            kind=kind,  # type: ignore[arg-type]
            target="factor" if len(quotes) == 1 else "link",
            type=type,
            anchors=tuple(self.anchor(quote) for quote in quotes),
            **more,  # type: ignore[arg-type]
        )


def undo(number: int, of: Decision) -> Decision:
    return Decision(id=f"c{number}", at=f"2026-02-01T00:00:{number:02}.000000Z", who="李编辑", kind="undo", undoes=of.id)


def find_quote(anchor: Anchor, clean_text: str) -> tuple[int, int] | None:
    """Stand-in for `corpus.decisions.find_again`: the quote with most of what stood around it."""
    places = []
    at = clean_text.find(anchor.quote)
    while at >= 0:
        before = clean_text[max(0, at - 30) : at]
        alike = next((n for n in range(len(before) + 1) if before[len(before) - n :] != anchor.before[len(anchor.before) - n :]), len(before) + 1)
        places.append((-alike, at))
        at = clean_text.find(anchor.quote, at + 1)
    return (min(places)[1], min(places)[1] + len(anchor.quote)) if places else None


def projected(maker: StatementMaker, *decisions: Decision, work: str | None = None, stamp: str = "") -> DocumentProjection:
    return project(maker.made(), maker.record, decisions, REGISTER, work=work, stamp=stamp, find_again=find_quote)
