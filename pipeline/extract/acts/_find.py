"""Acts of one document: brackets first, then the subject of the clause."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.extract.acts._brackets import Role, find_assignments
from pipeline.records import ACTOR_TYPES, Act, Entity, Factor, Place, Sentence, content_id
from pipeline.structure import Structure

AUTHORS = {"brackets": "acts.brackets.v2", "subject": "acts.subject.v2"}

_OPENS = re.compile(r"[，,。；;：:、“（(\n]|条\s*$|\s$|由|让|使|要求|鼓励|支持|推动|引导|督促|和|与|及|但|而|这|因此|所以|其中|目前|当前")
_JOINS = ("、", "和", "与", "及", "以及", "或", "会同", "联合", "")
_LETS = re.compile(r"(?:鼓励|支持|引导|组织|动员|要求|允许|督促|指导|推动|由|让)(?:和支持|各类|各级)?$")
"""before an actor inside a measure: who is encouraged, let or made to do it does it"""
_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、）)])")
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
    leads = _lead_ins(structure, actors, starts)
    opened = [place for place, _ in leads]
    for factor in acting:
        sentence = sentences[max(0, bisect_right(bounds, factor.start) - 1)]
        own = _subjects(text, sentence, factor, actors, starts)
        if not own and (at := bisect_right(opened, factor.start) - 1) >= 0 and leads[at][1] and factor.type == "countermeasure":
            for start, end, entity in leads[at][1]:
                add(entity, factor, (start, end), 0.5, AUTHORS["subject"])
        for start, end, entity in own:
            add(entity, factor, (min(start, factor.start), max(end, factor.end)), 0.6, AUTHORS["subject"])
    order = {factor.id: n for n, factor in enumerate(factors)}
    return tuple(sorted(found.values(), key=lambda act: (order[act.factor], act.evidence, act.actor)))


def _assigned(structure: Structure, acting: Sequence[Factor], actors: Sequence[Named], starts: Sequence[int]) -> list[tuple[Entity, Factor, Place, Role]]:
    out = []
    measures = [factor for factor in acting if factor.type == "countermeasure"]
    above: int | None = None
    for block in structure.blocks:
        if block.start is None or block.end is None or block.role not in ("body", "heading"):
            continue
        since = block.start
        if above is not None and block.role == "body" and not _ITEM.match(block.text):
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


def _lead_ins(structure: Structure, actors: Sequence[Named], starts: Sequence[int]) -> list[tuple[int, list[Named]]]:
    """Where a block begins, and whose duties it lists: items under 运营者应当履行下列义务： are the operator's; none for what is no item."""
    out: list[tuple[int, list[Named]]] = []
    lead: list[Named] = []
    text = structure.clean_text
    for block in structure.blocks:
        if block.start is None or block.end is None:
            continue
        if block.role != "body":
            lead = []
        elif not _ITEM.match(block.text):
            lead = []
            if block.text.rstrip().endswith(("：", ":")):
                begin = max(block.start, text.rfind("。", block.start, block.end) + 1)
                first = next(iter(actors[bisect_left(starts, begin) : bisect_left(starts, block.end)]), None)
                if first and (first[0] - begin <= 12) and not text.startswith(("的", "、", "和", "与"), first[1]):
                    lead = [first]
            out.append((block.start, []))
            continue
        out.append((block.start, lead))
    return out


def _subjects(text: str, sentence: Sentence, factor: Factor, actors: Sequence[Named], starts: Sequence[int]) -> list[Named]:
    """Who does what the factor says: the subject of its clause, with those named beside it (政府、行业协会和企业应当…)."""
    subject = _subject(text, sentence, factor, actors, starts)
    if subject is None:
        return []
    together = [subject]
    for named in reversed(actors[bisect_left(starts, sentence.start) : bisect_left(starts, subject[0])]):
        if text[named[1] : together[-1][0]] not in _JOINS:
            break
        together.append(named)
    return together


def _subject(text: str, sentence: Sentence, factor: Factor, actors: Sequence[Named], starts: Sequence[int]) -> Named | None:
    inside = [
        m
        for m in actors[bisect_left(starts, factor.start) : bisect_left(starts, factor.end)]
        if m[1] < factor.end and (m[0] - factor.start <= 1 or (m[0] - factor.start <= 8 and _LETS.fullmatch(text, factor.start, m[0])))
    ]
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
