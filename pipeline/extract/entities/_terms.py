"""Terms that a text uses as names: what it puts in quotation marks, and compounds of nouns that recur (C-value: Frantzi, Ananiadou 2000)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.extract.entities._mention import Mention
from pipeline.records import EntityType

QUOTED_KINDS: tuple[EntityType, ...] = ("concept", "case", "policy", "technology")
COMPOUND_KINDS: tuple[EntityType, ...] = ("concept", "technology", "case")
_QUOTED = re.compile(r"[“\"]([^“”\"《》，。；：！？\n]{2,16})[”\"]")
_HEADED = re.compile(
    r"[“\"][^“”\"《》，。；：！？\n]{1,14}[”\"](?:[一-鿿]{0,4}?)(?:改革|试点|工程|模式|行动|机制|制度|项目|监管|联动|审批|审判|服务|管理|检查|体系|活动|建设|事件|讲堂|热线|论坛)"
)
_NOUNS = frozenset({"n", "vn", "b", "nz", "l", "j", "eng", "an", "nt", "i", "ns", "nrt", "g", "ng"})
_MOST = 150
_LONGEST, _SHORTEST, _WORDS = 12, 4, 4
_STOP = frozenset(
    (
        "问题",
        "情况",
        "方面",
        "工作",
        "内容",
        "基础",
        "过程",
        "方式",
        "作用",
        "部分",
        "结果",
        "时候",
        "领域",
        "层面",
        "背景",
        "关系",
        "意义",
        "特点",
        "因素",
        "阶段",
        "条件",
        "研究",
        "分析",
        "影响",
        "程度",
        "水平",
        "能力",
    )
)


def quoted_terms(text: str) -> Iterator[Mention]:
    """What stands in quotation marks, once for each kind that such names are."""
    for match in _QUOTED.finditer(text):
        for kind in QUOTED_KINDS:
            yield Mention(start=match.start(1), end=match.end(1), type=kind, confidence=0.4)


def quoted_cases(text: str) -> Iterator[Mention]:
    """Practices that are named by words in quotation marks and what they are, as official texts name reforms: “放管服”改革, “六环”联动."""
    for match in _HEADED.finditer(text):
        yield Mention(start=match.start(), end=match.end(), type="case", confidence=0.4)


def compounds(words: Sequence[tuple[str, str, int]]) -> Iterator[Mention]:
    """The best compounds of nouns that stand at least twice, at their first place, once for each kind that they may be.

    政府 | 数字化 | 转型 … 政府 | 数字化 | 转型 → 政府数字化转型.
    """
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    run: list[tuple[str, int]] = []
    for word, tag, start in [*words, ("", "x", -1)]:
        if tag in _NOUNS and (not run or start == run[-1][1] + len(run[-1][0])):
            run.append((word, start))
            continue
        _count(run, counts, first)
        run = [(word, start)] if tag in _NOUNS else []
    common = [term for term, _ in counts.most_common(200)]
    scored = []
    for term, count in counts.items():
        longer = [counts[other] for other in common if len(other) > len(term) and term in other] if count > 1 else []
        value = len(term) * (count - (sum(longer) / len(longer) if longer else 0.0))
        if count > 1 and value > 0:
            scored.append((-value, first[term], term))
    for _, start, term in sorted(scored)[:_MOST]:
        for kind in COMPOUND_KINDS:
            yield Mention(start=start, end=start + len(term), type=kind, confidence=0.3)


def long_words(words: Sequence[tuple[str, str, int]]) -> Iterator[Mention]:
    """Words of three characters and more that the segmenter keeps whole and the text repeats: 公信力, 流空间."""
    counts = Counter(word for word, tag, _ in words if tag in _NOUNS and 3 <= len(word) <= _LONGEST)
    seen: set[str] = set()
    for word, _, start in words:
        if counts.get(word, 0) > 1 and word not in seen and word not in _STOP:
            seen.add(word)
            for kind in COMPOUND_KINDS:
                yield Mention(start=start, end=start + len(word), type=kind, confidence=0.3)


def _count(run: list[tuple[str, int]], counts: Counter[str], first: dict[str, int]) -> None:
    for begin in range(len(run)):
        for end in range(begin + 2, min(len(run), begin + _WORDS) + 1):
            term = "".join(word for word, _ in run[begin:end])
            if _SHORTEST <= len(term) <= _LONGEST and run[end - 1][0] not in _STOP and run[begin][0] not in _STOP:
                counts[term] += 1
                first.setdefault(term, run[begin][1])
