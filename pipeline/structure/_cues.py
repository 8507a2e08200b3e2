"""Words by which a heading says what its section is about, and by which a text shows how it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Zone

__all__ = ["ZONES", "bearing", "heading_cues"]

ZONES: tuple[Zone, ...] = ("introduction", "literature", "framework", "driver", "goal", "practice", "dilemma", "countermeasure", "case", "conclusion", "other")

_CUES: tuple[tuple[Zone, re.Pattern[str]], ...] = (
    ("introduction", re.compile(r"^(?:引言|前言|导言|导论|绪论|序言)|问题的?提出|研究背景|研究缘起")),
    ("literature", re.compile(r"文献|综述|研究(?:现状|进展|述评|回顾|动态)|述评|评述|学界")),
    ("conclusion", re.compile(r"^(?:结语|结论|结束语|总结|小结|余论|讨论|展望|后记)|(?:结论|结语|总结|启示)与|与(?:展望|讨论|结论)$")),
    ("other", re.compile(r"附则|资料与方法|研究方法|研究设计|数据来源|变量|实证|步骤|时间安排")),
    (
        "countermeasure",
        re.compile(
            r"对策|建议|措施|举措|路径|策略|方略|进路|出路|应对|破解|化解|保障|任务|改进|(?:解决|优化|改革|完善|创新)(?:路径|方案|思路|方向)|构想|如何|治理机制|着力点|抓手|办法|途径"
        ),
    ),
    (
        "dilemma",
        re.compile(
            r"困境|困局|问题|挑战|障碍|瓶颈|不足|难题|难点|短板|制约|缺失|缺乏|缺少|缺陷|误区|矛盾|困难|风险|差距|滞后|失衡|失灵|失范|异化|有待|亟待|亟需|尚待|薄弱|隐患|弊端"
            r"|堵点|痛点|阻力|阻碍|梗阻|隔阂|孤岛|壁垒|症结|后果|局限|约束|束缚|抑制|不利|下降|流失|恶化|碎片|冲突|缺位|错位|脱节|低下|乏力|难以"
            r"|不(?:够|高|强|清|明|畅|均|优|善|大|足|健全|完善|到位|充分|平衡|合理|规范|统一|协调|稳定|顺)"
        ),
    ),
    (
        "driver",
        re.compile(
            r"动因|驱动|动力|必要性|重要性|紧迫性|意义|原因|成因|根源|背景|环境|需求|需要$|要求$|机遇|契机|影响因素|优势|拉力|推力|压力|动能|缘由|诱因|推动力|呼唤|迫切|支撑$"
        ),
    ),
    ("goal", re.compile(r"目标|总体要求|指导思想|基本原则|总则|愿景|前景|价值|定位|基本要求|发展方向|趋势|总体思路")),
    ("framework", re.compile(r"理论|框架|内涵|概念|模型|机理|逻辑|特征|特点|类型|模式|含义|界定|构成|要素|属性|原则")),
    ("case", re.compile(r"案例|为例|国外|国际|美国|日本|英国|德国|法国|欧盟|域外|发达国家|典型|借鉴|镜鉴")),
    ("practice", re.compile(r"现状|进展|做法|成就|成效|实践|经验|历程|概况|演进|成绩|沿革|回顾|探索|情况|特色|规划|发展状况")),
)
_ACTION = re.compile(
    r"(?:要|应|须|需|必须|着力|积极|大力|全面|进一步|深入|切实|加快|加大|加强|推动|推进|推行|推广|构建|建构|建立|建设|健全|完善|强化|提升|提高|优化|创新|深化|落实|培育|培养|打造|搭建"
    r"|促进|规范|明确|统筹|引导|鼓励|支持|发挥|营造|拓展|改革|改进|实施|实行|制定|组织|严格|扩大|增强|做好|做优|做强|坚持|开展|发展|激发|夯实|转变|树立|重视|整合|确立|探索|丰富"
    r"|壮大|调整|加速|保障|把握|注重|畅通|压实)"
)
# shares are counted over the text beneath a heading
_BEARING: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "lack",
        re.compile(
            r"缺乏|缺少|不足|不够|不高|不强|不完善|不健全|滞后|薄弱|困境|难题|短板|瓶颈|障碍|制约|困难|风险|挑战|问题|矛盾|弊端|失衡|缺失|难以|无法|尚未|有待|亟待|阻碍|忽视"
        ),
    ),
    ("ought", re.compile(r"应当?|需要?|必须|要(?!求|素|点)|建议|务必|不得|可以|鼓励|支持")),
    ("act", re.compile(r"加强|完善|建立|健全|构建|推进|推动|强化|提升|提高|加快|优化|落实|培育|打造|搭建|促进|规范|明确|统筹|引导|深化|制定|实施|创新")),
    ("done", re.compile(r"已经?|了|取得|实现了|成立|先后|截至|目前|自\d{4}|\d{4}年")),
    ("say", re.compile(r"认为|指出|研究|学者|文献|提出|学界|观点|讨论|等人|发现")),
    ("define", re.compile(r"是指|指的是|定义|概念|内涵|含义|理论|模型|所谓|特征|分为|框架|维度|类型")),
    (
        "cause",
        re.compile(r"由于|因为|导致|原因|使得|造成|源于|推动力|驱动|促使|压力|需求|动力|动因|迫切|机遇|背景下|必然|有利于|有助于|意义|重要性|必要"),
    ),
    ("aim", re.compile(r"目标|到20\d{2}年|力争|基本原则|指导思想|坚持|愿景|实现|全面")),
    ("case", re.compile(r"案例|例如|以.{2,12}为例|美国|日本|英国|德国|欧盟|国外|经验|借鉴")),
    ("sum", re.compile(r"综上|总之|本文|本研究|结论|展望|未来研究|总体而言")),
)
_STEPS = (0.0, 1.0, 2.0, 4.0, 7.0, 11.0, 17.0)
"""hits a thousand characters"""
_TELLING = frozenset({"lack", "ought", "cause", "say"})
_SHORT = 40


def heading_cues(words: str) -> Iterator[str]:
    """Names of the cues in a heading: every zone it names, the one it names last (the head of a Chinese noun phrase is at its end), whether it urges."""
    last: tuple[int, Zone] | None = None
    for zone, rule in _CUES:
        end = -1
        for found in rule.finditer(words):
            end = found.end()
        if end >= 0:
            yield f"cue={zone}"
            if last is None or (end, zone) > last:
                last = (end, zone)
    if last is None:
        yield "nocue"
    else:
        yield f"lastcue={last[1]}"
        if last[0] >= len(words) - 1:
            yield f"endcue={last[1]}"
    if _ACTION.match(words):
        yield "act"


def bearing(text: str) -> Iterator[str]:
    """Names of what the text beneath a heading does, by how often words of a sort come in it: it tells of lacks, says what ought to be, reports."""
    if len(text) < _SHORT:
        yield "b:none"
        return
    best, top = "", 0.0
    for name, rule in _BEARING:
        rate = 1000.0 * sum(1 for _ in rule.finditer(text)) / len(text)
        for i, step in enumerate(_STEPS):
            if rate > step:
                yield f"b:{name}>{i}"
        if name in _TELLING and rate > top:
            best, top = name, rate
    yield f"b:top={best}"
