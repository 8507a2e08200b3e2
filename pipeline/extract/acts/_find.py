"""Acts of one document: brackets first, then the subject of the clause."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.extract.acts._brackets import Role, find_assignments
from pipeline.records import ACTOR_TYPES, Act, Entity, Factor, Place, Sentence, content_id
from pipeline.structure import Structure

AUTHORS = {"brackets": "acts.brackets.v1", "subject": "acts.subject.v1"}

_OPENS = re.compile(r"[，,。；;：:、“（(\n]|由|让|使|要求|鼓励|支持|推动|引导|督促|和|与|及|但|而|这|因此|所以|其中|目前|当前")
_STOPS = re.compile(r"[。；;）)]")
_REACH = 60
"""characters from a subject to its measure; farther apart the sentence has mostly changed its subject"""

Named = tuple[int, int, Entity]


def find_acts(structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor], entities: Sequence[Entity]) -> tuple[Act, ...]:
    """Acts in order of the factor, then of the actor; evidence is the stretch from actor to factor, or the bracket.

    各级政府应当建立共享平台（大数据局牵头）。 → 各级政府 takes 建立共享平台; 大数据局 takes 建立共享平台, role lead.
    """
    text = structure.clean_text
    actors: list[Named] = sorted(((start, end, e) for e in entities if e.type in ACTOR_TYPES for start, end in e.mentions), key=lambda m: m[:2])
    starts = [start for start, _, _ in actors]
    bounds = [sentence.start for sentence in sentences]
    found: dict[tuple[str, str], Act] = {}

    def add(entity: Entity, factor: Factor, evidence: Place, confidence: float, author: str, role: Role | None = None) -> None:
        found.setdefault(
            (entity.id, factor.id),
            Act(
                id=content_id("a", entity.id, factor.id),
                actor=entity.id,
                factor=factor.id,
                type="takes" if factor.type == "countermeasure" else "faces",
                role=role,
                evidence=(evidence,),
                confidence=confidence,
                author=author,
            ),
        )

    acting = [factor for factor in factors if factor.type in ("countermeasure", "dilemma")]
    for entity, factor, evidence, role in _assigned(structure, acting, actors, starts):
        add(entity, factor, evidence, 0.8, AUTHORS["brackets"], role)
    for factor in acting:
        sentence = sentences[max(0, bisect_right(bounds, factor.start) - 1)]
        subject = _subject(text, sentence, factor, actors, starts)
        if subject:
            start, end, entity = subject
            add(entity, factor, (min(start, factor.start), max(end, factor.end)), 0.6, AUTHORS["subject"])
    order = {factor.id: n for n, factor in enumerate(factors)}
    return tuple(sorted(found.values(), key=lambda act: (order[act.factor], act.evidence, act.actor)))


def _assigned(structure: Structure, acting: Sequence[Factor], actors: Sequence[Named], starts: Sequence[int]) -> list[tuple[Entity, Factor, Place, Role]]:
    out = []
    for block in structure.blocks:
        if block.start is None or block.end is None or block.role not in ("body", "heading"):
            continue
        since = block.start
        here = [factor for factor in acting if block.start <= factor.start < block.end and factor.type == "countermeasure"]
        last_open = -1
        begin = since
        for given in find_assignments(block.text):
            opened, closed = block.start + given.open, block.start + given.close
            if opened != last_open:
                # a bracket speaks of what stands between the one before it and itself
                begin, since, last_open = since, closed, opened
            names = actors[bisect_left(starts, block.start + given.start) : bisect_left(starts, block.start + given.end)]
            out += [(entity, factor, (opened, closed), given.role) for factor in here if begin <= factor.start < opened for _, _, entity in names]
    return out


def _subject(text: str, sentence: Sentence, factor: Factor, actors: Sequence[Named], starts: Sequence[int]) -> Named | None:
    inside = [m for m in actors[bisect_left(starts, factor.start) : bisect_left(starts, factor.end)] if m[0] - factor.start <= 1 and m[1] < factor.end]
    if inside:
        return inside[0]
    before = actors[bisect_left(starts, sentence.start) : bisect_left(starts, factor.start)]
    for named in reversed(before):
        start, end, _ = named
        if end > factor.start or factor.start - end > _REACH or _STOPS.search(text, end, factor.start):
            continue
        head = text[max(sentence.start, start - 2) : start]
        # a subject opens its clause; what follows it is no 的 (政府的数据) and no conjunction (政府和企业)
        if (start == sentence.start or _OPENS.search(head)) and not text.startswith(("的", "与", "和", "及", "、"), end):
            return named
    return None
