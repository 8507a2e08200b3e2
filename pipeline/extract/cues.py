"""Problems that a purpose clause names: 针对X，… · 为破解X，… . A rule beside the encoder, where the language leaves no doubt.

The object of 破解 化解 克服 缓解 … is a problem by the meaning of the verb (现代汉语词典, 7th ed.: 化解 = 解除、消除 of 矛盾、风险 …);
after 针对 解决 打破 … only where the words themselves say so: 问题, 困境, or a state of lack or discord.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Factor, Sentence, content_id
from pipeline.structure import Structure

__all__ = ["AUTHOR", "find_cued_problems"]

AUTHOR = "factors.cues.v1"
CONFIDENCE = 0.75
"""share of such clauses whose object the annotators took for a dilemma, in the training documents (22 of 29)"""

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
_PROBLEM_VERBS = frozenset({"破解", "化解", "克服", "缓解", "緩解", "扭转", "弥合", "消解"})
_STATE = re.compile(rf"(?:{_STATES})$")
# 上述, 这些 … name nothing by themselves
_POINTS_BACK = re.compile(r"^(?:这|該|该|此|上述|以上|有关|相关|前述|其|它|哪|何|部分|一些|各种|各类|重大|突出|现实|实际|共性|当前|当下|本地)")


def find_cued_problems(structure: Structure, sentences: Sequence[Sentence], factors: Sequence[Factor]) -> Iterator[Factor]:
    """Dilemmas that a purpose clause names before a measure of the same sentence, where `factors` have nothing at that place.

    针对数据孤岛，应当建立共享平台。 → dilemma 数据孤岛; 针对老年人，应当… → nothing.
    """
    text = structure.clean_text
    measures = [factor for factor in factors if factor.type == "countermeasure"]
    index = 0
    for sentence in sentences:
        while index < len(measures) and measures[index].start < sentence.start:
            index += 1
        if index == len(measures):
            return
        last = index
        while last + 1 < len(measures) and measures[last + 1].start < sentence.end:
            last += 1
        if measures[index].start >= sentence.end:
            continue
        for start, end in _objects(text[sentence.start : sentence.end]):
            start, end = start + sentence.start, end + sentence.start
            if measures[last].start < end or any(factor.start < end and start < factor.end for factor in factors):
                continue
            yield Factor(
                id=content_id("f", "dilemma", text[start:end], start),
                type="dilemma",
                text=text[start:end],
                sentence=text[sentence.start : sentence.end],
                start=start,
                end=end,
                scope="clause",
                confidence=CONFIDENCE,
                author=AUTHOR,
            )


def _objects(sentence: str) -> Iterator[tuple[int, int]]:
    for match in _CLAUSE.finditer(sentence):
        named = match["object"]
        if _POINTS_BACK.match(named):
            continue
        if match["verb"] in _PROBLEM_VERBS or match["tail"] or _STATE.search(named):
            yield match.span("object")
