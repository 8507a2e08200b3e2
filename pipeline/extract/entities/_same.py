"""Names that mean one thing in Chinese prose, so that a document that uses both has one entity: 我国 and 中国, 高校 and 高等学校, 大数据 and 大数据技术.

The pairs are of the language (简称 and 缩略语 in 现代汉语词典), not of a document: what a document declares to be short for something is in
`_aliases`. Two names are joined only where the document has both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.extract.entities._mention import Mention, bare
from pipeline.records import ACTOR_TYPES

_EQUAL = (
    ("中国", "我国"),
    ("中国政府", "我国政府"),
    ("公众", "社会公众"),
    ("群众", "人民群众"),
    ("高校", "高等学校", "高等院校"),
    ("科研机构", "科研院所"),
    ("党和政府", "党委政府"),
    ("党政机关", "党政部门"),
    ("党中央", "中共中央"),
    ("中国科学院", "中科院"),
    ("中国社会科学院", "中国社科院"),
    ("老百姓", "百姓"),
)
_SOME = ("各类", "各个", "各", "一些", "部分", "相关", "有关", "其他", "广大", "全体", "许多", "不少", "某些")
"""words that say how many or which of a kind and are no part of its name (数量词 and 指示词 in 朱德熙, 语法讲义, 1982)"""
_YEARS = re.compile(r"[（(][^（()）]*\d{4}[^（()）]*[）)]$")
_FIRST = {name: names[0] for names in _EQUAL for name in names[1:]}


def one_name(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, each of two names that mean one thing under the name that is chosen for both.

    大数据 … 大数据技术 → 大数据技术 stands for 大数据.
    """
    names: dict[str, set[str]] = {}
    for one in mentions:
        names.setdefault(one.type, set()).add(_name(text, one))
    return [_renamed(one, _name(text, one), names[one.type]) for one in mentions]


def _name(text: str, one: Mention) -> str:
    return bare(one.name or text[one.start : one.end])


def _renamed(one: Mention, name: str, names: set[str]) -> Mention:
    for other in _others(name, one.type):
        if other in names:
            return msgspec.structs.replace(one, name=other)
    return one


def _others(name: str, kind: str) -> list[str]:
    """The names that `name` may be another form of."""
    if kind == "technology":
        return [name.removesuffix("技术")] if name.endswith("技术") and len(name) > 4 else []
    if kind == "policy":
        shorter = [name.removeprefix(prefix) for prefix in ("中华人民共和国", "党的") if name.startswith(prefix)]
        return [*shorter, *(name[: span.start()] for span in [_YEARS.search(name)] if span)]
    if kind not in ACTOR_TYPES:
        return []
    out = [_FIRST[name]] if name in _FIRST else []
    if name.startswith("我国") and len(name) > 2:
        out.append("中国" + name[2:])
    out += [name.removeprefix(word) for word in _SOME if name.startswith(word) and len(name) > len(word) + 1]
    return [*out, *(name.removesuffix(ending) for ending in ("机构", "群众") if name.endswith(ending) and len(name) > len(ending) + 1)]
