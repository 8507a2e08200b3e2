"""Voice 出言者: whose claim a factor of a paper or an essay is, with the words that say so.

In official texts and laws the document itself speaks. In papers a claim is somebody else's where a verb of saying with a subject other
than the authors governs it (GB/T 7714 reference marks alone say so for stated problems and forces, not for the author's own advice).
"""

from __future__ import annotations

import re

from pipeline.extract.attributes._context import OFFICIAL, Context
from pipeline.records import Place, Voice

Read = tuple[Voice, Place | None]

_OWN = re.compile(r"(?:本文|本研究|笔者|我们|作者|本课题|文章|论文|课题组)[^，。；]{0,8}(?:认为|指出|提出|发现|主张|建议|强调|表明)?")
_SAY = r"(?:认为|指出|提出|主张|强调|发现|表明|显示|论证|总结|归纳|揭示|预测|估计|分析了|探讨了|研究了|提到|表示|要求|明确|部署|提倡|倡议|号召|写道)"
_SPEECH = re.compile(rf"(?:习近平(?:总书记|主席|同志)?|总书记|[一-鿿]{{2,4}}(?:总理|主席|总统|部长|书记|省长|市长|院士))[^。；]{{0,24}}?{_SAY}")
_POLICY_NAME = (
    r"(?:《[^《》]{3,60}》|党的(?:十[一-九六七八九]|二十)大(?:报告)?|(?:十[一-九六七八九]|二十)(?:大|届[一二三四五六七]中全会)(?:报告)?|中共中央|党中央|国务院(?:办公厅)?|中央[一-鿿]{0,8}会议|政府工作报告"
    r"|[“”\"]?十[一二三四五]五[“”\"]?规划(?:纲要)?|全国[一-鿿]{2,10}(?:大会|会议)|中央政府|[一-鿿]{1,6}(?:发改委|教育部|科技部|财政部))"
)
_POLICY = re.compile(rf"{_POLICY_NAME}[^。；]{{0,30}}?(?:{_SAY}|印发|对[^，。；]{{1,20}}的要求是)")
_SCHOLARS = re.compile(
    rf"(?:(?:有|一些|许多|部分|多数|不少|国内外|相关|其他|已有|现有|既有|上述)?(?:的)?(?:学者|专家|研究者|论者|观点|研究(?!院|所|中心|团队|人员)|文献)(?:们)?(?:研究)?|学界|学术界|据估计|据统计|据调查|调查|有人)"
    rf"[^。；]{{0,16}}?{_SAY}"
    # 根据某某的观点, 在某某看来: the claim is theirs without a verb of saying
    r"|(?:根据|按照|依照|依据)(?!本文|笔者|作者|我们|上述)[^，。；]{1,24}(?:\[[\d,，\-–—~]*\])?的(?:观点|看法|论述|见解|主张)(?=，)|在(?!本文|笔者|作者|我们)[^，。；]{1,20}看来(?=，)"
)
_NAMED = re.compile(
    r"(?:^|[，。；、：“（(和与及如])(?:[一-鿿]{2,4}|[一-鿿·]{3,12}|[A-Z][A-Za-z.&\s和]{1,40})(?:等(?:人|学者)?)?(?:教授|院士|研究员)?(?:\s*[（(]\d{4}[)）])?(?:\[[\d,，\-–—~]*\]?)?"
    r"(?:也|则|就|还|均|都|曾|进一步|明确)?(?:认为|指出|提出|主张|强调|研究发现|发现)"
)
_NOBODY = re.compile(
    r"(?:调研|分析|研究|实践|可以|由此|报告|结果|因此|文件|会议|政府|国家|部门|企业|智库|机构|高校|本文|我国|需要|首次|并且|同时|还|并|也|而|应|要|明确)$|^$"
)
_MARK = re.compile(r"\[[\dIl][\d,，\s\-–—~]*\]?$")
_OF_THE_PAPER = re.compile("(?:研究|调查)")
"""bare, in an abstract, it is the paper's own work: abstracts report purpose, method, results and conclusions of their text (GB/T 6447)"""
_NEWS = re.compile(
    r"据《[^《》]{2,20}》[^，。；]{0,24}报道|据[^，。；《》]{2,12}(?:报道|消息)|《[^《》]{2,12}(?:报|时报|日报|周刊)》[^，。；]{0,20}(?:报道|刊文)"
)
_TITLE_OF_PRESS = re.compile(r"《[^《》]{2,12}(?:报|时报|日报|周刊|杂志|学报)》")


def voice_of(context: Context) -> Read:
    """Voice and the place of the words that name the speaker; `own` has none.

    有学者指出人力资本不足 → scholar at 有学者指出; 党的十九大报告提出强化战略科技力量 → policy.
    """
    if context.kind in OFFICIAL:
        return "own", None
    lead = context.lead
    base = context.sentence[0]
    own = list(_OWN.finditer(lead))
    for voice, pattern in (("other", _NEWS), ("speech", _SPEECH), ("policy", _POLICY), ("scholar", _SCHOLARS), ("scholar", _NAMED)):
        match = _last(pattern, lead)
        if match is None or (own and own[-1].end() >= match.end() - 2):
            continue
        if pattern is _SCHOLARS and context.abstract and _OF_THE_PAPER.match(match.group()):
            continue
        if pattern is _POLICY and _TITLE_OF_PRESS.search(match.group()):
            continue
        if pattern is _NAMED and _NOBODY.search(re.sub(r"(?:认为|指出|提出|主张|强调|研究发现|发现)$", "", match.group())):
            continue
        if _reaches(lead[match.end() :], context):
            start, end = match.start(), match.end()
            while start < end and lead[start] in "，。；、：“（(":
                start += 1
            return voice, (base + start, base + end)  # type: ignore[return-value]
    return _by_mark(context)


def _last(pattern: re.Pattern[str], lead: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(lead):  # noqa: B007
        pass
    return found


def _reaches(between: str, context: Context) -> bool:
    """What is said ends at a full stop or semicolon, and where a quotation closes before the factor."""
    if re.search(r"[；;。]", between):
        return False
    return not ("”" in between and "“" not in between.split("”")[-1] and context.factor.type != "dilemma")


def _by_mark(context: Context) -> Read:
    factor = context.factor
    if factor.type == "countermeasure" or context.zone == "countermeasure":
        return "own", None
    rest = context.tail.rstrip("。！？；;.\n ”")
    mark = _MARK.search(rest)
    # the mark at the end of the sentence vouches for its last statement, not for those before another mark or a semicolon
    if mark and not re.search(r"[；;。]|\[\d", rest[: mark.start()]) and len(rest) - (mark.end() - mark.start()) <= 40:
        return "scholar", (factor.end + mark.start(), factor.end + mark.end())
    return "own", None
