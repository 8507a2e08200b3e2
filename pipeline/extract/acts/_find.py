"""Acts of one document: what brackets assign first, then the pairs of actor and statement that the trained judge takes for acts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extract.acts._brackets import Role, find_assignments
from pipeline.extract.acts._clause import ITEM
from pipeline.extract.acts._judge import shipped
from pipeline.extract.acts._pairs import Named, find_pairs, mentions_of
from pipeline.records import Act, Entity, Factor, Place, Sentence, content_id
from pipeline.structure import Structure

AUTHORS = {"brackets": "acts.brackets.v3", "subject": "acts.subject.v3"}


def find_acts(structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor], entities: Sequence[Entity]) -> tuple[Act, ...]:
    """Acts in order of the factor, then of the actor; evidence is the stretch from actor to factor, or the bracket.

    各级政府应当建立共享平台（大数据局牵头）。 → 各级政府 takes 建立共享平台; 大数据局 takes 建立共享平台, role lead.
    """
    actors = mentions_of(entities)
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

    measures = [factor for factor in factors if factor.type == "countermeasure"]
    for entity, factor, evidence, role in _assigned(structure, measures, actors):
        add(entity, factor, evidence, 0.8, AUTHORS["brackets"], role)
    judge = shipped()
    pairs, rows = find_pairs(structure, sentences, factors, entities)
    for pair, sure in zip(pairs, judge.probability(rows), strict=True):
        if sure >= judge.least:
            evidence = (min(pair.start, pair.factor.start), max(pair.end, pair.factor.end))
            add(pair.actor, pair.factor, evidence, round(float(sure), 4), AUTHORS["subject"])
    order = {factor.id: n for n, factor in enumerate(factors)}
    return tuple(sorted(found.values(), key=lambda act: (order[act.factor], act.evidence, act.actor)))


def _assigned(structure: Structure, measures: Sequence[Factor], actors: Sequence[Named]) -> list[tuple[Entity, Factor, Place, Role]]:
    out = []
    starts = [start for start, _, _ in actors]
    above: int | None = None
    for block in structure.blocks:
        if block.start is None or block.end is None or block.role not in ("body", "heading"):
            continue
        since = block.start
        if above is not None and block.role == "body" and not ITEM.match(block.text):
            # the paragraph under a heading spells the heading's task out; its bracket speaks of both
            since = above
        above = block.start if block.role == "heading" else None
        last_open = -1
        begin = since
        for given in find_assignments(block.text):
            opened, closed = block.start + given.open, block.start + given.close
            if opened != last_open:
                # a bracket speaks of what stands between the one before it and itself
                begin, since, last_open = since, closed, opened
            names = actors[bisect_left(starts, block.start + given.start) : bisect_left(starts, block.start + given.end)]
            mine = [factor for factor in measures if begin <= factor.start < opened]
            # the bracket names who is charged with the task; what spells it out is a part of that task
            tasks = [factor for factor in mine if factor.scope == "heading"] or mine
            out += [(entity, factor, (opened, closed), given.role) for factor in tasks for _, _, entity in names]
    return out
