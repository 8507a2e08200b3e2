"""Zone of a heading: what the section beneath is about.

Rules over the words of the heading; a heading that says nothing of it has the zone of the heading it lies under.
"""

from __future__ import annotations

import re

from pipeline.records import Zone

__all__ = ["zone_by_words"]

_RULES: tuple[tuple[Zone, re.Pattern[str]], ...] = (
    ("introduction", re.compile(r"^(?:引言|前言|导言|导论|绪论|序言)|问题的?提出|研究背景|研究缘起")),
    ("literature", re.compile(r"文献|综述|研究(?:现状|进展|述评|回顾)|述评")),
    ("conclusion", re.compile(r"^(?:结语|结论|结束语|总结|小结|余论|讨论|展望|后记)|(?:结论|结语|总结|启示)与|与(?:展望|讨论|结论)$|^展望$")),
    ("other", re.compile(r"附则|资料与方法|研究方法|数据来源|实施步骤")),
    (
        "countermeasure",
        re.compile(
            r"对策|建议|措施|举措|路径|策略|方略|进路|出路|应对|破解|化解|保障|任务|实施|改进|治理之道|(?:解决|优化|改革|完善|创新)(?:路径|方案|思路|方向)|构想|如何"
        ),
    ),
    (
        "dilemma",
        re.compile(
            r"困境|困局|问题|挑战|障碍|瓶颈|不足|难题|难点|短板|制约|缺失|缺乏|缺陷|误区|矛盾|困难|风险|差距|滞后|失衡|失灵|有待|亟待|亟需|薄弱|隐患|弊端|堵点|痛点|阻力|阻碍|梗阻|隔阂|孤岛|壁垒|症结|不(?:够|高|强|清|明|畅|均|健全|完善|到位|充分|平衡|合理|规范|统一|协调|稳定)"
        ),
    ),
    ("driver", re.compile(r"动因|驱动|动力|必要性|重要性|意义|原因|成因|背景|需求|机遇|影响因素|优势|拉力|推力|压力|动能|缘由|诱因|价值逻辑")),
    ("goal", re.compile(r"目标|总体要求|指导思想|基本原则|总则|愿景|定位|基本要求|发展方向")),
    ("framework", re.compile(r"理论|框架|内涵|概念|模型|机理|逻辑|特征|特点|类型|模式|含义|界定|构成|要素|属性")),
    ("case", re.compile(r"案例|为例|国外|国际|美国|日本|英国|德国|欧盟|域外|发达国家|典型经验")),
    ("practice", re.compile(r"现状|进展|做法|成就|成效|实践|经验|历程|概况|演进|成绩|发展状况|沿革|回顾|探索")),
)
_ACTION = re.compile(
    r"^(?:要|应|须|需|必须|着力|积极|大力|全面|进一步|深入|切实|加快|加大|加强|推动|推进|推行|推广|构建|建构|建立|建设|健全|完善|强化|提升|提高|优化|创新|深化|落实|培育|培养|打造|搭建|促进|规范|明确|统筹|引导|鼓励|支持|发挥|营造|拓展|改革|改进|实施|实行|制定|组织|严格|扩大|增强|做好|做优|做强|坚持|开展|发展|激发|夯实|转变|树立|重视|整合|完善|确立|探索|丰富|壮大|调整|加速|保障|把握|注重|畅通|压实)"
)


def zone_by_words(text: str, parent: Zone | None) -> Zone | None:
    """Zone that the heading's own words name, or none: `三、面临的困境` → dilemma; `（二）加快制度建设` → countermeasure."""
    words = re.sub(r"[\s\u3000]", "", text)
    for zone, rule in _RULES:
        if rule.search(words):
            if parent in ("dilemma", "countermeasure", "driver", "literature") and zone in ("framework", "case", "practice", "goal", "driver", "other"):
                continue
            return zone
    if parent is None and _ACTION.match(words):
        return "countermeasure"
    return None
