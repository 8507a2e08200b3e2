"""Statement files out of a generator, for measurements of the graph: their shape is that of the annotated training documents.

Sentences, factors, links of each kind, headings, actors, concepts a factor: as many as there. The words are drawn from a Chinese dictionary
by frequency. One concept, 数据孤岛, is a hub: it stands in as many dilemmas as the commonest concept of the annotated documents does.
Same number, same document.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

from corpus.concepts import Register
from corpus.records import DocumentRecord
from pipeline.records import (
    Act,
    Block,
    DocumentDate,
    DocumentInfo,
    Entity,
    Factor,
    FactorType,
    Issuer,
    Link,
    LinkType,
    Run,
    Sentence,
    Statements,
    content_id,
)

__all__ = ["HUB", "Generator"]

HUB = "data-silos"

# quantiles of the 72 training documents, least to most
_FACTORS = (49, 110, 167, 200, 232, 255, 280, 459)
_SENTENCES_PER_FACTOR = 0.62
_TYPES: tuple[tuple[FactorType, float], ...] = (("driver", 0.08), ("dilemma", 0.21), ("countermeasure", 0.47), ("goal", 0.24))
# links of a kind per factor, how many of them are aligned, types of their ends
_LINKS: tuple[tuple[LinkType, float, float, FactorType | None, FactorType | None], ...] = (
    ("addressed_by", 0.153, 0.41, "dilemma", "countermeasure"),
    ("caused_by", 0.095, 0.03, "dilemma", "driver"),
    ("achieves", 0.325, 0.06, "countermeasure", "goal"),
    ("drives", 0.072, 0.07, "driver", "countermeasure"),
)
_ENTITIES, _ACTS = 76, 69
_NAMING = 0.32
"""share of factors that name a concept"""
_TOPICS = 30
"""concepts that a document names: it keeps to its matter"""
_HUB_SHARE = 0.09
"""of the dilemmas that name a concept"""
_KINDS = ("academic", "academic", "academic", "academic", "academic", "official", "official", "essay", "report", "law")
_ACTOR_TYPES = ("government", "office_holder", "enterprise", "public", "society")


class Generator:
    """Documents by number. Made once: it reads the dictionary that jieba brings."""

    def __init__(self, register: Register) -> None:
        import jieba

        lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
        rows = [line.split(" ") for line in lines]
        self._words = [word for word, _, _ in rows]
        self._weights = list(accumulate(int(count) for _, count, _ in rows))
        self._names = [concept.names[0] for concept in register if concept.names and concept.id != HUB and register.find(concept.names[0])]
        # Zipf with a flat head: the commonest concept of the annotated documents has 4 times the mentions of the thirtieth
        self._name_weights = list(accumulate(1 / (rank + 8) for rank in range(len(self._names))))
        hub = register.get(HUB)
        assert hub is not None
        self._hub = hub.names[:2]
        self._actors = [f"{self._words[n]}{tail}" for n in range(2_000, 250_000, 50) for tail in ("局",) if 1 < len(self._words[n]) < 4]

    def document(self, number: int, *, wanted: int | None = None) -> tuple[DocumentRecord, Statements]:
        """The document of a number; `wanted` factors (26 characters each, about) instead of as many as annotated documents have."""
        random = Random(number)
        cut = random.uniform(0, len(_FACTORS) - 1.001)
        low, high = _FACTORS[int(cut)], _FACTORS[int(cut) + 1]
        wanted = wanted or int(low + (high - low) * (cut - int(cut)))
        identity = content_id("d", number) + "0000"
        topics = random.choices(self._names, cum_weights=self._name_weights, k=_TOPICS)
        text, blocks, sentences, factors = self._text(random, wanted, topics)
        links = self._links(random, factors)
        entities, acts = self._actors_of(random, sentences, factors)
        year = random.choice((0, *range(2008, 2025), *range(2015, 2025)))
        date = DocumentDate(value=f"{year}-{random.randint(1, 12):02}", precision="month", kind="published") if year else None
        kind = random.choice(_KINDS)
        issuers = (Issuer(name=random.choice(self._actors), level=random.choice(("central", "ministry", "province", "city"))),) if kind == "official" else ()
        statements = Statements(
            document=DocumentInfo(id=identity, title=blocks[0].text, authors=("甲", "乙"), date=date, kind=kind, issuers=issuers),  # type: ignore[arg-type]
            clean_text=text,
            blocks=blocks,
            sentences=sentences,
            factors=factors,
            links=links,
            entities=entities,
            acts=acts,
            run=Run(pipeline="generator", components=()),
        )
        return self.record(number, identity, len(text)), statements

    @staticmethod
    def record(number: int, identity: str, size: int) -> DocumentRecord:
        """What a catalogue would hold of the document of a number, with its id and the characters of its text."""
        return DocumentRecord(id=identity, name=f"{number}.txt", sha256="0" * 64, size=size, added="2026-01-01T00:00:00Z")

    def _phrase(self, random: Random, least: int) -> str:
        words: list[str] = []
        while sum(map(len, words)) < least:
            words += random.choices(self._words, cum_weights=self._weights, k=4)
        return "".join(words)

    def _text(self, random: Random, wanted: int, topics: Sequence[str]) -> tuple[str, tuple[Block, ...], tuple[Sentence, ...], tuple[Factor, ...]]:
        pieces: list[str] = []
        blocks: list[Block] = []
        sentences: list[Sentence] = []
        factors: list[Factor] = []
        at = 0

        def add_block(lines: Sequence[Sequence[tuple[str, FactorType | None]]], role: str) -> None:
            nonlocal at
            start = at
            for line in lines:
                begin = at
                for piece, kind in line:
                    if kind is not None:
                        scope = "heading" if role == "heading" else "clause"
                        factors.append(_factor(len(factors), kind, piece, at, scope, random))
                    pieces.append(piece)
                    at += len(piece)
                sentences.append(Sentence(id=f"s{len(sentences)}", start=begin, end=at, block=f"b{len(blocks)}"))
            text = "".join(piece for line in lines for piece, _ in line)
            level = random.choice((1, 2, 2)) if role == "heading" else None
            blocks.append(Block(id=f"b{len(blocks)}", text=text, start=start, end=at, raw=(start, at), role=role, level=level))  # type: ignore[arg-type]
            pieces.append("\n")
            at += 1

        add_block([[(self._phrase(random, 12), None)]], "title")
        while len(factors) < wanted:
            heading = self._named(random, topics) if random.random() < 0.7 else (self._phrase(random, 8), None)
            add_block([[heading]], "heading")
            for _ in range(2):
                lines = []
                for _ in range(2):
                    line: list[tuple[str, FactorType | None]] = [(self._phrase(random, 6) + "，", None)]
                    for _ in range(random.choice((1, 2, 2, 3))):
                        line += [self._named(random, topics), ("，" + self._phrase(random, 4), None)]
                    line.append(("。", None))
                    lines.append(line)
                add_block(lines, "body")
        text = "".join(pieces).rstrip("\n")
        return text, tuple(blocks), tuple(sentences), tuple(factors)

    def _named(self, random: Random, topics: Sequence[str]) -> tuple[str, FactorType]:
        kind = random.choices([name for name, _ in _TYPES], weights=[share for _, share in _TYPES])[0]
        phrase = self._phrase(random, 8)
        if random.random() < _NAMING:
            hub = kind == "dilemma" and random.random() < _HUB_SHARE
            phrase += random.choice(self._hub) if hub else random.choice(topics)
        return phrase, kind

    def _links(self, random: Random, factors: Sequence[Factor]) -> tuple[Link, ...]:
        by_type = {kind: [factor for factor in factors if factor.type == kind] for kind, _ in _TYPES}
        links: list[Link] = []
        for kind, share, aligned, source, target in _LINKS:
            assert source is not None
            assert target is not None
            if not by_type[source] or not by_type[target]:
                continue
            for _ in range(round(share * len(factors))):
                one, other = random.choice(by_type[source]), random.choice(by_type[target])
                links.append(_link(len(links), kind, one, other, "aligned" if random.random() < aligned else "stated", random))
        heading: Factor | None = None
        for factor in factors:
            if factor.scope == "heading":
                heading = factor
            elif heading is not None and random.random() < 0.55:
                links.append(_link(len(links), "part_of", factor, heading, "aligned", random))
        return tuple(links)

    def _actors_of(self, random: Random, sentences: Sequence[Sentence], factors: Sequence[Factor]) -> tuple[tuple[Entity, ...], tuple[Act, ...]]:
        entities = []
        for n in range(_ENTITIES):
            places = sorted((sentence.start, min(sentence.end, sentence.start + 3)) for sentence in random.sample(sentences, min(2, len(sentences))))
            kind = random.choice(_ACTOR_TYPES)
            name = self._actors[int(len(self._actors) * random.random() ** 3)]
            entities.append(Entity(id=f"e{n}", type=kind, name=name, mentions=tuple(places), confidence=0.9, author="generator"))  # type: ignore[arg-type]
        acts = [
            Act(
                id=f"a{n}",
                actor=random.choice(entities).id,
                factor=factor.id,
                type="takes" if factor.type == "countermeasure" else "faces",
                evidence=((factor.start, factor.end),),
                confidence=0.8,
                author="generator",
            )
            for n, factor in enumerate(random.choices(factors, k=_ACTS))
        ]
        return tuple(entities), tuple(acts)


def _factor(number: int, kind: FactorType, text: str, at: int, scope: str, random: Random) -> Factor:
    force = random.choice((None, "advised", "mandated", "reported")) if kind == "countermeasure" else None
    return Factor(
        id=f"f{number}",
        type=kind,
        text=text,
        sentence=text,
        start=at,
        end=at + len(text),
        scope=scope,  # type: ignore[arg-type]
        dim=random.choice((None, "data", "institution", "talent")),  # type: ignore[arg-type]
        force=force,  # type: ignore[arg-type]
        confidence=round(random.uniform(0.4, 1), 3),
        author="generator",
    )


def _link(number: int, kind: LinkType, source: Factor, target: Factor, basis: str, random: Random) -> Link:
    evidence = ((source.start, source.end), (target.start, target.end))
    confidence = round(random.uniform(0.3, 1), 3)
    return Link(
        id=f"l{number}",
        type=kind,
        source=source.id,
        target=target.id,
        basis=basis,  # type: ignore[arg-type]
        confidence=confidence,
        evidence=evidence,
        author="generator",
    )
