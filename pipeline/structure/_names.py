"""Rows of personal names: `傅宏 陈庆荣1 王港12`, `文/丁煌 黄彦智`, also glued by a converter: `章寿荣梁剑`.

Surnames from the Hundred Family Surnames and the lists of common surnames that the Ministry of Public Security publishes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["looks_like_names", "split_names"]

_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾居衡耿满弘匡文寇禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚简饶空曾毋沙乜鞠须丰巢关蒯查荆游竺权逯盖益桓仉督岳帅缑亢况郈琴肖代邸闫付仝揭涂谌苟佟楚旷宛苑原佘麦阳覃赫楼鹿矫逢青晋"
)
_DOUBLE = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "夏侯",
        "诸葛",
        "尉迟",
        "公孙",
        "慕容",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "令狐",
        "皇甫",
        "申屠",
        "淳于",
        "单于",
        "公冶",
        "濮阳",
        "轩辕",
        "呼延",
        "澹台",
        "百里",
        "东郭",
        "西门",
        "万俟",
        "拓跋",
        "完颜",
        "赫连",
        "阿不",
    ]
)
_NO_NAMES = re.compile(
    "(?:关于|于是|单位|时间|常务|主任|方法|目的|结果|成果|张贴|马上|高校|高等|万元|全[国省市]|农业|江西|江苏|华[东中南北]|安徽|云南|广东|海南|宁夏)$"
)
_HAN = "\u3400-\u9fff"
_MARKS = r"\d¹²³⁴⁵⁶⁷⁸⁹⁰*\\†‡#§'’‘“”\"′`{}^$~\-\[\]()（）」」}｝①-⑳"
_LEAD = re.compile(r"(?:作\s*者\s*[:：]|(?:文|图)\s*[/／|]\s*)?\s*")
_TOKEN = re.compile(rf"[{_HAN}]+(?:[·•・][{_HAN}]+)*")
_HARD = re.compile(rf"[{_MARKS},，、.．;；/&]+")
_GROUP = re.compile(rf"[{_HAN}·•・\s]+")
_TITLES = re.compile(r"(?:副?教授|副?研究员|博士|硕士|讲师|等|编译|译|整理|著|编)$")


def _is_name(text: str) -> bool:
    if _NO_NAMES.match(text):
        return False
    if "·" in text or "•" in text or "・" in text:
        return 3 <= len(text) <= 16
    if text[:2] in _DOUBLE:
        return 3 <= len(text) <= 4
    return 2 <= len(text) <= 3 and text[0] in _SINGLE


def _cut(text: str) -> list[str] | None:
    """Names of a stretch without any mark but blanks, by surname: `章寿荣梁剑` → 章寿荣, 梁剑; none if they do not come out even.

    A blank divides names or pads a name of two characters to the width of three: `黄宝荣王 毅` → 黄宝荣, 王毅.
    """
    dead: set[int] = set()

    def cut(at: int) -> list[str] | None:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return []
        if at in dead:
            return None
        for end in _name_ends(text, at):
            if (rest := cut(end)) is not None:
                return [re.sub(r"\s", "", text[at:end]), *rest]
        dead.add(at)
        return None

    return cut(0)


def _name_ends(text: str, at: int) -> Iterator[int]:
    """Ends of names that may begin at `at`, likeliest first."""
    found = _TOKEN.match(text, at)
    run = found.end() if found else at
    if "·" in text[at:run] or "•" in text[at:run] or "・" in text[at:run]:
        if _is_name(text[at:run]):
            yield run
        return
    if run - at == 1 and text[at] in _SINGLE:
        second = len(text) - len(text[run:].lstrip())
        if run < second < len(text):
            yield second + 1
        return
    sizes = (run - at, 3, 2, 4) if run - at <= 4 else (3, 2, 4)
    for size in dict.fromkeys(sizes):
        if at + size <= run and _is_name(text[at : at + size]):
            yield at + size


def split_names(text: str) -> list[str]:
    """Names of a row of names without marks; empty if the line is anything else. `薛 澜翁凌飞` → 薛澜, 翁凌飞."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    if len(text) > 160 or any(c in text[at:] for c in "。！？：:"):
        return []
    names: list[str] = []
    for group in _HARD.split(text[at:]):
        group = _TITLES.sub("", re.sub(r"^\s*[和与及]", "", group) if len(group.strip()) > 2 else group)
        if not group.strip():
            continue
        if len(group) > 60 or not _GROUP.fullmatch(group) or (parts := _cut(group)) is None:
            return []
        names.extend(parts)
    return names


def looks_like_names(text: str) -> bool:
    """Whether a short line is a row of personal names and nothing else."""
    return 2 <= len(text) <= 120 and bool(split_names(text))
