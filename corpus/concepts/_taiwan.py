"""Wordings of Taiwan and Hong Kong beside those of the mainland: 資料治理 is 数据治理 though its characters alone are 资料治理.

Used where a question is understood, on a copy of it; texts are searched with the register's own names, so that no offset moves.
"""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

from corpus.concepts._fold import fold

# beyond OpenCC's own phrases; longest first. The left side is folded (simplified) already.
WORDINGS: tuple[tuple[str, str], ...] = (
    ("非营利组织", "社会组织"),
    ("利害关系人", "利益相关者"),
    ("公私协力", "政府和社会资本合作"),
    ("公私部门合作", "政府和社会资本合作"),
    ("高龄化社会", "老龄化社会"),
    ("高龄社会", "老龄社会"),
    ("永续发展", "可持续发展"),
    ("诠释资料", "元数据"),
    ("后设资料", "元数据"),
    ("同侪审查", "同行评议"),
    ("智慧财产权", "知识产权"),
    ("智慧财产", "知识产权"),
    ("数位落差", "数字鸿沟"),
    ("数位化", "数字化"),
    ("数位", "数字"),
    ("资料探勘", "数据挖掘"),
    ("资料库", "数据库"),
    ("巨量资料", "大数据"),
    ("资料", "数据"),
    ("资讯科技", "信息技术"),
    ("资讯", "信息"),
    ("资安", "信息安全"),
    ("网际网路", "互联网"),
    ("网路", "网络"),
    ("云端运算", "云计算"),
    ("人工智慧", "人工智能"),
    ("演算法", "算法"),
    ("高龄化", "老龄化"),
    ("高龄者", "老年人"),
    ("高龄", "老年"),
    ("长期照顾", "长期护理"),
    ("长照", "长期护理"),
    ("个资", "个人信息"),
    ("个人数据保护", "个人信息保护"),
    ("永续", "可持续"),
    ("品质", "质量"),
    ("专案", "项目"),
    ("软体", "软件"),
    ("硬体", "硬件"),
    ("社群媒体", "社交媒体"),
    ("行动支付", "移动支付"),
    ("行动化", "移动化"),
    ("公务人员", "公务员"),
    ("公部门", "公共部门"),
    ("私部门", "私营部门"),
    ("协力治理", "协同治理"),
    ("审议式民主", "协商民主"),
    ("都市更新", "城市更新"),
    ("都市", "城市"),
    ("国土规划", "国土空间规划"),
    ("在地化", "本地化"),
    ("防救灾", "应急管理"),
    ("灾害防救", "防灾减灾"),
    ("紧急应变", "应急响应"),
    ("危机处理", "危机管理"),
    ("全民健康保险", "医疗保险"),
    ("健保", "医保"),
    ("幼托", "托育"),
    ("少子女化", "少子化"),
    ("偏乡", "偏远地区"),
    ("乡镇市", "乡镇"),
    ("温室效应气体", "温室气体"),
    ("净零排放", "碳中和"),
    ("净零", "碳中和"),
    ("碳权交易", "碳排放权交易"),
    ("再生能源", "可再生能源"),
    ("产官学", "产学研"),
    ("产学合作", "产学研合作"),
    ("绩效评估", "绩效评价"),
    ("政府开放数据", "政府数据开放"),
    ("开放政府数据", "政府数据开放"),
    ("电子化政府", "电子政务"),
    ("申办", "申请办理"),
    ("里长", "社区居委会"),
    ("公听会", "听证会"),
    ("预算赤字", "财政赤字"),
    ("晶片", "芯片"),
    ("奈米", "纳米"),
    ("回馈", "反馈"),
    ("透过", "通过"),
)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("tw2sp")


def mainland(question: str, folded: str) -> tuple[str, ...]:
    """Other wordings of a question (folded: simplified a character at a time) that the mainland may use; the nearest first.

    `mainland("資料治理", "资料治理") == ("数据治理",)`.
    """
    found: dict[str, None] = {}
    for start in (folded, fold(_converter().convert(question))):
        line = start
        for taiwan, here in WORDINGS:
            if taiwan in line:
                line = line.replace(taiwan, here)
        found.setdefault(start)
        found.setdefault(line)
    found.pop(folded, None)
    return tuple(found)
