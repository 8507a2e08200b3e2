"""Named policies: titles in 《》 that are policy texts, congresses and plenums, five-year plans, named strategies and initiatives.

Kinds of official texts: 党政机关公文处理工作条例 (2012), article 8, and 立法法 for laws and regulations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.entities._mention import LONGEST, Mention
from pipeline.records import EntityType

TITLE_KINDS: tuple[EntityType, ...] = ("policy", "society", "case", "concept")
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_KIND = re.compile(
    r"(?:意见|通知|办法|规划|纲要|条例|[^方书]法|规定|决定|方案|报告|计划|标准|指南|细则|公报|宣言|协定|协议|公约|条约|章程|白皮书|议程|令|行动|清单|目录|建议|规范|守则|指引|批复|公告|议案|决议|措施|要点|战略|愿景|说明|备忘录|政策|法典|准则|党章|宪章|宪法)"
    r"(?:[（(][^（()）]*[）)])?(?:[0-9〇一二三四五六七八九十]{2,4})?$"
)
_FREE = re.compile(
    r"习近平新时代中国特色社会主义思想"
    r"|(?:党的|中国共产党)?(?:十[一二三四五六七八九]|二十)(?:大报告|大(?=[以提指要报作强明对的，。、后])|届[一二三四五六七]中(?:[、和][一二三四五六七]中)*全会)"
    r"|(?:国家)?[“\"]?十[一二三四五]五[”\"]?(?:发展)?规划(?:纲要)?"
    r"|(?:19|20)\d\d年(?:国务院)?政府工作报告"
    r"|(?:(?:19|20)\d\d年)?中央[“\"]?(?:一|1)号[”\"]?文件"
    r"|中央(?:农村|经济|城市|深改)工作会议"
    r"|[“\"][^“”\"\n]{2,14}[”\"](?:战略布局|总体布局|战略|计划|倡议|奋斗目标|行动计划|规划)"
    r"|(?:乡村振兴|创新驱动发展|科教兴国|人才强国|军民融合(?:发展)?|可持续发展|区域协调发展|健康中国|网络强国|数字中国|制造强国|质量强国|新型城镇化|国家大数据)战略"
    r"|网络强国|数字中国|健康中国(?:2030)?|供给侧结构性改革|一带一路倡议"
)


def find_titles(text: str) -> Iterator[Mention]:
    """Everything in 《》, once for each kind that titles name: policies, newspapers and their houses, projects."""
    for match in _TITLE.finditer(text):
        for kind in TITLE_KINDS:
            yield Mention(start=match.start(1), end=match.end(1), type=kind, confidence=0.3)


def find_policies(text: str) -> Iterator[Mention]:
    """Mentions of policies in order; of a title in 《》 the marks belong to the mention.

    按照《关于加强数字政府建设的指导意见》和党的二十大报告 → both; 《光明日报》 is none.
    """
    for match in _TITLE.finditer(text):
        if _KIND.search(match.group(1)):
            yield Mention(start=match.start(), end=match.end(), type="policy", confidence=0.9)
    for match in _FREE.finditer(text):
        if match.end() - match.start() <= LONGEST:
            yield Mention(start=match.start(), end=match.end(), type="policy", confidence=0.75)
