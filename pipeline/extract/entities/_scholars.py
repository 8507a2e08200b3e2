"""Cited scholars: a Chinese or foreign personal name before a verb of saying, 等, 教授, 院士."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.entities._mention import Mention

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧计成戴"
    "宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄家封芮储靳汲段富巫乌焦巴弓牧谷车侯全班仰秋仲伊宫宁仇"
    "栾甘厉武符刘景詹束龙叶幸司韶黎薄白怀蒲从鄂索赖卓蔺屠蒙池乔阴闻翟谭贡姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎连习艾容向古易廖耿满弘匡国文寇广禄东欧利师巩聂关荆竺查曾沙游岳晓虞迟"
)
_NAME = rf"(?:[{_SURNAMES}][一-鿿]{{1,2}}|[一-鿿]{{2,5}}[·．•][一-鿿]{{2,6}}|[A-Z][a-z]+(?:[\s.·][A-Z][A-Za-z.]*)*)"
_SAYS = (
    r"(?:等人?)?(?:\[\d[\d,，\-–]*\])?(?:（\d{4}）|\(\d{4}\))?(?:教授|院士|研究员|学者)?(?:就|则|也|曾|还|均|都|分别|进一步|明确)?"
    r"(?:认为|指出|提出|主张|强调|发现|研究发现|研究指出|研究表明|的研究|论证|总结|归纳|将其定义|界定|分析了|探讨|梳理|基于)"
)
_CITED = re.compile(rf"(?:(?<=[，。；、：“”（()\n和与及])|^)({_NAME}(?:[、和与&,，]{_NAME}){{0,3}}){_SAYS}", re.M)
_ONE = re.compile(_NAME)


def find_scholars(text: str) -> Iterator[Mention]:
    """Mentions of cited scholars, in order: 鲍静、黄璜等认为 → 鲍静, 黄璜."""
    for match in _CITED.finditer(text):
        for name in _ONE.finditer(match.group(1)):
            start = match.start(1) + name.start()
            yield Mention(start=start, end=start + len(name.group()), type="scholar", confidence=0.7)
