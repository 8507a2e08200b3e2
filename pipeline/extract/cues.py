"""Statements that their words leave no doubt of: 针对X，… · 为破解X，应当Y · 加剧了X · 不能不Y. A rule beside the encoder, for what it passes over.

The object of 破解 化解 克服 缓解 … is a problem by the meaning of the verb (现代汉语词典, 7th ed.: 化解 = 解除、消除 of 矛盾、风险 …);
after 针对 解决 打破 … only where the words themselves say so: 问题, 困境, or a state of lack or discord. What 加剧 加重 take is a bad state too
(ib.: 加剧 = 加深严重的程度). 应当 必须 behind such a clause say what is to be done about it (立法技术规范: 应当 for duties); 不能不 is a double
negative and affirms (吕叔湘, 现代汉语八百词, 不能不 = 必须).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Factor, FactorType, Sentence, content_id
from pipeline.structure import Structure

__all__ = ["AUTHOR", "find_cued_statements"]

AUTHOR = "factors.cues.v2"
PURPOSE, WORSENED = 0.75, 0.69
"""share of such places where the annotators have that very statement, in the training documents: 22 of 29, 11 of 16"""
DUTY = 0.5
"""too rare there to be measured: the reader finds nearly all of them by itself"""

_HEADS = "问题|困境|难题|现象|挑战|局面|弊端|短板|矛盾|瓶颈|困难|堵点|痛点|难点|顽疾|乱象"
_STATES = (
    "不足|短缺|缺乏|匮乏|缺失|缺位|滞后|薄弱|不畅|不力|不强|不高|不清|不明|不一|不均|不平衡|不充分|不匹配|不对称|失衡|失灵|孤岛|孤島|壁垒|壁壘|鸿沟|鴻溝|障碍"
    "|分割|碎片化|冲突|错位|脱节|困境|难题|矛盾|瓶颈|难|乱|风险|流失|低下|落后|过剩|同质化|形式主义"
)
_OBJECT = rf"(?P<object>[^，。；：、,;:“”《》（）()]{{2,22}}?)(?P<tail>(?:等)?(?:一系列)?(?:的)?(?:突出)?(?:{_HEADS}|問題))?(?=[，,])"
_CLAUSE = re.compile(
    r"(?:^|(?<=[，,；;：:。]))(?:(?P<aim>(?:为|為)(?:了|着力|有效|切实|进一步|更好地|尽快)?)?(?P<verb>破解|化解|克服|缓解|緩解|扭转|弥合|消解|解决|解決|打破|破除|消除|打通|应对)|(?P<toward>针对|針對))"
    + _OBJECT
)
_WORDS = r"[^，。；：、,;:！？!?“”《》（）()\n]"
_WORSENED = re.compile(rf"(?:加剧|加重|加劇)(?:了|着)?(?P<object>(?!的|程度|趋势){_WORDS}{{2,22}})")
_DUTY = re.compile(rf"(?:应当|应该|必须|務必|务必|應當|應該|须|應|应)(?:要)?(?P<object>(?![对由当该急有是的]){_WORDS}{{2,24}})")
_AFFIRMED = re.compile(rf"不(?:能|可|应当?)不(?P<object>{_WORDS}{{2,24}})")
_PROBLEM_VERBS = frozenset({"破解", "化解", "克服", "缓解", "緩解", "扭转", "弥合", "消解"})
_STATE = re.compile(rf"(?:{_STATES})$")
# 上述, 这些 … name nothing by themselves
_POINTS_BACK = re.compile(r"^(?:这|該|该|此|上述|以上|有关|相关|前述|其|它|哪|何|部分|一些|各种|各类|重大|突出|现实|实际|共性|当前|当下|本地)")


@dataclass(frozen=True, slots=True)
class _Cued:
    """A statement at `[start, end)` of its sentence."""

    type: FactorType
    start: int
    end: int
    confidence: float


def find_cued_statements(structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor]) -> Iterator[Factor]:
    """Statements that the words themselves leave no doubt of, where `factors` (in text order) have nothing at that place.

    针对数据孤岛，应当建立共享平台。 → dilemma 数据孤岛; 针对老年人，应当… → nothing. 结果加剧了数据孤岛。 → dilemma 数据孤岛.
    """
    text = structure.clean_text
    first = 0
    for sentence in sentences:
        while first < len(factors) and factors[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(factors) and factors[last].start < sentence.end:
            last += 1
        own = [(f.type, f.start - sentence.start, f.end - sentence.start) for f in factors[first:last]]
        for one in _cued(text[sentence.start : sentence.end], own):
            start, end = one.start + sentence.start, one.end + sentence.start
            yield Factor(
                id=content_id("f", one.type, text[start:end], start),
                type=one.type,
                text=text[start:end],
                sentence=text[sentence.start : sentence.end],
                start=start,
                end=end,
                scope="clause",
                confidence=one.confidence,
                author=AUTHOR,
            )


def _cued(sentence: str, own: Sequence[tuple[FactorType, int, int]]) -> Iterator[_Cued]:
    """What is cued and not among `own`, in text order; a purpose clause counts where a measure stands behind it."""
    measured = max((start for kind, start, _ in own if kind == "countermeasure"), default=-1)
    cued: list[_Cued] = []
    purposes = list(_objects(sentence))
    if purposes and measured < purposes[-1][1]:
        duty = _DUTY.search(sentence, purposes[-1][1])
        if duty is not None and not any(start < duty.end("object") and duty.start("object") < end for _, start, end in own):
            cued.append(_Cued("countermeasure", *duty.span("object"), DUTY))
            measured = duty.start("object")
    cued += [_Cued("dilemma", start, end, PURPOSE) for start, end in purposes if end <= measured]
    cued += [_Cued("dilemma", *found.span("object"), WORSENED) for found in _WORSENED.finditer(sentence)]
    cued += [_Cued("countermeasure", *found.span("object"), DUTY) for found in _AFFIRMED.finditer(sentence)]
    taken, at = sorted((start, end) for _, start, end in own), 0
    for one in sorted(cued, key=lambda one: one.start):
        while at < len(taken) and taken[at][1] <= one.start:
            at += 1
        if at == len(taken) or taken[at][0] >= one.end:
            yield one


def _objects(sentence: str) -> Iterator[tuple[int, int]]:
    for match in _CLAUSE.finditer(sentence):
        named = match["object"]
        if _POINTS_BACK.match(named):
            continue
        if match["verb"] in _PROBLEM_VERBS or match["tail"] or _STATE.search(named):
            yield match.span("object")
