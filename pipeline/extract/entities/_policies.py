"""Named policies: titles in 《》 that are policy texts, congresses and plenums, five-year plans, named strategies and initiatives.

Kinds of official texts: 党政机关公文处理工作条例 (2012), article 8, and 立法法 for laws and regulations; bills and amendments of other countries
(法案, 修正案), plans for emergencies (预案, 突发事件应对法), rules of procedure (规程, 规则), civil law parts (总则, 通则), agreed arrangements (安排).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.entities._mention import LONGEST, Mention
from pipeline.records import EntityType

TITLE_KINDS: tuple[EntityType, ...] = ("policy", "society", "case", "concept")
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_KIND = re.compile(
    r"(?:意见|通知|办法|规划|纲要|条例|[^方书]法|规定|决定|方案|报告|计划|标准|指南|细则|公报|宣言|协定|协议|公约|条约|章程|白皮书|议程|令|行动|清单|目录|建议|规范|守则|指引|批复|公告|议案|决议|措施|要点|战略|愿景|说明|备忘录|政策|法典|准则|党章|宪章|宪法|法案|修正案|预案|规程|规则|总则|通则|共识|建议书|责任书|安排)"
    r"(?:[（(][^（()）]*[）)])?(?:[0-9〇一二三四五六七八九十]{2,4})?$"
)
_FREE = re.compile(
    r"习近平(?:新时代中国特色社会主义|生态文明|法治|强军|经济|外交|文化)思想|(?<!五大)新发展理念|党章"
    r"|(?:党的|中国共产党)?(?:十[一二三四五六七八九]|二十)(?:大报告|大(?=[以提指要报作强明对的和召，。、；！》后])|届[一二三四五六七]中(?:[、和][一二三四五六七]中)*全会)"
    r"|(?:国家)?[“\"]?十[一二三四五]五[”\"]?(?:国家)?(?:(?!时期|期间|以来|[要的在将])[一-鿿]){0,10}?规划(?:纲要)?"
    r"|(?:19|20)\d\d年(?:国务院)?政府工作报告"
    r"|(?:(?:19|20)\d\d年)?中央[“\"]?(?:一|1)号[”\"]?文件"
    r"|中央(?:农村|经济|城市|深改|人才|民族|政法|外事|财经|统战|扶贫开发|全面依法治国)工作会议"
    r"|全国(?!人民代表|政治协商|代表)(?:科学技术|科技创新|科学|教育|生态环境保护|卫生与健康|金融|组织|宣传思想(?:文化)?|高校思想政治|党校|国有企业党的建设)(?:工作)?(?:会议|大会)"
    r"|[“\"][^“”\"\n]{2,14}[”\"](?:战略布局|总体布局|战略|计划|倡议|奋斗目标|行动计划|规划|行动方案|方针|政策)"
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
