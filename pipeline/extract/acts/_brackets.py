"""The brackets by which official documents assign a task: （国家发展改革委牵头，财政部、工业和信息化部配合，各省级人民政府负责落实）.

Roles are those of the drafting practice of State Council documents: 牵头 lead; 参加, 配合, 参与, 会同 join; 负责, 落实, 实施 carry out;
监督, 指导 supervise; 考核, 评估 appraise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Role = Literal["lead", "join", "carry_out", "supervise", "appraise"]

_BRACKET = re.compile(
    r"[（(]((?:责任单位|牵头单位|责任部门|牵头部门|主办单位)?[：:]?[^（()）。\n]{2,400}?(?:牵头|负责|配合|参加|参与|落实|实施|指导|监督|考核|按职责分工[^（()）。\n]{0,12}))[）)]"
)
_LABELS = "责任单位|牵头单位|责任部门|牵头部门|主办单位|主办部门|负责部门|负责单位|承办单位|实施单位|配合单位|配合部门|参加单位|参与单位|协办单位|指导单位"
_LABEL = re.compile(rf"[（(](?:{_LABELS})[：:][^（()）。\n]{{2,400}}[）)]")
_LABELLED = re.compile(rf"(?P<label>{_LABELS})[：:](?P<names>[^（()）。\n]{{2,400}}?)(?=[，,；;、 ]?(?:{_LABELS}|适用范围|完成时限|完成时间|时限)[：:]|[）)])")
_VERBS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"牵头|主办|统筹"), "lead"),
    (re.compile(r"配合|参加|参与|会同|协助|协同"), "join"),
    (re.compile(r"考核|评估|评价"), "appraise"),
    (re.compile(r"监督|指导|督促|督导"), "supervise"),
    (re.compile(r"负责|落实|实施|承担|分工"), "carry_out"),
)
_ROLES: dict[str, Role] = {"牵头": "lead", "主办": "lead", "配合": "join", "参加": "join", "参与": "join", "协办": "join", "指导": "supervise"}
_PART = re.compile(r"[，,；;]")


@dataclass(frozen=True, slots=True)
class Assignment:
    """The names in `[start, end)` have `role` in the task before the bracket; `[open, close)` is the whole bracket."""

    start: int
    end: int
    role: Role
    open: int
    close: int


def find_assignments(text: str) -> Iterator[Assignment]:
    """Assignments in order, one for each part of a bracket.

    （教育部牵头，财政部配合） → 教育部 lead, 财政部 join; （负责部门：商务部，适用范围：三个试验区） → 商务部 carry_out.
    """
    for match in _LABEL.finditer(text):
        for named in _LABELLED.finditer(text, match.start(), match.end()):
            yield Assignment(named.start("names"), named.end("names"), _ROLES.get(named["label"][:2], "carry_out"), match.start(), match.end())
    for match in _BRACKET.finditer(text):
        if _LABEL.match(text, match.start()):
            continue
        at = match.start(1)
        waiting: list[tuple[int, int]] = []
        for part in [*_PART.split(match.group(1)), ""]:
            start, at = at, at + len(part) + 1
            role_here = next((role for verb, role in _VERBS if verb.search(part)), None)
            if role_here is None:
                # `教育部，财政部牵头`: names before the verb wait for it
                waiting.append((start, start + len(part)))
                continue
            for begin, end in [*waiting, (start, start + len(part))]:
                yield Assignment(begin, end, role_here, match.start(), match.end())
            waiting = []
