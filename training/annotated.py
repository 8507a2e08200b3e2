"""The annotated documents as the records that the pipeline works on.

Reads `KEY.gold.json` and `KEY.sents.tsv` of a benchmark folder. Offsets are into the joined kept blocks, which stand in for
the cleaned text. Nothing here is imported at run time of the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from pipeline.records import Act, Block, Entity, Factor, Link, Role, Sentence, Zone
from pipeline.structure import Structure

__all__ = ["LEFT_OUT", "Annotated", "Part", "annotated_documents", "keys_of", "read_annotated"]

Part = Literal["train", "dev", "test"]
LEFT_OUT = ("noise", "references", "foreign", "byline")
"""roles of blocks that nothing is found in"""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated document: what the pipeline would have read, and what the annotators say of it."""

    key: str
    group: str
    structure: Structure
    sentences: tuple[Sentence, ...]
    factors: tuple[Factor, ...]
    links: tuple[Link, ...]
    entities: tuple[Entity, ...]
    acts: tuple[Act, ...]
    """`actor` is the id of an entity of `entities` (its name where the annotation lists no such entity)"""


def keys_of(benchmark: Path, part: Part | None = None) -> tuple[tuple[str, str], ...]:
    """(key, group) of the documents of `part` by SPLIT.tsv, in the order of that table: `("000", "paper")`."""
    rows = [line.split("\t") for line in (benchmark / "SPLIT.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return tuple((key, group) for key, row_part, group in rows if part in (None, row_part))


def annotated_documents(benchmark: Path, part: Part | None = None) -> Iterator[Annotated]:
    """The annotated documents of `part`, one after the other."""
    for key, group in keys_of(benchmark, part):
        yield read_annotated(benchmark / "gold", key, group=group)


def read_annotated(folder: Path, key: str, *, group: str = "paper") -> Annotated:
    """One annotated document of `folder`.

    Raises:
        FileNotFoundError: the folder holds no such document.
        ValueError: a span is not found in its sentence.
    """
    gold: dict[str, Any] = msgspec.json.decode((folder / f"{key}.gold.json").read_bytes())
    roles = {entry["block"]: entry for entry in gold["blocks"]}
    blocks, sentences, starts, texts, clean = _read_sentences(folder / f"{key}.sents.tsv", roles)
    factors = tuple(_factor(entry, starts, texts) for entry in gold["factors"])
    links = tuple(
        Link(id=f"l{n}", type=entry["type"], source=entry["from"], target=entry["to"], basis=entry["basis"], confidence=1.0, evidence=(), author="annotation")
        for n, entry in enumerate(gold["links"])
    )
    entities = tuple(
        Entity(id=f"e{n}", type=entry["type"], name=entry["name"], aliases=tuple(entry.get("aliases", ())), confidence=1.0, author="annotation")
        for n, entry in enumerate(gold["entities"])
    )
    by_name = {name: entity.id for entity in reversed(entities) for name in (*entity.aliases, entity.name)}
    acts = tuple(
        Act(
            id=f"a{n}",
            actor=by_name.get(entry["actor"], entry["actor"]),
            factor=entry["factor"],
            type=entry["type"],
            evidence=(),
            confidence=1.0,
            author="annotation",
        )
        for n, entry in enumerate(gold.get("acts", ()))
    )
    places = tuple(range(len(clean)))
    structure = Structure(clean_text=clean, raw_starts=places, raw_ends=places, blocks=blocks, references=())
    return Annotated(key, group, structure, sentences, factors, links, entities, acts)


def _read_sentences(path: Path, roles: dict[int, dict[str, Any]]) -> tuple[tuple[Block, ...], tuple[Sentence, ...], dict[str, int], dict[str, str], str]:
    clean = ""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    starts: dict[str, int] = {}
    texts: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        name, number, text = line.split("\t")
        parts.setdefault(number, []).append(name)
        texts[name] = text
    for number, names in parts.items():
        entry = roles[int(number)]
        role, whole = entry["role"], "".join(texts[name] for name in names)
        if role not in get_args(Role):
            raise ValueError(f"{path.name}: block {number} has the unknown role {role!r}")
        kept = role not in LEFT_OUT
        if kept and clean:
            clean += "\n"
        start = len(clean)
        for name in names if kept else ():
            starts[name] = len(clean)
            clean += texts[name]
            sentences.append(Sentence(id=name, start=starts[name], end=len(clean), block=f"b{number}"))
        zone = entry.get("zone") if entry.get("zone") in get_args(Zone) else None
        level = entry.get("level", 1) if role == "heading" else None
        end = start + len(whole)
        blocks.append(
            Block(
                id=f"b{number}",
                text=whole,
                start=start if kept else None,
                end=end if kept else None,
                raw=(start, end) if kept else (start, start),
                role=role,
                reason=None if kept else role,
                level=level,
                zone=zone,
            )
        )
    return tuple(blocks), tuple(sentences), starts, texts, clean


def _factor(entry: dict[str, Any], starts: dict[str, int], texts: dict[str, str]) -> Factor:
    sentence = texts[entry["sent"]]
    at = sentence.find(entry["span"])
    if at < 0:
        raise ValueError(f"factor {entry['id']}: {entry['span']!r} is not in its sentence {sentence!r}")
    start = starts[entry["sent"]] + at
    return Factor(
        id=entry["id"],
        type=entry["type"],
        text=entry["span"],
        sentence=sentence,
        start=start,
        end=start + len(entry["span"]),
        scope=entry["scope"],
        dim=entry.get("dim"),
        confidence=1.0,
        author="annotation",
    )
