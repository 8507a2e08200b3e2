"""Further annotated texts: what was marked in texts of `shared/texts`, kept here as places alone.

`training/annotations/KEY.tsv` names the file by its hash and lists marks by their offsets into it, in the form of `GUIDE.md` beside the annotated documents;
no text is copied. The texts are read as the product reads them today, so an annotation outlives changes of cleaning: what is no longer
kept is left out. `training/sheet.py` makes these files from an annotator's sheet. They teach, and never measure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace as changed

from corpus.readers import read
from pipeline.clean import clean
from pipeline.records import Act, Block, Entity, Factor, Link, Sentence
from pipeline.segment import split_sentences
from pipeline.structure import Structure, read_structure
from training.annotated import LEFT_OUT, Annotated, annotated_documents

__all__ = ["ANNOTATIONS", "Marks", "dump", "every_marks", "learnt_documents", "load", "marked_documents", "read_text"]

ANNOTATIONS = Path(__file__).parent / "annotations"
Place = tuple[int, int]
"""half-open, in code points of the source text"""


@dataclass(slots=True)
class Marks:
    """What was marked in one text. Ids are of this file alone."""

    text: str
    """path beneath `shared/texts`"""
    hash: str
    """SHA-256 of its bytes"""
    by: str
    """who marked it"""
    group: str
    headings: list[tuple[Place, int, str]] = field(default_factory=list)
    """place, level, zone"""
    roles: list[tuple[Place, str]] = field(default_factory=list)
    factors: list[tuple[str, Place, str, str, str]] = field(default_factory=list)
    """id, place, type, scope, dim or `-`"""
    links: list[tuple[str, str, str, str]] = field(default_factory=list)
    """type, basis, ids of source and target"""
    entities: list[tuple[str, str, list[Place]]] = field(default_factory=list)
    """id, type, one place of the name and of each alias"""
    acts: list[tuple[str, str, str]] = field(default_factory=list)
    """type, id of the actor, id of the factor"""


def learnt_documents(benchmark: Path) -> Iterator[Annotated]:
    """Everything that may be learnt from: the annotated documents of *train*, then the marked texts beside that folder."""
    yield from annotated_documents(benchmark, "train")
    yield from marked_documents(benchmark.parent / "texts")


def marked_documents(texts: Path) -> Iterator[Annotated]:
    """The marked texts as records."""
    for marks in every_marks():
        yield _annotated(marks, texts)


def every_marks() -> Iterator[Marks]:
    """The marks of each text as they are stored, in the order of the files' names."""
    for path in sorted(ANNOTATIONS.glob("*.tsv")):
        yield load(path.read_text(encoding="utf-8"))


def read_text(path: Path) -> tuple[Structure, tuple[Sentence, ...]]:
    """Structure and sentences of a file as the product reads it."""
    source = read(path.read_bytes(), name=path.name)
    structure = read_structure(clean(source), source)
    return structure, tuple(split_sentences(structure.blocks))


def dump(marks: Marks) -> str:
    """The file of `marks`, a mark a line: `factor⇥F3⇥812⇥816⇥dilemma⇥clause⇥data`."""
    rows: list[Iterable[object]] = [("text", marks.text, marks.hash), ("by", marks.by), ("group", marks.group)]
    rows += (("heading", *place, level, zone) for place, level, zone in marks.headings)
    rows += (("role", *place, role) for place, role in marks.roles)
    rows += (("factor", name, *place, *rest) for name, place, *rest in marks.factors)
    rows += (("link", *link) for link in marks.links)
    rows += (("entity", name, kind, *(f"{a}-{b}" for a, b in places)) for name, kind, places in marks.entities)
    rows += (("act", *act) for act in marks.acts)
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def load(content: str) -> Marks:
    """The marks of a file that `dump` wrote.

    Raises:
        ValueError: a line is of no known kind, or has too few or too many fields.
    """
    marks = Marks("", "", "", "")
    for line in content.splitlines():
        kind, *values = line.split("\t")
        match kind, values:
            case "text", [text, hashed]:
                marks.text, marks.hash = text, hashed
            case "by", [by]:
                marks.by = by
            case "group", [group]:
                marks.group = group
            case "heading", [start, end, level, zone]:
                marks.headings.append(((int(start), int(end)), int(level), zone))
            case "role", [start, end, role]:
                marks.roles.append(((int(start), int(end)), role))
            case "factor", [name, start, end, type_, scope, dim]:
                marks.factors.append((name, (int(start), int(end)), type_, scope, dim))
            case "link", [type_, basis, source, target]:
                marks.links.append((type_, basis, source, target))
            case "entity", [name, type_, *places]:
                pairs = [place.split("-") for place in places]
                marks.entities.append((name, type_, [(int(a), int(b)) for a, b in pairs]))
            case "act", [type_, actor, factor]:
                marks.acts.append((type_, actor, factor))
            case _:
                raise ValueError(f"annotation: this line is none of text, by, group, heading, role, factor, link, entity, act: {line[:80]!r}")
    return marks


def _annotated(marks: Marks, texts: Path) -> Annotated:
    path = texts / marks.text
    key = path.stem
    if sha256(path.read_bytes()).hexdigest() != marks.hash:
        raise ValueError(f"{path} is not the text that was marked: its hash differs")
    structure, sentences = read_text(path)
    blocks = _corrected(structure, marks)
    structure = replace(structure, blocks=blocks)
    kept = {block.id for block in blocks if block.kept}
    sentences = tuple(sentence for sentence in sentences if sentence.block in kept)
    factors = tuple(_factors(structure, sentences, marks))
    known = {factor.id for factor in factors}
    entities = tuple(_entities(structure, marks))
    actors = {entity.id for entity in entities}
    links = tuple(
        Link(id=f"l{n}", type=type_, source=source, target=target, basis=basis, confidence=1.0, evidence=(), author="annotation")  # type: ignore[arg-type]
        for n, (type_, basis, source, target) in enumerate(marks.links)
        if {source, target} <= known
    )
    acts = tuple(
        Act(id=f"a{n}", actor=actor, factor=factor, type=type_, evidence=(), confidence=1.0, author="annotation")  # type: ignore[arg-type]
        for n, (type_, actor, factor) in enumerate(marks.acts)
        if actor in actors and factor in known
    )
    return Annotated(key, marks.group, structure, sentences, factors, links, entities, acts)


def _clean_place(structure: Structure, place: Place) -> Place:
    """Where a stretch of the source stands in the cleaned text; empty where nothing of it is kept."""
    start, end = bisect_left(structure.raw_starts, place[0]), bisect_right(structure.raw_ends, place[1])
    # the line end behind a block has the empty place at its end
    while end > start and structure.clean_text[end - 1] == "\n":
        end -= 1
    return start, end


def _corrected(structure: Structure, marks: Marks) -> tuple[Block, ...]:
    """The blocks with the roles, levels and zones that the annotator gave."""
    kept = [(block.start, block.id) for block in structure.blocks if block.start is not None]
    starts = [start for start, _ in kept]

    def block_at(place: Place) -> str:
        return kept[bisect_right(starts, _clean_place(structure, place)[0]) - 1][1]

    headings = {block_at(place): {"role": "heading", "level": level, "zone": zone} for place, level, zone in marks.headings}
    # a running head that was joined to a paragraph is noise, the paragraph is not
    holding = {block_at(place) for _, place, *_ in marks.factors}
    roles = {
        name: {"role": role, "level": None, "zone": None}
        for name, role in ((block_at(place), role) for place, role in marks.roles)
        if not (role in LEFT_OUT and name in holding)
    }
    out = []
    for block in structure.blocks:
        block = changed(block, **(headings.get(block.id) or roles.get(block.id) or {}))  # type: ignore[arg-type]
        if block.role in LEFT_OUT:
            block = changed(block, start=None, end=None, reason=block.role)
        out.append(block)
    return tuple(out)


def _factors(structure: Structure, sentences: Sequence[Sentence], marks: Marks) -> Iterator[Factor]:
    text = structure.clean_text
    starts = [sentence.start for sentence in sentences]
    for name, place, type_, scope, dim in sorted(marks.factors, key=lambda factor: factor[1]):
        start, end = _clean_place(structure, place)
        at = bisect_right(starts, start) - 1
        if start >= end or at < 0 or end > sentences[at].end:
            continue
        inside = text[sentences[at].start : sentences[at].end]
        yield Factor(
            id=name,
            type=type_,  # type: ignore[arg-type]
            text=text[start:end],
            sentence=inside,
            start=start,
            end=end,
            scope=scope,  # type: ignore[arg-type]
            dim=None if dim == "-" else dim,  # type: ignore[arg-type]
            confidence=1.0,
            author="annotation",
        )


def _entities(structure: Structure, marks: Marks) -> Iterator[Entity]:
    for name, type_, places in marks.entities:
        found = (_clean_place(structure, place) for place in places)
        names = dict.fromkeys(structure.clean_text[start:end] for start, end in found if start < end)
        if names:
            first, *aliases = names
            yield Entity(id=name, type=type_, name=first, aliases=tuple(aliases), confidence=1.0, author="annotation")  # type: ignore[arg-type]
