"""How an actor stands in its clause: what comes before and behind its name, by marks, function words and jieba's parts of speech.

A Chinese subject opens its clause, or follows 由 让 使 and the verbs that have the one who acts for their object (鼓励企业开放数据: the pivot of
朱德熙, 语法讲义, 1982, 递系结构); behind it stand an auxiliary, an adverb, a preposition or the verb. Before 的 it only describes.
"""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

BEFORE = ("start", "comma", "semicolon", "list", "join", "by", "let", "of", "quote", "verb", "preposition", "noun", "adverb", "other")
BEHIND = ("modal", "adverb", "verb", "preposition", "of", "list", "comma", "noun", "stop", "other")

MODAL = re.compile(r"应|要|需|须|必|可|能|会|将|不|没|未|已|也|都|均|正|还|就|才|仍")
_BY = re.compile(r"(?:由|经)$")
_LET = re.compile(r"(?:让|使|令|促使|鼓励|支持|引导|组织|动员|要求|允许|督促|指导|推动|帮助|促进|吸引)(?:和支持|各类|各级|更多|广大)?$")
_JOIN = re.compile(r"(?:和|与|及|以及|或|跟|同|会同|联合)$")
_PREPOSITION = re.compile(r"(?:对|对于|向|为|在|把|将|从|给|以|被|按照|根据|通过|依托|依靠|面向|针对|用|与|作为)$")
ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、）)])")
"""the number of an item of a list"""
_OPENING = re.compile(
    r"^\W*(?:#+\s*)?(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]+[条章节]?[，,、]?|[一二三四五六七八九十]是"
    r"|首先|其次|再次|最后|同时|此外|因此|目前|当前|但|而|所以)*[，,\s]*$"
)
"""what may stand before the subject of a sentence: its number, and words that join it to the one before"""


def before(text: str, begin: int, start: int) -> str:
    """One of `BEFORE` for a name at `start` in the sentence that begins at `begin`: `（九）税务部门应当…` → start."""
    head = text[max(begin, start - 12) : start] if start - begin > 24 else text[begin:start]
    if start - begin <= 24 and _OPENING.match(head):
        return "start"
    last = head[-1]
    for name, marks in (("comma", "，,：:"), ("semicolon", "；;。！？\n"), ("list", "、"), ("quote", '（(“"《')):
        if last in marks:
            return name
    for name, pattern in (("by", _BY), ("let", _LET), ("join", _JOIN)):
        if pattern.search(head):
            return name
    if last == "的":
        return "of"
    if _PREPOSITION.search(head):
        return "preposition"
    tag = last_tag(head[-6:])
    return {"v": "verb", "n": "noun", "b": "noun", "d": "adverb", "c": "adverb"}.get(tag[:1], "other")


def behind(text: str, end: int) -> str:
    """One of `BEHIND` for a name that ends at `end`: `企业应当…` → modal, `企业的数据` → of."""
    tail = text[end : end + 8]
    for name, marks in (("stop", "。；;\n！？"), ("of", "的"), ("list", "、和与及或"), ("comma", "，,")):
        if not tail or tail[0] in marks:
            return name
    if MODAL.match(tail):
        return "modal"
    tag = first_tag(tail)
    if tag == "vn":
        return "noun"
    return {"v": "verb", "n": "noun", "b": "noun", "d": "adverb", "p": "preposition"}.get(tag[:1], "other")


def acts_there(before: str, behind: str) -> bool:
    """Whether a name so placed is likely the subject of its clause."""
    return before in ("start", "comma", "semicolon", "by", "let") and behind not in ("of", "noun")


@lru_cache(maxsize=4096)
def first_tag(words: str) -> str:
    """Part of speech of the first word; x where there is none."""
    return next(iter(rjieba.tag(words)), ("", "x"))[1]


@lru_cache(maxsize=4096)
def last_tag(words: str) -> str:
    """Part of speech of the last word; x where there is none."""
    return (rjieba.tag(words) or [("", "x")])[-1][1]
