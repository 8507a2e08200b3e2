"""What remains of a question when the asking is taken off: 数据孤岛怎么办？ → 数据孤岛."""

from __future__ import annotations

import re

_ASKING = (
    "请问", "我想知道", "我想了解", "想了解", "有哪些", "有什么", "是什么", "什么是", "为什么", "怎么办", "怎么样", "怎样", "怎么", "如何", "哪些", "哪个", "什么",
    "多少", "是否", "能不能", "可不可以", "该不该", "要不要", "应该", "应当", "的问题", "问题", "的对策", "对策建议", "对策", "建议", "措施", "解决办法", "解决方案",
    "解决", "破解", "应对", "的原因", "的含义", "的定义", "与哪些", "有关", "相关", "关于", "吗", "呢", "呀", "啊", "哪里", "谁",
)  # fmt: skip
_ENGLISH_ASKING = frozenset(
    ["how", "do", "does", "did", "what", "which", "who", "whom", "whose", "why", "when", "where", "is", "are", "was", "were", "can", "could", "may", "might", "should", "would", "will", "shall", "i", "we", "you", "one", "link", "links", "linked", "relate", "related", "proposed", "remedy", "remedies", "solution", "solutions", "solve", "address", "addressed", "problem", "problems", "issue", "issues", "about", "tell", "me", "there", "any", "please", "explain", "mean", "meaning", "that", "this", "these", "those", "be", "been", "has", "have", "had", "it", "them", "they", "not", "no"]
)
_SPLIT = re.compile(r"[^\w+·'\-]+|_")
_STRIP = re.compile("|".join(sorted(map(re.escape, _ASKING), key=len, reverse=True)))


def content(folded: str) -> tuple[str, ...]:
    """Stretches of a folded question that carry content, in order: `content("数据孤岛怎么办?") == ("数据孤岛",)`."""
    pieces: list[str] = []
    for piece in _SPLIT.split(_STRIP.sub(" ", folded)):
        word = piece.strip("-'·+")
        if word and word not in _ENGLISH_ASKING:
            pieces.append(word)
    return tuple(pieces)
