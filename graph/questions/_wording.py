"""The words of a question that carry its matter: 如何破解停车难？ → 停车难."""

from __future__ import annotations

import re

from graph._fold import search_terms

__all__ = ["matter"]

# the frame of a question: interrogatives, verbs of solving, what is asked for. Only at its ends, for 处理 is also part of 污水处理
_HEAD = re.compile(
    "(?:请问|请|如何|怎样|怎么办|怎么样|怎么|为什么|为何|有没有|有什么|有哪些|什么|哪些|是否|能否|可以|应该|应当|该|关于|对于|针对|目前|当前|我国|解决|破解|应对|化解|克服|缓解|改善)+"
)
_TAIL = re.compile(
    "(?:(?<!目)的|怎么办|怎么样|怎么|怎样|如何|有哪些|有什么|是什么|哪些|什么|问题|难题|对策|措施|办法|建议|方案|经验|做法|解决|破解|应对|化解|克服|缓解|吗|呢|吧|呀)+$"
)
_OF = re.compile("(?<![目标])的(?!确)")
_ENGLISH = frozenset(
    {
        *("how", "to", "what", "which", "why", "who", "where", "when", "is", "are", "do", "does", "did", "can", "could", "should"),
        *("the", "a", "an", "of", "in", "on", "for", "about", "with", "and", "or", "by", "from", "we", "they", "it", "its", "this", "that"),
        *("solve", "solving", "address", "addressing", "overcome", "deal", "fix", "measure", "measures", "remedy", "remedies"),
        *("solution", "solutions", "problem", "problems", "issue", "issues"),
    }
)


def matter(question: str) -> tuple[str, ...]:
    """Folded words to look for; where nothing is left of the frame, all words of the question."""
    found: list[str] = []
    for term in search_terms(question):
        bare = _TAIL.sub("", _HEAD.sub("", term, count=1) if _HEAD.match(term) else term)
        found.extend(piece for piece in search_terms(_OF.sub(" ", bare)) if piece not in _ENGLISH)
    return tuple(dict.fromkeys(found)) or search_terms(question)
