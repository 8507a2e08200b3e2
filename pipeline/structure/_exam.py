"""Notes that sites for examination candidates put around a model essay: the task, the invitation to read, the comment."""

from __future__ import annotations

import re

from pipeline.structure._lines import Line
from pipeline.structure._verdicts import Verdicts

__all__ = ["read_exam_notes"]

_ABOUT = re.compile(r"申论|范文|考生|公务员考试|国考|省考|备考|作文")
_TASK = re.compile(
    r"自拟标题|自选角度|自定立意|字数(?:在|不|限|为|约)?.{0,4}\d+|\d+\s*字左右|给定(?:资料|材料)|背景材料|写一篇(?:文章|议论文|策论文)|^要求[:：]|作答要求"
)
_MARKER = re.compile(r"[【\[［（(]?\s*(?:范文(?:示例|赏析|参考|展示)?|参考(?:范文|答案|例文)|例文|点评|名师点评|范文点评|解析|题目|真题)\s*[】\]］）)][:：]?$")
_COMMENT = re.compile(
    r"文章|全文|本文|开篇|文首|文尾|文末|文势|上文|下文|首段|末段|第?[一二三四五六七八]段|[一二三四五]、[一二三四五]段|段落|结尾|首尾|分论点|总论点|论点|论据|论证|行文|立意|谋篇|布局|语言通顺|铺垫|策论|该范文|范文|层次分明|照应|收束"
)


def read_exam_notes(lines: list[Line], verdicts: Verdicts) -> None:
    """Settles such notes as noise where the head of the document says that it is a model essay."""
    head = "".join(line.text for line in lines[:3])
    if not _ABOUT.search(head):
        return
    for i, line in enumerate(lines[1:12], start=1):
        if len(line.text) > 20 or not _MARKER.fullmatch(line.text):
            continue
        for k in range(1, i + 1):
            verdicts.settle(k, "noise", "exam")
        if i + 1 < len(lines) and 4 <= len(lines[i + 1].text) <= 40 and lines[i + 1].text[-1] not in "。；，：":
            verdicts.settle(i + 1, "title")
    for i, line in enumerate(lines):
        text = line.text
        if i == 0 or len(text) > 600:
            continue
        about = len(_ABOUT.findall(text))
        if (about >= 2 and len(text) > 30) or len(_TASK.findall(text)) >= (1 if len(text) < 120 else 2):
            verdicts.settle(i, "noise", "exam")
    for i in range(1, min(len(lines) - 1, 12)):
        text = lines[i + 1].text
        if verdicts.reason[i] == "exam" and verdicts.role[i + 1] is None and 4 <= len(text) <= 40 and text[-1] not in "。；，：":
            verdicts.settle(i + 1, "title")
    for i in range(len(lines) - 1, 1, -1):
        if len(set(_COMMENT.findall(lines[i].text))) < 2:
            break
        verdicts.settle(i, "noise", "exam")
